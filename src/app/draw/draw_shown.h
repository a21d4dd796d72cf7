/* draw_shown.h -- all that the Draw view is shown of the rest of the program. */
#ifndef APP_DRAW_DRAW_SHOWN_H
#define APP_DRAW_DRAW_SHOWN_H

#include <stdbool.h>

#include "app/state/canvas.h"
#include "app/state/reader.h"
#include "app/widget/canvas_pad.h"

struct nn;

struct draw_shown {
    const struct canvas *canvas;
    struct canvas_pad_shown drawn;  /* the same, as it lies on the canvas */
    double brush;                   /* how wide the pen draws, in cells of the grid */
    bool steps_open;                /* the steps of the fit are on show */
    const struct nn *net;           /* that reads, or NULL */
    struct reader_maps first_layer; /* of what was read last */
    const char *learner; /* the recipe of the run whose newest weights read; NULL: the model in use
                          * does, which the top bar names */
    int filed;           /* the label under which the drawing is filed, or -1 */
};

#endif

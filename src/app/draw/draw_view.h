/* draw_view.h -- the Draw view: the canvas, what the network sees, and its answer. */
#ifndef APP_DRAW_DRAW_VIEW_H
#define APP_DRAW_DRAW_VIEW_H

#include <stdint.h>

#include "app/draw/layer_card.h"
#include "app/widget/digit_picture.h"
#include "ui/ui.h"

struct actions;
struct app;
struct err;

enum { CANVAS_CELLS = 28 }; /* the canvas is 28 x 28 units, one for each cell of its grid */

/* The view's own state: where the canvas lies, what happened on it, and pixels on show. */
struct draw_view {
    struct ui_rect canvas;
    struct ui_pad pad;
    uint64_t pen_at; /* when the pen was down last; 0: it never was */
    struct pixels pixels;
    struct layer_view layer;
    float scroll;    /* of all, where the window is too low for it */
};

void draw_view_clear(struct draw_view *view); /* frees what it holds */

void draw_view_show(struct draw_view *view, const struct app *app, struct ui *ui,
                    struct ui_rect rect, struct actions *actions);

/* Whether the pen has been up for a while, so that what is drawn is likely all of the digit. Asks
 * for a frame when that will be so. */
bool draw_view_resting(const struct draw_view *view, const struct app *app, struct ui *ui);

#endif

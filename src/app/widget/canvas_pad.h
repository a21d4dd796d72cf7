/* canvas_pad.h -- the canvas as it is drawn on: the grid, the ink or a picture, and the pen. */
#ifndef APP_WIDGET_CANVAS_PAD_H
#define APP_WIDGET_CANVAS_PAD_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/ui.h"

struct actions;
struct ink;

/* Where it lies, and what happened on it in this frame. From zeros. */
struct canvas_pad {
    struct ui_rect at;
    struct ui_pad pad;
    uint64_t pen_at; /* when the pen was down last; 0: it never was */
};

struct canvas_pad_shown {
    const struct ink *ink;   /* in cells of the grid, of which a side has FIT_SIZE; or, */
    struct ui_image picture; /* where it has pixels, that */
    double brush;            /* how wide the pen draws, in cells */
    bool eraser;             /* the left button erases */
};

/* Adds ACT_PEN where the pen did something. */
void canvas_pad_show(struct canvas_pad *pad, const struct canvas_pad_shown *shown, struct ui *ui,
                     struct ui_rect rect, struct actions *actions);

/* The ring around the pen; after whatever else lies over the ink. */
void canvas_pad_show_pen(const struct canvas_pad *pad, const struct canvas_pad_shown *shown,
                         struct ui *ui);

#endif

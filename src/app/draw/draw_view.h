/* draw_view.h -- the Draw view: the canvas, what the network sees, and its answer. */
#ifndef APP_DRAW_DRAW_VIEW_H
#define APP_DRAW_DRAW_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "app/draw/layer_card.h"
#include "app/widget/canvas_pad.h"
#include "app/widget/digit_picture.h"
#include "ui/ui.h"

struct actions;
struct draw_shown;
struct pen_move;

/* The view's own state: the canvas, and pixels on show. */
struct draw_view {
    struct canvas_pad canvas;
    struct pixels pixels;
    struct layer_view layer;
    float scroll;    /* of all, where the window is too low for it */
};

void draw_view_clear(struct draw_view *view); /* frees what it holds */

void draw_view_show(struct draw_view *view, const struct draw_shown *shown, struct ui *ui,
                    struct ui_rect rect, struct actions *actions);

/* The i-th of the pad's moves as what it does on the canvas; `eraser`: the left button erases.
 * False for the press of a button that does nothing there. */
bool draw_pen(const struct canvas_pad *pad, int i, bool eraser, struct pen_move *pen);

#endif

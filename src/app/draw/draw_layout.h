/* draw_layout.h -- where the parts of the Draw view lie, at any size of the window.
 *
 * Wide: the canvas, a column with what the network sees, the answer. Less wide: that column folds
 * into the canvas's card. Narrow: one column, the canvas first with the answer's words beside it,
 * and below it the bars and the first layer. The canvas grows first, and is never below 200 points;
 * what does not fit below it scrolls.
 */
#ifndef APP_DRAW_DRAW_LAYOUT_H
#define APP_DRAW_DRAW_LAYOUT_H

#include <stdbool.h>

#include "ui/layout.h"

struct draw_layout {
    struct ui_rect canvas_card, canvas, controls;
    struct ui_rect sees, layer; /* cards, or parts of the canvas's card where folded */
    struct ui_rect answer;      /* the card of words and bars, or of the bars alone */
    struct ui_rect words;       /* beside the canvas; w = 0: in the answer's card */
    bool sees_folded, layer_folded;
    bool help;    /* there is room for it below the controls */
    float height; /* of all; more than there is: it scrolls */
};

/* `seen` is the part of the window for the view, `width` what a scroll bar leaves of it. The
 * rectangles begin at seen's corner. `steps`: they are shown in place of the first layer, and near
 * to the canvas. */
struct draw_layout draw_layout_find(struct ui_rect seen, float width, bool steps);

void draw_layout_move(struct draw_layout *places, float dy); /* down, all but the height */

#endif

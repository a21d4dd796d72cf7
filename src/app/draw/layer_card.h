/* layer_card.h -- what the first layer makes of the drawing, live: a tile for each filter or
 * neuron; in pages, where there are too many to be told apart. */
#ifndef APP_DRAW_LAYER_CARD_H
#define APP_DRAW_LAYER_CARD_H

#include <stdbool.h>

#include "app/widget/digit_picture.h"
#include "ui/layout.h"

struct draw_shown;
struct ui;

/* The card's own state. */
struct layer_view {
    int first; /* of the tiles in view */
    struct pixels pixels;
};

void layer_view_clear(struct layer_view *view); /* frees what it holds */

/* `folded` is a part of another card rather than one of its own. */
void layer_card_show(struct layer_view *view, const struct draw_shown *shown, struct ui *ui,
                     struct ui_rect rect, bool folded);

#endif

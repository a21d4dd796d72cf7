/* wall_card.h -- a wall of the images that were chosen, each with its label and the answer to it.
 * It scrolls through thousands: only those in sight are laid out. */
#ifndef APP_INSPECT_WALL_CARD_H
#define APP_INSPECT_WALL_CARD_H

#include "app/widget/digit_picture.h"
#include "ui/layout.h"

struct actions;
struct inspect_shown;
struct ui;

/* The card's own state. From zeros. */
struct wall_view {
    struct pixels pixels;
    float scroll;
};

void wall_view_clear(struct wall_view *view); /* frees what it holds */

void wall_card_show(struct wall_view *view, const struct inspect_shown *shown, struct ui *ui,
                    struct ui_rect rect, struct actions *actions);

#endif

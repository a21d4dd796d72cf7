/* suspects_card.h -- training images whose label is probably wrong, and what the person makes of
 * them: another label, or none. */
#ifndef APP_INSPECT_SUSPECTS_CARD_H
#define APP_INSPECT_SUSPECTS_CARD_H

#include "app/widget/digit_picture.h"
#include "ui/layout.h"

struct actions;
struct inspect_shown;
struct ui;

/* From zeros. */
struct suspects_view {
    struct pixels pixels;
    float scroll;
};

void suspects_view_clear(struct suspects_view *view); /* frees what it holds */

void suspects_card_show(struct suspects_view *view, const struct inspect_shown *shown,
                        struct ui *ui, struct ui_rect rect, struct actions *actions);

#endif

/* robust_card.h -- how well a model reads disturbed images: small plots, one for each of a dozen
 * disturbances, of one model or of two. */
#ifndef APP_INSPECT_ROBUST_CARD_H
#define APP_INSPECT_ROBUST_CARD_H

#include "ui/layout.h"

struct actions;
struct inspect_shown;
struct ui;

/* From zeros. */
struct robust_view {
    float scroll;
};

void robust_card_show(struct robust_view *view, const struct inspect_shown *shown, struct ui *ui,
                      struct ui_rect rect, struct actions *actions);

#endif

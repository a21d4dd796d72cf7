/* reliability_card.h -- how honest a model's confidence is: of the answers that it gave with about
 * so much confidence, how many are right. */
#ifndef APP_INSPECT_RELIABILITY_CARD_H
#define APP_INSPECT_RELIABILITY_CARD_H

#include "ui/layout.h"

struct inspect_shown;
struct ui;

void reliability_card_show(const struct inspect_shown *shown, struct ui *ui, struct ui_rect rect);

#endif

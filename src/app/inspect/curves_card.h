/* curves_card.h -- the ten probabilities as the picture is turned, moved, resized and thickened. */
#ifndef APP_INSPECT_CURVES_CARD_H
#define APP_INSPECT_CURVES_CARD_H

#include "ui/layout.h"

struct inspect_shown;
struct ui;

void curves_card_show(const struct inspect_shown *shown, struct ui *ui, struct ui_rect rect);

#endif

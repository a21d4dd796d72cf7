/* compare_card.h -- two models on one drawing: their shares of the ten digits side by side. */
#ifndef APP_INSPECT_COMPARE_CARD_H
#define APP_INSPECT_COMPARE_CARD_H

#include "ui/layout.h"

struct actions;
struct inspect_shown;
struct ui;

void compare_card_show(const struct inspect_shown *shown, struct ui *ui, struct ui_rect rect,
                       struct actions *actions);

#endif

/* finetuning_card.h -- the card of "Learn my hand": the button, the progress, the figures, the
 * decision. */
#ifndef APP_MY_DIGITS_FINETUNING_CARD_H
#define APP_MY_DIGITS_FINETUNING_CARD_H

#include "ui/layout.h"

struct actions;
struct my_digits_shown;
struct ui;

void finetuning_card_show(const struct my_digits_shown *shown, struct ui *ui, struct ui_rect rect,
                          struct actions *actions);

#endif

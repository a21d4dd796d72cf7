/* verdict_card.h -- why an answer is sure, in doubt or no digit: the three figures that it is
 * judged by, and their limits (eval/verdict.h).
 */
#ifndef APP_INSPECT_VERDICT_CARD_H
#define APP_INSPECT_VERDICT_CARD_H

#include "ui/layout.h"

struct inspect_shown;
struct ui;

float verdict_card_height(void);

void verdict_card_show(const struct inspect_shown *shown, struct ui *ui, struct ui_rect rect);

#endif

/* answer_card.h -- the answer in large, whether it is sure, a bar for each digit, and the row to
 * teach another. */
#ifndef APP_ANSWER_CARD_H
#define APP_ANSWER_CARD_H

#include "ui/layout.h"

struct actions;
struct app;
struct ui;

void answer_card_show(const struct app *app, struct ui *ui, struct ui_rect rect,
                      struct actions *actions);

#endif

/* answer_card.h -- the answer in large, whether it is sure, a bar for each digit, and the row to
 * teach another. */
#ifndef APP_DRAW_ANSWER_CARD_H
#define APP_DRAW_ANSWER_CARD_H

#include <stdbool.h>

#include "ui/layout.h"

struct actions;
struct app;
struct ui;

/* `words`: they stand in the card too, over the bars. */
void answer_card_show(const struct app *app, struct ui *ui, struct ui_rect rect, bool words,
                      struct actions *actions);

/* The answer in large and how sure it is, in a place of their own. */
void answer_words_show(const struct app *app, struct ui *ui, struct ui_rect rect);

#endif

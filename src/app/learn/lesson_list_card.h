/* lesson_list_card.h -- the lessons, with a tick at each that is done, and which is open. */
#ifndef APP_LEARN_LESSON_LIST_CARD_H
#define APP_LEARN_LESSON_LIST_CARD_H

#include "ui/layout.h"

struct actions;
struct lessons;
struct ui;

void lesson_list_card_show(const struct lessons *lessons, float *scroll, struct ui *ui,
                           struct ui_rect rect, struct actions *actions);

/* All of them as a list that opens, where there is no room for the card. */
void lesson_list_menu_show(const struct lessons *lessons, struct ui *ui, struct ui_rect rect,
                           struct actions *actions);

#endif

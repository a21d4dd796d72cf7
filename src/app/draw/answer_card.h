/* answer_card.h -- the answer in large, whether it is sure, a bar for each digit, and the row to
 * teach another. */
#ifndef APP_DRAW_ANSWER_CARD_H
#define APP_DRAW_ANSWER_CARD_H

#include "ui/layout.h"

struct actions;
struct draw_shown;
struct ui;

/* The answer in words. */
enum answer_words {
    ANSWER_WORDS,
    ANSWER_WORDS_UNFINISHED, /* the pen is about it: half of a 7 is no digit yet */
    ANSWER_WORDS_ELSEWHERE,  /* in a place of their own, not in the card */
};

void answer_card_show(const struct draw_shown *shown, enum answer_words words, struct ui *ui,
                      struct ui_rect rect, struct actions *actions);

/* In a place of their own. */
void answer_words_show(const struct draw_shown *shown, enum answer_words words, struct ui *ui,
                       struct ui_rect rect);

#endif

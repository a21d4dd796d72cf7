/* page_card.h -- a page of a lesson: its picture, and its words beside or below it. */
#ifndef APP_LEARN_PAGE_CARD_H
#define APP_LEARN_PAGE_CARD_H

#include <stdbool.h>

#include "ui/layout.h"

struct actions;
struct learn_shown;
struct page_view;
struct ui;

/* `with_menu`: the lessons are chosen in its head, as they are shown nowhere else. */
void page_card_show(struct page_view *view, const struct learn_shown *shown, bool with_menu,
                    struct ui *ui, struct ui_rect rect, struct actions *actions);

#endif

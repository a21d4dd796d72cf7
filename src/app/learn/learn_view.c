/* SPDX-License-Identifier: MIT */
#include "app/learn/learn_view.h"

#include <string.h>

#include "app/act/action.h"
#include "app/learn/learn_shown.h"
#include "app/learn/lesson_list_card.h"
#include "app/learn/page_card.h"
#include "app/state/lessons.h"
#include "base/language.h"
#include "ui/ui.h"

enum {
    LIST_WIDTH = 268,
    LIST_FROM = 1040, /* as wide must the view be for the list to stand beside the page */
};

/* Another page begins at its top. */
static void follow_page(struct page_view *view, const struct lessons *lessons)
{
    if (view->opened == lessons->opened)
        return;
    view->opened = lessons->opened;
    view->page_scroll = view->side_scroll = 0;
    view->answer[0] = 0;
    memset(view->asks.scrolls, 0, sizeof view->asks.scrolls);
}

void learn_view_show(struct learn_view *view, const struct learn_shown *shown, struct ui *ui,
                     struct ui_rect rect, struct actions *actions)
{
    struct ui_rect rest = ui_inset(rect, UI_BETWEEN);
    bool beside = !shown->presenting && rect.w >= LIST_FROM;
    view->page.asks.actions = actions;
    view->page.asks.count = 0;
    follow_page(&view->page, shown->lessons);
    if (beside) {
        struct ui_rect list = ui_cut_left(&rest, LIST_WIDTH);
        ui_cut_left(&rest, UI_BETWEEN);
        lesson_list_card_show(shown->lessons, &view->list_scroll, ui, list, actions);
    }
    page_card_show(&view->page, shown, !beside && !shown->presenting, ui, rest, actions);
}

void learn_view_clear(struct learn_view *view)
{
    *view = (struct learn_view){.list_scroll = 0};
}

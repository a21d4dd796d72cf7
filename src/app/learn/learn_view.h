/* learn_view.h -- the Learn view: the lessons at the left, and a page of one: its picture, and
 * beside it its words, what can be set, figures and tasks.
 */
#ifndef APP_LEARN_LEARN_VIEW_H
#define APP_LEARN_LEARN_VIEW_H

#include "app/learn/page_view.h"
#include "ui/layout.h"

struct actions;
struct learn_shown;
struct ui;

/* The view's own state. From zeros. */
struct learn_view {
    struct page_view page;
    float list_scroll;
};

void learn_view_show(struct learn_view *view, const struct learn_shown *shown, struct ui *ui,
                     struct ui_rect rect, struct actions *actions);
void learn_view_clear(struct learn_view *view);

#endif

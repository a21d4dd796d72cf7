/* page_side.h -- the words of a page, what can be set on it, its figures and its tasks. */
#ifndef APP_LEARN_PAGE_SIDE_H
#define APP_LEARN_PAGE_SIDE_H

#include "ui/layout.h"

struct actions;
struct learn_shown;
struct page_view;
struct ui;

/* All of it from the top of `rect`. Returns how high it is. */
float page_side_show(struct page_view *view, const struct learn_shown *shown, struct ui *ui,
                     struct ui_rect rect, struct actions *actions);

/* Each cuts what it needs from the top of *rest: heading and text; what can be set, and figures;
 * tasks. */
void page_side_cut_text(const struct learn_shown *shown, struct ui *ui, struct ui_rect *rest);
void page_side_cut_controls(struct page_view *view, const struct learn_shown *shown, struct ui *ui,
                            struct ui_rect *rest);
void page_side_cut_tasks(struct page_view *view, const struct learn_shown *shown, struct ui *ui,
                         struct ui_rect *rest, struct actions *actions);

#endif

/* mine_view.h -- the My digits view: what was taught, page by page; one of them in large, to be
 * named anew or deleted; and "Learn my hand". */
#ifndef APP_MINE_MINE_VIEW_H
#define APP_MINE_MINE_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "app/widget/digit_picture.h"
#include "ui/layout.h"

struct actions;
struct mine_shown;
struct ui;

/* The view's own; pages as they were laid last. */
struct mine_view {
    struct pixels pixels;
    float scroll; /* of all, where the window is too low or too narrow for it */
    int page_count;

    /* Which digit was chosen, and which had the focus, when they were shown last. */
    uint64_t chosen; /* its id, */
    uint32_t ring;   /* and the number of that one */
    bool any_chosen, any_ring;
    int page, place; /* of the ring: its page, and where on it */
};

void mine_view_clear(struct mine_view *view); /* frees what it holds */

void mine_view_show(struct mine_view *view, const struct mine_shown *shown, struct ui *ui,
                    struct ui_rect rect, struct actions *actions);

#endif

/* my_digits_view.h -- the My digits view: what was taught, page by page; one of them in large, to
 * be named anew or deleted; and "Learn my hand". */
#ifndef APP_MY_DIGITS_VIEW_H
#define APP_MY_DIGITS_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "app/widget/digit_picture.h"
#include "ui/layout.h"

struct actions;
struct my_digits_shown;
struct ui;

/* The view's own; pages as they were laid last. */
struct my_digits_view {
    struct pixels pixels;
    float scroll; /* of all, where the window is too low or too narrow for it */
    int page_count;

    /* Which digit was chosen, and which had the focus, when they were shown last. */
    uint64_t chosen; /* its id, */
    uint32_t ring;   /* and the number of that one */
    bool any_chosen, any_ring;
    int page, place; /* of the ring: its page, and where on it */
};

void my_digits_view_clear(struct my_digits_view *view); /* frees what it holds */

void my_digits_view_show(struct my_digits_view *view, const struct my_digits_shown *shown,
                         struct ui *ui, struct ui_rect rect, struct actions *actions);

#endif

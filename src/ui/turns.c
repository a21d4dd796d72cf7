/* SPDX-License-Identifier: MIT */
/* The order in which Tab goes through the controls: that in which they were called, but from left
 * to right in each row, however the row was cut up. */
#include "ui/inside.h"

#include <math.h>

/* Whether they stand in a row: half of the higher one beside the other. */
static bool in_a_row(const struct ui_entry *a, const struct ui_entry *b)
{
    const struct ui_rect *p = &a->whole, *q = &b->whole;
    float beside = fminf(p->y + p->h, q->y + q->h) - fmaxf(p->y, q->y);
    return a->layer == b->layer && beside > 0 && beside >= fmaxf(p->h, q->h) / 2;
}

static bool comes_before(const struct ui_entry *a, const struct ui_entry *b)
{
    return in_a_row(a, b) && a->whole.x + a->whole.w <= b->whole.x + 1;
}

int ui_find_turns(struct ui_entries *list)
{
    struct ui_entry *items = list->items;
    int count = 0;
    for (int i = 0; i < list->count; i++) {
        if (!items[i].tab_stop)
            continue;
        int at = count++;
        for (; at > 0 && comes_before(&items[i], &items[items[at - 1].turn]); at--)
            items[at].turn = items[at - 1].turn;
        items[at].turn = i;
    }
    return count;
}

/* SPDX-License-Identifier: MIT */
/* The order in which Tab goes through the controls: that in which they were called, but from left
 * to right in each row, however the row was cut up. */
#include "ui/inside.h"

#include <math.h>

#define UI_ROW_WEIGHT 1000 /* a row further is worse than anything beside */

/* Whether they stand in a row: half of the higher one beside the other. */
static bool in_a_row(const struct ui_entry *a, const struct ui_entry *b)
{
    const struct ui_rect *p = &a->whole, *q = &b->whole;
    float beside = fminf(p->y + p->h, q->y + q->h) - fmaxf(p->y, q->y);
    bool low = a->layer <= UI_LAYER_OVER && b->layer <= UI_LAYER_OVER;
    bool together = low || a->layer == b->layer; /* what lies over the rest stands among it */
    return together && beside > 0 && beside >= fmaxf(p->h, q->h) / 2;
}

static bool comes_before(const struct ui_entry *a, const struct ui_entry *b)
{
    return in_a_row(a, b) && a->whole.x + a->whole.w <= b->whole.x + 1;
}

/* How far it is from `a` to `b`, going down or up: rows first. Negative: `b` is not there. */
static float distance(const struct ui_entry *a, const struct ui_entry *b, bool down)
{
    float rows = down ? b->whole.y - a->whole.y : a->whole.y - b->whole.y;
    float aside = fabsf(b->whole.x + b->whole.w / 2 - a->whole.x - a->whole.w / 2);
    return rows > 0 && !in_a_row(a, b) ? rows * UI_ROW_WEIGHT + aside : -1;
}

int ui_find_across(const struct ui_entries *list, int from, bool down, bool *grid)
{
    const struct ui_entry *at = &list->items[from];
    bool beside = false, across = false;
    int found = -1;
    float nearest = 0;
    for (int i = 0; i < list->count; i++) {
        const struct ui_entry *entry = &list->items[i];
        if (i == from || !entry->tab_stop || entry->group != at->group)
            continue;
        float far = distance(at, entry, down);
        beside |= in_a_row(at, entry);
        across |= !in_a_row(at, entry);
        if (far >= 0 && (found < 0 || far < nearest)) {
            found = i;
            nearest = far;
        }
    }
    *grid = across && (beside || found >= 0);
    return found;
}

int ui_find_tab_order(struct ui_entries *list)
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

/* SPDX-License-Identifier: MIT */
/* my_digits_news.c -- takes into a list, and all that undo goes back to, what other windows did. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "data/my_digits_inside.h"
#include "data/my_digits_merge.h"

/* A digit and the one that takes its place. */
struct swap {
    const struct my_digit *old, *fresh;
};

struct taker {
    struct my_digits *my;
    const struct my_digits_news *news;
    struct my_digits_change *changes; /* of the news, as they are to be done */
    struct swap *swaps;               /* by `old` */
    uint32_t swap_count;
    const struct my_digit **added; /* our copies */
    struct list lists[MY_DIGITS_UNDO_MAX + 1];
};

static struct my_digits_change *find_change(const struct taker *t, uint64_t id)
{
    return my_digits_find_change(t->changes, t->news->change_count, id);
}

static int compare_swaps(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t)((const struct swap *)a)->old,
              y = (uintptr_t)((const struct swap *)b)->old;
    return (x > y) - (x < y);
}

static const struct my_digit *find_fresh(const struct taker *t, const struct my_digit *old)
{
    const struct swap key = {.old = old};
    const struct swap *found =
        t->swap_count ? bsearch(&key, t->swaps, t->swap_count, sizeof key, compare_swaps) : NULL;
    return found ? found->fresh : old;
}

/* What was deleted or named anew here since the merge is the later wish: there only the number is
 * taken. */
static bool choose_changes(struct taker *t)
{
    const struct list *list = &t->my->lists[t->my->list_at];
    struct my_digits_traces now = {0};
    uint32_t count = t->news->change_count;
    t->changes = malloc((count + 1) * sizeof *t->changes);
    if (!t->changes || !my_digits_traces_set(&now, list->digits, list->count, NULL))
        return false;
    if (count > 0)
        memcpy(t->changes, t->news->changes, count * sizeof *t->changes);
    for (uint32_t i = 0; i < count; i++) {
        struct my_digits_change *change = &t->changes[i];
        const struct my_digits_trace *here = my_digits_find_trace(&now, change->id);
        bool untouched = here && here->label == change->from;
        change->gone &= untouched;
        if (!untouched)
            change->label = change->from;
    }
    my_digits_traces_clear(&now);
    return true;
}

static bool takes_swap(const struct taker *t, const struct my_digit *digit)
{
    const struct my_digits_change *change = find_change(t, digit->id);
    return change && !t->news->changes[change - t->changes].gone;
}

/* Finds the digits that get another label or number, each once: those that stand in a list, for
 * what was made and stands in none is never seen again. */
static bool find_swaps(struct taker *t)
{
    const struct my_digits *my = t->my;
    size_t room = 1;
    uint32_t found = 0;
    for (int i = 0; i < my->list_count; i++)
        room += my->lists[i].count;
    t->swaps = malloc(room * sizeof *t->swaps);
    if (!t->swaps)
        return false;
    for (int i = 0; i < my->list_count; i++)
        for (uint32_t k = 0; k < my->lists[i].count; k++)
            if (takes_swap(t, my->lists[i].digits[k]))
                t->swaps[found++] = (struct swap){my->lists[i].digits[k], NULL};
    qsort(t->swaps, found, sizeof *t->swaps, compare_swaps);
    for (uint32_t i = 0; i < found; i++)
        if (t->swap_count == 0 || t->swaps[t->swap_count - 1].old != t->swaps[i].old)
            t->swaps[t->swap_count++] = t->swaps[i];
    return true;
}

/* Copies of all digits that get another label or number. */
static bool make_swaps(struct taker *t)
{
    if (!find_swaps(t))
        return false;
    for (uint32_t i = 0; i < t->swap_count; i++) {
        const struct my_digit *old = t->swaps[i].old;
        const struct my_digits_change *change = find_change(t, old->id);
        int label = old->label == change->from ? change->label : old->label;
        struct my_digit *fresh =
            my_digits_make(t->my, label, change->number, &old->ink, old->pixels, NULL);
        if (!fresh)
            return false;
        fresh->id = old->id;
        t->swaps[i].fresh = fresh;
    }
    return true;
}

static bool copy_added(struct taker *t)
{
    const struct my_digits_news *news = t->news;
    t->added = malloc((news->added_count + 1) * sizeof *t->added);
    for (uint32_t i = 0; t->added && i < news->added_count; i++) {
        const struct my_digit *digit = news->added[i];
        struct my_digit *copy =
            my_digits_make(t->my, digit->label, digit->number, &digit->ink, digit->pixels, NULL);
        if (!copy)
            return false;
        copy->id = digit->id;
        t->added[i] = copy;
    }
    return t->added != NULL;
}

static bool make_list(struct taker *t, const struct list *from, struct list *to)
{
    struct my_digits_traces traces = {0};
    size_t room = (size_t)from->count + t->news->added_count + 1;
    *to = (struct list){malloc(room * sizeof *to->digits), 0, from->version};
    if (!to->digits || !my_digits_traces_set(&traces, from->digits, from->count, NULL))
        return false;
    for (uint32_t i = 0; i < from->count; i++) {
        const struct my_digits_change *change = find_change(t, from->digits[i]->id);
        if (!change || !change->gone)
            to->digits[to->count++] = find_fresh(t, from->digits[i]);
    }
    for (uint32_t i = 0; i < t->news->added_count; i++)
        if (!my_digits_find_trace(&traces, t->added[i]->id))
            to->digits[to->count++] = t->added[i];
    my_digits_traces_clear(&traces);
    return true;
}

static void change_lists(struct taker *t)
{
    struct my_digits *my = t->my;
    for (int i = 0; i < my->list_count; i++) {
        const struct my_digit **old = my->lists[i].digits;
        my->lists[i] = t->lists[i];
        t->lists[i].digits = old; /* to be freed */
    }
    for (uint32_t i = 0; i < my->made_count; i++)
        if (my->made[i]->number >= my->next_number)
            my->next_number = my->made[i]->number + 1;
    my->changes++;
}

bool my_digits_take_news(struct my_digits *my, const struct my_digits_news *news, struct err *err)
{
    struct taker t = {.my = my, .news = news};
    if (news->added_count == 0 && news->change_count == 0)
        return true;
    bool ok = choose_changes(&t) && make_swaps(&t) && copy_added(&t);
    for (int i = 0; ok && i < my->list_count; i++)
        ok = make_list(&t, &my->lists[i], &t.lists[i]);
    if (ok)
        change_lists(&t);
    else
        err_memory(err, _("what another window did to your digits"));
    for (int i = 0; i < my->list_count; i++)
        free(t.lists[i].digits);
    free(t.changes);
    free(t.swaps);
    free(t.added);
    return ok;
}

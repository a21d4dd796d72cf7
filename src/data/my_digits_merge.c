/* SPDX-License-Identifier: MIT */
#include "data/my_digits_merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"

/* ---- traces ---------------------------------------------------------------------------------- */

static int compare_traces(const void *a, const void *b)
{
    uint64_t x = ((const struct my_digits_trace *)a)->id,
             y = ((const struct my_digits_trace *)b)->id;
    return (x > y) - (x < y);
}

bool my_digits_traces_set(struct my_digits_traces *traces, const struct my_digit *const *digits,
                          uint32_t count, struct err *err)
{
    struct my_digits_trace *items = malloc(((size_t)count + 1) * sizeof *items);
    if (!items)
        return err_memory(err, _("your digits"));
    for (uint32_t i = 0; i < count; i++)
        items[i] = (struct my_digits_trace){digits[i]->id, digits[i]->label};
    qsort(items, count, sizeof *items, compare_traces);
    free(traces->items);
    *traces = (struct my_digits_traces){items, count};
    return true;
}

void my_digits_traces_clear(struct my_digits_traces *traces)
{
    free(traces->items);
    *traces = (struct my_digits_traces){0};
}

const struct my_digits_trace *my_digits_find_trace(const struct my_digits_traces *traces,
                                                   uint64_t id)
{
    const struct my_digits_trace key = {.id = id};
    return traces->count ? bsearch(&key, traces->items, traces->count, sizeof key, compare_traces)
                         : NULL;
}

bool my_digits_traces_hold(const struct my_digits_traces *traces,
                           const struct my_digit *const *digits, uint32_t count)
{
    if (count != traces->count)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct my_digits_trace *trace = my_digits_find_trace(traces, digits[i]->id);
        if (!trace || trace->label != digits[i]->label)
            return false;
    }
    return true;
}

/* ---- a list by id ---------------------------------------------------------------------------- */

static int compare_ids(const void *a, const void *b)
{
    uint64_t x = (*(const struct my_digit *const *)a)->id,
             y = (*(const struct my_digit *const *)b)->id;
    return (x > y) - (x < y);
}

struct index {
    const struct my_digit **digits;
    uint32_t count;
};

static bool make_index(struct index *index, const struct my_digit *const *digits, uint32_t count)
{
    *index = (struct index){malloc(((size_t)count + 1) * sizeof *digits), count};
    if (!index->digits)
        return false;
    if (count > 0)
        memcpy(index->digits, digits, count * sizeof *digits);
    qsort(index->digits, count, sizeof *digits, compare_ids);
    return true;
}

static const struct my_digit *find_digit(const struct index *index, uint64_t id)
{
    const struct my_digit key = {.id = id}, *at = &key;
    const struct my_digit **found =
        index->count ? bsearch(&at, index->digits, index->count, sizeof at, compare_ids) : NULL;
    return found ? *found : NULL;
}

/* ---- merging --------------------------------------------------------------------------------- */

/* A digit of the outcome, and where it comes from. */
struct place {
    const struct my_digit *own, *theirs; /* either may be NULL */
    int label;
    uint32_t number;
};

struct merger {
    const struct my_digits_traces *base;
    struct index own, theirs;
    bool whole;
    struct place *places;
    uint32_t count;
    struct my_digits_change *changes;
    uint32_t change_count;
};

static void put_place(struct merger *m, const struct my_digit *own, const struct my_digit *theirs,
                      int label)
{
    m->places[m->count++] =
        (struct place){own, theirs, label, theirs ? theirs->number : own->number};
}

/* What is not among ours and was in the base was deleted here. */
static void place_theirs(struct merger *m, const struct my_digit *digit)
{
    const struct my_digit *own = find_digit(&m->own, digit->id);
    const struct my_digits_trace *base = my_digits_find_trace(m->base, digit->id);
    bool named_here = own && (!base || own->label != base->label);
    if (own)
        put_place(m, own, digit, named_here || !m->whole ? own->label : digit->label);
    else if (!base)
        put_place(m, NULL, digit, digit->label);
}

/* What is not among theirs and was in the base was deleted there; unless it was named anew here,
 * which is the later wish, for it is being saved. */
static void place_own(struct merger *m, const struct my_digit *digit)
{
    if (find_digit(&m->theirs, digit->id))
        return;
    const struct my_digits_trace *base = my_digits_find_trace(m->base, digit->id);
    bool gone = m->whole && m->theirs.digits && base && base->label == digit->label;
    if (gone)
        m->changes[m->change_count++] = (struct my_digits_change){
            .id = digit->id, .from = digit->label, .label = digit->label, .gone = true};
    else
        put_place(m, digit, NULL, digit->label);
}

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->number != y->number)
        return x->number > y->number ? 1 : -1;
    return !x->theirs - !y->theirs;
}

/* Makes the numbers rise. Of two that are the same the file's stays; the other comes last. */
static void number_places(struct merger *m)
{
    uint32_t count = m->count;
    qsort(m->places, count, sizeof *m->places, compare_places);
    uint32_t last = count > 0 ? m->places[count - 1].number : 0, before = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool taken = i > 0 && m->places[i].number == before;
        before = m->places[i].number;
        if (taken)
            m->places[i].number = ++last;
    }
    qsort(m->places, count, sizeof *m->places, compare_places);
}

static int compare_changes(const void *a, const void *b)
{
    uint64_t x = ((const struct my_digits_change *)a)->id,
             y = ((const struct my_digits_change *)b)->id;
    return (x > y) - (x < y);
}

struct my_digits_change *my_digits_find_change(struct my_digits_change *changes, uint32_t count,
                                               uint64_t id)
{
    const struct my_digits_change key = {.id = id};
    return count ? bsearch(&key, changes, count, sizeof key, compare_changes) : NULL;
}

static void note_changes(struct merger *m)
{
    for (uint32_t i = 0; i < m->count; i++) {
        const struct place *place = &m->places[i];
        const struct my_digit *own = place->own;
        if (own && (own->label != place->label || own->number != place->number))
            m->changes[m->change_count++] = (struct my_digits_change){
                .id = own->id, .from = own->label, .label = place->label, .number = place->number};
    }
    qsort(m->changes, m->change_count, sizeof *m->changes, compare_changes);
}

static void hand_out(const struct merger *m, struct my_digits_merged *merged,
                     struct my_digits_news *news)
{
    for (uint32_t i = 0; i < m->count; i++) {
        const struct place *place = &m->places[i];
        const struct my_digit *from = place->own ? place->own : place->theirs;
        struct my_digit *digit = &merged->digits[i];
        *digit = *from; /* the strokes are shared */
        digit->label = place->label;
        digit->number = place->number;
        merged->list[i] = digit;
        if (!place->own)
            news->added[news->added_count++] = place->theirs;
    }
    merged->count = m->count;
    news->changes = m->changes;
    news->change_count = m->change_count;
}

static bool take_room(struct merger *m, struct my_digits_merged *merged,
                      struct my_digits_news *news)
{
    size_t room = (size_t)m->own.count + m->theirs.count + 1;
    m->places = malloc(room * sizeof *m->places);
    m->changes = malloc(room * sizeof *m->changes);
    merged->digits = malloc(room * sizeof *merged->digits);
    merged->list = malloc(room * sizeof *merged->list);
    news->added = malloc(room * sizeof *news->added);
    return m->places && m->changes && merged->digits && merged->list && news->added;
}

bool my_digits_merge(const struct my_digits_traces *base, const struct my_digit *const *ours,
                     uint32_t count, struct my_digits *theirs, bool whole,
                     struct my_digits_merged *merged, struct my_digits_news *news, struct err *err)
{
    struct merger m = {.base = base, .whole = whole};
    *merged = (struct my_digits_merged){0};
    *news = (struct my_digits_news){.theirs = theirs};
    const struct my_digit **other = theirs ? my_digits_all(theirs, NULL) : NULL;
    bool ok = make_index(&m.own, ours, count) && (!theirs || other) &&
              (!theirs || make_index(&m.theirs, (const struct my_digit *const *)other,
                                     my_digits_count(theirs))) &&
              take_room(&m, merged, news);
    for (uint32_t i = 0; ok && i < m.theirs.count; i++)
        place_theirs(&m, other[i]);
    for (uint32_t i = 0; ok && i < count; i++)
        place_own(&m, ours[i]);
    if (ok) {
        number_places(&m);
        note_changes(&m);
        hand_out(&m, merged, news);
    } else {
        free(m.changes);
        my_digits_merged_clear(merged);
        my_digits_news_clear(news);
        err_memory(err, _("your digits"));
    }
    free(m.places);
    free(m.own.digits);
    free(m.theirs.digits);
    free(other);
    return ok;
}

void my_digits_merged_clear(struct my_digits_merged *merged)
{
    free(merged->digits);
    free(merged->list);
    *merged = (struct my_digits_merged){0};
}

void my_digits_news_clear(struct my_digits_news *news)
{
    my_digits_free(news->theirs);
    free(news->added);
    free(news->changes);
    *news = (struct my_digits_news){0};
}

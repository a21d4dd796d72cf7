/* SPDX-License-Identifier: MIT */
#include "data/mine_merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

/* ---- traces ---------------------------------------------------------------------------------- */

static int compare_traces(const void *a, const void *b)
{
    uint64_t x = ((const struct mine_trace *)a)->id, y = ((const struct mine_trace *)b)->id;
    return (x > y) - (x < y);
}

bool mine_traces_set(struct mine_traces *traces, const struct mine_digit *const *digits,
                     uint32_t count, struct err *err)
{
    struct mine_trace *items = malloc(((size_t)count + 1) * sizeof *items);
    if (!items)
        return err_memory(err, "your digits");
    for (uint32_t i = 0; i < count; i++)
        items[i] = (struct mine_trace){digits[i]->id, digits[i]->label};
    qsort(items, count, sizeof *items, compare_traces);
    free(traces->items);
    *traces = (struct mine_traces){items, count};
    return true;
}

void mine_traces_clear(struct mine_traces *traces)
{
    free(traces->items);
    *traces = (struct mine_traces){0};
}

const struct mine_trace *mine_find_trace(const struct mine_traces *traces, uint64_t id)
{
    const struct mine_trace key = {.id = id};
    return traces->count ? bsearch(&key, traces->items, traces->count, sizeof key, compare_traces)
                         : NULL;
}

bool mine_traces_hold(const struct mine_traces *traces, const struct mine_digit *const *digits,
                      uint32_t count)
{
    if (count != traces->count)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct mine_trace *trace = mine_find_trace(traces, digits[i]->id);
        if (!trace || trace->label != digits[i]->label)
            return false;
    }
    return true;
}

/* ---- a list by id ---------------------------------------------------------------------------- */

static int compare_ids(const void *a, const void *b)
{
    uint64_t x = (*(const struct mine_digit *const *)a)->id,
             y = (*(const struct mine_digit *const *)b)->id;
    return (x > y) - (x < y);
}

struct index {
    const struct mine_digit **digits;
    uint32_t count;
};

static bool make_index(struct index *index, const struct mine_digit *const *digits, uint32_t count)
{
    *index = (struct index){malloc(((size_t)count + 1) * sizeof *digits), count};
    if (!index->digits)
        return false;
    if (count > 0)
        memcpy(index->digits, digits, count * sizeof *digits);
    qsort(index->digits, count, sizeof *digits, compare_ids);
    return true;
}

static const struct mine_digit *find_digit(const struct index *index, uint64_t id)
{
    const struct mine_digit key = {.id = id}, *at = &key;
    const struct mine_digit **found =
        index->count ? bsearch(&at, index->digits, index->count, sizeof at, compare_ids) : NULL;
    return found ? *found : NULL;
}

/* ---- merging --------------------------------------------------------------------------------- */

/* A digit of the outcome, and where it comes from. */
struct place {
    const struct mine_digit *own, *theirs; /* either may be NULL */
    int label;
    uint32_t number;
};

struct merger {
    const struct mine_traces *base;
    struct index own, theirs;
    bool whole;
    struct place *places;
    uint32_t count;
    struct mine_change *changes;
    uint32_t change_count;
};

static void put_place(struct merger *m, const struct mine_digit *own,
                      const struct mine_digit *theirs, int label)
{
    m->places[m->count++] = (struct place){own, theirs, label, theirs ? theirs->number
                                                                       : own->number};
}

/* What is not among ours and was in the base was deleted here. */
static void place_theirs(struct merger *m, const struct mine_digit *digit)
{
    const struct mine_digit *own = find_digit(&m->own, digit->id);
    const struct mine_trace *base = mine_find_trace(m->base, digit->id);
    bool named_here = own && (!base || own->label != base->label);
    if (own)
        put_place(m, own, digit, named_here || !m->whole ? own->label : digit->label);
    else if (!base)
        put_place(m, NULL, digit, digit->label);
}

/* What is not among theirs and was in the base was deleted there; unless it was named anew here,
 * which is the later wish, for it is being saved. */
static void place_own(struct merger *m, const struct mine_digit *digit)
{
    if (find_digit(&m->theirs, digit->id))
        return;
    const struct mine_trace *base = mine_find_trace(m->base, digit->id);
    bool gone = m->whole && m->theirs.digits && base && base->label == digit->label;
    if (gone)
        m->changes[m->change_count++] = (struct mine_change){
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
    uint64_t x = ((const struct mine_change *)a)->id, y = ((const struct mine_change *)b)->id;
    return (x > y) - (x < y);
}

struct mine_change *mine_find_change(struct mine_change *changes, uint32_t count, uint64_t id)
{
    const struct mine_change key = {.id = id};
    return count ? bsearch(&key, changes, count, sizeof key, compare_changes) : NULL;
}

static void note_changes(struct merger *m)
{
    for (uint32_t i = 0; i < m->count; i++) {
        const struct place *place = &m->places[i];
        const struct mine_digit *own = place->own;
        if (own && (own->label != place->label || own->number != place->number))
            m->changes[m->change_count++] = (struct mine_change){
                .id = own->id, .from = own->label, .label = place->label,
                .number = place->number};
    }
    qsort(m->changes, m->change_count, sizeof *m->changes, compare_changes);
}

static void hand_out(const struct merger *m, struct mine_merged *merged, struct mine_news *news)
{
    for (uint32_t i = 0; i < m->count; i++) {
        const struct place *place = &m->places[i];
        const struct mine_digit *from = place->own ? place->own : place->theirs;
        struct mine_digit *digit = &merged->digits[i];
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

static bool take_room(struct merger *m, struct mine_merged *merged, struct mine_news *news)
{
    size_t room = (size_t)m->own.count + m->theirs.count + 1;
    m->places = malloc(room * sizeof *m->places);
    m->changes = malloc(room * sizeof *m->changes);
    merged->digits = malloc(room * sizeof *merged->digits);
    merged->list = malloc(room * sizeof *merged->list);
    news->added = malloc(room * sizeof *news->added);
    return m->places && m->changes && merged->digits && merged->list && news->added;
}

bool mine_merge(const struct mine_traces *base, const struct mine_digit *const *ours,
                uint32_t count, struct mine *theirs, bool whole, struct mine_merged *merged,
                struct mine_news *news, struct err *err)
{
    struct merger m = {.base = base, .whole = whole};
    *merged = (struct mine_merged){0};
    *news = (struct mine_news){.theirs = theirs};
    const struct mine_digit **other = theirs ? mine_digits(theirs, NULL) : NULL;
    bool ok = make_index(&m.own, ours, count) && (!theirs || other) &&
              (!theirs || make_index(&m.theirs, (const struct mine_digit *const *)other,
                                     mine_count(theirs))) &&
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
        mine_merged_clear(merged);
        mine_news_clear(news);
        err_memory(err, "your digits");
    }
    free(m.places);
    free(m.own.digits);
    free(m.theirs.digits);
    free(other);
    return ok;
}

void mine_merged_clear(struct mine_merged *merged)
{
    free(merged->digits);
    free(merged->list);
    *merged = (struct mine_merged){0};
}

void mine_news_clear(struct mine_news *news)
{
    mine_free(news->theirs);
    free(news->added);
    free(news->changes);
    *news = (struct mine_news){0};
}

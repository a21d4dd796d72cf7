/* SPDX-License-Identifier: MIT */
#include "app/state/gallery.h"

#include <stdlib.h>

#include "app/state/evaluating.h"

void gallery_end(struct gallery *gallery)
{
    free(gallery->items);
    *gallery = (struct gallery){.items = NULL};
}

int gallery_label(const struct gallery *gallery)
{
    return gallery->label - 1;
}

int gallery_answer(const struct gallery *gallery)
{
    return gallery->answer - 1;
}

bool gallery_shows_cell(const struct gallery *gallery, int truth, int answer)
{
    return gallery->which == GALLERY_ALL && gallery_label(gallery) == truth &&
           gallery_answer(gallery) == answer;
}

static void choose(struct gallery *gallery, enum gallery_which which, int label, int answer)
{
    gallery->which = which;
    gallery->label = label + 1;
    gallery->answer = answer + 1;
    gallery->chosen++;
}

void gallery_show(struct gallery *gallery, enum gallery_which which)
{
    choose(gallery, which, GALLERY_ANY, GALLERY_ANY);
}

void gallery_show_label(struct gallery *gallery, int digit)
{
    choose(gallery, gallery->which, digit, gallery_answer(gallery));
}

void gallery_show_answer(struct gallery *gallery, int digit)
{
    choose(gallery, gallery->which, gallery_label(gallery), digit);
}

void gallery_show_cell(struct gallery *gallery, int truth, int answer)
{
    if (gallery_shows_cell(gallery, truth, answer))
        gallery_show(gallery, GALLERY_MISREAD);
    else
        choose(gallery, GALLERY_ALL, truth, answer);
}

void gallery_sort(struct gallery *gallery, enum gallery_order order)
{
    gallery->order = order;
    gallery->chosen++;
}

/* ---- the list -------------------------------------------------------------------------------- */

struct key {
    float first, then; /* the lower, the nearer to the beginning */
    uint32_t at;
};

/* Equal ones as they come. */
static int compare_keys(const void *a, const void *b)
{
    const struct key *one = a, *other = b;
    if (one->first != other->first)
        return one->first < other->first ? -1 : 1;
    if (one->then != other->then)
        return one->then < other->then ? -1 : 1;
    return one->at < other->at ? -1 : one->at > other->at;
}

static struct key find_key(const struct evaluated *evaluated, enum gallery_order order, uint32_t i)
{
    float confidence = evaluated->confidence[i];
    switch (order) {
    case GALLERY_CONFIDENT:
        return (struct key){-confidence, 0, i};
    case GALLERY_UNSURE:
        return (struct key){confidence, 0, i};
    case GALLERY_BY_LABEL:
        return (struct key){evaluated->set->labels[i], -confidence, i};
    case GALLERY_BY_ANSWER:
        return (struct key){evaluated->best[i], -confidence, i};
    default:
        return (struct key){0, 0, i};
    }
}

static bool is_of_kind(enum gallery_which which, const struct evaluated *evaluated, uint32_t i)
{
    switch (which) {
    case GALLERY_MISREAD:
        return evaluated->set->labels[i] != evaluated->best[i];
    case GALLERY_DIFFERING:
        return evaluated->other && evaluated->other[i] != evaluated->best[i];
    case GALLERY_DOUBTFUL:
        return evaluated->verdict[i] == VERDICT_DOUBTFUL;
    case GALLERY_NO_DIGIT:
        return evaluated->verdict[i] == VERDICT_NO_DIGIT;
    default:
        return true;
    }
}

static bool is_shown(const struct gallery *gallery, const struct evaluated *evaluated, uint32_t i)
{
    int label = evaluated->set->labels[i], answer = evaluated->best[i];
    int wanted_label = gallery_label(gallery), wanted_answer = gallery_answer(gallery);
    return is_of_kind(gallery->which, evaluated, i) &&
           (wanted_label == GALLERY_ANY || wanted_label == label) &&
           (wanted_answer == GALLERY_ANY || wanted_answer == answer);
}

static uint32_t count_shown(const struct gallery *gallery, const struct evaluated *evaluated)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < evaluated->set->count; i++)
        count += is_shown(gallery, evaluated, i);
    return count;
}

/* Without memory there is nothing on the wall. */
static void list_items(struct gallery *gallery, const struct evaluated *evaluated)
{
    uint32_t count = count_shown(gallery, evaluated), n = 0;
    struct key *keys = malloc(((size_t)count + 1) * sizeof *keys);
    uint32_t *items = malloc(((size_t)count + 1) * sizeof *items);
    for (uint32_t i = 0; keys && items && i < evaluated->set->count; i++)
        if (is_shown(gallery, evaluated, i))
            keys[n++] = find_key(evaluated, gallery->order, i);
    if (keys)
        qsort(keys, n, sizeof *keys, compare_keys);
    for (uint32_t i = 0; i < n; i++)
        items[i] = keys[i].at;
    free(keys);
    free(gallery->items);
    gallery->items = items;
    gallery->count = n;
}

void gallery_update(struct gallery *gallery, const struct evaluated *evaluated, uint64_t number)
{
    if (!evaluated || (gallery->of == number && gallery->choice == gallery->chosen))
        return;
    list_items(gallery, evaluated);
    gallery->of = number;
    gallery->choice = gallery->chosen;
}

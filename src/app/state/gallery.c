/* SPDX-License-Identifier: MIT */
#include "app/state/gallery.h"

#include <stdlib.h>

#include "app/state/evaluating.h"

void gallery_end(struct gallery *gallery)
{
    free(gallery->items);
    *gallery = (struct gallery){.items = NULL};
}

void gallery_show_misread(struct gallery *gallery)
{
    gallery->one_cell = false;
    gallery->chosen++;
}

void gallery_show_cell(struct gallery *gallery, int truth, int answer)
{
    bool again = gallery->one_cell && gallery->truth == truth && gallery->answer == answer;
    gallery->one_cell = !again;
    gallery->truth = truth;
    gallery->answer = answer;
    gallery->chosen++;
}

void gallery_sort(struct gallery *gallery, enum gallery_order order)
{
    gallery->order = order;
    gallery->chosen++;
}

/* ---- the list -------------------------------------------------------------------------------- */

struct key {
    float confidence;
    uint32_t at;
};

/* Equal ones as they come. */
static int compare_keys(const void *a, const void *b)
{
    const struct key *one = a, *other = b;
    if (one->confidence != other->confidence)
        return one->confidence > other->confidence ? -1 : 1;
    return one->at < other->at ? -1 : one->at > other->at;
}

static bool is_shown(const struct gallery *gallery, const struct evaluated *evaluated, uint32_t i)
{
    int truth = evaluated->set->labels[i], answer = evaluated->best[i];
    return gallery->one_cell ? truth == gallery->truth && answer == gallery->answer
                             : truth != answer;
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
    float sign = gallery->order == GALLERY_CONFIDENT ? 1
                 : gallery->order == GALLERY_UNSURE  ? -1
                                                     : 0;
    for (uint32_t i = 0; keys && items && i < evaluated->set->count; i++)
        if (is_shown(gallery, evaluated, i))
            keys[n++] = (struct key){sign * evaluated->confidence[i], i};
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

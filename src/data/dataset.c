/* SPDX-License-Identifier: MIT */
#include "data/dataset.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"

enum { SIDE = 28 };

struct dataset *dataset_new(const char *name, uint32_t count, struct err *err)
{
    assert(count <= DATASET_COUNT_MAX);
    struct dataset *set = calloc(1, sizeof *set);
    if (set) {
        snprintf(set->name, sizeof set->name, "%s", name);
        set->count = count;
        set->rows = set->cols = SIDE;
        set->pixels = malloc((size_t)count * SIDE * SIDE + 1);
        set->labels = malloc((size_t)count + 1);
    }
    if (!set || !set->pixels || !set->labels) {
        dataset_free(set);
        err_memory(err, "the pictures");
        return NULL;
    }
    return set;
}

void dataset_free(struct dataset *set)
{
    if (!set)
        return;
    free(set->pixels);
    free(set->labels);
    free(set);
}

struct dataset dataset_part(const struct dataset *set, uint32_t from, uint32_t count)
{
    assert(from <= set->count && count <= set->count - from);
    struct dataset part = *set;
    part.count = count;
    part.pixels += (size_t)from * (size_t)set->rows * (size_t)set->cols;
    part.labels += from;
    return part;
}

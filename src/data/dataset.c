/* SPDX-License-Identifier: MIT */
#include "data/dataset.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/language.h"
#include "base/text.h"
#include "ink/fit.h"

enum { SIDE = FIT_SIZE };

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
        err_memory(err, _("the pictures"));
        return NULL;
    }
    return set;
}

struct dataset *dataset_copy(const struct dataset *set, struct err *err)
{
    struct dataset *copy = dataset_new(set->name, set->count, err);
    if (!copy)
        return NULL;
    uint8_t *pixels = copy->pixels, *labels = copy->labels;
    memcpy(pixels, set->pixels, (size_t)set->count * SIDE * SIDE);
    memcpy(labels, set->labels, set->count);
    *copy = *set;
    copy->pixels = pixels;
    copy->labels = labels;
    return copy;
}

void dataset_free(struct dataset *set)
{
    if (!set)
        return;
    free(set->pixels);
    free(set->labels);
    free(set);
}

uint64_t dataset_fingerprint(const struct dataset *set)
{
    enum { EVERY = 509 };
    uint64_t hash = HASH_START ^ set->count;
    for (uint32_t i = 0; i < set->count; i++)
        hash = hash_add(hash, set->labels[i]);
    size_t size = (size_t)set->count * (size_t)set->rows * (size_t)set->cols;
    for (size_t i = 0; i < size; i += EVERY)
        hash = hash_add(hash, set->pixels[i]);
    return hash;
}

void dataset_turn(struct dataset *set)
{
    for (uint32_t i = 0; i < set->count && !set->turned; i++) {
        uint8_t *pixels = set->pixels + (size_t)i * SIDE * SIDE;
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < y; x++) {
                uint8_t other = pixels[x * SIDE + y];
                pixels[x * SIDE + y] = pixels[y * SIDE + x];
                pixels[y * SIDE + x] = other;
            }
    }
    set->turned = true;
}

void dataset_turn_emnist(struct dataset *set)
{
    dataset_turn(set);
    dataset_add_note(set, _("EMNIST's images lie on their side; they were set upright."));
}

void dataset_add_note(struct dataset *set, const char *format, ...)
{
    char sentence[DATASET_NOTE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    size_t used = strlen(set->note), len = strlen(sentence), gap = used > 0;
    if (used + gap + len >= sizeof set->note)
        return;
    memcpy(set->note + used, " ", gap);
    memcpy(set->note + used + gap, text_mend(sentence), len + 1);
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

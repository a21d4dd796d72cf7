/* SPDX-License-Identifier: MIT */
#include "trial.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"

enum { GUARD = 16, ALIGNMENT = 64 }; /* floats after each block; bytes */
static const float untouched = 12345;

/* The block that this call asks for next: NULL where it had it in the call before. */
static struct trial_block *new_block(struct trial *t, size_t len, size_t size)
{
    struct trial_block *block = &t->blocks[t->next++];
    assert(t->next <= TRIAL_BLOCKS_MAX);
    if (t->next <= t->count)
        return NULL;
    size_t bytes = len * size + GUARD * sizeof(float);
    block->at = aligned_alloc(ALIGNMENT, (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    if (!block->at)
        abort();
    block->len = len;
    t->count = t->next;
    return block;
}

static void *last_block(const struct trial *t)
{
    return t->blocks[t->next - 1].at;
}

/* The same numbers for the same block of every trial. */
static struct rng draw_for(const struct trial *t, size_t len)
{
    return rng_new((uint64_t)t->next, len);
}

static void fill_floats(struct trial *t, float *x, size_t len, int zeros)
{
    struct rng rng = draw_for(t, len);
    for (size_t i = 0; i < len; i++)
        x[i] = (int)rng_below(&rng, 100) < zeros ? 0 : rng_normal(&rng);
}

static void guard(struct trial_block *block)
{
    block->guarded = true;
    for (size_t i = 0; i < GUARD; i++)
        ((float *)block->at)[block->len + i] = untouched;
}

const float *trial_floats(struct trial *t, size_t len, int zeros)
{
    struct trial_block *block = new_block(t, len, sizeof(float));
    if (block)
        fill_floats(t, block->at, len, zeros);
    return last_block(t);
}

const uint8_t *trial_bytes(struct trial *t, size_t len, int zeros)
{
    struct trial_block *block = new_block(t, len, 1);
    struct rng rng = draw_for(t, len);
    for (size_t i = 0; block && i < len; i++)
        ((uint8_t *)block->at)[i] =
            (int)rng_below(&rng, 100) < zeros ? 0 : (uint8_t)rng_below(&rng, 256);
    return last_block(t);
}

const int32_t *trial_below(struct trial *t, size_t len, int32_t limit)
{
    struct trial_block *block = new_block(t, len, sizeof(int32_t));
    struct rng rng = draw_for(t, len);
    for (size_t i = 0; block && i < len; i++)
        ((int32_t *)block->at)[i] = (int32_t)rng_below(&rng, (uint32_t)limit);
    return last_block(t);
}

float *trial_result(struct trial *t, size_t len, float size)
{
    struct trial_block *block = new_block(t, len, sizeof(float));
    if (block) {
        block->result = true;
        block->size = size;
        for (size_t i = 0; i < len; i++)
            ((float *)block->at)[i] = untouched;
        guard(block);
    }
    return last_block(t);
}

float *trial_changed(struct trial *t, size_t len, float size)
{
    bool fresh = t->next == t->count;
    float *x = trial_result(t, len, size);
    if (fresh)
        fill_floats(t, x, len, 25);
    return x;
}

int32_t *trial_integers(struct trial *t, size_t len)
{
    bool fresh = t->next == t->count;
    int32_t *x = (int32_t *)(void *)trial_result(t, len, 0);
    if (fresh)
        t->blocks[t->next - 1].whole = true;
    return x;
}

float *trial_scratch(struct trial *t, size_t len)
{
    bool fresh = t->next == t->count;
    float *x = trial_result(t, len, 0);
    if (fresh)
        t->blocks[t->next - 1].result = false;
    return x;
}

void trial_run(struct trial *t, const struct kernel *kernel, int size, const struct kern *kern)
{
    t->next = 0;
    kernel->call(kern, kernel->sizes[size], t);
}

void trial_free(struct trial *t)
{
    for (int i = 0; i < t->count; i++)
        free(t->blocks[i].at);
    *t = (struct trial){0};
}

/* The first place of a result where they differ by too much, or len. */
static size_t find_difference(const struct trial_block *want, const struct trial_block *got)
{
    const float *a = want->at, *b = got->at;
    for (size_t i = 0; i < want->len; i++)
        if (want->whole ? memcmp(a + i, b + i, sizeof *a) != 0
                        : !(fabsf(a[i] - b[i]) <=
                            4e-6f * want->size + (want->size > 0 ? 1e-5f * fabsf(a[i]) : 0)))
            return i;
    return want->len;
}

/* Whether something was written past a block's end. */
static bool is_overrun(const struct trial_block *block)
{
    const float *after = (const float *)block->at + block->len;
    for (int i = 0; i < GUARD; i++)
        if (memcmp(after + i, &untouched, sizeof untouched) != 0)
            return true;
    return false;
}

bool trial_compare(const struct trial *want, const struct trial *got, char *text, size_t room)
{
    for (int i = 0; i < want->count; i++) {
        const struct trial_block *a = &want->blocks[i], *b = &got->blocks[i];
        if (b->guarded && is_overrun(b)) {
            snprintf(text, room, "block %d of %zu was written past its end", i, b->len);
            return false;
        }
        size_t at = a->result ? find_difference(a, b) : a->len;
        if (at == a->len)
            continue;
        const float *x = a->at, *y = b->at;
        snprintf(text, room, "block %d differs at %zu of %zu: %g, not %g", i, at, a->len,
                 (double)y[at], (double)x[at]);
        return false;
    }
    return true;
}

const struct kernel *kernels_at(int i)
{
    if (i < product_kernel_count)
        return &product_kernels[i];
    i -= product_kernel_count;
    if (i < convolution_kernel_count)
        return &convolution_kernels[i];
    i -= convolution_kernel_count;
    return i < row_kernel_count ? &row_kernels[i] : NULL;
}

/* By every table; the number of those that are wrong. */
static int compare_size(const struct kernel *kernel, int size)
{
    struct trial want = {.count = 0};
    char text[200];
    int wrong = 0;
    trial_run(&want, kernel, size, NULL);
    for (int i = 0; kern_at(i); i++) {
        struct trial got = {.count = 0};
        trial_run(&got, kernel, size, kern_at(i));
        if (!trial_compare(&want, &got, text, sizeof text)) {
            printf("# %s of table %s, size %d: %s\n", kernel->name, kern_at(i)->name, size, text);
            wrong++;
        }
        trial_free(&got);
    }
    trial_free(&want);
    return wrong;
}

int kernels_compare(void)
{
    int wrong = 0;
    for (int i = 0; kernels_at(i); i++)
        for (int size = kernels_at(i)->timed; size < kernels_at(i)->size_count; size++)
            wrong += compare_size(kernels_at(i), size);
    return wrong;
}

/* SPDX-License-Identifier: MIT */
#include "eval/nearest.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/clamp.h"
#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "par/pool.h"

enum {
    PIECE = 16,   /* images that a thread reads at a time */
    PIECES = 64,  /* of them between one look whether to go on and the next */
    BLOCK = 32,   /* images compared at a time */
    MIDDLE = 128, /* the byte of 0 */
};

struct nearest {
    const struct kern *kern;
    struct nn_work *work; /* for the picture */
    uint32_t count;
    int len;           /* activations of an image */
    uint8_t *features; /* [count][len] */
    float *inverse;    /* [count]: 1 / the length of each, or 0 */
    float *block;      /* [BLOCK][len] */
};

/* ---- reading the set ----------------------------------------------------------------------- */

struct reading {
    const struct nearest_setup *setup;
    struct nearest *nearest;
    struct nn_work **works; /* one a thread */
    float *x;               /* [threads][PIECE][FIT_LEN] */
    uint32_t first;         /* the image that part 0 begins with */
};

/* Activations as bytes, and 1 / the length of what the bytes say. */
static float pack_features(const float *from, int len, uint8_t *bytes)
{
    float most = 0;
    double squares = 0;
    for (int i = 0; i < len; i++)
        most = max_float(most, fabsf(from[i]));
    float scale = most > 0 && isfinite(most) ? (MIDDLE - 1) / most : 0;
    for (int i = 0; i < len; i++) {
        int value = scale > 0 ? (int)lrintf(clamp_float(from[i] * scale, -127, 127)) : 0;
        bytes[i] = (uint8_t)(value + MIDDLE);
        squares += (double)(value * value);
    }
    return squares > 0 ? (float)(1 / sqrt(squares)) : 0;
}

static void read_piece(void *context, int part, int thread)
{
    struct reading *r = context;
    struct nearest *n = r->nearest;
    const struct nearest_setup *setup = r->setup;
    uint32_t at = r->first + (uint32_t)part * PIECE;
    int count = n->count - at < PIECE ? (int)(n->count - at) : PIECE, len;
    float *x = r->x + (size_t)thread * PIECE * FIT_LEN;
    setup->kern->from_bytes((size_t)count * FIT_LEN, setup->set->pixels + (size_t)at * FIT_LEN,
                            FIT_SCALE, x);
    nn_sums(setup->net, r->works[thread], x, count);
    const float *hidden = nn_last_hidden(setup->net, r->works[thread], x, &len);
    for (int i = 0; i < count; i++)
        n->inverse[at + (uint32_t)i] = pack_features(hidden + (size_t)i * (size_t)len, len,
                                                     n->features + (at + (size_t)i) * (size_t)len);
}

/* False where it was given up. */
static bool read_all(struct reading *r)
{
    const struct nearest_setup *setup = r->setup;
    uint32_t count = r->nearest->count, left, at = 0;
    for (; at < count; at += PIECE * PIECES) {
        if (setup->go_on && !setup->go_on(setup->user, (double)at / count))
            return false;
        left = (count - at + PIECE - 1) / PIECE;
        r->first = at;
        pool_run(setup->pool, read_piece, r, (int)(left < PIECES ? left : PIECES));
    }
    return true;
}

static bool prepare_reading(struct reading *r, struct err *err)
{
    int threads = pool_threads(r->setup->pool);
    r->x = malloc((size_t)threads * PIECE * FIT_LEN * sizeof *r->x);
    r->works = calloc((size_t)threads, sizeof(struct nn_work *));
    if (!r->x || !r->works)
        return err_memory(err, _("comparing images"));
    for (int i = 0; i < threads; i++) {
        r->works[i] = nn_work_new(r->setup->net, r->setup->kern, PIECE, false, err);
        if (!r->works[i])
            return false;
        nn_pack(r->setup->net, r->works[i]);
    }
    return true;
}

static bool read_set(const struct nearest_setup *setup, struct nearest *nearest, struct err *err)
{
    struct reading r = {.setup = setup, .nearest = nearest};
    bool done = prepare_reading(&r, err);
    if (done && !read_all(&r))
        done = err_set(err, "%s", "");
    for (int i = 0; r.works && i < pool_threads(setup->pool); i++)
        nn_work_free(r.works[i]);
    free(r.works);
    free(r.x);
    return done;
}

struct nearest *nearest_new(const struct nearest_setup *setup, struct err *err)
{
    if (nn_in_len(setup->net) != FIT_LEN) {
        err_set(err, _("The network takes %d numbers; an image of a digit has 784."),
                nn_in_len(setup->net));
        return NULL;
    }
    struct nearest *n = calloc(1, sizeof *n);
    if (!n) {
        err_memory(err, _("comparing images"));
        return NULL;
    }
    n->kern = setup->kern;
    n->count = setup->set->count;
    n->work = nn_work_new(setup->net, setup->kern, 1, false, err);
    if (n->work) {
        nn_last_hidden(setup->net, n->work, NULL, &n->len);
        n->features = malloc((size_t)n->count * (size_t)n->len + 1);
        n->inverse = malloc((n->count + (size_t)1) * sizeof *n->inverse);
        n->block = malloc(BLOCK * (size_t)n->len * sizeof *n->block);
        if (!n->features || !n->inverse || !n->block)
            err_memory(err, _("the activations of so many images"));
        else if (read_set(setup, n, err))
            return n;
    }
    nearest_free(n);
    return NULL;
}

void nearest_free(struct nearest *nearest)
{
    if (!nearest)
        return;
    nn_work_free(nearest->work);
    free(nearest->features);
    free(nearest->inverse);
    free(nearest->block);
    free(nearest);
}

size_t nearest_size(const struct nearest *nearest)
{
    return (size_t)nearest->count * ((size_t)nearest->len + sizeof *nearest->inverse);
}

/* ---- looking ------------------------------------------------------------------------------- */

/* Puts an image in its place among the `have` best, of which there are at most `room`. */
static int insert_hit(struct nearest_hit *hits, int have, int room, struct nearest_hit hit)
{
    if (have == room && !(hit.cosine > hits[have - 1].cosine))
        return have;
    int at = have < room ? have++ : have - 1;
    for (; at > 0 && hit.cosine > hits[at - 1].cosine; at--)
        hits[at] = hits[at - 1];
    hits[at] = hit;
    return have;
}

/* sum (byte - MIDDLE) q = sum byte q - MIDDLE sum q */
int nearest_find(struct nearest *n, const struct nn *net, const float *x, int count,
                 struct nearest_hit *hits)
{
    assert(count > 0 && count <= NEAREST_MAX);
    int len, have = 0;
    float dots[BLOCK];
    double sum = 0, squares = 0;
    nn_sums(net, n->work, x, 1);
    const float *q = nn_last_hidden(net, n->work, x, &len);
    assert(len == n->len);
    for (int i = 0; i < len; i++) {
        sum += (double)q[i];
        squares += (double)q[i] * (double)q[i];
    }
    float inverse = squares > 0 ? (float)(1 / sqrt(squares)) : 0;
    for (uint32_t at = 0; at < n->count; at += BLOCK) {
        int rows = n->count - at < BLOCK ? (int)(n->count - at) : BLOCK;
        n->kern->from_bytes((size_t)rows * (size_t)len, n->features + at * (size_t)len, 1,
                            n->block);
        n->kern->gemm_nt(1, rows, len, q, n->block, dots);
        for (uint32_t i = 0; i < (uint32_t)rows; i++) {
            float cosine = (dots[i] - MIDDLE * (float)sum) * n->inverse[at + i] * inverse;
            have = insert_hit(hits, have, count, (struct nearest_hit){at + i, cosine});
        }
    }
    return have;
}

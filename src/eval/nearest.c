/* SPDX-License-Identifier: MIT */
#include "eval/nearest.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/clamp.h"
#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "eval/hidden.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "nn/nn.h"

enum {
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

static void take_features(void *to, uint32_t image, const float *activations, int len)
{
    struct nearest *n = to;
    n->inverse[image] = pack_features(activations, len, n->features + image * (size_t)len);
}

static bool make_room(struct nearest *n, struct err *err)
{
    n->features = malloc((size_t)n->count * (size_t)n->len + 1);
    n->inverse = malloc((n->count + (size_t)1) * sizeof *n->inverse);
    n->block = malloc(BLOCK * (size_t)n->len * sizeof *n->block);
    return (n->features && n->inverse && n->block) ||
           err_memory(err, _("the activations of so many images"));
}

struct nearest *nearest_new(const struct hidden_setup *setup, struct err *err)
{
    int len = hidden_len(setup->net, setup->kern, err);
    struct nearest *n = len > 0 ? calloc(1, sizeof *n) : NULL;
    if (!n) {
        if (len > 0)
            err_memory(err, _("comparing images"));
        return NULL;
    }
    n->kern = setup->kern;
    n->count = setup->set->count;
    n->len = len;
    n->work = nn_work_new(setup->net, setup->kern, 1, false, err);
    if (n->work && make_room(n, err) && hidden_read(setup, take_features, n, err))
        return n;
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

/* SPDX-License-Identifier: MIT */
/* dropout: while learning, each value is dropped with the chance `rate`, and the others are made
 * larger by 1 / (1 - rate), so that predicting needs no change (Srivastava et al. 2014).
 * memo: the factor of each value, [count][len]. */
#include "nn/layer.h"

#include <string.h>

#include "base/rng.h"

static size_t memo_len(const struct layer *l, const struct kern *kern, int count, bool learning)
{
    (void)kern;
    return learning ? (size_t)count * (size_t)nn_shape_len(l->out) : 0;
}

static void forward(const struct layer *l, const struct pass *pass, const float *param,
                    const float *x, float *y, float *memo)
{
    (void)param;
    size_t len = (size_t)pass->count * (size_t)nn_shape_len(l->out);
    if (!pass->learning) {
        memcpy(y, x, len * sizeof *y);
        return;
    }
    struct rng rng = rng_new(pass->seed, (uint64_t)l->unit);
    float rate = l->own.dropout.rate, keep = 1 / (1 - rate);
    for (size_t i = 0; i < len; i++) {
        memo[i] = rng_float(&rng) < rate ? 0 : keep;
        y[i] = x[i] * memo[i];
    }
}

static void backward(const struct layer *l, const struct pass *pass, const float *param,
                     const float *x, const float *y, float *memo, float *dy, float *dparam,
                     float *dx)
{
    (void)param, (void)x, (void)y, (void)dparam;
    size_t len = (size_t)pass->count * (size_t)nn_shape_len(l->out);
    if (!dx)
        return;
    if (!pass->learning) {
        memcpy(dx, dy, len * sizeof *dx);
        return;
    }
    for (size_t i = 0; i < len; i++)
        dx[i] = dy[i] * memo[i];
}

const struct layer_ops dropout_ops = {
    .name = "dropout", .memo_len = memo_len, .forward = forward, .backward = backward};

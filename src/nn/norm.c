/* SPDX-License-Identifier: MIT */
/* norm: batch normalisation (Ioffe and Szegedy 2015), channel by channel over all pixels of all
 * samples of a pass. While predicting it uses the running mean and variance instead.
 *
 * param:  scale, shift, mean, variance, each [channels]
 * memo:   the batch's mean, 1 / deviation, and three rows to work in, each [channels] */
#include "nn/layer.h"

#include <math.h>

static const float EPSILON = 1e-5f; /* keeps a channel that never changes from dividing by zero */

static size_t memo_len(const struct layer *l, const struct kern *kern, int count, bool learning)
{
    (void)kern, (void)count, (void)learning;
    return 5 * (size_t)l->out.channels;
}

static int row_count(const struct layer *l, const struct pass *pass)
{
    return pass->count * l->out.rows * l->out.cols;
}

/* mean and variance of x[m][n], column by column, from the sums of x and of its squares: weights
 * keep what reaches a norm near zero, so the difference of the two loses nothing that matters. */
static void batch_stats(const struct kern *k, int m, int n, const float *x, float *mean,
                        float *variance)
{
    k->column_dots(m, n, x, x, mean, variance);
    for (int c = 0; c < n; c++) {
        mean[c] /= (float)m;
        variance[c] = fmaxf(variance[c] / (float)m - mean[c] * mean[c], 0);
    }
}

static void forward(const struct layer *l, const struct pass *pass, const float *param,
                    const float *x, float *y, float *memo)
{
    int n = l->out.channels, m = row_count(l, pass);
    const float *scale = param, *shift = param + n;
    float *mean = memo, *inverse = memo + n, *a = memo + 2 * n, *b = memo + 3 * n;
    if (pass->learning)
        batch_stats(pass->kern, m, n, x, mean, inverse);
    for (int c = 0; c < n; c++) {
        float variance = pass->learning ? inverse[c] : param[3 * n + c];
        if (!pass->learning)
            mean[c] = param[2 * n + c];
        inverse[c] = 1 / sqrtf(variance + EPSILON);
        a[c] = scale[c] * inverse[c];
        b[c] = shift[c] - mean[c] * a[c];
    }
    pass->kern->scale_shift(m, n, x, a, b, y);
}

/* While predicting, y = a x + b: the slope is a, which the pass forward left in the memo. */
static void backward_line(const struct layer *l, const struct pass *pass, float *memo,
                          const float *dy, float *dx)
{
    int n = l->out.channels;
    float *a = memo + 2 * n, *zero = memo + 4 * n;
    for (int i = 0; i < n; i++)
        zero[i] = 0;
    pass->kern->scale_shift(row_count(l, pass), n, dy, a, zero, dx);
}

/* With xh = (x - mean) / deviation and means taken over the m rows:
 *   dshift = sum dy      dscale = sum dy xh
 *   dx = scale / deviation (dy - mean(dy) - xh mean(dy xh)) */
static void backward(const struct layer *l, const struct pass *pass, const float *param,
                     const float *x, const float *y, float *memo, float *dy, float *dparam,
                     float *dx)
{
    (void)y;
    if (!pass->learning) {
        backward_line(l, pass, memo, dy, dx);
        return;
    }
    int n = l->out.channels, m = row_count(l, pass);
    const float *scale = param, *mean = memo, *inverse = memo + n;
    float *a = memo + 2 * n, *b = memo + 3 * n, *c = memo + 4 * n;
    float *dscale = dparam, *dshift = dparam + n;
    pass->kern->column_dots(m, n, dy, x, dshift, dscale);
    for (int i = 0; i < n; i++) {
        dscale[i] = (dscale[i] - mean[i] * dshift[i]) * inverse[i];
        float variance = 1 / (inverse[i] * inverse[i]) - EPSILON;
        dparam[2 * n + i] = mean[i] * (float)pass->count;
        dparam[3 * n + i] = variance * (float)pass->count;
        a[i] = scale[i] * inverse[i];
        b[i] = -a[i] * inverse[i] * dscale[i] / (float)m;
        c[i] = -a[i] * dshift[i] / (float)m - b[i] * mean[i];
    }
    if (dx)
        pass->kern->norm_input(m, n, dy, x, a, b, c, dx);
}

struct norm_line norm_line(const float *param, int channels, int c)
{
    const float *scale = param, *shift = scale + channels, *mean = shift + channels,
                *variance = mean + channels;
    float a = scale[c] / sqrtf(variance[c] + EPSILON);
    return (struct norm_line){a, shift[c] - mean[c] * a};
}

const struct layer_ops norm_ops = {
    .name = "norm", .memo_len = memo_len, .forward = forward, .backward = backward};

/* SPDX-License-Identifier: MIT */
/* maxpool: the highest value of each window, channel by channel. */
#include "nn/layer.h"

static size_t memo_len(const struct layer *l, const struct kern *kern, int count, bool learning)
{
    (void)l, (void)kern, (void)count, (void)learning;
    return 0;
}

static void forward(const struct layer *l, const struct pass *pass, const float *param,
                    const float *x, float *y, float *memo)
{
    (void)param, (void)memo;
    size_t in = (size_t)nn_shape_len(l->in), out = (size_t)nn_shape_len(l->out);
    for (size_t i = 0; i < (size_t)pass->count; i++)
        pass->kern->maxpool(l->in.rows, l->in.cols, l->in.channels, l->own.pool.size,
                            l->own.pool.stride, x + i * in, y + i * out);
}

static void backward(const struct layer *l, const struct pass *pass, const float *param,
                     const float *x, const float *y, float *memo, float *dy, float *dparam,
                     float *dx)
{
    (void)param, (void)memo, (void)dparam;
    size_t in = (size_t)nn_shape_len(l->in), out = (size_t)nn_shape_len(l->out);
    if (!dx)
        return;
    for (size_t i = 0; i < (size_t)pass->count; i++)
        pass->kern->maxpool_back(l->in.rows, l->in.cols, l->in.channels, l->own.pool.size,
                                 l->own.pool.stride, x + i * in, y + i * out, dy + i * out,
                                 dx + i * in);
}

const struct layer_ops pool_ops = {
    .name = "maxpool", .memo_len = memo_len, .forward = forward, .backward = backward};

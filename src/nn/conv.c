/* SPDX-License-Identifier: MIT */
/* conv: every output pixel looks at a window of the input, with the same weights everywhere. A conv
 * with relu and then a maxpool by two are done in one, which never writes what is not pooled. */
#include "nn/layer.h"

static struct kern_conv conv_sizes(const struct layer *l, int count, bool same_weights)
{
    return (struct kern_conv){
        .count = count,
        .same_weights = same_weights,
        .rows = l->in.rows,
        .cols = l->in.cols,
        .in = l->in.channels,
        .out = l->out.channels,
        .k_rows = l->own.conv.rows,
        .k_cols = l->own.conv.cols,
        .stride = l->own.conv.stride,
        .pad = l->own.conv.pad,
        .out_rows = l->out.rows,
        .out_cols = l->out.cols,
    };
}

static size_t weight_len(const struct layer *l)
{
    return (size_t)(l->own.conv.rows * l->own.conv.cols) * (size_t)l->in.channels *
           (size_t)l->out.channels;
}

static size_t memo_len(const struct layer *l, const struct kern *kern, int count, bool learning)
{
    (void)learning;
    struct kern_conv s = conv_sizes(l, count, false);
    return kern->conv_scratch(&s);
}

static void forward(const struct layer *l, const struct pass *pass, const float *param,
                    const float *x, float *y, float *memo)
{
    struct kern_conv s = conv_sizes(l, pass->count, pass->packed);
    pass->kern->conv(&s, x, param, l->no_bias ? NULL : param + weight_len(l), y, memo);
}

static void backward(const struct layer *l, const struct pass *pass, const float *param,
                     const float *x, const float *y, float *memo, float *dy, float *dparam,
                     float *dx)
{
    (void)y;
    struct kern_conv s = conv_sizes(l, pass->count, pass->packed);
    if (dparam)
        pass->kern->conv_weights(&s, x, dy, dparam, memo);
    if (dparam && !l->no_bias)
        pass->kern->column_sums(pass->count * l->out.rows * l->out.cols, l->out.channels, dy,
                                dparam + weight_len(l));
    if (dx)
        pass->kern->conv_input(&s, dy, param, dx, memo);
}

const struct layer_ops conv_ops = {
    .name = "conv", .memo_len = memo_len, .forward = forward, .backward = backward};

/* The outputs of a conv and the maxpool by two after it, for `count` samples. */
static size_t pooled_len(const struct layer *l, int count)
{
    return (size_t)count * (size_t)(l->out.rows / 2) * (size_t)(l->out.cols / 2) *
           (size_t)l->out.channels;
}

/* memo: scratch, then which pixel won each window. */
static size_t memo_len_pool(const struct layer *l, const struct kern *kern, int count,
                            bool learning)
{
    struct kern_conv s = conv_sizes(l, count, false);
    return kern->conv_pool_scratch(&s) + (learning ? pooled_len(l, count) : 0);
}

static int32_t *winners_in(const struct kern *kern, const struct kern_conv *s, float *memo)
{
    return (int32_t *)(void *)(memo + kern->conv_pool_scratch(s));
}

static void forward_pool(const struct layer *l, const struct pass *pass, const float *param,
                         const float *x, float *y, float *memo)
{
    struct kern_conv s = conv_sizes(l, pass->count, pass->packed);
    pass->kern->conv_pool(&s, x, param, param + weight_len(l), y,
                          pass->learning ? winners_in(pass->kern, &s, memo) : NULL, memo);
}

static void backward_pool(const struct layer *l, const struct pass *pass, const float *param,
                          const float *x, const float *y, float *memo, float *dy, float *dparam,
                          float *dx)
{
    (void)y;
    struct kern_conv s = conv_sizes(l, pass->count, pass->packed);
    pass->kern->conv_pool_back(&s, x, param, winners_in(pass->kern, &s, memo), dy, dparam,
                               dparam + weight_len(l), dx, memo);
}

const struct layer_ops conv_pool_ops = {.name = "conv and maxpool",
                                        .memo_len = memo_len_pool,
                                        .forward = forward_pool,
                                        .backward = backward_pool};

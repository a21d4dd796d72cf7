/* SPDX-License-Identifier: MIT */
/* dense: y = x w + b, every output looks at every input. */
#include "nn/layer.h"

static const float *bias_of(const struct layer *l, const float *param)
{
    return l->no_bias ? NULL : param + (size_t)nn_shape_len(l->in) * (size_t)l->out.channels;
}

static size_t memo_len(const struct layer *l, const struct kern *kern, int count, bool learning)
{
    (void)l, (void)kern, (void)count, (void)learning;
    return 0;
}

static void forward(const struct layer *l, const struct pass *pass, const float *param,
                    const float *x, float *y, float *memo)
{
    (void)memo;
    pass->kern->gemm_nn(pass->count, l->out.channels, nn_shape_len(l->in), x, param,
                        bias_of(l, param), y);
}

/* dw = x^T dy      db = column sums of dy      dx = dy w^T */
static void backward(const struct layer *l, const struct pass *pass, const float *param,
                     const float *x, const float *y, float *memo, float *dy, float *dparam,
                     float *dx)
{
    (void)y, (void)memo;
    int in = nn_shape_len(l->in), out = l->out.channels;
    if (dparam)
        pass->kern->gemm_tn(in, out, pass->count, x, dy, dparam);
    if (dparam && !l->no_bias)
        pass->kern->column_sums(pass->count, out, dy, dparam + (size_t)in * (size_t)out);
    if (dx)
        pass->kern->gemm_nt(pass->count, in, out, dy, param, dx);
}

const struct layer_ops dense_ops = {
    .name = "dense", .memo_len = memo_len, .forward = forward, .backward = backward};

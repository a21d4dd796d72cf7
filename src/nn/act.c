/* SPDX-License-Identifier: MIT */
/* Activations, in place: all of their slopes can be told from the output alone. */
#include "nn/layer.h"

#include <math.h>

static size_t memo_len(const struct layer *l, const struct kern *kern, int count, bool learning)
{
    (void)l, (void)kern, (void)count, (void)learning;
    return 0;
}

/* 1 where the sum exceeds zero, as the book defines the perceptron. */
static void step(size_t len, float *y)
{
    for (size_t i = 0; i < len; i++)
        y[i] = y[i] > 0;
}

/* exp(y - max) / sum, so that no exponential overflows. */
static void softmax_row(int n, float *y)
{
    float top = y[0], sum = 0;
    for (int i = 1; i < n; i++)
        top = fmaxf(top, y[i]);
    for (int i = 0; i < n; i++)
        sum += y[i] = expf(y[i] - top);
    for (int i = 0; i < n; i++)
        y[i] /= sum;
}

/* dx_i = y_i (dy_i - sum_j y_j dy_j) */
static void softmax_row_back(int n, const float *y, float *dy)
{
    float dot = 0;
    for (int i = 0; i < n; i++)
        dot += y[i] * dy[i];
    for (int i = 0; i < n; i++)
        dy[i] = y[i] * (dy[i] - dot);
}

void act_run(enum act_kind kind, const struct kern *kern, int count, int n, int row, float *y)
{
    size_t len = (size_t)count * (size_t)row;
    switch (kind) {
    case ACT_STEP:
        step(len, y);
        break;
    case ACT_SIGMOID:
        kern->sigmoid(len, y);
        break;
    case ACT_TANH:
        kern->tanh(len, y);
        break;
    case ACT_RELU:
        kern->relu(len, y);
        break;
    case ACT_SOFTMAX:
        for (int i = 0; i < count; i++)
            softmax_row(n, y + (size_t)i * (size_t)row);
        break;
    }
}

void act_slope(enum act_kind kind, const struct kern *kern, int count, int n, int row,
               const float *y, float *dy)
{
    size_t len = (size_t)count * (size_t)row;
    switch (kind) {
    case ACT_STEP:
        for (size_t i = 0; i < len; i++)
            dy[i] = 0;
        break;
    case ACT_SIGMOID:
        for (size_t i = 0; i < len; i++)
            dy[i] *= y[i] * (1 - y[i]);
        break;
    case ACT_TANH:
        for (size_t i = 0; i < len; i++)
            dy[i] *= 1 - y[i] * y[i];
        break;
    case ACT_RELU:
        kern->relu_back(len, y, dy);
        break;
    case ACT_SOFTMAX:
        for (int i = 0; i < count; i++)
            softmax_row_back(n, y + (size_t)i * (size_t)row, dy + (size_t)i * (size_t)row);
        break;
    }
}

static void forward(const struct layer *l, const struct pass *pass, const float *param,
                    const float *x, float *y, float *memo)
{
    (void)param, (void)memo, (void)x;
    int row = nn_shape_len(l->out);
    act_run(l->own.act.kind, pass->kern, pass->count, row, row, y);
}

static void backward(const struct layer *l, const struct pass *pass, const float *param,
                     const float *x, const float *y, float *memo, float *dy, float *dparam,
                     float *dx)
{
    (void)param, (void)memo, (void)x, (void)dparam, (void)dx;
    int row = nn_shape_len(l->out);
    act_slope(l->own.act.kind, pass->kern, pass->count, row, row, y, dy);
}

const struct layer_ops act_ops = {.name = "activation",
                                  .in_place = true,
                                  .memo_len = memo_len,
                                  .forward = forward,
                                  .backward = backward};

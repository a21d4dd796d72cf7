/* SPDX-License-Identifier: MIT */
/* rows.c -- what is done number by number, column by column, and window by window. */
#include <math.h>
#include <string.h>

#include "trial.h"

/* ---- columns: rows, columns --------------------------------------------------------------------
 */

static const int column_sizes[][TRIAL_SIZES_MAX] = {
    {784, 16}, {1, 1}, {3, 6}, {784, 6}, {7, 16}, {1000, 33}, {2, 48}, {5, 100}, {64, 7},
};

static void try_column_sums(const struct kern *kern, const int *size, struct trial *t)
{
    int m = size[0], n = size[1];
    const float *x = trial_floats(t, (size_t)(m * n), 25);
    float *sum = trial_result(t, (size_t)n, sqrtf((float)m) + 1);
    if (kern) {
        kern->column_sums(m, n, x, sum);
        return;
    }
    for (int j = 0; j < n; j++) {
        double all = 0;
        for (int i = 0; i < m; i++)
            all += (double)x[i * n + j];
        sum[j] = (float)all;
    }
}

static void try_column_dots(const struct kern *kern, const int *size, struct trial *t)
{
    int m = size[0], n = size[1];
    const float *x = trial_floats(t, (size_t)(m * n), 25),
                *y = trial_floats(t, (size_t)(m * n), 25);
    float *sum = trial_result(t, (size_t)n, sqrtf((float)m) + 1);
    float *dot = trial_result(t, (size_t)n, sqrtf((float)m) + 1);
    if (kern) {
        kern->column_dots(m, n, x, y, sum, dot);
        return;
    }
    for (int j = 0; j < n; j++) {
        double all = 0, both = 0;
        for (int i = 0; i < m; i++) {
            all += (double)x[i * n + j];
            both += (double)x[i * n + j] * (double)y[i * n + j];
        }
        sum[j] = (float)all;
        dot[j] = (float)both;
    }
}

static void try_scale_shift(const struct kern *kern, const int *size, struct trial *t)
{
    int m = size[0], n = size[1];
    const float *x = trial_floats(t, (size_t)(m * n), 25);
    const float *scale = trial_floats(t, (size_t)n, 0), *shift = trial_floats(t, (size_t)n, 0);
    float *y = trial_result(t, (size_t)(m * n), 1);
    if (kern) {
        kern->scale_shift(m, n, x, scale, shift, y);
        return;
    }
    for (int i = 0; i < m * n; i++)
        y[i] = (float)((double)x[i] * (double)scale[i % n] + (double)shift[i % n]);
}

/* Into room of its own, and in place. */
static void try_norm_input(const struct kern *kern, const int *size, struct trial *t)
{
    int m = size[0], n = size[1];
    size_t len = (size_t)(m * n), row = (size_t)n;
    const float *dy = trial_floats(t, len, 25), *x = trial_floats(t, len, 25);
    const float *a = trial_floats(t, row, 0), *b = trial_floats(t, row, 0),
                *c = trial_floats(t, row, 0);
    float *dx = trial_result(t, len, 2), *in_place = trial_changed(t, len, 2);
    if (kern) {
        kern->norm_input(m, n, dy, x, a, b, c, dx);
        kern->norm_input(m, n, in_place, x, a, b, c, in_place);
        return;
    }
    for (int i = 0; i < m * n; i++) {
        double rest = (double)x[i] * (double)b[i % n] + (double)c[i % n];
        dx[i] = (float)((double)dy[i] * (double)a[i % n] + rest);
        in_place[i] = (float)((double)in_place[i] * (double)a[i % n] + rest);
    }
}

/* ---- number by number: how many ---------------------------------------------------------------
 */

static const int lengths[][TRIAL_SIZES_MAX] = {
    {4096}, {1}, {2}, {3}, {7}, {8}, {9}, {15}, {16}, {17}, {31}, {33}, {64}, {101}, {1003},
};

/* From deep below to far above where an activation saturates, too. */
static float *fill_wide(struct trial *t, int len, float size)
{
    float *y = trial_changed(t, (size_t)len, size);
    for (int i = 0; i < len; i++)
        y[i] = (float)(i - len / 2) * (i % 7 == 0 ? 3.0f : 0.02f);
    return y;
}

static void try_relu(const struct kern *kern, const int *size, struct trial *t)
{
    float *y = fill_wide(t, size[0], 0);
    if (kern)
        kern->relu((size_t)size[0], y);
    else
        for (int i = 0; i < size[0]; i++)
            y[i] = fmaxf(y[i], 0);
}

static void try_relu_back(const struct kern *kern, const int *size, struct trial *t)
{
    const float *y = fill_wide(t, size[0], 0);
    float *dy = trial_changed(t, (size_t)size[0], 0);
    if (kern)
        kern->relu_back((size_t)size[0], y, dy);
    else
        for (int i = 0; i < size[0]; i++)
            if (!(y[i] > 0))
                dy[i] = 0;
}

static void try_sigmoid(const struct kern *kern, const int *size, struct trial *t)
{
    float *y = fill_wide(t, size[0], 0.2f);
    if (kern)
        kern->sigmoid((size_t)size[0], y);
    else
        for (int i = 0; i < size[0]; i++)
            y[i] = (float)(0.5 * (1 + tanh(0.5 * (double)y[i])));
}

static void try_tanh(const struct kern *kern, const int *size, struct trial *t)
{
    float *y = fill_wide(t, size[0], 0.2f);
    if (kern)
        kern->tanh((size_t)size[0], y);
    else
        for (int i = 0; i < size[0]; i++)
            y[i] = (float)(1 - 2 / (exp(2 * (double)y[i]) + 1));
}

static void try_from_bytes(const struct kern *kern, const int *size, struct trial *t)
{
    const uint8_t *bytes = trial_bytes(t, (size_t)size[0], 25);
    float *x = trial_result(t, (size_t)size[0], 0.1f);
    if (kern)
        kern->from_bytes((size_t)size[0], bytes, 1.0f / 255, x);
    else
        for (int i = 0; i < size[0]; i++)
            x[i] = (float)(bytes[i] / 255.0);
}

static void try_add(const struct kern *kern, const int *size, struct trial *t)
{
    const float *x = trial_floats(t, (size_t)size[0], 25);
    float *y = trial_changed(t, (size_t)size[0], 1);
    if (kern)
        kern->add((size_t)size[0], x, y);
    else
        for (int i = 0; i < size[0]; i++)
            y[i] = (float)((double)x[i] + (double)y[i]);
}

static void try_add_scaled(const struct kern *kern, const int *size, struct trial *t)
{
    const float *x = trial_floats(t, (size_t)size[0], 25);
    float *y = trial_changed(t, (size_t)size[0], 1);
    if (kern)
        kern->add_scaled((size_t)size[0], 0.3f, x, y);
    else
        for (int i = 0; i < size[0]; i++)
            y[i] = (float)(0.3 * (double)x[i] + (double)y[i]);
}

static void try_scale(const struct kern *kern, const int *size, struct trial *t)
{
    float *x = trial_changed(t, (size_t)size[0], 1);
    if (kern)
        kern->scale((size_t)size[0], 0.3f, x);
    else
        for (int i = 0; i < size[0]; i++)
            x[i] = (float)(0.3 * (double)x[i]);
}

/* The formulas of Kingma and Ba (2015), weight decay apart from the moments (Loshchilov and Hutter
 * 2019), L2 in the slope. The second moment may not be below 0. */
static void try_adam(const struct kern *kern, const int *size, struct trial *t)
{
    static const struct kern_adam how = {0.01f, 0.9f, 0.99f, 1e-8f, 0.1f, 0.2f, 3, 4, 0.5f};
    size_t len = (size_t)size[0];
    const float *g = trial_floats(t, len, 25);
    float *w = trial_changed(t, len, 1), *m = trial_changed(t, len, 1),
          *v = trial_changed(t, len, 1);
    for (size_t i = 0; i < len; i++)
        v[i] = fabsf(v[i]);
    if (kern) {
        kern->adam(len, &how, g, w, m, v);
        return;
    }
    for (size_t i = 0; i < len; i++) {
        double slope = 0.5 * (double)g[i] + 0.2 * (double)w[i];
        double mean = 0.9 * (double)m[i] + 0.1 * slope;
        double square = 0.99 * (double)v[i] + 0.01 * slope * slope;
        double step = 3 * mean / (sqrt(4 * square) + 1e-8);
        w[i] = (float)((double)w[i] - 0.01 * (step + 0.1 * (double)w[i]));
        m[i] = (float)mean;
        v[i] = (float)square;
    }
}

/* ---- windows: rows, columns, channels, size, stride -------------------------------------------
 */

static const int window_sizes[][TRIAL_SIZES_MAX] = {
    {28, 28, 6, 2, 2}, {9, 7, 17, 2, 2}, {8, 6, 40, 2, 2}, {2, 2, 1, 2, 2},
    {7, 9, 70, 3, 2},  {5, 5, 3, 2, 1},  {4, 4, 16, 4, 4}, {6, 6, 130, 3, 3},
};

struct windows {
    int rows, cols, channels, size, stride, out_rows, out_cols;
    size_t in, out;
};

static struct windows measure(const int *n)
{
    struct windows w = {n[0], n[1], n[2], n[3], n[4], 0, 0, 0, 0};
    w.out_rows = (w.rows - w.size) / w.stride + 1;
    w.out_cols = (w.cols - w.size) / w.stride + 1;
    w.in = (size_t)(w.rows * w.cols * w.channels);
    w.out = (size_t)(w.out_rows * w.out_cols * w.channels);
    return w;
}

/* Where the first of the highest numbers of window `at` of the result lies. */
static int find_highest(const struct windows *w, const float *x, int at)
{
    int channel = at % w->channels, window = at / w->channels, best = -1;
    int row = window / w->out_cols * w->stride, col = window % w->out_cols * w->stride;
    for (int i = 0; i < w->size * w->size; i++) {
        int place = ((row + i / w->size) * w->cols + col + i % w->size) * w->channels + channel;
        if (best < 0 || x[place] > x[best])
            best = place;
    }
    return best;
}

static void try_maxpool(const struct kern *kern, const int *size, struct trial *t)
{
    struct windows w = measure(size);
    const float *x = trial_floats(t, w.in, 25);
    float *y = trial_result(t, w.out, 0);
    if (kern)
        kern->maxpool(w.rows, w.cols, w.channels, w.size, w.stride, x, y);
    else
        for (int i = 0; i < (int)w.out; i++)
            y[i] = x[find_highest(&w, x, i)];
}

static void try_maxpool_back(const struct kern *kern, const int *size, struct trial *t)
{
    struct windows w = measure(size);
    const float *x = trial_floats(t, w.in, 25), *dy = trial_floats(t, w.out, 25);
    float *y = trial_scratch(t, w.out), *dx = trial_result(t, w.in, (float)w.size);
    for (int i = 0; i < (int)w.out; i++)
        y[i] = x[find_highest(&w, x, i)];
    if (kern) {
        kern->maxpool_back(w.rows, w.cols, w.channels, w.size, w.stride, x, y, dy, dx);
        return;
    }
    memset(dx, 0, w.in * sizeof *dx);
    for (int i = 0; i < (int)w.out; i++)
        dx[find_highest(&w, x, i)] += dy[i];
}

const struct kernel row_kernels[] = {
    KERNEL(column_sums, try_column_sums, column_sizes, 1),
    KERNEL(column_dots, try_column_dots, column_sizes, 1),
    KERNEL(scale_shift, try_scale_shift, column_sizes, 1),
    KERNEL(norm_input, try_norm_input, column_sizes, 1),
    KERNEL(relu, try_relu, lengths, 1),
    KERNEL(relu_back, try_relu_back, lengths, 1),
    KERNEL(sigmoid, try_sigmoid, lengths, 1),
    KERNEL(tanh, try_tanh, lengths, 1),
    KERNEL(maxpool, try_maxpool, window_sizes, 1),
    KERNEL(maxpool_back, try_maxpool_back, window_sizes, 1),
    KERNEL(from_bytes, try_from_bytes, lengths, 1),
    KERNEL(add, try_add, lengths, 1),
    KERNEL(add_scaled, try_add_scaled, lengths, 1),
    KERNEL(scale, try_scale, lengths, 1),
    KERNEL(adam, try_adam, lengths, 1),
};
const int row_kernel_count = sizeof row_kernels / sizeof *row_kernels;

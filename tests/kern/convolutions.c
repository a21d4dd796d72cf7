/* SPDX-License-Identifier: MIT */
/* convolutions.c -- a convolution forward and back, alone and together with relu and pooling. */
#include <math.h>
#include <string.h>

#include "trial.h"

/* images, rows, cols, in, out, k_rows, k_cols, stride, pad. The timed ones are those of networks in
 * use, with more images. */
#define SMALL_SIZES                                                                                \
    {2, 28, 28, 1, 6, 5, 5, 1, 2}, {2, 14, 14, 6, 16, 5, 5, 1, 0},                                 \
        {3, 12, 12, 16, 48, 3, 3, 2, 0}, {1, 28, 28, 1, 16, 5, 5, 2, 0},                           \
        {2, 28, 28, 16, 16, 3, 3, 1, 1}, {2, 14, 14, 32, 32, 3, 3, 1, 1},                          \
        {1, 28, 28, 1, 32, 3, 3, 1, 1}, {1, 28, 28, 32, 32, 3, 3, 2, 1},                           \
        {1, 14, 14, 32, 64, 3, 3, 1, 1}, {1, 14, 14, 64, 64, 3, 3, 2, 1},                          \
        {1, 7, 7, 64, 128, 3, 3, 1, 0}, {1, 5, 5, 128, 128, 3, 3, 1, 0},                           \
        {1, 7, 9, 3, 5, 2, 4, 3, 1}, {2, 5, 5, 2, 33, 5, 5, 1, 4}, {1, 4, 4, 40, 3, 1, 1, 1, 0},   \
        {2, 11, 6, 5, 7, 3, 2, 2, 3}, {1, 10, 10, 17, 65, 4, 4, 4, 0},                             \
        {1, 9, 9, 2, 3, 2, 2, 5, 0}, {1, 28, 28, 1, 1, 1, 1, 1, 0},                                \
        {1, 13, 13, 8, 24, 4, 4, 2, 1}, {3, 21, 37, 1, 7, 4, 3, 1, 1},                             \
        {1, 40, 19, 1, 13, 3, 3, 1, 0}, {2, 7, 18, 1, 2, 2, 3, 1, 0},                              \
        {2, 7, 7, 64, 96, 3, 3, 1, 0}, {1, 9, 5, 16, 48, 3, 3, 1, 2},                              \
        {2, 6, 11, 32, 16, 3, 3, 1, 1}, {1, 8, 6, 16, 16, 5, 5, 1, 0},                             \
    {                                                                                              \
        1, 11, 12, 48, 16, 3, 3, 1, 0                                                              \
    }

static const int conv_sizes[][TRIAL_SIZES_MAX] = {
    {16, 28, 28, 1, 6, 5, 5, 1, 2},
    {16, 14, 14, 6, 16, 5, 5, 1, 0},
    {16, 12, 12, 16, 48, 3, 3, 2, 0},
    {16, 28, 28, 1, 16, 5, 5, 2, 0},
    {16, 28, 28, 16, 16, 3, 3, 1, 1},
    {16, 14, 14, 32, 32, 3, 3, 1, 1},
    {16, 14, 14, 64, 64, 3, 3, 2, 1},
    {16, 7, 7, 64, 128, 3, 3, 1, 0},
    SMALL_SIZES,
};
enum { TIMED = 8 };

/* The lengths of everything that a convolution touches. */
struct lengths {
    struct kern_conv s;
    size_t x, y, w, pixels, depth; /* pixels of all outputs; multiplications for one number */
};

static struct lengths measure(const int *n)
{
    struct kern_conv s = {.count = n[0],
                          .rows = n[1],
                          .cols = n[2],
                          .in = n[3],
                          .out = n[4],
                          .k_rows = n[5],
                          .k_cols = n[6],
                          .stride = n[7],
                          .pad = n[8]};
    s.out_rows = (s.rows + 2 * s.pad - s.k_rows) / s.stride + 1;
    s.out_cols = (s.cols + 2 * s.pad - s.k_cols) / s.stride + 1;
    struct lengths l = {.s = s};
    l.pixels = (size_t)(s.count * s.out_rows * s.out_cols);
    l.depth = (size_t)(s.k_rows * s.k_cols * s.in);
    l.x = (size_t)(s.count * s.rows * s.cols * s.in);
    l.y = l.pixels * (size_t)s.out;
    l.w = l.depth * (size_t)s.out;
    return l;
}

static float root(size_t terms)
{
    return sqrtf((float)terms) + 1;
}

/* x at a place of the padded image: 0 in the padding. */
static double pixel(const struct kern_conv *s, const float *x, int image, int row, int col, int in)
{
    if (row < 0 || row >= s->rows || col < 0 || col >= s->cols)
        return 0;
    return (double)x[((image * s->rows + row) * s->cols + col) * s->in + in];
}

/* One number of the result, by the definition. */
static double convolve(const struct kern_conv *s, const float *x, const float *w, int image,
                       int row, int col, int out)
{
    double sum = 0;
    for (int r = 0; r < s->k_rows; r++)
        for (int c = 0; c < s->k_cols; c++)
            for (int i = 0; i < s->in; i++)
                sum += pixel(s, x, image, row * s->stride + r - s->pad,
                             col * s->stride + c - s->pad, i) *
                       (double)w[((r * s->k_cols + c) * s->in + i) * s->out + out];
    return sum;
}

static void convolve_all(const struct kern_conv *s, const float *x, const float *w,
                         const float *bias, float *y)
{
    for (int n = 0; n < s->count; n++)
        for (int r = 0; r < s->out_rows; r++)
            for (int c = 0; c < s->out_cols; c++)
                for (int o = 0; o < s->out; o++)
                    *y++ = (float)(convolve(s, x, w, n, r, c, o) + (bias ? (double)bias[o] : 0));
}

static double slope(const struct kern_conv *s, const float *dy, int image, int row, int col,
                    int out)
{
    return (double)dy[((image * s->out_rows + row) * s->out_cols + col) * s->out + out];
}

/* dw of one weight: x times dy wherever the two meet. */
static double weigh(const struct kern_conv *s, const float *x, const float *dy, int k_row,
                    int k_col, int in, int out)
{
    double sum = 0;
    for (int n = 0; n < s->count; n++)
        for (int r = 0; r < s->out_rows; r++)
            for (int c = 0; c < s->out_cols; c++)
                sum += pixel(s, x, n, r * s->stride + k_row - s->pad,
                             c * s->stride + k_col - s->pad, in) *
                       slope(s, dy, n, r, c, out);
    return sum;
}

static void weigh_all(const struct kern_conv *s, const float *x, const float *dy, float *dw)
{
    for (int r = 0; r < s->k_rows; r++)
        for (int c = 0; c < s->k_cols; c++)
            for (int i = 0; i < s->in; i++)
                for (int o = 0; o < s->out; o++)
                    *dw++ = (float)weigh(s, x, dy, r, c, i, o);
}

/* The output row (or column) at which kernel row `k` looks at input row `at`, or -1. */
static int output_at(int at, int k, int stride, int pad, int len)
{
    int from = at + pad - k;
    return from >= 0 && from % stride == 0 && from / stride < len ? from / stride : -1;
}

/* dx of one number: through every place that it reaches. */
static double reach(const struct kern_conv *s, const float *dy, const float *w, int image, int row,
                    int col, int in)
{
    double sum = 0;
    for (int r = 0; r < s->k_rows; r++)
        for (int c = 0; c < s->k_cols; c++) {
            int to_row = output_at(row, r, s->stride, s->pad, s->out_rows);
            int to_col = output_at(col, c, s->stride, s->pad, s->out_cols);
            for (int o = 0; to_row >= 0 && to_col >= 0 && o < s->out; o++)
                sum += slope(s, dy, image, to_row, to_col, o) *
                       (double)w[((r * s->k_cols + c) * s->in + in) * s->out + o];
        }
    return sum;
}

static void reach_all(const struct kern_conv *s, const float *dy, const float *w, float *dx)
{
    for (int n = 0; n < s->count; n++)
        for (int r = 0; r < s->rows; r++)
            for (int c = 0; c < s->cols; c++)
                for (int i = 0; i < s->in; i++)
                    *dx++ = (float)reach(s, dy, w, n, r, c, i);
}

/* ---- alone ------------------------------------------------------------------------------------
 */

static void try_conv(const struct kern *kern, const int *size, struct trial *t)
{
    struct lengths l = measure(size);
    const float *x = trial_floats(t, l.x, 25), *w = trial_floats(t, l.w, 25);
    const float *bias = trial_floats(t, (size_t)l.s.out, 25);
    float *scratch = trial_scratch(t, kern ? kern->conv_scratch(&l.s) : 0);
    float *y = trial_result(t, l.y, root(l.depth));
    t->flop = 2.0 * (double)(l.y * l.depth);
    if (kern)
        kern->conv(&l.s, x, w, bias, y, scratch);
    else
        convolve_all(&l.s, x, w, bias, y);
}

/* The first image again, by the weights that lie in the scratch already. */
static void try_conv_again(const struct kern *kern, const int *size, struct trial *t)
{
    struct lengths l = measure(size);
    struct kern_conv again = l.s;
    again.count = 1;
    again.same_weights = true;
    const float *x = trial_floats(t, l.x, 25), *w = trial_floats(t, l.w, 25);
    float *scratch = trial_scratch(t, kern ? kern->conv_scratch(&l.s) : 0),
          *y = trial_result(t, l.y, root(l.depth));
    float *first = trial_result(t, l.y / (size_t)l.s.count, root(l.depth));
    if (kern) {
        kern->conv(&l.s, x, w, NULL, y, scratch);
        kern->conv(&again, x, w, NULL, first, scratch);
    } else {
        convolve_all(&l.s, x, w, NULL, y);
        convolve_all(&again, x, w, NULL, first);
    }
}

static void try_conv_weights(const struct kern *kern, const int *size, struct trial *t)
{
    struct lengths l = measure(size);
    const float *x = trial_floats(t, l.x, 25), *dy = trial_floats(t, l.y, size[0] == 1 ? 85 : 25);
    float *scratch = trial_scratch(t, kern ? kern->conv_scratch(&l.s) : 0),
          *dw = trial_result(t, l.w, root(l.pixels));
    t->flop = 2.0 * (double)(l.y * l.depth);
    if (kern)
        kern->conv_weights(&l.s, x, dy, dw, scratch);
    else
        weigh_all(&l.s, x, dy, dw);
}

static void try_conv_input(const struct kern *kern, const int *size, struct trial *t)
{
    struct lengths l = measure(size);
    const float *dy = trial_floats(t, l.y, size[0] == 1 ? 85 : 25), *w = trial_floats(t, l.w, 25);
    float *scratch = trial_scratch(t, kern ? kern->conv_scratch(&l.s) : 0);
    float *dx = trial_result(t, l.x, root((size_t)(l.s.k_rows * l.s.k_cols * l.s.out)));
    t->flop = 2.0 * (double)(l.y * l.depth);
    if (kern)
        kern->conv_input(&l.s, dy, w, dx, scratch);
    else
        reach_all(&l.s, dy, w, dx);
}

/* ---- with relu and pooling --------------------------------------------------------------------
 */

static size_t pooled_len(const struct kern_conv *s)
{
    return (size_t)(s->count * (s->out_rows / 2) * (s->out_cols / 2) * s->out);
}

/* The highest of four, or nothing where none is above 0; which of them came first with it. */
static void pool_window(const struct kern_conv *s, const float *x, const float *w,
                        const float *bias, int image, int row, int col, int out, float *y,
                        int32_t *won)
{
    double most = 0;
    *won = KERN_NONE;
    for (int i = 0; i < 4; i++) {
        double value =
            convolve(s, x, w, image, 2 * row + i / 2, 2 * col + i % 2, out) + (double)bias[out];
        if (value > most) {
            most = value;
            *won = i;
        }
    }
    *y = (float)most;
}

static void pool_all(const struct kern_conv *s, const float *x, const float *w, const float *bias,
                     float *y, int32_t *won)
{
    for (int n = 0; n < s->count; n++)
        for (int r = 0; r < s->out_rows / 2; r++)
            for (int c = 0; c < s->out_cols / 2; c++)
                for (int o = 0; o < s->out; o++)
                    pool_window(s, x, w, bias, n, r, c, o, y++, won++);
}

static void try_conv_pool(const struct kern *kern, const int *size, struct trial *t)
{
    struct lengths l = measure(size);
    const float *x = trial_floats(t, l.x, 25), *w = trial_floats(t, l.w, 25);
    const float *bias = trial_floats(t, (size_t)l.s.out, 25);
    float *scratch = trial_scratch(t, kern ? kern->conv_pool_scratch(&l.s) : 0);
    float *y = trial_result(t, pooled_len(&l.s), root(l.depth));
    int32_t *won = trial_integers(t, pooled_len(&l.s));
    t->flop = 2.0 * (double)(l.y * l.depth);
    if (kern)
        kern->conv_pool(&l.s, x, w, bias, y, won, scratch);
    else
        pool_all(&l.s, x, w, bias, y, won);
}

/* Predicting, without a record of who won, and again by the weights that lie there. */
static void try_conv_pool_again(const struct kern *kern, const int *size, struct trial *t)
{
    struct lengths l = measure(size);
    struct kern_conv again = l.s;
    size_t len = pooled_len(&l.s);
    again.same_weights = true;
    const float *x = trial_floats(t, l.x, 25), *w = trial_floats(t, l.w, 25);
    const float *bias = trial_floats(t, (size_t)l.s.out, 25);
    float *scratch = trial_scratch(t, kern ? kern->conv_pool_scratch(&l.s) : 0);
    float *y = trial_result(t, len, root(l.depth)), *second = trial_result(t, len, root(l.depth));
    int32_t *won = (int32_t *)(void *)trial_scratch(t, len);
    if (kern) {
        kern->conv_pool(&l.s, x, w, bias, y, NULL, scratch);
        kern->conv_pool(&again, x, w, bias, second, NULL, scratch);
    } else {
        pool_all(&l.s, x, w, bias, y, won);
        memcpy(second, y, len * sizeof *y);
    }
}

/* dy of the convolution: that of a window goes to the pixel that won it. Returns db as well. */
static void spread(const struct kern_conv *s, const int32_t *won, const float *dy, float *dense,
                   float *db)
{
    memset(dense, 0, (size_t)(s->count * s->out_rows * s->out_cols * s->out) * sizeof *dense);
    for (int o = 0; o < s->out; o++) {
        double sum = 0;
        for (int n = 0; n < s->count; n++)
            for (int r = 0; r < s->out_rows / 2; r++)
                for (int c = 0; c < s->out_cols / 2; c++) {
                    int at = ((n * (s->out_rows / 2) + r) * (s->out_cols / 2) + c) * s->out + o;
                    if (won[at] == KERN_NONE)
                        continue;
                    int row = 2 * r + won[at] / 2, col = 2 * c + won[at] % 2;
                    dense[((n * s->out_rows + row) * s->out_cols + col) * s->out + o] = dy[at];
                    sum += (double)dy[at];
                }
        db[o] = (float)sum;
    }
}

static void try_conv_pool_back(const struct kern *kern, const int *size, struct trial *t)
{
    struct lengths l = measure(size);
    size_t len = pooled_len(&l.s), out = (size_t)l.s.out;
    const float *x = trial_floats(t, l.x, 25), *w = trial_floats(t, l.w, 25);
    const float *dy = trial_floats(t, len, 25);
    const int32_t *won = trial_below(t, len, KERN_NONE + 1);
    float *scratch = trial_scratch(t, kern ? kern->conv_pool_scratch(&l.s) : 0);
    float *dense = trial_scratch(t, l.y);
    float *dw = trial_result(t, l.w, root(l.pixels)), *db = trial_result(t, out, root(l.pixels));
    float *dx = trial_result(t, l.x, root((size_t)(l.s.k_rows * l.s.k_cols * l.s.out)));
    float *dw_alone = trial_result(t, l.w, root(l.pixels));
    t->flop = 3 * 2.0 * (double)(l.y * l.depth);
    if (kern) {
        kern->conv_pool_back(&l.s, x, w, won, dy, dw_alone, db, NULL, scratch);
        kern->conv_pool_back(&l.s, x, w, won, dy, dw, db, dx, scratch);
        return;
    }
    spread(&l.s, won, dy, dense, db);
    weigh_all(&l.s, x, dense, dw);
    memcpy(dw_alone, dw, l.w * sizeof *dw);
    reach_all(&l.s, dense, w, dx);
}

const struct kernel convolution_kernels[] = {
    KERNEL(conv, try_conv, conv_sizes, TIMED),
    KERNEL(conv, try_conv_again, conv_sizes, 0),
    KERNEL(conv_weights, try_conv_weights, conv_sizes, TIMED),
    KERNEL(conv_input, try_conv_input, conv_sizes, TIMED),
    KERNEL(conv_pool, try_conv_pool, conv_sizes, TIMED),
    KERNEL(conv_pool, try_conv_pool_again, conv_sizes, 0),
    KERNEL(conv_pool_back, try_conv_pool_back, conv_sizes, TIMED),
};
const int convolution_kernel_count = sizeof convolution_kernels / sizeof *convolution_kernels;

/* SPDX-License-Identifier: MIT */
/* Plain C: what the right answers are. Sums are kept in double where that is easy, so that the
 * other tables are compared with something better than themselves. */
#include <math.h>
#include <string.h>

#include "kern/tables.h"

static void gemm_nn(int m, int n, int k, const float *a, const float *b, const float *bias,
                    float *c)
{
    for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
            double sum = bias ? (double)bias[j] : 0;
            for (int p = 0; p < k; p++)
                sum += (double)a[(size_t)i * k + p] * (double)b[(size_t)p * n + j];
            c[(size_t)i * n + j] = (float)sum;
        }
    }
}

static void gemm_tn(int m, int n, int k, const float *a, const float *b, float *c)
{
    for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int p = 0; p < k; p++)
                sum += (double)a[(size_t)p * m + i] * (double)b[(size_t)p * n + j];
            c[(size_t)i * n + j] = (float)sum;
        }
    }
}

static void gemm_nt(int m, int n, int k, const float *a, const float *b, float *c)
{
    for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int p = 0; p < k; p++)
                sum += (double)a[(size_t)i * k + p] * (double)b[(size_t)j * k + p];
            c[(size_t)i * n + j] = (float)sum;
        }
    }
}

static void bundle(int samples, int len, const float *x, size_t x_row, int row,
                   struct kern_bundle *bundle)
{
    bundle->samples = samples;
    bundle->count = 0;
    for (int i = 0; i < len; i++) {
        bool any = false;
        for (int s = 0; s < samples; s++) {
            bundle->value[s][bundle->count] = x[s * x_row + i];
            any |= x[s * x_row + i] != 0;
        }
        bundle->at[bundle->count] = (uint32_t)(i * row);
        bundle->count += any;
    }
}

static void bundle_bytes(int samples, int len, const uint8_t *const x[KERN_BUNDLE], float scale,
                         int row, struct kern_bundle *list)
{
    float floats[KERN_BUNDLE][KERN_STRIP];
    for (int s = 0; s < samples; s++)
        for (int i = 0; i < len; i++)
            floats[s][i] = (float)x[s][i] * scale;
    bundle(samples, len, floats[0], KERN_STRIP, row, list);
}

static void bundle_nn(const struct kern_bundle *bundle, int n, const float *w, const float *from,
                      size_t from_row, float *c, size_t c_row)
{
    for (int s = 0; s < bundle->samples; s++) {
        for (int j = 0; j < n; j++) {
            double sum = from ? (double)from[s * from_row + j] : 0;
            for (int i = 0; i < bundle->count; i++)
                sum += (double)bundle->value[s][i] * (double)w[bundle->at[i] + j];
            c[s * c_row + j] = (float)sum;
        }
    }
}

static void bundle_tn(const struct kern_bundle *bundle, int n, const float *b, size_t b_row,
                      float *w)
{
    for (int i = 0; i < bundle->count; i++)
        for (int s = 0; s < bundle->samples; s++)
            for (int j = 0; j < n; j++)
                w[bundle->at[i] + j] += bundle->value[s][i] * b[s * b_row + j];
}

/* The input row (or column) that kernel row `k` at output row `o` looks at, or -1 in the padding.
 */
static int input_at(int o, int k, int stride, int pad, int len)
{
    int at = o * stride + k - pad;
    return at >= 0 && at < len ? at : -1;
}

/* Calls out every meeting of an output pixel and a kernel place that is inside the image. */
struct meeting {
    size_t x, y, w; /* where the channels of the input pixel, output pixel and kernel place begin */
};

static bool next_meeting(const struct kern_conv *s, size_t *i, struct meeting *m)
{
    size_t places = (size_t)s->k_rows * s->k_cols, pixels = (size_t)s->out_rows * s->out_cols;
    while (*i < (size_t)s->count * pixels * places) {
        size_t at = (*i)++, place = at % places, pixel = at / places % pixels;
        size_t image = at / places / pixels;
        int row = input_at((int)(pixel / (size_t)s->out_cols), (int)(place / (size_t)s->k_cols),
                           s->stride, s->pad, s->rows);
        int col = input_at((int)(pixel % (size_t)s->out_cols), (int)(place % (size_t)s->k_cols),
                           s->stride, s->pad, s->cols);
        if (row < 0 || col < 0)
            continue;
        m->x = ((image * s->rows + (size_t)row) * s->cols + (size_t)col) * s->in;
        m->y = (image * pixels + pixel) * s->out;
        m->w = place * s->in * s->out;
        return true;
    }
    return false;
}

static size_t conv_scratch(const struct kern_conv *s)
{
    (void)s;
    return 0;
}

static void conv(const struct kern_conv *s, const float *x, const float *w, const float *bias,
                 float *y, float *scratch)
{
    (void)scratch;
    struct meeting m;
    size_t pixels = (size_t)s->count * s->out_rows * s->out_cols;
    for (size_t p = 0; p < pixels; p++)
        for (int o = 0; o < s->out; o++)
            y[p * s->out + o] = bias ? bias[o] : 0;
    for (size_t at = 0; next_meeting(s, &at, &m);)
        for (int i = 0; i < s->in; i++)
            for (int o = 0; o < s->out; o++)
                y[m.y + o] += x[m.x + i] * w[m.w + (size_t)i * s->out + o];
}

static void conv_weights(const struct kern_conv *s, const float *x, const float *dy, float *dw,
                         float *scratch)
{
    (void)scratch;
    struct meeting m;
    memset(dw, 0, (size_t)s->k_rows * s->k_cols * s->in * s->out * sizeof *dw);
    for (size_t at = 0; next_meeting(s, &at, &m);)
        for (int i = 0; i < s->in; i++)
            for (int o = 0; o < s->out; o++)
                dw[m.w + (size_t)i * s->out + o] += x[m.x + i] * dy[m.y + o];
}

static void conv_input(const struct kern_conv *s, const float *dy, const float *w, float *dx,
                       float *scratch)
{
    (void)scratch;
    struct meeting m;
    memset(dx, 0, (size_t)s->count * s->rows * s->cols * s->in * sizeof *dx);
    for (size_t at = 0; next_meeting(s, &at, &m);)
        for (int i = 0; i < s->in; i++)
            for (int o = 0; o < s->out; o++)
                dx[m.x + i] += dy[m.y + o] * w[m.w + (size_t)i * s->out + o];
}

/* The pixel that pooled output `at` of one image looks at first. */
static size_t first_of_window(const struct kern_conv *s, size_t at)
{
    size_t out = (size_t)s->out, cols = (size_t)s->out_cols / 2, pixel = at / out;
    return (2 * (pixel / cols) * s->out_cols + 2 * (pixel % cols)) * out + at % out;
}

/* ... and where pixel i of that window is from there. */
static size_t in_window(const struct kern_conv *s, int i)
{
    return (size_t)(i / 2 * s->out_cols + i % 2) * s->out;
}

static size_t pooled_len(const struct kern_conv *s)
{
    return (size_t)(s->out_rows / 2) * (s->out_cols / 2) * s->out;
}

static size_t conv_len(const struct kern_conv *s)
{
    return (size_t)s->out_rows * s->out_cols * s->out;
}

static size_t weight_len(const struct kern_conv *s)
{
    return (size_t)s->k_rows * s->k_cols * s->in * s->out;
}

/* One image before pooling, or its slope; and that of the weights. */
static size_t conv_pool_scratch(const struct kern_conv *s)
{
    return conv_len(s) + weight_len(s);
}

static void conv_pool(const struct kern_conv *s, const float *x, const float *w, const float *bias,
                      float *y, int32_t *won, float *scratch)
{
    struct kern_conv one = *s;
    one.count = 1;
    for (int n = 0; n < s->count; n++, x += (size_t)s->rows * s->cols * s->in) {
        conv(&one, x, w, bias, scratch, NULL);
        for (size_t at = 0; at < pooled_len(s); at++, y++) {
            const float *window = scratch + first_of_window(s, at);
            int best = KERN_NONE;
            *y = 0;
            for (int i = 0; i < 4; i++)
                if (window[in_window(s, i)] > *y) {
                    *y = window[in_window(s, i)];
                    best = i;
                }
            if (won)
                *won++ = best;
        }
    }
}

static void conv_pool_back(const struct kern_conv *s, const float *x, const float *w,
                           const int32_t *won, const float *dy, float *dw, float *db, float *dx,
                           float *scratch)
{
    struct kern_conv one = *s;
    one.count = 1;
    size_t w_len = weight_len(s), dense_len = conv_len(s);
    size_t x_len = (size_t)s->rows * s->cols * s->in;
    float *dense = scratch, *dw_one = scratch + dense_len;
    memset(dw, 0, w_len * sizeof *dw);
    memset(db, 0, (size_t)s->out * sizeof *db);
    for (int n = 0; n < s->count; n++, x += x_len) {
        memset(dense, 0, dense_len * sizeof *dense);
        for (size_t at = 0; at < pooled_len(s); at++, won++, dy++)
            if (*won != KERN_NONE) {
                dense[first_of_window(s, at) + in_window(s, *won)] = *dy;
                db[at % (size_t)s->out] += *dy;
            }
        conv_weights(&one, x, dense, dw_one, NULL);
        for (size_t i = 0; i < w_len; i++)
            dw[i] += dw_one[i];
        if (dx)
            conv_input(&one, dense, w, dx + n * x_len, NULL);
    }
}

static void column_sums(int m, int n, const float *x, float *sum)
{
    for (int j = 0; j < n; j++) {
        double s = 0;
        for (int i = 0; i < m; i++)
            s += (double)x[(size_t)i * n + j];
        sum[j] = (float)s;
    }
}

static void column_dots(int m, int n, const float *x, const float *y, float *sum, float *dot)
{
    column_sums(m, n, x, sum);
    for (int j = 0; j < n; j++) {
        double s = 0;
        for (int i = 0; i < m; i++)
            s += (double)x[(size_t)i * n + j] * (double)y[(size_t)i * n + j];
        dot[j] = (float)s;
    }
}

static void sigmoid(size_t len, float *y)
{
    for (size_t i = 0; i < len; i++)
        y[i] = 1 / (1 + expf(-y[i]));
}

static void tanh_all(size_t len, float *y)
{
    for (size_t i = 0; i < len; i++)
        y[i] = tanhf(y[i]);
}

#include "kern/loops.h"

const struct kern kern_c = {
    .name = "c",
    .gemm_nn = gemm_nn,
    .gemm_tn = gemm_tn,
    .gemm_nt = gemm_nt,
    .bundle = bundle,
    .bundle_bytes = bundle_bytes,
    .bundle_nn = bundle_nn,
    .bundle_tn = bundle_tn,
    .conv_scratch = conv_scratch,
    .conv = conv,
    .conv_weights = conv_weights,
    .conv_input = conv_input,
    .conv_pool_scratch = conv_pool_scratch,
    .conv_pool = conv_pool,
    .conv_pool_back = conv_pool_back,
    .column_sums = column_sums,
    .column_dots = column_dots,
    .sigmoid = sigmoid,
    .tanh = tanh_all,
    .maxpool = maxpool_any,
    .maxpool_back = maxpool_back_any,
    KERN_LOOPS,
};

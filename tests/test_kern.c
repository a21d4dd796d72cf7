/* SPDX-License-Identifier: MIT */
/* Compares every kernel table with plain C over awkward sizes; with the word `bench` it times them. */
#include <check.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/rng.h"
#include "kern/kern.h"

enum { GUARD = 16 }; /* floats after each result that nobody may touch */
static const float UNTOUCHED = 12345;

/* `zeros` in a hundred are zero. */
static float *sparse_floats(size_t len, uint64_t seed, uint32_t zeros)
{
    float *x = aligned_alloc(64, (len * sizeof *x / 64 + 1) * 64);
    struct rng rng = rng_new(seed, len);
    for (size_t i = 0; i < len; i++)
        x[i] = rng_below(&rng, 100) < zeros ? 0 : rng_normal(&rng);
    return x;
}

static float *random_floats(size_t len, uint64_t seed)
{
    return sparse_floats(len, seed, 25);
}

static float *result_room(size_t len)
{
    float *y = malloc((len + GUARD) * sizeof *y);
    for (size_t i = 0; i < len + GUARD; i++)
        y[i] = UNTOUCHED;
    return y;
}

/* The first place where they differ by more than a rounding of sums as large as `size`, or -1. */
static long first_difference(const float *want, const float *got, size_t len, float size)
{
    for (size_t i = 0; i < len; i++)
        if (!(fabsf(want[i] - got[i]) <= 2e-6f * size + 1e-5f * fabsf(want[i])))
            return (long)i;
    for (size_t i = len; i < len + GUARD; i++)
        if (got[i] != UNTOUCHED)
            return (long)i;
    return -1;
}

#define SAME(want, got, len, size, what)                                                           \
    do {                                                                                           \
        long at = first_difference(want, got, len, size);                                          \
        ck_assert_msg(at < 0, "%s %s differs at %ld: %g, not %g", kern->name, what, at,            \
                      at < 0 ? 0 : (double)(got)[at], at < 0 ? 0 : (double)(want)[at]);            \
    } while (0)

/* ---- matrix products ----------------------------------------------------------------------- */

static const int gemm_sizes[][3] = {
    {1, 1, 1},    {1, 10, 784}, {2, 3, 5},     {7, 17, 9},   {10, 30, 784}, {13, 33, 257},
    {64, 10, 84}, {5, 16, 512}, {32, 128, 31}, {12, 32, 256}, {25, 6, 400}, {100, 65, 300},
    {784, 30, 10}, {784, 200, 11}, {784, 97, 70}, {9, 200, 2100}, {2100, 33, 5}, {3, 100, 784},
};

static void compare_gemm(const struct kern *kern, int m, int n, int k, uint32_t zeros)
{
    const struct kern *c = kern_at(0);
    float *a = sparse_floats((size_t)m * k, 1, zeros), *b = random_floats((size_t)k * n, 2);
    float *bias = random_floats((size_t)n, 3), size = sqrtf((float)k) + 1;
    size_t len = (size_t)m * n;
    float *want = result_room(len), *got = result_room(len);
    char what[64];
    snprintf(what, sizeof what, "%dx%dx%d, %u %% zeros", m, n, k, zeros);
    c->gemm_nn(m, n, k, a, b, bias, want);
    kern->gemm_nn(m, n, k, a, b, bias, got);
    SAME(want, got, len, size, what);
    c->gemm_nn(m, n, k, a, b, NULL, want);
    kern->gemm_nn(m, n, k, a, b, NULL, got);
    SAME(want, got, len, size, what);
    c->gemm_tn(m, n, k, a, b, want);
    kern->gemm_tn(m, n, k, a, b, got);
    SAME(want, got, len, size, what);
    c->gemm_nt(m, n, k, a, b, want);
    kern->gemm_nt(m, n, k, a, b, got);
    SAME(want, got, len, size, what);
    free(a), free(b), free(bias), free(want), free(got);
}

START_TEST(products_agree_with_plain_c)
{
    for (int i = 1; kern_at(i); i++)
        for (uint32_t zeros = 25; zeros <= 85; zeros += 30)
            compare_gemm(kern_at(i), gemm_sizes[_i][0], gemm_sizes[_i][1], gemm_sizes[_i][2], zeros);
}
END_TEST

/* ---- tiny numbers -------------------------------------------------------------------------- */

static void *halve_in_a_thread(void *number)
{
    volatile float *x = number;
    *x *= 0.5f;
    return NULL;
}

START_TEST(tiny_numbers_are_zero_in_threads_too)
{
#if !defined(__x86_64__) && !defined(__aarch64__)
    return;
#endif
    volatile float tiny = 1.2e-38f, here = tiny;
    here *= 0.5f;
    ck_assert_float_gt(here, 0);
    kern_flush_tiny();
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, halve_in_a_thread, (void *)&tiny), 0);
    pthread_join(thread, NULL);
    ck_assert_float_eq(tiny, 0);
}
END_TEST

/* ---- bundles ------------------------------------------------------------------------------- */

/* samples, columns, numbers in a row of weights */
static const int bundle_sizes[][3] = {
    {1, 1, 16}, {2, 30, 16}, {3, 100, 32}, {4, 784, 112}, {5, 784, 32}, {5, 1024, 48},
    {5, 17, 17}, {5, 33, 24}, {3, 9, 41}, {2, 50, 100}, {4, 7, 200}, {1, 13, 80},
};

struct bundle_case {
    int samples;
    size_t len, row;
    float *x, *w, *b, *from;
};

static void compare_sums(const struct kern *kern, const struct bundle_case *c,
                         const struct kern_bundle *want_bundle, const struct kern_bundle *bundle)
{
    size_t len = (size_t)c->samples * c->row, w_len = (size_t)c->len * c->row;
    float *want = result_room(len), *got = result_room(len), size = sqrtf((float)c->len) + 1;
    const struct kern *plain = kern_at(0);
    plain->bundle_nn(want_bundle, c->row, c->w, c->from, 0, want, c->row);
    kern->bundle_nn(bundle, c->row, c->w, c->from, 0, got, c->row);
    SAME(want, got, len, size, "bundle_nn");
    plain->bundle_nn(want_bundle, c->row, c->w, want, c->row, want, c->row);
    kern->bundle_nn(bundle, c->row, c->w, got, c->row, got, c->row);
    SAME(want, got, len, size, "bundle_nn to what is there");
    free(want), free(got);
    ck_assert_uint_lt(w_len, 1 << 24);
    want = result_room(w_len), got = result_room(w_len);
    memcpy(want, c->w, w_len * sizeof *want);
    memcpy(got, c->w, w_len * sizeof *got);
    plain->bundle_tn(want_bundle, c->row, c->b, c->row, want);
    kern->bundle_tn(bundle, c->row, c->b, c->row, got);
    SAME(want, got, w_len, 5, "bundle_tn");
    free(want), free(got);
}

static void compare_bundles(const struct kern *kern, const int *n, uint32_t zeros)
{
    struct bundle_case c = {n[0], (size_t)n[1], (size_t)n[2], NULL, NULL, NULL, NULL};
    c.x = sparse_floats((size_t)c.samples * c.len, 1, zeros);
    c.w = random_floats((size_t)c.len * c.row, 2);
    c.b = random_floats((size_t)c.samples * c.row, 3);
    c.from = random_floats((size_t)c.row, 4);
    struct kern_bundle *want = malloc(sizeof *want), *got = malloc(sizeof *got);
    kern_at(0)->bundle(c.samples, c.len, c.x, c.len, c.row, want);
    kern->bundle(c.samples, c.len, c.x, c.len, c.row, got);
    ck_assert_int_eq(want->count, got->count);
    ck_assert_mem_eq(want->at, got->at, (size_t)want->count * sizeof *want->at);
    compare_sums(kern, &c, want, got);

    uint8_t *bytes = malloc((size_t)c.samples * c.len);
    const uint8_t *rows[KERN_BUNDLE];
    for (size_t i = 0; i < (size_t)c.samples * c.len; i++)
        bytes[i] = (uint8_t)(c.x[i] * 50);
    for (int s = 0; s < c.samples; s++)
        rows[s] = bytes + (size_t)s * c.len;
    kern_at(0)->bundle_bytes(c.samples, c.len, rows, 1.0f / 255, c.row, want);
    kern->bundle_bytes(c.samples, c.len, rows, 1.0f / 255, c.row, got);
    ck_assert_int_eq(want->count, got->count);
    ck_assert_mem_eq(want->at, got->at, (size_t)want->count * sizeof *want->at);
    compare_sums(kern, &c, want, got);
    free(c.x), free(c.w), free(c.b), free(c.from), free(want), free(got), free(bytes);
}

START_TEST(bundles_agree_with_plain_c)
{
    for (int i = 1; kern_at(i); i++)
        for (uint32_t zeros = 25; zeros <= 100; zeros += 25)
            compare_bundles(kern_at(i), bundle_sizes[_i], zeros);
}
END_TEST

/* ---- convolutions -------------------------------------------------------------------------- */

/* count, rows, cols, in, out, k_rows, k_cols, stride, pad */
/* The first are those of networks in use, and are timed. */
enum { TIMED_CONVS = 12 };
static const int conv_sizes[][9] = {
    {2, 28, 28, 1, 6, 5, 5, 1, 2},    {2, 14, 14, 6, 16, 5, 5, 1, 0}, {3, 12, 12, 16, 48, 3, 3, 2, 0},
    {1, 28, 28, 1, 16, 5, 5, 2, 0},   {2, 28, 28, 16, 16, 3, 3, 1, 1}, {2, 14, 14, 32, 32, 3, 3, 1, 1},
    {1, 28, 28, 1, 32, 3, 3, 1, 1},   {1, 28, 28, 32, 32, 3, 3, 2, 1}, {1, 14, 14, 32, 64, 3, 3, 1, 1},
    {1, 14, 14, 64, 64, 3, 3, 2, 1},  {1, 7, 7, 64, 128, 3, 3, 1, 0},  {1, 5, 5, 128, 128, 3, 3, 1, 0},
    {1, 7, 9, 3, 5, 2, 4, 3, 1},
    {2, 5, 5, 2, 33, 5, 5, 1, 4},     {1, 4, 4, 40, 3, 1, 1, 1, 0},   {2, 11, 6, 5, 7, 3, 2, 2, 3},
    {1, 10, 10, 17, 65, 4, 4, 4, 0},  {1, 9, 9, 2, 3, 2, 2, 5, 0},    {1, 28, 28, 1, 1, 1, 1, 1, 0},
    {1, 13, 13, 8, 24, 4, 4, 2, 1},   {3, 21, 37, 1, 7, 4, 3, 1, 1},  {1, 40, 19, 1, 13, 3, 3, 1, 0},
    {2, 7, 18, 1, 2, 2, 3, 1, 0},
    {2, 7, 7, 64, 96, 3, 3, 1, 0},    {1, 9, 5, 16, 48, 3, 3, 1, 2},  {2, 6, 11, 32, 16, 3, 3, 1, 1},
    {1, 8, 6, 16, 16, 5, 5, 1, 0},    {1, 11, 12, 48, 16, 3, 3, 1, 0},
};

static struct kern_conv conv_of(const int *n, int count)
{
    struct kern_conv s = {.count = count ? count : n[0], .rows = n[1], .cols = n[2], .in = n[3],
                          .out = n[4], .k_rows = n[5], .k_cols = n[6], .stride = n[7], .pad = n[8]};
    s.out_rows = (s.rows + 2 * s.pad - s.k_rows) / s.stride + 1;
    s.out_cols = (s.cols + 2 * s.pad - s.k_cols) / s.stride + 1;
    return s;
}

static void compare_conv(const struct kern *kern, const int *sizes, uint32_t zeros)
{
    const struct kern *c = kern_at(0);
    struct kern_conv s = conv_of(sizes, 0);
    size_t pixels = (size_t)s.count * s.out_rows * s.out_cols, depth = (size_t)s.k_rows * s.k_cols * s.in;
    size_t x_len = (size_t)s.count * s.rows * s.cols * s.in, y_len = pixels * s.out, w_len = depth * s.out;
    float *x = random_floats(x_len, 1), *w = random_floats(w_len, 2), *dy = sparse_floats(y_len, 3, zeros);
    float *bias = random_floats((size_t)s.out, 4), *scratch = result_room(kern_conv_scratch(&s));
    float *want = result_room(x_len + y_len + w_len), *got;
    char what[80];
    snprintf(what, sizeof what, "%dx%dx%d to %d by %dx%d stride %d pad %d", s.rows, s.cols, s.in,
             s.out, s.k_rows, s.k_cols, s.stride, s.pad);
    got = result_room(y_len);
    c->conv(&s, x, w, bias, want, scratch);
    kern->conv(&s, x, w, bias, got, scratch);
    SAME(want, got, y_len, sqrtf((float)depth) + 1, what);
    struct kern_conv again = s;
    again.same_weights = true;
    again.count = 1;
    memset(got, 0, y_len / (size_t)s.count * sizeof *got);
    float *unread = result_room(w_len);
    kern->conv(&again, x, unread, bias, got, scratch);
    SAME(want, got, y_len, sqrtf((float)depth) + 1, "the same weights again");
    free(unread);
    free(got);
    got = result_room(w_len);
    c->conv_weights(&s, x, dy, want, scratch);
    kern->conv_weights(&s, x, dy, got, scratch);
    SAME(want, got, w_len, sqrtf((float)pixels) + 1, what);
    free(got);
    got = result_room(x_len);
    c->conv_input(&s, dy, w, want, scratch);
    kern->conv_input(&s, dy, w, got, scratch);
    SAME(want, got, x_len, sqrtf((float)(s.k_rows * s.k_cols * s.out)) + 1, what);
    for (int i = 0; i < GUARD; i++)
        ck_assert_float_eq(scratch[kern_conv_scratch(&s) + (size_t)i], UNTOUCHED);
    free(got), free(x), free(w), free(dy), free(bias), free(scratch), free(want);
}

/* Everything that a pooled convolution leaves, table by table. */
struct pooled_results {
    float *y, *dw, *db, *dx;
    int32_t *won;
};

static struct pooled_results run_pooled(const struct kern *kern, const struct kern_conv *s,
                                        size_t x_len, size_t y_len, size_t w_len)
{
    float *x = random_floats(x_len, 1), *w = random_floats(w_len, 2), *dy = random_floats(y_len, 3);
    float *bias = random_floats((size_t)s->out, 4), *scratch = result_room(kern_conv_pool_scratch(s));
    struct pooled_results r = {result_room(y_len), result_room(w_len), result_room((size_t)s->out),
                               result_room(x_len), (int32_t *)(void *)result_room(y_len)};
    kern->conv_pool(s, x, w, bias, r.y, NULL, scratch);
    float *once = result_room(y_len);
    memcpy(once, r.y, y_len * sizeof *once);
    kern->conv_pool(s, x, w, bias, r.y, r.won, scratch);
    SAME(once, r.y, y_len, 0, "conv_pool without won");
    struct kern_conv again = *s;
    again.same_weights = true;
    memset(r.y, 0, y_len * sizeof *r.y);
    kern->conv_pool(&again, x, w, bias, r.y, r.won, scratch);
    SAME(once, r.y, y_len, 0, "conv_pool with the same weights again");
    kern->conv_pool_back(s, x, w, r.won, dy, r.dw, r.db, NULL, scratch);
    kern->conv_pool_back(s, x, w, r.won, dy, r.dw, r.db, r.dx, scratch);
    for (int i = 0; i < GUARD; i++)
        ck_assert_float_eq(scratch[kern_conv_pool_scratch(s) + (size_t)i], UNTOUCHED);
    free(x), free(w), free(dy), free(bias), free(scratch), free(once);
    return r;
}

static void free_pooled(struct pooled_results *r)
{
    free(r->y), free(r->dw), free(r->db), free(r->dx), free(r->won);
}

static void compare_conv_pool(const struct kern *kern, const int *sizes)
{
    struct kern_conv s = conv_of(sizes, 0);
    size_t pixels = (size_t)s.count * (size_t)(s.out_rows / 2 * (s.out_cols / 2));
    size_t depth = (size_t)(s.k_rows * s.k_cols * s.in), w_len = depth * (size_t)s.out;
    size_t x_len = (size_t)(s.count * s.rows * s.cols * s.in), y_len = pixels * (size_t)s.out;
    struct pooled_results want = run_pooled(kern_at(0), &s, x_len, y_len, w_len);
    struct pooled_results got = run_pooled(kern, &s, x_len, y_len, w_len);
    char what[80];
    snprintf(what, sizeof what, "pooled %dx%dx%d to %d by %dx%d stride %d pad %d", s.rows, s.cols, s.in,
             s.out, s.k_rows, s.k_cols, s.stride, s.pad);
    SAME(want.y, got.y, y_len, sqrtf((float)depth) + 1, what);
    for (size_t i = 0; i < y_len; i++)
        ck_assert_msg(want.won[i] == got.won[i], "%s %s: another winner at %zu", kern->name, what, i);
    SAME(want.dw, got.dw, w_len, sqrtf((float)pixels) + 1, what);
    SAME(want.db, got.db, (size_t)s.out, sqrtf((float)pixels) + 1, what);
    SAME(want.dx, got.dx, x_len, sqrtf((float)(s.k_rows * s.k_cols * s.out)) + 1, what);
    free_pooled(&want), free_pooled(&got);
}

START_TEST(pooled_convolutions_agree_with_plain_c)
{
    for (int i = 1; kern_at(i); i++)
        compare_conv_pool(kern_at(i), conv_sizes[_i]);
}
END_TEST

START_TEST(convolutions_agree_with_plain_c)
{
    for (int i = 1; kern_at(i); i++)
        for (uint32_t zeros = 25; zeros <= 85; zeros += 60)
            compare_conv(kern_at(i), conv_sizes[_i], zeros);
}
END_TEST

/* ---- the rest ------------------------------------------------------------------------------ */

START_TEST(sums_over_columns_agree_with_plain_c)
{
    static const int sizes[][2] = {{1, 1}, {3, 6}, {784, 6}, {7, 16}, {1000, 33}, {2, 48}, {5, 100}};
    for (size_t t = 0; t < sizeof sizes / sizeof *sizes; t++) {
        int m = sizes[t][0], n = sizes[t][1];
        float *x = random_floats((size_t)m * n, 1), *y = random_floats((size_t)m * n, 2);
        for (int i = 1; kern_at(i); i++) {
            const struct kern *kern = kern_at(i);
            float *want = result_room((size_t)n), *got = result_room((size_t)n);
            kern_at(0)->column_sums(m, n, x, want);
            kern->column_sums(m, n, x, got);
            SAME(want, got, (size_t)n, sqrtf((float)m) + 1, "column_sums");
            float *want_dot = result_room((size_t)n), *got_dot = result_room((size_t)n);
            kern_at(0)->column_dots(m, n, x, y, want, want_dot);
            kern->column_dots(m, n, x, y, got, got_dot);
            SAME(want, got, (size_t)n, sqrtf((float)m) + 1, "column_dots' sums");
            SAME(want_dot, got_dot, (size_t)n, sqrtf((float)m) + 1, "column_dots");
            free(want), free(got), free(want_dot), free(got_dot);
        }
        free(x), free(y);
    }
}
END_TEST

START_TEST(activations_agree_with_plain_c_even_where_they_saturate)
{
    enum { LEN = 1003 };
    for (int i = 1; kern_at(i); i++) {
        const struct kern *kern = kern_at(i);
        for (int f = 0; f < 3; f++) {
            float *want = result_room(LEN), *got = result_room(LEN);
            for (int k = 0; k < LEN; k++)
                want[k] = got[k] = (float)(k - LEN / 2) * (k % 7 == 0 ? 3.0f : 0.02f);
            (f == 0 ? kern_at(0)->sigmoid : f == 1 ? kern_at(0)->tanh : kern_at(0)->relu)(LEN, want);
            (f == 0 ? kern->sigmoid : f == 1 ? kern->tanh : kern->relu)(LEN, got);
            SAME(want, got, LEN, 0.2f, "activation");
            free(want), free(got);
        }
    }
}
END_TEST

START_TEST(pooling_and_steps_agree_with_plain_c)
{
    static const int sizes[][5] = {{28, 28, 6, 2, 2}, {9, 7, 17, 2, 2}, {8, 6, 40, 2, 2}, {2, 2, 1, 2, 2}, {7, 9, 70, 3, 2}, {5, 5, 3, 2, 1}, {4, 4, 16, 4, 4}};
    for (size_t t = 0; t < sizeof sizes / sizeof *sizes; t++) {
        int rows = sizes[t][0], cols = sizes[t][1], ch = sizes[t][2], size = sizes[t][3], stride = sizes[t][4];
        size_t in = (size_t)rows * cols * ch;
        size_t out = (size_t)((rows - size) / stride + 1) * ((cols - size) / stride + 1) * ch;
        float *x = random_floats(in, 1), *dy = random_floats(out, 2);
        for (int i = 1; kern_at(i); i++) {
            const struct kern *kern = kern_at(i);
            float *want = result_room(in), *got = result_room(in), *y = result_room(out), *z = result_room(out);
            kern_at(0)->maxpool(rows, cols, ch, size, stride, x, y);
            kern->maxpool(rows, cols, ch, size, stride, x, z);
            SAME(y, z, out, 0, "maxpool");
            kern_at(0)->maxpool_back(rows, cols, ch, size, stride, x, y, dy, want);
            kern->maxpool_back(rows, cols, ch, size, stride, x, z, dy, got);
            SAME(want, got, in, 1, "maxpool_back");
            double given = 0, came = 0;
            for (size_t k = 0; k < in; k++)
                came += (double)got[k];
            for (size_t k = 0; k < out; k++)
                given += (double)dy[k];
            ck_assert_double_eq_tol(given, came, 1e-3);
            free(want), free(got), free(y), free(z);
        }
        free(x), free(dy);
    }
}
END_TEST

START_TEST(adam_agrees_with_plain_c)
{
    enum { LEN = 101 };
    const struct kern_adam how = {0.01f, 0.9f, 0.99f, 1e-8f, 0.1f, 0.2f, 3, 4, 0.5f};
    float *g = random_floats(LEN, 1);
    for (int i = 1; kern_at(i); i++) {
        const struct kern *kern = kern_at(i);
        float *state[2][3];
        for (int t = 0; t < 2; t++)
            for (int k = 0; k < 3; k++) {
                state[t][k] = result_room(LEN);
                for (int e = 0; e < LEN; e++)
                    state[t][k][e] = fabsf(sinf((float)(e + k)));
            }
        kern_at(0)->adam(LEN, &how, g, state[0][0], state[0][1], state[0][2]);
        kern->adam(LEN, &how, g, state[1][0], state[1][1], state[1][2]);
        for (int k = 0; k < 3; k++)
            SAME(state[0][k], state[1][k], LEN, 1, "adam");
        for (int t = 0; t < 6; t++)
            free(state[t / 3][t % 3]);
    }
    free(g);
}
END_TEST

/* ---- timing -------------------------------------------------------------------------------- */

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* What one core can do at most: multiply-adds that wait for nothing, enough of them side by side to
 * keep every unit busy. PEAK makes such a function for vectors of so many floats; it returns the
 * seconds of a run, in which each of them makes 2 x PEAK_ROUNDS x SIDE_BY_SIDE sums. The empty asm
 * keeps the compiler from doing less. */
enum { SIDE_BY_SIDE = 12, PEAK_ROUNDS = 1 << 18 };

#define PEAK(name, floats, registers, ...)                                                         \
    __VA_ARGS__ static double name(void)                                                           \
    {                                                                                              \
        typedef float vec __attribute__((vector_size(4 * (floats))));                              \
        vec sum[SIDE_BY_SIDE] = {{0}}, factor = {0.5f};                                            \
        double begin = seconds_now();                                                              \
        for (int i = 0; i < PEAK_ROUNDS; i++)                                                      \
            _Pragma("GCC unroll 12") for (int j = 0; j < SIDE_BY_SIDE; j++)                        \
            {                                                                                      \
                sum[j] = sum[j] * factor + factor;                                                 \
                __asm__ volatile("" : "+" registers(sum[j]));                                      \
            }                                                                                      \
        return seconds_now() - begin;                                                              \
    }

#if defined(__x86_64__)
PEAK(run_avx2, 8, "x", __attribute__((target("avx2,fma"))))
PEAK(run_avx512, 16, "v", __attribute__((target("avx512f"))))
#elif defined(__aarch64__)
PEAK(run_neon, 4, "w")
#endif

static const struct {
    const char *table;
    int floats;
    double (*run)(void);
} peaks[] = {
#if defined(__x86_64__)
    {"avx2", 8, run_avx2},
    {"avx512", 16, run_avx512},
#elif defined(__aarch64__)
    {"neon", 4, run_neon},
#endif
    {NULL, 0, NULL},
};

/* In thousand million sums a second, of the table that is timed; 0: not known. */
static double peak;

static void measure_peak(const char *table)
{
    double least = 1;
    int i = 0;
    while (peaks[i].table && strcmp(peaks[i].table, table) != 0)
        i++;
    for (int tries = 0; tries < 20 && peaks[i].table; tries++)
        least = fmin(least, peaks[i].run());
    peak = 2.0 * peaks[i].floats * SIDE_BY_SIDE * PEAK_ROUNDS / least / 1e9;
    printf("%-7s %-44s %8.1f GFLOP/s\n", table, "the peak of one core", peak);
}

/* Runs CALL for a fifth of a second and prints how many thousand million sums a second it makes when
 * nobody else has the core: in its quickest run. */
#define TIME(table, title, flop, CALL)                                                              \
    do {                                                                                           \
        double first = seconds_now(), begin = first, end, least = 1;                               \
        do {                                                                                       \
            (CALL);                                                                                \
            end = seconds_now();                                                                   \
            least = fmin(least, end - begin);                                                      \
            begin = end;                                                                           \
        } while (end < first + 0.2);                                                               \
        double speed = (flop) / least / 1e9;                                                       \
        printf("%-7s %-44s %8.1f GFLOP/s %4.0f %%\n", (table)->name, title, speed,                 \
               peak > 0 ? 100 * speed / peak : 0);                                                 \
    } while (0)

static void time_gemm(const struct kern *kern, int m, int n, int k)
{
    float *a = random_floats((size_t)m * k, 1), *b = random_floats((size_t)k * n, 2), *c = result_room((size_t)m * n);
    double flop = 2.0 * m * n * k;
    char name[64];
    snprintf(name, sizeof name, "gemm_nn %dx%dx%d", m, n, k);
    TIME(kern, name, flop, kern->gemm_nn(m, n, k, a, b, NULL, c));
    snprintf(name, sizeof name, "gemm_tn %dx%dx%d", m, n, k);
    TIME(kern, name, flop, kern->gemm_tn(m, n, k, a, b, c));
    snprintf(name, sizeof name, "gemm_nt %dx%dx%d", m, n, k);
    TIME(kern, name, flop, kern->gemm_nt(m, n, k, a, b, c));
    free(a), free(b), free(c);
}

static void time_conv(const struct kern *kern, const int *sizes)
{
    struct kern_conv s = conv_of(sizes, 16);
    size_t pixels = (size_t)s.count * s.out_rows * s.out_cols, depth = (size_t)s.k_rows * s.k_cols * s.in;
    float *x = random_floats((size_t)s.count * s.rows * s.cols * s.in, 1), *w = random_floats(depth * s.out, 2);
    float *y = random_floats(pixels * s.out, 3), *scratch = random_floats(kern_conv_scratch(&s), 4);
    double flop = 2.0 * (double)(pixels * depth * (size_t)s.out);
    char name[80];
    snprintf(name, sizeof name, "conv %dx%dx%d to %d %dx%d stride %d pad %d", s.rows, s.cols, s.in,
             s.out, s.k_rows, s.k_cols, s.stride, s.pad);
    TIME(kern, name, flop, kern->conv(&s, x, w, NULL, y, scratch));
    TIME(kern, "    its weights' gradient", flop, kern->conv_weights(&s, x, y, w, scratch));
    if (s.in > 1)
        TIME(kern, "    its input's gradient", flop, kern->conv_input(&s, y, w, x, scratch));
    free(x), free(w), free(y), free(scratch);
}

/* GFLOP/s as if all were computed and nothing left out, to compare with the above. */
static void time_conv_pool(const struct kern *kern, const int *sizes)
{
    struct kern_conv s = conv_of(sizes, 16);
    size_t pixels = (size_t)(s.count * s.out_rows * s.out_cols), y_len = pixels / 4 * (size_t)s.out;
    size_t w_len = (size_t)(s.k_rows * s.k_cols * s.in * s.out);
    float *x = random_floats((size_t)(s.count * s.rows * s.cols * s.in), 1);
    float *w = random_floats(w_len, 2), *y = random_floats(y_len, 3), *dy = random_floats(y_len, 5);
    float *scratch = random_floats(kern_conv_pool_scratch(&s), 4), *db = result_room((size_t)s.out);
    int32_t *won = (int32_t *)(void *)result_room(y_len);
    double flop = 2.0 * (double)(pixels * w_len);
    TIME(kern, "    with relu and maxpool 2", flop, kern->conv_pool(&s, x, w, NULL, y, won, scratch));
    for (size_t i = 0; i < y_len; i += 5) /* relu lets less through after some training */
        won[i] = KERN_NONE;
    float *dw = result_room(w_len), *dx = result_room((size_t)(s.count * s.rows * s.cols * s.in));
    TIME(kern, "    back to its weights", flop,
         kern->conv_pool_back(&s, x, w, won, dy, dw, db, NULL, scratch));
    TIME(kern, "    back to weights and input", 2 * flop,
         kern->conv_pool_back(&s, x, w, won, dy, dw, db, dx, scratch));
    free(x), free(w), free(y), free(dy), free(scratch), free(db), free(won), free(dw), free(dx);
}

static void time_tables(void)
{
    for (int i = 1; kern_at(i); i++) {
        measure_peak(kern_at(i)->name);
        time_gemm(kern_at(i), 256, 256, 256);
        time_gemm(kern_at(i), 10, 30, 784);
        time_gemm(kern_at(i), 32, 128, 784);
        time_gemm(kern_at(i), 32, 120, 400);
        for (int c = 0; c < TIMED_CONVS; c++) {
            time_conv(kern_at(i), conv_sizes[c]);
            time_conv_pool(kern_at(i), conv_sizes[c]);
        }
    }
}

static Suite *make_suite(void)
{
    Suite *suite = suite_create("kern");
    TCase *t = tcase_create("kern");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, tiny_numbers_are_zero_in_threads_too);
    tcase_add_loop_test(t, bundles_agree_with_plain_c, 0,
                        sizeof bundle_sizes / sizeof *bundle_sizes);
    tcase_add_loop_test(t, products_agree_with_plain_c, 0, sizeof gemm_sizes / sizeof *gemm_sizes);
    tcase_add_loop_test(t, convolutions_agree_with_plain_c, 0, sizeof conv_sizes / sizeof *conv_sizes);
    tcase_add_loop_test(t, pooled_convolutions_agree_with_plain_c, 0, sizeof conv_sizes / sizeof *conv_sizes);
    tcase_add_test(t, sums_over_columns_agree_with_plain_c);
    tcase_add_test(t, activations_agree_with_plain_c_even_where_they_saturate);
    tcase_add_test(t, pooling_and_steps_agree_with_plain_c);
    tcase_add_test(t, adam_agrees_with_plain_c);
    suite_add_tcase(suite, t);
    return suite;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "bench") == 0) {
        time_tables();
        return EXIT_SUCCESS;
    }
    SRunner *runner = srunner_create(make_suite());
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

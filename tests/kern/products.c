/* SPDX-License-Identifier: MIT */
/* products.c -- matrix products, and the bundles that leave zeros out of them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trial.h"

/* What rounding leaves of a sum of so many numbers. */
static float sum_size(int terms)
{
    return sqrtf((float)terms) + 1;
}

/* ---- matrix products: m, n, k, zeros in a hundred of a ----------------------------------------
 */

static const int gemm_sizes[][TRIAL_SIZES_MAX] = {
    {256, 256, 256, 0}, {10, 30, 784, 80}, {32, 128, 784, 80}, {32, 120, 400, 0}, /* timed */
    {32, 128, 784, 80}, {65, 67, 66, 0},   {1, 1, 1, 0},       {1, 10, 784, 25},
    {1, 10, 784, 85},   {2, 3, 5, 25},     {7, 17, 9, 55},     {10, 30, 784, 25},
    {13, 33, 257, 55},  {64, 10, 84, 25},  {5, 16, 512, 85},   {32, 128, 31, 25},
    {12, 32, 256, 55},  {25, 6, 400, 25},  {100, 65, 300, 85}, {784, 30, 10, 25},
    {784, 200, 11, 55}, {784, 97, 70, 85}, {9, 200, 2100, 25}, {2100, 33, 5, 55},
    {3, 100, 784, 85},
};

struct factors {
    int m, n, k;
    const float *a, *b;
    float *c;
};

static struct factors make_factors(struct trial *t, const int *size)
{
    struct factors f = {.m = size[0], .n = size[1], .k = size[2]};
    f.a = trial_floats(t, (size_t)f.m * (size_t)f.k, size[3]);
    f.b = trial_floats(t, (size_t)f.k * (size_t)f.n, 25);
    f.c = trial_result(t, (size_t)f.m * (size_t)f.n, sum_size(f.k));
    t->flop = 2.0 * f.m * f.n * f.k;
    return f;
}

/* c[i][j] = sum over p of a[i * a_row + p * a_step] b[j * b_row + p * b_step] + bias[j] */
static void multiply(const struct factors *f, int a_row, int a_step, int b_row, int b_step,
                     const float *bias, float *c)
{
    for (long i = 0; i < f->m; i++)
        for (long j = 0; j < f->n; j++) {
            double sum = bias ? (double)bias[j] : 0;
            for (long p = 0; p < f->k; p++)
                sum += (double)f->a[i * a_row + p * a_step] * (double)f->b[j * b_row + p * b_step];
            c[i * f->n + j] = (float)sum;
        }
}

static void try_gemm_nn(const struct kern *kern, const int *size, struct trial *t)
{
    struct factors f = make_factors(t, size);
    if (kern)
        kern->gemm_nn(f.m, f.n, f.k, f.a, f.b, NULL, f.c);
    else
        multiply(&f, f.k, 1, 1, f.n, NULL, f.c);
}

static void try_gemm_nn_bias(const struct kern *kern, const int *size, struct trial *t)
{
    struct factors f = make_factors(t, size);
    const float *bias = trial_floats(t, (size_t)f.n, 25);
    if (kern)
        kern->gemm_nn(f.m, f.n, f.k, f.a, f.b, bias, f.c);
    else
        multiply(&f, f.k, 1, 1, f.n, bias, f.c);
}

static void try_gemm_tn(const struct kern *kern, const int *size, struct trial *t)
{
    struct factors f = make_factors(t, size);
    if (kern)
        kern->gemm_tn(f.m, f.n, f.k, f.a, f.b, f.c);
    else
        multiply(&f, 1, f.m, 1, f.n, NULL, f.c);
}

static void try_gemm_nt(const struct kern *kern, const int *size, struct trial *t)
{
    struct factors f = make_factors(t, size);
    if (kern)
        kern->gemm_nt(f.m, f.n, f.k, f.a, f.b, f.c);
    else
        multiply(&f, f.k, 1, f.k, 1, NULL, f.c);
}

/* ---- bundles: samples, columns, numbers in a row of weights, zeros in a hundred ---------------
 */

static const int bundle_sizes[][TRIAL_SIZES_MAX] = {
    {4, 784, 112, 80}, {5, 784, 32, 80}, /* timed */
    {1, 1, 16, 25},    {2, 30, 16, 50},  {3, 100, 32, 75}, {4, 784, 112, 100}, {5, 784, 32, 25},
    {5, 1024, 48, 50}, {5, 17, 17, 75},  {5, 33, 24, 25},  {3, 9, 41, 50},     {2, 50, 100, 75},
    {4, 7, 200, 25},   {1, 13, 80, 50},  {1, 1, 16, 100},  {5, 1024, 16, 0},
};

/* What a bundle holds, without its order: the samples as they were, and how many columns. */
static void open_bundle(const struct kern_bundle *bundle, int len, int row, float *samples,
                        int32_t *count)
{
    memset(samples, 0, (size_t)bundle->samples * (size_t)len * sizeof *samples);
    for (int s = 0; s < bundle->samples; s++)
        for (int i = 0; i < bundle->count; i++)
            samples[s * len + (int)bundle->at[i] / row] = bundle->value[s][i];
    *count = bundle->count;
}

static int count_columns(int samples, int len, const float *x)
{
    int count = 0;
    for (int i = 0; i < len; i++) {
        bool any = false;
        for (int s = 0; s < samples; s++)
            any |= x[s * len + i] != 0;
        count += any;
    }
    return count;
}

static struct kern_bundle *new_bundle(struct trial *t)
{
    float *room = trial_scratch(t, sizeof(struct kern_bundle) / sizeof(float));
    return (struct kern_bundle *)(void *)room;
}

static void try_bundle(const struct kern *kern, const int *size, struct trial *t)
{
    int samples = size[0], len = size[1], row = size[2];
    size_t all = (size_t)samples * (size_t)len;
    const float *x = trial_floats(t, all, size[3]);
    float *opened = trial_result(t, all, 0);
    int32_t *count = trial_integers(t, 1);
    struct kern_bundle *bundle = new_bundle(t);
    if (kern) {
        kern->bundle(samples, len, x, (size_t)len, row, bundle);
        open_bundle(bundle, len, row, opened, count);
        return;
    }
    memcpy(opened, x, all * sizeof *x);
    *count = count_columns(samples, len, x);
}

static void try_bundle_bytes(const struct kern *kern, const int *size, struct trial *t)
{
    static const float scale = 1.0f / 255;
    int samples = size[0], len = size[1], row = size[2];
    size_t all = (size_t)samples * (size_t)len;
    const uint8_t *bytes = trial_bytes(t, all, size[3]), *rows[KERN_BUNDLE] = {NULL};
    float *opened = trial_result(t, all, 1);
    int32_t *count = trial_integers(t, 1);
    struct kern_bundle *bundle = new_bundle(t);
    for (int s = 0; s < samples; s++)
        rows[s] = bytes + s * len;
    if (kern) {
        kern->bundle_bytes(samples, len, rows, scale, row, bundle);
        open_bundle(bundle, len, row, opened, count);
        return;
    }
    for (size_t i = 0; i < all; i++)
        opened[i] = (float)(bytes[i] / 255.0);
    *count = count_columns(samples, len, opened);
}

/* The samples of a trial in a bundle as kern.h describes it, whoever makes it; what lies behind its
 * columns is nobody's. */
static struct kern_bundle *fill_bundle(struct trial *t, const int *size, const float **x)
{
    int samples = size[0], len = size[1];
    *x = trial_floats(t, (size_t)samples * (size_t)len, size[3]);
    struct kern_bundle *bundle = new_bundle(t);
    bundle->samples = samples;
    bundle->count = 0;
    for (int i = 0; i < len; i++) {
        bool any = false;
        for (int s = 0; s < samples; s++)
            any |= (*x)[s * len + i] != 0;
        if (!any)
            continue;
        bundle->at[bundle->count] = (uint32_t)(i * size[2]);
        for (int s = 0; s < samples; s++)
            bundle->value[s][bundle->count] = (*x)[s * len + i];
        bundle->count++;
    }
    return bundle;
}

/* Into zeros, from a row for all, and onto what is there: each has results of its own. */
static void try_bundle_nn(const struct kern *kern, const int *size, struct trial *t)
{
    int samples = size[0], len = size[1], n = size[2];
    const float *x;
    const struct kern_bundle *bundle = fill_bundle(t, size, &x);
    const float *w = trial_floats(t, (size_t)len * (size_t)n, 25);
    const float *from = trial_floats(t, (size_t)n, 25);
    size_t all = (size_t)samples * (size_t)n, row = (size_t)n;
    float *zeros = trial_result(t, all, sum_size(len)),
          *begun = trial_result(t, all, sum_size(len));
    float *added = trial_changed(t, all, sum_size(len));
    t->flop = 3 * 2.0 * samples * len * n;
    if (kern) {
        kern->bundle_nn(bundle, n, w, NULL, 0, zeros, row);
        kern->bundle_nn(bundle, n, w, from, 0, begun, row);
        kern->bundle_nn(bundle, n, w, added, row, added, row);
        return;
    }
    for (long s = 0; s < samples; s++)
        for (long j = 0; j < n; j++) {
            double sum = 0;
            for (long i = 0; i < len; i++)
                sum += (double)x[s * len + i] * (double)w[i * n + j];
            zeros[s * n + j] = (float)sum;
            begun[s * n + j] = (float)(sum + (double)from[j]);
            added[s * n + j] = (float)(sum + (double)added[s * n + j]);
        }
}

static void try_bundle_tn(const struct kern *kern, const int *size, struct trial *t)
{
    int samples = size[0], len = size[1], n = size[2];
    const float *x;
    const struct kern_bundle *bundle = fill_bundle(t, size, &x);
    const float *b = trial_floats(t, (size_t)samples * (size_t)n, 25);
    float *w = trial_changed(t, (size_t)len * (size_t)n, sum_size(samples));
    t->flop = 2.0 * samples * len * n;
    if (kern) {
        kern->bundle_tn(bundle, n, b, (size_t)n, w);
        return;
    }
    for (long i = 0; i < len; i++)
        for (long j = 0; j < n; j++) {
            double sum = (double)w[i * n + j];
            for (long s = 0; s < samples; s++)
                sum += (double)x[s * len + i] * (double)b[s * n + j];
            w[i * n + j] = (float)sum;
        }
}

const struct kernel product_kernels[] = {
    KERNEL(gemm_nn, try_gemm_nn, gemm_sizes, 4),
    KERNEL(gemm_nn, try_gemm_nn_bias, gemm_sizes, 0),
    KERNEL(gemm_tn, try_gemm_tn, gemm_sizes, 4),
    KERNEL(gemm_nt, try_gemm_nt, gemm_sizes, 4),
    KERNEL(bundle, try_bundle, bundle_sizes, 0),
    KERNEL(bundle_bytes, try_bundle_bytes, bundle_sizes, 0),
    KERNEL(bundle_nn, try_bundle_nn, bundle_sizes, 2),
    KERNEL(bundle_tn, try_bundle_tn, bundle_sizes, 2),
};
const int product_kernel_count = sizeof product_kernels / sizeof *product_kernels;

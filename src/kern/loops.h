/* loops.h -- the loops that a compiler turns into good vector code by itself. Every table includes
 * them, and so has them compiled with its own flags. */
#ifndef KERN_LOOPS_H
#define KERN_LOOPS_H

#include <math.h>
#include <string.h>

#include "kern/kern.h"

static void scale_shift(int m, int n, const float *restrict x, const float *restrict scale,
                        const float *restrict shift, float *restrict y)
{
    for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++)
            y[(size_t)i * n + j] = x[(size_t)i * n + j] * scale[j] + shift[j];
}

static void norm_input(int m, int n, const float *dy, const float *restrict x,
                       const float *restrict a, const float *restrict b, const float *restrict c,
                       float *dx)
{
    for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++)
            dx[(size_t)i * n + j] =
                dy[(size_t)i * n + j] * a[j] + x[(size_t)i * n + j] * b[j] + c[j];
}

static void relu(size_t len, float *restrict y)
{
    for (size_t i = 0; i < len; i++)
        y[i] = y[i] > 0 ? y[i] : 0;
}

static void relu_back(size_t len, const float *restrict y, float *restrict dy)
{
    for (size_t i = 0; i < len; i++)
        dy[i] = y[i] > 0 ? dy[i] : 0;
}

static void raise(int n, const float *restrict x, float *restrict y)
{
    for (int i = 0; i < n; i++)
        y[i] = x[i] > y[i] ? x[i] : y[i];
}

static void maxpool_any(int rows, int cols, int channels, int size, int stride, const float *x,
                    float *y)
{
    for (int r = 0; r + size <= rows; r += stride) {
        for (int c = 0; c + size <= cols; c += stride, y += channels) {
            memcpy(y, x + ((size_t)r * cols + c) * channels, (size_t)channels * sizeof *y);
            for (int i = 1; i < size * size; i++)
                raise(channels, x + ((size_t)(r + i / size) * cols + c + i % size) * channels, y);
        }
    }
}

/* left[i] says whether window i's gradient is still to be given away. */
static void give_to_highest(int n, const float *restrict x, const float *restrict y,
                            float *restrict left, float *restrict dx)
{
    for (int i = 0; i < n; i++) {
        float given = x[i] == y[i] ? left[i] : 0;
        left[i] -= given;
        dx[i] += given;
    }
}

static void maxpool_back_any(int rows, int cols, int channels, int size, int stride, const float *x,
                         const float *y, const float *dy, float *dx)
{
    enum { BLOCK = 64 };
    float left[BLOCK];
    memset(dx, 0, (size_t)rows * cols * channels * sizeof *dx);
    for (int r = 0; r + size <= rows; r += stride) {
        for (int c = 0; c + size <= cols; c += stride, y += channels, dy += channels) {
            for (int ch = 0; ch < channels; ch += BLOCK) {
                int n = channels - ch < BLOCK ? channels - ch : BLOCK;
                memcpy(left, dy + ch, (size_t)n * sizeof *left);
                for (int i = 0; i < size * size; i++) {
                    size_t at = ((size_t)(r + i / size) * cols + c + i % size) * channels + ch;
                    give_to_highest(n, x + at, y + ch, left, dx + at);
                }
            }
        }
    }
}

static void from_bytes(size_t len, const uint8_t *restrict bytes, float scale, float *restrict x)
{
    for (size_t i = 0; i < len; i++)
        x[i] = (float)bytes[i] * scale;
}

static void add(size_t len, const float *restrict x, float *restrict y)
{
    for (size_t i = 0; i < len; i++)
        y[i] += x[i];
}

static void add_scaled(size_t len, float a, const float *restrict x, float *restrict y)
{
    for (size_t i = 0; i < len; i++)
        y[i] += a * x[i];
}

static void scale(size_t len, float a, float *restrict x)
{
    for (size_t i = 0; i < len; i++)
        x[i] *= a;
}

/* m = b1 m + (1 - b1) g      v = b2 v + (1 - b2) g^2
 * w -= rate (fix1 m / (sqrt(fix2 v) + epsilon) + decay w) */
static void adam(size_t len, const struct kern_adam *how, const float *restrict g,
                 float *restrict w, float *restrict m, float *restrict v)
{
    const struct kern_adam h = *how;
    for (size_t i = 0; i < len; i++) {
        float slope = h.scale * g[i] + h.l2 * w[i];
        m[i] = h.beta1 * m[i] + (1 - h.beta1) * slope;
        v[i] = h.beta2 * v[i] + (1 - h.beta2) * slope * slope;
        w[i] -= h.rate * (h.fix1 * m[i] / (sqrtf(h.fix2 * v[i]) + h.epsilon) + h.decay * w[i]);
    }
}

#define KERN_LOOPS                                                                                 \
    .scale_shift = scale_shift, .norm_input = norm_input, .relu = relu, .relu_back = relu_back,    \
    .from_bytes = from_bytes, .add = add, .add_scaled = add_scaled, .scale = scale, .adam = adam

#endif

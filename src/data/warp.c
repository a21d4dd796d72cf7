/* SPDX-License-Identifier: MIT */
#include "data/warp.h"

#include <math.h>
#include <string.h>

#include "base/clamp.h"
#include "base/rng.h"

enum {
    SIDE = FIT_SIZE,
    LEN = FIT_LEN,
    NODE_GAP = 7, /* pixels between the nodes of a smooth displacement */
    NODES = SIDE / NODE_GAP + 3,
};
static const float middle = 14; /* MNIST's centre of mass, as a pixel index */

struct warp_matrix warp_matrix(float turn, float shear, float wide, float high)
{
    float c = cosf(turn), s = sinf(turn);
    return (struct warp_matrix){c * wide, -s * high - c * wide * shear, s * wide,
                                c * high - s * wide * shear};
}

struct warp_matrix warp_invert(struct warp_matrix m)
{
    float d = 1 / (m.xx * m.yy - m.xy * m.yx);
    return (struct warp_matrix){m.yy * d, -m.xy * d, -m.yx * d, m.xx * d};
}

/* ---- smooth displacement ------------------------------------------------------------------- */

/* Cubic B-splines over a grid of random nodes: as smooth as a blurred random field, at a fraction
 * of the work. Sixteen nodes share in each pixel, so its deviation is 0.48 of a node's. */
static void spline_weights(float t, float w[4])
{
    float u = 1 - t;
    w[0] = u * u * u / 6;
    w[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
    w[2] = (3 * u * u * u - 6 * u * u + 4) / 6;
    w[3] = t * t * t / 6;
}

/* Four even numbers of the same deviation from each draw: many are needed, and their sums are
 * what is seen. */
static void draw_nodes(struct rng *rng, float deviation, float *nodes, int count)
{
    float unit = deviation * sqrtf(3) / 32768;
    for (int i = 0; i < count; i += 4) {
        uint64_t bits = rng_next(rng);
        for (int k = 0; k < 4 && i + k < count; k++)
            nodes[i + k] = unit * ((float)(bits >> 16 * k & 0xffff) - 32767.5f);
    }
}

static void spread_nodes(float nodes[NODES][NODES], float w[NODE_GAP][4], float out[SIDE][SIDE])
{
    for (int row = 0; row < SIDE; row++) {
        const float *v = w[row % NODE_GAP];
        float(*n)[NODES] = nodes + row / NODE_GAP, line[NODES];
        for (int i = 0; i < NODES; i++)
            line[i] = v[0] * n[0][i] + v[1] * n[1][i] + v[2] * n[2][i] + v[3] * n[3][i];
        for (int i = 0; i + 3 < NODES; i++)
            for (int k = 0; k < NODE_GAP; k++)
                out[row][i * NODE_GAP + k] = w[k][0] * line[i] + w[k][1] * line[i + 1] +
                                             w[k][2] * line[i + 2] + w[k][3] * line[i + 3];
    }
}

void warp_draw_bend(struct warp_bend *bend, struct rng *rng, float deviation)
{
    float nodes[NODES][NODES], w[NODE_GAP][4];
    for (int k = 0; k < NODE_GAP; k++)
        spline_weights((float)k / NODE_GAP, w[k]);
    draw_nodes(rng, deviation / 0.48f, &nodes[0][0], NODES * NODES);
    spread_nodes(nodes, w, bend->x);
    draw_nodes(rng, deviation / 0.48f, &nodes[0][0], NODES * NODES);
    spread_nodes(nodes, w, bend->y);
}

/* ---- pictures ------------------------------------------------------------------------------ */

void warp_begin(struct warp_frame *f, const uint8_t *pixels)
{
    memset(f, 0, sizeof *f);
    for (int row = 0; row < SIDE; row++) {
        float *out = f->at + (row + WARP_MARGIN) * WARP_WIDE + WARP_MARGIN;
        for (int col = 0; col < SIDE; col++)
            out[col] = (float)pixels[row * SIDE + col] * (1 / 255.0f);
    }
}

/* amount: -1 to 1 */
static void thicken_once(struct warp_frame *f, float amount)
{
    struct warp_frame old = *f;
    float part = fabsf(amount);
    for (int row = 1; row + 1 < WARP_WIDE; row++) {
        const float *up = old.at + (row - 1) * WARP_WIDE, *here = up + WARP_WIDE,
                    *down = here + WARP_WIDE;
        float *out = f->at + row * WARP_WIDE;
        if (amount > 0)
            for (int i = 1; i + 1 < WARP_WIDE; i++) {
                float beside = max_float(here[i - 1], here[i + 1]),
                      over = max_float(up[i], down[i]);
                out[i] += part * (max_float(here[i], max_float(beside, over)) - here[i]);
            }
        else
            for (int i = 1; i + 1 < WARP_WIDE; i++) {
                float beside = min_float(here[i - 1], here[i + 1]),
                      over = min_float(up[i], down[i]);
                out[i] += part * (min_float(here[i], min_float(beside, over)) - here[i]);
            }
    }
}

void warp_thicken(struct warp_frame *frame, float amount)
{
    float last = clamp_float(amount, -1, 1);
    thicken_once(frame, last);
    if (last != amount)
        warp_thicken(frame, amount - last);
}

/* One row of the result, read between four pixels at each of its places (x, y), which are counted
 * in the frame. What lies outside is paper. In three loops, as the first and the last are done
 * several pixels at a time. */
static void sample_row(const struct warp_frame *f, float *x, float *y, float *out)
{
    int at[SIDE];
    float corner[4][SIDE];
    for (int i = 0; i < SIDE; i++) {
        float sx = clamp_float(x[i], 0, WARP_WIDE - 1.5f),
              sy = clamp_float(y[i], 0, WARP_WIDE - 1.5f);
        int col = (int)sx, row = (int)sy;
        at[i] = row * WARP_WIDE + col;
        x[i] = sx - (float)col;
        y[i] = sy - (float)row;
    }
    for (int i = 0; i < SIDE; i++) {
        const float *p = f->at + at[i];
        corner[0][i] = p[0];
        corner[1][i] = p[1];
        corner[2][i] = p[WARP_WIDE];
        corner[3][i] = p[WARP_WIDE + 1];
    }
    for (int i = 0; i < SIDE; i++) {
        float top = corner[0][i] + x[i] * (corner[1][i] - corner[0][i]);
        float bottom = corner[2][i] + x[i] * (corner[3][i] - corner[2][i]);
        out[i] = top + y[i] * (bottom - top);
    }
}

void warp_picture(const struct warp_frame *f, struct warp_matrix from, float shift_x, float shift_y,
                  const struct warp_bend *bend, float *out)
{
    float x[SIDE], y[SIDE];
    for (int row = 0; row < SIDE; row++) {
        float dy = (float)row - middle - shift_y;
        for (int i = 0; i < SIDE; i++) {
            float dx = (float)i - middle - shift_x;
            x[i] = from.xx * dx + from.xy * dy + middle + WARP_MARGIN;
            y[i] = from.yx * dx + from.yy * dy + middle + WARP_MARGIN;
        }
        for (int i = 0; i < SIDE && bend; i++) {
            x[i] += bend->x[row][i];
            y[i] += bend->y[row][i];
        }
        sample_row(f, x, y, out + row * SIDE);
    }
}

/* The ink between paper and full, darker or lighter: powers from a table, as there are many. */
void warp_contrast(float power, float *x)
{
    enum { STEPS = 64 };
    float table[STEPS + 2];
    for (int i = 0; i < STEPS + 2; i++)
        table[i] = powf((float)i / STEPS, power);
    for (int i = 0; i < LEN; i++) {
        float at = clamp_float(x[i], 0, 1) * STEPS;
        int k = (int)at;
        x[i] = table[k] + (at - (float)k) * (table[k + 1] - table[k]);
    }
}

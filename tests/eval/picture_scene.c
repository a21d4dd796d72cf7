/* SPDX-License-Identifier: MIT */
#include "picture_scene.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ink/stroke.h"

enum { SIDE = 28 };

static float *new_plane(int rows, int cols, float shade)
{
    size_t count = (size_t)rows * (size_t)cols;
    float *plane = malloc(count * sizeof *plane);
    if (!plane)
        abort();
    for (size_t i = 0; i < count; i++)
        plane[i] = shade;
    return plane;
}

struct scene scene_new(struct rng *rng, int rows, int cols, float shade)
{
    return (struct scene){
        .rows = rows,
        .cols = cols,
        .ground = new_plane(rows, cols, shade),
        .marks = {rows, cols, new_plane(rows, cols, 0)},
        .ink = {rows, cols, new_plane(rows, cols, 0)},
        .mark_shade = 40,
        .ink_shade = rng_range(rng, 15, 70),
        .rng = rng,
    };
}

void scene_free(struct scene *s)
{
    free(s->ground);
    free(s->marks.grey);
    free(s->ink.grey);
}

/* ---- digits ---------------------------------------------------------------------------------- */

static float pixel_at(const uint8_t *pixels, int row, int col)
{
    return row < 0 || col < 0 || row >= SIDE || col >= SIDE ? 0 : pixels[row * SIDE + col] / 255.0f;
}

static float between(const uint8_t *pixels, float y, float x)
{
    int row = (int)floorf(y), col = (int)floorf(x);
    float v = y - (float)row, u = x - (float)col;
    return (1 - v) * ((1 - u) * pixel_at(pixels, row, col) + u * pixel_at(pixels, row, col + 1)) +
           v * ((1 - u) * pixel_at(pixels, row + 1, col) + u * pixel_at(pixels, row + 1, col + 1));
}

struct scene_box scene_box_of(const uint8_t *pixels, uint8_t least)
{
    int row0 = SIDE, row1 = 0, col0 = SIDE, col1 = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        if (pixels[i] < least)
            continue;
        int row = i / SIDE, col = i % SIDE;
        row0 = row < row0 ? row : row0;
        row1 = row + 1;
        col0 = col < col0 ? col : col0;
        col1 = col >= col1 ? col + 1 : col1;
    }
    return (struct scene_box){(float)col0, (float)row0, (float)(col1 - col0), (float)(row1 - row0)};
}

/* A harder edge than 28x28 pixels have, as a pen leaves. */
static void draw_pixels(struct scene *s, const uint8_t *pixels, struct scene_box at)
{
    struct scene_box from = scene_box_of(pixels, 60);
    float scale = fminf(at.wide / from.wide, at.high / from.high), hard = rng_range(s->rng, 1, 4);
    if (scale < 1)
        hard = 1;
    float x0 = at.x + 0.5f * (at.wide - scale * from.wide);
    float y0 = at.y + 0.5f * (at.high - scale * from.high);
    for (int row = 0; row < s->rows; row++) {
        for (int col = 0; col < s->cols; col++) {
            float y = ((float)row + 0.5f - y0) / scale + from.y - 0.5f;
            float x = ((float)col + 0.5f - x0) / scale + from.x - 0.5f;
            float value = (between(pixels, y, x) - 0.5f) * hard + 0.5f;
            float *to = &s->ink.grey[row * s->cols + col];
            *to = fmaxf(*to, fminf(fmaxf(value, 0), 1));
        }
    }
}

static void draw_strokes(struct scene *s, const struct ink *ink, struct scene_box at)
{
    struct ink_box box;
    if (!ink_bounds(ink, &box))
        return;
    float pen = fminf(at.wide, at.high) * rng_range(s->rng, 0.07f, 0.16f);
    float wide = box.x1 - box.x0, high = box.y1 - box.y0;
    float scale = fminf((at.wide - pen) / fmaxf(wide, 1e-3f), (at.high - pen) / fmaxf(high, 1e-3f));
    float x0 = at.x + 0.5f * (at.wide - scale * wide) - scale * box.x0;
    float y0 = at.y + 0.5f * (at.high - scale * high) - scale * box.y0;
    for (uint32_t i = 0; i < ink->stroke_count; i++) {
        struct ink_stroke stroke = ink->strokes[i];
        for (uint32_t k = 0; k < stroke.count; k++) {
            const struct ink_point *p = &ink->points[stroke.at + k], *q = k > 0 ? p - 1 : p;
            plane_piece(&s->ink, (struct plane_pen){scale * q->x + x0, scale * q->y + y0, pen},
                        (struct plane_pen){scale * p->x + x0, scale * p->y + y0, pen}, 1);
        }
    }
}

void scene_draw(struct scene *s, struct scene_digit digit, struct scene_box at)
{
    if (digit.pixels)
        draw_pixels(s, digit.pixels, at);
    else
        draw_strokes(s, digit.ink, at);
}

void scene_draw_cells(struct scene *s, const uint8_t *pixels, struct scene_box at, float ground)
{
    for (int row = 0; row < s->rows; row++) {
        for (int col = 0; col < s->cols; col++) {
            float y = ((float)row + 0.5f - at.y) / at.high * SIDE;
            float x = ((float)col + 0.5f - at.x) / at.wide * SIDE;
            if (y < 0 || x < 0 || y >= SIDE || x >= SIDE)
                continue;
            s->ground[row * s->cols + col] = ground;
            s->ink.grey[row * s->cols + col] = pixel_at(pixels, (int)y, (int)x);
        }
    }
}

/* ---- marks ----------------------------------------------------------------------------------- */

void scene_line(struct scene *s, float x0, float y0, float x1, float y1, float wide)
{
    plane_piece(&s->marks, (struct plane_pen){x0, y0, wide}, (struct plane_pen){x1, y1, wide}, 1);
}

void scene_rectangle(struct scene *s, struct scene_box at, float wide, float round)
{
    float x1 = at.x + at.wide, y1 = at.y + at.high;
    scene_line(s, at.x + round, at.y, x1 - round, at.y, wide);
    scene_line(s, at.x + round, y1, x1 - round, y1, wide);
    scene_line(s, at.x, at.y + round, at.x, y1 - round, wide);
    scene_line(s, x1, at.y + round, x1, y1 - round, wide);
    for (int i = 0; i < 32 && round > 0; i++) {
        int corner = i / 8;
        float cx = corner == 0 || corner == 3 ? x1 - round : at.x + round;
        float cy = corner < 2 ? y1 - round : at.y + round;
        float a = (float)i * 1.5707963f / 8, b = a + 1.5707963f / 8;
        scene_line(s, cx + round * cosf(a), cy + round * sinf(a), cx + round * cosf(b),
                   cy + round * sinf(b), wide);
    }
}

void scene_text(struct scene *s, struct scene_box at)
{
    float step = 0.7f * at.high, pen = fmaxf(0.12f * at.high, 1);
    for (float x = at.x; x + 0.5f * step < at.x + at.wide; x += step) {
        float px = x, py = at.y + at.high * rng_float(s->rng);
        for (int i = 0; i < 4; i++) {
            float qx = x + 0.6f * step * rng_float(s->rng);
            float qy = at.y + at.high * rng_float(s->rng);
            scene_line(s, px, py, qx, qy, pen);
            px = qx;
            py = qy;
        }
    }
}

void scene_card(struct scene *s, struct scene_box at, float angle, float shade)
{
    float cx = at.x + 0.5f * at.wide, cy = at.y + 0.5f * at.high, c = cosf(angle), n = sinf(angle);
    for (int row = 0; row < s->rows; row++) {
        for (int col = 0; col < s->cols; col++) {
            float dx = (float)col + 0.5f - cx, dy = (float)row + 0.5f - cy;
            float x = fabsf(c * dx + n * dy), y = fabsf(c * dy - n * dx);
            float in = fminf(0.5f * at.wide - x, 0.5f * at.high - y) + 0.5f;
            float *to = &s->ground[row * s->cols + col];
            *to += (shade - *to) * fminf(fmaxf(in, 0), 1);
        }
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

float *scene_join(const struct scene *s)
{
    float *grey = new_plane(s->rows, s->cols, 0);
    for (int i = 0; i < s->rows * s->cols; i++) {
        float shade = s->ground[i];
        shade += (s->mark_shade - shade) * s->marks.grey[i];
        shade += (s->ink_shade - shade) * s->ink.grey[i];
        grey[i] = shade;
    }
    return grey;
}

/* Three boxes in turn are nearly Gauss's bell. */
static void blur_line(float *line, int count, int stride, int reach, float *copy)
{
    for (int i = 0; i < count; i++)
        copy[i] = line[(long)i * stride];
    float sum = 0;
    for (int i = -reach; i <= reach; i++)
        sum += copy[i < 0 ? 0 : i >= count ? count - 1 : i];
    for (int i = 0; i < count; i++) {
        line[(long)i * stride] = sum / (float)(2 * reach + 1);
        int in = i + reach + 1, out = i - reach;
        sum += copy[in >= count ? count - 1 : in] - copy[out < 0 ? 0 : out];
    }
}

void scene_blur(float *grey, int rows, int cols, float deviation)
{
    int reach = (int)(deviation + 0.5f);
    float *copy = new_plane(1, rows > cols ? rows : cols, 0);
    for (int round = 0; round < 3 && reach > 0; round++) {
        for (int row = 0; row < rows; row++)
            blur_line(grey + (long)row * cols, cols, 1, reach, copy);
        for (int col = 0; col < cols; col++)
            blur_line(grey + col, rows, cols, reach, copy);
    }
    free(copy);
}

void scene_noise(float *grey, int rows, int cols, float deviation, struct rng *rng)
{
    for (int i = 0; i < rows * cols; i++)
        grey[i] += deviation * rng_normal(rng);
}

void scene_slant(float *grey, int rows, int cols, float strength, float shade, struct rng *rng)
{
    float *from = new_plane(rows, cols, 0), k[4];
    memcpy(from, grey, (size_t)(rows * cols) * sizeof *from);
    for (int i = 0; i < 4; i++)
        k[i] = rng_range(rng, -strength, strength);
    for (int row = 0; row < rows; row++) {
        for (int col = 0; col < cols; col++) {
            float y = ((float)row + 0.5f) / (float)rows - 0.5f;
            float x = ((float)col + 0.5f) / (float)cols - 0.5f;
            float w = (1 + k[2] * x + k[3] * y) / 1.08f;
            int sy = (int)floorf(((y + k[0] * x) / w + 0.5f) * (float)rows);
            int sx = (int)floorf(((x + k[1] * y) / w + 0.5f) * (float)cols);
            bool in = sy >= 0 && sx >= 0 && sy < rows && sx < cols;
            grey[row * cols + col] = in ? from[sy * cols + sx] : shade;
        }
    }
    free(from);
}

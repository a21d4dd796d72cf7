/* SPDX-License-Identifier: MIT */
#include "sys/raster.h"

#include <math.h>
#include <string.h>

#include "base/clamp.h"
#include "sys/blend.h"

static void lay_pixel(uint32_t *to, ui_color color)
{
    uint32_t alpha = color_alpha(color);
    *to = alpha == 255 ? color_pixel(color) : blend(*to, color_pixel(color), alpha);
}

/* ---- each pixel a square --------------------------------------------------------------------- */

static void raster_squares(const struct raster *raster, const struct ui_image *image,
                           struct paint_rect over, struct paint_rect part)
{
    int *columns = raster_take(raster->room, (size_t)part.w * sizeof *columns);
    if (!columns)
        return;
    for (int x = 0; x < part.w; x++)
        columns[x] = (int)((int64_t)(part.x + x - over.x) * image->cols / over.w);
    for (int y = part.y; y < part.y + part.h; y++) {
        int64_t source = (int64_t)(y - over.y) * image->rows / over.h;
        const uint32_t *from = image->pixels + source * image->cols;
        uint32_t *to = raster->target.pixels + (ptrdiff_t)y * raster->target.stride + part.x;
        for (int x = 0; x < part.w; x++)
            lay_pixel(to + x, from[columns[x]]);
    }
}

/* ---- smooth ---------------------------------------------------------------------------------- */

/* Which source pixels make a pixel of the result along one axis, and how much of each: the two
 * nearest when an image grows, all that it covers when it shrinks. */
struct taps {
    int most;       /* weights kept for each pixel */
    int *first;     /* [len] */
    int *count;     /* [len] */
    float *weights; /* [len][most]; their sum is 1 */
};

static int taps_most(int source, int result)
{
    return source > result ? source / result + 2 : 2;
}

static size_t taps_size(int len, int most)
{
    return (size_t)len * (2 * sizeof(int) + (size_t)most * sizeof(float));
}

static struct taps place_taps(char *room, int len, int most)
{
    struct taps taps = {.most = most};
    taps.weights = (float *)(void *)room;
    taps.first = (int *)(void *)(room + (size_t)len * (size_t)most * sizeof(float));
    taps.count = taps.first + len;
    return taps;
}

static void grow_taps(struct taps *taps, int i, float center, int source)
{
    float place = clamp_float(center - 0.5f, 0, (float)(source - 1));
    int first = (int)place;
    float part = place - (float)first;
    taps->first[i] = first;
    taps->count[i] = first + 1 < source ? 2 : 1;
    taps->weights[i * taps->most] = first + 1 < source ? 1 - part : 1;
    taps->weights[i * taps->most + 1] = part;
}

static void shrink_taps(struct taps *taps, int i, float from, float to, int source)
{
    int first = clamp_int((int)floorf(from), 0, source - 1);
    int last = clamp_int((int)ceilf(to) - 1, first, source - 1);
    last = last - first >= taps->most ? first + taps->most - 1 : last;
    float sum = 0, *weights = taps->weights + i * taps->most;
    for (int j = first; j <= last; j++) {
        weights[j - first] =
            max_float(min_float(to, (float)(j + 1)) - max_float(from, (float)j), 1e-6f);
        sum += weights[j - first];
    }
    for (int j = first; j <= last; j++)
        weights[j - first] /= sum;
    taps->first[i] = first;
    taps->count[i] = last - first + 1;
}

/* The taps of `len` pixels of the result, which begin `start` after its first. */
static void find_taps(struct taps *taps, int source, int result, int start, int len)
{
    float step = (float)source / (float)result;
    for (int i = 0; i < len; i++) {
        float from = (float)(start + i) * step;
        if (source > result)
            shrink_taps(taps, i, from, from + step, source);
        else
            grow_taps(taps, i, from + step / 2, source);
    }
}

/* Adds a row of the source to `sums`, [cols][4] as red, green, blue (times alpha) and alpha. */
static void add_row(float *sums, const uint32_t *from, int cols, float weight)
{
    for (int x = 0; x < cols; x++) {
        float alpha = (float)(from[x] & 255) * weight, part = alpha / 255;
        sums[4 * x] += (float)(from[x] >> 24) * part;
        sums[4 * x + 1] += (float)(from[x] >> 16 & 255) * part;
        sums[4 * x + 2] += (float)(from[x] >> 8 & 255) * part;
        sums[4 * x + 3] += alpha;
    }
}

static ui_color mix_columns(const float *sums, const float *weights, int count)
{
    float mixed[4] = {0};
    for (int i = 0; i < count; i++)
        for (int c = 0; c < 4; c++)
            mixed[c] += weights[i] * sums[4 * i + c];
    if (mixed[3] < 0.5f)
        return 0;
    ui_color color = 0;
    for (int c = 0; c < 3; c++) /* back from times alpha */
        color = color << 8 | (ui_color)min_float(mixed[c] * 255 / mixed[3] + 0.5f, 255);
    return color << 8 | (ui_color)min_float(mixed[3] + 0.5f, 255);
}

static void raster_smooth(const struct raster *raster, const struct ui_image *image,
                          struct paint_rect over, struct paint_rect part)
{
    int across_most = taps_most(image->cols, over.w), down_most = taps_most(image->rows, over.h);
    size_t across_size = taps_size(part.w, across_most), down_size = taps_size(part.h, down_most);
    size_t sums_size = (size_t)image->cols * 4 * sizeof(float);
    char *room = raster_take(raster->room, across_size + down_size + sums_size);
    if (!room)
        return;
    struct taps across = place_taps(room, part.w, across_most);
    struct taps down = place_taps(room + across_size, part.h, down_most);
    float *sums = (float *)(void *)(room + across_size + down_size);
    find_taps(&across, image->cols, over.w, part.x - over.x, part.w);
    find_taps(&down, image->rows, over.h, part.y - over.y, part.h);
    int left = across.first[0];
    int right = across.first[part.w - 1] + across.count[part.w - 1];
    for (int y = 0; y < part.h; y++) {
        memset(sums + 4 * left, 0, (size_t)(right - left) * 4 * sizeof(float));
        for (int i = 0; i < down.count[y]; i++)
            add_row(sums + 4 * left,
                    image->pixels + (ptrdiff_t)(down.first[y] + i) * image->cols + left,
                    right - left, down.weights[y * down.most + i]);
        uint32_t *to = raster->target.pixels +
                       (ptrdiff_t)(part.y + y) * raster->target.stride + part.x;
        for (int x = 0; x < part.w; x++)
            lay_pixel(to + x, mix_columns(sums + 4 * across.first[x],
                                          across.weights + x * across.most, across.count[x]));
    }
}

void raster_image(const struct raster *raster, const struct ui_image *image, struct paint_rect over)
{
    struct paint_rect part = raster_meet(over, raster->clip);
    if (part.w == 0 || part.h == 0 || image->rows <= 0 || image->cols <= 0)
        return;
    bool same = image->rows == over.h && image->cols == over.w;
    if (image->smooth && !same)
        raster_smooth(raster, image, over, part);
    else
        raster_squares(raster, image, over, part);
}

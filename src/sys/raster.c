/* SPDX-License-Identifier: MIT */
#include "sys/raster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clamp.h"
#include "sys/blend.h"
#include "sys/font.h"

/* ---- rectangles and memory ------------------------------------------------------------------- */

struct paint_rect raster_meet(struct paint_rect a, struct paint_rect b)
{
    int x0 = a.x > b.x ? a.x : b.x, x1 = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
    int y0 = a.y > b.y ? a.y : b.y, y1 = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    return (struct paint_rect){x0, y0, x1 > x0 ? x1 - x0 : 0, y1 > y0 ? y1 - y0 : 0};
}

/* Far enough outside any screen, and near enough that sums do not overflow. */
static float limit(float x)
{
    return clamp_float(x, -1e6f, 1e6f);
}

struct paint_rect raster_around(float x0, float y0, float x1, float y1)
{
    int left = (int)floorf(limit(x0)), top = (int)floorf(limit(y0));
    return (struct paint_rect){left, top, (int)ceilf(limit(x1)) - left,
                               (int)ceilf(limit(y1)) - top};
}

void *raster_take(struct raster_room *room, size_t size)
{
    if (size > room->size) {
        free(room->data);
        room->data = malloc(size);
        room->size = room->data ? size : 0;
    }
    return room->data;
}

void raster_free(struct raster_room *room)
{
    free(room->data);
    *room = (struct raster_room){0};
}

/* ---- spans ----------------------------------------------------------------------------------- */

static uint32_t *row_of(const struct raster *raster, int y)
{
    return raster->target.pixels + (ptrdiff_t)y * raster->target.stride;
}

static void fill_span(uint32_t *row, int from, int to, uint32_t pixel, uint32_t alpha)
{
    if (alpha == 255)
        for (int x = from; x < to; x++)
            row[x] = pixel;
    else if (alpha > 0)
        for (int x = from; x < to; x++)
            row[x] = blend(row[x], pixel, alpha);
}

/* The part of a pixel that lies inside a border `distance` away (negative: inside). */
static float coverage(float distance)
{
    return clamp_float(0.5f - distance, 0, 1);
}

/* ---- boxes ----------------------------------------------------------------------------------- */

/* How far (x, y) is from the border of the box; negative inside. */
static float box_distance(const struct raster_box *box, float x, float y)
{
    float qx = max_float(box->x0 - x, x - box->x1) + box->radius;
    float qy = max_float(box->y0 - y, y - box->y1) + box->radius;
    float outside = qx > 0 && qy > 0 ? sqrtf(qx * qx + qy * qy) : max_float(qx, qy);
    return outside - box->radius;
}

struct paint {
    uint32_t pixel, alpha;
};

/* Fill and edge share a pixel by their coverages, so that nothing shines through between them. */
static struct paint box_paint(const struct raster_box *box, float x, float y)
{
    float distance = box_distance(box, x, y);
    float outer = coverage(distance),
          inner = box->width > 0 ? coverage(distance + box->width) : outer;
    float a = inner * (float)color_alpha(box->fill);
    float b = (outer - inner) * (float)color_alpha(box->edge);
    if (a + b < 0.5f)
        return (struct paint){0, 0};
    uint32_t share = (uint32_t)lrintf(255 * b / (a + b));
    return (struct paint){blend(color_pixel(box->fill), color_pixel(box->edge), share),
                          (uint32_t)lrintf(a + b)};
}

static void box_pixels(uint32_t *row, const struct raster_box *box, int from, int to, int y)
{
    for (int x = from; x < to; x++) {
        struct paint paint = box_paint(box, (float)x + 0.5f, (float)y + 0.5f);
        if (paint.alpha > 0)
            row[x] = blend(row[x], paint.pixel, paint.alpha);
    }
}

/* In each row only the pixels near the sides differ from each other. */
void raster_box(const struct raster *raster, const struct raster_box *box)
{
    struct paint_rect part = raster_around(box->x0, box->y0, box->x1, box->y1);
    float corner = max_float(box->radius, box->width) + 1;
    float middle = (box->x0 + box->x1) / 2;
    part = raster_meet(part, raster->clip);
    for (int y = part.y; y < part.y + part.h; y++) {
        float center = (float)y + 0.5f;
        bool straight = center > box->y0 + corner && center < box->y1 - corner;
        float side = straight ? box->width + 1 : corner;
        int from = clamp_int((int)ceilf(limit(box->x0 + side)), part.x, part.x + part.w);
        int to = clamp_int((int)floorf(limit(box->x1 - side)), from, part.x + part.w);
        uint32_t *row = row_of(raster, y);
        box_pixels(row, box, part.x, from, y);
        if (to > from) {
            struct paint paint = box_paint(box, middle, center);
            fill_span(row, from, to, paint.pixel, paint.alpha);
        }
        box_pixels(row, box, to, part.x + part.w, y);
    }
}

/* ---- lines ----------------------------------------------------------------------------------- */

/* The coverage of a line within `part`, collected before any of it is painted. */
struct mask {
    struct paint_rect part;
    int *from, *to;   /* [part.h]: the touched columns of each row; to <= from: none */
    uint8_t *coverage; /* [part.h][part.w] */
};

static bool begin_mask(struct mask *mask, const struct raster *raster, struct paint_rect part)
{
    size_t rows = (size_t)part.h, area = rows * (size_t)part.w;
    char *data = raster_take(raster->room, 2 * rows * sizeof(int) + area);
    if (!data)
        return false;
    *mask = (struct mask){part, (int *)(void *)data, (int *)(void *)data + rows,
                          (uint8_t *)data + 2 * rows * sizeof(int)};
    memset(mask->coverage, 0, area);
    for (int y = 0; y < part.h; y++) {
        mask->from[y] = part.w;
        mask->to[y] = 0;
    }
    return true;
}

struct segment {
    float ax, ay, dx, dy;
    float inverse; /* 1 / length^2, or 0 for a dot */
};

static float distance_squared(const struct segment *s, float x, float y)
{
    float px = x - s->ax, py = y - s->ay;
    float t = clamp_float((px * s->dx + py * s->dy) * s->inverse, 0, 1);
    float ex = px - t * s->dx, ey = py - t * s->dy;
    return ex * ex + ey * ey;
}

/* The columns of the row at `y` that are nearer to the segment than `reach`, or a few more. */
static void segment_columns(const struct segment *s, float y, float reach, float *from, float *to)
{
    float t0 = 0, t1 = 1;
    if (fabsf(s->dy) > 1e-6f) {
        float ta = (y - reach - s->ay) / s->dy, tb = (y + reach - s->ay) / s->dy;
        t0 = clamp_float(min_float(ta, tb), 0, 1);
        t1 = clamp_float(max_float(ta, tb), 0, 1);
    }
    float xa = s->ax + t0 * s->dx, xb = s->ax + t1 * s->dx;
    *from = min_float(xa, xb) - reach;
    *to = max_float(xa, xb) + reach;
}

static void cover_segment(struct mask *mask, const struct segment *s, float radius)
{
    float reach = radius + 0.5f, inside = max_float(radius - 0.5f, 0);
    struct paint_rect part = raster_meet(
        mask->part, raster_around(min_float(s->ax, s->ax + s->dx) - reach,
                                  min_float(s->ay, s->ay + s->dy) - reach,
                                  max_float(s->ax, s->ax + s->dx) + reach,
                                  max_float(s->ay, s->ay + s->dy) + reach));
    for (int y = part.y; y < part.y + part.h; y++) {
        float from, to, center = (float)y + 0.5f;
        segment_columns(s, center, reach, &from, &to);
        int x0 = clamp_int((int)floorf(limit(from)), part.x, part.x + part.w);
        int x1 = clamp_int((int)ceilf(limit(to)), x0, part.x + part.w);
        int line = y - mask->part.y;
        uint8_t *row = mask->coverage + (ptrdiff_t)line * mask->part.w - mask->part.x;
        for (int x = x0; x < x1; x++) {
            if (row[x] == 255)
                continue;
            float d = distance_squared(s, (float)x + 0.5f, center);
            if (d >= reach * reach)
                continue;
            float c = d <= inside * inside && radius > 0.5f ? 1 : coverage(sqrtf(d) - radius);
            uint8_t byte = (uint8_t)lrintf(255 * c);
            row[x] = byte > row[x] ? byte : row[x];
        }
        if (x1 > x0) {
            int a = x0 - mask->part.x, b = x1 - mask->part.x;
            mask->from[line] = a < mask->from[line] ? a : mask->from[line];
            mask->to[line] = b > mask->to[line] ? b : mask->to[line];
        }
    }
}

static void paint_mask(const struct raster *raster, const struct mask *mask, ui_color color)
{
    uint32_t pixel = color_pixel(color), alpha = color_alpha(color);
    for (int y = 0; y < mask->part.h; y++) {
        uint32_t *row = row_of(raster, mask->part.y + y) + mask->part.x;
        const uint8_t *covered = mask->coverage + (size_t)y * (size_t)mask->part.w;
        for (int x = mask->from[y]; x < mask->to[y]; x++)
            if (covered[x])
                row[x] = blend(row[x], pixel, scale_255(covered[x], alpha));
    }
}

/* The smallest rectangle around points. */
static struct paint_rect around_points(const float *points, size_t count, float reach)
{
    float x0 = points[0], y0 = points[1], x1 = x0, y1 = y0;
    for (size_t i = 1; i < count; i++) {
        x0 = min_float(x0, points[2 * i]);
        x1 = max_float(x1, points[2 * i]);
        y0 = min_float(y0, points[2 * i + 1]);
        y1 = max_float(y1, points[2 * i + 1]);
    }
    return raster_around(x0 - reach, y0 - reach, x1 + reach, y1 + reach);
}

static struct segment make_segment(const float *a, const float *b)
{
    struct segment s = {a[0], a[1], b[0] - a[0], b[1] - a[1], 0};
    float length = s.dx * s.dx + s.dy * s.dy;
    if (length > 1e-12f)
        s.inverse = 1 / length;
    return s;
}

void raster_line(const struct raster *raster, const float *points, size_t count, float width,
                 ui_color color)
{
    if (count == 0 || !(width > 0) || color_alpha(color) == 0)
        return;
    if (width < 1) { /* thinner than a pixel: paler instead */
        color = (color & ~0xffu) | (ui_color)lrintf((float)color_alpha(color) * width);
        width = 1;
    }
    float radius = width / 2;
    struct mask mask;
    struct paint_rect part = raster_meet(around_points(points, count, radius + 0.5f), raster->clip);
    if (part.w == 0 || part.h == 0 || !begin_mask(&mask, raster, part))
        return;
    for (size_t i = 0; i + 1 < count || i == 0; i++) {
        const float *a = points + 2 * i, *b = count > 1 ? a + 2 : a;
        struct segment segment = make_segment(a, b);
        cover_segment(&mask, &segment, radius);
    }
    paint_mask(raster, &mask, color);
}

/* ---- polygons -------------------------------------------------------------------------------- */

/* A point is inside an edge where nx * x + ny * y + c, its distance from it, is positive. */
struct edge {
    float nx, ny, c;
};

static float twice_area(const float *points, size_t count)
{
    float sum = 0;
    for (size_t i = 0; i < count; i++) {
        const float *a = points + 2 * i, *b = points + 2 * ((i + 1) % count);
        sum += (a[0] - points[0]) * (b[1] - points[1]) - (b[0] - points[0]) * (a[1] - points[1]);
    }
    return sum;
}

static size_t make_edges(struct edge *edges, const float *points, size_t count)
{
    float sign = twice_area(points, count) > 0 ? 1 : -1;
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const float *a = points + 2 * i, *b = points + 2 * ((i + 1) % count);
        float dx = b[0] - a[0], dy = b[1] - a[1], length = sqrtf(dx * dx + dy * dy);
        if (length < 1e-6f)
            continue;
        struct edge edge = {-dy / length * sign, dx / length * sign, 0};
        edge.c = -(edge.nx * a[0] + edge.ny * a[1]);
        edges[used++] = edge;
    }
    return used;
}

/* Narrows from .. to to the columns of a row that are at least `depth` inside every edge. */
static void inside_columns(const struct edge *edges, size_t count, float y, float depth,
                           float *from, float *to)
{
    for (size_t i = 0; i < count; i++) {
        float rest = depth - edges[i].ny * y - edges[i].c;
        if (fabsf(edges[i].nx) < 1e-6f) {
            if (rest > 0)
                *to = *from;
        } else if (edges[i].nx > 0) {
            *from = max_float(*from, rest / edges[i].nx);
        } else {
            *to = min_float(*to, rest / edges[i].nx);
        }
    }
}

void raster_polygon(const struct raster *raster, const float *points, size_t count, ui_color fill)
{
    if (count < 3)
        return;
    struct paint_rect part = raster_meet(around_points(points, count, 0.5f), raster->clip);
    struct edge *edges = raster_take(raster->room, count * sizeof *edges);
    if (!edges)
        return;
    count = make_edges(edges, points, count);
    for (int y = part.y; y < part.y + part.h; y++) {
        float center = (float)y + 0.5f, from = (float)part.x, to = (float)(part.x + part.w);
        inside_columns(edges, count, center, -0.5f, &from, &to);
        int x0 = clamp_int((int)floorf(from - 0.5f), part.x, part.x + part.w);
        int x1 = clamp_int((int)ceilf(to + 0.5f), x0, part.x + part.w);
        uint32_t *row = row_of(raster, y);
        for (int x = x0; x < x1; x++) {
            float depth = 1;
            for (size_t i = 0; i < count; i++)
                depth = min_float(depth, edges[i].nx * ((float)x + 0.5f) + edges[i].ny * center +
                                         edges[i].c);
            uint32_t covered = (uint32_t)lrintf(255 * coverage(-depth));
            if (covered)
                row[x] = blend(row[x], color_pixel(fill), scale_255(covered, color_alpha(fill)));
        }
    }
}

/* ---- glyphs ---------------------------------------------------------------------------------- */

void raster_glyph(const struct raster *raster, const struct font_glyph *glyph, int x, int y,
                  const uint8_t contrast[256], ui_color color)
{
    struct paint_rect whole = {x + glyph->left, y + glyph->top, glyph->width, glyph->height};
    struct paint_rect part = raster_meet(whole, raster->clip);
    uint32_t pixel = color_pixel(color), alpha = color_alpha(color);
    for (int row = part.y; row < part.y + part.h; row++) {
        const uint8_t *from = glyph->coverage + (ptrdiff_t)(row - whole.y) * glyph->width - whole.x;
        uint32_t *to = row_of(raster, row);
        for (int column = part.x; column < part.x + part.w; column++)
            if (from[column])
                to[column] = blend(to[column], pixel, scale_255(contrast[from[column]], alpha));
    }
}

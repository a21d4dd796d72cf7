/* look.h -- how a list of shapes looks, for tests: a number that differs where anything does, and
 * where a shape may paint.
 */
#ifndef TESTS_LOOK_H
#define TESTS_LOOK_H

#include <math.h>

#include "base/hash.h"
#include "ui/shape.h"

static inline uint64_t look_of_shape(const struct ui_shapes *shapes, const struct ui_shape *s)
{
    const float lengths[] = {s->rect.x, s->rect.y, s->rect.w, s->rect.h,
                             s->radius, s->width,  s->size};
    const uint64_t words[] = {s->kind, s->fill, s->edge, s->font, s->count};
    uint64_t hash = hash_bytes(hash_bytes(0, words, sizeof words), lengths, sizeof lengths);
    if (s->kind == UI_SHAPE_TEXT)
        hash = hash_bytes(hash, shapes->text + s->at, s->count);
    if (s->kind == UI_SHAPE_LINE || s->kind == UI_SHAPE_POLYGON)
        hash = hash_bytes(hash, shapes->points + s->at, 2 * s->count * sizeof(float));
    if (s->kind == UI_SHAPE_IMAGE)
        hash = hash_bytes(hash, s->image.pixels,
                          (size_t)s->image.rows * (size_t)s->image.cols * sizeof(uint32_t));
    return hash;
}

static inline uint64_t look_of(const struct ui_shapes *shapes)
{
    uint64_t hash = shapes->count;
    for (size_t i = 0; i < shapes->count; i++)
        hash = hash_mix(hash, look_of_shape(shapes, &shapes->items[i]));
    return hash;
}

/* The rectangle outside which a shape paints nothing, a pixel of smoothing included. */
static inline struct ui_rect look_bounds(const struct ui_shapes *shapes, const struct ui_shape *s)
{
    float x0 = s->rect.x, y0 = s->rect.y, x1 = x0 + s->rect.w, y1 = y0 + s->rect.h, beside = 1;
    if (s->kind == UI_SHAPE_LINE || s->kind == UI_SHAPE_POLYGON) {
        const float *points = shapes->points + s->at;
        x0 = y0 = INFINITY, x1 = y1 = -INFINITY;
        for (uint32_t i = 0; i < s->count; i++) {
            x0 = fminf(x0, points[2 * i]), x1 = fmaxf(x1, points[2 * i]);
            y0 = fminf(y0, points[2 * i + 1]), y1 = fmaxf(y1, points[2 * i + 1]);
        }
        beside = s->width / 2 + 1;
    }
    float aside = s->kind == UI_SHAPE_TEXT ? s->size / 4 : beside; /* a slanted letter's reach */
    return (struct ui_rect){x0 - aside, y0 - beside, x1 - x0 + 2 * aside, y1 - y0 + 2 * beside};
}

#endif

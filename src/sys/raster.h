/* raster.h -- turns one shape into pixels: the painter's hands.
 *
 * Everything is in pixels and inside `clip`, which lies in the target. Edges are smoothed by
 * coverage, the part of a pixel that a shape covers, found from the distance to the shape's border.
 * What is already there counts as opaque.
 */
#ifndef SYS_RASTER_H
#define SYS_RASTER_H

#include <stddef.h>
#include <stdint.h>

#include "sys/target.h"
#include "ui/shape.h"

struct font_glyph;

/* Room that is kept from shape to shape; begins as {0}, ends with raster_free. Where it cannot
 * grow, the shape is left out. */
struct raster_room {
    void *data;
    size_t size;
};
void raster_free(struct raster_room *room);

struct raster {
    struct paint_target target;
    struct paint_rect clip;
    struct raster_room *room;
};

/* A box with an edge of `width` inside it; covers (x0, y0) to (x1, y1). */
struct raster_box {
    float x0, y0, x1, y1, radius, width;
    ui_color fill, edge;
};
void raster_box(const struct raster *raster, const struct raster_box *box);

/* A line through `count` points x, y, with round ends and joints. Where it crosses itself a
 * translucent colour is laid on once. */
void raster_line(const struct raster *raster, const float *points, size_t count, float width,
                 ui_color color);

/* A convex polygon, either way round. */
void raster_polygon(const struct raster *raster, const float *points, size_t count, ui_color fill);

/* A glyph with its origin at (x, y). `contrast` says how strongly each coverage shows. */
void raster_glyph(const struct raster *raster, const struct font_glyph *glyph, int x, int y,
                  const uint8_t contrast[256], ui_color color);

/* An image stretched over `over`. */
void raster_image(const struct raster *raster, const struct ui_image *image,
                  struct paint_rect over);

/* The part of both; w and h are at least 0. */
struct paint_rect raster_meet(struct paint_rect a, struct paint_rect b);

/* The pixels that an area with fractional borders touches. */
struct paint_rect raster_around(float x0, float y0, float x1, float y1);

/* At least that many bytes for one shape; NULL where memory is short. */
void *raster_take(struct raster_room *room, size_t size);

#endif

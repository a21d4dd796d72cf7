/* SPDX-License-Identifier: MIT */
#include "sys/paint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clamp.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/language.h"
#include "sys/blend.h"
#include "sys/font.h"
#include "sys/raster.h"

enum {
    CELL = 64,           /* pixels along the side of a cell */
    CONTRAST_LEVELS = 8, /* from dark text to light text */
};

struct cell {
    uint64_t now, old; /* hashes of all that touches it */
    size_t last;       /* 1 + the index of the shape that touched it last in this frame */
};

/* Where a shape can leave pixels. */
struct place {
    struct paint_rect bounds, clip; /* in pixels; the bounds are within the clip */
};

struct frame {
    struct paint_target target;
    const struct ui_shapes *shapes;
    float scale;
    ui_color ground;
};

struct painter {
    struct fonts *fonts;
    struct raster_room room;
    float *points; /* of one line or polygon, in pixels */
    size_t point_room;
    struct place *places; /* of each shape */
    size_t place_room;
    struct cell *cells; /* [rows][cols] */
    struct paint_rect *dirty;
    int cols, rows;
    struct frame last; /* what `old` of the cells is about; its shapes are gone */
    bool known;        /* whether `last` is of use */
    uint8_t contrast[CONTRAST_LEVELS][256];
};

/* ---- making ---------------------------------------------------------------------------------- */

/* Blending with the pixels' sRGB values makes light text on dark thinner than it is, so that its
 * coverage is raised; dark text comes out right. */
static void fill_contrast(uint8_t contrast[CONTRAST_LEVELS][256])
{
    for (int level = 0; level < CONTRAST_LEVELS; level++) {
        float exponent = 1 - 0.22f * (float)level / (CONTRAST_LEVELS - 1);
        for (int i = 0; i < 256; i++)
            contrast[level][i] = (uint8_t)lrintf(255 * powf((float)i / 255, exponent));
    }
}

struct painter *painter_new(struct fonts *fonts, struct err *err)
{
    struct painter *painter = calloc(1, sizeof *painter);
    if (!painter) {
        err_memory(err, _("the painter"));
        return NULL;
    }
    painter->fonts = fonts;
    fill_contrast(painter->contrast);
    return painter;
}

void painter_free(struct painter *painter)
{
    if (!painter)
        return;
    raster_free(&painter->room);
    free(painter->points);
    free(painter->places);
    free(painter->cells);
    free(painter->dirty);
    free(painter);
}

void painter_forget(struct painter *painter)
{
    painter->known = false;
}

/* ---- from points to pixels ------------------------------------------------------------------- */

static float snap(float x)
{
    return floorf(x + 0.5f);
}

/* A rectangle on whole pixels; what has a size keeps at least one. */
static struct paint_rect snap_rect(struct ui_rect rect, float scale)
{
    float x0 = snap(rect.x * scale), x1 = snap((rect.x + rect.w) * scale);
    float y0 = snap(rect.y * scale), y1 = snap((rect.y + rect.h) * scale);
    if (!(rect.w > 0 && rect.h > 0))
        return (struct paint_rect){0};
    return raster_around(x0, y0, max_float(x1, x0 + 1), max_float(y1, y0 + 1));
}

static bool is_dot(const struct ui_shape *shape)
{
    return fabsf(shape->rect.w - shape->rect.h) < 0.01f &&
           shape->radius > shape->rect.w / 2 - 0.01f;
}

static struct raster_box make_box(const struct ui_shape *shape, float scale)
{
    struct raster_box box = {.fill = shape->fill, .edge = shape->edge};
    if (is_dot(shape)) {
        box.x0 = shape->rect.x * scale;
        box.y0 = shape->rect.y * scale;
        box.x1 = box.x0 + shape->rect.w * scale;
        box.y1 = box.y0 + shape->rect.h * scale;
    } else {
        struct paint_rect on = snap_rect(shape->rect, scale);
        box.x0 = (float)on.x;
        box.y0 = (float)on.y;
        box.x1 = (float)(on.x + on.w);
        box.y1 = (float)(on.y + on.h);
    }
    box.width = shape->width > 0 ? max_float(snap(shape->width * scale), 1) : 0;
    box.radius = min_float(shape->radius * scale, min_float(box.x1 - box.x0, box.y1 - box.y0) / 2);
    return box;
}

/* Level and upright lines, such as those of a grid, are put on whole pixels. */
static float snap_straight(float *points, float width)
{
    int axis = points[0] == points[2] ? 0 : points[1] == points[3] ? 1 : -1;
    if (axis < 0 || width > 4)
        return width;
    float whole = max_float(snap(width), 1);
    float at = snap(points[axis] - whole / 2) + whole / 2;
    points[axis] = points[axis + 2] = at;
    return whole;
}

/* The points of a shape in pixels, in painter->points; NULL where memory is short. */
static float *scale_points(struct painter *painter, const struct frame *frame,
                           const struct ui_shape *shape)
{
    size_t len = 2 * (size_t)shape->count;
    const float *from = frame->shapes->points + shape->at;
    if (len > painter->point_room) {
        float *more = realloc(painter->points, 2 * len * sizeof *more);
        if (!more)
            return NULL;
        painter->points = more;
        painter->point_room = 2 * len;
    }
    for (size_t i = 0; i < len; i++)
        painter->points[i] = from[i] * frame->scale;
    return painter->points;
}

static float line_width(const struct ui_shape *shape, float *points, float scale)
{
    float width = shape->width * scale;
    return shape->count == 2 ? snap_straight(points, width) : width;
}

/* The base line of a text, in points from the top of its rectangle. */
static float base_line(struct painter *painter, const struct ui_shape *shape)
{
    float height = fonts_height(painter->fonts, shape->font, shape->size);
    return (shape->rect.h - height) / 2 + fonts_ascent(painter->fonts, shape->font, shape->size);
}

/* ---- bounds ---------------------------------------------------------------------------------- */

static struct paint_rect point_bounds(struct painter *painter, const struct frame *frame,
                                      const struct ui_shape *shape)
{
    float *points = shape->count > 0 ? scale_points(painter, frame, shape) : NULL;
    if (!points)
        return (struct paint_rect){0};
    float x0 = points[0], x1 = x0, y0 = points[1], y1 = y0;
    for (size_t i = 1; i < shape->count; i++) {
        x0 = min_float(x0, points[2 * i]);
        x1 = max_float(x1, points[2 * i]);
        y0 = min_float(y0, points[2 * i + 1]);
        y1 = max_float(y1, points[2 * i + 1]);
    }
    float reach = shape->kind == UI_SHAPE_LINE ? shape->width * frame->scale / 2 + 2 : 1;
    return raster_around(x0 - reach, y0 - reach, x1 + reach, y1 + reach);
}

/* Letters may reach out of the text's rectangle a little; they are painted no further than this. */
static struct paint_rect text_bounds(struct painter *painter, const struct frame *frame,
                                     const struct ui_shape *shape)
{
    if (!painter->fonts || shape->count == 0)
        return (struct paint_rect){0};
    float width = fonts_width(painter->fonts, shape->font, shape->size,
                              ui_shape_text(frame->shapes, shape), shape->count);
    float base = shape->rect.y + base_line(painter, shape), scale = frame->scale;
    return raster_around((shape->rect.x - shape->size / 2) * scale,
                         (base - 1.25f * shape->size) * scale,
                         (shape->rect.x + width + shape->size / 2) * scale,
                         (base + 0.6f * shape->size) * scale);
}

static struct paint_rect shape_bounds(struct painter *painter, const struct frame *frame,
                                      const struct ui_shape *shape)
{
    struct raster_box box;
    switch (shape->kind) {
    case UI_SHAPE_BOX:
        box = make_box(shape, frame->scale);
        return raster_around(box.x0 - 0.5f, box.y0 - 0.5f, box.x1 + 0.5f, box.y1 + 0.5f);
    case UI_SHAPE_TEXT:
        return text_bounds(painter, frame, shape);
    case UI_SHAPE_LINE:
    case UI_SHAPE_POLYGON:
        return point_bounds(painter, frame, shape);
    case UI_SHAPE_IMAGE:
    case UI_SHAPE_CLIP:
        return snap_rect(shape->rect, frame->scale);
    }
    return (struct paint_rect){0};
}

static struct paint_rect whole_target(const struct frame *frame)
{
    return (struct paint_rect){0, 0, frame->target.width, frame->target.height};
}

static bool find_places(struct painter *painter, const struct frame *frame)
{
    const struct ui_shapes *shapes = frame->shapes;
    if (shapes->count > painter->place_room) {
        free(painter->places);
        painter->place_room = 2 * shapes->count;
        painter->places = malloc(painter->place_room * sizeof *painter->places);
        if (!painter->places) {
            painter->place_room = 0;
            return false;
        }
    }
    struct paint_rect whole = whole_target(frame), clip = whole;
    for (size_t i = 0; i < shapes->count; i++) {
        struct paint_rect bounds = shape_bounds(painter, frame, &shapes->items[i]);
        if (shapes->items[i].kind == UI_SHAPE_CLIP)
            clip = raster_meet(bounds, whole);
        painter->places[i] = (struct place){raster_meet(bounds, clip), clip};
    }
    return true;
}

/* ---- painting -------------------------------------------------------------------------------- */

static int text_level(ui_color color)
{
    uint32_t light = 3 * (color >> 24) + 6 * (color >> 16 & 255) + (color >> 8 & 255);
    return (int)(light * (CONTRAST_LEVELS - 1) / (10 * 255));
}

static void paint_text(struct painter *painter, const struct frame *frame,
                       const struct raster *raster, const struct ui_shape *shape)
{
    struct font_walk walk = fonts_walk(painter->fonts, shape->font, shape->size,
                                       ui_shape_text(frame->shapes, shape), shape->count);
    const uint8_t *contrast = painter->contrast[text_level(shape->fill)];
    int y = (int)snap((shape->rect.y + base_line(painter, shape)) * frame->scale);
    while (font_next(&walk)) {
        int place = (int)snap((shape->rect.x + walk.x) * frame->scale * FONT_PHASES);
        int phase = place & (FONT_PHASES - 1);
        const struct font_glyph *glyph = font_glyph(
            painter->fonts, walk.face, walk.character, shape->size * frame->scale, phase);
        if (glyph)
            raster_glyph(raster, glyph, (place - phase) / FONT_PHASES, y, contrast, shape->fill);
    }
}

static void paint_shape(struct painter *painter, const struct frame *frame,
                        const struct raster *raster, const struct ui_shape *shape)
{
    struct raster_box box;
    float *points;
    switch (shape->kind) {
    case UI_SHAPE_BOX:
        box = make_box(shape, frame->scale);
        raster_box(raster, &box);
        break;
    case UI_SHAPE_TEXT:
        paint_text(painter, frame, raster, shape);
        break;
    case UI_SHAPE_LINE:
        if ((points = scale_points(painter, frame, shape)) != NULL)
            raster_line(raster, points, shape->count, line_width(shape, points, frame->scale),
                        shape->fill);
        break;
    case UI_SHAPE_POLYGON:
        if ((points = scale_points(painter, frame, shape)) != NULL)
            raster_polygon(raster, points, shape->count, shape->fill);
        break;
    case UI_SHAPE_IMAGE:
        raster_image(raster, &shape->image, snap_rect(shape->rect, frame->scale));
        break;
    case UI_SHAPE_CLIP:
        break;
    }
}

static void paint_part(struct painter *painter, const struct frame *frame, struct paint_rect part)
{
    uint32_t ground = color_pixel(frame->ground);
    for (int y = part.y; y < part.y + part.h; y++) {
        uint32_t *row = frame->target.pixels + (ptrdiff_t)y * frame->target.stride;
        for (int x = part.x; x < part.x + part.w; x++)
            row[x] = ground;
    }
    struct raster raster = {.target = frame->target, .room = &painter->room};
    for (size_t i = 0; i < frame->shapes->count; i++) {
        raster.clip = raster_meet(painter->places[i].bounds, part);
        if (raster.clip.w > 0 && raster.clip.h > 0)
            paint_shape(painter, frame, &raster, &frame->shapes->items[i]);
    }
}

void paint_all(struct painter *painter, const struct paint_target *target,
               const struct ui_shapes *shapes, float scale, ui_color ground)
{
    struct frame frame = {*target, shapes, scale, ground};
    if (find_places(painter, &frame))
        paint_part(painter, &frame, whole_target(&frame));
}

/* ---- what changed ---------------------------------------------------------------------------- */

/* What a shape looks like, but for its points and pixels, which belong to cells. */
static uint64_t hash_shape(const struct frame *frame, const struct ui_shape *shape)
{
    uint64_t hash = hash_mix(shape->kind, (uint64_t)shape->fill << 32 | shape->edge);
    hash = hash_bytes(hash, &shape->radius, sizeof shape->radius);
    hash = hash_bytes(hash, &shape->width, sizeof shape->width);
    if (shape->kind != UI_SHAPE_LINE && shape->kind != UI_SHAPE_POLYGON)
        hash = hash_bytes(hash, &shape->rect, sizeof shape->rect);
    if (shape->kind == UI_SHAPE_TEXT) {
        hash = hash_mix(hash, shape->font);
        hash = hash_bytes(hash, &shape->size, sizeof shape->size);
        hash = hash_bytes(hash, ui_shape_text(frame->shapes, shape), shape->count);
    }
    if (shape->kind == UI_SHAPE_POLYGON)
        hash =
            hash_bytes(hash, frame->shapes->points + shape->at, 2 * shape->count * sizeof(float));
    if (shape->kind == UI_SHAPE_LINE) /* two points may be put on whole pixels */
        hash = hash_mix(hash, shape->count == 2);
    if (shape->kind == UI_SHAPE_IMAGE)
        hash = hash_mix(hash, (uint64_t)shape->image.rows << 32 ^ (uint64_t)shape->image.cols << 1 ^
                                  shape->image.smooth);
    return hash;
}

/* When a shape touches a cell for the first time, its clip as the cell sees it goes in too; this
 * also tells where one shape ends and the next begins. */
static void touch_cell(struct painter *painter, int col, int row, size_t shape, uint64_t hash)
{
    struct cell *cell = &painter->cells[row * painter->cols + col];
    if (cell->last != shape + 1) {
        struct paint_rect square = {col * CELL, row * CELL, CELL, CELL};
        struct paint_rect seen = raster_meet(square, painter->places[shape].clip);
        cell->last = shape + 1;
        cell->now = hash_bytes(cell->now + 1, &seen, sizeof seen);
    }
    cell->now = hash_mix(cell->now, hash);
}

struct cell_range {
    int col, row, col_end, row_end;
};

static struct cell_range cells_of(struct paint_rect rect)
{
    if (rect.w <= 0 || rect.h <= 0)
        return (struct cell_range){0};
    return (struct cell_range){rect.x / CELL, rect.y / CELL, (rect.x + rect.w - 1) / CELL + 1,
                               (rect.y + rect.h - 1) / CELL + 1};
}

static void touch_rect(struct painter *painter, struct paint_rect rect, size_t shape,
                       uint64_t hash)
{
    struct cell_range range = cells_of(rect);
    for (int row = range.row; row < range.row_end; row++)
        for (int col = range.col; col < range.col_end; col++)
            touch_cell(painter, col, row, shape, hash);
}

/* Segment by segment, so that a line that grows at one end changes only the cells there. */
static void touch_line(struct painter *painter, const struct frame *frame, size_t i, uint64_t hash)
{
    const struct ui_shape *shape = &frame->shapes->items[i];
    const float *points = frame->shapes->points + shape->at;
    float scale = frame->scale, reach = shape->width * scale / 2 + 2;
    for (size_t k = 0; k + 1 < shape->count || k == 0; k++) {
        const float *a = points + 2 * k, *b = shape->count > 1 ? a + 2 : a;
        struct paint_rect around = raster_around(
            min_float(a[0], b[0]) * scale - reach, min_float(a[1], b[1]) * scale - reach,
            max_float(a[0], b[0]) * scale + reach, max_float(a[1], b[1]) * scale + reach);
        uint64_t here = hash_bytes(hash, a, 2 * sizeof *a);
        here = hash_bytes(here, b, 2 * sizeof *b);
        touch_rect(painter, raster_meet(around, painter->places[i].bounds), i, here);
    }
}

/* The pixels of an image's source that a stretch of the result, from .. to, is made of. */
static void source_range(int source, int start, int len, int from, int to, int *first, int *end)
{
    int64_t a = (int64_t)(from - start) * source / len - 2;
    int64_t b = (int64_t)(to - start) * source / len + 3;
    *first = a > 0 ? (int)a : 0;
    *end = b < source ? (int)b : source;
}

/* Cell by cell with the pixels that it shows, so that ink that grows changes only its cells. */
static void touch_image(struct painter *painter, const struct frame *frame, size_t i, uint64_t hash)
{
    const struct ui_image *image = &frame->shapes->items[i].image;
    struct paint_rect over = snap_rect(frame->shapes->items[i].rect, frame->scale);
    struct cell_range range = cells_of(painter->places[i].bounds);
    for (int row = range.row; row < range.row_end; row++)
        for (int col = range.col; col < range.col_end; col++) {
            struct paint_rect square = {col * CELL, row * CELL, CELL, CELL};
            struct paint_rect seen = raster_meet(square, painter->places[i].bounds);
            int x0, x1, y0, y1;
            uint64_t here = hash;
            source_range(image->cols, over.x, over.w, seen.x, seen.x + seen.w, &x0, &x1);
            source_range(image->rows, over.y, over.h, seen.y, seen.y + seen.h, &y0, &y1);
            for (int y = y0; y < y1; y++)
                here = hash_bytes(here, image->pixels + (ptrdiff_t)y * image->cols + x0,
                                  (size_t)(x1 - x0) * sizeof *image->pixels);
            touch_cell(painter, col, row, i, here);
        }
}

static void hash_cells(struct painter *painter, const struct frame *frame)
{
    for (int i = 0; i < painter->cols * painter->rows; i++) {
        painter->cells[i].now = 0;
        painter->cells[i].last = 0;
    }
    for (size_t i = 0; i < frame->shapes->count; i++) {
        const struct ui_shape *shape = &frame->shapes->items[i];
        struct paint_rect bounds = painter->places[i].bounds;
        if (shape->kind == UI_SHAPE_CLIP || bounds.w == 0 || bounds.h == 0)
            continue;
        uint64_t hash = hash_shape(frame, shape);
        if (shape->kind == UI_SHAPE_LINE)
            touch_line(painter, frame, i, hash);
        else if (shape->kind == UI_SHAPE_IMAGE)
            touch_image(painter, frame, i, hash);
        else
            touch_rect(painter, bounds, i, hash);
    }
}

/* Cells for that size; what they knew is lost. */
static bool make_cells(struct painter *painter, const struct paint_target *target)
{
    int cols = (target->width + CELL - 1) / CELL, rows = (target->height + CELL - 1) / CELL;
    size_t count = (size_t)cols * (size_t)rows;
    if (cols != painter->cols || rows != painter->rows) {
        free(painter->cells);
        free(painter->dirty);
        painter->cells = calloc(count + 1, sizeof *painter->cells);
        painter->dirty = calloc(count + 1, sizeof *painter->dirty);
        painter->cols = painter->cells && painter->dirty ? cols : 0;
        painter->rows = painter->cells && painter->dirty ? rows : 0;
    }
    return painter->cells && painter->dirty;
}

static bool same_frame(const struct frame *a, const struct frame *b)
{
    return a->target.pixels == b->target.pixels && a->target.width == b->target.width &&
           a->target.height == b->target.height && a->target.stride == b->target.stride &&
           a->scale == b->scale && a->ground == b->ground;
}

/* Adds a rectangle, or lets one just above it, as wide, grow. */
static int add_dirty(struct painter *painter, int count, struct paint_rect rect)
{
    for (int i = count - 1; i >= 0; i--) {
        struct paint_rect *above = &painter->dirty[i];
        if (above->x == rect.x && above->w == rect.w && above->y + above->h == rect.y) {
            above->h += rect.h;
            return count;
        }
    }
    painter->dirty[count] = rect;
    return count + 1;
}

static int find_dirty(struct painter *painter, struct paint_rect whole)
{
    int count = 0;
    for (int row = 0; row < painter->rows; row++)
        for (int col = 0; col < painter->cols; col++) {
            const struct cell *cells = painter->cells + row * painter->cols;
            int from = col;
            while (col < painter->cols && cells[col].now != cells[col].old)
                col++;
            struct paint_rect run = {from * CELL, row * CELL, (col - from) * CELL, CELL};
            if (col > from)
                count = add_dirty(painter, count, raster_meet(run, whole));
        }
    return count;
}

int paint_changes(struct painter *painter, const struct paint_target *target,
                  const struct ui_shapes *shapes, float scale, ui_color ground,
                  const struct paint_rect **rects)
{
    struct frame frame = {*target, shapes, scale, ground};
    bool known = painter->known && same_frame(&frame, &painter->last);
    painter->known = false;
    if (!find_places(painter, &frame) || !make_cells(painter, target))
        return 0;
    hash_cells(painter, &frame);
    int count = 1;
    painter->dirty[0] = whole_target(&frame);
    if (known)
        count = find_dirty(painter, whole_target(&frame));
    for (int i = 0; i < count; i++)
        paint_part(painter, &frame, painter->dirty[i]);
    for (int i = 0; i < painter->cols * painter->rows; i++)
        painter->cells[i].old = painter->cells[i].now;
    frame.shapes = NULL;
    painter->last = frame;
    painter->known = true;
    *rects = painter->dirty;
    return count;
}

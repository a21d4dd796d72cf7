/* SPDX-License-Identifier: MIT */
#include "ui/shape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- making ---- */

void ui_shapes_reset(struct ui_shapes *shapes)
{
    shapes->count = shapes->text_len = shapes->point_len = 0;
    shapes->failed = false;
}

void ui_shapes_free(struct ui_shapes *shapes)
{
    free(shapes->items);
    free(shapes->text);
    free(shapes->points);
    *shapes = (struct ui_shapes){0};
}

/* Makes room for `need` elements of `size` bytes in *data. */
static bool make_room(void **data, size_t *room, size_t need, size_t size)
{
    if (need <= *room)
        return true;
    size_t more = *room ? *room * 2 : 256;
    if (more < need)
        more = need;
    void *bigger = realloc(*data, more * size);
    if (!bigger)
        return false;
    *data = bigger;
    *room = more;
    return true;
}

static bool room_for(struct ui_shapes *s, size_t text, size_t points)
{
    void *items = s->items, *bytes = s->text, *pairs = s->points;
    bool ok = make_room(&items, &s->room, s->count + 1, sizeof *s->items);
    s->items = items;
    ok = ok && make_room(&bytes, &s->text_room, s->text_len + text, 1);
    s->text = bytes;
    ok = ok && make_room(&pairs, &s->point_room, s->point_len + points, sizeof *s->points);
    s->points = pairs;
    s->failed |= !ok;
    return ok;
}

static void push(struct ui_shapes *shapes, struct ui_shape shape)
{
    if (room_for(shapes, 0, 0))
        shapes->items[shapes->count++] = shape;
}

void ui_push_box(struct ui_shapes *shapes, struct ui_rect rect, float radius, ui_color fill,
                 ui_color edge, float width)
{
    push(shapes, (struct ui_shape){.kind = UI_SHAPE_BOX, .rect = rect, .radius = radius,
                                   .fill = fill, .edge = edge, .width = width});
}

void ui_push_dashes(struct ui_shapes *shapes, struct ui_rect rect, float width, ui_color color)
{
    static const float dash = 5, gap = 4;
    float right = rect.x + rect.w, below = rect.y + rect.h;
    for (float d = 0; d < rect.w; d += dash + gap) {
        float length = fminf(dash, rect.w - d);
        ui_push_box(shapes, (struct ui_rect){rect.x + d, rect.y, length, width}, 0, color, 0, 0);
        ui_push_box(shapes, (struct ui_rect){rect.x + d, below, length, width}, 0, color, 0, 0);
    }
    for (float d = 0; d < rect.h; d += dash + gap) {
        float length = fminf(dash, rect.h - d);
        ui_push_box(shapes, (struct ui_rect){rect.x, rect.y + d, width, length}, 0, color, 0, 0);
        ui_push_box(shapes, (struct ui_rect){right, rect.y + d, width, length}, 0, color, 0, 0);
    }
}

void ui_push_dot(struct ui_shapes *shapes, float x, float y, float radius, ui_color fill)
{
    struct ui_rect rect = {x - radius, y - radius, 2 * radius, 2 * radius};
    ui_push_box(shapes, rect, radius, fill, 0, 0);
}

void ui_push_text(struct ui_shapes *shapes, struct ui_rect rect, enum ui_font font, float size,
                  ui_color color, const char *text, size_t len)
{
    if (len == 0 || !room_for(shapes, len + 1, 0))
        return;
    uint32_t at = (uint32_t)shapes->text_len;
    memcpy(shapes->text + at, text, len);
    shapes->text[at + len] = 0;
    shapes->text_len += len + 1;
    push(shapes, (struct ui_shape){.kind = UI_SHAPE_TEXT, .rect = rect, .fill = color,
                                   .font = font, .size = size, .at = at, .count = (uint32_t)len});
}

static void push_points(struct ui_shapes *shapes, struct ui_shape shape, const float *points)
{
    size_t len = 2 * (size_t)shape.count;
    if (len == 0 || !room_for(shapes, 0, len))
        return;
    shape.at = (uint32_t)shapes->point_len;
    memcpy(shapes->points + shapes->point_len, points, len * sizeof *points);
    shapes->point_len += len;
    push(shapes, shape);
}

void ui_push_line(struct ui_shapes *shapes, const float *points, uint32_t count, float width,
                  ui_color color)
{
    push_points(shapes, (struct ui_shape){.kind = UI_SHAPE_LINE, .fill = color, .width = width,
                                          .count = count}, points);
}

void ui_push_polygon(struct ui_shapes *shapes, const float *points, uint32_t count, ui_color fill)
{
    push_points(shapes, (struct ui_shape){.kind = UI_SHAPE_POLYGON, .fill = fill, .count = count},
                points);
}

void ui_push_image(struct ui_shapes *shapes, struct ui_rect rect, struct ui_image image)
{
    push(shapes, (struct ui_shape){.kind = UI_SHAPE_IMAGE, .rect = rect, .image = image});
}

void ui_push_clip(struct ui_shapes *shapes, struct ui_rect rect)
{
    push(shapes, (struct ui_shape){.kind = UI_SHAPE_CLIP, .rect = rect});
}

void ui_shapes_append(struct ui_shapes *to, const struct ui_shapes *from)
{
    to->failed |= from->failed;
    for (size_t i = 0; i < from->count; i++) {
        struct ui_shape shape = from->items[i];
        if (shape.kind == UI_SHAPE_TEXT)
            ui_push_text(to, shape.rect, shape.font, shape.size, shape.fill,
                         from->text + shape.at, shape.count);
        else if (shape.kind == UI_SHAPE_LINE || shape.kind == UI_SHAPE_POLYGON)
            push_points(to, shape, from->points + shape.at);
        else
            push(to, shape);
    }
}

void ui_shapes_move(struct ui_shapes *shapes, float dx, float dy)
{
    for (size_t i = 0; i < shapes->count; i++) {
        shapes->items[i].rect.x += dx;
        shapes->items[i].rect.y += dy;
    }
    for (size_t i = 0; i < shapes->point_len; i += 2) {
        shapes->points[i] += dx;
        shapes->points[i + 1] += dy;
    }
}

static ui_color weaken(ui_color color, float strength)
{
    return (color & ~0xffu) | (ui_color)lrintf((float)(color & 0xff) * strength);
}

void ui_shapes_fade(struct ui_shapes *shapes, float strength)
{
    for (size_t i = 0; i < shapes->count && strength < 1; i++) {
        struct ui_shape *shape = &shapes->items[i];
        shape->fill = weaken(shape->fill, fmaxf(strength, 0));
        shape->edge = weaken(shape->edge, fmaxf(strength, 0));
    }
}

/* ---- looking ---- */

const char *ui_shape_text(const struct ui_shapes *shapes, const struct ui_shape *shape)
{
    return shape->kind == UI_SHAPE_TEXT ? shapes->text + shape->at : "";
}

/* ---- rectangles ---- */

bool ui_rect_has(struct ui_rect r, float x, float y)
{
    return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

struct ui_rect ui_rect_meet(struct ui_rect a, struct ui_rect b)
{
    float x0 = fmaxf(a.x, b.x), x1 = fminf(a.x + a.w, b.x + b.w);
    float y0 = fmaxf(a.y, b.y), y1 = fminf(a.y + a.h, b.y + b.h);
    return (struct ui_rect){x0, y0, fmaxf(0, x1 - x0), fmaxf(0, y1 - y0)};
}

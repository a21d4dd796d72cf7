/* SPDX-License-Identifier: MIT */
#include "app/widget/canvas_pad.h"

#include <math.h>

#include "app/act/action.h"
#include "base/language.h"
#include "ink/fit.h"

enum { CANVAS_CELLS = FIT_SIZE };

static void draw_grid(struct ui_shapes *shapes, struct ui_rect at, ui_color color)
{
    for (int i = 1; i < CANVAS_CELLS; i++) {
        float x = floorf(at.x + at.w * (float)i / CANVAS_CELLS);
        float y = floorf(at.y + at.h * (float)i / CANVAS_CELLS);
        ui_push_box(shapes, (struct ui_rect){x, at.y, 1, at.h}, 0, color, 0, 0);
        ui_push_box(shapes, (struct ui_rect){at.x, y, at.w, 1}, 0, color, 0, 0);
    }
}

/* Where a digit of MNIST lies: 20 cells of the 28. */
static void draw_guide(struct ui_shapes *shapes, struct ui_rect at, ui_color color)
{
    float side = floorf(at.w / CANVAS_CELLS * FIT_BOX);
    float left = floorf(at.x + (at.w - side) / 2), top = floorf(at.y + (at.h - side) / 2);
    ui_push_dashes(shapes, (struct ui_rect){left, top, side, side}, 1, color);
}

/* Points of a line on their way to the list of shapes. */
enum { LINE_POINTS = 512 };

struct line {
    struct ui_shapes *shapes;
    float width;
    ui_color color;
    float xy[2 * LINE_POINTS];
    uint32_t count;
};

/* A long line goes out in pieces that share a point; round ends hide the joint. */
static void push_line(struct line *line)
{
    uint32_t last = line->count - 1;
    ui_push_line(line->shapes, line->xy, line->count, line->width, line->color);
    line->xy[0] = line->xy[2 * last];
    line->xy[1] = line->xy[2 * last + 1];
    line->count = 1;
}

static void add_point(struct line *line, float x, float y)
{
    if (line->count == LINE_POINTS)
        push_line(line);
    line->xy[2 * line->count] = x;
    line->xy[2 * line->count + 1] = y;
    line->count++;
}

/* From the line's end by a parabola that starts towards b, and ends at c (Bezier). */
static void add_bend(struct line *line, struct ink_point b, struct ink_point c)
{
    enum { STEPS = 4 };
    struct ink_point a = {line->xy[2 * line->count - 2], line->xy[2 * line->count - 1]};
    for (int i = 1; i <= STEPS; i++) {
        float t = (float)i / STEPS, u = 1 - t;
        add_point(line, u * u * a.x + 2 * u * t * b.x + t * t * c.x,
                  u * u * a.y + 2 * u * t * b.y + t * t * c.y);
    }
}

static struct ink_point put_on_screen(struct ink_point p, struct ui_rect at)
{
    float cell = at.w / CANVAS_CELLS;
    return (struct ink_point){at.x + p.x * cell, at.y + p.y * cell};
}

/* A mouse knows whole pixels only: bending from middle to middle of its steps takes the corners off
 * that this leaves, and moves nothing by more than a quarter of a step. */
static void draw_stroke(struct line *line, const struct ink_point *points, uint32_t count,
                        struct ui_rect at)
{
    struct ink_point first = put_on_screen(points[0], at), last = first;
    if (count == 1) {
        ui_push_dot(line->shapes, first.x, first.y, line->width / 2, line->color);
        return;
    }
    line->count = 0;
    add_point(line, first.x, first.y);
    for (uint32_t i = 1; i < count; i++) {
        struct ink_point next = put_on_screen(points[i], at);
        struct ink_point middle = {(last.x + next.x) / 2, (last.y + next.y) / 2};
        if (i > 1)
            add_bend(line, last, middle);
        last = next;
    }
    add_point(line, last.x, last.y);
    push_line(line);
}

static void draw_ink(const struct canvas_pad_shown *shown, struct ui *ui, struct ui_rect at)
{
    const struct ink *ink = shown->ink;
    struct line line = {
        .shapes = ui_shapes(ui),
        .width = (float)shown->brush * at.w / CANVAS_CELLS,
        .color = ui_theme(ui)->ink,
    };
    for (uint32_t i = 0; i < ink->stroke_count; i++)
        draw_stroke(&line, ink->points + ink->strokes[i].at, ink->strokes[i].count, at);
}

/* The whole picture, as large as it fits. */
static void draw_picture(const struct ui_image *picture, struct ui_shapes *shapes,
                         struct ui_rect at)
{
    float scale = fminf(at.w / (float)picture->cols, at.h / (float)picture->rows);
    struct ui_image image = *picture;
    image.smooth = picture->rows > 2 * CANVAS_CELLS;
    ui_push_image(shapes,
                  ui_middle(at, (float)picture->cols * scale, (float)picture->rows * scale), image);
}

static void draw_ring(const struct canvas_pad_shown *shown, struct ui *ui, struct ui_rect at,
                      const struct ui_pad *pad)
{
    float cell = at.w / CANVAS_CELLS, radius = (float)shown->brush * cell;
    if (!shown->eraser)
        radius /= 2;
    struct ui_rect ring = {pad->x - radius, pad->y - radius, 2 * radius, 2 * radius};
    ui_color color = shown->eraser ? ui_theme(ui)->second : ui_theme(ui)->accent;
    ui_push_box(ui_shapes(ui), ring, radius, 0, color, 1.5f);
}

void canvas_pad_show(struct canvas_pad *pad, const struct canvas_pad_shown *shown, struct ui *ui,
                     struct ui_rect rect, struct actions *actions)
{
    const struct ui_theme *theme = ui_theme(ui);
    struct ui_shapes *shapes = ui_shapes(ui);
    pad->at = rect;
    ui_push_box(shapes, rect, 8, theme->paper, theme->field_edge, 1);
    pad->pad = ui_pad(ui, "canvas", rect, _("Canvas"), UI_CURSOR_CROSS);
    if (pad->pad.count > 0)
        action_add(actions, ACT_PEN);
    if (pad->pad.count > 0 || pad->pad.held)
        pad->pen_at = ui_input(ui)->now;
    struct ui_rect inside = ui_inset(rect, 1);
    ui_clip_begin(ui, inside);
    draw_grid(shapes, rect, ui_color_mix(theme->paper, theme->ink, 0.07f));
    draw_guide(shapes, rect, ui_color_mix(theme->paper, theme->ink, 0.22f));
    if (shown->picture.pixels)
        draw_picture(&shown->picture, shapes, inside);
    else
        draw_ink(shown, ui, rect);
    ui_clip_end(ui);
}

void canvas_pad_show_pen(const struct canvas_pad *pad, const struct canvas_pad_shown *shown,
                         struct ui *ui)
{
    if (!pad->pad.hover && !pad->pad.held)
        return;
    ui_clip_begin(ui, ui_inset(pad->at, 1));
    draw_ring(shown, ui, pad->at, &pad->pad);
    ui_clip_end(ui);
}

/* SPDX-License-Identifier: MIT */
#include "app/learn/descent_picture.h"

#include <math.h>
#include <stdio.h>

#include "app/learn/learn_asks.h"
#include "app/stage/descent_stage.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    BANDS = 16, /* heights that look the same */
    BALL = 9,
    DOT = 4,
    LEGEND = 26,
    KEY_WIDTH = 12,
    HEAD = 7, /* of the arrow */
};

static float to_x(struct ui_rect rect, double x)
{
    return rect.x + (float)((x + 1) / 2) * rect.w;
}

static float to_y(struct ui_rect rect, double y)
{
    return rect.y + (float)((1 - y) / 2) * rect.h;
}

/* ---- the surface ----------------------------------------------------------------------------- */

/* Bright where it is low; the root, as most of it lies high. */
static ui_color color_of(const struct ui_theme *theme, double part)
{
    double band = floor(sqrt(part) * BANDS) / BANDS;
    return ui_color_mix(theme->accent, theme->well, (float)fmin(band, 1) * 0.94f + 0.06f);
}

static void show_surface(const struct descent_stage *stage, struct ui *ui, struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    uint32_t *pixels = ui_pixels(ui, DESCENT_CELLS * DESCENT_CELLS);
    if (stage->level < 0 || !pixels) {
        ui_push_box(ui_shapes(ui), rect, 0, theme->well, theme->card_edge, 1);
        return;
    }
    int side = descent_stage_side(stage->level);
    double span = fmax(stage->high - stage->low, 1e-12);
    for (int i = 0; i < side * side; i++)
        pixels[i] = color_of(theme, ((double)stage->cells[i] - stage->low) / span);
    ui_push_image(ui_shapes(ui), rect, (struct ui_image){side, side, pixels, false});
    ui_push_box(ui_shapes(ui), rect, 0, 0, theme->card_edge, 1);
}

/* What the colours stand for: the lowest and the highest cost. */
static void show_legend(const struct descent_stage *stage, struct ui *ui, struct ui_rect row)
{
    const struct ui_theme *theme = ui_theme(ui);
    char text[64];
    if (stage->level < 0) {
        ui_label(ui, row, UI_QUIET, _("The surface is being measured\u2026"));
        return;
    }
    snprintf(text, sizeof text, _("cost %s"), ui_fixed(stage->low, 3).text);
    float width = ui_label_width(ui, UI_QUIET | UI_FIGURES, text);
    ui_label(ui, ui_cut_left(&row, width), UI_QUIET | UI_FIGURES, text);
    ui_cut_left(&row, UI_GAP);
    for (int i = 0; i < BANDS; i++) {
        double part = (double)i / BANDS;
        struct ui_rect key = ui_middle(ui_cut_left(&row, KEY_WIDTH), KEY_WIDTH, KEY_WIDTH);
        ui_push_box(ui_shapes(ui), key, 0, color_of(theme, part * part), 0, 0);
    }
    ui_cut_left(&row, UI_GAP);
    ui_label(ui, row, UI_QUIET | UI_FIGURES, ui_fixed(stage->high, 3).text);
}

/* ---- the ball -------------------------------------------------------------------------------- */

static void show_path(const struct descent_stage *stage, struct ui *ui, struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    float points[2 * DESCENT_PATH_MAX];
    for (int i = 0; i < stage->path_count; i++) {
        points[2 * i] = to_x(rect, stage->path[i].x);
        points[2 * i + 1] = to_y(rect, stage->path[i].y);
    }
    if (stage->path_count > 1)
        ui_push_line(ui_shapes(ui), points, (uint32_t)stage->path_count, 2, theme->second);
    for (int i = 0; i + 1 < stage->path_count; i++)
        ui_push_dot(ui_shapes(ui), points[2 * i], points[2 * i + 1], DOT, theme->second);
}

/* Where the next step leads. */
static void show_arrow(const struct descent_stage *stage, struct ui *ui, struct ui_rect rect)
{
    ui_color color = ui_theme(ui)->text;
    float x0 = to_x(rect, stage->ball.x), y0 = to_y(rect, stage->ball.y);
    float x1 = to_x(rect, stage->ball.x - stage->eta * stage->step_slope[0]);
    float y1 = to_y(rect, stage->ball.y - stage->eta * stage->step_slope[1]);
    float length = hypotf(x1 - x0, y1 - y0);
    if (length < BALL + HEAD)
        return;
    float ux = (x1 - x0) / length, uy = (y1 - y0) / length;
    const float shaft[] = {x0, y0, x1 - ux * HEAD, y1 - uy * HEAD};
    const float head[] = {x1,
                          y1,
                          x1 - HEAD * (ux * 1.4f - uy * 0.7f),
                          y1 - HEAD * (uy * 1.4f + ux * 0.7f),
                          x1 - HEAD * (ux * 1.4f + uy * 0.7f),
                          y1 - HEAD * (uy * 1.4f - ux * 0.7f)};
    ui_push_line(ui_shapes(ui), shaft, 2, 2, color);
    ui_push_polygon(ui_shapes(ui), head, 3, color);
}

static void show_ball(const struct descent_stage *stage, struct ui *ui, struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    float x = to_x(rect, stage->ball.x), y = to_y(rect, stage->ball.y);
    struct ui_rect ball = {x - BALL, y - BALL, 2 * BALL, 2 * BALL};
    ui_push_box(ui_shapes(ui), ball, BALL, theme->ink, theme->second, 3);
}

/* The ball goes where the pointer is. */
static void drag_ball(struct learn_asks *asks, struct ui *ui, struct ui_rect rect)
{
    struct ui_pad pad = ui_pad(ui, "surface", rect, _("The surface of the cost"), UI_CURSOR_HAND);
    ui_tip(ui, _("Put the ball somewhere else"));
    if (!pad.held || pad.count == 0)
        return;
    double x = 2 * (double)((pad.x - rect.x) / rect.w) - 1;
    double y = 1 - 2 * (double)((pad.y - rect.y) / rect.h);
    learn_ask_number(asks, "x", fmin(fmax(x, -1), 1));
    learn_ask_number(asks, "y", fmin(fmax(y, -1), 1));
}

/* ---- all of it ------------------------------------------------------------------------------- */

void descent_picture_show(const struct stage *base, struct learn_asks *asks, struct ui *ui,
                          struct ui_rect rect)
{
    const struct descent_stage *stage = (const struct descent_stage *)base;
    if (!stage->surface) {
        ui_wrapped(ui, rect, UI_QUIET,
                   stage->trouble.text[0] ? stage->trouble.text : _("Loading the images\u2026"));
        return;
    }
    float side = floorf(fminf(rect.w, rect.h - LEGEND));
    struct ui_rect square = {rect.x, rect.y, side, side};
    drag_ball(asks, ui, square);
    show_surface(stage, ui, square);
    ui_clip_begin(ui, square);
    show_path(stage, ui, square);
    show_arrow(stage, ui, square);
    show_ball(stage, ui, square);
    ui_clip_end(ui);
    show_legend(stage, ui, (struct ui_rect){rect.x, rect.y + side + 4, rect.w, LEGEND - 4});
}

/* SPDX-License-Identifier: MIT */
#include "app/learn/sigmoid_picture.h"

#include <math.h>
#include <stdio.h>

#include "app/learn/learn_asks.h"
#include "app/stage/sigmoid_stage.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/plot.h"
#include "ui/ui.h"

enum {
    CURVES = 4,
    AXIS = 28,
    CORNER_W = 58,
    CORNER_H = 26,
    SUM_ROW = 30,
    SUM_ROWS = 5,
};

/* ---- curves ---------------------------------------------------------------------------------- */

static void fill(struct ui_point *points, const float *at, const float *curve)
{
    for (int i = 0; i < SIGMOID_POINTS; i++)
        points[i] = (struct ui_point){at[i], curve[i]};
}

/* The sigmoid and the step, and points on the sigmoid. */
static void show_curves(const struct sigmoid_stage *stage, const struct ui_mark *marks, int count,
                        const char *x_name, struct ui *ui, struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    struct ui_point smooth[SIGMOID_POINTS], step[SIGMOID_POINTS];
    fill(smooth, stage->curve_at, stage->curve);
    fill(step, stage->curve_at, stage->step_curve);
    const struct ui_series series[] = {
        {_("step"), theme->second, step, SIGMOID_POINTS, .dash = 6},
        {_("sigmoid"), theme->accent, smooth, SIGMOID_POINTS},
    };
    const struct ui_plot plot = {
        .heading = _("Output"),
        .series = series,
        .series_count = 2,
        .marks = marks,
        .mark_count = count,
        .x_min = stage->curve_at[0],
        .x_max = stage->curve_at[SIGMOID_POINTS - 1],
        .y_min = 0,
        .y_max = 1,
        .x_name = x_name,
        .x_unit = x_name,
    };
    ui_plot(ui, "sigmoid-curve", rect, &plot);
}

static void show_by_input(const struct sigmoid_stage *stage, struct ui *ui, struct ui_rect rect)
{
    const struct ui_mark mark = {stage->x[0], _("here")};
    struct ui_rect below = ui_cut_bottom(&rect, AXIS);
    show_curves(stage, &mark, 1, NULL, ui, rect);
    ui_label(ui, below, UI_CENTER | UI_QUIET, _("input x\u2081"));
}

static void show_by_sum(const struct sigmoid_stage *stage, struct ui *ui, struct ui_rect rect)
{
    const struct ui_mark mark = {stage->z, _("here")};
    show_curves(stage, &mark, fabsf(stage->z) <= stage->curve_at[SIGMOID_POINTS - 1], "z", ui,
                rect);
}

/* ---- the change ------------------------------------------------------------------------------ */

/* "slope 0.197 x change +0.20 = +0.039", a row for each place; the last rows are the sums. */
static void show_terms(const struct sigmoid_stage *stage, struct ui *ui, struct ui_rect rect)
{
    static const char *const names[] = {"w\u2081", "w\u2082", "b"};
    const struct nudge *nudge = &stage->nudge;
    char text[160];
    for (int i = 0; i < nudge->places; i++) {
        struct ui_rect row = ui_cut_top(&rect, SUM_ROW);
        snprintf(text, sizeof text, _("%s: slope %s \u00d7 change %s"), names[i],
                 ui_fixed(nudge->slope[i], 3).text, ui_fixed(stage->by[i], 2).text);
        ui_label(ui, ui_cut_right(&row, 80), UI_RIGHT | UI_FIGURES,
                 ui_fixed(nudge->slope[i] * stage->by[i], 3).text);
        ui_label(ui, row, UI_QUIET | UI_FIGURES, text);
    }
    ui_separator(ui, (struct ui_rect){rect.x, rect.y - 1, rect.w, 2});
    struct ui_rect row = ui_cut_top(&rect, SUM_ROW);
    ui_label(ui, ui_cut_right(&row, 80), UI_RIGHT | UI_FIGURES | UI_BOLD,
             ui_fixed(nudge->predicted, 3).text);
    ui_label(ui, row, 0, _("together, by equation 5"));
    row = ui_cut_top(&rect, SUM_ROW);
    ui_label(ui, ui_cut_right(&row, 80), UI_RIGHT | UI_FIGURES | UI_BOLD | UI_ACCENT,
             ui_fixed(nudge->after - nudge->before, 3).text);
    ui_label(ui, row, 0, _("what the output really does"));
}

/* How far along the curve the change leads: the sum that has the new output. */
static void show_change(const struct sigmoid_stage *stage, struct ui *ui, struct ui_rect rect)
{
    float after = stage->z;
    for (int i = 0; i < SIGMOID_INPUTS; i++)
        after += (float)stage->by[i] * stage->x[i];
    after += (float)stage->by[SIGMOID_INPUTS];
    struct ui_rect terms = {0};
    if (stage->terms) {
        terms = ui_cut_bottom(&rect, SUM_ROWS * SUM_ROW);
        ui_cut_bottom(&rect, UI_BETWEEN);
    }
    const struct ui_mark before_first[] = {{stage->z, _("before")}, {after, _("after")}};
    const struct ui_mark after_first[] = {{after, _("after")}, {stage->z, _("before")}};
    show_curves(stage, after >= stage->z ? before_first : after_first, 2, "z", ui, rect);
    if (stage->terms)
        show_terms(stage, ui, terms);
}

/* ---- the plane ------------------------------------------------------------------------------- */

static void show_corner(float out, float x, float y, int number, struct ui *ui)
{
    const struct ui_theme *theme = ui_theme(ui);
    struct ui_rect rect = {x - CORNER_W / 2.0f, y - CORNER_H / 2.0f, CORNER_W, CORNER_H};
    char name[16];
    snprintf(name, sizeof name, "corner-%d%d", number >> 1, number & 1);
    ui_push_box(ui_shapes(ui), rect, 8, theme->card, theme->card_edge, 1);
    ui_label(ui, rect, UI_CENTER | UI_BOLD | UI_FIGURES, ui_fixed((double)out, 2).text);
    ui_area(ui, name, rect, UI_ROLE_VALUE, ui_fixed((double)out, 4).text);
}

static void show_plane(const struct sigmoid_stage *stage, struct ui *ui, struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    uint32_t *pixels = ui_pixels(ui, SIGMOID_CELLS * SIGMOID_CELLS);
    float side = fminf(rect.w, rect.h) - 2 * AXIS;
    struct ui_rect plane = ui_middle(rect, side, side);
    for (int row = 0; row < SIGMOID_CELLS && pixels; row++)
        for (int col = 0; col < SIGMOID_CELLS; col++)
            pixels[(SIGMOID_CELLS - 1 - row) * SIGMOID_CELLS + col] =
                ui_color_mix(theme->well, theme->accent, 0.75f * stage->plane[row][col]);
    const struct ui_image image = {SIGMOID_CELLS, SIGMOID_CELLS, pixels, true};
    if (pixels)
        ui_push_image(ui_shapes(ui), plane, image);
    ui_push_box(ui_shapes(ui), plane, 0, 0, theme->card_edge, 1);
    for (int i = 0; i < 4; i++)
        show_corner(stage->corner[i], plane.x + (float)(i >> 1) * side,
                    plane.y + (float)!(i & 1) * side, i, ui);
    ui_label(ui, (struct ui_rect){plane.x, plane.y + side + 4, side, AXIS - 4},
             UI_CENTER | UI_QUIET, _("x\u2081 from 0 to 1"));
    ui_label(ui, (struct ui_rect){plane.x, plane.y - AXIS, side, AXIS - 4}, UI_CENTER | UI_QUIET,
             _("x\u2082 from 0 at the bottom to 1"));
}

/* ---- all of it ------------------------------------------------------------------------------- */

void sigmoid_picture_show(const struct stage *base, struct learn_asks *asks, struct ui *ui,
                          struct ui_rect rect)
{
    static void (*const shows[])(const struct sigmoid_stage *stage, struct ui *ui,
                                 struct ui_rect rect) = {
        [SIGMOID_BY_INPUT] = show_by_input,
        [SIGMOID_BY_SUM] = show_by_sum,
        [SIGMOID_CHANGE] = show_change,
        [SIGMOID_PLANE] = show_plane,
    };
    const struct sigmoid_stage *stage = (const struct sigmoid_stage *)base;
    (void)asks;
    rect.h = fminf(rect.h, 520);
    shows[stage->show](stage, ui, rect);
}

/* SPDX-License-Identifier: MIT */
#include "app/learn/race_picture.h"

#include <math.h>
#include <stdio.h>

#include "app/stage/race_stage.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/plot.h"
#include "ui/ui.h"

enum { ROW = 26, KEY = 44, FIGURE = 84, NAME_MAX = 64 };

/* Told apart without colour alone. */
static const struct {
    float dash, gap;
} dashes[RACE_LANES_MAX] = {{0, 0}, {8, 4}, {2, 3}, {12, 3}};

/* "η = 3", "mini-batches of 10", "all images at once" */
static void write_name(const struct race_stage *stage, int i, char name[NAME_MAX])
{
    const struct race_lane *lane = &stage->curves[i].lane;
    if (stage->field == RACE_RATES)
        snprintf(name, NAME_MAX, "\u03b7 = %g", lane->rate);
    else if (lane->batch == RACE_ALL)
        snprintf(name, NAME_MAX, _("all at once"));
    else
        snprintf(name, NAME_MAX, _("mini-batches of %s"), ui_thousands(lane->batch).text);
}

static void fill_points(const struct race_stage *stage, const struct race_curve *curve,
                        struct ui_point *points)
{
    for (int i = 0; i < curve->count; i++) {
        const struct race_point *from = &curve->points[i];
        points[i] = (struct ui_point){stage->by_second ? from->seconds : from->epoch,
                                      stage->shows_cost ? from->cost : from->accuracy};
    }
}

/* The last second of the slowest lane, or the last epoch. */
static float find_end(const struct race_stage *stage)
{
    float end = stage->by_second ? 0.01f : (float)stage->epochs;
    for (int i = 0; i < stage->curve_count && stage->by_second; i++) {
        const struct race_curve *curve = &stage->curves[i];
        if (curve->count > 0)
            end = fmaxf(end, curve->points[curve->count - 1].seconds);
    }
    return end;
}

/* A row of the table: how its curve looks, what it is, accuracy, cost, seconds. */
static void show_row(const struct race_curve *curve, const struct ui_series *series,
                     const char *name, struct ui *ui, struct ui_rect row)
{
    const struct race_point *last = curve->count > 0 ? &curve->points[curve->count - 1] : NULL;
    ui_plot_key(ui, ui_cut_left(&row, KEY), series);
    ui_cut_left(&row, UI_GAP);
    ui_label(ui, ui_cut_right(&row, FIGURE), UI_RIGHT | UI_FIGURES,
             last ? ui_percent((double)last->accuracy, 1).text : "\u2026");
    ui_label(ui, row, curve->lost ? UI_SECOND : UI_QUIET,
             curve->lost ? _("its cost left all bounds") : name);
}

void race_picture_show(const struct stage *base, struct learn_asks *asks, struct ui *ui,
                       struct ui_rect rect)
{
    struct ui_point points[RACE_LANES_MAX][RACE_POINTS_MAX];
    const struct race_stage *stage = (const struct race_stage *)base;
    const struct ui_theme *theme = ui_theme(ui);
    struct ui_series series[RACE_LANES_MAX];
    char names[RACE_LANES_MAX][NAME_MAX];
    (void)asks;
    struct ui_rect table = ui_cut_bottom(&rect, (float)(RACE_LANES_MAX * ROW));
    ui_cut_bottom(&rect, UI_GAP);
    for (int i = 0; i < stage->curve_count; i++) {
        const struct race_curve *curve = &stage->curves[i];
        write_name(stage, i, names[i]);
        fill_points(stage, curve, points[i]);
        series[i] = (struct ui_series){.color = theme->series[i],
                                       .points = points[i],
                                       .count = (size_t)curve->count,
                                       .dash = dashes[i].dash,
                                       .gap = dashes[i].gap};
    }
    const struct ui_plot plot = {
        .heading =
            stage->shows_cost ? _("Cost, images held back") : _("Accuracy, images held back"),
        .series = series,
        .series_count = stage->curve_count,
        .x_min = 0,
        .x_max = find_end(stage),
        .y_min = 0,
        .y_max = stage->shows_cost ? 0 : 1,
        .percent = !stage->shows_cost,
        .x_name = stage->by_second ? _("second") : _("epoch"),
        .x_unit = stage->by_second ? _("seconds") : _("epochs"),
        .empty = _("Nothing was run yet."),
    };
    ui_plot(ui, "race", rect, &plot);
    for (int i = 0; i < stage->curve_count; i++)
        show_row(&stage->curves[i], &series[i], names[i], ui, ui_cut_top(&table, ROW));
}

/* SPDX-License-Identifier: MIT */
/* plot_values.c -- the newest x of a plot, and its values where the pointer is. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/format.h"
#include "ui/inside.h"
#include "ui/plot_inside.h"

enum { DASH = 4, BOX_LINE = 20 };

/* The point of the series nearest to x that has a value, or NULL. */
static const struct ui_point *nearest_point(const struct plot_pen *pen,
                                            const struct ui_series *series, float x)
{
    const struct ui_point *best = NULL;
    for (size_t i = 0; i < series->count; i++) {
        const struct ui_point *p = &series->points[i];
        if (isfinite(plot_scale_y(pen, (double)p->y)) &&
            (!best || fabsf(p->x - x) < fabsf(best->x - x)))
            best = p;
    }
    return best;
}

static void draw_dot(const struct plot_pen *pen, const struct ui_series *series,
                     const struct ui_point *point)
{
    float x = plot_place_x(pen, (double)point->x),
          y = plot_place_y(pen, plot_scale_y(pen, (double)point->y));
    struct ui_rect reach = {pen->area.x - 1, pen->area.y - 1, pen->area.w + 2, pen->area.h + 2};
    if (ui_rect_has(reach, x, y))
        ui_push_dot(pen->shapes, x, y, 4, series->color);
}

float plot_gap(const struct ui_series *series)
{
    return series->gap > 0 ? series->gap : series->dash;
}

/* The picture of a curve: dashed as it is. */
static void push_key(struct ui_shapes *shapes, const struct ui_series *series, float x, float y)
{
    float dash = series->dash > 0 ? series->dash : PLOT_KEY;
    for (float at = 0; at + 1 <= PLOT_KEY; at += dash + plot_gap(series)) {
        struct ui_rect key = {x + at, y, fminf(dash, PLOT_KEY - at), 3};
        ui_push_box(shapes, key, 1, series->color, 0, 0);
    }
}

void plot_draw_key(const struct plot_pen *pen, const struct ui_series *series, float x, float y)
{
    push_key(pen->shapes, series, x, y);
}

void ui_plot_key(struct ui *ui, struct ui_rect rect, const struct ui_series *series)
{
    struct ui_rect key = ui_middle(rect, PLOT_KEY, 3);
    push_key(ui_shapes(ui), series, key.x, key.y);
}

/* Whether the first curve runs through the lower half there, so that words stand above it. */
static bool runs_low(const struct plot_pen *pen, float x)
{
    const struct ui_series *series = pen->plot->series;
    for (size_t i = 0; pen->plot->series_count > 0 && i < series->count; i++)
        if (series->points[i].x >= x || i + 1 == series->count)
            return plot_place_y(pen, (double)series->points[i].y) > pen->area.y + pen->area.h / 2;
    return false;
}

/* Words that have no room between two others are left to the box of values. */
void plot_draw_marks(const struct plot_pen *pen)
{
    float free_from = pen->area.x;
    for (int i = 0; i < pen->plot->mark_count; i++) {
        const struct ui_mark *mark = &pen->plot->marks[i];
        float x = floorf(plot_place_x(pen, (double)mark->x));
        float w = plot_text_width(pen, PLOT_SMALL, mark->label), end = pen->area.x + pen->area.w;
        if (x < pen->area.x || x > end)
            continue;
        struct ui_rect line = {x, pen->area.y, 1, pen->area.h};
        ui_push_box(pen->shapes, line, 0, pen->theme->field_edge, 0, 0);
        float left = x + 5 + w <= end ? x + 5 : x - 5 - w;
        if (left < free_from)
            continue;
        float y = pen->area.y + (runs_low(pen, mark->x) ? 10 : pen->area.h - 10);
        plot_put_text(pen, left, y, 0, PLOT_SMALL, pen->theme->quiet, mark->label);
        free_from = left + w + UI_GAP;
    }
}

void plot_draw_current(const struct plot_pen *pen)
{
    const struct ui_plot *plot = pen->plot;
    float x = floorf(plot_place_x(pen, (double)plot->current));
    if (!plot->has_current || x < pen->area.x || x > pen->area.x + pen->area.w)
        return;
    for (float y = pen->area.y; y < pen->area.y + pen->area.h; y += 2 * DASH) {
        struct ui_rect dash = {x, y, 1, fminf(DASH, pen->area.y + pen->area.h - y)};
        ui_push_box(pen->shapes, dash, 0, pen->theme->field_edge, 0, 0);
    }
    for (int s = 0; s < plot->series_count; s++) {
        const struct ui_point *point = nearest_point(pen, &plot->series[s], plot->current);
        if (point && !plot->series[s].behind)
            draw_dot(pen, &plot->series[s], point);
    }
}

static struct ui_number_text value_text(const struct plot_pen *pen, float y)
{
    if (pen->plot->percent)
        return ui_percent((double)y, 2);
    return ui_fixed((double)y, fabsf(y) < 0.1f ? 5 : fabsf(y) < 10 ? 4 : 2);
}

/* "epoch 5", and what is marked there. */
static void write_title(const struct plot_pen *pen, float x, char *title, size_t size)
{
    const struct ui_plot *plot = pen->plot;
    float reach = (float)(pen->x1 - pen->x0) / 100;
    int len = snprintf(title, size, "%s %s", plot->x_name ? plot->x_name : "",
                       ui_fixed((double)x, x == floorf(x) ? 0 : 2).text);
    for (int i = 0; i < plot->mark_count && len < (int)size; i++)
        if (fabsf(plot->marks[i].x - x) <= reach)
            len += snprintf(title + len, size - (size_t)len, " \u00b7 %s", plot->marks[i].label);
}

static float values_width(const struct plot_pen *pen, const char *title)
{
    float widest = plot_text_width(pen, PLOT_SMALL, title);
    for (int s = 0; s < pen->plot->series_count; s++) {
        const char *name = pen->plot->series[s].name;
        float w = plot_text_width(pen, PLOT_SMALL, name ? name : "") + PLOT_KEY + 8 + 16 +
                  plot_text_width(pen, PLOT_SMALL, pen->plot->percent ? "100.00 %" : "0.00000");
        widest = fmaxf(widest, w);
    }
    return ceilf(widest) + 20;
}

static void draw_value(const struct plot_pen *pen, const struct ui_series *series,
                       const struct ui_point *point, struct ui_rect row)
{
    float y = row.y + row.h / 2;
    plot_draw_key(pen, series, row.x, y - 1);
    plot_put_text(pen, row.x + PLOT_KEY + 8, y, 0, PLOT_SMALL, pen->theme->quiet,
                  series->name ? series->name : "");
    plot_put_text(pen, row.x + row.w, y, 1, PLOT_SMALL, pen->theme->text,
                  value_text(pen, point->y).text);
}

/* The x of any series nearest to `at`; false if there is no point. */
static bool nearest_x(const struct plot_pen *pen, float at, float *x)
{
    const struct ui_point *best = NULL;
    for (int s = 0; s < pen->plot->series_count; s++) {
        const struct ui_point *p = nearest_point(pen, &pen->plot->series[s], at);
        if (p && (!best || fabsf(p->x - at) < fabsf(best->x - at)))
            best = p;
    }
    if (best)
        *x = best->x;
    return best != NULL;
}

/* The point that gives a series' value at x; NULL where the series has not come there, or ended
 * before. */
static const struct ui_point *value_point(const struct plot_pen *pen,
                                          const struct ui_series *series, float x)
{
    float reach = (float)(pen->x1 - pen->x0) / 50;
    const struct ui_point *point = nearest_point(pen, series, x);
    if (!point)
        return NULL;
    float first = series->points[0].x, last = series->points[series->count - 1].x;
    return x >= first - reach && x <= last + reach ? point : NULL;
}

/* The box stands beside the line, on the side that has room. */
static struct ui_rect place_values(const struct plot_pen *pen, float x, float w, float h)
{
    struct ui_rect box = {x + 12, pen->area.y + 8, w, h};
    if (box.x + w > pen->area.x + pen->area.w)
        box.x = x - 12 - w;
    return ui_inside(box, pen->area);
}

void plot_draw_values(const struct plot_pen *pen, float at)
{
    const struct ui_plot *plot = pen->plot;
    float nearest;
    char title[160];
    if (!nearest_x(pen, at, &nearest))
        return;
    float x = floorf(plot_place_x(pen, (double)nearest));
    if (x < pen->area.x || x > pen->area.x + pen->area.w)
        return;
    write_title(pen, nearest, title, sizeof title);
    struct ui_rect line = {x, pen->area.y, 1, pen->area.h};
    ui_push_box(pen->shapes, line, 0, pen->theme->quiet, 0, 0);
    int count = 0;
    for (int s = 0; s < plot->series_count; s++) {
        const struct ui_point *point = value_point(pen, &plot->series[s], nearest);
        count += point != NULL;
        if (point)
            draw_dot(pen, &plot->series[s], point);
    }
    float h = (float)(count + 1) * BOX_LINE + 12;
    struct ui_rect box = place_values(pen, x, values_width(pen, title), h);
    ui_push_box(pen->shapes, box, 8, pen->theme->field, pen->theme->field_edge, 1);
    struct ui_rect rows = ui_inset_xy(box, 10, 6), row = ui_cut_top(&rows, BOX_LINE);
    plot_put_text(pen, row.x, row.y + row.h / 2, 0, PLOT_SMALL, pen->theme->text, title);
    for (int s = 0; s < plot->series_count; s++) {
        const struct ui_point *point = value_point(pen, &plot->series[s], nearest);
        if (point)
            draw_value(pen, &plot->series[s], point, ui_cut_top(&rows, BOX_LINE));
    }
}

/* SPDX-License-Identifier: MIT */
#include "ui/plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/format.h"
#include "ui/inside.h"

enum { SMALL = 12, HEAD = 28, FOOT = 24, DASH = 4, RUN_MAX = 512, KEY = 14, BOX_LINE = 20,
       RIGHT = 12, LEGEND_GAP = 18, LEGEND_LINE = 20 };

/* What a plot is drawn with, and how its values become places. */
struct pen {
    struct ui_shapes *shapes;
    const struct ui_metrics *metrics;
    const struct ui_theme *theme;
    const struct ui_plot *plot;
    struct ui_rect area; /* the curves' */
    double x0, x1, y0, y1; /* y as it is drawn: the decimal logarithm on such an axis */
    struct ui_ticks y_ticks;
};

static float width_of(const struct pen *pen, float size, const char *text)
{
    return pen->metrics->width(pen->metrics->user, UI_FONT_TEXT, size, text, strlen(text));
}

/* Text whose left (align 0), middle (0.5) or right (1) is at x and whose middle is at y. */
static void put_text(const struct pen *pen, float x, float y, float align, float size,
                     ui_color color, const char *text)
{
    float w = width_of(pen, size, text);
    float h = pen->metrics->height(pen->metrics->user, UI_FONT_TEXT, size);
    struct ui_rect rect = {x - align * w, floorf(y - h / 2), w, h};
    ui_push_text(pen->shapes, rect, UI_FONT_TEXT, size, color, text, strlen(text));
}

/* ---- ranges ---- */

static double scale_y(const struct pen *pen, double y)
{
    if (!pen->plot->log_y)
        return y;
    return y > 0 ? log10(y) : NAN;
}

struct range {
    double x0, x1, y0, y1;
    bool any;
};

static struct range range_of(const struct pen *pen)
{
    struct range r = {INFINITY, -INFINITY, INFINITY, -INFINITY, false};
    for (int s = 0; s < pen->plot->series_count; s++) {
        const struct ui_series *series = &pen->plot->series[s];
        for (size_t i = 0; i < series->count; i++) {
            double x = (double)series->points[i].x, y = scale_y(pen, (double)series->points[i].y);
            if (!isfinite(x) || !isfinite(y))
                continue;
            r.x0 = fmin(r.x0, x);
            r.x1 = fmax(r.x1, x);
            r.y0 = fmin(r.y0, y);
            r.y1 = fmax(r.y1, y);
            r.any = true;
        }
    }
    return r;
}

static int tick_room(float length, float each)
{
    return (int)fmaxf(2, length / each);
}

/* The range of y found from the points is rounded out to its ticks. */
static void set_y_range(struct pen *pen, struct range r)
{
    const struct ui_plot *plot = pen->plot;
    double unit = plot->percent && !plot->log_y ? 100 : 1;
    bool given = plot->y_min != 0 || plot->y_max != 0;
    bool bounded = plot->y_least != 0 || plot->y_most != 0;
    if (given) {
        r.y0 = scale_y(pen, (double)plot->y_min);
        r.y1 = scale_y(pen, (double)plot->y_max);
    }
    /* As floats, so that 0.9 is 90 % and not a little less. */
    double least = (double)(float)(r.y0 * unit), most = (double)(float)(r.y1 * unit);
    pen->y_ticks = ui_ticks(least, most, tick_room(pen->area.h, 44));
    pen->y0 = given ? r.y0 : pen->y_ticks.first / unit;
    pen->y1 = given ? r.y1
                    : (pen->y_ticks.first + pen->y_ticks.step * (pen->y_ticks.count - 1)) / unit;
    if (bounded && !given && !plot->log_y) {
        pen->y0 = fmax(pen->y0, (double)plot->y_least);
        pen->y1 = fmin(pen->y1, (double)plot->y_most);
    }
    if (!(pen->y1 > pen->y0))
        pen->y1 = pen->y0 + 1;
}

static bool set_ranges(struct pen *pen)
{
    const struct ui_plot *plot = pen->plot;
    struct range r = range_of(pen);
    bool given = plot->x_min != 0 || plot->x_max != 0;
    if (!r.any)
        return false;
    pen->x0 = given ? (double)plot->x_min : r.x0;
    pen->x1 = given ? (double)plot->x_max : r.x1;
    if (!(pen->x1 > pen->x0))
        pen->x1 = pen->x0 + 1;
    set_y_range(pen, r);
    return true;
}

static float place_x(const struct pen *pen, double x)
{
    return pen->area.x + (float)((x - pen->x0) / (pen->x1 - pen->x0)) * pen->area.w;
}

static float place_y(const struct pen *pen, double scaled)
{
    double part = (scaled - pen->y0) / (pen->y1 - pen->y0);
    return pen->area.y + pen->area.h - (float)part * pen->area.h;
}

/* ---- axes ---- */

static struct ui_number_text tick_text(const struct pen *pen, double tick)
{
    if (pen->plot->log_y && pen->plot->percent)
        return ui_percent(pow(10, tick), tick < -2 ? 2 : 0);
    if (pen->plot->log_y)
        return ui_plain(pow(10, tick));
    if (pen->plot->percent)
        return ui_percent(tick / 100, pen->y_ticks.digits);
    return ui_fixed(tick, pen->y_ticks.digits);
}

static double y_tick(const struct pen *pen, int i)
{
    return pen->y_ticks.first + pen->y_ticks.step * i;
}

/* A logarithmic axis has no ticks between the powers of ten. */
static void keep_powers(struct pen *pen)
{
    if (!pen->plot->log_y)
        return;
    double step = fmax(1, ceil(pen->y_ticks.step)), first = floor(pen->y0), last = ceil(pen->y1);
    pen->y_ticks = (struct ui_ticks){first, step, (int)((last - first) / step) + 1, 0};
    pen->y0 = first;
    pen->y1 = fmax(last, first + 1);
}

static float label_room(const struct pen *pen)
{
    float widest = 0;
    for (int i = 0; i < pen->y_ticks.count; i++)
        widest = fmaxf(widest, width_of(pen, SMALL, tick_text(pen, y_tick(pen, i)).text));
    return fmaxf(ceilf(widest) + 12, pen->plot->label_room);
}

static void draw_y_axis(const struct pen *pen)
{
    double unit = pen->plot->percent && !pen->plot->log_y ? 100 : 1;
    for (int i = 0; i < pen->y_ticks.count; i++) {
        double tick = y_tick(pen, i);
        float y = floorf(place_y(pen, tick / unit));
        if (y < pen->area.y - 1 || y > pen->area.y + pen->area.h + 1)
            continue;
        struct ui_rect line = {pen->area.x, y, pen->area.w, 1};
        ui_push_box(pen->shapes, line, 0, pen->theme->grid, 0, 0);
        put_text(pen, pen->area.x - 10, y, 1, SMALL, pen->theme->quiet, tick_text(pen, tick).text);
    }
}

static int count_inside(const struct pen *pen, const struct ui_ticks *ticks)
{
    int count = 0;
    for (int i = 0; i < ticks->count; i++) {
        double tick = ticks->first + ticks->step * i;
        count += tick >= pen->x0 && tick <= pen->x1;
    }
    return count;
}

/* Those beyond the ends, which are not drawn, take no room; and one number alone tells nothing. */
static struct ui_ticks find_x_ticks(const struct pen *pen)
{
    int room = tick_room(pen->area.w, 64);
    struct ui_ticks ticks = ui_ticks(pen->x0, pen->x1, room);
    for (int more = 1; more <= 2; more++) {
        struct ui_ticks finer = ui_ticks(pen->x0, pen->x1, room + more);
        if (count_inside(pen, &finer) <= room || count_inside(pen, &ticks) < 2)
            ticks = finer;
    }
    return ticks;
}

static void draw_x_axis(const struct pen *pen)
{
    struct ui_ticks ticks = find_x_ticks(pen);
    for (int i = 0; i < ticks.count; i++) {
        double tick = ticks.first + ticks.step * i;
        float x = place_x(pen, tick);
        if (x < pen->area.x - 1 || x > pen->area.x + pen->area.w + 1)
            continue;
        struct ui_number_text text = ui_fixed(tick, ticks.digits);
        float half = width_of(pen, SMALL, text.text) / 2; /* the last one stays within the plot */
        x = fminf(x, pen->area.x + pen->area.w + RIGHT - half);
        put_text(pen, x, pen->area.y + pen->area.h + FOOT / 2 + 4, 0.5f, SMALL, pen->theme->quiet,
                 text.text);
    }
    if (pen->plot->x_unit)
        put_text(pen, pen->area.x - 10, pen->area.y + pen->area.h + FOOT / 2 + 4, 1, SMALL,
                 pen->theme->quiet, pen->plot->x_unit);
}

static float legend_width(const struct pen *pen)
{
    float width = 0;
    for (int s = 0; s < pen->plot->series_count; s++)
        if (pen->plot->series[s].name)
            width += width_of(pen, 14, pen->plot->series[s].name) + KEY + 8 + LEGEND_GAP;
    return width;
}

/* Whether the series' names need a line of their own, below the heading. */
static bool has_legend_line(const struct pen *pen, float width)
{
    const char *heading = pen->plot->heading;
    float left = heading ? width_of(pen, SMALL, heading) * 1.25f + 20 : 0;
    return heading && legend_width(pen) > 0 && left + legend_width(pen) - LEGEND_GAP > width;
}

/* The series' names at the right of the heading, or below it, as far as there is room. */
static void draw_legend(const struct pen *pen, struct ui_rect head)
{
    const struct ui_plot *plot = pen->plot;
    bool below = has_legend_line(pen, head.w);
    float x = head.x + head.w, y = head.y + 7 + (below ? LEGEND_LINE : 0);
    if (below)
        x = fminf(x, head.x + legend_width(pen) - LEGEND_GAP);
    if (plot->heading)
        ui_draw_heading(pen->shapes, pen->metrics, pen->theme->quiet, head, plot->heading);
    for (int s = plot->series_count - 1; s >= 0; s--) {
        const struct ui_series *series = &plot->series[s];
        if (!series->name)
            continue;
        float w = width_of(pen, 14, series->name) + KEY + 8;
        if (x - w < head.x - 0.5f)
            break;
        x -= w;
        struct ui_rect key = {x, y, KEY, 3};
        ui_push_box(pen->shapes, key, 1, series->color, 0, 0);
        put_text(pen, x + KEY + 8, y + 1, 0, 14, pen->theme->quiet, series->name);
        x -= LEGEND_GAP;
    }
}

/* ---- curves ---- */

/* A line is collected here until it is interrupted or the room is used up. */
struct run {
    float xy[2 * RUN_MAX];
    uint32_t count;
};

static void end_run(const struct pen *pen, struct run *run, const struct ui_series *series)
{
    float width = series->behind ? 1.6f : 2;
    if (run->count == 1)
        ui_push_dot(pen->shapes, run->xy[0], run->xy[1], width, series->color);
    else if (run->count > 1)
        ui_push_line(pen->shapes, run->xy, run->count, width, series->color);
    run->count = 0;
}

static void add_point(struct run *run, float x, float y)
{
    run->xy[2 * run->count] = x;
    run->xy[2 * run->count++ + 1] = y;
}

/* Liang and Barsky (1984): the part [*t0, *t1] of the way where lo <= from + t * by <= hi. */
static bool cut_side(float from, float by, float lo, float hi, float *t0, float *t1)
{
    if (by == 0)
        return from >= lo && from <= hi;
    float a = (lo - from) / by, b = (hi - from) / by;
    *t0 = fmaxf(*t0, fminf(a, b));
    *t1 = fminf(*t1, fmaxf(a, b));
    return *t0 <= *t1;
}

/* Adds what of the segment from a to b lies in the area; a run ends where it leaves it. */
static void add_segment(const struct pen *pen, struct run *run, const struct ui_series *series,
                        const float a[2], const float b[2])
{
    const struct ui_rect *r = &pen->area;
    float t0 = 0, t1 = 1, dx = b[0] - a[0], dy = b[1] - a[1];
    if (!cut_side(a[0], dx, r->x, r->x + r->w, &t0, &t1) ||
        !cut_side(a[1], dy, r->y, r->y + r->h, &t0, &t1)) {
        end_run(pen, run, series);
        return;
    }
    if (run->count > RUN_MAX - 2 || t0 > 0)
        end_run(pen, run, series);
    if (run->count == 0)
        add_point(run, a[0] + t0 * dx, a[1] + t0 * dy);
    add_point(run, a[0] + t1 * dx, a[1] + t1 * dy);
    if (t1 < 1)
        end_run(pen, run, series);
}

static void draw_points(const struct pen *pen, const struct ui_series *series,
                        const struct ui_point *points, size_t count)
{
    struct run run = {.count = 0};
    float before[2], here[2];
    bool connected = false;
    for (size_t i = 0; i < count; i++) {
        double y = scale_y(pen, (double)points[i].y);
        if (!isfinite(y) || !isfinite(points[i].x)) {
            end_run(pen, &run, series);
            connected = false;
            continue;
        }
        here[0] = place_x(pen, (double)points[i].x);
        here[1] = place_y(pen, y);
        if (connected)
            add_segment(pen, &run, series, before, here);
        else if (here[0] >= pen->area.x && here[0] <= pen->area.x + pen->area.w &&
                 here[1] >= pen->area.y && here[1] <= pen->area.y + pen->area.h)
            add_point(&run, here[0], here[1]);
        connected = true;
        memcpy(before, here, sizeof before);
    }
    end_run(pen, &run, series);
}

static void draw_series(const struct pen *pen, const struct ui_series *series)
{
    int columns = (int)fmaxf(1, pen->area.w);
    struct ui_point *thin = malloc((4 * (size_t)columns + 2) * sizeof *thin);
    if (!thin) {
        pen->shapes->failed = true;
        return;
    }
    size_t count = ui_thin(series->points, series->count, (float)pen->x0, (float)pen->x1, columns,
                           thin);
    draw_points(pen, series, thin, count);
    free(thin);
}

static void draw_curves(const struct pen *pen)
{
    for (int behind = 1; behind >= 0; behind--)
        for (int s = 0; s < pen->plot->series_count; s++)
            if (pen->plot->series[s].behind == (bool)behind)
                draw_series(pen, &pen->plot->series[s]);
}

/* ---- the newest x, and values ---- */

/* The point of the series nearest to x that has a value, or NULL. */
static const struct ui_point *nearest_point(const struct pen *pen, const struct ui_series *series,
                                            float x)
{
    const struct ui_point *best = NULL;
    for (size_t i = 0; i < series->count; i++) {
        const struct ui_point *p = &series->points[i];
        if (isfinite(scale_y(pen, (double)p->y)) && (!best || fabsf(p->x - x) < fabsf(best->x - x)))
            best = p;
    }
    return best;
}

static void draw_dot(const struct pen *pen, const struct ui_series *series,
                     const struct ui_point *point)
{
    float x = place_x(pen, (double)point->x), y = place_y(pen, scale_y(pen, (double)point->y));
    struct ui_rect reach = {pen->area.x - 1, pen->area.y - 1, pen->area.w + 2, pen->area.h + 2};
    if (ui_rect_has(reach, x, y))
        ui_push_dot(pen->shapes, x, y, 4, series->color);
}

static void draw_current(const struct pen *pen)
{
    const struct ui_plot *plot = pen->plot;
    float x = floorf(place_x(pen, (double)plot->current));
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

static struct ui_number_text value_text(const struct pen *pen, float y)
{
    if (pen->plot->percent)
        return ui_percent((double)y, 2);
    return ui_fixed((double)y, fabsf(y) < 0.1f ? 5 : fabsf(y) < 10 ? 4 : 2);
}

static float values_width(const struct pen *pen, const char *title)
{
    float widest = width_of(pen, SMALL, title);
    for (int s = 0; s < pen->plot->series_count; s++) {
        const char *name = pen->plot->series[s].name;
        float w = width_of(pen, SMALL, name ? name : "") + KEY + 8 + 16 +
                  width_of(pen, SMALL, pen->plot->percent ? "100.00 %" : "0.00000");
        widest = fmaxf(widest, w);
    }
    return ceilf(widest) + 20;
}

static void draw_value(const struct pen *pen, const struct ui_series *series,
                       const struct ui_point *point, struct ui_rect row)
{
    float y = row.y + row.h / 2;
    struct ui_rect key = {row.x, y - 1, KEY, 3};
    ui_push_box(pen->shapes, key, 1, series->color, 0, 0);
    put_text(pen, row.x + KEY + 8, y, 0, SMALL, pen->theme->quiet,
             series->name ? series->name : "");
    put_text(pen, row.x + row.w, y, 1, SMALL, pen->theme->text, value_text(pen, point->y).text);
}

/* The x of any series nearest to `at`; false if there is no point. */
static bool nearest_x(const struct pen *pen, float at, float *x)
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
static const struct ui_point *value_point(const struct pen *pen, const struct ui_series *series,
                                          float x)
{
    float reach = (float)(pen->x1 - pen->x0) / 50;
    const struct ui_point *point = nearest_point(pen, series, x);
    if (!point)
        return NULL;
    float first = series->points[0].x, last = series->points[series->count - 1].x;
    return x >= first - reach && x <= last + reach ? point : NULL;
}

/* The box stands beside the line, on the side that has room. */
static struct ui_rect place_values(const struct pen *pen, float x, float w, float h)
{
    struct ui_rect box = {x + 12, pen->area.y + 8, w, h};
    if (box.x + w > pen->area.x + pen->area.w)
        box.x = x - 12 - w;
    return ui_inside(box, pen->area);
}

static void draw_values(const struct pen *pen, float at)
{
    const struct ui_plot *plot = pen->plot;
    float nearest;
    char title[64];
    if (!nearest_x(pen, at, &nearest))
        return;
    float x = floorf(place_x(pen, (double)nearest));
    if (x < pen->area.x || x > pen->area.x + pen->area.w)
        return;
    snprintf(title, sizeof title, "%s %s", plot->x_name ? plot->x_name : "",
             ui_fixed((double)nearest, nearest == floorf(nearest) ? 0 : 2).text);
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
    put_text(pen, row.x, row.y + row.h / 2, 0, SMALL, pen->theme->text, title);
    for (int s = 0; s < plot->series_count; s++) {
        const struct ui_point *point = value_point(pen, &plot->series[s], nearest);
        if (point)
            draw_value(pen, &plot->series[s], point, ui_cut_top(&rows, BOX_LINE));
    }
}

/* ---- the whole ---- */

/* Finds the area of the curves and the ranges; false if there is nothing to show. */
static bool lay_out(struct pen *pen, struct ui_rect rect, struct ui_rect *head)
{
    pen->area = rect;
    *head = ui_cut_top(&pen->area, HEAD + (has_legend_line(pen, rect.w) ? LEGEND_LINE : 0));
    ui_cut_bottom(&pen->area, FOOT);
    ui_cut_right(&pen->area, RIGHT);
    if (!set_ranges(pen))
        return false;
    keep_powers(pen);
    ui_cut_left(&pen->area, label_room(pen));
    return pen->area.w >= 16 && pen->area.h >= 16;
}

void ui_plot_draw(struct ui_shapes *shapes, const struct ui_metrics *metrics,
                  const struct ui_theme *theme, struct ui_rect rect, const struct ui_plot *plot,
                  const float *at)
{
    struct pen pen = {.shapes = shapes, .metrics = metrics, .theme = theme, .plot = plot};
    struct ui_rect head;
    bool any = lay_out(&pen, rect, &head);
    draw_legend(&pen, head);
    if (!any) {
        const char *text = plot->empty ? plot->empty : "";
        if (width_of(&pen, 14, text) <= rect.w)
            put_text(&pen, rect.x + rect.w / 2, rect.y + rect.h / 2, 0.5f, 14, theme->quiet, text);
        return;
    }
    draw_y_axis(&pen);
    draw_x_axis(&pen);
    draw_curves(&pen);
    draw_current(&pen);
    if (at)
        draw_values(&pen, *at);
}

/* ---- as a control ---- */

/* The next x of any point after `x` (direction 1) or before it (-1); x itself at the end. */
static float next_x(const struct ui_plot *plot, float x, int direction)
{
    float best = x;
    for (int s = 0; s < plot->series_count; s++)
        for (size_t i = 0; i < plot->series[s].count; i++) {
            float other = plot->series[s].points[i].x, ahead = (other - x) * (float)direction;
            if (ahead > 0 && (best == x || ahead < (best - x) * (float)direction))
                best = other;
        }
    return best;
}

static void read_keys(struct ui *ui, uint64_t id, const struct ui_plot *plot, float newest)
{
    struct ui_key *key;
    if (ui->plot != id) {
        ui->plot = id;
        ui->plot_x = newest;
    }
    for (int i = 0; (key = ui_next_key(ui, &i));) {
        int direction = key->key == UI_KEY_RIGHT ? 1 : key->key == UI_KEY_LEFT ? -1 : 0;
        if (!direction || key->mods)
            continue;
        ui_use_key(ui, key);
        ui->keyboard = true;
        ui->plot_x = next_x(plot, ui->plot_x, direction);
    }
}

void ui_plot(struct ui *ui, const char *name, struct ui_rect rect, const struct ui_plot *plot)
{
    struct ui_touch touch = ui_enter(ui, name, rect, UI_ROLE_PLOT, plot->heading, 0);
    struct pen pen = {.metrics = &ui->metrics, .theme = ui->theme, .plot = plot};
    struct ui_rect head;
    bool any = lay_out(&pen, rect, &head), shown = false;
    float at = 0;
    if (touch.hover)
        ui->cursor = UI_CURSOR_ARROW;
    if (any && ui_hears(ui, &touch)) {
        read_keys(ui, touch.id, plot, (float)pen.x1);
        at = ui->plot_x;
        shown = touch.ring;
    }
    if (any && touch.hover && ui_rect_has(pen.area, ui->x, ui->y)) {
        at = (float)(pen.x0 + (double)((ui->x - pen.area.x) / pen.area.w) * (pen.x1 - pen.x0));
        shown = true;
    }
    ui_plot_draw(ui_shapes(ui), &ui->metrics, ui->theme, rect, plot, shown ? &at : NULL);
    ui_draw_ring(ui, &touch, rect, 6);
}

void ui_sparkline(struct ui_shapes *shapes, struct ui_rect rect, const struct ui_series *series)
{
    struct ui_plot plot = {.series = series, .series_count = 1};
    struct pen pen = {.shapes = shapes, .plot = &plot, .area = ui_inset(rect, 1)};
    struct range r = range_of(&pen);
    if (!r.any || pen.area.w < 2 || pen.area.h < 2)
        return;
    pen.x0 = r.x0;
    pen.x1 = r.x1 > r.x0 ? r.x1 : r.x0 + 1;
    pen.y0 = r.y0;
    pen.y1 = r.y1 > r.y0 ? r.y1 : r.y0 + 1;
    draw_series(&pen, series);
}

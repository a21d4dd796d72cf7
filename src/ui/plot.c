/* SPDX-License-Identifier: MIT */
#include "ui/plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/format.h"
#include "ui/inside.h"
#include "ui/plot_inside.h"

enum { HEAD = 28, FOOT = 24, RUN_MAX = 512, RIGHT = 12, LEGEND_GAP = 18, LEGEND_LINE = 20 };

float plot_text_width(const struct plot_pen *pen, float size, const char *text)
{
    return pen->metrics->width(pen->metrics->user, UI_FONT_TEXT, size, text, strlen(text));
}

/* Text whose left (align 0), middle (0.5) or right (1) is at x and whose middle is at y. */
void plot_put_text(const struct plot_pen *pen, float x, float y, float align, float size,
                   ui_color color, const char *text)
{
    float w = plot_text_width(pen, size, text);
    float h = pen->metrics->height(pen->metrics->user, UI_FONT_TEXT, size);
    struct ui_rect rect = {x - align * w, floorf(y - h / 2), w, h};
    ui_push_text(pen->shapes, rect, UI_FONT_TEXT, size, color, text, strlen(text));
}

/* ---- ranges ---- */

double plot_scale_y(const struct plot_pen *pen, double y)
{
    if (!pen->plot->log_y)
        return y;
    return y > 0 ? log10(y) : NAN;
}

struct range {
    double x0, x1, y0, y1;
    bool any;
};

static struct range range_of(const struct plot_pen *pen)
{
    struct range r = {INFINITY, -INFINITY, INFINITY, -INFINITY, false};
    for (int s = 0; s < pen->plot->series_count; s++) {
        const struct ui_series *series = &pen->plot->series[s];
        for (size_t i = 0; i < series->count; i++) {
            double x = (double)series->points[i].x,
                   y = plot_scale_y(pen, (double)series->points[i].y);
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
static void set_y_range(struct plot_pen *pen, struct range r)
{
    const struct ui_plot *plot = pen->plot;
    double unit = plot->percent && !plot->log_y ? 100 : 1;
    bool given = plot->y_min != 0 || plot->y_max != 0;
    bool bounded = plot->y_least != 0 || plot->y_most != 0;
    if (given) {
        r.y0 = plot_scale_y(pen, (double)plot->y_min);
        r.y1 = plot_scale_y(pen, (double)plot->y_max);
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

static bool set_ranges(struct plot_pen *pen)
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

float plot_place_x(const struct plot_pen *pen, double x)
{
    return pen->area.x + (float)((x - pen->x0) / (pen->x1 - pen->x0)) * pen->area.w;
}

float plot_place_y(const struct plot_pen *pen, double scaled)
{
    double part = (scaled - pen->y0) / (pen->y1 - pen->y0);
    return pen->area.y + pen->area.h - (float)part * pen->area.h;
}

/* ---- axes ---- */

static struct ui_number_text tick_text(const struct plot_pen *pen, double tick)
{
    if (pen->plot->log_y && pen->plot->percent)
        return ui_percent(pow(10, tick), tick < -2 ? 2 : 0);
    if (pen->plot->log_y)
        return ui_plain(pow(10, tick));
    if (pen->plot->percent)
        return ui_percent(tick / 100, pen->y_ticks.digits);
    return ui_fixed(tick, pen->y_ticks.digits);
}

static double y_tick(const struct plot_pen *pen, int i)
{
    return pen->y_ticks.first + pen->y_ticks.step * i;
}

/* A logarithmic axis has no ticks between the powers of ten. */
static void keep_powers(struct plot_pen *pen)
{
    if (!pen->plot->log_y)
        return;
    double step = fmax(1, ceil(pen->y_ticks.step)), first = floor(pen->y0), last = ceil(pen->y1);
    pen->y_ticks = (struct ui_ticks){first, step, (int)((last - first) / step) + 1, 0};
    pen->y0 = first;
    pen->y1 = fmax(last, first + 1);
}

static float label_room(const struct plot_pen *pen)
{
    float widest = 0;
    for (int i = 0; i < pen->y_ticks.count; i++)
        widest =
            fmaxf(widest, plot_text_width(pen, PLOT_SMALL, tick_text(pen, y_tick(pen, i)).text));
    return fmaxf(ceilf(widest) + 12, pen->plot->label_room);
}

static void draw_y_axis(const struct plot_pen *pen)
{
    double unit = pen->plot->percent && !pen->plot->log_y ? 100 : 1;
    for (int i = 0; i < pen->y_ticks.count; i++) {
        double tick = y_tick(pen, i);
        float y = floorf(plot_place_y(pen, tick / unit));
        if (y < pen->area.y - 1 || y > pen->area.y + pen->area.h + 1)
            continue;
        struct ui_rect line = {pen->area.x, y, pen->area.w, 1};
        ui_push_box(pen->shapes, line, 0, pen->theme->grid, 0, 0);
        plot_put_text(pen, pen->area.x - 10, y, 1, PLOT_SMALL, pen->theme->quiet,
                      tick_text(pen, tick).text);
    }
}

static int count_inside(const struct plot_pen *pen, const struct ui_ticks *ticks)
{
    int count = 0;
    for (int i = 0; i < ticks->count; i++) {
        double tick = ticks->first + ticks->step * i;
        count += tick >= pen->x0 && tick <= pen->x1;
    }
    return count;
}

/* Those beyond the ends, which are not drawn, take no room; and one number alone tells nothing. */
static struct ui_ticks find_x_ticks(const struct plot_pen *pen)
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

static void draw_x_axis(const struct plot_pen *pen)
{
    struct ui_ticks ticks = find_x_ticks(pen);
    for (int i = 0; i < ticks.count; i++) {
        double tick = ticks.first + ticks.step * i;
        float x = plot_place_x(pen, tick);
        if (x < pen->area.x - 1 || x > pen->area.x + pen->area.w + 1)
            continue;
        struct ui_number_text text = ui_fixed(tick, ticks.digits);
        float half = plot_text_width(pen, PLOT_SMALL, text.text) /
                     2; /* the last one stays within the plot */
        x = fminf(x, pen->area.x + pen->area.w + RIGHT - half);
        plot_put_text(pen, x, pen->area.y + pen->area.h + FOOT / 2 + 4, 0.5f, PLOT_SMALL,
                      pen->theme->quiet, text.text);
    }
    if (pen->plot->x_unit)
        plot_put_text(pen, pen->area.x - 10, pen->area.y + pen->area.h + FOOT / 2 + 4, 1,
                      PLOT_SMALL, pen->theme->quiet, pen->plot->x_unit);
}

static float legend_width(const struct plot_pen *pen)
{
    float width = 0;
    for (int s = 0; s < pen->plot->series_count; s++)
        if (pen->plot->series[s].name)
            width +=
                plot_text_width(pen, 14, pen->plot->series[s].name) + PLOT_KEY + 8 + LEGEND_GAP;
    return width;
}

/* Whether the series' names need a line of their own, below the heading. */
static bool has_legend_line(const struct plot_pen *pen, float width)
{
    const char *heading = pen->plot->heading;
    float left = heading ? plot_text_width(pen, PLOT_SMALL, heading) * 1.25f + 20 : 0;
    return heading && legend_width(pen) > 0 && left + legend_width(pen) - LEGEND_GAP > width;
}

/* The series' names at the right of the heading, or below it; the first of them where there is no
 * room for all. */
static void draw_legend(const struct plot_pen *pen, struct ui_rect head)
{
    const struct ui_plot *plot = pen->plot;
    bool below = has_legend_line(pen, head.w);
    float right = head.x + head.w, y = head.y + 7 + (below ? LEGEND_LINE : 0);
    float x = below ? head.x : fmaxf(right - (legend_width(pen) - LEGEND_GAP), head.x);
    if (plot->heading)
        ui_draw_heading(pen->shapes, pen->metrics, pen->theme->quiet, head, plot->heading);
    for (int s = 0; s < plot->series_count; s++) {
        const struct ui_series *series = &plot->series[s];
        if (!series->name)
            continue;
        float w = plot_text_width(pen, 14, series->name) + PLOT_KEY + 8;
        if (x + w > right + 0.5f)
            break;
        plot_draw_key(pen, series, x, y);
        plot_put_text(pen, x + PLOT_KEY + 8, y + 1, 0, 14, pen->theme->quiet, series->name);
        x += w + LEGEND_GAP;
    }
}

/* ---- curves ---- */

/* A line is collected here until it is interrupted or the room is used up. */
struct run {
    float xy[2 * RUN_MAX];
    uint32_t count;
};

/* Dashes and gaps along the line. */
static void push_dashes(const struct plot_pen *pen, const struct run *run,
                        const struct ui_series *series, float width)
{
    float done = 0; /* of the way */
    float period = series->dash + plot_gap(series);
    for (uint32_t i = 0; i + 1 < run->count; i++) {
        const float *a = run->xy + 2 * i, *b = a + 2;
        float len = hypotf(b[0] - a[0], b[1] - a[1]), at = 0;
        while (at < len) {
            float in = fmodf(done, period);
            bool ink = in < series->dash;
            float step = fmaxf((ink ? series->dash : period) - in, 0.25f);
            float to = fminf(at + step, len), t0 = at / len, t1 = to / len;
            float dash[] = {a[0] + t0 * (b[0] - a[0]), a[1] + t0 * (b[1] - a[1]),
                            a[0] + t1 * (b[0] - a[0]), a[1] + t1 * (b[1] - a[1])};
            if (ink)
                ui_push_line(pen->shapes, dash, 2, width, series->color);
            done += to - at;
            at = to;
        }
    }
}

static void end_run(const struct plot_pen *pen, struct run *run, const struct ui_series *series)
{
    float width = series->behind ? 1.6f : 2;
    if (run->count == 1)
        ui_push_dot(pen->shapes, run->xy[0], run->xy[1], width, series->color);
    else if (run->count > 1 && series->dash > 0)
        push_dashes(pen, run, series, width);
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
static void add_segment(const struct plot_pen *pen, struct run *run, const struct ui_series *series,
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

static void draw_points(const struct plot_pen *pen, const struct ui_series *series,
                        const struct ui_point *points, size_t count)
{
    struct run run = {.count = 0};
    float before[2], here[2];
    bool connected = false;
    for (size_t i = 0; i < count; i++) {
        double y = plot_scale_y(pen, (double)points[i].y);
        if (!isfinite(y) || !isfinite(points[i].x)) {
            end_run(pen, &run, series);
            connected = false;
            continue;
        }
        here[0] = plot_place_x(pen, (double)points[i].x);
        here[1] = plot_place_y(pen, y);
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

static void draw_series(const struct plot_pen *pen, const struct ui_series *series)
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

static void draw_curves(const struct plot_pen *pen)
{
    for (int behind = 1; behind >= 0; behind--)
        for (int s = 0; s < pen->plot->series_count; s++)
            if (pen->plot->series[s].behind == (bool)behind)
                draw_series(pen, &pen->plot->series[s]);
}

/* ---- the whole ---- */

/* Finds the area of the curves and the ranges; false if there is nothing to show. */
static bool lay_out(struct plot_pen *pen, struct ui_rect rect, struct ui_rect *head)
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
    struct plot_pen pen = {.shapes = shapes, .metrics = metrics, .theme = theme, .plot = plot};
    struct ui_rect head;
    bool any = lay_out(&pen, rect, &head);
    draw_legend(&pen, head);
    if (!any) {
        const char *text = plot->empty ? plot->empty : "";
        if (plot_text_width(&pen, 14, text) <= rect.w)
            plot_put_text(&pen, rect.x + rect.w / 2, rect.y + rect.h / 2, 0.5f, 14, theme->quiet,
                          text);
        return;
    }
    draw_y_axis(&pen);
    draw_x_axis(&pen);
    plot_draw_marks(&pen);
    draw_curves(&pen);
    plot_draw_current(&pen);
    if (at)
        plot_draw_values(&pen, *at);
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
    struct plot_pen pen = {.metrics = &ui->metrics, .theme = ui->theme, .plot = plot};
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
    struct plot_pen pen = {.shapes = shapes, .plot = &plot, .area = ui_inset(rect, 1)};
    struct range r = range_of(&pen);
    if (!r.any || pen.area.w < 2 || pen.area.h < 2)
        return;
    pen.x0 = r.x0;
    pen.x1 = r.x1 > r.x0 ? r.x1 : r.x0 + 1;
    pen.y0 = r.y0;
    pen.y1 = r.y1 > r.y0 ? r.y1 : r.y0 + 1;
    draw_series(&pen, series);
}

/* SPDX-License-Identifier: MIT */
#include "app/train/train_curves.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/language.h"

/* The scale looks at what came after this part of the way. */
#define PART_SKIPPED 0.15f

/* A run before that never learnt would squeeze this one's curve into a line. */
#define BEFORE_WORTH_SHOWING 0.8f

/* Training points on show in a whole run; more of them are but a band of noise. */
enum { POINTS_SHOWN = 160 };

/* Before there are so many means of them, the points stand as they are: a run shows at once. */
enum { MEANS_LEAST = 4 };

/* Room for "98.5 %" beside the axis. */
enum { LABEL_ROOM = 56 };

/* Of runs before, by their kind. */
static const struct {
    float dash, gap;
} dashes[PAST_RUNS_MAX] = {{5, 4}, {2, 3}, {10, 2}, {2, 9}};

/* ---- points -------------------------------------------------------------------------------- */

static void add_point(struct train_curve *curve, float epoch, float value)
{
    if (curve->count < HISTORY_POINTS_MAX)
        curve->points[curve->count++] = (struct ui_point){epoch, value};
}

/* The mean of each so many points, at the place of the last of them; a last group that is not
 * whole yet waits. All points are of equally many images, give or take a mini-batch. */
static void add_points(struct train_curve *to, const struct history *history,
                       int epochs)
{
    int total = epochs * history_points_per_epoch(epochs);
    int each = (total + POINTS_SHOWN - 1) / POINTS_SHOWN;
    if (history->point_count < MEANS_LEAST * each)
        each = 1;
    float accuracy = 0, cost = 0;
    for (int i = 0; i < history->point_count; i++) {
        const struct history_point *point = &history->points[i];
        accuracy += point->accuracy;
        cost += point->cost;
        if ((i + 1) % each)
            continue;
        add_point(&to[TRAIN_ACCURACY], point->epoch, accuracy / (float)each);
        add_point(&to[TRAIN_COST], point->epoch, cost / (float)each);
        accuracy = cost = 0;
    }
}

static void add_checks(struct train_curve *to, const struct history *history)
{
    for (int i = 0; i < history->check_count; i++) {
        const struct history_check *check = &history->checks[i];
        add_point(&to[TRAIN_ACCURACY], check->epoch, check->accuracy);
        add_point(&to[TRAIN_COST], check->epoch, check->cost);
    }
}

/* Whether the validation of that run is more than a dot on an axis of so many epochs. */
static bool has_line(const struct history *history, int epochs)
{
    return history->check_count > 1 && history->checks[1].epoch <= (float)epochs;
}

static float last_epoch(const struct train_curve *curve)
{
    return curve->count ? curve->points[curve->count - 1].x : 0;
}

/* A run before: its validation, or its training where that is more than a dot. Smoothing is a
 * part of the cost in training alone. */
static void add_past(struct train_curves *curves, const struct past_run *run,
                     const struct recipe *recipe)
{
    int i = curves->past_count++;
    struct train_curve *to = curves->past[i].curves;
    bool line = has_line(&run->history, recipe->epochs);
    to[TRAIN_ACCURACY].count = to[TRAIN_COST].count = 0;
    train_curves_name(run->number, curves->past[i].name);
    curves->past[i].dashes = run->dashes;
    if (line)
        add_checks(to, &run->history);
    else
        add_points(to, &run->history, recipe->epochs);
    if (run->recipe.cost != recipe->cost || (!line && run->recipe.smoothing != recipe->smoothing))
        to[TRAIN_COST].count = 0;
}

void train_curves_fill(struct train_curves *curves, const struct history *run,
                       const struct recipe *recipe, const struct past_runs *past)
{
    for (int i = 0; i < TRAIN_MEASURES; i++)
        curves->train[i].count = curves->valid[i].count = 0;
    curves->epochs = recipe->epochs;
    curves->mark_count = curves->past_count = 0;
    if (run) {
        add_points(curves->train, run, recipe->epochs);
        add_checks(curves->valid, run);
    }
    for (int i = 0; past && i < past->count; i++)
        if (past->items[i].shown)
            add_past(curves, &past->items[i], recipe);
    curves->current = fmaxf(last_epoch(&curves->train[0]), last_epoch(&curves->valid[0]));
}

/* ---- marks ---- */

static void add_mark(struct train_curves *curves, float epoch, const char *words)
{
    int i = curves->mark_count++;
    for (; i > 0 && curves->marks[i - 1].x > epoch; i--) {
        curves->marks[i].x = curves->marks[i - 1].x;
        memcpy(curves->mark_words[i], curves->mark_words[i - 1], sizeof curves->mark_words[i]);
    }
    snprintf(curves->mark_words[i], sizeof curves->mark_words[i], "%s", words);
    curves->marks[i].x = epoch;
}

void train_curves_mark(struct train_curves *curves, const struct history *run,
                       const struct run_marks *marks)
{
    const struct history_epoch *best = run ? history_best(run) : NULL;
    char words[24];
    for (int i = 0; marks && i < marks->count; i++) {
        const struct run_mark *mark = &marks->items[i];
        snprintf(words, sizeof words, "rate %g", (double)mark->rate);
        add_mark(curves, mark->epoch,
                 mark->kind == RUN_MARK_RATE     ? words
                 : mark->kind == RUN_MARK_PAUSED ? _("paused")
                                                 : _("resumed"));
    }
    if (best)
        add_mark(curves, (float)best->epoch, _("kept"));
    for (int i = 0; i < curves->mark_count; i++)
        curves->marks[i].label = curves->mark_words[i];
}

/* ---- ranges -------------------------------------------------------------------------------- */

struct span {
    float least, most; /* least > most: nothing */
};

static void widen(struct span *span, const struct train_curve *curve, bool whole)
{
    float from = whole ? 0 : PART_SKIPPED * last_epoch(curve);
    for (int i = 0; i < curve->count; i++) {
        float y = curve->points[i].y;
        if (curve->points[i].x < from || !isfinite(y))
            continue;
        span->least = fminf(span->least, y);
        span->most = fmaxf(span->most, y);
    }
}

static struct span find_span(const struct train_curves *curves, enum train_measure measure)
{
    struct span span = {INFINITY, -INFINITY};
    widen(&span, &curves->train[measure], curves->whole);
    widen(&span, &curves->valid[measure], curves->whole);
    if (span.least > span.most)
        for (int i = 0; i < curves->past_count; i++)
            widen(&span, &curves->past[i].curves[measure], curves->whole);
    return span;
}

/* The bottom of the accuracy's scale, which ends at 100 %. */
static float accuracy_floor(const struct train_curves *curves)
{
    static const float floors[] = {0.98f, 0.96f, 0.9f, 0.8f, 0.6f};
    float least = find_span(curves, TRAIN_ACCURACY).least;
    if (curves->whole)
        return 0;
    for (int i = 0; i < curves->past_count; i++) {
        const struct train_curve *past = &curves->past[i].curves[TRAIN_ACCURACY];
        if (past->count && past->points[past->count - 1].y > BEFORE_WORTH_SHOWING)
            least = fminf(least, past->points[past->count - 1].y);
    }
    for (size_t i = 0; i < sizeof floors / sizeof floors[0]; i++)
        if (isfinite(least) && least >= floors[i])
            return floors[i];
    return 0;
}

/* The top of the cost's scale, which begins at 0: the next of 1, 2, 5, 10, ... */
static float cost_ceiling(const struct train_curves *curves)
{
    static const float steps[] = {1, 2, 5, 10};
    float most = find_span(curves, TRAIN_COST).most;
    if (!isfinite(most) || most <= 0)
        return 1;
    float power = powf(10, floorf(log10f(most)));
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (most <= steps[i] * power)
            return steps[i] * power;
    return 10 * power;
}

/* ---- the plot ------------------------------------------------------------------------------ */

static const char *empty_words(enum train_measure measure, bool running)
{
    if (running)
        return _("The first epoch is under way.");
    return measure == TRAIN_ACCURACY
               ? _("Press Start: how often the network is right will be drawn here, on the "
                   "images it learns from and on images it has never seen.")
               : _("Press Start: the cost, a measure of how wrong its answers are, will be "
                   "drawn here. Learning makes it small.");
}

/* A line that lies outside of the axes altogether would be but a name in the legend. */
static bool can_be_seen(const struct train_curve *curve, const struct ui_plot *plot)
{
    for (int i = 0; i < curve->count; i++)
        if (curve->points[i].x <= plot->x_max && curve->points[i].y >= plot->y_min &&
            curve->points[i].y <= plot->y_max)
            return true;
    return false;
}

char *train_curves_name(uint64_t number, char *name)
{
    snprintf(name, TRAIN_NAME_MAX, _("run %" PRIu64), number);
    return name;
}

struct ui_series train_curves_key(int kind, const struct ui_theme *theme)
{
    return (struct ui_series){
        .color = theme->before, .dash = dashes[kind].dash, .gap = dashes[kind].gap, .behind = true};
}

static void add_series(struct train_plot *plot, const char *name, struct ui_series series,
                       const struct train_curve *curve)
{
    if (!curve->count)
        return;
    series.name = name;
    series.points = curve->points;
    series.count = (size_t)curve->count;
    plot->series[plot->plot.series_count++] = series;
}

void train_curves_plot(const struct train_curves *curves, enum train_measure measure, bool running,
                       const struct ui_theme *theme, struct train_plot *plot)
{
    bool accuracy = measure == TRAIN_ACCURACY;
    plot->plot = (struct ui_plot){
        .heading = accuracy ? _("Accuracy") : _("Cost"),
        .series = plot->series,
        .x_max = (float)curves->epochs,
        .label_room = LABEL_ROOM,
        .y_min = accuracy ? accuracy_floor(curves) : 0,
        .y_max = accuracy ? 1 : cost_ceiling(curves),
        .percent = accuracy,
        .has_current = running && curves->current > 0,
        .current = curves->current,
        .marks = curves->marks,
        .mark_count = curves->mark_count,
        .x_name = "epoch",
        .x_unit = "epochs",
        .empty = empty_words(measure, running),
    };
    add_series(plot, _("training"), (struct ui_series){.color = theme->accent},
               &curves->train[measure]);
    add_series(plot, _("validation"), (struct ui_series){.color = theme->second},
               &curves->valid[measure]);
    for (int i = 0; i < curves->past_count; i++)
        if (can_be_seen(&curves->past[i].curves[measure], &plot->plot))
            add_series(plot, curves->past[i].name, train_curves_key(curves->past[i].dashes, theme),
                       &curves->past[i].curves[measure]);
}

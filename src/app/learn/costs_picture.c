/* SPDX-License-Identifier: MIT */
#include "app/learn/costs_picture.h"

#include <math.h>
#include <stdio.h>

#include "app/learn/learn_asks.h"
#include "app/stage/cost_stage.h"
#include "app/widget/digit_picture.h"
#include "base/language.h"
#include "data/dataset.h"
#include "ink/fit.h"
#include "ui/format.h"
#include "ui/plot.h"
#include "ui/ui.h"

enum {
    HEAD = 24,
    SHOWN = 200, /* bars, at most */
    PICTURE = 112,
    BELOW = 172, /* the image and its outputs */
    VALUE_LINE = 22,
};

/* ---- one image ------------------------------------------------------------------------------- */

void costs_picture_image(const struct cost_stage *stage, struct ui *ui, struct ui_rect rect)
{
    uint32_t *pixels = ui_pixels(ui, FIT_LEN);
    const struct costs_image *here = &stage->here;
    float side = fminf(rect.w, rect.h - 2 * VALUE_LINE);
    struct ui_rect picture = ui_cut_top(&rect, side);
    char text[48];
    picture = ui_middle(picture, side, side);
    if (pixels)
        digit_picture_show(ui, picture, stage->images.set->pixels + (size_t)stage->image * FIT_LEN,
                           pixels);
    ui_push_box(ui_shapes(ui), picture, 0, 0, ui_theme(ui)->card_edge, 1);
    snprintf(text, sizeof text, _("it is a %d"), here->label);
    ui_label(ui, ui_cut_top(&rect, VALUE_LINE), UI_CENTER | UI_LITTLE | UI_QUIET, text);
    snprintf(text, sizeof text, _("read as %d"), here->answer);
    ui_label(ui, ui_cut_top(&rect, VALUE_LINE),
             UI_CENTER | UI_BOLD | (here->answer == here->label ? 0 : UI_SECOND), text);
    ui_area(ui, "cost-image", picture, UI_ROLE_VALUE, text);
}

void costs_picture_bars(const struct costs_image *image, struct ui *ui, struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    struct ui_rect digits = ui_cut_bottom(&rect, VALUE_LINE);
    for (int k = 0; k < COSTS_OUTPUTS; k++) {
        struct ui_rect bar = ui_column(rect, k, COSTS_OUTPUTS, 3);
        struct ui_rect digit = ui_column(digits, k, COSTS_OUTPUTS, 3);
        bool wanted = image->wanted[k] > 0;
        char text[8];
        snprintf(text, sizeof text, "%d", k);
        ui_push_box(ui_shapes(ui), bar, 2, theme->track, wanted ? theme->text : theme->track,
                    wanted ? 1.5f : 0);
        float high = floorf(bar.h * image->out[k]);
        bar.y += bar.h - high;
        bar.h = high;
        ui_push_box(ui_shapes(ui), bar, 2, wanted ? theme->accent : theme->second, 0, 0);
        ui_label(ui, digit, UI_CENTER | UI_LITTLE | (wanted ? UI_BOLD : UI_QUIET), text);
    }
}

/* ---- many images ----------------------------------------------------------------------------- */

static bool is_known(const struct cost_stage *stage)
{
    return stage->found->known && !stage->stale;
}

/* "Computing the cost of 1,000 images...", with how far it is. */
static void show_waiting(const struct cost_stage *stage, struct ui *ui, struct ui_rect rect)
{
    char text[80];
    snprintf(text, sizeof text, _("Computing the cost of %s images\u2026"),
             ui_thousands(stage->images.set->count).text);
    struct ui_rect middle = ui_middle(rect, fminf(rect.w, 320), 48);
    ui_label(ui, ui_cut_top(&middle, HEAD), UI_CENTER | UI_QUIET, text);
    ui_progress(ui, "cost-progress", ui_cut_top(&middle, 8), (float)stage->progress);
}

static int shown_count(const struct cost_stage *stage)
{
    return stage->found->count < SHOWN ? (int)stage->found->count : SHOWN;
}

static void choose_bar(const struct cost_stage *stage, struct learn_asks *asks, struct ui *ui,
                       struct ui_rect rect)
{
    struct ui_pad pad = ui_pad(ui, "cost-bars", rect, _("The cost of each image"), UI_CURSOR_HAND);
    ui_tip(ui, _("Drag along the bars: each is an image"));
    int count = shown_count(stage);
    if (!pad.held || pad.count == 0)
        return;
    int at = (int)floorf((pad.x - rect.x) / rect.w * (float)count);
    at = at < 0 ? 0 : at >= count ? count - 1 : at;
    learn_ask_number(asks, "image", at + 1);
}

/* A line at that part of the height, with what it stands for. */
static void show_level(struct ui *ui, struct ui_rect rect, float part, const char *text)
{
    float y = rect.y + rect.h - part * (rect.h - 8);
    const float line[] = {rect.x, y, rect.x + rect.w, y};
    ui_push_line(ui_shapes(ui), line, 2, 1, ui_theme(ui)->quiet);
    ui_label(ui, (struct ui_rect){rect.x + 4, y - 18, 40, 18}, UI_LITTLE | UI_QUIET, text);
}

static void show_bars(const struct cost_stage *stage, struct learn_asks *asks, struct ui *ui,
                      struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    const struct cost_found *found = stage->found;
    int count = shown_count(stage);
    float wide = rect.w / (float)count, top = 1;
    choose_bar(stage, asks, ui, rect);
    ui_push_box(ui_shapes(ui), rect, 0, theme->well, theme->card_edge, 1);
    for (int i = 0; i < count; i++)
        top = fmaxf(top, found->cost[i]);
    for (int i = 0; i < count; i++) {
        float high = fmaxf(found->cost[i] / top * (rect.h - 8), 1.5f);
        struct ui_rect bar = {rect.x + (float)i * wide, rect.y + rect.h - high,
                              fmaxf(wide - 0.5f, 1), high};
        if (i == stage->image)
            ui_push_box(ui_shapes(ui), (struct ui_rect){bar.x - 1, rect.y, bar.w + 2, rect.h}, 0,
                        theme->selection, 0, 0);
        ui_push_box(ui_shapes(ui), bar, 0,
                    i == stage->image ? theme->text
                    : found->right[i] ? theme->accent
                                      : theme->second,
                    0, 0);
    }
    show_level(ui, rect, 0.5f / top, "0.5");
    float y = rect.y + rect.h - (float)found->mean.cost / top * (rect.h - 8);
    const float line[] = {rect.x, y, rect.x + rect.w, y};
    ui_push_line(ui_shapes(ui), line, 2, 1.5f, theme->text);
}

void costs_picture_many(const struct cost_stage *stage, struct learn_asks *asks, struct ui *ui,
                        struct ui_rect rect)
{
    char text[160];
    struct ui_rect below = ui_cut_bottom(&rect, BELOW);
    ui_cut_bottom(&rect, UI_GAP);
    struct ui_rect head = ui_cut_top(&rect, HEAD);
    if (is_known(stage)) {
        snprintf(text, sizeof text, _("mean of all %s: %s (the line)"),
                 ui_thousands(stage->found->count).text, ui_fixed(stage->found->mean.cost, 4).text);
        ui_label(ui, head, UI_BOLD, text);
        snprintf(text, sizeof text,
                 _("the first %d images, each with its cost; those misread are orange"),
                 shown_count(stage));
        ui_label(ui, ui_cut_bottom(&rect, HEAD), UI_LITTLE | UI_QUIET, text);
        show_bars(stage, asks, ui, rect);
    } else {
        show_waiting(stage, ui, rect);
    }
    costs_picture_image(stage, ui, ui_cut_left(&below, PICTURE));
    ui_cut_left(&below, UI_BETWEEN);
    snprintf(text, sizeof text, _("image %d costs %s"), stage->image + 1,
             ui_fixed(stage->here.cost, 4).text);
    ui_label(ui, ui_cut_top(&below, HEAD), UI_BOLD, text);
    costs_picture_bars(&stage->here, ui, below);
}

/* ---- along a weight -------------------------------------------------------------------------- */

static void show_curve(const struct cost_stage *stage, bool cost, struct ui *ui,
                       struct ui_rect rect)
{
    struct ui_point points[2][COST_SHIFTS];
    const struct ui_theme *theme = ui_theme(ui);
    float shift = cost_work_shift(stage->shift);
    const struct ui_mark here = {shift, shift == 0 ? _("before") : _("now")};
    const struct ui_mark before = {0, _("before")};
    const struct ui_mark marks[] = {shift < 0 ? here : before, shift < 0 ? before : here};
    float low = 1e9f, high = -1e9f;
    for (int i = 0; i < COST_SHIFTS; i++) {
        const struct costs_mean *mean = &stage->found->along[i];
        points[cost][i] =
            (struct ui_point){cost_work_shift(i), (float)(cost ? mean->cost : mean->accuracy)};
        low = fminf(low, points[cost][i].y);
        high = fmaxf(high, points[cost][i].y);
    }
    char heading[160];
    if (cost)
        snprintf(heading, sizeof heading, _("Mean cost, %s to %s"), ui_fixed((double)low, 4).text,
                 ui_fixed((double)high, 4).text);
    else
        snprintf(heading, sizeof heading, _("Accuracy, %s to %s"), ui_percent((double)low, 1).text,
                 ui_percent((double)high, 1).text);
    float margin = 0.1f * fmaxf(high - low, cost ? 1e-4f : 0.002f);
    const struct ui_series series = {cost ? _("cost") : _("accuracy"),
                                     cost ? theme->accent : theme->second, points[cost],
                                     COST_SHIFTS};
    const struct ui_plot plot = {
        .heading = heading,
        .series = &series,
        .series_count = 1,
        .marks = marks,
        .mark_count = shift == 0 ? 1 : 2,
        .x_min = cost_work_shift(0),
        .x_max = cost_work_shift(COST_SHIFTS - 1),
        .percent = !cost,
        .y_min = low - margin,
        .y_max = high + margin,
        .label_room = 56,
        .x_name = _("shift"),
    };
    ui_plot(ui, cost ? "cost-curve" : "accuracy-curve", rect, &plot);
}

void costs_picture_weight(const struct cost_stage *stage, struct learn_asks *asks, struct ui *ui,
                          struct ui_rect rect)
{
    const struct cost_found *found = stage->found;
    char text[160];
    (void)asks;
    if (!is_known(stage)) {
        show_waiting(stage, ui, rect);
        return;
    }
    const struct costs_mean *there = &found->along[stage->shift];
    snprintf(text, sizeof text, _("the weight from hidden neuron %d to the output for %d: %s"),
             found->place.from + 1, found->place.output,
             ui_fixed((double)(found->place.weight + cost_work_shift(stage->shift)), 2).text);
    ui_label(ui, ui_cut_top(&rect, HEAD), UI_QUIET, text);
    snprintf(text, sizeof text, _("cost %s, %s of %s right"), ui_fixed(there->cost, 5).text,
             ui_thousands(there->right).text, ui_thousands(found->count).text);
    ui_label(ui, ui_cut_top(&rect, HEAD), UI_BOLD | UI_FIGURES, text);
    ui_label(ui, ui_cut_bottom(&rect, HEAD), UI_CENTER | UI_LITTLE | UI_QUIET,
             _("by how much the weight is shifted"));
    show_curve(stage, true, ui, ui_row(rect, 0, 2, UI_BETWEEN));
    show_curve(stage, false, ui, ui_row(rect, 1, 2, UI_BETWEEN));
}

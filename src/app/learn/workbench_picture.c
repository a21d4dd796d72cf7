/* SPDX-License-Identifier: MIT */
#include "app/learn/workbench_picture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/learn/learn_asks.h"
#include "app/stage/workbench_stage.h"
#include "app/widget/value_picture.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/plot.h"
#include "ui/ui.h"

enum {
    PLOT_LEAST = 150,
    RUN_ROW = 24,
    RUNS_SHOWN = 4,
    TILE_GAP = 6,
    COLUMNS = 10,
    FIGURE = 70,
    LINE = 20,
    FIELD_PAD = 14,
    LINES_LEAST = 1,
    LINES_MOST = 4,
};

/* ---- words ----------------------------------------------------------------------------------- */

/* What is typed is asked for at once: the sentence under it says what is wrong as yet. */
static void show_words(const struct workbench_stage *stage, struct learn_asks *asks, struct ui *ui,
                       struct ui_rect *rest)
{
    char words[WORKBENCH_TYPED_MAX], counts[160];
    const char *trouble = stage->trouble.text[0] ? stage->trouble.text : NULL;
    const struct ui_field field = {_("The network in words"), "784-30-10", trouble};
    int lines = 1;
    snprintf(words, sizeof words, "%s", stage->typed);
    for (const char *at = words; *at; at++)
        lines += *at == '\n';
    lines = lines < LINES_LEAST ? LINES_LEAST : lines > LINES_MOST ? LINES_MOST : lines;
    struct ui_rect rect = ui_cut_top(rest, (float)(lines * LINE + FIELD_PAD));
    unsigned event =
        ui_field(ui, "workbench-net", rect, words, sizeof words, &field, UI_LINES | UI_MONO);
    if (!trouble)
        ui_tip(ui, _("The layers from the picture to the ten answers, one on each line"));
    if (event & UI_FIELD_CHANGED)
        learn_ask(asks, "typed", words);
    ui_cut_top(rest, UI_STEP);
    snprintf(counts, sizeof counts, _("%s weights and biases, %s multiplications"),
             ui_thousands((int64_t)stage->params).text, ui_thousands((int64_t)stage->effort).text);
    const char *below = trouble ? trouble : counts;
    unsigned flags = UI_LITTLE | UI_FIGURES | (trouble ? UI_SECOND : UI_QUIET);
    float height = ui_wrapped_height(ui, rest->w, flags, below);
    ui_wrapped(ui, ui_cut_top(rest, height), flags, below);
    ui_cut_top(rest, UI_GAP);
}

/* ---- the first layer ------------------------------------------------------------------------- */

static void show_weights(const struct workbench_stage *stage, struct ui *ui, struct ui_rect *rest)
{
    if (stage->neurons == 0)
        return;
    float side = floorf((rest->w - (COLUMNS - 1) * TILE_GAP) / COLUMNS);
    int rows = (stage->neurons + COLUMNS - 1) / COLUMNS;
    struct ui_rect tiles = ui_cut_top(rest, (float)rows * (side + TILE_GAP));
    for (int i = 0; i < stage->neurons; i++) {
        char name[24], label[40];
        struct ui_rect rect = ui_cell(tiles, i, COLUMNS, side, side, TILE_GAP);
        snprintf(name, sizeof name, "neuron-%d", i + 1);
        snprintf(label, sizeof label, _("weights of hidden neuron %d"), i + 1);
        uint32_t *pixels = ui_pixels(ui, WORKBENCH_PICTURE);
        if (pixels)
            value_picture_show(ui, rect, stage->weights[i], pixels);
        ui_area(ui, name, rect, UI_ROLE_AREA, label);
        ui_tip(ui, label);
    }
    ui_cut_top(rest, UI_STEP);
}

/* ---- curves ---------------------------------------------------------------------------------- */

static void fill(const struct workbench_run *run, struct ui_point *points)
{
    for (int i = 0; i < run->count; i++)
        points[i] = (struct ui_point){run->points[i].epoch, run->points[i].accuracy};
}

static void show_curves(const struct workbench_stage *stage, struct ui *ui, struct ui_rect rect)
{
    struct ui_point now[WORKBENCH_POINTS_MAX], before[WORKBENCH_POINTS_MAX];
    const struct ui_theme *theme = ui_theme(ui);
    int last = stage->run_count - 1 - (stage->work == NULL);
    const struct workbench_run *earlier = last >= 0 ? &stage->runs[last] : NULL;
    fill(&stage->now, now);
    if (earlier)
        fill(earlier, before);
    const struct ui_series series[] = {
        {_("this training"), theme->accent, now, (size_t)stage->now.count},
        {_("the one before"), theme->before, before, earlier ? (size_t)earlier->count : 0,
         .behind = true, .dash = 5},
    };
    const struct ui_plot plot = {
        .heading = _("Accuracy, images held back"),
        .series = series,
        .series_count = earlier ? 2 : 1,
        .x_max = fmaxf((float)stage->recipe.epochs, 1),
        .y_least = 0,
        .y_most = 1,
        .percent = true,
        .x_name = _("epoch"),
        .x_unit = _("epochs"),
        .empty = _("Nothing was trained yet."),
    };
    ui_plot(ui, "workbench", rect, &plot);
}

static void show_run(const struct workbench_run *run, struct ui *ui, struct ui_rect row)
{
    char seconds[64];
    snprintf(seconds, sizeof seconds, "%s s", ui_fixed((double)run->seconds, 1).text);
    ui_label(ui, ui_cut_right(&row, FIGURE), UI_RIGHT | UI_FIGURES,
             ui_percent(workbench_run_accuracy(run), 2).text);
    ui_label(ui, ui_cut_right(&row, FIGURE), UI_RIGHT | UI_FIGURES | UI_QUIET, seconds);
    ui_label(ui, ui_cut_right(&row, FIGURE + 10), UI_RIGHT | UI_FIGURES | UI_QUIET,
             ui_thousands((int64_t)run->params).text);
    ui_cut_right(&row, UI_GAP);
    const char *words[] = {run->words, "\u2026"};
    ui_label_fitting(ui, row, UI_QUIET | UI_LITTLE,
                     (const char *[]){words[0], _("layers of your own")}, 2);
}

/* ---- all of it ------------------------------------------------------------------------------- */

void workbench_picture_show(const struct stage *base, struct learn_asks *asks, struct ui *ui,
                            struct ui_rect rect)
{
    const struct workbench_stage *stage = (const struct workbench_stage *)base;
    int shown = stage->run_count < RUNS_SHOWN ? stage->run_count : RUNS_SHOWN;
    show_words(stage, asks, ui, &rect);
    struct ui_rect runs = ui_cut_bottom(&rect, (float)(shown * RUN_ROW));
    if (rect.h > PLOT_LEAST + rect.w / COLUMNS * 3 + UI_GAP)
        show_weights(stage, ui, &rect);
    show_curves(stage, ui, rect);
    for (int i = 0; i < shown; i++)
        show_run(&stage->runs[stage->run_count - 1 - i], ui, ui_cut_top(&runs, RUN_ROW));
}

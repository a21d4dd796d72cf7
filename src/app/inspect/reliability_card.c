/* SPDX-License-Identifier: MIT */
#include "app/inspect/reliability_card.h"

#include <math.h>
#include <stdio.h>

#include "app/inspect/inspect_shown.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    CAPTION = 18,
    SIDE = 44,   /* for the words at the left of the diagram */
    MOST = 520,  /* as large as it gets */
    COUNTS = 72, /* the height of the plot below it */
    BAR_GAP = 2,
    FEW = 10, /* answers */
};

/* What the card is drawn from: one bin of answers. */
static double accuracy_of(const struct calibrate_bin *bin)
{
    return (double)bin->correct / bin->count;
}

/* Blue up to the accuracy, and the gap between that and the confidence, which is the error: orange
 * where too little is right, an outline in the blue where more is right than was said. Few answers
 * say little, and are pale. */
static void show_bin(const struct calibrate_bin *bin, int i, struct ui *ui, struct ui_rect column)
{
    const struct ui_theme *theme = ui_theme(ui);
    char name[24], tip[240];
    double right = accuracy_of(bin), told = bin->confidence / bin->count;
    float low = (float)fmin(right, told), high = (float)fmax(right, told);
    struct ui_rect bar = {column.x, column.y + column.h * (1 - (float)right), column.w,
                          column.h * (float)right};
    struct ui_rect gap = {column.x, column.y + column.h * (1 - high), column.w,
                          column.h * (high - low)};
    float strength = bin->count < FEW ? 0.35f : 1;
    ui_color blue = ui_color_mix(theme->well, theme->accent, strength);
    ui_color orange = ui_color_mix(theme->well, theme->second, strength);
    ui_push_box(ui_shapes(ui), bar, 0, blue, 0, 0);
    ui_push_box(ui_shapes(ui), gap, 0,
                ui_color_mix(right < told ? theme->well : blue, orange, 0.4f), orange, 1);
    snprintf(name, sizeof name, "reliability-%d", i);
    snprintf(tip, sizeof tip,
             P_("%s answer of %s mean confidence: %s right",
                "%s answers of %s mean confidence: %s "
                "right",
                bin->count),
             ui_thousands(bin->count).text, ui_percent(told, 1).text, ui_percent(right, 1).text);
    ui_area(ui, name, column, UI_ROLE_VALUE, tip);
    ui_tip(ui, tip);
}

/* How many answers there are in each bin, on a logarithmic scale: most are in the last. */
static void show_counts(const struct calibrate_report *report, struct ui *ui, struct ui_rect plot)
{
    const struct ui_theme *theme = ui_theme(ui);
    uint32_t most = 1;
    for (int i = 0; i < CALIBRATE_BINS; i++)
        most = report->bins[i].count > most ? report->bins[i].count : most;
    ui_push_box(ui_shapes(ui), plot, 0, theme->well, theme->grid, 1);
    for (int i = 0; i < CALIBRATE_BINS; i++) {
        struct ui_rect column = ui_column(plot, i, CALIBRATE_BINS, BAR_GAP);
        float part = logf(1 + (float)report->bins[i].count) / logf(1 + (float)most);
        ui_push_box(ui_shapes(ui), ui_cut_bottom(&column, column.h * part), 0, theme->bar_quiet, 0,
                    0);
    }
}

static void show_percents(struct ui *ui, struct ui_rect plot)
{
    static const char *const texts[] = {"0 %", "50 %", "100 %"};
    for (int i = 0; i <= 2; i++) {
        float part = (float)i / 2, y = plot.y + plot.h * (1 - part), x = plot.x + plot.w * part;
        struct ui_rect left = {plot.x - SIDE, y - CAPTION / 2.0f, SIDE - UI_STEP, CAPTION};
        struct ui_rect below = {x - SIDE, plot.y + plot.h + UI_STEP, 2 * SIDE, CAPTION};
        unsigned where = i == 0 ? 0 : i == 1 ? UI_CENTER : UI_RIGHT;
        if (i == 0)
            below.x = plot.x;
        if (i == 2)
            below.x = x - 2 * SIDE;
        ui_label(ui, left, UI_LITTLE | UI_QUIET | UI_FIGURES | UI_RIGHT, texts[i]);
        ui_label(ui, below, UI_LITTLE | UI_QUIET | UI_FIGURES | where, texts[i]);
    }
}

static void show_diagram(const struct calibrate_report *report, struct ui *ui, struct ui_rect plot)
{
    const struct ui_theme *theme = ui_theme(ui);
    const float diagonal[] = {plot.x, plot.y + plot.h, plot.x + plot.w, plot.y};
    ui_push_box(ui_shapes(ui), plot, 0, theme->well, theme->grid, 1);
    for (int i = 0; i < CALIBRATE_BINS; i++)
        if (report->bins[i].count > 0)
            show_bin(&report->bins[i], i, ui, ui_column(plot, i, CALIBRATE_BINS, BAR_GAP));
    ui_push_line(ui_shapes(ui), diagonal, 2, 1, theme->text);
    show_percents(ui, plot);
}

void reliability_card_show(const struct inspect_shown *shown, struct ui *ui, struct ui_rect rect)
{
    const struct evaluated *result = shown->evaluating->result;
    struct ui_rect inside = ui_card(ui, rect, _("Confidence against accuracy"));
    if (!result) {
        ui_wrapped(ui, inside, UI_QUIET,
                   _("How honest the model's confidence is stands here once it was evaluated."));
        return;
    }
    char text[500];
    snprintf(text, sizeof text,
             _("Across: how confident an answer was. Upwards, blue: how many of those are right. "
               "Orange: how far that is from the confidence, %s in the mean over all answers; an "
               "honest model reaches the line. Pale: fewer than ten answers. Below: how many there "
               "are, on a logarithmic scale."),
             ui_percent(result->measure.verdicts.error, 2).text);
    float height = ui_wrapped_height(ui, inside.w, UI_QUIET, text);
    ui_wrapped(ui, ui_cut_bottom(&inside, height), UI_QUIET, text);
    ui_cut_bottom(&inside, UI_GAP);
    float counts = fminf(COUNTS, inside.h / 5);
    float side = fminf(MOST, fminf(inside.w - SIDE, inside.h - counts - CAPTION - 3 * UI_GAP));
    if (side <= 0)
        return;
    struct ui_rect plot = {inside.x + SIDE, inside.y + UI_GAP, inside.w - SIDE, side};
    show_diagram(&result->measure.verdicts, ui, plot);
    plot.y += side + CAPTION + UI_GAP;
    plot.h = counts;
    show_counts(&result->measure.verdicts, ui, plot);
}

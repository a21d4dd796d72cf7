/* SPDX-License-Identifier: MIT */
#include "app/learn/cost_picture.h"

#include <math.h>
#include <stdio.h>

#include "app/learn/costs_picture.h"
#include "app/learn/learn_asks.h"
#include "app/stage/cost_stage.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    HEAD = 24,
    PICTURE = 104,
    DIGIT = 24,
    NUMBER = 52,
    LITTLE = 34,
    ROW_MOST = 38,
    HIGH_MOST = 560,
    WIDE_MOST = 700,
    BAR = 7,
    SUM = 26,
};

/* ---- one image ------------------------------------------------------------------------------- */

/* Wanted over given, from 0 to 1. */
static void show_pair(const struct costs_image *image, int k, struct ui *ui, struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    const float values[] = {image->wanted[k], image->out[k]};
    const ui_color colors[] = {theme->text, theme->accent};
    for (int i = 0; i < 2; i++) {
        struct ui_rect bar = {rect.x, rect.y + rect.h / 2 + (i ? 1 : -1 - BAR), rect.w, BAR};
        ui_push_box(ui_shapes(ui), bar, BAR / 2.0f, theme->track, 0, 0);
        bar.w *= values[i];
        if (bar.w > 0)
            ui_push_box(ui_shapes(ui), bar, fminf(BAR / 2.0f, bar.w / 2), colors[i], 0, 0);
    }
}

static void show_cells(struct ui *ui, struct ui_rect *row, const char *const *texts, unsigned flags)
{
    static const float widths[] = {NUMBER, LITTLE, NUMBER + UI_GAP};
    for (int i = 2; i >= 0; i--)
        ui_label(ui, ui_cut_right(row, widths[i]),
                 UI_RIGHT | UI_FIGURES | flags | (i == 2 ? UI_BOLD : 0), texts[i]);
}

/* A click looks at this output. */
static void show_output(const struct cost_stage *stage, int k, struct learn_asks *asks,
                        struct ui *ui, struct ui_rect row)
{
    const struct costs_image *image = &stage->here;
    char name[24], digit[8], text[3][48], tip[80];
    snprintf(name, sizeof name, "output-%d", k);
    snprintf(tip, sizeof tip, _("Look at the output for %d"), k);
    if (ui_button(ui, name, row, "", UI_BARE))
        learn_ask_number(asks, "output", k);
    ui_tip(ui, tip);
    if (k == stage->output)
        ui_push_box(ui_shapes(ui), row, 6, ui_theme(ui)->selection, 0, 0);
    snprintf(digit, sizeof digit, "%d", k);
    ui_label(ui, ui_cut_left(&row, DIGIT), UI_CENTER | UI_BOLD, digit);
    snprintf(text[0], sizeof text[0], "%s", ui_fixed((double)image->out[k], 3).text);
    snprintf(text[1], sizeof text[1], "%.0f", (double)image->wanted[k]);
    snprintf(text[2], sizeof text[2], "%s", ui_fixed(image->square[k], 3).text);
    ui_cut_right(&row, UI_GAP);
    const char *const cells[] = {text[0], text[1], text[2]};
    show_cells(ui, &row, cells, 0);
    ui_cut_right(&row, UI_GAP);
    show_pair(image, k, ui, row);
}

static void show_sum_row(struct ui *ui, struct ui_rect row, const char *label, double value,
                         unsigned flags)
{
    ui_cut_right(&row, UI_GAP);
    ui_label(ui, ui_cut_right(&row, NUMBER + UI_GAP), UI_RIGHT | UI_FIGURES | flags,
             ui_fixed(value, 3).text);
    ui_label(ui, row, UI_RIGHT | flags, label);
}

static void show_image(const struct cost_stage *stage, struct learn_asks *asks, struct ui *ui,
                       struct ui_rect rect)
{
    double sum = 0;
    struct ui_rect left = ui_cut_left(&rect, PICTURE);
    ui_cut_left(&rect, UI_GAP);
    struct ui_rect head = ui_cut_top(&rect, HEAD);
    const char *const heads[] = {"a", "y", "(a \u2212 y)\u00b2"};
    ui_cut_right(&head, UI_GAP);
    show_cells(ui, &head, heads, UI_LITTLE | UI_QUIET);
    ui_cut_left(&head, DIGIT);
    ui_label(ui, head, UI_LITTLE | UI_QUIET, _("wanted, and given"));
    float high = floorf(fminf((rect.h - 2 * SUM - UI_GAP) / COSTS_OUTPUTS, ROW_MOST));
    ui_group_begin(ui, "cost-outputs");
    for (int k = 0; k < COSTS_OUTPUTS; k++) {
        show_output(stage, k, asks, ui, ui_cut_top(&rect, high));
        sum += stage->here.square[k];
    }
    ui_group_end(ui);
    ui_separator(ui, ui_cut_top(&rect, UI_GAP));
    show_sum_row(ui, ui_cut_top(&rect, SUM), _("all ten together"), sum, 0);
    show_sum_row(ui, ui_cut_top(&rect, SUM), _("half of it: the cost"), stage->here.cost,
                 UI_BOLD | UI_ACCENT);
    costs_picture_image(stage, ui, ui_middle(left, PICTURE, PICTURE + 44));
}

/* ---- three networks -------------------------------------------------------------------------- */

static void show_network(const struct cost_stage *stage, int i, struct ui *ui, struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    const struct costs_mean *mean = &stage->found->three[i];
    bool known = stage->found->known && !stage->stale;
    char text[64], name[24];
    ui_push_box(ui_shapes(ui), rect, 8, theme->well, theme->card_edge, 1);
    snprintf(name, sizeof name, "network-%d", i + 1);
    ui_area(ui, name, rect, UI_ROLE_VALUE, name);
    struct ui_rect inside = ui_inset(rect, 10);
    snprintf(text, sizeof text, _("Network %c"), 'A' + i);
    ui_label(ui, ui_cut_top(&inside, HEAD), UI_CENTER | UI_BOLD, text);
    struct ui_rect below = ui_cut_bottom(&inside, 5 * HEAD);
    ui_cut_bottom(&inside, UI_GAP);
    costs_picture_bars(&stage->three_here[i], ui, inside);
    snprintf(text, sizeof text, _("this image: %s"), ui_fixed(stage->three_here[i].cost, 3).text);
    ui_label(ui, ui_cut_top(&below, HEAD), UI_CENTER | UI_LITTLE | UI_FIGURES, text);
    ui_label(ui, ui_cut_top(&below, HEAD), UI_CENTER | UI_LITTLE | UI_QUIET, _("read right"));
    ui_label(ui, ui_cut_top(&below, HEAD), UI_CENTER | UI_FIGURES | UI_BOLD,
             known ? ui_percent(mean->accuracy, 1).text : "\u2026");
    ui_label(ui, ui_cut_top(&below, HEAD), UI_CENTER | UI_LITTLE | UI_QUIET, _("mean cost"));
    ui_label(ui, ui_cut_top(&below, HEAD), UI_CENTER | UI_FIGURES | UI_BOLD,
             known ? ui_fixed(mean->cost, 4).text : "\u2026");
}

static void show_three(const struct cost_stage *stage, struct learn_asks *asks, struct ui *ui,
                       struct ui_rect rect)
{
    (void)asks;
    struct ui_rect top = ui_cut_top(&rect, PICTURE);
    ui_cut_top(&rect, UI_GAP);
    costs_picture_image(stage, ui, ui_cut_left(&top, PICTURE));
    ui_cut_left(&top, UI_BETWEEN);
    ui_wrapped(ui, ui_middle(top, top.w, 3 * UI_LINE), UI_QUIET,
               _("The ten outputs of each network for this image. The bar with an outline is the "
                 "wanted one: it should be full, and all others empty."));
    for (int i = 0; i < COST_NETS; i++)
        show_network(stage, i, ui, ui_column(rect, i, COST_NETS, UI_GAP + 4));
}

/* ---- all of it ------------------------------------------------------------------------------- */

void cost_picture_show(const struct stage *base, struct learn_asks *asks, struct ui *ui,
                       struct ui_rect rect)
{
    static void (*const shows[])(const struct cost_stage *stage, struct learn_asks *asks,
                                 struct ui *ui, struct ui_rect rect) = {
        [COST_OF_IMAGE] = show_image,
        [COST_OF_MANY] = costs_picture_many,
        [COST_OF_THREE] = show_three,
        [COST_OF_WEIGHT] = costs_picture_weight,
    };
    const struct cost_stage *stage = (const struct cost_stage *)base;
    rect.h = fminf(rect.h, HIGH_MOST);
    rect = ui_middle(rect, fminf(rect.w, WIDE_MOST), rect.h);
    shows[stage->show](stage, asks, ui, rect);
}

/* SPDX-License-Identifier: MIT */
#include "app/learn/fourbit_picture.h"

#include <math.h>
#include <stdio.h>

#include "app/learn/learn_asks.h"
#include "app/stage/fourbit_stage.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    SIDE = 44, /* what stands left of the table */
    HEAD = 24,
    ROW_MOST = 40,
    WIDE_MOST = 620,
    ROWS = 2 * FOURBIT_BITS + 1,
};

/* Cell of the ten columns. */
static struct ui_rect cell_at(struct ui_rect row, int digit)
{
    ui_cut_left(&row, SIDE);
    return ui_column(row, digit, FOURBIT_DIGITS, 4);
}

static struct ui_rect side_of(struct ui_rect row)
{
    return ui_cut_left(&row, SIDE - 8);
}

/* A weight: a click makes it +10, -10, 0. */
static void show_weight(const struct fourbit_stage *stage, int bit, int digit,
                        struct learn_asks *asks, struct ui *ui, struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    float weight = stage->fourbit.weight[bit][digit];
    char set[16], name[24], text[48], tip[160];
    ui_color color = weight > 0 ? theme->accent : theme->second;
    snprintf(set, sizeof set, "w%d-%d", 1 << bit, digit);
    snprintf(name, sizeof name, "cell-%s", set);
    snprintf(text, sizeof text, "%s%s", weight > 0 ? "+" : "",
             ui_fixed((double)weight, weight == floorf(weight) ? 0 : 1).text);
    snprintf(tip, sizeof tip, _("Weight from output %d to the neuron for %d: %s. Click to change."),
             digit, 1 << bit, text);
    if (ui_button(ui, name, rect, "", UI_BARE))
        learn_ask_number(asks, set, (double)fourbit_stage_next(weight));
    ui_tip(ui, tip);
    ui_push_box(ui_shapes(ui), rect, 6,
                weight == 0 ? theme->field : ui_color_mix(theme->field, color, 0.35f),
                weight == 0 ? theme->field_edge : color, 1);
    ui_label(ui, rect, UI_CENTER | UI_LITTLE | UI_FIGURES | (weight == 0 ? UI_QUIET : UI_BOLD),
             text);
}

/* What comes out of a neuron for a digit: as full as it is near 1, green ring where it is right. */
static void show_bit(const struct fourbit *fourbit, int bit, int digit, struct ui *ui,
                     struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    float out = fourbit->out[digit][bit], side = fminf(fminf(rect.w, rect.h) - 2, 30);
    bool wanted = fourbit_wanted(digit, bit), right = wanted ? out > 0.5f : out < 0.5f;
    struct ui_rect disc = ui_middle(rect, side, side);
    char name[24], text[80];
    snprintf(name, sizeof name, "bit-%d-%d", 1 << bit, digit);
    snprintf(text, sizeof text, _("%s; wanted %d"), ui_fixed((double)out, 3).text, wanted);
    ui_push_box(ui_shapes(ui), disc, side / 2, ui_color_mix(theme->well, theme->accent, out * 0.6f),
                right ? theme->good : theme->second, 2);
    ui_label(ui, disc, UI_CENTER | UI_LITTLE | (right ? 0 : UI_BOLD),
             out > 0.5f   ? "1"
             : out < 0.5f ? "0"
                          : "?");
    ui_area(ui, name, disc, UI_ROLE_VALUE, text);
    ui_tip(ui, text);
}

/* The number that the four bits make, with a tick or a cross. */
static void show_number(const struct fourbit *fourbit, int digit, struct ui *ui,
                        struct ui_rect rect)
{
    bool right = fourbit->right[digit];
    char text[24];
    snprintf(text, sizeof text, "%d%s", fourbit->reads[digit], right ? "\u2713" : "\u2717");
    for (int bit = 0; bit < FOURBIT_BITS; bit++)
        if (fourbit->out[digit][bit] == 0.5f)
            snprintf(text, sizeof text, "?");
    ui_label(ui, rect, UI_CENTER | UI_BOLD | UI_FIGURES | (right ? UI_GOOD : UI_SECOND), text);
}

static void show_digits(struct ui *ui, struct ui_rect row, const char *side)
{
    char text[8];
    ui_label(ui, side_of(row), UI_RIGHT | UI_LITTLE | UI_QUIET, side);
    for (int digit = 0; digit < FOURBIT_DIGITS; digit++) {
        snprintf(text, sizeof text, "%d", digit);
        ui_label(ui, cell_at(row, digit), UI_CENTER | UI_BOLD, text);
    }
}

static void show_weights(const struct fourbit_stage *stage, struct learn_asks *asks, struct ui *ui,
                         struct ui_rect *rest, float high)
{
    char text[8];
    ui_label(ui, ui_cut_top(rest, HEAD), UI_LITTLE | UI_QUIET,
             _("weights from the ten outputs: click a cell for +10, \u221210, 0"));
    show_digits(ui, ui_cut_top(rest, HEAD), "");
    ui_grid_begin(ui, "fourbit-weights");
    for (int bit = FOURBIT_BITS - 1; bit >= 0; bit--) {
        struct ui_rect row = ui_cut_top(rest, high);
        snprintf(text, sizeof text, "%d", 1 << bit);
        ui_label(ui, side_of(row), UI_RIGHT | UI_BOLD, text);
        for (int digit = 0; digit < FOURBIT_DIGITS; digit++)
            show_weight(stage, bit, digit, asks, ui, ui_inset_xy(cell_at(row, digit), 0, 2));
    }
    ui_group_end(ui);
}

static void show_answers(const struct fourbit_stage *stage, struct ui *ui, struct ui_rect *rest,
                         float high)
{
    char text[8];
    ui_label(ui, ui_cut_top(rest, HEAD), UI_LITTLE | UI_QUIET,
             _("what the four answer when output 0, 1, 2 \u2026 is 0.99; green is right"));
    show_digits(ui, ui_cut_top(rest, HEAD), "");
    for (int bit = FOURBIT_BITS - 1; bit >= 0; bit--) {
        struct ui_rect row = ui_cut_top(rest, high);
        snprintf(text, sizeof text, "%d", 1 << bit);
        ui_label(ui, side_of(row), UI_RIGHT | UI_BOLD, text);
        for (int digit = 0; digit < FOURBIT_DIGITS; digit++)
            show_bit(&stage->fourbit, bit, digit, ui, cell_at(row, digit));
    }
    struct ui_rect row = ui_cut_top(rest, high);
    ui_label(ui, side_of(row), UI_RIGHT | UI_LITTLE | UI_QUIET, _("reads"));
    for (int digit = 0; digit < FOURBIT_DIGITS; digit++)
        show_number(&stage->fourbit, digit, ui, cell_at(row, digit));
}

void fourbit_picture_show(const struct stage *base, struct learn_asks *asks, struct ui *ui,
                          struct ui_rect rect)
{
    const struct fourbit_stage *stage = (const struct fourbit_stage *)base;
    float high = floorf(fminf((rect.h - 4 * HEAD - UI_GAP) / ROWS, ROW_MOST));
    struct ui_rect rest = ui_middle(rect, fminf(rect.w, WIDE_MOST), rect.h);
    show_weights(stage, asks, ui, &rest, high);
    ui_cut_top(&rest, UI_GAP);
    show_answers(stage, ui, &rest, high);
}

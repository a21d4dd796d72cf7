/* SPDX-License-Identifier: MIT */
#include "app/learn/gates_table.h"

#include <math.h>
#include <stdio.h>

#include "app/learn/learn_asks.h"
#include "app/stage/gates_stage.h"
#include "base/language.h"
#include "ui/ui.h"

enum {
    HEAD = 20,
    ROW_MOST = 30,
    ROW_LITTLE = 22,
    BIT = 22,    /* the width of an input, */
    OUTPUT = 36, /* of an output, */
    NARROW = 24, /* and of one of three */
    GROUPS = 10, /* between inputs, what is wanted, and what comes out */
    EDGE = 6,
};

static float output_width(const struct gates_stage *stage)
{
    return stage->circuit.outputs > 2 ? NARROW : OUTPUT;
}

/* Of a group of outputs: its heading needs room, too. */
static float group_width(const struct gates_stage *stage)
{
    return fmaxf((float)stage->circuit.outputs * output_width(stage), 58);
}

float gates_table_width(const struct gates_stage *stage)
{
    return 2 * EDGE + (float)stage->circuit.inputs * BIT + 2 * (GROUPS + group_width(stage));
}

float gates_table_height(const struct gates_stage *stage)
{
    int rows = circuit_rows(&stage->circuit);
    return 2 * HEAD + (float)rows * (rows > 8 ? ROW_LITTLE : ROW_MOST);
}

/* The cells of a row: its inputs, and two groups of outputs. */
struct cells {
    struct ui_rect inputs, wanted, said;
};

static struct cells cut_cells(const struct gates_stage *stage, struct ui_rect row)
{
    struct cells cells;
    row = ui_inset_xy(row, EDGE, 0);
    cells.inputs = ui_cut_left(&row, (float)stage->circuit.inputs * BIT);
    ui_cut_left(&row, GROUPS);
    cells.wanted = ui_cut_left(&row, group_width(stage));
    ui_cut_left(&row, GROUPS);
    cells.said = ui_cut_left(&row, group_width(stage));
    return cells;
}

static void show_heads(const struct gates_stage *stage, struct ui *ui, struct ui_rect *rect)
{
    static const char *const names[] = {"x\u2081", "x\u2082", "x\u2083", "x\u2084"};
    const struct circuit_goal_words *words = circuit_goal_words(stage->goal);
    struct cells groups = cut_cells(stage, ui_cut_top(rect, HEAD));
    struct cells heads = cut_cells(stage, ui_cut_top(rect, HEAD));
    const unsigned flags = UI_LITTLE | UI_QUIET | UI_CENTER;
    ui_label(ui, groups.wanted, flags, _("wanted"));
    ui_label(ui, groups.said, flags, _("yours"));
    for (int i = 0; i < words->inputs; i++)
        ui_label(ui, ui_column(heads.inputs, i, words->inputs, 0), flags, names[i]);
    for (int i = 0; i < words->outputs; i++) {
        ui_label(ui, ui_column(heads.wanted, i, words->outputs, 0), flags, words->output[i]);
        ui_label(ui, ui_column(heads.said, i, words->outputs, 0), flags, words->output[i]);
    }
}

static void show_bit(struct ui *ui, struct ui_rect rect, unsigned flags, bool on)
{
    ui_label(ui, rect, UI_CENTER | UI_FIGURES | flags, on ? "1" : "0");
}

/* What an output says, in the second colour and framed where something else is wanted. */
static void show_said(const struct gates_stage *stage, int row, int output, struct ui *ui,
                      struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    bool said = stage->outputs[row][output] > 0;
    if (stage->circuit.output[output] == CIRCUIT_NOTHING) {
        ui_label(ui, rect, UI_CENTER | UI_QUIET, "\u2013");
        return;
    }
    bool right = said == circuit_wanted(stage->goal, row, output);
    if (!right)
        ui_push_box(ui_shapes(ui), ui_middle(rect, 20, rect.h - 4), 5, 0, theme->second, 1.5f);
    show_bit(ui, rect, right ? UI_BOLD : UI_BOLD | UI_SECOND, said);
}

static void show_row(const struct gates_stage *stage, int row, struct learn_asks *asks,
                     struct ui *ui, struct ui_rect rect)
{
    const struct circuit *circuit = &stage->circuit;
    struct cells cells = cut_cells(stage, rect);
    float x[CIRCUIT_INPUTS_MAX];
    char name[24];
    snprintf(name, sizeof name, "row-%d", row);
    if (ui_button(ui, name, rect, "", UI_BARE))
        learn_ask_number(asks, "row", row);
    ui_tip(ui, _("Put these inputs on the board"));
    if (row == stage->row)
        ui_push_box(ui_shapes(ui), rect, 6, ui_theme(ui)->selection, 0, 0);
    circuit_row(circuit, row, x);
    for (int i = 0; i < circuit->inputs; i++)
        show_bit(ui, ui_column(cells.inputs, i, circuit->inputs, 0), 0, x[i] > 0);
    for (int i = 0; i < circuit->outputs; i++) {
        show_bit(ui, ui_column(cells.wanted, i, circuit->outputs, 0), UI_QUIET,
                 circuit_wanted(stage->goal, row, i));
        show_said(stage, row, i, ui, ui_column(cells.said, i, circuit->outputs, 0));
    }
}

void gates_table_show(const struct gates_stage *stage, struct learn_asks *asks, struct ui *ui,
                      struct ui_rect rect)
{
    int rows = circuit_rows(&stage->circuit);
    float height = fminf(ROW_MOST, floorf((rect.h - 2 * HEAD) / (float)rows));
    rect = ui_middle(rect, rect.w, 2 * HEAD + height * (float)rows);
    show_heads(stage, ui, &rect);
    ui_group_begin(ui, "truth-table");
    for (int row = 0; row < rows; row++)
        show_row(stage, row, asks, ui, ui_cut_top(&rect, height));
    ui_group_end(ui);
}

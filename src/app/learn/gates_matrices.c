/* SPDX-License-Identifier: MIT */
#include "app/learn/gates_matrices.h"

#include <math.h>
#include <stdio.h>

#include "app/stage/gates_stage.h"
#include "base/language.h"
#include "nn/nn.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    HEAD = 22,
    CELL_MOST = 32,
    NAME = 30,   /* the width of a perceptron's name */
    APART = 6,   /* between weights, bias and output */
    BESIDES = 2, /* columns that are no weights: bias and output */
    WIDE = 200,  /* as much width a matrix likes to have */
};

static const float strongest = 4; /* two pins on the same value */

/* A matrix, and where it lies. */
struct matrix {
    const struct gates_stage *stage;
    int layer; /* from 1 */
    float cell;
    struct ui_rect rect; /* its cells */
};

static struct ui_rect cell_at(const struct matrix *matrix, int row, int column)
{
    int inputs = matrix->stage->plan.width[matrix->layer - 1];
    float gap = (float)(column >= inputs ? column - inputs + 1 : 0) * APART;
    return (struct ui_rect){matrix->rect.x + (float)column * matrix->cell + gap,
                            matrix->rect.y + (float)row * matrix->cell, matrix->cell, matrix->cell};
}

/* Where there is room for it. */
static void show_text(struct ui *ui, struct ui_rect rect, unsigned flags, const char *text)
{
    if (rect.h >= 15 && ui_label_width(ui, UI_LITTLE | flags, text) <= rect.w)
        ui_label(ui, rect, UI_LITTLE | UI_CENTER | UI_FIGURES | flags, text);
}

static void show_source(struct ui *ui, struct ui_rect rect, int source)
{
    static const char *const inputs[] = {"x\u2081", "x\u2082", "x\u2083", "x\u2084"};
    char name[CIRCUIT_NAME_MAX];
    circuit_name(source, name);
    bool is_input = source >= 0 && source < CIRCUIT_INPUTS_MAX;
    show_text(ui, rect, UI_QUIET,
              source == CIRCUIT_NOTHING ? "\u2013"
              : is_input                ? inputs[source]
                                        : name);
}

static void show_number(struct ui *ui, struct ui_rect rect, float value)
{
    const struct ui_theme *theme = ui_theme(ui);
    ui_color fill = value == 0
                        ? theme->well
                        : ui_color_mix(theme->card, value > 0 ? theme->accent : theme->second,
                                       0.15f + 0.3f * fabsf(value) / strongest);
    ui_push_box(ui_shapes(ui), ui_inset(rect, 1), 3, fill, 0, 0);
    show_text(ui, rect, value == 0 ? UI_QUIET : 0, ui_fixed((double)value, 0).text);
}

/* One perceptron: its weights, its bias, and what it says of the inputs on show. */
static void show_perceptron(const struct matrix *matrix, int row, struct ui *ui)
{
    const struct gates_stage *stage = matrix->stage;
    const struct ui_theme *theme = ui_theme(ui);
    int inputs = stage->plan.width[matrix->layer - 1];
    float weight, bias;
    struct nn_term terms[CIRCUIT_SOURCES];
    struct ui_rect name = {matrix->rect.x - NAME, cell_at(matrix, row, 0).y, NAME, matrix->cell};
    show_source(ui, name, stage->plan.source[matrix->layer][row]);
    for (int i = 0; i < inputs; i++)
        if (nn_weight(stage->net, matrix->layer - 1, row, i, &weight))
            show_number(ui, cell_at(matrix, row, i), weight);
    nn_neuron(stage->net, matrix->layer - 1, row, terms, CIRCUIT_SOURCES, &bias);
    show_number(ui, cell_at(matrix, row, inputs), bias);
    struct ui_rect out = cell_at(matrix, row, inputs + 1);
    bool on = stage->layers[matrix->layer][row] > 0;
    ui_push_box(ui_shapes(ui), ui_inset(out, 1), matrix->cell / 2, theme->field,
                on ? theme->accent : theme->field_edge, on ? 2 : 1);
    show_text(ui, out, on ? UI_BOLD : 0, on ? "1" : "0");
}

static void show_matrix(const struct gates_stage *stage, int layer, struct ui *ui,
                        struct ui_rect rect)
{
    int inputs = stage->plan.width[layer - 1], outputs = stage->plan.width[layer];
    char text[64];
    snprintf(text, sizeof text, _("Layer %d: %d \u00d7 %d"), layer, outputs, inputs);
    ui_label(ui, ui_cut_top(&rect, HEAD), UI_LITTLE | UI_BOLD, text);
    struct matrix matrix = {.stage = stage, .layer = layer};
    matrix.cell = fminf((rect.w - NAME - BESIDES * APART) / (float)(inputs + BESIDES),
                        rect.h / (float)(outputs + 1));
    matrix.cell = floorf(fminf(matrix.cell, CELL_MOST));
    ui_cut_left(&rect, NAME);
    matrix.rect = rect;
    for (int i = 0; i < inputs; i++)
        show_source(ui, cell_at(&matrix, 0, i), stage->plan.source[layer - 1][i]);
    show_text(ui, cell_at(&matrix, 0, inputs), UI_QUIET, "b");
    show_text(ui, cell_at(&matrix, 0, inputs + 1), UI_QUIET, "a");
    matrix.rect.y += matrix.cell;
    for (int i = 0; i < outputs; i++)
        show_perceptron(&matrix, i, ui);
}

void gates_matrices_show(const struct gates_stage *stage, struct ui *ui, struct ui_rect rect)
{
    int layers = stage->plan.layers, columns = (int)fmaxf(1, roundf(rect.w / WIDE));
    while (columns < layers && (layers + columns - 1) / columns > 3)
        columns++; /* at most three rows of them */
    columns = columns < layers ? columns : layers;
    int rows = (layers + columns - 1) / columns;
    for (int i = 0; i < layers; i++)
        show_matrix(stage, i + 1, ui,
                    ui_column(ui_row(rect, i / columns, rows, UI_BETWEEN), i % columns, columns,
                              UI_BETWEEN));
}

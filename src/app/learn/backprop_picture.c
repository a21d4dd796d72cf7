/* SPDX-License-Identifier: MIT */
#include "app/learn/backprop_picture.h"

#include <math.h>
#include <stdio.h>

#include "app/learn/backprop_words.h"
#include "app/learn/learn_asks.h"
#include "app/stage/backprop_stage.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    RADIUS = 24,
    NEURON_STEP = 82,
    DELTA_H = 22,
    NETWORK = 260, /* the height of it */
    WORDS = 96,    /* of what a number came from */
    HEAD = 24,
    CELL_H = 28,
    ROW_NAME = 30,
    TABLE_GAP = 16,
    WORDS_MAX = 600,
};

struct point {
    float x, y;
};

/* ---- where neurons are ----------------------------------------------------------------------- */

static struct point place_in_column(struct ui_rect rect, float part, int i, int count)
{
    float step = fminf(NEURON_STEP, (rect.h - 2 * RADIUS - DELTA_H) / (BACKPROP_HIDDEN - 1));
    return (struct point){rect.x + part * rect.w, rect.y + rect.h / 2 - DELTA_H / 2.0f +
                                                      ((float)i - (float)(count - 1) / 2) * step};
}

static struct point input_at(struct ui_rect rect, int i)
{
    return place_in_column(rect, 0.07f, i, BACKPROP_IN);
}

static struct point neuron_at(struct ui_rect rect, int neuron)
{
    if (neuron < BACKPROP_HIDDEN)
        return place_in_column(rect, 0.45f, neuron, BACKPROP_HIDDEN);
    return place_in_column(rect, 0.8f, neuron - BACKPROP_HIDDEN, BACKPROP_OUT);
}

/* ---- the network ----------------------------------------------------------------------------- */

/* The wire of the weight that is looked at, or that leads to or from what is, stands out. */
static bool is_source(const struct backprop_stage *stage, struct backprop_place place)
{
    const struct backprop_choice choice = stage->choice;
    int neuron = place.layer * BACKPROP_HIDDEN + place.to;
    switch (choice.what) {
    case BACKPROP_A:
        return choice.number == neuron;
    case BACKPROP_DELTA:
        return place.layer == 1 && place.from == choice.number;
    case BACKPROP_GRADIENT:
        return choice.number == backprop_param(place);
    case BACKPROP_NOTHING:
        break;
    }
    return false;
}

static void show_wire(const struct backprop_stage *stage, int param, struct ui *ui,
                      struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    struct backprop_place place = backprop_place(param);
    if (place.from == BACKPROP_BIAS)
        return;
    struct point from = place.layer ? neuron_at(rect, place.from) : input_at(rect, place.from);
    struct point to = neuron_at(rect, place.layer * BACKPROP_HIDDEN + place.to);
    double weight = backprop_weight(stage->backprop, param);
    bool source = is_source(stage, place);
    ui_color color = weight > 0 ? theme->accent : theme->second;
    const float points[] = {from.x + RADIUS, from.y, to.x - RADIUS, to.y};
    ui_push_line(ui_shapes(ui), points, 2, 1 + 2 * fminf((float)fabs(weight), 1.5f),
                 ui_color_mix(theme->card, color, source ? 1 : 0.4f));
}

static void show_disc(struct ui *ui, struct point at, ui_color edge, const char *text)
{
    struct ui_rect disc = {at.x - RADIUS, at.y - RADIUS, 2 * RADIUS, 2 * RADIUS};
    ui_push_box(ui_shapes(ui), disc, RADIUS, ui_theme(ui)->field, edge, 2);
    ui_label(ui, disc, UI_CENTER | UI_FIGURES, text);
}

static void ask_choice(struct learn_asks *asks, struct backprop_choice choice)
{
    char name[BACKPROP_NAME_MAX];
    learn_ask(asks, "select", backprop_stage_name(choice, name));
}

static bool is_chosen(const struct backprop_stage *stage, struct backprop_choice choice)
{
    return stage->choice.what == choice.what && stage->choice.number == choice.number;
}

/* A number that can be looked at: a button under what is drawn. */
static void show_number(const struct backprop_stage *stage, struct backprop_choice choice,
                        const char *tip, struct learn_asks *asks, struct ui *ui,
                        struct ui_rect rect)
{
    char name[BACKPROP_NAME_MAX], control[BACKPROP_NAME_MAX + 8];
    snprintf(control, sizeof control, "number-%s", backprop_stage_name(choice, name));
    bool on = is_chosen(stage, choice);
    if (ui_button(ui, control, rect, "", UI_BARE | UI_TOGGLE | (on ? UI_ON : 0)))
        ask_choice(asks, choice);
    ui_tip(ui, tip);
}

static void show_delta(const struct backprop_stage *stage, int neuron, struct learn_asks *asks,
                       struct ui *ui, struct point at)
{
    bool out = neuron >= BACKPROP_HIDDEN, hidden = neuron == stage->secret;
    struct ui_rect rect = {at.x - 44, at.y + RADIUS + 1, 88, DELTA_H};
    char text[48];
    if (stage->phase < (out ? BACKPROP_ERROR : BACKPROP_BACK))
        return;
    show_number(stage, (struct backprop_choice){BACKPROP_DELTA, neuron},
                _("Delta: how the cost hangs on this neuron's sum. Click to see where it comes "
                  "from"),
                asks, ui, rect);
    snprintf(text, sizeof text, "\u03b4 %s",
             hidden ? "?" : ui_fixed(stage->pass.delta[neuron], 3).text);
    ui_label(ui, rect, UI_CENTER | UI_FIGURES | UI_SECOND, text);
}

static void show_neuron(const struct backprop_stage *stage, int neuron, struct learn_asks *asks,
                        struct ui *ui, struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    struct point at = neuron_at(rect, neuron);
    struct ui_rect disc = {at.x - RADIUS, at.y - RADIUS, 2 * RADIUS, 2 * RADIUS};
    const struct backprop_choice choice = {BACKPROP_A, neuron};
    bool on = is_chosen(stage, choice);
    show_number(stage, choice, _("The output of this neuron; click to see where it comes from"),
                asks, ui, disc);
    show_disc(ui, at, on ? theme->text : theme->accent, ui_fixed(stage->pass.a[neuron], 3).text);
    show_delta(stage, neuron, asks, ui, at);
    if (neuron >= BACKPROP_HIDDEN) {
        char text[48];
        struct ui_rect wanted = {at.x + RADIUS + 6, at.y - 11, rect.x + rect.w - at.x - RADIUS - 6,
                                 22};
        snprintf(text, sizeof text, "y = %s",
                 ui_fixed((double)stage->y[neuron - BACKPROP_HIDDEN], 1).text);
        ui_label(ui, wanted, UI_QUIET | UI_FIGURES, text);
    }
}

static void show_network(const struct backprop_stage *stage, struct learn_asks *asks, struct ui *ui,
                         struct ui_rect rect)
{
    for (int param = 0; param < BACKPROP_PARAMS; param++)
        show_wire(stage, param, ui, rect);
    for (int i = 0; i < BACKPROP_IN; i++)
        show_disc(ui, input_at(rect, i), ui_theme(ui)->field_edge,
                  ui_fixed((double)stage->x[i], 1).text);
    for (int neuron = 0; neuron < BACKPROP_NEURONS; neuron++)
        show_neuron(stage, neuron, asks, ui, rect);
}

/* ---- the gradients --------------------------------------------------------------------------- */

static void show_cell(const struct backprop_stage *stage, int param, struct learn_asks *asks,
                      struct ui *ui, struct ui_rect rect)
{
    bool accused = stage->accused == param;
    show_number(stage, (struct backprop_choice){BACKPROP_GRADIENT, param},
                _("The gradient of this weight or bias; click to look at it"), asks, ui, rect);
    ui_label(ui, rect, UI_CENTER | UI_FIGURES | (accused ? UI_SECOND : 0),
             ui_fixed(backprop_stage_gradient(stage, param), 3).text);
}

/* A row a neuron of the layer, a column for what leads into it. */
static void show_table(const struct backprop_stage *stage, int layer, struct learn_asks *asks,
                       struct ui *ui, struct ui_rect rect)
{
    int rows = layer ? BACKPROP_OUT : BACKPROP_HIDDEN;
    int columns = (layer ? BACKPROP_HIDDEN : BACKPROP_IN) + 1;
    char text[16];
    ui_label(ui, ui_cut_top(&rect, HEAD), UI_LITTLE | UI_QUIET,
             layer ? _("gradients into the outputs") : _("gradients into the hidden layer"));
    struct ui_rect heads = ui_cut_top(&rect, HEAD);
    ui_cut_left(&heads, ROW_NAME);
    for (int i = 0; i < columns; i++) {
        snprintf(text, sizeof text, "%c%d", layer ? 'h' : 'x', i + 1);
        ui_label(ui, ui_column(heads, i, columns, 2), UI_LITTLE | UI_QUIET | UI_CENTER,
                 i + 1 < columns ? text : _("bias"));
    }
    for (int to = 0; to < rows; to++) {
        struct ui_rect row = ui_cut_top(&rect, CELL_H);
        snprintf(text, sizeof text, "%c%d", layer ? 'o' : 'h', to + 1);
        ui_label(ui, ui_cut_left(&row, ROW_NAME), UI_LITTLE | UI_QUIET, text);
        for (int i = 0; i < columns; i++) {
            const struct backprop_place place = {layer, to, i + 1 < columns ? i : BACKPROP_BIAS};
            show_cell(stage, backprop_param(place), asks, ui, ui_column(row, i, columns, 2));
        }
    }
}

static void show_tables(const struct backprop_stage *stage, struct learn_asks *asks, struct ui *ui,
                        struct ui_rect rect)
{
    float whole = rect.w - TABLE_GAP;
    struct ui_rect left = ui_cut_left(&rect, floorf(whole * 0.43f));
    ui_cut_left(&rect, TABLE_GAP);
    ui_group_begin(ui, "gradients");
    show_table(stage, 0, asks, ui, left);
    show_table(stage, 1, asks, ui, rect);
    ui_group_end(ui);
}

/* ---- all of it ------------------------------------------------------------------------------- */

static void show_words(const struct backprop_stage *stage, struct ui *ui, struct ui_rect rect)
{
    char text[WORDS_MAX];
    backprop_words(stage, text, sizeof text);
    if (text[0])
        ui_wrapped(ui, rect, UI_FIGURES, text);
    else
        ui_wrapped(ui, rect, UI_QUIET, _("Click a number to see what it came from."));
}

void backprop_picture_show(const struct stage *base, struct learn_asks *asks, struct ui *ui,
                           struct ui_rect rect)
{
    const struct backprop_stage *stage = (const struct backprop_stage *)base;
    struct ui_rect network = ui_cut_top(&rect, NETWORK);
    show_network(stage, asks, ui, network);
    ui_cut_top(&rect, UI_GAP);
    if (stage->phase == BACKPROP_GRADIENTS) {
        show_tables(stage, asks, ui, ui_cut_top(&rect, 2 * HEAD + BACKPROP_HIDDEN * CELL_H));
        ui_cut_top(&rect, UI_GAP);
    }
    show_words(stage, ui, ui_cut_top(&rect, WORDS));
}

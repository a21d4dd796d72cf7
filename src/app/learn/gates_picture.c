/* SPDX-License-Identifier: MIT */
#include "app/learn/gates_picture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/learn/gates_board.h"
#include "app/learn/gates_matrices.h"
#include "app/learn/gates_table.h"
#include "app/learn/learn_asks.h"
#include "app/stage/gates_stage.h"
#include "base/language.h"
#include "ui/ui.h"

enum {
    CURVE = 16, /* points of a wire between two columns */
    ROUND = 12, /* and of the round end of a gate */
    BUBBLE = 5, /* the radius of the little circle that says NOT */
    PIN_DOT = 4,
    CATCH = 26, /* as near to a pin must a wire be dropped */
    NAME_LINE = 18,
    NETWORK_HEIGHT = 290,
    COLUMN_LEAST = 66, /* the width of a column of gates, with the wires to the next */
    EDGES = 150,       /* of inputs and outputs */
};

static const float pi = 3.14159265f;

/* What is drawn, and whom it asks. */
struct board_shown {
    const struct gates_stage *stage;
    const struct gates_board *board;
    struct learn_asks *asks;
    struct ui *ui;
};

static bool value_of(const struct board_shown *shown, int source)
{
    return gates_stage_value(shown->stage, source);
}

/* ---- wires ----------------------------------------------------------------------------------- */

static ui_color wire_color(const struct ui_theme *theme, bool on)
{
    return on ? theme->accent : ui_color_mix(theme->card, theme->quiet, 0.6f);
}

static float wire_width(bool on)
{
    return on ? 3 : 1.75f;
}

static void push_curve(struct ui *ui, float x0, float y0, float x1, float y1, bool on)
{
    float points[2 * CURVE];
    int count = fabsf(y1 - y0) < 0.5f ? 2 : CURVE;
    for (int i = 0; i < count; i++) {
        float t = (float)i / (float)(count - 1);
        points[2 * i] = x0 + t * (x1 - x0);
        points[2 * i + 1] = y0 + t * t * (3 - 2 * t) * (y1 - y0);
    }
    ui_push_line(ui_shapes(ui), points, (uint32_t)count, wire_width(on),
                 wire_color(ui_theme(ui), on));
}

/* Where a value comes out. */
static void find_start(const struct gates_board *board, int source, float *x, float *y)
{
    int gate = circuit_source_gate(source);
    struct ui_rect rect = gate >= 0 ? board->gates[gate] : gates_board_port(board, source);
    *x = gate >= 0 ? rect.x + rect.w - BUBBLE : rect.x + rect.w - PIN_DOT;
    *y = rect.y + rect.h / 2;
}

/* From where the value stands in front of a column to the end of its wire. */
static void show_end(const struct board_shown *shown, int source, int column, float x, float y)
{
    const struct gates_board *board = shown->board;
    int gate = circuit_source_gate(source), from = gate >= 0 ? board->column[gate] : 0;
    float start_x, start_y;
    find_start(board, source, &start_x, &start_y);
    if (from < column - 1) {
        start_x = board->right[column - 1];
        start_y = board->lane[column - 1][source];
    }
    push_curve(shown->ui, start_x, start_y, x, y, value_of(shown, source));
}

/* The lanes of a value through the columns between. */
static void show_lanes(const struct board_shown *shown, int source)
{
    const struct gates_board *board = shown->board;
    int gate = circuit_source_gate(source), from = gate >= 0 ? board->column[gate] : 0;
    bool on = value_of(shown, source);
    for (int column = from + 1; column < board->last[source]; column++) {
        float y = board->lane[column][source];
        const float points[] = {board->left[column], y, board->right[column], y};
        show_end(shown, source, column, points[0], y);
        ui_push_line(ui_shapes(shown->ui), points, 2, wire_width(on),
                     wire_color(ui_theme(shown->ui), on));
    }
}

static void show_wires(const struct board_shown *shown, bool on)
{
    const struct circuit *circuit = &shown->stage->circuit;
    const struct gates_board *board = shown->board;
    for (int source = 0; source < CIRCUIT_SOURCES; source++)
        if (board->last[source] > 0 && value_of(shown, source) == on)
            show_lanes(shown, source);
    for (int i = 0; i < circuit->gates * CIRCUIT_PINS; i++) {
        int source = circuit->from[i / CIRCUIT_PINS][i % CIRCUIT_PINS];
        struct ui_rect pin = gates_board_pin(board, i / CIRCUIT_PINS, i % CIRCUIT_PINS);
        if (source != CIRCUIT_NOTHING && value_of(shown, source) == on)
            show_end(shown, source, board->column[i / CIRCUIT_PINS], pin.x + PIN_DOT,
                     pin.y + pin.h / 2);
    }
    for (int i = 0; i < circuit->outputs; i++)
        if (circuit->output[i] != CIRCUIT_NOTHING && value_of(shown, circuit->output[i]) == on)
            show_end(shown, circuit->output[i], board->columns + 1, board->outputs[i].x,
                     board->outputs[i].y + board->outputs[i].h / 2);
}

/* ---- laying a wire --------------------------------------------------------------------------- */

/* Wires `target`, a pin or an output, to what `source` is. */
static void ask_wire(const struct board_shown *shown, const char *target, int source)
{
    char name[CIRCUIT_NAME_MAX];
    circuit_name(source, name);
    learn_ask(shown->asks, target, name);
    learn_ask(shown->asks, "from", "none");
}

static float distance(struct ui_rect rect, float x, float y)
{
    float dx = fmaxf(fmaxf(rect.x - x, x - rect.x - rect.w), 0);
    float dy = fmaxf(fmaxf(rect.y - y, y - rect.y - rect.h), 0);
    return hypotf(dx, dy);
}

/* What lies nearest to a point where a wire can end. False: nothing is near. */
static bool find_target(const struct board_shown *shown, float x, float y,
                        char target[STAGE_NAME_MAX])
{
    const struct circuit *circuit = &shown->stage->circuit;
    float best = CATCH;
    for (int i = 0; i < circuit->gates * CIRCUIT_PINS; i++) {
        float d = distance(gates_board_pin(shown->board, i / CIRCUIT_PINS, i % CIRCUIT_PINS), x, y);
        if (d >= best)
            continue;
        best = d;
        gates_stage_pin(i / CIRCUIT_PINS, i % CIRCUIT_PINS, target);
    }
    for (int i = 0; i < circuit->outputs; i++) {
        float d = distance(shown->board->outputs[i], x, y);
        if (d >= best)
            continue;
        best = d;
        snprintf(target, STAGE_NAME_MAX, "%s", circuit_goal_words(shown->stage->goal)->output[i]);
    }
    return best < CATCH;
}

/* A press on where a value comes out begins a wire; where it is dropped on a pin, it is laid; and
 * where it is let go at once, it waits for a pin to be chosen. */
static bool lay_from(const struct board_shown *shown, int source, struct ui_rect rect)
{
    char name[STAGE_NAME_MAX], control[STAGE_NAME_MAX + 8], target[STAGE_NAME_MAX];
    circuit_name(source, name);
    snprintf(control, sizeof control, "from-%s", name);
    struct ui_pad pad = ui_pad(shown->ui, control, rect, name, UI_CURSOR_HAND);
    ui_tip(shown->ui, _("Drag a wire from here to a pin; or press here, and then on the pin"));
    for (int i = 0; i < pad.count; i++) {
        const struct ui_move *move = &pad.moves[i];
        if (move->kind == UI_PRESS)
            learn_ask(shown->asks, "from", name);
        if (move->kind != UI_RELEASE || ui_rect_has(rect, move->x, move->y))
            continue;
        if (find_target(shown, move->x, move->y, target))
            ask_wire(shown, target, source);
        else
            learn_ask(shown->asks, "from", "none");
    }
    if (pad.held && !ui_rect_has(rect, pad.x, pad.y)) {
        float x, y;
        find_start(shown->board, source, &x, &y);
        push_curve(shown->ui, x, y, pad.x, pad.y, value_of(shown, source));
    }
    return pad.held || pad.hover || shown->stage->from == source;
}

/* A click on what a wire can end at: the one that is being laid ends there; or it is taken off. */
static void end_at(const struct board_shown *shown, const char *target, int wired,
                   struct ui_rect rect)
{
    char control[STAGE_NAME_MAX + 8];
    int from = shown->stage->from;
    snprintf(control, sizeof control, "to-%s", target);
    bool clicked = ui_button(shown->ui, control, rect, "", UI_BARE);
    if (from != CIRCUIT_NOTHING)
        ui_tip(shown->ui, _("End the wire here"));
    else
        ui_tip(shown->ui,
               wired == CIRCUIT_NOTHING ? _("Not wired: this is a 0") : _("Take this wire off"));
    if (clicked && (from != CIRCUIT_NOTHING || wired != CIRCUIT_NOTHING))
        ask_wire(shown, target, from);
}

/* ---- gates, inputs, outputs ------------------------------------------------------------------ */

/* The body of a NAND: straight at the left, round at the right, and a little circle. */
static void push_gate(struct ui *ui, struct ui_rect rect, ui_color fill, ui_color edge)
{
    float points[2 * (ROUND + 3)], width = rect.w - 2 * BUBBLE, radius = rect.h / 2;
    float straight = fmaxf(width - radius, width * 0.4f), middle = rect.y + radius;
    uint32_t count = 0;
    points[count++] = rect.x;
    points[count++] = rect.y;
    for (int i = 0; i <= ROUND; i++) {
        float angle = pi * ((float)i / ROUND - 0.5f);
        points[count++] = rect.x + straight + cosf(angle) * (width - straight);
        points[count++] = middle + sinf(angle) * radius;
    }
    points[count++] = rect.x;
    points[count++] = rect.y + rect.h;
    ui_push_polygon(ui_shapes(ui), points, count / 2, fill);
    for (int side = 0; side < 2; side++)
        ui_push_line(ui_shapes(ui), points, count / 2, 2, edge);
    const float back[] = {rect.x, rect.y, rect.x, rect.y + rect.h};
    ui_push_line(ui_shapes(ui), back, 2, 2, edge);
    struct ui_rect bubble = {rect.x + width, middle - BUBBLE, 2 * BUBBLE, 2 * BUBBLE};
    ui_push_box(ui_shapes(ui), bubble, BUBBLE, fill, edge, 2);
}

static void show_pin(const struct board_shown *shown, int gate, int pin)
{
    struct ui *ui = shown->ui;
    const struct ui_theme *theme = ui_theme(ui);
    char name[STAGE_NAME_MAX];
    int source = shown->stage->circuit.from[gate][pin];
    struct ui_rect rect = gates_board_pin(shown->board, gate, pin);
    float y = rect.y + rect.h / 2;
    bool on = value_of(shown, source);
    gates_stage_pin(gate, pin, name);
    end_at(shown, name, source, ui_inset_xy(rect, 0, 1));
    const float stub[] = {rect.x + PIN_DOT, y, rect.x + rect.w, y};
    ui_push_line(ui_shapes(ui), stub, 2, wire_width(on), wire_color(theme, on));
    bool wanted = shown->stage->from != CIRCUIT_NOTHING;
    struct ui_rect dot = {rect.x, y - PIN_DOT, 2 * PIN_DOT, 2 * PIN_DOT};
    ui_push_box(ui_shapes(ui), dot, PIN_DOT,
                source == CIRCUIT_NOTHING ? theme->card : wire_color(theme, on),
                wanted ? theme->accent : wire_color(theme, on), wanted ? 2 : 1.5f);
    if (!shown->stage->numbers)
        return;
    struct ui_rect label = {rect.x + 2 * PIN_DOT + 1, y - 8, rect.w - 2 * PIN_DOT - 3, 16};
    ui_push_box(ui_shapes(ui), label, 4, theme->card, 0, 0);
    ui_label(ui, label, UI_LITTLE | UI_CENTER | UI_FIGURES, "\u22122");
}

static void show_gate(const struct board_shown *shown, int gate)
{
    struct ui *ui = shown->ui;
    const struct ui_theme *theme = ui_theme(ui);
    char text[24];
    struct ui_rect body = gates_board_body(shown->board, gate);
    int source = circuit_gate_source(gate);
    bool on = value_of(shown, source);
    for (int pin = 0; pin < CIRCUIT_PINS; pin++)
        show_pin(shown, gate, pin);
    bool lit = lay_from(shown, source, body);
    ui_color fill = shown->stage->from == source ? theme->selection
                    : lit                        ? theme->field_hover
                                                 : theme->field;
    push_gate(ui, body, fill, wire_color(theme, on));
    struct ui_rect label = body;
    ui_cut_right(&label, 2 * BUBBLE + (body.w > 44 ? 4 : 0));
    snprintf(text, sizeof text, "g%d", gate + 1);
    if (shown->stage->numbers && label.h >= 2 * NAME_LINE) {
        struct ui_rect bias = ui_middle(label, label.w, 2 * NAME_LINE);
        ui_label(ui, ui_cut_top(&bias, NAME_LINE), UI_LITTLE | UI_QUIET | UI_CENTER, text);
        ui_label(ui, bias, UI_LITTLE | UI_CENTER | UI_FIGURES, "b = 3");
    } else if (label.h >= 16 && ui_label_width(ui, UI_LITTLE, text) < label.w) {
        ui_label(ui, label, UI_LITTLE | UI_CENTER, text);
    }
}

static void show_input(const struct board_shown *shown, int input)
{
    static const char *const names[] = {"x\u2081", "x\u2082", "x\u2083", "x\u2084"};
    struct ui *ui = shown->ui;
    const struct ui_theme *theme = ui_theme(ui);
    struct ui_rect rect = shown->board->inputs[input], port = gates_board_port(shown->board, input);
    bool on = value_of(shown, input);
    char text[24], name[24], set[8];
    snprintf(name, sizeof name, "input-%d", input + 1);
    snprintf(set, sizeof set, "x%d", input + 1);
    snprintf(text, sizeof text, "%d", on);
    if (ui_button(ui, name, rect, "", UI_BARE))
        learn_ask(shown->asks, set, on ? "0" : "1");
    ui_tip(ui, _("Turn this input over"));
    ui_push_box(ui_shapes(ui), rect, rect.h / 2, theme->field, wire_color(theme, on), 2);
    struct ui_rect lines = ui_inset_xy(rect, 0, 4);
    ui_label(ui, ui_cut_top(&lines, 15), UI_LITTLE | UI_QUIET | UI_CENTER, names[input]);
    ui_label(ui, lines, UI_BOLD | UI_CENTER | UI_FIGURES, text);
    bool lit = lay_from(shown, input, port);
    float x, y, radius = lit ? PIN_DOT + 2 : PIN_DOT;
    find_start(shown->board, input, &x, &y);
    const float stub[] = {rect.x + rect.w, y, x, y};
    ui_push_line(ui_shapes(ui), stub, 2, wire_width(on), wire_color(theme, on));
    ui_push_dot(ui_shapes(ui), x, y, radius, lit ? theme->accent : wire_color(theme, on));
}

static void show_output(const struct board_shown *shown, int output)
{
    struct ui *ui = shown->ui;
    const struct gates_stage *stage = shown->stage;
    const struct ui_theme *theme = ui_theme(ui);
    struct ui_rect rect = shown->board->outputs[output];
    const char *name = circuit_goal_words(stage->goal)->output[output];
    int source = stage->circuit.output[output];
    float said = stage->outputs[stage->row][output];
    bool there = source != CIRCUIT_NOTHING;
    char text[8];
    end_at(shown, name, source, rect);
    ui_push_box(ui_shapes(ui), rect, 8, theme->field,
                there ? wire_color(theme, said > 0) : theme->field_edge, there ? 2 : 1);
    snprintf(text, sizeof text, there ? "%.0f" : "\u2013", (double)said);
    struct ui_rect line = ui_inset_xy(rect, 8, 0);
    ui_label(ui, ui_cut_right(&line, 14), UI_BOLD | UI_RIGHT | UI_FIGURES, text);
    ui_label(ui, line, UI_LITTLE | UI_QUIET, name);
}

static void show_board(const struct board_shown *shown)
{
    const struct circuit *circuit = &shown->stage->circuit;
    show_wires(shown, false); /* those that carry a 1 lie over those that do not */
    show_wires(shown, true);
    for (int i = 0; i < circuit->inputs; i++)
        show_input(shown, i);
    for (int i = 0; i < circuit->gates; i++)
        show_gate(shown, i);
    for (int i = 0; i < circuit->outputs; i++)
        show_output(shown, i);
    if (shown->stage->from != CIRCUIT_NOTHING && ui_key(shown->ui, UI_KEY_ESCAPE, 0))
        learn_ask(shown->asks, "from", "none");
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* As much of the width the columns need where the table stands beside them. */
static bool stands_beside(const struct gates_stage *stage, float width)
{
    float left = width - gates_table_width(stage) - UI_BETWEEN;
    return left >= (float)gates_board_columns(&stage->circuit) * COLUMN_LEAST + EDGES;
}

/* Little where there is little to wire, so that the task is seen below it. */
float gates_picture_height(const struct stage *base, float width)
{
    static const float heights[CIRCUIT_GOALS] = {200, 290, 290, 350, 344};
    const struct gates_stage *stage = (const struct gates_stage *)base;
    float height = heights[stage->goal];
    if (stage->network && stage->goal != CIRCUIT_ADD)
        height = NETWORK_HEIGHT;
    return stands_beside(stage, width) ? height : height + UI_BETWEEN + gates_table_height(stage);
}

void gates_picture_show(const struct stage *base, struct learn_asks *asks, struct ui *ui,
                        struct ui_rect rect)
{
    const struct gates_stage *stage = (const struct gates_stage *)base;
    struct gates_board board;
    struct ui_rect table;
    if (stands_beside(stage, rect.w)) {
        table = ui_cut_right(&rect, gates_table_width(stage));
        ui_cut_right(&rect, UI_BETWEEN);
    } else {
        table = ui_cut_bottom(&rect, gates_table_height(stage));
        table.w = fminf(table.w, gates_table_width(stage));
        ui_cut_bottom(&rect, UI_BETWEEN);
    }
    gates_table_show(stage, asks, ui, table);
    if (stage->network) {
        gates_matrices_show(stage, ui, rect);
        return;
    }
    gates_board_lay(&stage->circuit, stage->numbers, ui_inset_xy(rect, 4, 4), &board);
    show_board(&(struct board_shown){stage, &board, asks, ui});
}

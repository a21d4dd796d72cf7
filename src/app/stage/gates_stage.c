/* SPDX-License-Identifier: MIT */
#include "app/stage/gates_stage.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "nn/nn.h"

static const char *const goal_names[CIRCUIT_GOALS] = {
    N_("NOT x\u2081"), N_("XOR"), N_("Half adder"), N_("Full adder"), N_("Two bits + two bits")};

const char *gates_stage_goal_name(enum circuit_goal goal)
{
    return _(goal_names[goal]);
}

bool gates_stage_value(const struct gates_stage *stage, int source)
{
    float x[CIRCUIT_INPUTS_MAX];
    int gate = circuit_source_gate(source);
    if (source == CIRCUIT_NOTHING)
        return false;
    circuit_row(&stage->circuit, stage->row, x);
    return (gate >= 0 ? stage->gates[stage->row][gate] : x[source]) > 0;
}

bool gates_stage_right(const struct gates_stage *stage, int row)
{
    for (int i = 0; i < stage->circuit.outputs; i++)
        if (stage->circuit.output[i] == CIRCUIT_NOTHING ||
            stage->outputs[row][i] != (float)circuit_wanted(stage->goal, row, i))
            return false;
    return true;
}

void gates_stage_pin(int gate, int pin, char name[STAGE_NAME_MAX])
{
    snprintf(name, STAGE_NAME_MAX, "g%d%c", gate + 1, 'a' + pin);
}

/* ---- the network ----------------------------------------------------------------------------- */

/* The network of those sources on all rows: what it says goes to to[row][stride]. The caller frees
 * what *net and *work are then. */
static bool run_rows(const struct circuit *circuit, const struct circuit_plan *plan,
                     const struct kern *kern, float *to, int stride, struct nn **net,
                     struct nn_work **work, struct err *err)
{
    float x[CIRCUIT_ROWS_MAX * CIRCUIT_INPUTS_MAX];
    int rows = circuit_rows(circuit), count = plan->width[plan->layers];
    *net = circuit_network(circuit, plan, err);
    *work = *net ? nn_work_new(*net, kern, CIRCUIT_ROWS_MAX, false, err) : NULL;
    if (!*work) {
        nn_free(*net);
        return false;
    }
    for (int row = 0; row < rows; row++)
        circuit_row(circuit, row, x + row * circuit->inputs);
    const float *y = nn_predict(*net, *work, x, rows);
    for (int row = 0; row < rows; row++)
        memcpy(to + row * stride, y + row * count, (size_t)count * sizeof *y);
    return true;
}

/* What each gate says, whether an output hangs on it or not. */
static bool run_gates(const struct circuit *circuit, const struct kern *kern,
                      float to[CIRCUIT_ROWS_MAX][CIRCUIT_GATES_MAX], struct err *err)
{
    int sources[CIRCUIT_GATES_MAX];
    struct circuit_plan plan;
    struct nn *net;
    struct nn_work *work;
    if (circuit->gates == 0)
        return true;
    for (int i = 0; i < circuit->gates; i++)
        sources[i] = circuit_gate_source(i);
    circuit_make_plan(circuit, sources, circuit->gates, &plan);
    if (!run_rows(circuit, &plan, kern, to[0], CIRCUIT_GATES_MAX, &net, &work, err))
        return false;
    nn_work_free(work);
    nn_free(net);
    return true;
}

/* What each perceptron says of the inputs on show. */
static void show_row(struct gates_stage *stage, int row)
{
    float x[CIRCUIT_INPUTS_MAX];
    stage->row = row;
    circuit_row(&stage->circuit, row, x);
    memcpy(stage->layers[0], x, sizeof x);
    for (int i = 0; i < stage->plan.layers; i++)
        memcpy(stage->layers[i + 1], nn_layer_out(stage->net, stage->work, x, i),
               (size_t)stage->plan.width[i + 1] * sizeof *x);
}

/* Makes the circuit the one on stage. False with a sentence, and nothing changed: no memory. */
static bool take(struct gates_stage *stage, const struct circuit *circuit, struct err *err)
{
    struct circuit_plan plan;
    struct nn *net;
    struct nn_work *work;
    float gates[CIRCUIT_ROWS_MAX][CIRCUIT_GATES_MAX];
    circuit_make_plan(circuit, circuit->output, circuit->outputs, &plan);
    if (!run_gates(circuit, stage->kern, gates, err) ||
        !run_rows(circuit, &plan, stage->kern, stage->outputs[0], CIRCUIT_OUTPUTS_MAX, &net, &work,
                  err))
        return false;
    nn_work_free(stage->work);
    nn_free(stage->net);
    memcpy(stage->gates, gates, sizeof gates);
    stage->circuit = *circuit;
    stage->plan = plan;
    stage->net = net;
    stage->work = work;
    if (circuit_source_gate(stage->from) >= circuit->gates)
        stage->from = CIRCUIT_NOTHING;
    show_row(stage, stage->row % circuit_rows(circuit));
    return true;
}

static bool begin_goal(struct gates_stage *stage, enum circuit_goal goal, struct err *err)
{
    struct circuit circuit;
    const struct circuit_goal_words *words = circuit_goal_words(goal);
    circuit_begin(&circuit, words->inputs, words->outputs);
    stage->from = CIRCUIT_NOTHING;
    stage->row = 0;
    if (!take(stage, &circuit, err))
        return false;
    stage->goal = goal;
    return true;
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void end(struct stage *base)
{
    struct gates_stage *stage = (struct gates_stage *)base;
    nn_work_free(stage->work);
    nn_free(stage->net);
    free(stage);
}

static struct stage *begin(const struct stage_world *world, struct err *err)
{
    struct gates_stage *stage = calloc(1, sizeof *stage);
    if (!stage) {
        err_memory(err, _("the page"));
        return NULL;
    }
    stage->kern = world->kern;
    if (!begin_goal(stage, CIRCUIT_XOR, err)) {
        free(stage);
        return NULL;
    }
    return &stage->stage;
}

/* ---- values ---------------------------------------------------------------------------------- */

/* The output of that name, or -1. */
static int output_of(const struct gates_stage *stage, const char *name)
{
    for (int i = 0; i < stage->circuit.outputs; i++)
        if (strcmp(circuit_goal_words(stage->goal)->output[i], name) == 0)
            return i;
    return -1;
}

/* The input of "x2", from 0, or -1. */
static int input_of(const struct gates_stage *stage, const char *name)
{
    bool good = name[0] == 'x' && name[1] > '0' && name[1] <= '0' + stage->circuit.inputs;
    return good && !name[2] ? name[1] - '1' : -1;
}

/* Whether it is a pin, "g3b". */
static bool is_pin(const struct gates_stage *stage, const char *name, int *gate, int *pin)
{
    char pin_name[STAGE_NAME_MAX];
    for (int i = 0; i < stage->circuit.gates * CIRCUIT_PINS; i++) {
        *gate = i / CIRCUIT_PINS;
        *pin = i % CIRCUIT_PINS;
        gates_stage_pin(*gate, *pin, pin_name);
        if (strcmp(pin_name, name) == 0)
            return true;
    }
    return false;
}

static bool set_pin(struct gates_stage *stage, int gate, int pin, const char *value,
                    struct err *err)
{
    struct circuit circuit = stage->circuit;
    int source;
    return circuit_parse(&circuit, value, &source, err) &&
           circuit_wire(&circuit, gate, pin, source, err) && take(stage, &circuit, err);
}

static bool set_output(struct gates_stage *stage, int output, const char *value, struct err *err)
{
    struct circuit circuit = stage->circuit;
    if (!circuit_parse(&circuit, value, &circuit.output[output], err))
        return false;
    if (circuit.output[output] >= 0 && circuit_source_gate(circuit.output[output]) < 0)
        return err_set(err, _("An output comes from a gate, not from an input."));
    return take(stage, &circuit, err);
}

static bool set_input(struct gates_stage *stage, int input, const char *name, const char *value,
                      struct err *err)
{
    double number;
    int bit = 1 << (stage->circuit.inputs - 1 - input);
    if (!stage_number(name, value, 0, 1, &number, err))
        return false;
    show_row(stage, number >= 0.5 ? stage->row | bit : stage->row & ~bit);
    return true;
}

static bool resize(struct gates_stage *stage, int gates, struct err *err)
{
    struct circuit circuit = stage->circuit;
    if (gates < 0 || gates > CIRCUIT_GATES_MAX)
        return err_set(err, _("There are from 0 to %d gates on the board."), CIRCUIT_GATES_MAX);
    circuit_resize(&circuit, gates);
    return take(stage, &circuit, err);
}

static bool clear(struct gates_stage *stage, struct err *err)
{
    struct circuit circuit = stage->circuit;
    circuit_begin(&circuit, circuit.inputs, circuit.outputs);
    circuit_resize(&circuit, stage->circuit.gates);
    return take(stage, &circuit, err);
}

enum value { GOAL, GATES, ROW, ADD, REMOVE, CLEAR, VIEW, NUMBERS };

static bool give(struct gates_stage *stage, enum value value, int number, struct err *err)
{
    switch (value) {
    case GOAL:
        return begin_goal(stage, (enum circuit_goal)number, err);
    case GATES:
        return resize(stage, number, err);
    case ROW:
        show_row(stage, number);
        return true;
    case ADD:
        return resize(stage, stage->circuit.gates + number, err);
    case REMOVE:
        return resize(stage, stage->circuit.gates - number, err);
    case CLEAR:
        return clear(stage, err);
    case VIEW:
        stage->network = number;
        return true;
    case NUMBERS:
        stage->numbers = number;
    }
    return true;
}

static bool set_number(struct gates_stage *stage, const char *name, const char *text,
                       struct err *err)
{
    const struct {
        const char *name;
        int min, max;
    } values[] = {
        [GOAL] = {"goal", 0, CIRCUIT_GOALS - 1},
        [GATES] = {"gates", 0, CIRCUIT_GATES_MAX},
        [ROW] = {"row", 0, circuit_rows(&stage->circuit) - 1},
        [ADD] = {"add", 1, CIRCUIT_GATES_MAX},
        [REMOVE] = {"remove", 1, CIRCUIT_GATES_MAX},
        [CLEAR] = {"clear", 1, 1},
        [VIEW] = {"view", 0, 1},
        [NUMBERS] = {"numbers", 0, 1},
    };
    double number;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (strcmp(values[i].name, name) == 0)
            return stage_number(name, text, values[i].min, values[i].max, &number, err) &&
                   give(stage, (enum value)i, (int)number, err);
    return stage_unknown(name, err);
}

static bool set(struct stage *base, const char *name, const char *value, struct err *err)
{
    struct gates_stage *stage = (struct gates_stage *)base;
    int gate, pin, input = input_of(stage, name), output = output_of(stage, name);
    if (is_pin(stage, name, &gate, &pin))
        return set_pin(stage, gate, pin, value, err);
    if (input >= 0)
        return set_input(stage, input, name, value, err);
    if (output >= 0)
        return set_output(stage, output, value, err);
    if (strcmp(name, "from") == 0)
        return circuit_parse(&stage->circuit, value, &stage->from, err);
    return set_number(stage, name, value, err);
}

/* ---- figures --------------------------------------------------------------------------------- */

/* "sum", of the row on show, or "sum011". */
static bool find_output(const struct gates_stage *stage, const char *name, double *value)
{
    int inputs = stage->circuit.inputs;
    for (int i = 0; i < stage->circuit.outputs; i++) {
        const char *output = circuit_goal_words(stage->goal)->output[i];
        size_t length = strlen(output);
        const char *bits = name + length;
        if (strncmp(name, output, length) != 0)
            continue;
        bool all = strspn(bits, "01") == (size_t)inputs && !bits[inputs];
        if (*bits && !all)
            continue;
        int row = *bits ? (int)strtol(bits, NULL, 2) : stage->row;
        *value = stage->circuit.output[i] == CIRCUIT_NOTHING ? (double)NAN
                                                             : (double)stage->outputs[row][i];
        return true;
    }
    return false;
}

static int count_errors(const struct gates_stage *stage)
{
    int errors = 0;
    for (int row = 0; row < circuit_rows(&stage->circuit); row++)
        errors += !gates_stage_right(stage, row);
    return errors;
}

/* "xor-errors". */
static bool find_errors(const struct gates_stage *stage, const char *name, double *value)
{
    for (int goal = 0; goal < CIRCUIT_GOALS; goal++) {
        const char *word = circuit_goal_words((enum circuit_goal)goal)->name;
        size_t length = strlen(word);
        if (strncmp(name, word, length) != 0 || strcmp(name + length, "-errors") != 0)
            continue;
        *value = goal == (int)stage->goal ? count_errors(stage) : (double)NAN;
        return true;
    }
    return false;
}

static int count_wired(const struct circuit *circuit)
{
    int count = 0;
    for (int i = 0; i < circuit->gates; i++)
        count += circuit->from[i][0] != CIRCUIT_NOTHING && circuit->from[i][1] != CIRCUIT_NOTHING;
    return count;
}

/* Perceptrons that stand in a later layer than what they hold was made in. */
static int count_passing(const struct gates_stage *stage)
{
    int depths[CIRCUIT_GATES_MAX], count = 0;
    circuit_depths(&stage->circuit, depths);
    for (int layer = 1; layer <= stage->plan.layers; layer++)
        for (int i = 0; i < stage->plan.width[layer]; i++) {
            int source = stage->plan.source[layer][i], gate = circuit_source_gate(source);
            count += source != CIRCUIT_NOTHING && (gate < 0 || depths[gate] < layer);
        }
    return count;
}

static bool find_count(const struct gates_stage *stage, const char *name, double *value)
{
    const struct circuit_plan *plan = &stage->plan;
    int neurons = 0, weights = 0;
    for (int i = 1; i <= plan->layers; i++) {
        neurons += plan->width[i];
        weights += plan->width[i] * plan->width[i - 1];
    }
    const struct {
        const char *name;
        int value;
    } figures[] = {
        {"row", stage->row},
        {"goal", stage->goal},
        {"gates", stage->circuit.gates},
        {"wired", count_wired(&stage->circuit)},
        {"errors", count_errors(stage)},
        {"layers", plan->layers},
        {"neurons", neurons},
        {"weights", weights},
        {"view", stage->network},
        {"passing", count_passing(stage)},
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (strcmp(figures[i].name, name) == 0) {
            *value = figures[i].value;
            return true;
        }
    return false;
}

static bool figure(const struct stage *base, const char *name, double *value)
{
    const struct gates_stage *stage = (const struct gates_stage *)base;
    int input = input_of(stage, name);
    if (input >= 0) {
        *value = gates_stage_value(stage, input);
        return true;
    }
    return find_output(stage, name, value) || find_errors(stage, name, value) ||
           find_count(stage, name, value);
}

static int controls(const struct stage *base, struct stage_control *controls)
{
    static const char *const views[] = {N_("Gates"), N_("One network")};
    const struct gates_stage *stage = (const struct gates_stage *)base;
    const char *none = stage->circuit.gates == 0 ? _("There is no gate.") : NULL;
    const struct stage_control all[] = {
        {"view", N_("Show"), STAGE_CHOICE, .value = stage->network, .choices = views, .count = 2},
        {"numbers", N_("Show weights and biases"), STAGE_CHECK, .value = stage->numbers, .max = 1},
        {"add", N_("Add a gate"), STAGE_BUTTON,
         .off = stage->circuit.gates == CIRCUIT_GATES_MAX ? _("The board is full.") : NULL},
        {"remove", N_("Remove the last gate"), STAGE_BUTTON, .off = none},
        {"clear", N_("Take all wires off"), STAGE_BUTTON, .off = none},
    };
    memcpy(controls, all, sizeof all);
    return (int)(sizeof all / sizeof *all);
}

const struct stage_kind gates_stage_kind = {
    .name = "gates",
    .begin = begin,
    .end = end,
    .set = set,
    .figure = figure,
    .controls = controls,
};

/* SPDX-License-Identifier: MIT */
#include "app/stage/perceptron_stage.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "nn/nn.h"
#include "train/perceptron.h"

enum { STEPS_MAX = 1000, LEARN_PASSES = 50, VALUE_MAX = 10 };

static const float rate = 1; /* of the rule: from zeros, any other only scales the weights */

static const char *const gate_names[] = {"AND", "OR", "NAND", "XOR"};
static const float gates[PERCEPTRON_GATES][PERCEPTRON_ROWS] = {
    {0, 0, 0, 1}, {0, 1, 1, 1}, {1, 1, 1, 0}, {0, 1, 1, 0}};

void perceptron_stage_row(int row, float x[2])
{
    x[0] = (float)(row >> 1);
    x[1] = (float)(row & 1);
}

float perceptron_stage_wanted(enum perceptron_gate gate, int row)
{
    return gates[gate][row];
}

const char *perceptron_stage_gate_name(enum perceptron_gate gate)
{
    return gate_names[gate];
}

/* ---- the network ----------------------------------------------------------------------------- */

static bool build(struct perceptron_stage *stage, int inputs, struct err *err)
{
    char words[64];
    snprintf(words, sizeof words, "input %d, dense 1 step", inputs);
    struct nn *net = nn_new(words, err);
    struct nn_work *work = net ? nn_work_new(net, stage->kern, 1, false, err) : NULL;
    if (!work) {
        nn_free(net);
        return false;
    }
    nn_work_free(stage->work);
    nn_free(stage->net);
    stage->net = net;
    stage->work = work;
    stage->inputs = inputs;
    return true;
}

static void read_rows(struct perceptron_stage *stage)
{
    stage->right = 0;
    for (int row = 0; row < PERCEPTRON_ROWS && stage->inputs == 2; row++) {
        float x[2];
        perceptron_stage_row(row, x);
        stage->row_z[row] = nn_sums(stage->net, stage->work, x, 1)[0];
        stage->row_out[row] = nn_predict(stage->net, stage->work, x, 1)[0];
        stage->right += stage->gate >= 0 && stage->row_out[row] == gates[stage->gate][row];
    }
    if (stage->right > stage->best)
        stage->best = stage->right;
}

/* The network gets the weights, and tells what it makes of the inputs. */
static void run(struct perceptron_stage *stage)
{
    for (int i = 0; i < stage->inputs; i++)
        nn_set_weight(stage->net, 0, 0, i, stage->weights[i]);
    nn_set_bias(stage->net, 0, 0, stage->bias);
    stage->z = nn_sums(stage->net, stage->work, stage->x, 1)[0];
    stage->out = nn_predict(stage->net, stage->work, stage->x, 1)[0];
    read_rows(stage);
}

/* ---- the rule -------------------------------------------------------------------------------- */

static void learn_row(struct perceptron_stage *stage)
{
    struct nn_term term;
    float x[2];
    int row = stage->steps % PERCEPTRON_ROWS;
    perceptron_stage_row(row, x);
    bool changed = perceptron_learn(stage->net, stage->work, x, gates[stage->gate][row], rate);
    stage->steps++;
    stage->changes += changed;
    stage->unchanged = changed ? 0 : stage->unchanged + 1;
    memcpy(stage->x, x, sizeof x);
    nn_neuron(stage->net, 0, 0, &term, 1, &stage->bias);
    for (int i = 0; i < 2; i++)
        nn_weight(stage->net, 0, 0, i, &stage->weights[i]);
    run(stage);
}

static bool is_settled(const struct perceptron_stage *stage)
{
    return stage->unchanged >= PERCEPTRON_ROWS;
}

/* What was learnt so far was for weights, or a gate, that are no more. */
static void forget_steps(struct perceptron_stage *stage)
{
    stage->steps = stage->changes = stage->unchanged = 0;
}

static bool learn(struct perceptron_stage *stage, int steps, bool settle, struct err *err)
{
    if (stage->inputs != 2 || stage->gate == PERCEPTRON_NO_GATE)
        return err_set(err, _("The rule learns a gate of two inputs: choose one first."));
    for (int i = 0; i < steps && !(settle && is_settled(stage)); i++)
        learn_row(stage);
    return true;
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void end(struct stage *base)
{
    struct perceptron_stage *stage = (struct perceptron_stage *)base;
    nn_work_free(stage->work);
    nn_free(stage->net);
    free(stage);
}

static struct stage *begin(const struct stage_world *world, struct err *err)
{
    struct perceptron_stage *stage = calloc(1, sizeof *stage);
    if (!stage) {
        err_memory(err, _("the page"));
        return NULL;
    }
    stage->kern = world->kern;
    stage->gate = PERCEPTRON_NO_GATE;
    if (!build(stage, 2, err)) {
        free(stage);
        return NULL;
    }
    run(stage);
    stage->best = 0;
    return &stage->stage;
}

/* ---- values ---------------------------------------------------------------------------------- */

/* The number behind the letter of "w2", from 0; -1: there is no such input. */
static int input_of(const struct perceptron_stage *stage, const char *name, char letter)
{
    bool good = name[0] == letter && name[1] >= '1' && name[1] < '1' + stage->inputs && !name[2];
    return good ? name[1] - '1' : -1;
}

static bool set_weight(struct perceptron_stage *stage, float *to, const char *name,
                       const char *value, struct err *err)
{
    double number;
    if (!stage_number(name, value, -VALUE_MAX, VALUE_MAX, &number, err))
        return false;
    *to = (float)number;
    forget_steps(stage);
    run(stage);
    return true;
}

static bool set_input(struct perceptron_stage *stage, int i, const char *name, const char *value,
                      struct err *err)
{
    double number;
    if (!stage_number(name, value, 0, 1, &number, err))
        return false;
    stage->x[i] = number >= 0.5;
    run(stage);
    return true;
}

static bool set_gate(struct perceptron_stage *stage, const char *value, struct err *err)
{
    double number;
    if (!stage_number("gate", value, PERCEPTRON_NO_GATE, PERCEPTRON_GATES - 1, &number, err))
        return false;
    stage->gate = (enum perceptron_gate)number;
    stage->best = 0;
    forget_steps(stage);
    run(stage);
    return true;
}

static bool set_inputs(struct perceptron_stage *stage, const char *value, struct err *err)
{
    double number;
    if (!stage_number("inputs", value, 2, PERCEPTRON_INPUTS_MAX, &number, err) ||
        !build(stage, (int)number, err))
        return false;
    forget_steps(stage);
    run(stage);
    return true;
}

static bool set(struct stage *base, const char *name, const char *value, struct err *err)
{
    struct perceptron_stage *stage = (struct perceptron_stage *)base;
    int weight = input_of(stage, name, 'w'), input = input_of(stage, name, 'x');
    double times;
    if (weight >= 0)
        return set_weight(stage, &stage->weights[weight], name, value, err);
    if (input >= 0)
        return set_input(stage, input, name, value, err);
    if (strcmp(name, "b") == 0)
        return set_weight(stage, &stage->bias, name, value, err);
    if (strcmp(name, "inputs") == 0)
        return set_inputs(stage, value, err);
    if (strcmp(name, "gate") == 0)
        return set_gate(stage, value, err);
    bool settles = strcmp(name, "learn") == 0;
    if (!settles && strcmp(name, "step") != 0)
        return stage_unknown(name, err);
    return stage_number(name, value, 1, STEPS_MAX, &times, err) &&
           learn(stage, settles ? LEARN_PASSES * PERCEPTRON_ROWS : (int)times, settles, err);
}

/* ---- figures --------------------------------------------------------------------------------- */

/* The row of "out01"; -1: none. */
static int row_of(const char *name, const char *what)
{
    size_t length = strlen(what);
    if (strncmp(name, what, length) != 0 || strlen(name) != length + 2)
        return -1;
    const char *bits = name + length;
    return strspn(bits, "01") == 2 ? 2 * (bits[0] - '0') + bits[1] - '0' : -1;
}

static bool figure(const struct stage *base, const char *name, double *value)
{
    const struct perceptron_stage *stage = (const struct perceptron_stage *)base;
    const struct {
        const char *name;
        double value;
    } figures[] = {
        {"b", (double)stage->bias},     {"z", (double)stage->z},
        {"out", (double)stage->out},    {"gate", stage->gate},
        {"inputs", stage->inputs},      {"right", stage->right},
        {"best", stage->best},          {"steps", stage->steps},
        {"changes", stage->changes},    {"passes", stage->steps / PERCEPTRON_ROWS},
        {"settled", is_settled(stage)},
    };
    int z = row_of(name, "z"), out = row_of(name, "out");
    int weight = input_of(stage, name, 'w'), input = input_of(stage, name, 'x');
    if (z >= 0 || out >= 0)
        *value = stage->inputs == 2 ? (double)(z >= 0 ? stage->row_z[z] : stage->row_out[out])
                                    : (double)NAN;
    else if (weight >= 0 || input >= 0)
        *value = (double)(weight >= 0 ? stage->weights[weight] : stage->x[input]);
    bool found = z >= 0 || out >= 0 || weight >= 0 || input >= 0;
    for (size_t i = 0; i < sizeof figures / sizeof *figures && !found; i++) {
        found = strcmp(figures[i].name, name) == 0;
        *value = figures[i].value;
    }
    return found;
}

static int controls(const struct stage *base, struct stage_control *controls)
{
    static const char *const w[] = {N_("Weight w\u2081"), N_("Weight w\u2082"),
                                    N_("Weight w\u2083")};
    static const char *const x[] = {N_("Input x\u2081"), N_("Input x\u2082"), N_("Input x\u2083")};
    const struct perceptron_stage *stage = (const struct perceptron_stage *)base;
    int count = 0;
    for (int i = 0; i < stage->inputs; i++) {
        controls[count] = (struct stage_control){
            .label = x[i], .kind = STAGE_CHECK, .value = (double)stage->x[i], .max = 1};
        snprintf(controls[count++].name, STAGE_NAME_MAX, "x%d", i + 1);
    }
    for (int i = 0; i < stage->inputs; i++) {
        controls[count] = (struct stage_control){.label = w[i],
                                                 .kind = STAGE_SLIDER,
                                                 .value = (double)stage->weights[i],
                                                 .min = -VALUE_MAX,
                                                 .max = VALUE_MAX,
                                                 .step = 0.5,
                                                 .digits = 1};
        snprintf(controls[count++].name, STAGE_NAME_MAX, "w%d", i + 1);
    }
    controls[count++] = (struct stage_control){"b",
                                               N_("Bias b"),
                                               STAGE_SLIDER,
                                               .value = (double)stage->bias,
                                               .min = -VALUE_MAX,
                                               .max = VALUE_MAX,
                                               .step = 0.5,
                                               .digits = 1};
    controls[count++] = (struct stage_control){"gate",
                                               N_("Gate"),
                                               STAGE_CHOICE,
                                               .value = stage->gate,
                                               .choices = gate_names,
                                               .count = PERCEPTRON_GATES};
    controls[count++] = (struct stage_control){"step", N_("Learn from one row"), STAGE_BUTTON};
    controls[count++] = (struct stage_control){"learn", N_("Learn until it settles"), STAGE_BUTTON};
    return count;
}

const struct stage_kind perceptron_stage_kind = {
    .name = "perceptron",
    .begin = begin,
    .end = end,
    .set = set,
    .figure = figure,
    .controls = controls,
};

/* SPDX-License-Identifier: MIT */
#include "app/stage/backprop_stage.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "base/rng.h"

enum { STEPS_MAX = 1000, SEED_MAX = 1000, PARAM_NAME = 8 };

static const double spoilt = -1; /* times the gradient: its sign is lost */

/* ---- names ----------------------------------------------------------------------------------- */

/* "h1", "o2" */
static void write_neuron(int neuron, char text[4])
{
    bool out = neuron >= BACKPROP_HIDDEN;
    snprintf(text, 4, "%c%d", out ? 'o' : 'h', (out ? neuron - BACKPROP_HIDDEN : neuron) % 9 + 1);
}

/* "wh12", "bo1" */
static void write_param(int param, char text[PARAM_NAME])
{
    struct backprop_place place = backprop_place(param);
    char neuron[4];
    write_neuron(place.layer * BACKPROP_HIDDEN + place.to, neuron);
    if (place.from == BACKPROP_BIAS)
        snprintf(text, PARAM_NAME, "b%s", neuron);
    else
        snprintf(text, PARAM_NAME, "w%s%d", neuron, place.from % 9 + 1);
}

char *backprop_stage_name(struct backprop_choice choice, char name[BACKPROP_NAME_MAX])
{
    static const char *const letters[] = {
        [BACKPROP_NOTHING] = "",
        [BACKPROP_A] = "a",
        [BACKPROP_DELTA] = "d",
        [BACKPROP_GRADIENT] = "g",
    };
    char text[PARAM_NAME] = "";
    if (choice.what == BACKPROP_GRADIENT)
        write_param(choice.number, text);
    else if (choice.what != BACKPROP_NOTHING)
        write_neuron(choice.number, text);
    snprintf(name, BACKPROP_NAME_MAX, "%s%s", letters[choice.what], text);
    return name;
}

static int neuron_of(const char *text)
{
    char name[4];
    for (int i = 0; i < BACKPROP_NEURONS; i++) {
        write_neuron(i, name);
        if (strcmp(name, text) == 0)
            return i;
    }
    return -1;
}

static int param_of(const char *text)
{
    char name[PARAM_NAME];
    for (int i = 0; i < BACKPROP_PARAMS; i++) {
        write_param(i, name);
        if (strcmp(name, text) == 0)
            return i;
    }
    return -1;
}

/* ---- the pass -------------------------------------------------------------------------------- */

static void run(struct backprop_stage *stage)
{
    backprop_run(stage->backprop, stage->x, stage->y, &stage->pass);
    stage->numeric = NAN;
}

/* Of those that are large enough to be seen to be wrong. */
static void choose_spoiled(struct backprop_stage *stage)
{
    struct rng rng = rng_new((uint64_t)stage->spoil, 8);
    double largest = 0;
    stage->spoiled = stage->accused = -1;
    if (stage->spoil == 0)
        return;
    for (int i = 0; i < BACKPROP_PARAMS; i++)
        largest = fmax(largest, fabs(stage->pass.gradient[i]));
    do
        stage->spoiled = (int)rng_below(&rng, BACKPROP_PARAMS);
    while (fabs(stage->pass.gradient[stage->spoiled]) < largest / 4);
}

double backprop_stage_gradient(const struct backprop_stage *stage, int param)
{
    return stage->pass.gradient[param] * (param == stage->spoiled ? spoilt : 1);
}

static void descend(struct backprop_stage *stage, int steps)
{
    for (int s = 0; s < steps; s++) {
        for (int i = 0; i < BACKPROP_PARAMS; i++)
            backprop_set_weight(stage->backprop, i,
                                backprop_weight(stage->backprop, i) -
                                    stage->eta * stage->pass.gradient[i]);
        run(stage);
    }
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void end(struct stage *base)
{
    struct backprop_stage *stage = (struct backprop_stage *)base;
    backprop_free(stage->backprop);
    free(stage);
}

static bool build(struct backprop_stage *stage, const struct kern *kern, struct err *err)
{
    struct backprop *backprop = backprop_new(kern, stage->seed, err);
    if (!backprop)
        return false;
    stage->backprop = backprop;
    run(stage);
    stage->start_cost = stage->pass.cost;
    choose_spoiled(stage);
    return true;
}

static struct stage *begin(const struct stage_world *world, struct err *err)
{
    struct backprop_stage *stage = calloc(1, sizeof *stage);
    if (!stage) {
        err_memory(err, _("the page"));
        return NULL;
    }
    stage->x[0] = 0.8f;
    stage->x[1] = -0.3f;
    stage->y[0] = 1;
    stage->eta = 1;
    stage->secret = -1;
    stage->seed = 4;
    if (build(stage, world->kern, err))
        return &stage->stage;
    end(&stage->stage);
    return NULL;
}

/* ---- values ---------------------------------------------------------------------------------- */

static bool select_number(struct backprop_stage *stage, const char *name, struct err *err)
{
    int neuron = name[0] ? neuron_of(name + 1) : -1, param = name[0] ? param_of(name + 1) : -1;
    struct backprop_choice choice = {BACKPROP_NOTHING, 0};
    if (stage->spoiled >= 0 && strcmp(name, "spoiled") == 0)
        param = stage->spoiled;
    if (neuron >= 0 && (name[0] == 'a' || name[0] == 'd'))
        choice = (struct backprop_choice){name[0] == 'a' ? BACKPROP_A : BACKPROP_DELTA, neuron};
    else if (param >= 0 && (name[0] == 'g' || strcmp(name, "spoiled") == 0))
        choice = (struct backprop_choice){BACKPROP_GRADIENT, param};
    else
        return err_set(err, _("\"%.20s\" is no number of this network; ao1, dh2 and gwo12 are."),
                       name);
    stage->choice = choice;
    stage->numeric = NAN;
    return true;
}

static bool keep_secret(struct backprop_stage *stage, const char *name, struct err *err)
{
    stage->secret = neuron_of(name);
    return stage->secret >= 0 || strcmp(name, "none") == 0 ||
           err_set(err, _("\"%.20s\" is no neuron: h1, h2, h3, o1 and o2 are, or none."), name);
}

static bool has_gradient(const struct backprop_stage *stage, struct err *err)
{
    return stage->choice.what == BACKPROP_GRADIENT ||
           err_set(err, _("Choose a gradient in one of the tables first."));
}

static bool measure(struct backprop_stage *stage, struct err *err)
{
    if (!has_gradient(stage, err))
        return false;
    int param = stage->choice.number;
    stage->numeric = backprop_difference(stage->backprop, stage->x, stage->y, param);
    stage->was_measured[param] = true;
    return true;
}

static bool accuse(struct backprop_stage *stage, struct err *err)
{
    if (!has_gradient(stage, err))
        return false;
    stage->accused = stage->choice.number;
    return true;
}

enum { X1, X2, Y1, Y2, PHASE, SEED, ETA, STEP, MEASURE, SPOIL, ACCUSE, VALUES };
static const struct {
    const char *name;
    double least, most;
} values[VALUES] = {
    [X1] = {"x1", -1, 1},
    [X2] = {"x2", -1, 1},
    [Y1] = {"y1", 0, 1},
    [Y2] = {"y2", 0, 1},
    [PHASE] = {"phase", 0, BACKPROP_PHASES - 1},
    [SEED] = {"seed", 0, SEED_MAX},
    [ETA] = {"eta", 0.01, 20},
    [STEP] = {"step", 1, STEPS_MAX},
    [MEASURE] = {"measure", 1, 1},
    [SPOIL] = {"spoil", 0, SEED_MAX},
    [ACCUSE] = {"accuse", 1, 1},
};

/* The weights as the seed has them. */
static void draw_weights(struct backprop_stage *stage)
{
    backprop_start(stage->backprop, stage->seed);
    run(stage);
    stage->start_cost = stage->pass.cost;
    choose_spoiled(stage);
}

static bool set_value(struct backprop_stage *stage, int which, double number, struct err *err)
{
    switch (which) {
    case X1:
    case X2:
        stage->x[which - X1] = (float)number;
        break;
    case Y1:
    case Y2:
        stage->y[which - Y1] = (float)number;
        break;
    case PHASE:
        stage->phase = (enum backprop_phase)number;
        return true;
    case SEED:
        stage->seed = (uint64_t)number;
        draw_weights(stage);
        return true;
    case ETA:
        stage->eta = number;
        return true;
    case STEP:
        descend(stage, (int)number);
        choose_spoiled(stage);
        return true;
    case MEASURE:
        return measure(stage, err);
    case SPOIL:
        stage->spoil = (int)number;
        choose_spoiled(stage);
        return true;
    case ACCUSE:
        return accuse(stage, err);
    }
    run(stage);
    choose_spoiled(stage); /* the one that was may be 0 now */
    return true;
}

static bool set(struct stage *base, const char *name, const char *value, struct err *err)
{
    struct backprop_stage *stage = (struct backprop_stage *)base;
    double number;
    if (strcmp(name, "select") == 0)
        return select_number(stage, value, err);
    if (strcmp(name, "secret") == 0)
        return keep_secret(stage, value, err);
    for (int i = 0; i < VALUES; i++)
        if (strcmp(values[i].name, name) == 0)
            return stage_number(name, value, values[i].least, values[i].most, &number, err) &&
                   set_value(stage, i, number, err);
    return stage_unknown(name, err);
}

/* ---- figures --------------------------------------------------------------------------------- */

static int count_measured(const struct backprop_stage *stage)
{
    int count = 0;
    for (int i = 0; i < BACKPROP_PARAMS; i++)
        count += stage->was_measured[i];
    return count;
}

static bool plain_figure(const struct backprop_stage *stage, const char *name, double *value)
{
    double a = stage->pass.a[BACKPROP_HIDDEN];
    const struct {
        const char *name;
        double value;
    } figures[] = {
        {"x1", (double)stage->x[0]},
        {"x2", (double)stage->x[1]},
        {"y1", (double)stage->y[0]},
        {"y2", (double)stage->y[1]},
        {"phase", stage->phase},
        {"seed", (double)stage->seed},
        {"eta", stage->eta},
        {"spoil", stage->spoil},
        {"cost", stage->pass.cost},
        {"cost-left", 100 * stage->pass.cost / stage->start_cost},
        {"slope-o1", a * (1 - a)},
        {"numeric", stage->numeric},
        {"measured", count_measured(stage)},
        {"wrong", stage->spoiled + 1},
        {"accused", stage->accused + 1},
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        if (strcmp(figures[i].name, name) != 0)
            continue;
        *value = figures[i].value;
        return true;
    }
    return false;
}

static bool figure(const struct stage *base, const char *name, double *value)
{
    const struct backprop_stage *stage = (const struct backprop_stage *)base;
    if (!name[0])
        return false;
    int neuron = neuron_of(name + 1), weight = param_of(name), gradient = param_of(name + 1);
    if (plain_figure(stage, name, value))
        return true;
    if (neuron >= 0 && strchr("zad", name[0]))
        *value = (name[0] == 'z'   ? stage->pass.z
                  : name[0] == 'a' ? stage->pass.a
                                   : stage->pass.delta)[neuron];
    else if (weight >= 0)
        *value = backprop_weight(stage->backprop, weight);
    else if (gradient >= 0 && name[0] == 'g')
        *value = backprop_stage_gradient(stage, gradient);
    else
        return false;
    return true;
}

static int controls(const struct stage *base, struct stage_control *controls)
{
    const struct backprop_stage *stage = (const struct backprop_stage *)base;
    const char *off = stage->choice.what == BACKPROP_GRADIENT
                          ? NULL
                          : N_("Choose a gradient in one of the tables first.");
    const struct stage_control all[] = {
        {"x1", N_("Input x\u2081"), STAGE_SLIDER, (double)stage->x[0], -1, 1, 0.1, 1},
        {"x2", N_("Input x\u2082"), STAGE_SLIDER, (double)stage->x[1], -1, 1, 0.1, 1},
        {"y1", N_("Wanted y\u2081"), STAGE_SLIDER, (double)stage->y[0], 0, 1, 0.1, 1},
        {"y2", N_("Wanted y\u2082"), STAGE_SLIDER, (double)stage->y[1], 0, 1, 0.1, 1},
        {"eta", N_("Learning rate \u03b7"), STAGE_SLIDER, stage->eta, 0.1, 10, 0.1, 1},
        {"step", N_("Take a step"), STAGE_BUTTON},
        {"measure", N_("Measure it"), STAGE_BUTTON, .off = off},
        {"accuse", N_("This one is wrong"), STAGE_BUTTON, .off = off},
        {"select", "", STAGE_HELD},
        {"phase", "", STAGE_HELD, stage->phase, 0, BACKPROP_PHASES - 1},
        {"secret", "", STAGE_HELD},
        {"seed", "", STAGE_HELD, (double)stage->seed, 0, SEED_MAX},
        {"spoil", "", STAGE_HELD, stage->spoil, 0, SEED_MAX},
    };
    memcpy(controls, all, sizeof all);
    return sizeof all / sizeof *all;
}

const struct stage_kind backprop_stage_kind = {
    .name = "backprop",
    .begin = begin,
    .end = end,
    .set = set,
    .figure = figure,
    .controls = controls,
};

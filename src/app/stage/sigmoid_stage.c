/* SPDX-License-Identifier: MIT */
#include "app/stage/sigmoid_stage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "nn/nn.h"

static const double weight_most = 30, change_most = 2, rise = 0.1;
static const float by_input_from = -1, by_input_to = 2, by_sum_to = 8;

static const char *const place_names[] = {"w1", "w2", "b"};
static const char *const change_names[] = {"dw1", "dw2", "db"};
static const char *const slope_names[] = {"slope-w1", "slope-w2", "slope-b"};
static const char *const input_names[] = {"x1", "x2"};

/* ---- what the networks make of it ------------------------------------------------------------ */

static void put_weights(struct nn *net, const float *place)
{
    for (int i = 0; i < SIGMOID_INPUTS; i++)
        nn_set_weight(net, 0, 0, i, place[i]);
    nn_set_bias(net, 0, 0, place[SIGMOID_INPUTS]);
}

/* By x1 with the weights as they are; by z with such that z is x1 itself. */
static void run_curve(struct sigmoid_stage *stage)
{
    static const float plain[SIGMOID_PLACES] = {1, 0, 0};
    bool by_input = stage->show == SIGMOID_BY_INPUT;
    float from = by_input ? by_input_from : -by_sum_to, to = by_input ? by_input_to : by_sum_to;
    put_weights(stage->step, by_input ? stage->place : plain);
    put_weights(stage->smooth, by_input ? stage->place : plain);
    for (int i = 0; i < SIGMOID_POINTS; i++) {
        const float x[] = {from + (to - from) * (float)i / (SIGMOID_POINTS - 1),
                           by_input ? stage->x[1] : 0};
        stage->curve_at[i] = x[0];
        stage->curve[i] = nn_predict(stage->smooth, stage->smooth_work, x, 1)[0];
        stage->step_curve[i] = nn_predict(stage->step, stage->step_work, x, 1)[0];
    }
}

static void run_plane(struct sigmoid_stage *stage)
{
    for (int row = 0; row < SIGMOID_CELLS; row++) {
        float x[SIGMOID_CELLS][2];
        for (int col = 0; col < SIGMOID_CELLS; col++) {
            x[col][0] = (float)col / (SIGMOID_CELLS - 1);
            x[col][1] = (float)row / (SIGMOID_CELLS - 1);
        }
        memcpy(stage->plane[row],
               nn_predict(stage->smooth, stage->smooth_work, x[0], SIGMOID_CELLS),
               sizeof stage->plane[row]);
    }
}

static bool run(struct sigmoid_stage *stage, struct err *err)
{
    run_curve(stage);
    put_weights(stage->step, stage->place);
    put_weights(stage->smooth, stage->place);
    stage->step_out = nn_predict(stage->step, stage->step_work, stage->x, 1)[0];
    stage->z = nn_sums(stage->smooth, stage->smooth_work, stage->x, 1)[0];
    stage->out = nn_predict(stage->smooth, stage->smooth_work, stage->x, 1)[0];
    for (int row = 0; row < 4; row++) {
        const float x[] = {(float)(row >> 1), (float)(row & 1)};
        stage->corner[row] = nn_predict(stage->smooth, stage->smooth_work, x, 1)[0];
    }
    run_plane(stage);
    return nudge_try(stage->smooth, stage->kern, stage->x, stage->by, &stage->nudge, err) &&
           nudge_least(stage->smooth, stage->kern, stage->x, rise, &stage->least, err);
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void end(struct stage *base)
{
    struct sigmoid_stage *stage = (struct sigmoid_stage *)base;
    nn_work_free(stage->step_work);
    nn_work_free(stage->smooth_work);
    nn_free(stage->step);
    nn_free(stage->smooth);
    free(stage);
}

static bool build(const char *words, const struct kern *kern, struct nn **net,
                  struct nn_work **work, struct err *err)
{
    *net = nn_new(words, err);
    *work = *net ? nn_work_new(*net, kern, SIGMOID_CELLS, false, err) : NULL;
    return *work != NULL;
}

static struct stage *begin(const struct stage_world *world, struct err *err)
{
    struct sigmoid_stage *stage = calloc(1, sizeof *stage);
    if (!stage) {
        err_memory(err, _("the page"));
        return NULL;
    }
    stage->kern = world->kern;
    if (build("input 2, dense 1 step", world->kern, &stage->step, &stage->step_work, err) &&
        build("input 2, dense 1 sigmoid", world->kern, &stage->smooth, &stage->smooth_work, err) &&
        run(stage, err))
        return &stage->stage;
    end(&stage->stage);
    return NULL;
}

/* ---- values ---------------------------------------------------------------------------------- */

static int find(const char *name, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static bool set(struct stage *base, const char *name, const char *value, struct err *err)
{
    struct sigmoid_stage *stage = (struct sigmoid_stage *)base;
    int place = find(name, place_names, SIGMOID_PLACES);
    int change = find(name, change_names, SIGMOID_PLACES);
    int input = find(name, input_names, SIGMOID_INPUTS);
    bool shows = strcmp(name, "show") == 0, terms = strcmp(name, "terms") == 0;
    double least = place >= 0 ? -weight_most : change >= 0 ? -change_most : 0;
    double most = place >= 0    ? weight_most
                  : change >= 0 ? change_most
                  : shows       ? SIGMOID_SHOWS - 1
                                : 1;
    double number;
    if (place < 0 && change < 0 && input < 0 && !shows && !terms)
        return stage_unknown(name, err);
    if (!stage_number(name, value, least, most, &number, err))
        return false;
    if (place >= 0)
        stage->place[place] = (float)number;
    else if (change >= 0)
        stage->by[change] = number;
    else if (input >= 0)
        stage->x[input] = (float)number;
    else if (shows)
        stage->show = (enum sigmoid_show)number;
    else
        stage->terms = number != 0;
    return run(stage, err);
}

/* ---- figures --------------------------------------------------------------------------------- */

static bool plain_figure(const struct sigmoid_stage *stage, const char *name, double *value)
{
    const struct nudge *nudge = &stage->nudge;
    const struct {
        const char *name;
        double value;
    } figures[] = {
        {"z", (double)stage->z},
        {"out", (double)stage->out},
        {"step", (double)stage->step_out},
        {"out00", (double)stage->corner[0]},
        {"out01", (double)stage->corner[1]},
        {"out10", (double)stage->corner[2]},
        {"out11", (double)stage->corner[3]},
        {"after", nudge->after},
        {"change", nudge->after - nudge->before},
        {"predicted", nudge->predicted},
        {"distance", nudge->distance},
        {"least", stage->least},
        {"excess", nudge->distance / stage->least - 1},
        {"show", stage->show},
        {"terms", stage->terms},
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
    const struct sigmoid_stage *stage = (const struct sigmoid_stage *)base;
    int place = find(name, place_names, SIGMOID_PLACES);
    int change = find(name, change_names, SIGMOID_PLACES);
    int slope = find(name, slope_names, SIGMOID_PLACES);
    int input = find(name, input_names, SIGMOID_INPUTS);
    if (place >= 0)
        *value = (double)stage->place[place];
    else if (change >= 0)
        *value = stage->by[change];
    else if (slope >= 0)
        *value = stage->nudge.slope[slope];
    else if (input >= 0)
        *value = (double)stage->x[input];
    else
        return plain_figure(stage, name, value);
    return true;
}

static int controls(const struct stage *base, struct stage_control *controls)
{
    static const char *const inputs[] = {N_("Input x\u2081"), N_("Input x\u2082")};
    static const char *const places[] = {N_("Weight w\u2081"), N_("Weight w\u2082"), N_("Bias b")};
    static const char *const changes[] = {N_("Change of w\u2081"), N_("Change of w\u2082"),
                                          N_("Change of b")};
    const struct sigmoid_stage *stage = (const struct sigmoid_stage *)base;
    int count = 0;
    for (int i = 0; i < SIGMOID_INPUTS; i++) {
        controls[count] = (struct stage_control){.label = inputs[i],
                                                 .kind = STAGE_SLIDER,
                                                 .value = (double)stage->x[i],
                                                 .max = 1,
                                                 .step = 0.05,
                                                 .digits = 2};
        strcpy(controls[count++].name, input_names[i]);
    }
    for (int i = 0; i < SIGMOID_PLACES; i++) {
        controls[count] = (struct stage_control){.label = places[i],
                                                 .kind = STAGE_SLIDER,
                                                 .value = (double)stage->place[i],
                                                 .min = -weight_most,
                                                 .max = weight_most,
                                                 .step = 0.5,
                                                 .digits = 1};
        strcpy(controls[count++].name, place_names[i]);
    }
    for (int i = 0; i < SIGMOID_PLACES; i++) {
        controls[count] = (struct stage_control){.label = changes[i],
                                                 .kind = STAGE_SLIDER,
                                                 .value = stage->by[i],
                                                 .min = -change_most,
                                                 .max = change_most,
                                                 .step = 0.01,
                                                 .digits = 2};
        strcpy(controls[count++].name, change_names[i]);
    }
    controls[count++] = (struct stage_control){"show", "", STAGE_HELD, .value = stage->show,
                                               .max = SIGMOID_SHOWS - 1};
    controls[count++] =
        (struct stage_control){"terms", "", STAGE_HELD, .value = stage->terms, .max = 1};
    return count;
}

const struct stage_kind sigmoid_stage_kind = {
    .name = "sigmoid",
    .begin = begin,
    .end = end,
    .set = set,
    .figure = figure,
    .controls = controls,
};

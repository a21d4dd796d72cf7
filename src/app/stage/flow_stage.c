/* SPDX-License-Identifier: MIT */
#include "app/stage/flow_stage.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "nn/nn.h"

bool flow_stage_is_drawing(const struct flow_stage *stage)
{
    return stage->wants_drawing && stage->has_drawing;
}

int flow_stage_output(const struct flow_stage *stage)
{
    return stage->output >= 0 ? stage->output : stage->forward.answer;
}

/* ---- what the network makes of it ------------------------------------------------------------ */

static void look_at_neuron(struct flow_stage *stage)
{
    for (int i = 0; i < FIT_LEN; i++)
        stage->product[i] = stage->weights[stage->neuron][i] * stage->forward.x[i];
}

static void run(struct flow_stage *stage)
{
    float x[FIT_LEN];
    const struct dataset *set = stage->images.set;
    uint32_t image = (uint32_t)stage->image < set->count ? (uint32_t)stage->image : set->count - 1;
    fit_floats(set->pixels + (size_t)image * FIT_LEN, 1, x);
    forward_run(&stage->forward, flow_stage_is_drawing(stage) ? stage->drawing : x);
    stage->awake = 0;
    for (int i = 0; i < stage->forward.hidden; i++)
        stage->awake += stage->forward.active[i] > 0.5f;
    look_at_neuron(stage);
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void end(struct stage *base)
{
    struct flow_stage *stage = (struct flow_stage *)base;
    forward_end(&stage->forward);
    stage_images_free(&stage->images);
    free(stage);
}

/* True: the drawing is another one. */
static bool take_drawing(struct flow_stage *stage, const struct stage_world *world)
{
    bool had = stage->has_drawing;
    stage->has_drawing = world->drawing != NULL;
    if (!world->drawing)
        return had;
    if (had && memcmp(stage->drawing, world->drawing, sizeof stage->drawing) == 0)
        return false;
    memcpy(stage->drawing, world->drawing, sizeof stage->drawing);
    return true;
}

static bool update(struct stage *base, const struct stage_world *world)
{
    struct flow_stage *stage = (struct flow_stage *)base;
    bool news, drawn = take_drawing(stage, world);
    if ((stage_images_take(&stage->images, world, FLOW_IMAGES, &news, NULL) && news) || drawn)
        run(stage);
    return false;
}

static bool fill(struct flow_stage *stage, const struct stage_world *world, struct err *err)
{
    bool news;
    struct nn *net = stage_builtin_net("nielsen-30", err);
    bool begun = net && forward_begin(&stage->forward, net, world->kern, err) &&
                 stage_images_take(&stage->images, world, FLOW_IMAGES, &news, err);
    nn_free(net);
    if (!begun)
        return false;
    for (int i = 0; i < stage->forward.hidden; i++)
        forward_neuron(&stage->forward, i, stage->weights[i], &stage->bias[i]);
    take_drawing(stage, world);
    run(stage);
    return true;
}

static struct stage *begin(const struct stage_world *world, struct err *err)
{
    struct flow_stage *stage = calloc(1, sizeof *stage);
    if (!stage) {
        err_memory(err, _("the page"));
        return NULL;
    }
    stage->output = -1;
    stage->wants_drawing = true;
    if (fill(stage, world, err))
        return &stage->stage;
    end(&stage->stage);
    return NULL;
}

/* ---- values ---------------------------------------------------------------------------------- */

static bool set(struct stage *base, const char *name, const char *value, struct err *err)
{
    struct flow_stage *stage = (struct flow_stage *)base;
    const struct {
        const char *name;
        double min, max;
    } values[] = {
        {"image", 1, stage->images.set->count},
        {"drawing", 0, 1},
        {"neuron", 1, stage->forward.hidden},
        {"output", -1, FORWARD_OUTPUTS - 1},
        {"show", 0, FLOW_SHOWS - 1},
    };
    size_t i = 0;
    double number;
    while (i < sizeof values / sizeof *values && strcmp(values[i].name, name) != 0)
        i++;
    if (i == sizeof values / sizeof *values)
        return stage_unknown(name, err);
    if (!stage_number(name, value, values[i].min, values[i].max, &number, err))
        return false;
    switch (i) {
    case 0:
        stage->image = (int)number - 1;
        break;
    case 1:
        stage->wants_drawing = number != 0;
        break;
    case 2:
        stage->neuron = (int)number - 1;
        break;
    case 3:
        stage->output = (int)number;
        break;
    default:
        stage->show = (enum flow_show)number;
        break;
    }
    run(stage);
    return true;
}

/* ---- figures --------------------------------------------------------------------------------- */

static size_t count_params(const struct nn *net, enum nn_role role)
{
    size_t count = 0;
    for (int i = 0; i < nn_tensor_count(net); i++)
        count += nn_tensor(net, i)->role == role ? nn_tensor(net, i)->len : 0;
    return count;
}

static bool figure(const struct stage *base, const char *name, double *value)
{
    const struct flow_stage *stage = (const struct flow_stage *)base;
    const struct forward *forward = &stage->forward;
    int neuron = stage->neuron, output = flow_stage_output(stage);
    const struct {
        const char *name;
        double value;
    } figures[] = {
        {"image", stage->image + 1},
        {"drawing", flow_stage_is_drawing(stage)},
        {"neuron", neuron + 1},
        {"output", output},
        {"show", stage->show},
        {"answer-digit", forward->answer},
        {"sure", (double)forward->out[forward->answer]},
        {"awake", stage->awake},
        {"weights", (double)count_params(forward->net, NN_WEIGHT)},
        {"biases", (double)count_params(forward->net, NN_BIAS)},
        {"sum", (double)forward->sum[neuron]},
        {"bias", (double)stage->bias[neuron]},
        {"inputs", (double)forward->sum[neuron] - (double)stage->bias[neuron]},
        {"out", (double)forward->active[neuron]},
        {"push", (double)forward->push[output][neuron]},
        {"strongest", forward_strongest(forward, output) + 1},
        {"lines", forward->hidden},
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        if (strcmp(figures[i].name, name) != 0)
            continue;
        *value = figures[i].value;
        return true;
    }
    return false;
}

static int controls(const struct stage *base, struct stage_control *controls)
{
    const struct flow_stage *stage = (const struct flow_stage *)base;
    int count = 0;
    controls[count++] = (struct stage_control){"drawing", N_("The drawing on the canvas"),
                                               STAGE_CHECK, .value = stage->wants_drawing};
    if (!stage->has_drawing)
        controls[count - 1].off = _("The canvas is empty: draw a digit in Draw, then come back.");
    controls[count++] = (struct stage_control){"image",      N_("Image"),
                                               STAGE_SLIDER, .value = stage->image + 1,
                                               .min = 1,     .max = stage->images.set->count,
                                               .step = 1};
    if (flow_stage_is_drawing(stage))
        controls[count - 1].off = _("The drawing on the canvas is what flows.");
    controls[count++] = (struct stage_control){
        "neuron", N_("Hidden neuron"),          STAGE_SLIDER, .value = stage->neuron + 1,
        .min = 1, .max = stage->forward.hidden, .step = 1};
    controls[count++] = (struct stage_control){
        "output", "", STAGE_HELD, .value = stage->output, .min = -1, .max = FORWARD_OUTPUTS - 1};
    controls[count++] =
        (struct stage_control){"show", "", STAGE_HELD, .value = stage->show, .max = FLOW_SHOWS - 1};
    return count;
}

const struct stage_kind flow_stage_kind = {
    .name = "flow",
    .uses_data = true,
    .begin = begin,
    .end = end,
    .update = update,
    .set = set,
    .figure = figure,
    .controls = controls,
};

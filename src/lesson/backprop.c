/* SPDX-License-Identifier: MIT */
#include "lesson/backprop.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/language.h"
#include "nn/nn.h"

enum {
    HIDDEN_EACH = BACKPROP_IN + 1,
    OUT_EACH = BACKPROP_HIDDEN + 1,
    HIDDEN_PARAMS = BACKPROP_HIDDEN * HIDDEN_EACH
};

static const double step = 1e-2; /* of a difference: the costs are floats */

struct backprop {
    struct nn *net;
    struct nn_work *work;
};

struct backprop *backprop_new(const struct kern *kern, uint64_t seed, struct err *err)
{
    struct backprop *backprop = calloc(1, sizeof *backprop);
    if (!backprop) {
        err_memory(err, _("the network"));
        return NULL;
    }
    backprop->net = nn_new("2-3-2", err);
    backprop->work = backprop->net ? nn_work_new(backprop->net, kern, 1, true, err) : NULL;
    if (!backprop->work) {
        backprop_free(backprop);
        return NULL;
    }
    backprop_start(backprop, seed);
    return backprop;
}

void backprop_start(struct backprop *backprop, uint64_t seed)
{
    nn_init(backprop->net, NN_START_BOOK, seed);
}

void backprop_free(struct backprop *backprop)
{
    if (!backprop)
        return;
    nn_work_free(backprop->work);
    nn_free(backprop->net);
    free(backprop);
}

/* ---- places ---------------------------------------------------------------------------------- */

struct backprop_place backprop_place(int param)
{
    struct backprop_place place = {.layer = param >= HIDDEN_PARAMS};
    int each = place.layer ? OUT_EACH : HIDDEN_EACH;
    param -= place.layer ? HIDDEN_PARAMS : 0;
    place.to = param / each;
    place.from = param % each == each - 1 ? BACKPROP_BIAS : param % each;
    return place;
}

int backprop_param(struct backprop_place place)
{
    int each = place.layer ? OUT_EACH : HIDDEN_EACH;
    int from = place.from == BACKPROP_BIAS ? each - 1 : place.from;
    return (place.layer ? HIDDEN_PARAMS : 0) + place.to * each + from;
}

/* Where it stands in nn_params() and in the gradient. */
static size_t float_of(const struct nn *net, int param)
{
    struct backprop_place place = backprop_place(param);
    bool bias = place.from == BACKPROP_BIAS;
    int found = -1;
    for (int t = 0; t < nn_tensor_count(net); t++) {
        const struct nn_tensor *tensor = nn_tensor(net, t);
        found += tensor->role == (bias ? NN_BIAS : NN_WEIGHT);
        if (found == place.layer && tensor->role == (bias ? NN_BIAS : NN_WEIGHT))
            return tensor->at +
                   (size_t)(bias ? place.to : place.from * tensor->shape[1] + place.to);
    }
    return 0;
}

double backprop_weight(const struct backprop *backprop, int param)
{
    return (double)nn_weights(backprop->net)[float_of(backprop->net, param)];
}

void backprop_set_weight(struct backprop *backprop, int param, double weight)
{
    nn_params(backprop->net)[float_of(backprop->net, param)] = (float)weight;
}

/* ---- a pass ---------------------------------------------------------------------------------- */

/* The bias and the terms of each neuron, added up as nn.h says. */
static void sum_layer(const struct nn *net, int layer, const float *x, double *z)
{
    struct nn_term terms[BACKPROP_HIDDEN + 1];
    int neurons = nn_shape_len(nn_layer(net, layer)->out);
    for (int i = 0; i < neurons; i++) {
        float bias;
        int count = nn_neuron(net, layer, i, terms, BACKPROP_HIDDEN + 1, &bias);
        z[i] = (double)bias;
        for (int t = 0; t < count; t++)
            z[i] += (double)terms[t].weight * (double)x[terms[t].from];
    }
}

void backprop_run(struct backprop *backprop, const float x[BACKPROP_IN],
                  const float y[BACKPROP_OUT], struct backprop_pass *pass)
{
    struct nn *net = backprop->net;
    float hidden[BACKPROP_HIDDEN];
    const float *out = nn_layer_out(net, backprop->work, x, 0);
    for (int i = 0; i < BACKPROP_HIDDEN; i++)
        pass->a[i] = (double)(hidden[i] = out[i]);
    out = nn_layer_out(net, backprop->work, x, 1);
    for (int i = 0; i < BACKPROP_OUT; i++)
        pass->a[BACKPROP_HIDDEN + i] = (double)out[i];
    sum_layer(net, 0, x, pass->z);
    sum_layer(net, 1, hidden, pass->z + BACKPROP_HIDDEN);
    pass->cost = nn_gradient(net, backprop->work, NN_QUADRATIC, x, y, 1, 0);
    const float *gradient = nn_work_gradient(backprop->work);
    for (int param = 0; param < BACKPROP_PARAMS; param++) {
        struct backprop_place place = backprop_place(param);
        pass->gradient[param] = (double)gradient[float_of(net, param)];
        if (place.from == BACKPROP_BIAS)
            pass->delta[place.layer * BACKPROP_HIDDEN + place.to] = pass->gradient[param];
    }
}

static double cost_at(struct backprop *backprop, const float *x, const float *y, size_t at,
                      float weight)
{
    nn_params(backprop->net)[at] = weight;
    const float *answer = nn_predict(backprop->net, backprop->work, x, 1);
    return nn_cost_of(backprop->net, NN_QUADRATIC, answer, y);
}

double backprop_difference(struct backprop *backprop, const float x[BACKPROP_IN],
                           const float y[BACKPROP_OUT], int param)
{
    size_t at = float_of(backprop->net, param);
    float weight = nn_weights(backprop->net)[at];
    float more = weight + (float)step, less = weight - (float)step;
    double change = cost_at(backprop, x, y, at, more) - cost_at(backprop, x, y, at, less);
    nn_params(backprop->net)[at] = weight;
    return change / ((double)more - (double)less);
}

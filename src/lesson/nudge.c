/* SPDX-License-Identifier: MIT */
#include "lesson/nudge.h"

#include <assert.h>
#include <math.h>

#include "base/err.h"
#include "nn/nn.h"

enum { HALVINGS = 50, FARTHEST = 100 };

/* The network at other weights. */
struct trial {
    struct nn *net;
    struct nn_work *work;
    float weights[NUDGE_PLACES];
    int inputs;
};

static bool begin_trial(struct trial *trial, const struct nn *net, const struct kern *kern,
                        struct err *err)
{
    assert(nn_layer_count(net) == 1 && nn_out_len(net) == 1 && nn_in_len(net) <= NUDGE_INPUTS_MAX);
    struct nn_term terms[NUDGE_INPUTS_MAX];
    *trial = (struct trial){.net = nn_copy(net, err), .inputs = nn_in_len(net)};
    if (!trial->net)
        return false;
    trial->work = nn_work_new(trial->net, kern, 1, true, err);
    nn_neuron(net, 0, 0, terms, trial->inputs, &trial->weights[trial->inputs]);
    for (int i = 0; i < trial->inputs; i++)
        trial->weights[i] = terms[i].weight;
    return trial->work != NULL;
}

static void end_trial(struct trial *trial)
{
    nn_work_free(trial->work);
    nn_free(trial->net);
}

/* The output at the weights plus `times` the change. */
static double output_at(struct trial *trial, const float *x, const double *by, double times)
{
    for (int i = 0; i < trial->inputs; i++)
        nn_set_weight(trial->net, 0, 0, i, (float)((double)trial->weights[i] + times * by[i]));
    nn_set_bias(trial->net, 0, 0,
                (float)((double)trial->weights[trial->inputs] + times * by[trial->inputs]));
    return (double)nn_predict(trial->net, trial->work, x, 1)[0];
}

/* With the quadratic cost and a wanted output of 1 less than the given one, d cost / d output is 1,
 * and the gradient is that of the output. */
static void find_slopes(struct trial *trial, const float *x, double *slope)
{
    float wanted = nn_predict(trial->net, trial->work, x, 1)[0] - 1;
    nn_gradient(trial->net, trial->work, NN_QUADRATIC, x, &wanted, 1, 0);
    const float *gradient = nn_work_gradient(trial->work);
    for (int i = 0; i < nn_tensor_count(trial->net); i++) {
        const struct nn_tensor *tensor = nn_tensor(trial->net, i);
        double *to = tensor->role == NN_WEIGHT ? slope : slope + trial->inputs;
        for (size_t k = 0; k < tensor->len; k++)
            to[k] = (double)gradient[tensor->at + k];
    }
}

static double length_of(const double *by, int places)
{
    double sum = 0;
    for (int i = 0; i < places; i++)
        sum += by[i] * by[i];
    return sqrt(sum);
}

bool nudge_try(const struct nn *net, const struct kern *kern, const float *x, const double *by,
               struct nudge *nudge, struct err *err)
{
    struct trial trial;
    bool begun = begin_trial(&trial, net, kern, err);
    *nudge = (struct nudge){.places = trial.inputs + 1};
    if (begun) {
        find_slopes(&trial, x, nudge->slope);
        nudge->before = output_at(&trial, x, by, 0);
        nudge->after = output_at(&trial, x, by, 1);
        nudge->distance = length_of(by, nudge->places);
        for (int i = 0; i < nudge->places; i++)
            nudge->predicted += nudge->slope[i] * by[i];
    }
    end_trial(&trial);
    return begun;
}

bool nudge_least(const struct nn *net, const struct kern *kern, const float *x, double rise,
                 double *least, struct err *err)
{
    struct trial trial;
    double slope[NUDGE_PLACES] = {0}, low = 0, high = FARTHEST;
    bool begun = begin_trial(&trial, net, kern, err);
    *least = INFINITY;
    if (begun) {
        find_slopes(&trial, x, slope);
        double length = length_of(slope, trial.inputs + 1), before;
        for (int i = 0; i <= trial.inputs && length > 0; i++)
            slope[i] /= length;
        before = output_at(&trial, x, slope, 0);
        bool reached = output_at(&trial, x, slope, high) - before >= rise;
        for (int i = 0; i < HALVINGS && reached; i++) {
            double middle = (low + high) / 2;
            bool enough = output_at(&trial, x, slope, middle) - before >= rise;
            *(enough ? &high : &low) = middle;
        }
        *least = reached ? high : (double)INFINITY;
    }
    end_trial(&trial);
    return begun;
}

/* SPDX-License-Identifier: MIT */
#include "lesson/forward.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "nn/nn.h"

static bool fits(const struct nn *net)
{
    return nn_layer_count(net) == 2 && nn_in_len(net) == FIT_LEN &&
           nn_out_len(net) == FORWARD_OUTPUTS &&
           nn_shape_len(nn_layer(net, 0)->out) <= FORWARD_HIDDEN_MAX &&
           strncmp(nn_layer(net, 0)->words, "dense", 5) == 0 &&
           strncmp(nn_layer(net, 1)->words, "dense", 5) == 0;
}

void forward_neuron(const struct forward *forward, int neuron, float *weights, float *bias)
{
    struct nn_term terms[FIT_LEN];
    int count = nn_neuron(forward->net, 0, neuron, terms, FIT_LEN, bias);
    for (int i = 0; i < count; i++)
        weights[terms[i].from] = terms[i].weight;
}

/* The first layer without its activation. */
static bool begin_first(struct forward *forward, const struct kern *kern, struct err *err)
{
    char words[64];
    float weights[FIT_LEN], bias;
    snprintf(words, sizeof words, "input 28x28, dense %d", forward->hidden);
    forward->first = nn_new(words, err);
    if (forward->first)
        forward->first_work = nn_work_new(forward->first, kern, 1, false, err);
    if (!forward->first_work)
        return false;
    for (int i = 0; i < forward->hidden; i++) {
        forward_neuron(forward, i, weights, &bias);
        for (int k = 0; k < FIT_LEN; k++)
            nn_set_weight(forward->first, 0, i, k, weights[k]);
        nn_set_bias(forward->first, 0, i, bias);
    }
    return true;
}

bool forward_begin(struct forward *forward, const struct nn *net, const struct kern *kern,
                   struct err *err)
{
    *forward = (struct forward){.net = NULL};
    if (!fits(net))
        return err_set(err, _("A network such as 784-30-10 is wanted, not %.100s."), nn_words(net));
    forward->hidden = nn_shape_len(nn_layer(net, 0)->out);
    forward->net = nn_copy(net, err);
    if (forward->net)
        forward->work = nn_work_new(forward->net, kern, 1, false, err);
    if (!forward->work || !begin_first(forward, kern, err)) {
        forward_end(forward);
        return false;
    }
    forward_run(forward, (const float[FIT_LEN]){0});
    return true;
}

void forward_end(struct forward *forward)
{
    nn_work_free(forward->work);
    nn_work_free(forward->first_work);
    nn_free(forward->net);
    nn_free(forward->first);
    *forward = (struct forward){.net = NULL};
}

void forward_run(struct forward *forward, const float *x)
{
    size_t hidden_size = (size_t)forward->hidden * sizeof(float);
    memcpy(forward->x, x, sizeof forward->x);
    memcpy(forward->sum, nn_sums(forward->first, forward->first_work, x, 1), hidden_size);
    memcpy(forward->active, nn_layer_out(forward->net, forward->work, x, 0), hidden_size);
    memcpy(forward->out, nn_predict(forward->net, forward->work, x, 1), sizeof forward->out);
    forward->answer = 0;
    for (int k = 0; k < FORWARD_OUTPUTS; k++) {
        if (forward->out[k] > forward->out[forward->answer])
            forward->answer = k;
        for (int i = 0; i < forward->hidden; i++) {
            float weight;
            nn_weight(forward->net, 1, k, i, &weight);
            forward->push[k][i] = weight * forward->active[i];
        }
    }
}

int forward_strongest(const struct forward *forward, int output)
{
    int most = 0;
    for (int i = 1; i < forward->hidden; i++)
        if (forward->push[output][i] > forward->push[output][most])
            most = i;
    return most;
}

int forward_weakest(const struct forward *forward, int output)
{
    int least = 0;
    for (int i = 1; i < forward->hidden; i++)
        if (forward->push[output][i] < forward->push[output][least])
            least = i;
    return least;
}

/* SPDX-License-Identifier: MIT */
#include "train/perceptron.h"

#include <assert.h>

#include "nn/nn.h"

bool perceptron_learn(struct nn *net, struct nn_work *work, const float *x, float y, float eta)
{
    struct nn_term term;
    float bias;
    assert(nn_layer_count(net) == 1 && nn_out_len(net) == 1);
    float by = eta * (y - nn_predict(net, work, x, 1)[0]);
    if (by == 0)
        return false;
    nn_neuron(net, 0, 0, &term, 1, &bias);
    nn_set_bias(net, 0, 0, bias + by);
    for (int i = 0; i < nn_in_len(net); i++) {
        float weight = 0;
        nn_weight(net, 0, 0, i, &weight);
        nn_set_weight(net, 0, 0, i, weight + by * x[i]);
    }
    return true;
}

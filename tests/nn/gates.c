/* SPDX-License-Identifier: MIT */
#include "gates.h"

#include "nn/nn.h"

/* Sets neuron `to` of layer `unit`: weight[from] = value where it is not 0, and its bias. The
 * weights of a dense layer are [in][out], its bias follows. */
static void set_neuron(struct nn *net, int unit, int to, const float *weights, float bias)
{
    const struct nn_tensor *w = nn_tensor(net, 2 * unit), *b = nn_tensor(net, 2 * unit + 1);
    int in = w->shape[0], out = w->shape[1];
    for (int from = 0; from < in; from++)
        nn_params(net)[w->at + (size_t)(from * out + to)] = weights[from];
    nn_params(net)[b->at + (size_t)to] = bias;
}

struct nn *gate_new(enum gate gate, struct err *err)
{
    static const struct {
        float weight, bias;
    } gates[] = {[GATE_AND] = {2, -3}, [GATE_OR] = {2, -1}, [GATE_NAND] = {-2, 3}};
    struct nn *net = nn_new("input 2, dense 1 step", err);
    if (net)
        set_neuron(net, 0, 0, (float[]){gates[gate].weight, gates[gate].weight}, gates[gate].bias);
    return net;
}

struct nn *gate_half_adder(struct err *err)
{
    struct nn *net = nn_new("input 2, dense 3 step, dense 3 step, dense 2 step", err);
    if (!net)
        return NULL;
    /* x1, x2 -> x1, c = NAND(x1, x2), x2 */
    set_neuron(net, 0, 0, (float[]){2, 0}, -1);
    set_neuron(net, 0, 1, (float[]){-2, -2}, 3);
    set_neuron(net, 0, 2, (float[]){0, 2}, -1);
    /* -> NAND(x1, c), NAND(c, x2), NAND(c, c): both of its inputs are c, so the weight is -4 */
    set_neuron(net, 1, 0, (float[]){-2, -2, 0}, 3);
    set_neuron(net, 1, 1, (float[]){0, -2, -2}, 3);
    set_neuron(net, 1, 2, (float[]){0, -4, 0}, 3);
    /* -> sum = NAND of the first two, carry */
    set_neuron(net, 2, 0, (float[]){-2, -2, 0}, 3);
    set_neuron(net, 2, 1, (float[]){0, 0, 2}, -1);
    return net;
}

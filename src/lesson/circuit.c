/* SPDX-License-Identifier: MIT */
#include "lesson/circuit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "nn/nn.h"

static const float nand_weight = -2, nand_bias = 3;
static const float pass_weight = 2, pass_bias = -1;

/* ---- gates and wires ------------------------------------------------------------------------- */

void circuit_begin(struct circuit *circuit, int inputs, int outputs)
{
    *circuit = (struct circuit){.inputs = inputs, .outputs = outputs};
    for (int i = 0; i < CIRCUIT_OUTPUTS_MAX; i++)
        circuit->output[i] = CIRCUIT_NOTHING;
}

int circuit_gate_source(int gate)
{
    return CIRCUIT_INPUTS_MAX + gate;
}

int circuit_source_gate(int source)
{
    return source >= CIRCUIT_INPUTS_MAX ? source - CIRCUIT_INPUTS_MAX : -1;
}

static void drop_beyond(int *source, int gates)
{
    if (circuit_source_gate(*source) >= gates)
        *source = CIRCUIT_NOTHING;
}

void circuit_resize(struct circuit *circuit, int gates)
{
    for (int i = circuit->gates; i < gates; i++)
        circuit->from[i][0] = circuit->from[i][1] = CIRCUIT_NOTHING;
    circuit->gates = gates;
    for (int i = 0; i < gates; i++)
        for (int pin = 0; pin < CIRCUIT_PINS; pin++)
            drop_beyond(&circuit->from[i][pin], gates);
    for (int i = 0; i < circuit->outputs; i++)
        drop_beyond(&circuit->output[i], gates);
}

/* Whether what `gate` says has a part in what `source` is. */
static bool hangs_on(const struct circuit *circuit, int source, int gate)
{
    bool reached[CIRCUIT_SOURCES] = {false};
    reached[circuit_gate_source(gate)] = true;
    for (int pass = 0; pass < circuit->gates; pass++)
        for (int i = 0; i < circuit->gates; i++)
            for (int pin = 0; pin < CIRCUIT_PINS; pin++) {
                int from = circuit->from[i][pin];
                reached[circuit_gate_source(i)] |= from != CIRCUIT_NOTHING && reached[from];
            }
    return source != CIRCUIT_NOTHING && reached[source];
}

bool circuit_wire(struct circuit *circuit, int gate, int pin, int source, struct err *err)
{
    if (hangs_on(circuit, source, gate))
        return err_set(err,
                       _("A wire from g%d to g%d would close a loop: what a gate says would hang "
                         "on itself."),
                       circuit_source_gate(source) + 1, gate + 1);
    circuit->from[gate][pin] = source;
    return true;
}

/* ---- names ----------------------------------------------------------------------------------- */

void circuit_name(int source, char name[CIRCUIT_NAME_MAX])
{
    int gate = circuit_source_gate(source);
    if (source == CIRCUIT_NOTHING)
        snprintf(name, CIRCUIT_NAME_MAX, "none");
    else
        snprintf(name, CIRCUIT_NAME_MAX, gate >= 0 ? "g%d" : "x%d",
                 (gate >= 0 ? gate : source) + 1);
}

bool circuit_parse(const struct circuit *circuit, const char *text, int *source, struct err *err)
{
    char name[CIRCUIT_NAME_MAX];
    for (int i = CIRCUIT_NOTHING; i < CIRCUIT_SOURCES; i++) {
        int gate = circuit_source_gate(i);
        circuit_name(i, name);
        if (strcmp(name, text) == 0 && (gate >= 0 ? gate < circuit->gates : i < circuit->inputs)) {
            *source = i;
            return true;
        }
    }
    return err_set(err,
                   _("A wire comes from x1 to x%d, from g1 to g%d, or from none, not from "
                     "\"%.20s\"."),
                   circuit->inputs, circuit->gates, text);
}

/* ---- order ----------------------------------------------------------------------------------- */

void circuit_depths(const struct circuit *circuit, int depths[CIRCUIT_GATES_MAX])
{
    for (int i = 0; i < CIRCUIT_GATES_MAX; i++)
        depths[i] = 1;
    for (int pass = 0; pass < circuit->gates; pass++)
        for (int i = 0; i < circuit->gates; i++)
            for (int pin = 0; pin < CIRCUIT_PINS; pin++) {
                int gate = circuit_source_gate(circuit->from[i][pin]);
                if (gate >= 0 && depths[i] <= depths[gate])
                    depths[i] = depths[gate] + 1;
            }
}

int circuit_rows(const struct circuit *circuit)
{
    return 1 << circuit->inputs;
}

void circuit_row(const struct circuit *circuit, int row, float x[CIRCUIT_INPUTS_MAX])
{
    for (int i = 0; i < circuit->inputs; i++)
        x[i] = (float)(row >> (circuit->inputs - 1 - i) & 1);
}

/* ---- as one network -------------------------------------------------------------------------- */

static int depth_of(const int depths[CIRCUIT_GATES_MAX], int source)
{
    int gate = circuit_source_gate(source);
    return gate >= 0 ? depths[gate] : 0;
}

/* The layer before `layer`: all that its perceptrons look at, in the order of sources. */
static void plan_before(const struct circuit *circuit, const int depths[CIRCUIT_GATES_MAX],
                        struct circuit_plan *plan, int layer)
{
    bool needed[CIRCUIT_SOURCES + 1] = {false}; /* the first is nothing */
    for (int i = 0; i < plan->width[layer]; i++) {
        int source = plan->source[layer][i];
        bool here = depth_of(depths, source) == layer;
        for (int pin = 0; pin < CIRCUIT_PINS; pin++)
            needed[1 + (here ? circuit->from[circuit_source_gate(source)][pin] : source)] = true;
    }
    plan->width[layer - 1] = 0;
    for (int source = 0; source < CIRCUIT_SOURCES; source++)
        if (needed[1 + source])
            plan->source[layer - 1][plan->width[layer - 1]++] = source;
}

void circuit_make_plan(const struct circuit *circuit, const int *sources, int count,
                       struct circuit_plan *plan)
{
    int depths[CIRCUIT_GATES_MAX];
    circuit_depths(circuit, depths);
    *plan = (struct circuit_plan){.layers = 1};
    for (int i = 0; i < count; i++)
        if (depth_of(depths, sources[i]) > plan->layers)
            plan->layers = depth_of(depths, sources[i]);
    plan->width[plan->layers] = count;
    memcpy(plan->source[plan->layers], sources, (size_t)count * sizeof *sources);
    for (int layer = plan->layers; layer > 1; layer--)
        plan_before(circuit, depths, plan, layer);
    plan->width[0] = circuit->inputs;
    for (int i = 0; i < circuit->inputs; i++)
        plan->source[0][i] = i;
}

/* What a perceptron of `layer` has on the value of `source`, added to its weights. */
static void add_weight(const struct circuit_plan *plan, int layer, int source, float weight,
                       float weights[CIRCUIT_SOURCES])
{
    for (int i = 0; i < plan->width[layer - 1]; i++)
        if (plan->source[layer - 1][i] == source)
            weights[i] += weight;
}

static void set_perceptron(const struct circuit *circuit, const struct circuit_plan *plan,
                           bool is_gate, int layer, int place, struct nn *net)
{
    float weights[CIRCUIT_SOURCES] = {0};
    int source = plan->source[layer][place];
    if (is_gate)
        for (int pin = 0; pin < CIRCUIT_PINS; pin++)
            add_weight(plan, layer, circuit->from[circuit_source_gate(source)][pin], nand_weight,
                       weights);
    else
        add_weight(plan, layer, source, pass_weight, weights);
    for (int i = 0; i < plan->width[layer - 1]; i++)
        nn_set_weight(net, layer - 1, place, i, weights[i]);
    nn_set_bias(net, layer - 1, place, is_gate ? nand_bias : pass_bias);
}

struct nn *circuit_network(const struct circuit *circuit, const struct circuit_plan *plan,
                           struct err *err)
{
    int depths[CIRCUIT_GATES_MAX];
    char words[NN_WORDS_MAX];
    size_t length = (size_t)snprintf(words, sizeof words, "input %d", plan->width[0]);
    for (int layer = 1; layer <= plan->layers; layer++)
        length += (size_t)snprintf(words + length, sizeof words - length, ", dense %d step",
                                   plan->width[layer]);
    struct nn *net = nn_new(words, err);
    if (!net)
        return NULL;
    circuit_depths(circuit, depths);
    for (int layer = 1; layer <= plan->layers; layer++)
        for (int i = 0; i < plan->width[layer]; i++)
            set_perceptron(circuit, plan, depth_of(depths, plan->source[layer][i]) == layer, layer,
                           i, net);
    return net;
}

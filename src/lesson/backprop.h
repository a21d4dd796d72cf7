/* backprop.h -- backpropagation in numbers: one sample through a network of 2-3-2 sigmoid neurons,
 * forward and back, every number with what it came from.
 *
 * The names are the book's: z the weighted sum, a = sigma(z), and with the quadratic cost
 *
 *     BP1   delta_o = (a_o - y) sigma'(z_o)
 *     BP2   delta_h = (sum over o of w_oh delta_o) sigma'(z_h)
 *     BP3   dC/db   = delta
 *     BP4   dC/dw   = a of where it comes from, times delta of where it leads
 *
 * All activations are those of nn_layer_out, all gradients those of nn_gradient; a delta is the
 * gradient of the neuron's bias, by BP3.
 */
#ifndef LESSON_BACKPROP_H
#define LESSON_BACKPROP_H

#include <stdbool.h>
#include <stdint.h>

struct backprop;
struct err;
struct kern;

enum {
    BACKPROP_IN = 2,
    BACKPROP_HIDDEN = 3,
    BACKPROP_OUT = 2,
    BACKPROP_NEURONS = BACKPROP_HIDDEN + BACKPROP_OUT,
    BACKPROP_PARAMS = BACKPROP_HIDDEN * (BACKPROP_IN + 1) + BACKPROP_OUT * (BACKPROP_HIDDEN + 1),
};

/* A weight or a bias: from the place `from` of the layer before, or BACKPROP_BIAS, to the place
 * `to` of its own. */
enum { BACKPROP_BIAS = -1 };
struct backprop_place {
    int layer; /* 0: into the hidden layer, 1: into the outputs */
    int to, from;
};

/* What one pass left. Neurons are first those of the hidden layer, then the outputs. */
struct backprop_pass {
    double z[BACKPROP_NEURONS], a[BACKPROP_NEURONS];
    double delta[BACKPROP_NEURONS];
    double gradient[BACKPROP_PARAMS];
    double cost;
};

/* Weights as the book starts them, from a seed. NULL with a sentence. */
struct backprop *backprop_new(const struct kern *kern, uint64_t seed, struct err *err);
void backprop_free(struct backprop *backprop); /* NULL is fine */

/* The weights anew. */
void backprop_start(struct backprop *backprop, uint64_t seed);

/* The numbers of parameters, from 0, and their places: the hidden layer's first, neuron by neuron,
 * each neuron's weights and then its bias. */
struct backprop_place backprop_place(int param);
int backprop_param(struct backprop_place place);

double backprop_weight(const struct backprop *backprop, int param);
void backprop_set_weight(struct backprop *backprop, int param, double weight);

/* Forward and back. */
void backprop_run(struct backprop *backprop, const float x[BACKPROP_IN],
                  const float y[BACKPROP_OUT], struct backprop_pass *pass);

/* dC/d that parameter by a central difference: the cost with it a little larger, less that with it
 * a little smaller. */
double backprop_difference(struct backprop *backprop, const float x[BACKPROP_IN],
                           const float y[BACKPROP_OUT], int param);

#endif

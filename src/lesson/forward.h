/* forward.h -- one picture on its way through a network of two dense layers, such as the book's
 * 784-30-10: what each hidden neuron makes of it, and how that pushes each of the outputs.
 */
#ifndef LESSON_FORWARD_H
#define LESSON_FORWARD_H

#include <stdbool.h>

#include "ink/fit.h"

struct err;
struct kern;
struct nn;
struct nn_work;

enum { FORWARD_HIDDEN_MAX = 100, FORWARD_OUTPUTS = 10 };

struct forward {
    struct nn *net;   /* a copy */
    struct nn *first; /* its first layer alone, without an activation: what it gives are the sums */
    struct nn_work *work, *first_work;
    int hidden;

    float x[FIT_LEN];
    float sum[FORWARD_HIDDEN_MAX];    /* of each hidden neuron: weights times inputs, plus bias */
    float active[FORWARD_HIDDEN_MAX]; /* what its sigmoid makes of that */
    float out[FORWARD_OUTPUTS];
    float push[FORWARD_OUTPUTS]
              [FORWARD_HIDDEN_MAX]; /* activation times the weight to that output */
    int answer;                     /* the output that is largest */
};

/* Of a network 784-N-10 with at most FORWARD_HIDDEN_MAX hidden neurons. False with a sentence. */
bool forward_begin(struct forward *forward, const struct nn *net, const struct kern *kern,
                   struct err *err);
void forward_end(struct forward *forward);

/* Sends it through; x is copied. */
void forward_run(struct forward *forward, const float *x);

/* The weights of a hidden neuron, [FIT_LEN], and its bias. */
void forward_neuron(const struct forward *forward, int neuron, float *weights, float *bias);

/* The hidden neuron that pushes that output up the most, and the one that pushes it down. */
int forward_strongest(const struct forward *forward, int output);
int forward_weakest(const struct forward *forward, int output);

#endif

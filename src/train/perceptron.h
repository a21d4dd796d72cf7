/* perceptron.h -- the perceptron's own way to learn (Rosenblatt 1958), before there was a gradient.
 *
 * For an example x with the wanted output y and the output a that it gives, 0 or 1 each:
 *
 *     w <- w + eta (y - a) x        b <- b + eta (y - a)
 *
 * so that nothing changes where it is right. It settles if and only if some line (in more
 * dimensions: a plane) parts the examples.
 */
#ifndef TRAIN_PERCEPTRON_H
#define TRAIN_PERCEPTRON_H

#include <stdbool.h>

struct nn;
struct nn_work;

/* One example [in_len] through a network of one neuron. True: it was wrong, and has changed. */
bool perceptron_learn(struct nn *net, struct nn_work *work, const float *x, float y, float eta);

#endif

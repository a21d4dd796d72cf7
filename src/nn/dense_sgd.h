/* dense_sgd.h -- the book's own method at full speed: plain gradient descent on dense layers, with
 * mini-batches so small that the calls of a general pass cost more than the work in them.
 *
 * It takes the same steps as nn_gradient and optim.h with OPTIM_SGD, within rounding. What makes
 * it fast: it has the weights in rows of whole vectors, passes over what is zero in the pictures,
 * and never writes a gradient. A gradient is linear in the slope of the cost; so with that slope
 * times -rate / count each layer's gradient is its step, and is added straight to the weights.
 */
#ifndef NN_DENSE_SGD_H
#define NN_DENSE_SGD_H

#include <stdbool.h>
#include <stdint.h>

#include "nn/nn.h"

struct dense_sgd;

/* Whether a network is what this is for: dense layers with sigmoid, tanh, relu or softmax, without
 * batch norm or dropout. */
bool dense_sgd_fits(const struct nn *net);

/* For networks of the words of `net`, and mini-batches of at most max_count. The weights are not
 * taken yet. `kern` must outlive it. NULL when memory is short. */
struct dense_sgd *dense_sgd_new(const struct nn *net, const struct kern *kern, int max_count,
                                struct err *err);
void dense_sgd_free(struct dense_sgd *sgd); /* NULL is fine */

/* The weights from a network, and back to it. */
void dense_sgd_take(struct dense_sgd *sgd, const struct nn *net);
void dense_sgd_give(const struct dense_sgd *sgd, struct nn *net);

/* One step. x: `count` samples of nn_in_len() bytes, each worth `scale` times its number; wanted
 * answers y [count][out_len]. Returns the sum of the costs before the step. Where that is not
 * finite the weights are left as they were. `net` is looked at for its shape alone. */
double dense_sgd_step(struct dense_sgd *sgd, const struct nn *net, enum nn_cost cost,
                      const uint8_t *const *x, float scale, const float *y, int count, float rate);

/* What sample i of the last step was answered, [out_len], before that step. */
const float *dense_sgd_answer(const struct dense_sgd *sgd, int i);

#endif

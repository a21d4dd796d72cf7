/* cost.h -- the slope of a cost at the answers. For nn/ alone. */
#ifndef NN_COST_H
#define NN_COST_H

#include "nn/nn.h"

/* d[len] = a - y. For the quadratic cost that is the slope at the answers; for cross-entropy over
 * softmax or sigmoid it is already the slope before that last activation, and the result is true
 * (Nielsen, chapter 3, equation 68). */
bool cost_slope(enum nn_cost cost, size_t len, const float *a, const float *y, float *d);

#endif

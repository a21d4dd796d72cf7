/* nudge.h -- a small change of a neuron's weights and bias, and what its output does: the book's
 * equation 5,
 *
 *     the change of the output is about the sum over j of (d output / d w_j) times the change of
 *     w_j, plus (d output / d b) times the change of b
 *
 * with the slopes taken from nn_gradient, and the true change from the network itself.
 */
#ifndef LESSON_NUDGE_H
#define LESSON_NUDGE_H

#include <stdbool.h>

struct err;
struct kern;
struct nn;

enum { NUDGE_INPUTS_MAX = 4, NUDGE_PLACES = NUDGE_INPUTS_MAX + 1 };

/* Places are the weights in the order of their inputs, and behind them the bias. */
struct nudge {
    int places;
    double slope[NUDGE_PLACES]; /* d output / d weight, at the weights as they are */
    double before, after;       /* the output without the change, and with it */
    double predicted;           /* the change of the output by equation 5 */
    double distance;            /* the length of the change */
};

/* Of a network of one neuron and at most NUDGE_INPUTS_MAX inputs, at x. by[places] is the change.
 * False with a sentence: no memory. */
bool nudge_try(const struct nn *net, const struct kern *kern, const float *x, const double *by,
               struct nudge *nudge, struct err *err);

/* How long the shortest change is that moves the output by `rise`, found along the gradient, which
 * for one neuron leads straight there. INFINITY: none up to a length of 100. False with a sentence:
 * no memory. */
bool nudge_least(const struct nn *net, const struct kern *kern, const float *x, double rise,
                 double *least, struct err *err);

#endif

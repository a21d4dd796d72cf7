/* answer.h -- what a network's ten outputs say: a probability for each digit, and the likeliest.
 *
 * Softmax outputs are probabilities as they are. Outputs that are never negative, such as the
 * book's sigmoids, are taken as shares of their sum; any others go through softmax.
 */
#ifndef TRAIN_ANSWER_H
#define TRAIN_ANSWER_H

#include <stdbool.h>

struct nn;

/* From this confidence on an answer is called sure. Softmax is a poor judge of what it never saw,
 * so this is a threshold for people, not a promise. */
extern const float answer_sure;

struct answer_probabilities {
    float of[10]; /* add up to 1 */
    int best;     /* answer_best's */
};

/* The likeliest of an answer's ten numbers; the lower digit of equals. */
int answer_best(const float *out);

/* `out` is one answer of `net`, ten floats. `temperature` flattens (above 1) or sharpens (below 1)
 * the probabilities; it is 1 where a model does not say, and never changes which is the best. */
struct answer_probabilities answer_read(const struct nn *net, const float *out, double temperature);

#endif

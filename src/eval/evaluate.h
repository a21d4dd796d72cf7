/* evaluate.h -- how well a network reads: accuracy, cost and who is taken for whom.
 *
 * The images are cut into blocks of a fixed size, so the result is the same, to the bit, for any
 * number of threads.
 */
#ifndef EVAL_EVALUATE_H
#define EVAL_EVALUATE_H

#include <stdbool.h>
#include <stdint.h>

#include "nn/nn.h"

struct pool;
struct dataset;
struct err;
struct kern;
struct unipen;

struct evaluation {
    uint32_t count, correct;
    double accuracy;            /* correct / count; 0 of 0 is 0 */
    double error;               /* its standard error: what another draw of images would shift */
    double cost;                /* mean over the images */
    uint32_t confusion[10][10]; /* [truth][answer] */
};

/* The standard error of a part of `count`: what another draw of so many would shift. 0 of 0. */
double evaluate_error(double part, uint64_t count);

/* The scratch for it, kept between uses: for `net` and any network of the same words. Needs 28 x 28
 * inputs and ten outputs; NULL with a sentence otherwise. `kern` and `pool` must outlive it. One
 * thread may use it at a time. */
struct evaluator;
struct evaluator *evaluator_new(const struct nn *net, const struct kern *kern, struct pool *pool,
                                struct err *err);
void evaluator_free(struct evaluator *evaluator); /* NULL is fine */

/* Images first .. first + count - 1 of `set`. */
struct evaluation evaluator_run(struct evaluator *evaluator, const struct nn *net,
                                enum nn_cost cost, const struct dataset *set, uint32_t first,
                                uint32_t count);

/* Of two sets read by one network: as if they were one set. */
struct evaluation evaluation_join(const struct evaluation *a, const struct evaluation *b);

/* The same, and what the network answers to them, as it is: count x 10 floats. */
struct evaluation evaluator_read(struct evaluator *evaluator, const struct nn *net,
                                 enum nn_cost cost, const struct dataset *set, uint32_t first,
                                 uint32_t count, float *answers);

/* Pen strokes as a set of pictures, each through the rule that the mouse takes (ink/fit.h), ready
 * for evaluator_run. The caller frees it with dataset_free. */
struct dataset *evaluate_strokes(const struct unipen *strokes, struct pool *pool, struct err *err);

/* The cost that suits a network whose training is not known: cross-entropy after softmax, quadratic
 * elsewhere. */
enum nn_cost evaluate_default_cost(const struct nn *net);

#endif

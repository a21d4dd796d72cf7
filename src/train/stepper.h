/* stepper.h -- one mini-batch after another: pictures in, better weights out.
 *
 * A mini-batch is cut into shards, whose number depends on the recipe's mini-batch alone. Each
 * shard gathers its pictures and has a gradient of its own; the gradients are added up in the order
 * of the shards. So the weights are the same, to the bit, for any number of threads. Batch norm
 * looks at one shard at a time (ghost batch norm).
 *
 * Whatever is random is drawn from the seed, the epoch and the image's or step's number, never from
 * what came before; so there is no random state to save.
 */
#ifndef TRAIN_STEPPER_H
#define TRAIN_STEPPER_H

#include <stdbool.h>
#include <stdint.h>

#include "eval/verdict.h"
#include "ink/fit.h"

struct pool;
struct dataset;
struct err;
struct kern;
struct stepper;
struct nn;
struct optim;
struct recipe;
struct unipen;

/* Training on images 0 .. count - 1 of `set`, and on what the recipe mixes in (sampler.h);
 * `strokes` may be NULL. The weights start from `begin_with`, or by the seed where it is NULL.
 * `set`, `strokes`, `kern` and `pool` must outlive it; the recipe is copied, and must be a sound
 * one (recipe_check). NULL with a sentence: `begin_with` is another network than the recipe's, or
 * memory is short. */
struct stepper *stepper_new(const struct recipe *recipe, const struct nn *begin_with,
                            const struct dataset *set, uint32_t count, const struct unipen *strokes,
                            const struct kern *kern, struct pool *pool, struct err *err);
void stepper_free(struct stepper *stepper); /* NULL is fine */

/* Images in an epoch, with those that are mixed in. */
uint32_t stepper_images(const struct stepper *stepper);

/* Mini-batches in an epoch. The images are shared out evenly, so that none is left over and the
 * last mini-batch is no smaller than the others by more than one. */
uint32_t stepper_steps(const struct stepper *stepper);

/* Puts the images in the order of this epoch (from 0). Needed before its steps. */
void stepper_begin_epoch(struct stepper *stepper, int epoch);

/* What the pass forward gave, with the weights from before the step. */
struct stepper_sum {
    double cost; /* sum over the images */
    uint32_t correct, count;
};

/* Mini-batch number `step` (from 0) of the epoch. Where the cost is not finite the weights are left
 * as they were. */
struct stepper_sum stepper_take(struct stepper *stepper, uint32_t step, float rate);

/* An image of the mini-batch that was taken last: as it was shown, and what it was answered, with
 * the weights from before the step. */
struct stepper_image {
    float x[FIT_LEN], answer[VERDICT_CLASSES];
    int digit; /* SAMPLER_NO_DIGIT for an outlier */
    bool right;
    double cost;
};

/* Image i of it, from 0. It is drawn anew, to the same bits. */
void stepper_look(const struct stepper *stepper, uint32_t i, struct stepper_image *image);

/* They belong to the stepper, and hold until its next step: ask again after it. */
struct nn *stepper_net(struct stepper *stepper); /* the weights that are stepped */
struct nn *
stepper_average(struct stepper *stepper); /* their average; NULL where the recipe has none */
const struct nn *
stepper_kept(struct stepper *stepper); /* those to use: the average, else the net */
struct optim *stepper_optim(struct stepper *stepper);

#endif

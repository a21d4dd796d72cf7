/* lesson.h -- one mini-batch after another: pictures in, better weights out.
 *
 * A mini-batch is cut into shards, whose number depends on the recipe's mini-batch alone. Each
 * shard gathers its pictures and has a gradient of its own; the gradients are added up in the order
 * of the shards. So the weights are the same, to the bit, for any number of threads. Batch norm
 * looks at one shard at a time (ghost batch norm).
 *
 * Whatever is random is drawn from the seed, the epoch and the image's or step's number, never from
 * what came before; so there is no random state to save.
 */
#ifndef TRAIN_LESSON_H
#define TRAIN_LESSON_H

#include <stdint.h>

struct pool;
struct dataset;
struct err;
struct kern;
struct lesson;
struct nn;
struct optim;
struct recipe;
struct unipen;

/* Training on images 0 .. count - 1 of `set`, and on what the recipe mixes in (mix.h); `strokes`
 * may be NULL. The weights start from `begin_with`, or by the seed where it is NULL. `set`,
 * `strokes`, `kern` and `pool` must outlive it; the recipe is copied, and must be a sound one
 * (recipe_check). NULL with a sentence: `begin_with` is another network than the recipe's, or
 * memory is short. */
struct lesson *lesson_new(const struct recipe *recipe, const struct nn *begin_with,
                          const struct dataset *set, uint32_t count, const struct unipen *strokes,
                          const struct kern *kern, struct pool *pool, struct err *err);
void lesson_free(struct lesson *lesson); /* NULL is fine */

/* Images in an epoch, with those that are mixed in. */
uint32_t lesson_count(const struct lesson *lesson);

/* Mini-batches in an epoch. The images are shared out evenly, so that none is left over and the
 * last mini-batch is no smaller than the others by more than one. */
uint32_t lesson_steps(const struct lesson *lesson);

/* Puts the images in the order of this epoch (from 0). Needed before its steps. */
void lesson_begin_epoch(struct lesson *lesson, int epoch);

/* What the pass forward gave, with the weights from before the step. */
struct lesson_sum {
    double cost; /* sum over the images */
    uint32_t correct, count;
};

/* Mini-batch number `step` (from 0) of the epoch. Where the cost is not finite the weights are left
 * as they were. */
struct lesson_sum lesson_step(struct lesson *lesson, uint32_t step, float rate);

/* They belong to the lesson, and hold until its next step: ask again after it. */
struct nn *lesson_net(struct lesson *lesson); /* the weights that are stepped */
struct nn *
lesson_average(struct lesson *lesson); /* their average; NULL where the recipe has none */
const struct nn *lesson_kept(struct lesson *lesson); /* those to use: the average, else the net */
struct optim *lesson_optim(struct lesson *lesson);

#endif

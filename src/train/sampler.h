/* sampler.h -- what an epoch is made of, as one list with numbers.
 *
 *   pictures    of the training set, each once
 *   strokes     of pen, each drawn anew by another pen
 *   drawn       digits that the program draws itself, new ones in each epoch
 *   outliers    scribbles, letters and the like, likewise new, of which each digit is equally wrong
 *
 * The recipe says how many of each there are for each picture. Sources that are not at hand are
 * left out. What number i shows in an epoch follows from the seed, the epoch and i alone.
 */
#ifndef TRAIN_SAMPLER_H
#define TRAIN_SAMPLER_H

#include <stdbool.h>
#include <stdint.h>

struct dataset;
struct recipe;
struct rng;
struct unipen;

enum sampler_kind {
    SAMPLER_PICTURES,
    SAMPLER_STROKES,
    SAMPLER_DRAWN,
    SAMPLER_OUTLIERS,
    SAMPLER_KINDS,
    SAMPLER_NO_DIGIT = -1
};

/* Borrows the sources and the recipe. */
struct sampler {
    const struct recipe *recipe;
    const struct dataset *pictures;
    const struct unipen *strokes;
    uint32_t counts[SAMPLER_KINDS]; /* of each kind in an epoch, in this order */
};

/* Pictures 0 .. picture_count - 1 of the set, and what the recipe mixes in. `strokes` may be NULL.
 */
struct sampler sampler_new(const struct recipe *recipe, const struct dataset *pictures,
                           uint32_t picture_count, const struct unipen *strokes);

uint32_t sampler_count(const struct sampler *sampler); /* numbers are 0 .. count - 1 */

/* The digit that number `i` shows; SAMPLER_NO_DIGIT for an outlier. */
int sampler_digit(const struct sampler *sampler, uint32_t i);

/* The answer that is wanted for it, ten floats: with the recipe's smoothing, and a tenth of each
 * digit for an outlier. */
void sampler_want(const struct sampler *sampler, uint32_t i, float *y);

/* Whether an answer, ten floats, is right: the digit is the best, or an outlier is taken for no
 * digit by half or more. */
bool sampler_is_right(const struct sampler *sampler, uint32_t i, const float *answer);

/* Draws number `i` as it is in this epoch, with a generator of its own: 28x28 floats. */
void sampler_draw(const struct sampler *sampler, uint32_t i, int epoch, struct rng *rng, float *x);

#endif

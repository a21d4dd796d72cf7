/* synthetic.h -- digits that the program draws itself, for when there is no data at hand.
 *
 * Every digit has several handwritings, each a skeleton of strokes; every drawing picks one, bends,
 * slants, turns and resizes it, draws it with a pen of its own and sends it through the same rule
 * as any other ink (fit.h). Digit `index` of a seed is always the same (to the byte, on one
 * machine), whichever others are drawn, so a set can grow as it is used.
 */
#ifndef DATA_SYNTHETIC_H
#define DATA_SYNTHETIC_H

#include <stdatomic.h>

#include "data/dataset.h"

enum { SYNTHETIC_TRAIN = 60000, SYNTHETIC_TEST = 10000 };

/* Draws number `index` of `seed`: 28x28 bytes, and returns the digit that it shows. Each run of
 * ten indices holds every digit once. */
int synthetic_draw(uint64_t seed, uint64_t index, uint8_t *pixels);

/* A whole set. The two splits of a seed have no drawing in common. */
struct dataset *synthetic_new(uint64_t seed, enum dataset_split split, uint32_t count,
                              struct err *err);

/* The same, given up soon after another thread sets *abandoned: then NULL, with a sentence. */
struct dataset *synthetic_new_unless(const atomic_bool *abandoned, uint64_t seed,
                                     enum dataset_split split, uint32_t count, struct err *err);

#endif

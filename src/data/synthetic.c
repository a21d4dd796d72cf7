/* SPDX-License-Identifier: MIT */
#include "data/synthetic.h"

#include "base/err.h"
#include "base/language.h"
#include "base/rng.h"
#include "data/scribe.h"
#include "data/skeletons.h"
#include "ink/fit.h"

enum { DIGITS = 10 };

int synthetic_draw(uint64_t seed, uint64_t index, uint8_t *pixels)
{
    struct rng rng = rng_new(seed, index);
    struct scribe_drawing drawing = {0};
    int digit = (int)(index % DIGITS);
    const char *skeleton = skeleton_choose(digit, &rng);
    struct scribe scribe = scribe_new(&rng);
    scribe_write(&drawing, &scribe, &rng, scribe_here, skeleton);
    scribe_fit(&drawing, &scribe, pixels);
    return digit;
}

struct dataset *synthetic_new_unless(const atomic_bool *abandoned, uint64_t seed,
                                     enum dataset_split split, uint32_t count, struct err *err)
{
    struct dataset *set = dataset_new("synthetic", count, err);
    if (!set)
        return NULL;
    set->synthetic = true;
    uint64_t first = split == DATASET_TEST ? (uint64_t)1 << 32 : 0;
    first -= first % DIGITS;
    for (uint32_t i = 0; i < count; i++) {
        if (atomic_load(abandoned)) {
            dataset_free(set);
            err_set(err, _("The digits were given up before all were drawn."));
            return NULL;
        }
        set->labels[i] =
            (uint8_t)synthetic_draw(seed, first + i, set->pixels + (size_t)i * FIT_LEN);
    }
    return set;
}

struct dataset *synthetic_new(uint64_t seed, enum dataset_split split, uint32_t count,
                              struct err *err)
{
    static const atomic_bool never;
    return synthetic_new_unless(&never, seed, split, count, err);
}

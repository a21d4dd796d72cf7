/* baselines.h -- reading digits without a network: what any network must beat.
 *
 *   guessing       a digit drawn at random
 *   darkness       the digit whose images have, on average, as much ink as this one
 *   nearest mean   the digit whose mean image lies nearest to this one, pixel by pixel
 */
#ifndef LESSON_BASELINES_H
#define LESSON_BASELINES_H

#include <stdbool.h>
#include <stdint.h>

struct dataset;

enum baseline { BASELINE_GUESSING, BASELINE_DARKNESS, BASELINE_NEAREST_MEAN, BASELINES };

/* Learnt from a training set. */
struct baselines {
    double darkness[10];      /* the mean ink of an image, 0 to 255 a pixel */
    float means[10][28 * 28]; /* the mean images */
    bool known[10];           /* there was one of that digit */
};

/* Looks at images 0 .. count - 1. */
void baselines_learn(struct baselines *baselines, const struct dataset *train, uint32_t count);

/* What that way of reading says of an image of 28x28 bytes. `seed` decides the guess. */
int baselines_read(const struct baselines *baselines, enum baseline which, const uint8_t *pixels,
                   uint64_t seed);

/* How many of images first .. first + count - 1 it reads right. */
uint32_t baselines_count_right(const struct baselines *baselines, enum baseline which,
                               const struct dataset *test, uint32_t first, uint32_t count);

#endif

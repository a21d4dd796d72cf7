/* SPDX-License-Identifier: MIT */
#include "lesson/baselines.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "data/dataset.h"
#include "ink/fit.h"

enum { DIGITS = 10 };

static double ink_of(const uint8_t *pixels)
{
    uint32_t sum = 0;
    for (int i = 0; i < FIT_LEN; i++)
        sum += pixels[i];
    return (double)sum / FIT_LEN;
}

void baselines_learn(struct baselines *baselines, const struct dataset *train, uint32_t count)
{
    uint32_t counts[DIGITS] = {0};
    memset(baselines, 0, sizeof *baselines);
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *pixels = train->pixels + (size_t)i * FIT_LEN;
        int digit = train->labels[i];
        counts[digit]++;
        baselines->darkness[digit] += ink_of(pixels);
        for (int k = 0; k < FIT_LEN; k++)
            baselines->means[digit][k] += pixels[k];
    }
    for (int digit = 0; digit < DIGITS; digit++) {
        baselines->known[digit] = counts[digit] > 0;
        if (counts[digit] == 0)
            continue;
        baselines->darkness[digit] /= counts[digit];
        for (int k = 0; k < FIT_LEN; k++)
            baselines->means[digit][k] /= (float)counts[digit];
    }
}

static double distance(const float *mean, const uint8_t *pixels)
{
    double sum = 0;
    for (int i = 0; i < FIT_LEN; i++) {
        double apart = (double)mean[i] - pixels[i];
        sum += apart * apart;
    }
    return sum;
}

int baselines_read(const struct baselines *baselines, enum baseline which, const uint8_t *pixels,
                   uint64_t seed)
{
    struct rng rng = rng_new(seed, which);
    double least = INFINITY, ink = ink_of(pixels);
    int best = 0;
    if (which == BASELINE_GUESSING)
        return (int)rng_below(&rng, DIGITS);
    for (int digit = 0; digit < DIGITS; digit++) {
        double apart = which == BASELINE_DARKNESS ? fabs(baselines->darkness[digit] - ink)
                                                  : distance(baselines->means[digit], pixels);
        if (baselines->known[digit] && apart < least) {
            least = apart;
            best = digit;
        }
    }
    return best;
}

uint32_t baselines_count_right(const struct baselines *baselines, enum baseline which,
                               const struct dataset *test, uint32_t first, uint32_t count)
{
    uint32_t right = 0;
    for (uint32_t i = first; i < first + count; i++)
        right += baselines_read(baselines, which, test->pixels + (size_t)i * FIT_LEN, i) ==
                 test->labels[i];
    return right;
}

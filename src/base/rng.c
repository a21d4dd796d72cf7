/* SPDX-License-Identifier: MIT */
#include "base/rng.h"

#include <math.h>

#include "base/hash.h"

static uint64_t splitmix_next(uint64_t *state)
{
    uint64_t z = hash_stir(*state);
    *state += HASH_STEP;
    return z;
}

static uint64_t rotate_left(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

struct rng rng_new(uint64_t seed, uint64_t stream)
{
    uint64_t state = stream;
    state = seed ^ splitmix_next(&state);
    struct rng rng;
    for (int i = 0; i < 4; i++)
        rng.s[i] = splitmix_next(&state);
    return rng;
}

uint64_t rng_next(struct rng *rng)
{
    uint64_t *s = rng->s;
    uint64_t result = rotate_left(s[0] + s[3], 23) + s[0];
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return result;
}

float rng_float(struct rng *rng)
{
    return (float)(rng_next(rng) >> 40) * 0x1p-24f;
}

float rng_range(struct rng *rng, float lo, float hi)
{
    return lo + (hi - lo) * rng_float(rng);
}

float rng_normal(struct rng *rng)
{
    double u =
        ((double)(rng_next(rng) >> 11) + 1.0) * 0x1p-53; /* in (0, 1], so the log is finite */
    double v = (double)(rng_next(rng) >> 11) * 0x1p-53;
    return (float)(sqrt(-2.0 * log(u)) * cos(6.283185307179586 * v));
}

/* Lemire's multiplication; the bias of at most n / 2^32 does not matter for shuffling. */
uint32_t rng_below(struct rng *rng, uint32_t n)
{
    return (uint32_t)(((rng_next(rng) >> 32) * n) >> 32);
}

void rng_shuffle(struct rng *rng, uint32_t *items, uint32_t count)
{
    for (uint32_t i = count; i > 1; i--) {
        uint32_t j = rng_below(rng, i), item = items[i - 1];
        items[i - 1] = items[j];
        items[j] = item;
    }
}

/* rng.h -- random numbers that are the same on every machine; but for rng_normal, which rounds as
 * the machine's log and cos do.
 *
 * xoshiro256++ (Blackman and Vigna, 2019), seeded by splitmix64 from a seed and a stream: two
 * streams of one seed are independent, so a worker, a step or an image can have its own. A
 * generator is a plain value: copying it copies the place in the sequence, saving it saves that.
 */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stdint.h>

struct rng {
    uint64_t s[4];
};

struct rng rng_new(uint64_t seed, uint64_t stream);

uint64_t rng_next(struct rng *rng);             /* 64 random bits */
float rng_float(struct rng *rng);               /* uniform in [0, 1) */
float rng_range(struct rng *rng, float lo, float hi);
float rng_normal(struct rng *rng);              /* mean 0, deviation 1 (Box and Muller) */
uint32_t rng_below(struct rng *rng, uint32_t n); /* uniform in 0 .. n-1; n > 0 */

/* Puts items in a random order (Fisher and Yates). */
void rng_shuffle(struct rng *rng, uint32_t *items, uint32_t count);

#endif

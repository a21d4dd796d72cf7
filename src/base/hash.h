/* hash.h -- FNV-1a (Fowler, Noll and Vo): a number by which things are told apart, quick to make
 * and no secret. One goes from HASH_START, a step for each byte or word.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>

#define HASH_START 0xcbf29ce484222325u

static inline uint64_t hash_add(uint64_t hash, uint64_t word)
{
    return (hash ^ word) * 0x100000001b3u;
}

/* Stirs 64 bits, so that a change of one changes half of them: SplitMix (Steele, Lea and Flood
 * 2014), whose state goes on by HASH_STEP. */
#define HASH_STEP 0x9e3779b97f4a7c15u

static inline uint64_t hash_stir(uint64_t x)
{
    x += HASH_STEP;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

#endif

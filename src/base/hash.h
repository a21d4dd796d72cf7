/* hash.h -- numbers by which things are told apart, quick to make and no secret. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* FNV-1a (Fowler, Noll and Vo): one goes from HASH_START, a step for each byte or word. */
#define HASH_START 0xcbf29ce484222325u

static inline uint64_t hash_add(uint64_t hash, uint64_t word)
{
    return (hash ^ word) * 0x100000001b3u;
}

static inline uint64_t hash_text(uint64_t hash, const char *text)
{
    for (; *text; text++)
        hash = hash_add(hash, (unsigned char)*text);
    return hash;
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

/* A word at a time, for what is made anew with every frame. */
static inline uint64_t hash_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * HASH_STEP;
    return hash ^ hash >> 32;
}

static inline uint64_t hash_bytes(uint64_t hash, const void *data, size_t size)
{
    const char *at = data;
    uint64_t word = 0;
    for (; size >= sizeof word; size -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        hash = hash_mix(hash, word);
    }
    word = size;
    memcpy(&word, at, size);
    return hash_mix(hash, word ^ (uint64_t)size << 56);
}

#endif

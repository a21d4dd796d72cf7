/* SPDX-License-Identifier: MIT */
/* x86 with AVX2 and FMA: 16 registers hold 6 x 2 or 12 x 1 sums, what they are multiplied with, and
 * a float of a. */
#include <immintrin.h>

#define W           8
#define TALL        12
#define WIDE        6
#define TABLE       kern_avx2
#define TABLE_NAME  "avx2"
#define LANES(mask) ((unsigned)_mm256_movemask_ps((__m256)(mask)))
#define LOAD_BYTES
#define COMPRESS
#include "kern/simd_types.h"

INLINE vi load_bytes(const uint8_t *p)
{
    return (vi)_mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(const void *)p));
}

struct chosen {
    __m256i order;
    int count;
};

INLINE struct chosen choose(vi mask)
{
    unsigned lanes = LANES(mask);
    /* The lanes' bits spread over bytes pick those of the numbers 0 .. 7 that are wanted. */
    uint64_t wanted = _pdep_u64(lanes, 0x0101010101010101u) * 0xff;
    uint64_t numbers = _pext_u64(0x0706050403020100u, wanted);
    return (struct chosen){_mm256_cvtepu8_epi32(_mm_cvtsi64_si128((long long)numbers)),
                           __builtin_popcount(lanes)};
}

INLINE void compress(struct chosen lanes, vf x, void *to)
{
    _mm256_storeu_ps(to, _mm256_permutevar8x32_ps((__m256)x, lanes.order));
}

#define PARTS
INLINE __m256i first_lanes(int n)
{
    static const int32_t lanes[2 * W] = {-1, -1, -1, -1, -1, -1, -1, -1};
    return _mm256_loadu_si256((const __m256i *)(const void *)(lanes + W - n));
}

INLINE vf load_part(const float *p, int n)
{
    return (vf)_mm256_maskload_ps(p, first_lanes(n));
}

INLINE void store_part(float *p, vf x, int n)
{
    _mm256_maskstore_ps(p, first_lanes(n), (__m256)x);
}

#include "kern/simd.h"

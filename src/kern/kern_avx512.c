/* SPDX-License-Identifier: MIT */
/* x86 with AVX-512: 32 registers hold 12 x 2 or 14 x 1 sums; a float of a is spread by the
 * multiplication itself. */
#include <immintrin.h>

#define W           16
#define TALL        14
#define WIDE        12
#define TABLE       kern_avx512
#define TABLE_NAME  "avx512"
#define NARROW      kern_avx2
#define LANES(mask) ((unsigned)_mm512_movepi32_mask((__m512i)(mask)))
#define LOAD_BYTES
#define COMPRESS
#include "kern/simd_types.h"

INLINE vi load_bytes(const uint8_t *p)
{
    return (vi)_mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)(const void *)p));
}

struct chosen {
    __mmask16 lanes;
    int count;
};

INLINE struct chosen choose(vi mask)
{
    __mmask16 lanes = (__mmask16)LANES(mask);
    return (struct chosen){lanes, __builtin_popcount(lanes)};
}

/* In registers, then a whole store: compressing straight to memory is slow on Zen 4. */
INLINE void compress(struct chosen lanes, vf x, void *to)
{
    _mm512_storeu_ps(to, _mm512_maskz_compress_ps(lanes.lanes, (__m512)x));
}

#define PARTS
INLINE vf load_part(const float *p, int n)
{
    return (vf)_mm512_maskz_loadu_ps((__mmask16)((1u << n) - 1), p);
}

INLINE void store_part(float *p, vf x, int n)
{
    _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), (__m512)x);
}

#include "kern/simd.h"

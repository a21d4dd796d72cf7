/* simd.h -- the fast kernels, written once for vectors of W floats.
 *
 * kern_<isa>.c sets the macros below and includes this; the compiler's own vector type does the
 * rest. Everything is static but the table.
 *
 *   W                     floats in a vector
 *   TALL, WIDE            rows of a tile that is one vector wide, and of one that is two wide
 *   TABLE, TABLE_NAME     the table to define
 *   NARROW                optional: a table with shorter vectors, for results of so few channels
 *                         that half of a vector would stay empty
 *   LANES(mask)           optional: the lanes of a comparison as the bits of a number
 *   LOAD_BYTES            set where the file has a load_bytes() of its own: W bytes as W numbers
 *   COMPRESS              set where the file has a choose() and compress() of its own, see below
 *   PARTS                 likewise load_part() and store_part()
 */
#ifndef KERN_SIMD_H
#define KERN_SIMD_H

#include <stdint.h>
#include <string.h>

#include "kern/simd_types.h"
#include "kern/tables.h"

INLINE vf load(const float *p)
{
    return *(const vf_anywhere *)p;
}

INLINE void store(float *p, vf x)
{
    *(vf_anywhere *)p = x;
}

/* p, kept from the compiler, which otherwise likes to add up the parts of nearby addresses in
 * another order and then needs a register for each. */
INLINE const float *settled(const float *p)
{
    __asm__("" : "+r"(p));
    return p;
}

INLINE ptrdiff_t settled_step(ptrdiff_t step)
{
    __asm__("" : "+r"(step));
    return step;
}

INLINE vf spread(float x)
{
    return x - (vf){0};
}

#ifndef PARTS
/* The first n lanes, 0 <= n <= W; the others are 0. */
INLINE vf load_part(const float *p, int n)
{
    vf x = {0};
    for (int i = 0; i < n; i++)
        x[i] = p[i];
    return x;
}

INLINE void store_part(float *p, vf x, int n)
{
    for (int i = 0; i < n; i++)
        p[i] = x[i];
}
#endif

/* The first n lanes, or all where n is more. */
INLINE void store_most(float *p, vf x, int n)
{
    if (n >= W)
        store(p, x);
    else
        store_part(p, x, n);
}

INLINE vf pick(vi mask, vf yes, vf no)
{
    return (vf)((mask & (vi)yes) | (~mask & (vi)no));
}

/* rows[W][W] to its columns: each round of zipping the first half with the second brings one bit of
 * a row's number into the lanes' numbers. */
INLINE void transpose(vf *rows)
{
    for (int round = 1; round < W; round *= 2) {
        vf zipped[W];
        UNROLL for (int i = 0; i < W / 2; i++) {
            zipped[2 * i] = __builtin_shufflevector(rows[i], rows[i + W / 2], ZIP_FIRST);
            zipped[2 * i + 1] = __builtin_shufflevector(rows[i], rows[i + W / 2], ZIP_SECOND);
        }
        UNROLL for (int i = 0; i < W; i++)
            rows[i] = zipped[i];
    }
}

/* ---- forward, channels in a vector --------------------------------------------------------- */

#ifndef LANES
INLINE unsigned lanes_of(vi mask)
{
    unsigned lanes = 0;
    for (int i = 0; i < W; i++)
        lanes |= (unsigned)(mask[i] & 1) << i;
    return lanes;
}
#define LANES(mask) lanes_of(mask)
#endif

#ifndef LOAD_BYTES
INLINE vi load_bytes(const uint8_t *p)
{
    vi x;
    for (int i = 0; i < W; i++)
        x[i] = p[i];
    return x;
}
#endif

#ifndef COMPRESS
/* The lanes for which a mask holds, ready to be written one after the other. */
struct chosen {
    vi mask;
    int count;
};

INLINE struct chosen choose(vi mask)
{
    int count = 0;
    for (int i = 0; i < W; i++)
        count -= mask[i];
    return (struct chosen){mask, count};
}

/* May write W lanes. */
INLINE void compress(struct chosen lanes, vf x, void *to)
{
    int at = 0;
    float packed[2 * W];
    for (int i = 0; i < W; i++) {
        packed[at] = x[i];
        at -= lanes.mask[i];
    }
    memcpy(to, packed, sizeof x);
}
#endif

/* The same for pairs of numbers; returns how many the mask holds for. */
INLINE int compress_pairs(vi mask, vi at, vf value, uint32_t *at_to, float *value_to)
{
    struct chosen lanes = choose(mask);
    compress(lanes, (vf)at, at_to);
    compress(lanes, value, value_to);
    return lanes.count;
}

#include "kern/loops.h"
#include "kern/simd_bundle.h"
#include "kern/simd_sparse.h"
#include "kern/simd_tile.h"
#include "kern/simd_rows.h"
#include "kern/simd_image.h"
#include "kern/simd_winograd.h"
#include "kern/simd_conv.h"
#include "kern/simd_conv_pool.h"

const struct kern TABLE = {
    .name = TABLE_NAME,
    .gemm_nn = gemm_nn,
    .gemm_tn = gemm_tn,
    .gemm_nt = gemm_nt,
    .bundle = bundle,
    .bundle_bytes = bundle_bytes,
    .bundle_nn = bundle_nn,
    .bundle_tn = bundle_tn,
    .conv_scratch = conv_scratch,
    .conv = conv,
    .conv_weights = conv_weights,
    .conv_input = conv_input,
    .conv_pool_scratch = conv_pool_scratch,
    .conv_pool = conv_pool,
    .conv_pool_back = conv_pool_back,
    .column_sums = column_sums,
    .column_dots = column_dots,
    .sigmoid = sigmoid,
    .tanh = tanh_all,
    .maxpool = maxpool,
    .maxpool_back = maxpool_back,
    KERN_LOOPS,
};

#endif

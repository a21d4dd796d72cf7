/* simd_types.h -- vectors of W floats, for kern_<isa>.c before it includes simd.h. */
#ifndef KERN_SIMD_TYPES_H
#define KERN_SIMD_TYPES_H

#include <stdint.h>

typedef float vf __attribute__((vector_size(4 * W)));
typedef float vf_anywhere __attribute__((vector_size(4 * W), aligned(4), may_alias));
typedef int32_t vi __attribute__((vector_size(4 * W)));

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("GCC unroll 32")

#endif

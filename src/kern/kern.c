/* SPDX-License-Identifier: MIT */
#include "kern/kern.h"

#include <string.h>

#ifdef KERN_X86
#include <xmmintrin.h>
#endif

#include "kern/tables.h"

void kern_flush_tiny(void)
{
#if defined(KERN_X86)
    enum { FLUSH_RESULTS = 1 << 15, TAKE_AS_ZERO = 1 << 6 };
    _mm_setcsr(_mm_getcsr() | FLUSH_RESULTS | TAKE_AS_ZERO);
#elif defined(KERN_NEON)
    enum { FLUSH = 1 << 24 };
    uint64_t control;
    __asm__ volatile("mrs %0, fpcr" : "=r"(control));
    __asm__ volatile("msr fpcr, %0" : : "r"(control | FLUSH));
#endif
}

static bool always(void)
{
    return true;
}

#ifdef KERN_X86
static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

static bool has_avx512(void)
{
    return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
}
#endif

/* From the slowest to the fastest. */
static const struct {
    const struct kern *table;
    bool (*runs)(void);
} tables[] = {
    {&kern_c, always},
#ifdef KERN_X86
    {&kern_avx2, has_avx2},
    {&kern_avx512, has_avx512},
#endif
#ifdef KERN_NEON
    {&kern_neon, always}, /* every 64-bit ARM has it */
#endif
};

enum { TABLE_COUNT = sizeof tables / sizeof *tables };

const struct kern *kern_at(int i)
{
    for (int t = 0; t < TABLE_COUNT; t++)
        if (tables[t].runs() && i-- == 0)
            return tables[t].table;
    return NULL;
}

const struct kern *kern_best(void)
{
    const struct kern *best = &kern_c;
    for (int i = 0; kern_at(i); i++)
        best = kern_at(i);
    return best;
}

const struct kern *kern_find(const char *name)
{
    for (int i = 0; kern_at(i); i++)
        if (strcmp(kern_at(i)->name, name) == 0)
            return kern_at(i);
    return NULL;
}

/* Of Winograd's way (simd_winograd.h), forward or back: the weights transformed and turned round, a
 * padded image, and both sides of the products of some rows of tiles. */
static size_t winograd_scratch(const struct kern_conv *s)
{
    enum { PLACES = 16, ROOM = 6, VECTOR = 16 };
    if (s->k_rows != 3 || s->k_cols != 3 || s->stride != 1)
        return 0;
    size_t in = (size_t)s->in, out = (size_t)s->out, channels = in + out + 2 * VECTOR;
    size_t rows = (size_t)(s->rows > s->out_rows ? s->rows : s->out_rows) + ROOM;
    size_t cols = (size_t)(s->cols > s->out_cols ? s->cols : s->out_cols) + ROOM;
    size_t tiles = cols / 2 > KERN_TILES ? cols / 2 : KERN_TILES;
    return (PLACES + 9) * in * out + PLACES * tiles * channels + rows * cols * (in + out);
}

/* Enough for the neediest table: the padded image and, beside it, the packed weights with room for
 * whole vectors, or a list of where dy is not zero, or rows of a product. */
size_t kern_conv_scratch(const struct kern_conv *s)
{
    enum { WIDEST = 64 }; /* floats of the widest tile */
    size_t in = (size_t)s->in, out = (size_t)s->out, run = (size_t)s->k_cols * in + WIDEST;
    size_t image = (size_t)(s->rows + 2 * s->pad) * (size_t)(s->cols + 2 * s->pad) * in;
    size_t weights = (size_t)s->k_rows * run * (out + WIDEST);
    size_t pixels = (size_t)s->out_rows * (size_t)s->out_cols;
    size_t list = 6 * out * pixels + out + WIDEST, panel = pixels * WIDEST;
    size_t direct = image + weights + (list > panel ? list : panel) + 2 * WIDEST;
    return direct > winograd_scratch(s) ? direct : winograd_scratch(s);
}

/* Forward: the padded image, the packed weights and two rows of results. Back: two padded images,
 * sums, packed weights with rows of zeros, a list for each channel, one of places and a short one.
 * Plain C: dy of an image and dw. */
size_t kern_conv_pool_scratch(const struct kern_conv *s)
{
    enum { WIDEST = 64 };
    size_t pixels = (size_t)s->out_rows * (size_t)s->out_cols, out = (size_t)s->out + WIDEST;
    size_t zeros = 2 * (size_t)s->stride * ((size_t)(s->k_cols * s->in) + WIDEST) * out;
    size_t lists = out * (pixels / 2 + 4 * WIDEST);
    size_t rows = 4 * out * (size_t)(s->out_cols + WIDEST);
    return 2 * kern_conv_scratch(s) + zeros + lists + pixels * out + rows;
}

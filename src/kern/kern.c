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

/* SPDX-License-Identifier: MIT */
/* bench_kern -- how near the kernels come to what a core can do. Prints, for every table that this
 * CPU runs and is not plain C, the peak of one core, and the speed of each timed kernel in its
 * quickest run. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "trial.h"

/* What one core can do at most: multiply-adds that wait for nothing, enough of them side by side to
 * keep every unit busy. PEAK makes such a function for vectors of so many floats; it returns the
 * seconds of a run, in which each of them makes 2 x PEAK_ROUNDS x SIDE_BY_SIDE sums. The empty asm
 * keeps the compiler from doing less. */
enum { SIDE_BY_SIDE = 12, PEAK_ROUNDS = 1 << 18 };

#define PEAK(name, floats, registers, ...)                                                         \
    __VA_ARGS__ static double name(void)                                                           \
    {                                                                                              \
        typedef float vec __attribute__((vector_size(4 * (floats))));                              \
        vec sum[SIDE_BY_SIDE] = {{0}}, factor = {0.5f};                                            \
        double begin = clock_seconds();                                                            \
        for (int i = 0; i < PEAK_ROUNDS; i++)                                                      \
            _Pragma("GCC unroll 12") for (int j = 0; j < SIDE_BY_SIDE; j++)                        \
            {                                                                                      \
                sum[j] = sum[j] * factor + factor;                                                 \
                __asm__ volatile("" : "+" registers(sum[j]));                                      \
            }                                                                                      \
        return clock_seconds() - begin;                                                            \
    }

#if defined(__x86_64__)
PEAK(run_avx2, 8, "x", __attribute__((target("avx2,fma"))))
PEAK(run_avx512, 16, "v", __attribute__((target("avx512f"))))
#elif defined(__aarch64__)
PEAK(run_neon, 4, "w")
#endif

static const struct {
    const char *table;
    int floats;
    double (*run)(void);
} peaks[] = {
#if defined(__x86_64__)
    {"avx2", 8, run_avx2},
    {"avx512", 16, run_avx512},
#elif defined(__aarch64__)
    {"neon", 4, run_neon},
#endif
    {NULL, 0, NULL},
};

/* In thousand million sums a second; 0: not known. */
static double measure_peak(const char *table)
{
    double least = 1;
    int i = 0;
    while (peaks[i].table && strcmp(peaks[i].table, table) != 0)
        i++;
    for (int tries = 0; tries < 20 && peaks[i].table; tries++)
        least = fmin(least, peaks[i].run());
    if (!peaks[i].table)
        return 0;
    double peak = 2.0 * peaks[i].floats * SIDE_BY_SIDE * PEAK_ROUNDS / least / 1e9;
    printf("%-7s %-44s %8.1f GFLOP/s\n", table, "the peak of one core", peak);
    return peak;
}

/* Runs it for a tenth of a second. */
static double time_kernel(struct trial *t, const struct kernel *kernel, int size,
                          const struct kern *kern)
{
    double begin = clock_seconds(), now = begin, least = 1;
    do {
        double start = now;
        trial_run(t, kernel, size, kern);
        now = clock_seconds();
        least = fmin(least, now - start);
    } while (now < begin + 0.1);
    return least;
}

/* What has no sums in it is counted by the numbers that come out. */
static double count_work(const struct trial *t)
{
    double numbers = 0;
    for (int i = 0; i < t->count; i++)
        numbers += t->blocks[i].result ? (double)t->blocks[i].len : 0;
    return t->flop > 0 ? t->flop : numbers;
}

static void print_kernel(const struct kernel *kernel, int size, const struct kern *kern,
                         double peak)
{
    struct trial t = {.count = 0};
    char what[80] = "";
    trial_run(&t, kernel, size, kern);
    double speed = count_work(&t) / time_kernel(&t, kernel, size, kern) / 1e9;
    for (int i = 0; i < TRIAL_SIZES_MAX && kernel->sizes[size][i]; i++)
        snprintf(what + strlen(what), sizeof what - strlen(what), " %d", kernel->sizes[size][i]);
    printf("%-7s %-16s%-28s %8.1f %s", kern->name, kernel->name, what, speed,
           t.flop > 0 ? "GFLOP/s" : "G numbers/s");
    if (t.flop > 0 && peak > 0)
        printf(" %4.0f %%", 100 * speed / peak);
    printf("\n");
    trial_free(&t);
}

int main(void)
{
    for (int i = 1; kern_at(i); i++) {
        double peak = measure_peak(kern_at(i)->name);
        for (int k = 0; kernels_at(k); k++)
            for (int size = 0; size < kernels_at(k)->timed; size++)
                print_kernel(kernels_at(k), size, kern_at(i), peak);
    }
    return 0;
}

/* trial.h -- one call of a kernel, with made-up numbers in and its results kept for comparison.
 *
 * Each member of struct kern is tried by one function:
 *
 *     static void try_scale(const struct kern *kern, const int *size, struct trial *t)
 *     {
 *         float *x = trial_changed(t, (size_t)size[0], 1);
 *         if (kern)
 *             kern->scale((size_t)size[0], 0.3f, x);
 *         else
 *             for (int i = 0; i < size[0]; i++)
 *                 x[i] = (float)(0.3 * (double)x[i]);
 *     }
 *
 * It is called without a table for what is right, in double and sharing no code with src/kern, and
 * then once for each table, plain C among them, with the same numbers. trial_compare finds the
 * first result that differs by more than its error. Called again, the function gets the buffers
 * that it had, so that it can be timed.
 */
#ifndef TESTS_KERN_TRIAL_H
#define TESTS_KERN_TRIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kern/kern.h"

enum { TRIAL_BLOCKS_MAX = 16, TRIAL_SIZES_MAX = 9 };

struct trial_block {
    void *at;
    size_t len;         /* of floats or of 32-bit integers */
    bool result, whole; /* to be compared; as integers, which must be the same */
    bool guarded;       /* nothing may be written after it */
    float size;         /* of the sums in it: how large an error may be */
};

struct trial {
    struct trial_block blocks[TRIAL_BLOCKS_MAX];
    int count, next; /* blocks: all; those that this call has asked for */
    double flop;     /* that the call stands for: set by the function, for timing */
};

/* A member of the table, and sizes for it, each of as many numbers as the function wants: the first
 * `timed` are for the clock, as large as they are in use; the others are awkward ones, to be
 * compared.
 */
struct kernel {
    const char *name;
    size_t member; /* offsetof(struct kern, ...) */
    void (*call)(const struct kern *kern, const int *size, struct trial *t);
    const int (*sizes)[TRIAL_SIZES_MAX];
    int size_count, timed;
};

#define KERNEL(member, call, sizes, timed)                                                         \
    {                                                                                              \
#member, offsetof(struct kern, member), call, sizes, sizeof(sizes) / sizeof *(sizes),      \
            timed                                                                                  \
    }

/* ---- for the function that calls ---------------------------------------------------------------
 */

/* Random numbers to read; `zeros` in a hundred are zero. */
const float *trial_floats(struct trial *t, size_t len, int zeros);
const uint8_t *trial_bytes(struct trial *t, size_t len, int zeros);
const int32_t *trial_below(struct trial *t, size_t len, int32_t limit); /* 0 .. limit - 1 */

/* Room for results, or random numbers to be changed in place: compared, like the few after them
 * that nobody may touch. An error is allowed of 4e-6 of `size`, which is about the square root of
 * how many numbers were added up, and of 1e-5 of the number itself; 0 wants the very numbers. */
float *trial_result(struct trial *t, size_t len, float size);
float *trial_changed(struct trial *t, size_t len, float size);
int32_t *trial_integers(struct trial *t, size_t len);

/* Room that is not compared; not even a float after it may be touched. */
float *trial_scratch(struct trial *t, size_t len);

/* ---- for the one who compares -----------------------------------------------------------------
 */

/* Calls `kernel` by a table, or for what is right where kern is NULL. From zeros, or from the same
 * call before. */
void trial_run(struct trial *t, const struct kernel *kernel, int size, const struct kern *kern);
void trial_free(struct trial *t);

/* True where both say the same; else a sentence of where not. */
bool trial_compare(const struct trial *want, const struct trial *got, char *text, size_t room);

/* Compares every kernel with its reference, by every table that this CPU runs; prints a line for
 * each that is wrong. Returns how many are. */
int kernels_compare(void);

/* The lists. kernels_at(i) is NULL past the last. */
const struct kernel *kernels_at(int i);
extern const struct kernel product_kernels[], convolution_kernels[], row_kernels[];
extern const int product_kernel_count, convolution_kernel_count, row_kernel_count;

#endif

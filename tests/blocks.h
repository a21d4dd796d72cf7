/* blocks.h -- a 28x28 picture in a line of text, for tests that hold how a picture looked: the
 * means over blocks of 4x4 pixels, a letter each.
 *
 * One step of a letter may differ, since the mathematics library differs from machine to machine.
 * Where a picture is meant to change, the line that failed tells what to write.
 */
#ifndef TESTS_BLOCKS_H
#define TESTS_BLOCKS_H

#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "ink/fit.h"

enum { BLOCK = 4, BLOCKS = FIT_SIZE / BLOCK, BLOCK_LETTERS = BLOCKS * BLOCKS };

static const char block_letters[] =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-";

/* `x` from 0 to 1, [row][col]. */
static inline void blocks_describe(const float *x, char out[BLOCK_LETTERS + 1])
{
    for (int i = 0; i < BLOCK_LETTERS; i++) {
        const float *block = x + i / BLOCKS * BLOCK * FIT_SIZE + i % BLOCKS * BLOCK;
        float sum = 0;
        for (int k = 0; k < BLOCK * BLOCK; k++)
            sum += block[k / BLOCK * FIT_SIZE + k % BLOCK];
        out[i] = block_letters[(int)(63 * sum / (BLOCK * BLOCK))];
    }
    out[BLOCK_LETTERS] = 0;
}

static inline void blocks_expect(const float *x, const char *golden, const char *what, int number)
{
    char found[BLOCK_LETTERS + 1];
    blocks_describe(x, found);
    bool same = strlen(golden) == BLOCK_LETTERS;
    for (int i = 0; same && i < BLOCK_LETTERS; i++)
        same = labs(strchr(block_letters, found[i]) - strchr(block_letters, golden[i])) <= 1;
    ck_assert_msg(same, "%s %d: \"%s\"", what, number, found);
}

static inline void blocks_expect_bytes(const uint8_t *pixels, const char *golden, const char *what,
                                       int number)
{
    float x[FIT_LEN];
    fit_floats(pixels, 1, x);
    blocks_expect(x, golden, what, number);
}

#endif

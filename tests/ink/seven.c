/* SPDX-License-Identifier: MIT */
#include "seven.h"

#include <check.h>

#include "ink/fit.h"

struct ink draw_seven(float scale, float x, float y)
{
    struct ink ink = {0};
    ck_assert(ink_begin(&ink, x, y, NULL));
    ck_assert(ink_add(&ink, x + 60 * scale, y, NULL));
    ck_assert(ink_add(&ink, x + 20 * scale, y + 100 * scale, NULL));
    ck_assert(ink_begin(&ink, x + 16 * scale, y + 50 * scale, NULL));
    ck_assert(ink_add(&ink, x + 56 * scale, y + 50 * scale, NULL));
    return ink;
}

struct extent measure_extent(const uint8_t *pixels)
{
    int row0 = FIT_SIZE, row1 = -1, col0 = FIT_SIZE, col1 = -1, most = 0;
    for (int i = 0; i < FIT_LEN; i++) {
        int row = i / FIT_SIZE, col = i % FIT_SIZE;
        if (!pixels[i])
            continue;
        row0 = row < row0 ? row : row0;
        row1 = row > row1 ? row : row1;
        col0 = col < col0 ? col : col0;
        col1 = col > col1 ? col : col1;
        most = pixels[i] > most ? pixels[i] : most;
    }
    return (struct extent){row1 - row0 + 1, col1 - col0 + 1, most};
}

/* SPDX-License-Identifier: MIT */
#include "base/otsu.h"

struct otsu_split otsu_split(const uint64_t *histogram)
{
    struct otsu_split split = {.at = -1};
    double all = 0, sum = 0, below = 0, count = 0, best = 0;
    for (int i = 0; i < SHADES; i++) {
        all += (double)histogram[i];
        sum += i * (double)histogram[i];
    }
    for (int i = 0; i < SHADES - 1; i++) {
        count += (double)histogram[i];
        below += i * (double)histogram[i];
        double rest = all - count;
        if (count <= 0 || rest <= 0)
            continue;
        double gap = (sum - below) / rest - below / count;
        if (count * rest * gap * gap > best) {
            best = count * rest * gap * gap;
            split = (struct otsu_split){i, gap, (count < rest ? count : rest) / all};
        }
    }
    return split;
}

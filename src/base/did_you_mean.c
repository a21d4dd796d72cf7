/* SPDX-License-Identifier: MIT */
#include "base/did_you_mean.h"

#include <stddef.h>
#include <string.h>

enum { WORD_MAX = 32, NEAR = 2 };

/* How many letters to add, drop or change to make one word of the other (Levenshtein). */
static int measure_distance(const char *a, const char *b)
{
    int row[WORD_MAX + 1], a_len = (int)strlen(a), b_len = (int)strlen(b);
    if (a_len > WORD_MAX || b_len > WORD_MAX)
        return WORD_MAX;
    for (int j = 0; j <= b_len; j++)
        row[j] = j;
    for (int i = 1; i <= a_len; i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= b_len; j++) {
            int best = diagonal + (a[i - 1] != b[j - 1]);
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[b_len];
}

const char *did_you_mean(const char *typed, const void *words, int count, unsigned long stride)
{
    const char *nearest = NULL;
    int len = (int)strlen(typed), least = len < NEAR + 1 ? len : NEAR + 1;
    for (int i = 0; i < count; i++) {
        const char *word = *(const char *const *)((const char *)words + (size_t)i * stride);
        int distance = measure_distance(typed, word);
        if (distance < least) {
            least = distance;
            nearest = word;
        }
    }
    return nearest;
}

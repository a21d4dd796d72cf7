/* SPDX-License-Identifier: MIT */
#include "cli/series.h"

#include <assert.h>
#include <stdlib.h>

void series_add(struct series *series, double figure)
{
    assert(series->count < SERIES_MAX);
    series->of[series->count++] = figure;
}

static int compare_figures(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double series_median(const struct series *series)
{
    struct series sorted = *series;
    int n = series->count;
    if (n == 0)
        return 0;
    qsort(sorted.of, (size_t)n, sizeof sorted.of[0], compare_figures);
    return (sorted.of[(n - 1) / 2] + sorted.of[n / 2]) / 2;
}

double series_mean(const struct series *series)
{
    double sum = 0;
    for (int i = 0; i < series->count; i++)
        sum += series->of[i];
    return series->count > 0 ? sum / series->count : 0;
}

double series_ratio(const struct series *a, const struct series *b)
{
    struct series ratios = {0};
    for (int i = 0; i < a->count && i < b->count; i++)
        series_add(&ratios, a->of[i] / b->of[i]);
    return series_median(&ratios);
}

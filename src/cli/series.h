/* series.h -- the same thing measured again and again, and what the figures come to. */
#ifndef CLI_SERIES_H
#define CLI_SERIES_H

enum { SERIES_MAX = 1000 };

struct series {
    int count;
    double of[SERIES_MAX];
};

void series_add(struct series *series, double figure); /* at most SERIES_MAX */
double series_median(const struct series *series);     /* 0 of none */
double series_mean(const struct series *series);       /* 0 of none */

/* The median of a / b, taken one by one over those that both have. */
double series_ratio(const struct series *a, const struct series *b);

#endif

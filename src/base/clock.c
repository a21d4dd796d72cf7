/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <time.h>

static struct timespec read_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now;
}

double clock_seconds(void)
{
    struct timespec now = read_clock();
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

uint64_t clock_microseconds(void)
{
    struct timespec now = read_clock();
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

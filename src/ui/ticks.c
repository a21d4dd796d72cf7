/* SPDX-License-Identifier: MIT */
/* The arithmetic of a plot: where ticks stand, and which points are drawn. */
#include "ui/plot.h"

#include <math.h>
#include <string.h>

/* 1, 2, 5, 10, 20, ...: step `n` of that ladder, which begins at `power`. */
static double nice_step(double power, int n)
{
    static const double parts[] = {1, 2, 5};
    return parts[n % 3] * power * pow(10, n / 3);
}

struct ui_ticks ui_ticks(double min, double max, int most)
{
    most = most < 2 ? 2 : most;
    if (!isfinite(min) || !isfinite(max))
        min = max = 0;
    if (!(max - min > 1e-9 * fmax(fabs(min), fabs(max)))) {
        double around = max != 0 ? fabs(max) / 10 : 1;
        min -= around;
        max += around;
    }
    double power = pow(10, floor(log10((max - min) / most)));
    struct ui_ticks ticks = {0};
    for (int n = 0; n < 9; n++) {
        ticks.step = nice_step(power, n);
        double first = floor(min / ticks.step + 1e-9), last = ceil(max / ticks.step - 1e-9);
        ticks.first = first * ticks.step;
        ticks.count = (int)(last - first) + 1;
        if (ticks.count <= most)
            break;
    }
    ticks.digits = (int)fmax(0, -floor(log10(ticks.step) + 1e-9));
    return ticks;
}

/* The first, lowest, highest and last of points[begin, end), in order and none twice. */
static size_t thin_column(const struct ui_point *points, size_t begin, size_t end,
                          struct ui_point *out)
{
    size_t low = begin, high = begin, count = 0;
    for (size_t i = begin; i < end; i++) {
        if (points[i].y < points[low].y || !isfinite(points[low].y))
            low = i;
        if (points[i].y > points[high].y || !isfinite(points[high].y))
            high = i;
    }
    const size_t picked[] = {begin, low < high ? low : high, low < high ? high : low, end - 1};
    for (int i = 0; i < 4; i++)
        if (i == 0 || picked[i] > picked[i - 1])
            out[count++] = points[picked[i]];
    return count;
}

static int column_of(float x, float x_min, float x_max, int columns)
{
    float part = (x - x_min) / (x_max - x_min) * (float)columns;
    return part >= (float)columns ? columns - 1 : (int)fmaxf(part, 0);
}

size_t ui_thin(const struct ui_point *points, size_t count, float x_min, float x_max, int columns,
               struct ui_point *out)
{
    size_t begin = 0, end = count, used = 0;
    while (begin < count && points[begin].x < x_min)
        begin++;
    while (end > begin && points[end - 1].x > x_max)
        end--;
    if (begin > 0)
        out[used++] = points[begin - 1];
    if (end - begin <= 4 * (size_t)columns) {
        if (end > begin)
            memcpy(out + used, points + begin, (end - begin) * sizeof *out);
        used += end - begin;
    } else {
        size_t most = 4 * (size_t)columns - 3 + used; /* reached only if x does not rise */
        for (size_t i = begin, next; i < end && used < most; i = next) {
            int column = column_of(points[i].x, x_min, x_max, columns);
            for (next = i + 1; next < end; next++)
                if (column_of(points[next].x, x_min, x_max, columns) != column)
                    break;
            used += thin_column(points, i, next, out + used);
        }
    }
    if (end < count)
        out[used++] = points[end];
    return used;
}

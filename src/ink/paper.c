/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ink/page.h"

enum { TRIMS = 3 }; /* rounds of fitting the paper, each leaving out what lies far from it */
static const float noise_cut = 4; /* deviations of the paper that count as paper */

/* ---- an even slope --------------------------------------------------------------------------- */

/* The shade of the paper at (col, row): a + b col + c row; and how far it strays from that. */
struct slope {
    float a, b, c;
    float deviation;
};

static float slope_shade(const struct slope *slope, int row, int col)
{
    return slope->a + slope->b * (float)col + slope->c * (float)row;
}

/* Where the paper is looked for: at the rim, or on all of a sheet. */
static bool is_sample(const struct page *page, int row, int col)
{
    const struct plane *r = &page->r;
    if (page->inside)
        return page->inside[row * r->cols + col] && (row * 7 + col * 3) % 8 == 0;
    int wide = page_shorter(page) / 40;
    return row <= wide || col <= wide || row >= r->rows - 1 - wide || col >= r->cols - 1 - wide;
}

static int compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* The samples' median shade is a first guess that ink running over the edge does not spoil, and
 * the median distance from it a first deviation. `scratch` has room for all pixels. */
static void guess_slope(const struct page *page, struct slope *slope, float *scratch)
{
    const struct plane *r = &page->r;
    size_t count = 0;
    for (int row = 0; row < r->rows; row++)
        for (int col = 0; col < r->cols; col++)
            if (is_sample(page, row, col))
                scratch[count++] = r->grey[row * r->cols + col];
    *slope = (struct slope){0};
    if (count == 0)
        return;
    qsort(scratch, count, sizeof *scratch, compare_floats);
    float middle = scratch[count / 2];
    for (size_t i = 0; i < count; i++)
        scratch[i] = fabsf(scratch[i] - middle);
    qsort(scratch, count, sizeof *scratch, compare_floats);
    *slope = (struct slope){.a = middle, .deviation = 1.5f * scratch[count / 2]};
}

/* Solves the normal equations s [3][3] x = t by elimination (Gauss, Jordan). False when
 * they have no answer. */
static bool solve_three(double s[3][3], const double t[3], double x[3])
{
    double m[3][4];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 4; j++)
            m[i][j] = j < 3 ? s[i][j] : t[i];
    for (int i = 0; i < 3; i++) {
        if (fabs(m[i][i]) < 1e-9) /* positive definite, so no pivot need be sought */
            return false;
        for (int k = 0; k < 3; k++) {
            double part = k == i ? 0 : m[k][i] / m[i][i];
            for (int j = 0; j < 4; j++)
                m[k][j] -= part * m[i][j];
        }
    }
    for (int i = 0; i < 3; i++)
        x[i] = m[i][3] / m[i][i];
    return true;
}

/* Least squares over the samples that lie within three deviations of the paper so far. */
static void refine_slope(const struct page *page, struct slope *slope)
{
    const struct plane *r = &page->r;
    double s[3][3] = {0}, t[3] = {0}, x[3], squares = 0;
    float near = 3 * slope->deviation + 2;
    long count = 0;
    for (int row = 0; row < r->rows; row++) {
        for (int col = 0; col < r->cols; col++) {
            float off = r->grey[row * r->cols + col] - slope_shade(slope, row, col);
            if (fabsf(off) > near || !is_sample(page, row, col))
                continue;
            double p[3] = {1, col, row};
            for (int i = 0; i < 3; i++) {
                t[i] += p[i] * off;
                for (int j = 0; j < 3; j++)
                    s[i][j] += p[i] * p[j];
            }
            squares += (double)off * off;
            count++;
        }
    }
    if (count < 8 || !solve_three(s, t, x))
        return;
    slope->a += (float)x[0];
    slope->b += (float)x[1];
    slope->c += (float)x[2];
    slope->deviation = (float)sqrt(squares / (double)count);
}

/* Leaves how far each pixel is off the paper; the most and the least of that. What lies outside is
 * paper. */
static void take_off(struct page *page, const struct slope *slope, float *most, float *least)
{
    struct plane *r = &page->r;
    *most = *least = 0;
    for (int row = 0; row < r->rows; row++) {
        for (int col = 0; col < r->cols; col++) {
            float *grey = &r->grey[row * r->cols + col];
            *grey = page_has(page, row, col) ? *grey - slope_shade(slope, row, col) : 0;
            *most = fmaxf(*most, *grey);
            *least = fminf(*least, *grey);
        }
    }
}

/* The ink lies on the side on which more lies. */
static void choose_side(struct page *page, float most, float least, struct paper *paper)
{
    double above = 0, below = 0;
    float noise = noise_cut * paper->deviation;
    int count = page->r.rows * page->r.cols;
    for (int i = 0; i < count; i++) {
        float off = page->r.grey[i];
        above += off > noise ? off : 0;
        below -= off < -noise ? off : 0;
    }
    paper->dark = below > above;
    paper->strength = paper->dark ? -least : most;
    for (int i = 0; i < count && paper->dark; i++)
        page->r.grey[i] = -page->r.grey[i];
}

/* The share of the page that lies on the other side of the paper than the ink. */
static float count_amiss(const struct page *page, const struct paper *paper)
{
    float far = fmaxf(noise_cut * paper->deviation, 0.3f * paper->strength);
    int count = page->r.rows * page->r.cols, amiss = 0;
    for (int i = 0; i < count; i++)
        amiss += page->r.grey[i] < -far;
    return (float)amiss / (float)count;
}

bool paper_take_plane(struct page *page, struct paper *paper)
{
    struct slope slope;
    size_t count = (size_t)page->r.rows * (size_t)page->r.cols;
    float *scratch = malloc(count * sizeof *scratch);
    if (!scratch)
        return false;
    guess_slope(page, &slope, scratch);
    free(scratch);
    *paper = (struct paper){.even = slope.deviation == 0};
    for (int i = 0; i < TRIMS && !paper->even; i++)
        refine_slope(page, &slope);
    paper->deviation = slope.deviation;
    paper->shade = slope_shade(&slope, page->r.rows / 2, page->r.cols / 2);
    float most, least, faint = 24, levels = 3;
    take_off(page, &slope, &most, &least);
    float far = fmaxf(most, -least);
    if (paper->even && far >= levels && far < faint)
        paper->deviation = 0.3f; /* of noise less than a level some pixels show one */
    choose_side(page, most, least, paper);
    paper->amiss = count_amiss(page, paper);
    return true;
}

bool paper_take_rim(struct page *page, struct paper *paper)
{
    struct plane *r = &page->r;
    int shades[256] = {0}, rim = 0, most = 0, count = r->rows * r->cols;
    float least = 255, highest = 0;
    for (int i = 0; i < count; i++) {
        int row = i / r->cols, col = i % r->cols;
        least = fminf(least, r->grey[i]);
        highest = fmaxf(highest, r->grey[i]);
        if (row > 0 && col > 0 && row < r->rows - 1 && col < r->cols - 1)
            continue;
        shades[(int)r->grey[i]]++;
        rim++;
    }
    for (int i = 1; i < 256; i++)
        most = shades[i] > shades[most] ? i : most;
    bool extreme = (float)most <= least || (float)most >= highest;
    if (!extreme || 4 * shades[most] < rim || highest - least < 1)
        return false;
    *paper = (struct paper){.strength = highest - least,
                            .shade = (float)most,
                            .dark = (float)most > least,
                            .even = true};
    for (int i = 0; i < count; i++)
        r->grey[i] = fabsf(r->grey[i] - (float)most);
    return true;
}

void paper_cut(struct page *page, float cut)
{
    for (int i = 0; i < page->r.rows * page->r.cols; i++)
        page->r.grey[i] = fmaxf(page->r.grey[i] - cut, 0);
}

/* ---- any light ------------------------------------------------------------------------------- */

/* The most of every `reach` values to either side, by van Herk's and Gil and Werman's way: three
 * comparisons a value, however far it reaches. `copy` has room for three times the line. */
static void widen_line(float *line, int count, int stride, int reach, float *copy)
{
    int wide = 2 * reach + 1, blocks = (count + 2 * reach + wide - 1) / wide, len = blocks * wide;
    float *ahead = copy, *back = copy + len;
    for (int i = 0; i < len; i++) {
        int at = i - reach;
        float value = at < 0 || at >= count ? -1e9f : line[(long)at * stride];
        ahead[i] = i % wide == 0 ? value : fmaxf(ahead[i - 1], value);
        back[i] = value;
    }
    for (int i = len - 2; i >= 0; i--)
        if (i % wide != wide - 1)
            back[i] = fmaxf(back[i], back[i + 1]);
    for (int i = 0; i < count; i++)
        line[(long)i * stride] = fmaxf(back[i], ahead[i + wide - 1]);
}

static void widen(float *grey, int rows, int cols, int reach, float *copy)
{
    for (int row = 0; row < rows; row++)
        widen_line(grey + (long)row * cols, cols, 1, reach, copy);
    for (int col = 0; col < cols; col++)
        widen_line(grey + col, rows, cols, reach, copy);
}

static void negate(float *grey, int count)
{
    for (int i = 0; i < count; i++)
        grey[i] = -grey[i];
}

/* Fills what is less than its surroundings and narrower than 2 reach + 1. */
static void close_gaps(float *grey, int rows, int cols, int reach, float *copy)
{
    widen(grey, rows, cols, reach, copy);
    negate(grey, rows * cols);
    widen(grey, rows, cols, reach, copy);
    negate(grey, rows * cols);
}

/* Averages 3x3, so that noise does not lift the paper. */
static void smooth(const struct plane *from, float *to)
{
    for (int row = 0; row < from->rows; row++) {
        for (int col = 0; col < from->cols; col++) {
            float sum = 0;
            int count = 0;
            for (int i = 0; i < 9; i++) {
                int y = row + i / 3 - 1, x = col + i % 3 - 1;
                if (y < 0 || x < 0 || y >= from->rows || x >= from->cols)
                    continue;
                sum += from->grey[y * from->cols + x];
                count++;
            }
            to[row * from->cols + col] = sum / (float)count;
        }
    }
}

/* The root of a shade: of ink on paper half in the shade the difference is then nearly as large
 * there. What lies outside gets what lies inside on average. */
static void take_roots(struct page *page, bool dark)
{
    struct plane *r = &page->r;
    double sum = 0;
    long count = 0;
    for (int row = 0; row < r->rows; row++) {
        for (int col = 0; col < r->cols; col++) {
            float *grey = &r->grey[row * r->cols + col];
            *grey = sqrtf(fmaxf(*grey, 0) * 255) * (dark ? 1 : -1);
            if (page_has(page, row, col)) {
                sum += *grey;
                count++;
            }
        }
    }
    for (int i = 0; i < r->rows * r->cols && page->inside; i++)
        if (!page->inside[i])
            r->grey[i] = count ? (float)(sum / (double)count) : 0;
}

/* What is left of the noise: half of the pixels, of which some thousands are looked at, are nearer
 * to the paper than this. */
static float middle_of(const struct plane *r, float *scratch)
{
    size_t count = (size_t)r->rows * (size_t)r->cols, used = 0;
    for (size_t i = 0; i < count; i += 1 + count / 4096)
        scratch[used++] = r->grey[i];
    qsort(scratch, used, sizeof *scratch, compare_floats);
    return scratch[used / 2];
}

bool paper_take_local(struct page *page, bool dark, struct paper *paper)
{
    struct plane *r = &page->r;
    int count = r->rows * r->cols, longer = r->rows > r->cols ? r->rows : r->cols;
    int reach = page_shorter(page) / 8 + 1;
    float *level = malloc((size_t)count * sizeof *level);
    float *copy = malloc((size_t)(longer + 6 * reach + 3) * 2 * sizeof *copy);
    bool ok = level && copy;
    if (ok) {
        take_roots(page, dark);
        smooth(r, level);
        close_gaps(level, r->rows, r->cols, reach, copy);
        *paper = (struct paper){.dark = dark, .shade = dark ? 255 : 0};
        for (int i = 0; i < count; i++) {
            r->grey[i] = level[i] - r->grey[i];
            paper->strength = fmaxf(paper->strength, r->grey[i]);
        }
        paper->deviation = 1.5f * fabsf(middle_of(r, level));
        for (int i = 0; i < count && page->inside; i++)
            if (!page->inside[i])
                r->grey[i] = 0;
    }
    free(level);
    free(copy);
    return ok;
}

/* ---- dark or light --------------------------------------------------------------------------- */

/* The mean over a window of `reach` pixels to either side. `sums` has room for (rows + 1) by
 * (cols + 1). */
static void average(const struct plane *from, int reach, double *sums, float *to)
{
    int rows = from->rows, cols = from->cols, wide = cols + 1;
    memset(sums, 0, (size_t)wide * sizeof *sums);
    for (int row = 0; row < rows; row++) {
        double sum = sums[(row + 1) * wide] = 0;
        for (int col = 0; col < cols; col++) {
            sum += from->grey[row * cols + col];
            sums[(row + 1) * wide + col + 1] = sums[row * wide + col + 1] + sum;
        }
    }
    for (int row = 0; row < rows; row++) {
        int y0 = row > reach ? row - reach : 0, y1 = row + reach < rows ? row + reach + 1 : rows;
        for (int col = 0; col < cols; col++) {
            int x0 = col > reach ? col - reach : 0;
            int x1 = col + reach < cols ? col + reach + 1 : cols;
            double sum = sums[y1 * wide + x1] - sums[y0 * wide + x1] - sums[y1 * wide + x0] +
                         sums[y0 * wide + x0];
            to[row * cols + col] = (float)(sum / ((y1 - y0) * (x1 - x0)));
        }
    }
}

/* The page made small, by averages of blocks; of the roots of its shades. */
static bool make_small(const struct page *page, struct page *small)
{
    enum { SIDE = 96 };
    int longer = page->r.rows > page->r.cols ? page->r.rows : page->r.cols;
    int factor = (longer + SIDE - 1) / SIDE, rows = (page->r.rows + factor - 1) / factor;
    int cols = (page->r.cols + factor - 1) / factor;
    struct page roots;
    if (!page_copy(&roots, page))
        return false;
    take_roots(&roots, true);
    bool ok = page_make(small, rows, cols);
    for (int i = 0; i < rows * cols && ok; i++) {
        float sum = 0;
        int count = 0;
        for (int k = 0; k < factor * factor; k++) {
            int row = i / cols * factor + k / factor, col = i % cols * factor + k % factor;
            if (row >= page->r.rows || col >= page->r.cols)
                continue;
            sum += roots.r.grey[row * page->r.cols + col];
            count++;
        }
        small->r.grey[i] = sum / (float)count;
    }
    page_free(&roots);
    return ok;
}

bool paper_is_dark(const struct page *page, bool *dark)
{
    struct page small;
    if (!make_small(page, &small))
        return false;
    struct plane *r = &small.r;
    int count = r->rows * r->cols, reach = page_shorter(&small) / 8 + 1;
    int longer = r->rows > r->cols ? r->rows : r->cols;
    size_t room = (size_t)(r->rows + 1) * (size_t)(r->cols + 1);
    float *planes = malloc(3 * (size_t)count * sizeof *planes);
    float *copy = malloc((size_t)(longer + 6 * reach + 3) * 2 * sizeof *copy);
    double *sums = malloc(room * sizeof *sums), vote = 0;
    bool ok = planes && copy && sums;
    if (ok) {
        float *most = planes, *least = planes + count, *mean = planes + 2 * count;
        memcpy(most, r->grey, (size_t)count * sizeof *most);
        memcpy(least, r->grey, (size_t)count * sizeof *least);
        widen(most, r->rows, r->cols, reach, copy);
        negate(least, count);
        widen(least, r->rows, r->cols, reach, copy);
        average(r, reach, sums, mean);
        for (int i = 0; i < count; i++) /* least is still negative */
            vote += mean[i] - 0.5f * (most[i] - least[i]);
    }
    *dark = vote > 0;
    free(planes);
    free(copy);
    free(sums);
    page_free(&small);
    return ok;
}

/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ink/page.h"

/* Ruled lines lean by the same little angle. The page is gone over at every lean that could be,
 * and where most ink falls together into few rows the lines are: rows of a page that is seen so
 * leaning are counted, those that are full from side to side are lines, and each is followed along
 * its way and taken off where it is no thicker than a line. Upright ones are the same on the page
 * laid on its side. */

enum {
    LEANS = 40, /* to either side */
    LINES_MAX = 128,
    SIDE_MIN = 60, /* pixels: on a smaller page a stroke is as long as a line */
};
static const float lean_most = 0.1f; /* of a line: how far it rises on its way */
static const float full = 0.7f;      /* of its way: what of it must be ink */
static const float whole = 0.93f;    /* and what must be, where ink that runs over it counts */
static const float broad = 0.035f;   /* of the shorter side: a line is thinner */

/* A page seen along rows (or, where `upright`, along columns). */
struct view {
    struct plane *r;
    bool upright;
    int rows, cols;
    uint8_t *ink; /* of the columns that are looked at: [those][rows], 1 for ink */
};

static float *cell(const struct view *v, int row, int col)
{
    return v->upright ? &v->r->grey[col * v->r->cols + row] : &v->r->grey[row * v->r->cols + col];
}

static bool is_ink(const struct view *v, int row, int col)
{
    return row >= 0 && row<v->rows && * cell(v, row, col)> 0;
}

static int shift_at(const struct view *v, float lean, int col)
{
    return (int)floorf(lean * ((float)col - 0.5f * (float)v->cols) + 0.5f);
}

/* Every how many columns are looked at. */
static int stride_of(const struct view *v)
{
    return 1 + v->cols / 200;
}

static void look(const struct view *v)
{
    uint8_t *to = v->ink;
    for (int col = 0; col < v->cols; col += stride_of(v))
        for (int row = 0; row < v->rows; row++)
            *to++ = *cell(v, row, col) > 0;
}

/* Counts the ink that falls into each row when the page leans; the sum of squares tells how much of
 * it falls together. */
static double count_rows(const struct view *v, float lean, int *counts)
{
    double sharp = 0;
    const uint8_t *ink = v->ink;
    memset(counts, 0, (size_t)v->rows * sizeof *counts);
    for (int col = 0; col < v->cols; col += stride_of(v), ink += v->rows) {
        int shift = shift_at(v, lean, col);
        int first = shift < 0 ? -shift : 0, end = shift > 0 ? v->rows - shift : v->rows;
        for (int row = first; row < end; row++)
            counts[row] += ink[row + shift];
    }
    for (int row = 0; row < v->rows; row++)
        sharp += (double)counts[row] * counts[row];
    return sharp;
}

static float find_lean(const struct view *v, int *counts)
{
    double best = 0;
    float lean = 0;
    for (int i = 0; i <= 2 * LEANS; i++) { /* 0, then to either side in turn */
        float at = lean_most * (float)((i + 1) / 2) / LEANS * (i % 2 ? 1 : -1);
        double sharp = count_rows(v, at, counts);
        if (sharp > best * 1.01) {
            best = sharp;
            lean = at;
        }
    }
    return lean;
}

/* ---- following a line ------------------------------------------------------------------------ */

/* The run of ink across the line at a column, near where the line should be. False: none. */
static bool run_at(const struct view *v, int row, int col, int reach, int *first, int *last)
{
    for (int i = 0; i <= 2 * reach; i++) {
        int at = row + (i + 1) / 2 * (i % 2 ? 1 : -1);
        if (!is_ink(v, at, col))
            continue;
        for (*first = at; is_ink(v, *first - 1, col); (*first)--)
            ;
        for (*last = at; is_ink(v, *last + 1, col); (*last)++)
            ;
        return true;
    }
    return false;
}

struct line {
    int row;     /* in the middle of the page */
    int thick;   /* pixels */
    float cover; /* the share of its way that is ink no thicker than that */
};

static int compare_ints(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* How thick the line is in the middle of all its columns. `runs` has room for these. */
static void measure_line(const struct view *v, float lean, struct line *line, int *runs)
{
    int count = 0, first, last, thin = 0;
    for (int col = 0; col < v->cols; col++)
        if (run_at(v, line->row + shift_at(v, lean, col), col, 1, &first, &last))
            runs[count++] = last - first + 1;
    if (count == 0)
        return;
    qsort(runs, (size_t)count, sizeof *runs, compare_ints);
    line->thick = runs[count / 2];
    for (int i = 0; i < count; i++)
        thin += runs[i] <= line->thick + line->thick / 2 + 1;
    line->cover = (float)thin / (float)v->cols;
    if ((float)count >= whole * (float)v->cols && line->cover >= 0.5f * full)
        line->cover = full; /* the rest of it is under the ink */
}

static void erase_line(const struct view *v, float lean, const struct line *line)
{
    int most = line->thick + line->thick / 2 + 1, first, last, row = 0;
    for (int col = 0; col < v->cols; col++) {
        int at = line->row + shift_at(v, lean, col) + row;
        if (!run_at(v, at, col, 2, &first, &last) || last - first + 1 > most)
            continue;
        int off = (first + last) / 2 - at; /* a line that is not quite straight */
        row += off > 0 ? 1 : off < 0 ? -1 : 0;
        row = row > 3 ? 3 : row < -3 ? -3 : row;
        for (int i = first; i <= last; i++)
            *cell(v, i, col) = 0;
    }
}

/* Rows that are the fullest of their surroundings, and full enough. */
static int find_lines(const struct view *v, float lean, const int *counts, struct line *lines,
                      int *runs)
{
    int looked = (v->cols + stride_of(v) - 1) / stride_of(v), found = 0;
    int shorter = v->rows < v->cols ? v->rows : v->cols;
    for (int row = 0; row < v->rows && found < LINES_MAX; row++) {
        bool most = (float)counts[row] >= 0.8f * full * (float)looked;
        for (int i = -3; i <= 3 && most; i++)
            most = row + i < 0 || row + i >= v->rows || counts[row + i] < counts[row] ||
                   (counts[row + i] == counts[row] && i >= 0);
        if (!most)
            continue;
        struct line line = {.row = row};
        measure_line(v, lean, &line, runs);
        if (line.cover >= full && (float)line.thick <= broad * (float)shorter + 1)
            lines[found++] = line;
    }
    return found;
}

static int remove_along(const struct view *v, int *counts)
{
    struct line lines[LINES_MAX];
    look(v);
    float lean = find_lean(v, counts);
    count_rows(v, lean, counts);
    int found = find_lines(v, lean, counts, lines, counts + v->rows);
    for (int i = 0; i < found; i++)
        erase_line(v, lean, &lines[i]);
    return found;
}

bool lines_remove(struct page *page)
{
    struct plane *r = &page->r;
    if (page_shorter(page) < SIDE_MIN)
        return true;
    int *counts = malloc((size_t)(r->rows + r->cols) * 2 * sizeof *counts);
    uint8_t *ink = malloc((size_t)r->rows * (size_t)r->cols);
    bool ok = counts && ink;
    if (ok) {
        struct view along = {r, false, r->rows, r->cols, ink};
        struct view upright = {r, true, r->cols, r->rows, ink};
        remove_along(&along, counts);
        remove_along(&upright, counts);
    }
    free(counts);
    free(ink);
    return ok;
}

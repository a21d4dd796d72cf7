/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "ink/fit.h"
#include "ink/raster.h"

/* From a picture as it comes, a scan or a photograph, to clean grey: shrunk to a size that is
 * quick to work on, paper (an even slope of light, found at the border) taken off, noise cut, and
 * specks removed. A picture of at most 28x28 whose border is one even shade is taken at its word:
 * nothing is cut from it, so that MNIST's own images come through unchanged. */

enum {
    WORK_MAX = 512,    /* pixels of a side to work on */
    TRIMS = 3,         /* rounds of fitting the paper, each leaving out what lies far from it */
    CONTRAST_MIN = 24, /* of 255: less than this is paper throughout */
};
static const float noise_cut = 4;        /* deviations of the paper that count as paper */
static const float contrast_cut = 0.15f; /* and the part of the ink's strength that does */
static const float speck_part = 0.02f;   /* of the largest piece: smaller ones are specks */

/* ---- shrinking ----------------------------------------------------------------------------- */

static float average_block(const uint8_t *grey, int rows, int cols, int stride)
{
    uint32_t sum = 0;
    for (int row = 0; row < rows; row++)
        for (int col = 0; col < cols; col++)
            sum += grey[(long)row * stride + col];
    return (float)sum / (float)(rows * cols);
}

void fit_shrink(const uint8_t *grey, int rows, int cols, int stride, int factor,
                struct raster *out)
{
    for (int row = 0; row < out->rows; row++) {
        int y = row * factor, high = rows - y < factor ? rows - y : factor;
        for (int col = 0; col < out->cols; col++) {
            int x = col * factor, wide = cols - x < factor ? cols - x : factor;
            out->grey[row * out->cols + col] =
                average_block(grey + (long)y * stride + x, high, wide, stride);
        }
    }
}

/* ---- paper --------------------------------------------------------------------------------- */

/* The shade of the paper at (col, row): a + b col + c row; and how far it strays from that. */
struct paper {
    float a, b, c;
    float deviation;
};

static float paper_shade(const struct paper *paper, int row, int col)
{
    return paper->a + paper->b * (float)col + paper->c * (float)row;
}

static bool is_border(const struct raster *r, int row, int col)
{
    int wide = (r->rows < r->cols ? r->rows : r->cols) / 40;
    return row <= wide || col <= wide || row >= r->rows - 1 - wide || col >= r->cols - 1 - wide;
}

static int compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* The border's median shade is a first guess that ink running over the edge does not spoil, and
 * the median distance from it a first deviation. `scratch` has room for all pixels. */
static void guess_paper(const struct raster *r, struct paper *paper, float *scratch)
{
    size_t count = 0;
    for (int row = 0; row < r->rows; row++)
        for (int col = 0; col < r->cols; col++)
            if (is_border(r, row, col))
                scratch[count++] = r->grey[row * r->cols + col];
    qsort(scratch, count, sizeof *scratch, compare_floats);
    float middle = scratch[count / 2];
    for (size_t i = 0; i < count; i++)
        scratch[i] = fabsf(scratch[i] - middle);
    qsort(scratch, count, sizeof *scratch, compare_floats);
    *paper = (struct paper){.a = middle, .deviation = 1.5f * scratch[count / 2]};
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

/* Least squares over the border's pixels that lie within three deviations of the paper so far. */
static void refine_paper(const struct raster *r, struct paper *paper)
{
    double s[3][3] = {0}, t[3] = {0}, x[3], squares = 0;
    float near = 3 * paper->deviation + 2;
    long count = 0;
    for (int row = 0; row < r->rows; row++) {
        for (int col = 0; col < r->cols; col++) {
            float off = r->grey[row * r->cols + col] - paper_shade(paper, row, col);
            if (!is_border(r, row, col) || fabsf(off) > near)
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
    paper->a += (float)x[0];
    paper->b += (float)x[1];
    paper->c += (float)x[2];
    paper->deviation = (float)sqrt(squares / (double)count);
}

/* ---- ink ----------------------------------------------------------------------------------- */

/* Takes the paper off, so that 0 is paper and ink is positive whichever way it was. The ink lies on
 * the side of the paper on which more lies. Returns the ink's strength. */
static float take_paper_off(struct raster *r, const struct paper *paper, bool *dark)
{
    double above = 0, below = 0;
    float most = 0, least = 0;
    for (int row = 0; row < r->rows; row++) {
        for (int col = 0; col < r->cols; col++) {
            float *grey = &r->grey[row * r->cols + col];
            float off = *grey -= paper_shade(paper, row, col);
            if (off > noise_cut * paper->deviation)
                above += off;
            else if (off < -noise_cut * paper->deviation)
                below -= off;
            most = fmaxf(most, off);
            least = fminf(least, off);
        }
    }
    *dark = below > above;
    if (!*dark)
        return most;
    for (int i = 0; i < r->rows * r->cols; i++)
        r->grey[i] = -r->grey[i];
    return -least;
}

/* What is weaker than `cut` becomes paper, and the rest is moved down to begin there. */
static void cut_noise(struct raster *r, float cut)
{
    for (int i = 0; i < r->rows * r->cols; i++)
        r->grey[i] = fmaxf(r->grey[i] - cut, 0);
}

/* ---- specks -------------------------------------------------------------------------------- */

/* Marks the piece that pixel `at` belongs to (eight neighbours) with `mark`; its size in pixels.
 * `stack` has room for all pixels. */
static int mark_piece(const struct raster *r, int at, int mark, int *marks, int *stack)
{
    int depth = 0, size = 0;
    stack[depth++] = at;
    marks[at] = mark;
    while (depth > 0) {
        int here = stack[--depth], row = here / r->cols, col = here % r->cols;
        size++;
        for (int i = 0; i < 9; i++) {
            int y = row + i / 3 - 1, x = col + i % 3 - 1, next = y * r->cols + x;
            if (y < 0 || y >= r->rows || x < 0 || x >= r->cols || marks[next] || r->grey[next] <= 0)
                continue;
            marks[next] = mark;
            stack[depth++] = next;
        }
    }
    return size;
}

/* Each pixel goes onto the stack once at most, so one of all pixels is enough for it, and the same
 * holds for the pieces' sizes. */
static void remove_specks(struct raster *r, int *marks, int *stack, int *sizes)
{
    int count = r->rows * r->cols, pieces = 0, largest = 0;
    memset(marks, 0, (size_t)count * sizeof *marks);
    for (int i = 0; i < count; i++) {
        if (r->grey[i] <= 0 || marks[i])
            continue;
        sizes[pieces] = mark_piece(r, i, pieces + 1, marks, stack);
        largest = sizes[pieces] > largest ? sizes[pieces] : largest;
        pieces++;
    }
    for (int i = 0; i < count; i++)
        if (marks[i] && (float)sizes[marks[i] - 1] < speck_part * (float)largest)
            r->grey[i] = 0;
}

/* ---- all together -------------------------------------------------------------------------- */

/* `scratch` has room for three ints a pixel. Returns whether the ink is darker than the paper;
 * where there is no ink, whether it would be on paper so light. */
static bool clean_picture(struct raster *r, int *scratch)
{
    struct paper paper;
    int count = r->rows * r->cols;
    guess_paper(r, &paper, (float *)scratch);
    bool even = paper.deviation == 0;
    bool tidy = even && r->rows <= FIT_SIZE && r->cols <= FIT_SIZE;
    for (int i = 0; i < TRIMS && !even; i++)
        refine_paper(r, &paper);
    bool dark;
    float strength = take_paper_off(r, &paper, &dark);
    if (strength < CONTRAST_MIN) {
        memset(r->grey, 0, (size_t)count * sizeof *r->grey);
        dark = paper_shade(&paper, r->rows / 2, r->cols / 2) > 127;
    } else if (tidy)
        cut_noise(r, 0);
    else {
        cut_noise(r, fmaxf(noise_cut * paper.deviation, contrast_cut * strength));
        remove_specks(r, scratch, scratch + count, scratch + 2 * count);
    }
    return dark;
}

/* From pixels of the shrunken picture back to those of the whole. */
static void grow_units(struct ink_fit *fit, float factor)
{
    fit->box.x0 *= factor;
    fit->box.y0 *= factor;
    fit->box.x1 *= factor;
    fit->box.y1 *= factor;
    fit->mass_x *= factor;
    fit->mass_y *= factor;
    fit->scale /= factor;
    fit->scale_y /= factor;
}

bool ink_fit_picture_steps(const uint8_t *grey, int rows, int cols, int stride, unsigned steps,
                           struct ink_fit *fit, struct err *err)
{
    memset(fit, 0, sizeof *fit);
    if (rows < 1 || cols < 1 || rows > FIT_PICTURE_MAX || cols > FIT_PICTURE_MAX)
        return err_set(err, "The picture is %dx%d pixels; from 1x1 to %dx%d can be read.", cols,
                       rows, FIT_PICTURE_MAX, FIT_PICTURE_MAX);
    int longer = rows > cols ? rows : cols, factor = (longer + WORK_MAX - 1) / WORK_MAX;
    struct raster r = {(rows + factor - 1) / factor, (cols + factor - 1) / factor, NULL};
    size_t count = (size_t)r.rows * (size_t)r.cols;
    r.grey = malloc(count * sizeof *r.grey);
    int *scratch = malloc(3 * count * sizeof *scratch);
    bool ok = r.grey && scratch;
    if (ok) {
        fit_shrink(grey, rows, cols, stride, factor, &r);
        bool dark = clean_picture(&r, scratch);
        ink_fit_grey_steps(&r, steps, fit);
        fit->dark_on_light = dark;
        if (fit->any)
            grow_units(fit, (float)factor);
    }
    free(r.grey);
    free(scratch);
    return ok || err_memory(err, "the picture");
}

bool ink_fit_picture(const uint8_t *grey, int rows, int cols, int stride, struct ink_fit *fit,
                     struct err *err)
{
    return ink_fit_picture_steps(grey, rows, cols, stride, FIT_ALL, fit, err);
}

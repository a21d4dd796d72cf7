/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "ink/fit.h"
#include "ink/page.h"

/* From a picture as it comes, a scan or a photograph, to clean grey: shrunk to a size that is
 * quick to work on; the paper is taken off, noise cut, ruled lines removed, and of the pieces of
 * ink that are left those that make one digit are kept. Where that does not look like one digit on
 * even paper, other ways are tried: sheets that lie in the picture, and paper that changes
 * from place to place. A picture of at most 28x28 whose border is mostly of one even shade is taken
 * at its word: nothing is cut from it, so that MNIST's own images come through unchanged. */

enum {
    WORK_MAX = 512,    /* pixels of a side to work on */
    CONTRAST_MIN = 24, /* of 255: ink that is weaker must lie on paper that is clearly even */
    SHEETS_MAX = 2,    /* a sheet on a sheet */
    FRAMES_MAX = 3,    /* that a digit is joined to */
};
static const float noise_cut = 4;        /* deviations of the paper that count as paper */
static const float contrast_cut = 0.15f; /* and the part of the ink's strength that does */
static const float strong_cut = 0.5f;    /* or that much, where there are fainter things about */
static const float good = 0.75f;         /* a score that needs no other way to be tried */
static const float poor = 0.25f;         /* and one that is no digit */

/* ---- shrinking ----------------------------------------------------------------------------- */

static float average_block(const uint8_t *grey, int rows, int cols, int stride)
{
    uint32_t sum = 0;
    for (int row = 0; row < rows; row++)
        for (int col = 0; col < cols; col++)
            sum += grey[(long)row * stride + col];
    return (float)sum / (float)(rows * cols);
}

void fit_shrink(const uint8_t *grey, int rows, int cols, int stride, int factor, struct plane *out)
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

/* ---- ways to find ink ------------------------------------------------------------------------ */

/* The best so far. */
struct found {
    struct page page; /* clean ink; owned */
    float score;
    bool dark, several;
};

/* One way: how the paper is taken off, and what counts as ink. */
struct way {
    enum { PLANE, LOCAL_DARK, LOCAL_LIGHT } paper;
    float cut;    /* the part of the ink's strength that counts as paper */
    float weight; /* of its score against other ways' */
};

static bool take_paper(struct page *page, const struct way *way, struct paper *paper)
{
    return way->paper == PLANE ? paper_take_plane(page, paper)
                               : paper_take_local(page, way->paper == LOCAL_DARK, paper);
}

/* Ink that is hardly there is believed on paper without noise to speak of, and where it makes
 * up a piece that could be a digit. */
static bool is_ink(const struct paper *paper, const struct parts_choice *choice)
{
    if (paper->strength >= CONTRAST_MIN)
        return true;
    return paper->strength >= 1 && paper->strength > 8 * paper->deviation && choice->score > 0.5f;
}

/* To a frame's box and a little more, so that the frame is not at the rim. */
static void crop_frame(struct page *page, const struct parts_choice *choice)
{
    enum { MORE = 4 };
    int rows = page->r.rows, cols = page->r.cols;
    page_crop(page, choice->row0 > MORE ? choice->row0 - MORE : 0,
              choice->row1 + MORE < rows ? choice->row1 + MORE : rows,
              choice->col0 > MORE ? choice->col0 - MORE : 0,
              choice->col1 + MORE < cols ? choice->col1 + MORE : cols);
}

/* Lines go, and what makes one digit stays; where that is joined to a frame, without the frame. */
static bool choose_ink(struct page *page, struct parts_choice *choice)
{
    if (!lines_remove(page) || !parts_choose(page, choice))
        return false;
    for (int i = 0; i < FRAMES_MAX && choice->any && choice->framed; i++) {
        crop_frame(page, choice);
        if (!lines_remove(page) || !parts_choose(page, choice))
            return false;
    }
    return true;
}

static float score_way(const struct way *way, const struct paper *paper,
                       const struct parts_choice *choice)
{
    float score = choice->score * way->weight * (1 - fminf(20 * paper->amiss, 0.9f));
    if (way->paper != PLANE && choice->score < 0.6f)
        return 0; /* what changes slowly can be taken for anything, so little of it is believed */
    if (noise_cut * paper->deviation > 0.75f * paper->strength)
        score *= 0.3f; /* not even nearly even */
    return choice->any && is_ink(paper, choice) ? score : 0;
}

static bool try_way(const struct page *from, const struct way *way, struct found *best)
{
    struct page page;
    struct paper paper;
    struct parts_choice choice;
    if (!page_copy(&page, from))
        return false;
    bool ok = take_paper(&page, way, &paper);
    if (ok) {
        paper_cut(&page, fmaxf(noise_cut * paper.deviation, way->cut * paper.strength));
        ok = choose_ink(&page, &choice);
    }
    float score = ok ? score_way(way, &paper, &choice) : 0;
    if (ok && score > fmaxf(best->score, poor)) {
        page_free(&best->page);
        *best = (struct found){page, score, paper.dark, choice.several};
    } else {
        page_free(&page);
    }
    return ok;
}

static bool try_ways(const struct page *page, float weight, struct found *best)
{
    bool dark;
    if (best->score >= good * weight)
        return true;
    if (!paper_is_dark(page, &dark))
        return false;
    const struct way ways[] = {
        {PLANE, contrast_cut, weight},
        {PLANE, strong_cut, 0.9f * weight},
        {dark ? LOCAL_DARK : LOCAL_LIGHT, 0.3f, 0.85f * weight},
        {dark ? LOCAL_DARK : LOCAL_LIGHT, strong_cut, 0.8f * weight},
    };
    for (size_t i = 0; i < sizeof ways / sizeof ways[0] && best->score < good * weight; i++)
        if (!try_way(page, &ways[i], best))
            return false;
    return true;
}

/* The sheets that lie on a page, and those on them. */
static bool try_sheets(const struct page *page, int depth, struct found *best)
{
    for (int light = 1; light >= 0 && depth < SHEETS_MAX && best->score < good; light--) {
        struct page sheet;
        if (!sheet_find(page, light, &sheet))
            return false;
        if (!sheet.r.grey)
            continue;
        bool ok = try_ways(&sheet, 0.95f, best) && try_sheets(&sheet, depth + 1, best);
        page_free(&sheet);
        if (!ok)
            return false;
    }
    return true;
}

/* ---- all together -------------------------------------------------------------------------- */

static bool try_all(const struct page *page, struct found *best)
{
    const struct way usual = {PLANE, contrast_cut, 1.1f};
    if (!try_way(page, &usual, best))
        return false;
    return best->score >= good || (try_sheets(page, 0, best) && try_ways(page, 1, best));
}

/* Taken at its word where it is small and its paper even. */
static bool take_word(const struct page *from, struct found *best, bool *taken)
{
    struct page page;
    struct paper paper;
    *taken = false;
    if (from->r.rows > FIT_SIZE || from->r.cols > FIT_SIZE)
        return true;
    if (!page_copy(&page, from))
        return false;
    *taken = paper_take_rim(&page, &paper);
    if (*taken)
        *best = (struct found){.page = page, .dark = paper.dark};
    else
        page_free(&page);
    return true;
}

/* From pixels of the page, which is part of the shrunken picture, to those of the whole. */
static void grow_units(struct ink_fit *fit, const struct page *page, float factor)
{
    float x = (float)page->col0, y = (float)page->row0;
    fit->x0 -= fit->scale * x;
    fit->y0 -= fit->scale_y * y;
    fit->box.x0 = (fit->box.x0 + x) * factor;
    fit->box.y0 = (fit->box.y0 + y) * factor;
    fit->box.x1 = (fit->box.x1 + x) * factor;
    fit->box.y1 = (fit->box.y1 + y) * factor;
    fit->mass_x = (fit->mass_x + x) * factor;
    fit->mass_y = (fit->mass_y + y) * factor;
    fit->scale /= factor;
    fit->scale_y /= factor;
}

/* Where there is no ink: whether it would be dark on paper so light. */
static bool is_light(const struct plane *r)
{
    double sum = 0;
    for (int i = 0; i < r->rows * r->cols; i++)
        sum += r->grey[i];
    return sum > 127.0 * r->rows * r->cols;
}

static bool fit_page(const struct page *page, int factor, unsigned steps, struct ink_fit *fit)
{
    struct found best = {0};
    bool taken;
    if (!take_word(page, &best, &taken) || (!taken && !try_all(page, &best))) {
        page_free(&best.page);
        return false;
    }
    if (best.page.r.grey)
        ink_fit_grey_steps(&best.page.r, steps, fit);
    fit->dark_on_light = best.page.r.grey ? best.dark : is_light(&page->r);
    fit->several = best.several;
    if (fit->any)
        grow_units(fit, &best.page, (float)factor);
    page_free(&best.page);
    return true;
}

bool ink_fit_picture_steps(const uint8_t *grey, int rows, int cols, int stride, unsigned steps,
                           struct ink_fit *fit, struct err *err)
{
    memset(fit, 0, sizeof *fit);
    if (rows < 1 || cols < 1 || rows > FIT_PICTURE_MAX || cols > FIT_PICTURE_MAX)
        return err_set(err, _("The picture is %dx%d pixels; from 1x1 to %dx%d can be read."), cols,
                       rows, FIT_PICTURE_MAX, FIT_PICTURE_MAX);
    int longer = rows > cols ? rows : cols, factor = (longer + WORK_MAX - 1) / WORK_MAX;
    struct page page;
    if (!page_make(&page, (rows + factor - 1) / factor, (cols + factor - 1) / factor))
        return err_memory(err, _("the picture"));
    fit_shrink(grey, rows, cols, stride, factor, &page.r);
    bool ok = fit_page(&page, factor, steps, fit);
    page_free(&page);
    return ok || err_memory(err, _("the picture"));
}

bool ink_fit_picture(const uint8_t *grey, int rows, int cols, int stride, struct ink_fit *fit,
                     struct err *err)
{
    return ink_fit_picture_steps(grey, rows, cols, stride, FIT_ALL, fit, err);
}

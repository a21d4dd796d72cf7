/* page.h -- a picture on the way to clean ink, and the steps that take it there.
 *
 * A page is a plane of shades, 0 black to 255 white, later of ink, 0 paper and more for ink; of
 * which only what lies `inside` counts. A picture is one page, and what looks like a sheet in it,
 * a slip of paper on a desk, a plot's square, is another: ink is looked for on each, in several
 * ways, and what looks most like one digit on even paper is taken (picture.c).
 */
#ifndef INK_PAGE_H
#define INK_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "ink/plane.h"

struct page {
    struct plane r;
    uint8_t *inside; /* [rows][cols], 1 where it counts; NULL: everywhere */
    int row0, col0;  /* where it lies in the whole picture */
};

static inline bool page_has(const struct page *page, int row, int col)
{
    return row >= 0 && col >= 0 && row < page->r.rows && col < page->r.cols &&
           (!page->inside || page->inside[row * page->r.cols + col]);
}

static inline int page_shorter(const struct page *page)
{
    return page->r.rows < page->r.cols ? page->r.rows : page->r.cols;
}

/* A page of that size, its shades not set and everything inside. False: no memory. */
bool page_make(struct page *page, int rows, int cols);
bool page_copy(struct page *page, const struct page *from);
void page_free(struct page *page);

/* Cuts the page down to these rows and columns. */
void page_crop(struct page *page, int row0, int row1, int col0, int col1);

/* ---- paper (paper.c) ---- */

/* Takes the paper off, so that 0 is paper and ink is positive. */
struct paper {
    float deviation; /* of the paper from what was taken for it */
    float strength;  /* of the strongest ink */
    float shade;     /* of the paper in the middle */
    bool dark;       /* the ink is darker than the paper */
    bool even;       /* the paper is of one shade throughout */
    float amiss;     /* the share of pixels that stray from the paper away from the ink */
};

/* An even slope of light: found at the rim of a whole picture, on all of a sheet. The ink lies on
 * that side of it on which more lies. False: no memory. */
bool paper_take_plane(struct page *page, struct paper *paper);

/* Paper of exactly one shade, the lightest or the darkest there is, which much of the rim shows.
 * False where there is none: the page is then as it was. For pictures that were not enlarged. */
bool paper_take_rim(struct page *page, struct paper *paper);

/* Any light that changes slowly against the width of a stroke: the paper is what is left when
 * what is dark (or light) and narrow is filled. False: no memory. */
bool paper_take_local(struct page *page, bool dark, struct paper *paper);

/* Which of the two it should be: in most places there is less ink than paper. False: no memory. */
bool paper_is_dark(const struct page *page, bool *dark);

/* What is weaker than `cut` becomes paper, and the rest is moved down to begin there. */
void paper_cut(struct page *page, float cut);

/* ---- lines (lines.c) ---- */

/* Takes off ruled lines that cross the whole page, or nearly, and leaves ink that runs over them.
 * Lines that are as broad as ink and few are left. False: no memory. */
bool lines_remove(struct page *page);

/* ---- sheets (sheet.c) ---- */

/* Finds the largest light (or dark) sheet with four sides that does not fill the page, and makes a
 * page of what lies inside. `sheet->r.grey` is NULL where there is none. False: no memory. */
bool sheet_find(const struct page *page, bool light, struct page *sheet);

/* Whether a piece of ink, those of the marks [rows][cols] that are `label`, is no stroke but has
 * the shape of a sheet with little cut out of it. Without memory it is taken for a stroke. */
bool sheet_like(const struct plane *r, const int *marks, int label);

/* ---- parts (parts.c) ---- */

/* How much what was chosen looks like one digit on a page, 0 to 1. */
struct parts_choice {
    float score;
    bool any;
    bool several; /* there are others like it */
    bool framed;  /* it is joined to a frame, whose box this is */
    int row0, row1, col0, col1;
};

/* Chooses among the connected pieces of ink those that are the digit; erases specks, frames, rules,
 * what touches the rim of the page or lies outside a frame, and what is too far away. False: no
 * memory. */
bool parts_choose(struct page *page, struct parts_choice *choice);

#endif

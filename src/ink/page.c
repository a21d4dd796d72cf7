/* SPDX-License-Identifier: MIT */
#include "ink/page.h"

#include <stdlib.h>
#include <string.h>

bool page_make(struct page *page, int rows, int cols)
{
    *page = (struct page){.r = {rows, cols, NULL}};
    page->r.grey = malloc((size_t)rows * (size_t)cols * sizeof *page->r.grey);
    return page->r.grey != NULL;
}

bool page_copy(struct page *page, const struct page *from)
{
    size_t count = (size_t)from->r.rows * (size_t)from->r.cols;
    if (!page_make(page, from->r.rows, from->r.cols))
        return false;
    memcpy(page->r.grey, from->r.grey, count * sizeof *page->r.grey);
    page->row0 = from->row0;
    page->col0 = from->col0;
    if (!from->inside)
        return true;
    page->inside = malloc(count);
    if (!page->inside) {
        page_free(page);
        return false;
    }
    memcpy(page->inside, from->inside, count);
    return true;
}

void page_free(struct page *page)
{
    free(page->r.grey);
    free(page->inside);
    *page = (struct page){0};
}

void page_crop(struct page *page, int row0, int row1, int col0, int col1)
{
    int rows = row1 - row0, cols = col1 - col0, was = page->r.cols;
    for (int row = 0; row < rows; row++) {
        int from = (row0 + row) * was + col0, to = row * cols;
        memmove(page->r.grey + to, page->r.grey + from, (size_t)cols * sizeof *page->r.grey);
        if (page->inside)
            memmove(page->inside + to, page->inside + from, (size_t)cols);
    }
    page->r.rows = rows;
    page->r.cols = cols;
    page->row0 += row0;
    page->col0 += col0;
}

/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clamp.h"
#include "base/otsu.h"
#include "ink/page.h"

/* A sheet is a connected region of light (or dark) pixels that, with the holes that ink leaves in
 * it, has the shape of a paper: convex, and nearly a rectangle, however it is turned. A nought has
 * no such shape, since an ellipse fills only three quarters of a rectangle. */

static const float part_least = 0.03f, part_most = 0.98f; /* of the page */
static const float convex = 0.93f;                        /* of its convex hull, what it fills */
static const float square = 0.86f; /* of the smallest rectangle around that, what the hull fills */
static const float slim_most = 5;  /* times longer than wide: a strip is no sheet */
static const float holes_most = 0.45f; /* of the sheet: ink covers less */

struct corner {
    int x, y;
};

/* ---- two shades ------------------------------------------------------------------------------ */

/* The shade that parts the pixels best into two. */
static float split_shades(const struct plane *r)
{
    uint64_t histogram[SHADES] = {0};
    for (int i = 0; i < r->rows * r->cols; i++)
        histogram[(int)clamp_float(r->grey[i], 0, SHADES - 1)]++;
    int at = otsu_split(histogram).at;
    return (at < 0 ? (SHADES - 1) / 2 : (float)at) + 0.5f;
}

/* ---- regions --------------------------------------------------------------------------------- */

/* Gives all pixels joined to `at` that are `from` the value `to`; how many they are. */
static int flood(uint8_t *map, int rows, int cols, int at, uint8_t from, uint8_t to, int *stack)
{
    int depth = 0, size = 0;
    stack[depth++] = at;
    map[at] = to;
    while (depth > 0) {
        int here = stack[--depth], row = here / cols, col = here % cols;
        const int next[4] = {row > 0 ? here - cols : -1, row < rows - 1 ? here + cols : -1,
                             col > 0 ? here - 1 : -1, col < cols - 1 ? here + 1 : -1};
        size++;
        for (int i = 0; i < 4; i++) {
            if (next[i] < 0 || map[next[i]] != from)
                continue;
            map[next[i]] = to;
            stack[depth++] = next[i];
        }
    }
    return size;
}

/* What a map's values mean: not of the sheet's shade, of it, and of the sheet. */
enum { OTHER = 0, SAME = 1, SEEN = 2, SHEET = 3, OUTSIDE = 4 };

/* Marks what can be reached from the page's edge; how many pixels that is. */
static int mark_outside(uint8_t *map, int rows, int cols, int *stack)
{
    int size = 0;
    for (int i = 0; i < rows * cols; i++) {
        int row = i / cols, col = i % cols;
        bool edge = row == 0 || col == 0 || row == rows - 1 || col == cols - 1;
        if (edge && map[i] == OTHER)
            size += flood(map, rows, cols, i, OTHER, OUTSIDE, stack);
    }
    return size;
}

/* Marks the largest region as SHEET, and what can be reached from the page's edge without crossing
 * it as OUTSIDE. The sizes of the sheet without and with its holes. */
static void mark_sheet(uint8_t *map, int rows, int cols, int *stack, int *area, int *filled)
{
    int most = 0, at = -1, count = rows * cols;
    for (int i = 0; i < count; i++) {
        if (map[i] != SAME)
            continue;
        int size = flood(map, rows, cols, i, SAME, SEEN, stack);
        if (size > most) {
            most = size;
            at = i;
        }
    }
    *area = most;
    *filled = count;
    if (at < 0)
        return;
    flood(map, rows, cols, at, SEEN, SHEET, stack);
    for (int i = 0; i < count; i++)
        map[i] = map[i] == SHEET ? SHEET : OTHER;
    *filled = count - mark_outside(map, rows, cols, stack);
}

/* Takes a rim off all that is `from`, so that what is thin, the ticks of a plot, comes off. */
static void wear_off(uint8_t *map, int rows, int cols, int rim, uint8_t from)
{
    enum { WORN = 100 };
    for (int round = 0; round < rim; round++) {
        for (int i = 0; i < rows * cols; i++) {
            int row = i / cols, col = i % cols;
            if (map[i] == from &&
                ((row > 0 && map[i - cols] < SAME) || (row < rows - 1 && map[i + cols] < SAME) ||
                 (col > 0 && map[i - 1] < SAME) || (col < cols - 1 && map[i + 1] < SAME)))
                map[i] = WORN;
        }
        for (int i = 0; i < rows * cols; i++)
            map[i] = map[i] == WORN ? OTHER : map[i];
    }
}

/* Closes what is thin, such as a plot's grid, which would cut a sheet to pieces. */
static void grow(uint8_t *map, int rows, int cols)
{
    enum { GROWN = 100 };
    for (int i = 0; i < rows * cols; i++) {
        int row = i / cols, col = i % cols;
        if (map[i] == OTHER &&
            ((row > 0 && map[i - cols] == SAME) || (row < rows - 1 && map[i + cols] == SAME) ||
             (col > 0 && map[i - 1] == SAME) || (col < cols - 1 && map[i + 1] == SAME)))
            map[i] = GROWN;
    }
    for (int i = 0; i < rows * cols; i++)
        map[i] = map[i] == GROWN ? SAME : map[i];
}

static int rim_of(int rows, int cols)
{
    return 1 + (rows < cols ? rows : cols) / 150;
}

/* ---- shape ----------------------------------------------------------------------------------- */

static double cross(struct corner a, struct corner b, struct corner c)
{
    return (double)(b.x - a.x) * (c.y - a.y) - (double)(b.y - a.y) * (c.x - a.x);
}

/* Adds corners from the outermost pixels of each row down (or up) one side: half of the hull. */
static int add_half(const uint8_t *map, int rows, int cols, bool right, struct corner *hull)
{
    int count = 0;
    for (int i = 0; i < rows; i++) {
        int row = right ? rows - 1 - i : i, col = right ? cols - 1 : 0;
        while (col >= 0 && col < cols && map[row * cols + col] == OUTSIDE)
            col += right ? -1 : 1;
        if (col < 0 || col >= cols)
            continue;
        for (int end = 0; end < 2; end++) { /* the pixel's two corners on that side */
            struct corner c = {col + right, row + (right ? 1 - end : end)};
            while (count >= 2 && cross(hull[count - 2], hull[count - 1], c) >= 0)
                count--;
            hull[count++] = c;
        }
    }
    return count;
}

static double hull_area(const struct corner *hull, int count)
{
    double twice = 0;
    for (int i = 0; i < count; i++) {
        struct corner a = hull[i], b = hull[(i + 1) % count];
        twice += (double)a.x * b.y - (double)a.y * b.x;
    }
    return fabs(twice) / 2;
}

struct rectangle {
    double area, slim; /* slim: how many times longer than wide */
};

/* The smallest rectangle around it has a side along one of the hull's. */
static struct rectangle rectangle_around(const struct corner *hull, int count)
{
    struct rectangle best = {1e300, 1};
    for (int i = 0; i < count; i++) {
        struct corner a = hull[i], b = hull[(i + 1) % count];
        double len = hypot(b.x - a.x, b.y - a.y), lo = 1e300, hi = -1e300, far = 0;
        if (len == 0)
            continue;
        for (int k = 0; k < count; k++) {
            double dx = hull[k].x - a.x, dy = hull[k].y - a.y;
            double along = (dx * (b.x - a.x) + dy * (b.y - a.y)) / len;
            lo = fmin(lo, along);
            hi = fmax(hi, along);
            far = fmax(far, fabs(dx * (b.y - a.y) - dy * (b.x - a.x)) / len);
        }
        double longer = fmax(hi - lo, far), shorter = fmax(fmin(hi - lo, far), 1);
        if ((hi - lo) * far < best.area)
            best = (struct rectangle){(hi - lo) * far, longer / shorter};
    }
    return best;
}

/* How slim it is; 0 where it has not the shape of a paper. `room` has room for four corners a row.
 */
static double measure_paper(const uint8_t *map, int rows, int cols, int filled, struct corner *room)
{
    int count = add_half(map, rows, cols, false, room);
    count += add_half(map, rows, cols, true, room + count);
    if (count < 3)
        return 0;
    double hull = hull_area(room, count);
    struct rectangle around = rectangle_around(room, count);
    bool paper = filled >= (double)convex * hull && hull >= (double)square * around.area;
    return paper ? around.slim : 0;
}

/* Of what is left when a rim of the piece, of `before` pixels, is worn off. Strokes are gone. */
static bool worn_like(uint8_t *map, int rows, int cols, int before, int *stack,
                      struct corner *room)
{
    int count = rows * cols, area = 0;
    for (int i = 0; i < count; i++)
        area += map[i] == SHEET;
    int filled = count - mark_outside(map, rows, cols, stack);
    double slim = measure_paper(map, rows, cols, filled, room);
    bool whole = area > filled * 0.995 && slim > 1.8; /* a one */
    return slim > 0 && 2 * area > filled && 2 * area > before && !whole;
}

bool sheet_like(const struct plane *r, const int *marks, int label)
{
    enum { ROUNDS = 3, WEAR = 2 }; /* how much of a rim hangs on it is not known */
    int rows = r->rows, cols = r->cols, count = rows * cols;
    uint8_t *map = malloc((size_t)count);
    int *stack = malloc((size_t)count * sizeof *stack);
    struct corner *room = malloc((size_t)rows * 4 * sizeof *room);
    bool like = false;
    for (int round = 0; round < ROUNDS && map && stack && room && !like; round++) {
        int before = 0;
        for (int i = 0; i < count; i++) {
            map[i] = marks[i] == label ? SHEET : OTHER;
            before += marks[i] == label;
        }
        wear_off(map, rows, cols, rim_of(rows, cols) + WEAR * round, SHEET);
        like = worn_like(map, rows, cols, before, stack, room);
    }
    free(map);
    free(stack);
    free(room);
    return like;
}

/* ---- the page within ------------------------------------------------------------------------- */

/* Takes a rim off all round: every pixel that has one outside within `rim` rows or columns. */
static void shrink_inside(uint8_t *map, int rows, int cols, int rim)
{
    for (int round = 0; round < rim; round++) {
        uint8_t mark = (uint8_t)(OUTSIDE + 1 + round % 2), old = (uint8_t)(OUTSIDE + 2 - round % 2);
        for (int i = 0; i < rows * cols; i++) {
            int row = i / cols, col = i % cols;
            if (map[i] >= OUTSIDE)
                continue;
            bool edge = (row > 0 && map[i - cols] >= OUTSIDE && map[i - cols] != mark) ||
                        (row < rows - 1 && map[i + cols] >= OUTSIDE && map[i + cols] != mark) ||
                        (col > 0 && map[i - 1] >= OUTSIDE && map[i - 1] != mark) ||
                        (col < cols - 1 && map[i + 1] >= OUTSIDE && map[i + 1] != mark);
            if (edge)
                map[i] = mark;
        }
        for (int i = 0; i < rows * cols; i++)
            map[i] = map[i] == old ? OUTSIDE : map[i];
    }
}

static bool cut_out(const struct page *page, const uint8_t *map, struct page *sheet)
{
    int rows = page->r.rows, cols = page->r.cols;
    int row0 = rows, row1 = 0, col0 = cols, col1 = 0;
    for (int i = 0; i < rows * cols; i++) {
        if (map[i] >= OUTSIDE)
            continue;
        int row = i / cols, col = i % cols;
        row0 = row < row0 ? row : row0;
        row1 = row + 1;
        col0 = col < col0 ? col : col0;
        col1 = col >= col1 ? col + 1 : col1;
    }
    if (row1 - row0 < 8 || col1 - col0 < 8)
        return true;
    int high = row1 - row0, wide = col1 - col0;
    if (!page_make(sheet, high, wide) || !(sheet->inside = malloc((size_t)(high * wide)))) {
        page_free(sheet);
        return false;
    }
    sheet->row0 = page->row0 + row0;
    sheet->col0 = page->col0 + col0;
    for (int i = 0; i < high * wide; i++) {
        int at = (row0 + i / wide) * cols + col0 + i % wide;
        sheet->r.grey[i] = page->r.grey[at];
        sheet->inside[i] = map[at] < OUTSIDE;
    }
    return true;
}

bool sheet_find(const struct page *page, bool light, struct page *sheet)
{
    int rows = page->r.rows, cols = page->r.cols, count = rows * cols, area, filled;
    uint8_t *map = malloc((size_t)count);
    int *stack = malloc((size_t)count * sizeof *stack);
    struct corner *room = malloc((size_t)rows * 4 * sizeof *room);
    *sheet = (struct page){0};
    bool ok = map && stack && room;
    if (ok) {
        float at = split_shades(&page->r);
        for (int i = 0; i < count; i++)
            map[i] = (page->r.grey[i] > at) == light && page_has(page, i / cols, i % cols);
        int rim = rim_of(rows, cols);
        grow(map, rows, cols);
        wear_off(map, rows, cols, rim + 1, SAME);
        mark_sheet(map, rows, cols, stack, &area, &filled);
        bool large =
            (float)filled >= part_least * (float)count && (float)filled <= part_most * (float)count;
        bool whole = (float)(filled - area) <= holes_most * (float)filled;
        double slim = large && whole ? measure_paper(map, rows, cols, filled, room) : 0;
        if (slim > 0 && slim < (double)slim_most) {
            shrink_inside(map, rows, cols, rim);
            ok = cut_out(page, map, sheet);
        }
    }
    free(map);
    free(stack);
    free(room);
    return ok;
}

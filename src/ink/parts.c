/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ink/page.h"

/* A connected piece of ink. */
struct part {
    int label, area;
    int row0, row1, col0, col1; /* its box; row1 and col1 are the first outside */
    float mass;
    int rim;        /* pixels at the rim of the page */
    unsigned sides; /* of the page that it touches: a bit for each */
    bool gone;      /* is not the digit */
};

enum { PARTS_MAX = 256 };

struct parts {
    struct part list[PARTS_MAX];
    int count;
    int *marks; /* [rows][cols]: the label of the piece that a pixel belongs to, 0 for none */
};

static const float speck_part = 0.02f; /* of the largest piece: smaller ones are specks */

static int high_of(const struct part *p)
{
    return p->row1 - p->row0;
}

static int wide_of(const struct part *p)
{
    return p->col1 - p->col0;
}

static int longer_of(const struct part *p)
{
    return high_of(p) > wide_of(p) ? high_of(p) : wide_of(p);
}

/* ---- finding them ---------------------------------------------------------------------------- */

/* Marks the piece that pixel `at` belongs to (eight neighbours) with `mark`; its size in pixels.
 * `stack` has room for all pixels. */
static int mark_piece(const struct plane *r, int at, int mark, int *marks, int *stack)
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

static int compare_down(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x < y) - (x > y);
}

/* Numbers the largest pieces from 1; marks of the others become 0. `sizes` [count] are turned into
 * the new numbers. */
static void keep_largest(struct parts *parts, int *sizes, int count, int *scratch, size_t pixels)
{
    int least = 1, number = 0;
    if (count > PARTS_MAX) {
        memcpy(scratch, sizes, (size_t)count * sizeof *scratch);
        qsort(scratch, (size_t)count, sizeof *scratch, compare_down);
        least = scratch[PARTS_MAX - 1] + 1;
    }
    for (int i = 0; i < count; i++)
        sizes[i] = sizes[i] >= least ? ++number : 0;
    parts->count = number;
    for (size_t i = 0; i < pixels; i++)
        if (parts->marks[i])
            parts->marks[i] = sizes[parts->marks[i] - 1];
}

static bool at_rim(const struct page *page, int row, int col)
{
    return !page_has(page, row - 1, col) || !page_has(page, row + 1, col) ||
           !page_has(page, row, col - 1) || !page_has(page, row, col + 1);
}

/* The sides of the page that it reaches, but for what the edge of a stroke fades over. */
static unsigned sides_of(const struct page *page, const struct part *p)
{
    int near = 1 + (page->r.rows + page->r.cols) / 40;
    unsigned above = p->row0 <= near, below = p->row1 >= page->r.rows - near;
    unsigned left = p->col0 <= near, right = p->col1 >= page->r.cols - near;
    return above | below << 1 | left << 2 | right << 3;
}

static void measure(const struct page *page, struct parts *parts)
{
    const struct plane *r = &page->r;
    for (int i = 0; i < parts->count; i++)
        parts->list[i] = (struct part){.label = i + 1, .row0 = r->rows, .col0 = r->cols};
    for (int row = 0; row < r->rows; row++) {
        for (int col = 0; col < r->cols; col++) {
            int at = row * r->cols + col;
            if (!parts->marks[at])
                continue;
            struct part *p = &parts->list[parts->marks[at] - 1];
            p->area++;
            p->mass += r->grey[at];
            p->row0 = row < p->row0 ? row : p->row0;
            p->row1 = row + 1;
            p->col0 = col < p->col0 ? col : p->col0;
            p->col1 = col >= p->col1 ? col + 1 : p->col1;
            p->rim += at_rim(page, row, col);
        }
    }
}

/* `parts->marks` and `scratch` have room for all pixels, the latter twice. */
static void find_parts(const struct page *page, struct parts *parts, int *scratch)
{
    int pixels = page->r.rows * page->r.cols, count = 0;
    int *sizes = scratch, *stack = scratch + pixels;
    memset(parts->marks, 0, (size_t)pixels * sizeof *parts->marks);
    for (int i = 0; i < pixels; i++)
        if (page->r.grey[i] > 0 && !parts->marks[i]) {
            sizes[count] = mark_piece(&page->r, i, count + 1, parts->marks, stack);
            count++;
        }
    keep_largest(parts, sizes, count, stack, (size_t)pixels);
    measure(page, parts);
    for (int i = 0; i < parts->count; i++)
        parts->list[i].sides = sides_of(page, &parts->list[i]);
}

/* ---- what is no digit ------------------------------------------------------------------------ */

/* The largest that is left, by its mass; NULL where there is none. */
static struct part *largest_left(struct parts *parts)
{
    struct part *most = NULL;
    for (int i = 0; i < parts->count; i++) {
        struct part *p = &parts->list[i];
        if (!p->gone && (!most || p->mass > most->mass))
            most = p;
    }
    return most;
}

static void drop_specks(struct parts *parts)
{
    float area = 0, mass = 0;
    for (int i = 0; i < parts->count; i++) {
        const struct part *p = &parts->list[i];
        area = fmaxf(area, p->gone ? 0 : (float)p->area);
        mass = fmaxf(mass, p->gone ? 0 : p->mass);
    }
    for (int i = 0; i < parts->count; i++) {
        struct part *p = &parts->list[i];
        p->gone |= (float)p->area < speck_part * area || p->mass < 0.5f * speck_part * mass;
    }
}

static bool lies_within(const struct part *p, const struct part *frame)
{
    return p != frame && p->row0 > frame->row0 && p->row1 < frame->row1 && p->col0 > frame->col0 &&
           p->col1 < frame->col1;
}

/* The share of the middle of a side of the box along which the piece comes near to it. */
static float cover_side(const struct plane *r, const struct parts *parts, const struct part *p,
                        int side)
{
    bool upright = side < 2;
    int len = upright ? high_of(p) : wide_of(p);
    int depth = (upright ? wide_of(p) : high_of(p)) / 8 + 1;
    int first = len / 10, last = len - len / 10, found = 0;
    for (int i = first; i < last; i++) {
        bool any = false;
        for (int k = 0; k < depth && !any; k++) {
            int row = upright ? p->row0 + i : side == 2 ? p->row0 + k : p->row1 - 1 - k;
            int col = !upright ? p->col0 + i : side == 0 ? p->col0 + k : p->col1 - 1 - k;
            any = row >= 0 && col >= 0 && row < r->rows && col < r->cols &&
                  parts->marks[row * r->cols + col] == p->label;
        }
        found += any;
    }
    return (float)found / (float)(last > first ? last - first : 1);
}

/* A frame has four sides and much room within. */
static bool is_frame(const struct plane *r, const struct parts *parts, const struct part *p)
{
    if (high_of(p) < 12 || wide_of(p) < 12 || 2 * p->area > high_of(p) * wide_of(p))
        return false;
    for (int side = 0; side < 4; side++)
        if (cover_side(r, parts, p, side) < 0.9f)
            return false;
    return true;
}

/* Lies along the rim of the page. A picture that is cut tight round its digit is touched on all
 * four sides, but not as by a frame. */
static bool hugs_rim(const struct page *page, const struct parts *parts, const struct part *p)
{
    if (5 * p->rim < 2 * longer_of(p))
        return false;
    bool round = 10 * p->rim > 17 * longer_of(p) && 2 * high_of(p) > wide_of(p) &&
                 2 * wide_of(p) > high_of(p);
    return page->inside || p->sides != 15 || round || is_frame(&page->r, parts, p);
}

/* The largest piece within that would be worth a frame. */
static const struct part *framed_part(const struct parts *parts, const struct part *frame)
{
    const struct part *most = NULL;
    for (int i = 0; i < parts->count; i++) {
        const struct part *p = &parts->list[i];
        if (!p->gone && lies_within(p, frame) && 7 * longer_of(p) > longer_of(frame) &&
            (!most || p->area > most->area))
            most = p;
    }
    return most;
}

/* Finds frames from the largest inwards: what lies outside of one that holds something is gone, and
 * so is the frame. */
static void open_frames(const struct plane *r, struct parts *parts)
{
    bool found = true;
    while (found) {
        struct part *frame = NULL;
        int most = 0;
        for (int i = 0; i < parts->count; i++) {
            struct part *p = &parts->list[i];
            const struct part *in = p->gone ? NULL : framed_part(parts, p);
            if (in && in->area > most && is_frame(r, parts, p)) {
                frame = p;
                most = in->area;
            }
        }
        found = frame != NULL;
        for (int i = 0; i < parts->count && found; i++)
            if (!lies_within(&parts->list[i], frame))
                parts->list[i].gone = true;
    }
}

/* Long, thin and straight along an axis. */
static bool is_rule(const struct page *page, const struct part *p)
{
    float longer = (float)longer_of(p);
    float thin = (float)(high_of(p) < wide_of(p) ? high_of(p) : wide_of(p));
    return (float)p->area < 0.05f * (float)page_shorter(page) * longer && thin < 0.1f * longer &&
           (float)p->area < 0.1f * longer * longer;
}

/* From edge to edge of a page on which there is more room than for a one. */
static bool is_across(const struct page *page, const struct part *p)
{
    bool lies = wide_of(p) > high_of(p);
    int len = lies ? page->r.cols : page->r.rows, other = lies ? page->r.rows : page->r.cols;
    return is_rule(page, p) && p->rim && 10 * longer_of(p) > 9 * len && 3 * other > len;
}

/* Rules go where something is left that is no rule, and they are much longer than that. */
static void drop_rules(const struct page *page, struct parts *parts)
{
    const struct part *most = NULL;
    for (int i = 0; i < parts->count; i++)
        parts->list[i].gone |= is_across(page, &parts->list[i]);
    for (int i = 0; i < parts->count; i++) {
        const struct part *p = &parts->list[i];
        if (!p->gone && !is_rule(page, p) && (!most || p->mass > most->mass))
            most = p;
    }
    for (int i = 0; i < parts->count && most; i++) {
        struct part *p = &parts->list[i];
        bool lies = wide_of(p) > high_of(p);
        float across = (float)(lies ? page->r.cols : page->r.rows), len = (float)longer_of(p);
        if (p != most && is_rule(page, p) &&
            (len > 1.6f * (float)longer_of(most) || len > 0.8f * across))
            p->gone = true;
    }
}

/* Along an edge of the page, and no thicker than a fifth of it. */
static bool is_band(const struct page *page, const struct part *p)
{
    int rows = page->r.rows, cols = page->r.cols;
    bool low = p->row0 > rows * 3 / 4 || p->row1 < rows / 4;
    bool side = p->col0 > cols * 3 / 4 || p->col1 < cols / 4;
    return (low && 5 * high_of(p) < 2 * wide_of(p)) || (side && 5 * wide_of(p) < 2 * high_of(p));
}

/* What touches the rim goes where something is left that does not, and that could be the digit. */
static void drop_rim(const struct page *page, struct parts *parts)
{
    const struct part *inner = NULL;
    for (int i = 0; i < parts->count; i++) {
        const struct part *p = &parts->list[i];
        if (!p->gone && !p->rim && 10 * longer_of(p) > page_shorter(page) &&
            (!inner || p->mass > inner->mass))
            inner = p;
    }
    for (int i = 0; i < parts->count && inner; i++) {
        struct part *p = &parts->list[i];
        bool small = 5 * longer_of(inner) > 2 * longer_of(p);
        bool hollow = p->area * 4 < high_of(p) * wide_of(p);
        if (p->rim && (small || is_band(page, p) || hollow))
            p->gone = true;
    }
}

/* ---- what belongs together ------------------------------------------------------------------- */

static int gap_between(int a0, int a1, int b0, int b1)
{
    return a0 > b1 ? a0 - b1 : b0 > a1 ? b0 - a1 : 0;
}

/* Side by side with room between, and nearly as tall: another digit. */
static bool is_another(const struct part *p, const struct part *group)
{
    int tall = high_of(p) > high_of(group) ? high_of(p) : high_of(group);
    int low = high_of(p) < high_of(group) ? high_of(p) : high_of(group);
    int gap = gap_between(p->col0, p->col1, group->col0, group->col1);
    int below = gap_between(p->row0, p->row1, group->row0, group->row1);
    bool beside = 100 * gap > 20 * tall && gap > 2, under = 100 * below > 30 * tall;
    return 100 * low > 60 * tall && (beside || under);
}

static bool belongs(const struct part *p, const struct part *group)
{
    int longer = longer_of(group);
    int gap_x = gap_between(p->col0, p->col1, group->col0, group->col1);
    int gap_y = gap_between(p->row0, p->row1, group->row0, group->row1);
    int gap = gap_x > gap_y ? gap_x : gap_y;
    bool encloses = 10 * longer_of(p) > 14 * longer && p->row0 < group->row0 &&
                    p->row1 > group->row1 && p->col0 < group->col0 && p->col1 > group->col1;
    if (is_another(p, group) || encloses)
        return false;
    return 100 * gap <= (6 * longer_of(p) > longer ? 25 : 8) * longer;
}

static void join(struct part *group, const struct part *p)
{
    group->row0 = p->row0 < group->row0 ? p->row0 : group->row0;
    group->row1 = p->row1 > group->row1 ? p->row1 : group->row1;
    group->col0 = p->col0 < group->col0 ? p->col0 : group->col0;
    group->col1 = p->col1 > group->col1 ? p->col1 : group->col1;
    group->area += p->area;
    group->mass += p->mass;
    group->rim += p->rim;
    group->sides |= p->sides;
}

/* The group around the largest piece; pieces of it have `in` set. */
static struct part gather(const struct parts *parts, const struct part *most, bool *in)
{
    struct part group = *most;
    bool grown = true;
    memset(in, 0, PARTS_MAX * sizeof *in);
    in[most - parts->list] = true;
    while (grown) {
        grown = false;
        for (int i = 0; i < parts->count; i++) {
            if (parts->list[i].gone || in[i] || !belongs(&parts->list[i], &group))
                continue;
            join(&group, &parts->list[i]);
            in[i] = grown = true;
        }
    }
    return group;
}

/* ---- the choice ------------------------------------------------------------------------------ */

/* One digit makes up most of the ink, does not run off the page and is no solid patch. */
static float judge(const struct page *page, const struct part *group, float all)
{
    float wide = (float)wide_of(group), high = (float)high_of(group), area = (float)group->area;
    float score = group->mass / all, size = fmaxf(wide, high) / (float)page_shorter(page);
    bool bar = fmaxf(wide, high) > 2.2f * fminf(wide, high);
    if (area > 0.8f * wide * high && !bar)
        score *= 0.2f;
    if (group->rim) /* cut tight around a digit, all four sides are touched */
        score *= page->inside ? 0.25f : group->sides == 15 ? 0.8f : 0.5f;
    if (wide > 1.7f * high)
        score *= wide > 2.5f * high ? 0.5f : 0.8f;
    return score * fminf(1, size / 0.1f);
}

static void choose(struct page *page, struct parts *parts, struct parts_choice *choice)
{
    bool in[PARTS_MAX];
    open_frames(&page->r, parts);
    drop_rules(page, parts);
    float all = 0;
    for (int i = 0; i < parts->count; i++)
        all += parts->list[i].gone || is_band(page, &parts->list[i]) ? 0 : parts->list[i].mass;
    drop_rim(page, parts);
    drop_specks(parts);
    struct part *most = largest_left(parts);
    while (most && hugs_rim(page, parts, most)) {
        most->gone = true;
        most = largest_left(parts);
    }
    if (!most)
        return;
    struct part group = gather(parts, most, in);
    for (int i = 0; i < parts->count; i++) {
        struct part *p = &parts->list[i];
        if (!p->gone && !in[i] && is_another(p, &group) && !is_rule(page, p)) {
            choice->several = true;
            all -= p->mass;
        }
        p->gone = !in[i];
    }
    choice->any = true;
    choice->framed = is_frame(&page->r, parts, most);
    choice->row0 = most->row0;
    choice->row1 = most->row1;
    choice->col0 = most->col0;
    choice->col1 = most->col1;
    choice->score = judge(page, &group, fmaxf(all, group.mass));
    if (choice->score > 0.2f && sheet_like(&page->r, parts->marks, most->label))
        choice->score *= 0.2f;
}

static void erase_others(struct page *page, const struct parts *parts)
{
    for (int i = 0; i < page->r.rows * page->r.cols; i++)
        if (!parts->marks[i] || parts->list[parts->marks[i] - 1].gone)
            page->r.grey[i] = 0;
}

bool parts_choose(struct page *page, struct parts_choice *choice)
{
    size_t pixels = (size_t)page->r.rows * (size_t)page->r.cols;
    struct parts *parts = malloc(sizeof *parts);
    int *room = malloc(3 * pixels * sizeof *room);
    *choice = (struct parts_choice){0};
    bool ok = parts && room;
    if (ok) {
        parts->marks = room;
        find_parts(page, parts, room + pixels);
        choose(page, parts, choice);
        erase_others(page, parts);
    }
    free(parts);
    free(room);
    return ok;
}

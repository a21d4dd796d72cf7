/* SPDX-License-Identifier: MIT */
#include "ink/stroke.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/clamp.h"
#include "base/err.h"
#include "base/language.h"

enum { FIRST_ROOM = 64 };

void ink_free(struct ink *ink)
{
    free(ink->points);
    free(ink->strokes);
    *ink = (struct ink){0};
}

void ink_clear(struct ink *ink)
{
    ink->point_count = 0;
    ink->stroke_count = 0;
}

/* Grows *items to at least `need` of `size` bytes each. */
static bool reserve_room(void **items, uint32_t *room, uint32_t need, size_t size)
{
    if (need <= *room)
        return true;
    uint32_t want = *room ? *room : FIRST_ROOM;
    while (want < need)
        want *= 2;
    void *more = realloc(*items, want * size);
    if (!more)
        return false;
    *items = more;
    *room = want;
    return true;
}

/* Makes room for so many more points and strokes, and changes nothing else. */
static bool reserve_more(struct ink *ink, uint32_t points, uint32_t strokes, struct err *err)
{
    if (points > INK_POINTS_MAX - ink->point_count || strokes > INK_STROKES_MAX - ink->stroke_count)
        return err_set(err, _("The drawing is full; clear it or take some of it back."));
    void *at = ink->points;
    if (!reserve_room(&at, &ink->point_room, ink->point_count + points, sizeof *ink->points))
        return err_memory(err, _("the drawing"));
    ink->points = at;
    at = ink->strokes;
    if (!reserve_room(&at, &ink->stroke_room, ink->stroke_count + strokes, sizeof *ink->strokes))
        return err_memory(err, _("the drawing"));
    ink->strokes = at;
    return true;
}

static bool check_point(float x, float y, struct err *err)
{
    if (isfinite(x) && isfinite(y))
        return true;
    return err_set(err, _("A point of the drawing is not a number; draw that stroke again."));
}

bool ink_begin(struct ink *ink, float x, float y, struct err *err)
{
    if (!check_point(x, y, err) || !reserve_more(ink, 1, 1, err))
        return false;
    ink->strokes[ink->stroke_count++] = (struct ink_stroke){ink->point_count, 1};
    ink->points[ink->point_count++] = (struct ink_point){x, y};
    return true;
}

bool ink_add(struct ink *ink, float x, float y, struct err *err)
{
    struct ink_point last = ink->points[ink->point_count - 1];
    if (last.x == x && last.y == y)
        return true;
    if (!check_point(x, y, err) || !reserve_more(ink, 1, 0, err))
        return false;
    ink->points[ink->point_count++] = (struct ink_point){x, y};
    ink->strokes[ink->stroke_count - 1].count++;
    return true;
}

bool ink_append(struct ink *ink, const struct ink *other, uint32_t from, uint32_t count,
                struct err *err)
{
    if (count == 0)
        return true;
    const struct ink_stroke *first = &other->strokes[from], *last = first + count - 1;
    uint32_t points = last->at + last->count - first->at;
    if (!reserve_more(ink, points, count, err))
        return false;
    memcpy(ink->points + ink->point_count, other->points + first->at, points * sizeof *ink->points);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = first[i].at - first->at + ink->point_count;
        ink->strokes[ink->stroke_count + i] = (struct ink_stroke){at, first[i].count};
    }
    ink->point_count += points;
    ink->stroke_count += count;
    return true;
}

void ink_truncate(struct ink *ink, uint32_t count)
{
    if (count >= ink->stroke_count)
        return;
    ink->point_count = ink->strokes[count].at;
    ink->stroke_count = count;
}

bool ink_replace_tail(struct ink *ink, uint32_t kept, const struct ink *tail, struct err *err)
{
    uint32_t points = ink->point_count, strokes = ink->stroke_count;
    ink_truncate(ink, kept); /* nothing of the rest is touched until there is room */
    if (!reserve_more(ink, tail->point_count, tail->stroke_count, err)) {
        ink->point_count = points;
        ink->stroke_count = strokes;
        return false;
    }
    return ink_append(ink, tail, 0, tail->stroke_count, err);
}

bool ink_copy(struct ink *ink, const struct ink *other, struct err *err)
{
    ink_clear(ink);
    return ink_append(ink, other, 0, other->stroke_count, err);
}

bool ink_bounds(const struct ink *ink, struct ink_box *box)
{
    if (ink->point_count == 0)
        return false;
    struct ink_point p = ink->points[0];
    *box = (struct ink_box){p.x, p.y, p.x, p.y};
    for (uint32_t i = 1; i < ink->point_count; i++) {
        p = ink->points[i];
        box->x0 = fminf(box->x0, p.x);
        box->x1 = fmaxf(box->x1, p.x);
        box->y0 = fminf(box->y0, p.y);
        box->y1 = fmaxf(box->y1, p.y);
    }
    return true;
}

/* Narrows the part [*from, *to] of a line to that in which it is not below `edge`, where it goes
 * from `at` by `way`. */
static void cut_below(float at, float way, float edge, float *from, float *to)
{
    float t = (edge - at) / way;
    if (way > 0)
        *from = fmaxf(*from, t);
    else if (way < 0)
        *to = fminf(*to, t);
    else if (at < edge)
        *to = -1;
}

static struct ink_point point_within(const struct ink_box *box, struct ink_point a,
                                     struct ink_point way, float t)
{
    return (struct ink_point){clamp_float(a.x + t * way.x, box->x0, box->x1),
                              clamp_float(a.y + t * way.y, box->y0, box->y1)};
}

bool ink_clip_line(const struct ink_box *box, struct ink_point *a, struct ink_point *b)
{
    const struct ink_point way = {b->x - a->x, b->y - a->y}, begin = *a;
    float from = 0, to = 1;
    cut_below(a->x, way.x, box->x0, &from, &to);
    cut_below(-a->x, -way.x, -box->x1, &from, &to);
    cut_below(a->y, way.y, box->y0, &from, &to);
    cut_below(-a->y, -way.y, -box->y1, &from, &to);
    if (!(from <= to))
        return false;
    if (from > 0)
        *a = point_within(box, begin, way, from);
    if (to < 1)
        *b = point_within(box, begin, way, to);
    return true;
}

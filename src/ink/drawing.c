/* SPDX-License-Identifier: MIT */
#include "ink/drawing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clamp.h"
#include "base/err.h"
#include "base/language.h"
#include "ink/stroke.h"

/* A step of undo changes a tail of the list of strokes: the first `kept` are the same before and
 * after. A drawn stroke is a tail of nothing before and one stroke after; a clear, all before and
 * nothing after. So the usual step costs no more than the stroke itself. */
struct step {
    uint32_t kept;
    struct ink before, after;
};

enum gesture { NO_GESTURE, DRAWING_STROKE, ERASING };

struct drawing {
    struct ink ink;
    uint64_t changes;
    struct step steps[DRAWING_UNDO_MAX];
    int step_count; /* in all */
    int step_at;    /* those before it can be undone, those from it on redone */
    uint64_t forgotten; /* steps that are kept no more */
    enum gesture gesture;
    bool lifted; /* within it */
    uint32_t stroke_from;   /* drawing: the number of strokes before the gesture */
    struct ink erased_from; /* erasing: all ink before the gesture */
    struct ink scratch;     /* erasing: what is left, before it becomes the ink */
    float x, y, radius;     /* of the eraser */
};

struct drawing *drawing_new(struct err *err)
{
    struct drawing *d = calloc(1, sizeof *d);
    if (!d)
        err_memory(err, _("the drawing"));
    return d;
}

static void free_step(struct step *step)
{
    ink_free(&step->before);
    ink_free(&step->after);
}

void drawing_free(struct drawing *d)
{
    if (!d)
        return;
    for (int i = 0; i < d->step_count; i++)
        free_step(&d->steps[i]);
    ink_free(&d->ink);
    ink_free(&d->erased_from);
    ink_free(&d->scratch);
    free(d);
}

const struct ink *drawing_ink(const struct drawing *d)
{
    return &d->ink;
}

uint64_t drawing_changes(const struct drawing *d)
{
    return d->changes;
}

uint64_t drawing_step(const struct drawing *d)
{
    return d->forgotten + (uint64_t)d->step_at;
}

bool drawing_active(const struct drawing *d)
{
    return d->gesture != NO_GESTURE;
}

bool drawing_can_undo(const struct drawing *d)
{
    return d->step_at > 0;
}

bool drawing_can_redo(const struct drawing *d)
{
    return d->step_at < d->step_count;
}

/* ---- steps --------------------------------------------------------------------------------- */

static bool same_stroke(const struct ink *a, const struct ink *b, uint32_t i)
{
    const struct ink_stroke *s = &a->strokes[i], *t = &b->strokes[i];
    return s->count == t->count &&
           memcmp(a->points + s->at, b->points + t->at, s->count * sizeof(struct ink_point)) == 0;
}

static uint32_t count_same(const struct ink *a, const struct ink *b)
{
    uint32_t i = 0;
    while (i < a->stroke_count && i < b->stroke_count && same_stroke(a, b, i))
        i++;
    return i;
}

/* What could be redone is forgotten, and the oldest step where the list is full. */
static struct step *make_room(struct drawing *d)
{
    while (d->step_count > d->step_at)
        free_step(&d->steps[--d->step_count]);
    if (d->step_count == DRAWING_UNDO_MAX) {
        free_step(&d->steps[0]);
        memmove(d->steps, d->steps + 1, (DRAWING_UNDO_MAX - 1) * sizeof *d->steps);
        d->step_count--;
        d->forgotten++;
    }
    d->step_at = d->step_count + 1;
    struct step *step = &d->steps[d->step_count++];
    *step = (struct step){0};
    return step;
}

/* With no memory for a step the history goes, for a half of it would undo to nonsense. */
static void forget_all(struct drawing *d)
{
    d->forgotten += (uint64_t)d->step_count;
    while (d->step_count > 0)
        free_step(&d->steps[--d->step_count]);
    d->step_at = 0;
}

/* Keeps the step from the first `kept` strokes and `before`'s others to what is drawn now. */
static void keep_step(struct drawing *d, uint32_t kept, const struct ink *before)
{
    static const struct ink none;
    if (!before)
        before = &none;
    uint32_t removed = before->stroke_count > kept ? before->stroke_count - kept : 0;
    struct step *step = make_room(d);
    step->kept = kept;
    if (!ink_append(&step->before, before, kept, removed, NULL) ||
        !ink_append(&step->after, &d->ink, kept, d->ink.stroke_count - kept, NULL))
        forget_all(d);
}

static bool replace_tail(struct drawing *d, uint32_t kept, const struct ink *tail)
{
    bool done = ink_replace_tail(&d->ink, kept, tail, NULL);
    d->changes += done;
    return done;
}

bool drawing_undo(struct drawing *d)
{
    drawing_end(d);
    if (!drawing_can_undo(d))
        return false;
    const struct step *step = &d->steps[d->step_at - 1];
    if (!replace_tail(d, step->kept, &step->before))
        return false;
    d->step_at--;
    return true;
}

bool drawing_redo(struct drawing *d)
{
    drawing_end(d);
    if (!drawing_can_redo(d))
        return false;
    const struct step *step = &d->steps[d->step_at];
    if (!replace_tail(d, step->kept, &step->after))
        return false;
    d->step_at++;
    return true;
}

/* ---- the pen ------------------------------------------------------------------------------- */

bool drawing_begin(struct drawing *d, float x, float y, struct err *err)
{
    drawing_end(d);
    if (!ink_begin(&d->ink, x, y, err))
        return false;
    d->stroke_from = d->ink.stroke_count - 1;
    d->gesture = DRAWING_STROKE;
    d->changes++;
    return true;
}

static bool extend_stroke(struct drawing *d, float x, float y, struct err *err)
{
    uint32_t before = d->ink.point_count;
    if (!(d->lifted ? ink_begin : ink_add)(&d->ink, x, y, err))
        return false;
    d->lifted = false;
    d->changes += d->ink.point_count > before;
    return true;
}

/* ---- the eraser ---------------------------------------------------------------------------- */

struct disc_path {
    struct ink_point a, b; /* the eraser's middle moved from here to there */
    float radius;
};

static bool covers_point(const struct disc_path *path, struct ink_point p)
{
    float dx = path->b.x - path->a.x, dy = path->b.y - path->a.y;
    float length2 = dx * dx + dy * dy;
    float t = length2 > 0 ? ((p.x - path->a.x) * dx + (p.y - path->a.y) * dy) / length2 : 0;
    t = clamp_float(t, 0, 1);
    return hypotf(p.x - path->a.x - t * dx, p.y - path->a.y - t * dy) <= path->radius;
}

static struct ink_point mix_points(struct ink_point a, struct ink_point b, float t)
{
    return (struct ink_point){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

/* Where on the line from `out` (not covered) to `in` (covered) the eraser's edge is: halving the
 * distance 20 times is exact to a millionth of the line. */
static struct ink_point find_edge(const struct disc_path *path, struct ink_point out,
                                  struct ink_point in)
{
    float lo = 0, hi = 1;
    for (int i = 0; i < 20; i++) {
        float middle = 0.5f * (lo + hi);
        if (covers_point(path, mix_points(out, in, middle)))
            hi = middle;
        else
            lo = middle;
    }
    return mix_points(out, in, lo);
}

/* Strokes that are being put together from what an eraser leaves. */
struct remains {
    struct ink *ink;
    bool open; /* the last stroke goes on */
    bool ok;
    struct err *err;
};

static void keep_point(struct remains *r, struct ink_point p)
{
    if (!r->ok)
        return;
    r->ok = r->open ? ink_add(r->ink, p.x, p.y, r->err) : ink_begin(r->ink, p.x, p.y, r->err);
    r->open = true;
}

/* A piece of the line, short against the eraser, so that its ends tell all. */
static void keep_piece(struct remains *r, const struct disc_path *path, struct ink_point a,
                       struct ink_point b, bool b_is_point)
{
    bool a_covered = covers_point(path, a), b_covered = covers_point(path, b);
    if (!a_covered && b_covered)
        keep_point(r, find_edge(path, a, b));
    if (a_covered && !b_covered)
        keep_point(r, find_edge(path, b, a));
    if (b_covered)
        r->open = false;
    else if (b_is_point)
        keep_point(r, b);
}

static bool may_touch(const struct disc_path *path, struct ink_point a, struct ink_point b)
{
    float r = path->radius;
    return fmaxf(a.x, b.x) >= fminf(path->a.x, path->b.x) - r &&
           fminf(a.x, b.x) <= fmaxf(path->a.x, path->b.x) + r &&
           fmaxf(a.y, b.y) >= fminf(path->a.y, path->b.y) - r &&
           fminf(a.y, b.y) <= fmaxf(path->a.y, path->b.y) + r;
}

static void keep_line(struct remains *r, const struct disc_path *path, struct ink_point a,
                      struct ink_point b)
{
    enum { PIECES_MAX = 4096 };
    int pieces = 1;
    if (may_touch(path, a, b)) {
        float want = ceilf(4 * hypotf(b.x - a.x, b.y - a.y) / path->radius);
        pieces = want < 1 ? 1 : want < PIECES_MAX ? (int)want : PIECES_MAX;
    }
    struct ink_point from = a;
    for (int i = 1; i <= pieces; i++) {
        struct ink_point to = i == pieces ? b : mix_points(a, b, (float)i / (float)pieces);
        keep_piece(r, path, from, to, i == pieces);
        from = to;
    }
}

/* Leaves in d->scratch what the eraser leaves of the ink. */
static bool erase_along(struct drawing *d, const struct disc_path *path, struct err *err)
{
    struct remains r = {&d->scratch, false, true, err};
    ink_clear(&d->scratch);
    for (uint32_t i = 0; i < d->ink.stroke_count && r.ok; i++) {
        const struct ink_stroke *s = &d->ink.strokes[i];
        const struct ink_point *p = d->ink.points + s->at;
        r.open = false;
        if (!covers_point(path, p[0]))
            keep_point(&r, p[0]);
        for (uint32_t k = 1; k < s->count && r.ok; k++)
            keep_line(&r, path, p[k - 1], p[k]);
    }
    return r.ok;
}

static bool same_ink(const struct ink *a, const struct ink *b)
{
    return a->stroke_count == b->stroke_count && count_same(a, b) == a->stroke_count;
}

static bool move_eraser(struct drawing *d, float x, float y, struct err *err)
{
    struct disc_path path = {{d->lifted ? x : d->x, d->lifted ? y : d->y}, {x, y}, d->radius};
    if (!isfinite(x) || !isfinite(y))
        return err_set(err, _("The eraser's place is not a number; try again."));
    if (!erase_along(d, &path, err))
        return false;
    d->x = x;
    d->y = y;
    d->lifted = false;
    if (same_ink(&d->scratch, &d->ink))
        return true;
    struct ink swap = d->ink;
    d->ink = d->scratch;
    d->scratch = swap;
    d->changes++;
    return true;
}

bool drawing_begin_erasing(struct drawing *d, float x, float y, float radius, struct err *err)
{
    drawing_end(d);
    if (!(radius > 0) || !isfinite(radius))
        return err_set(err, _("The eraser's size must be above 0."));
    if (!ink_copy(&d->erased_from, &d->ink, err))
        return false;
    d->x = x;
    d->y = y;
    d->radius = radius;
    if (!move_eraser(d, x, y, err))
        return false;
    d->gesture = ERASING;
    return true;
}

/* ---- gestures ------------------------------------------------------------------------------ */

bool drawing_move(struct drawing *d, float x, float y, struct err *err)
{
    if (d->gesture == DRAWING_STROKE)
        return extend_stroke(d, x, y, err);
    if (d->gesture == ERASING)
        return move_eraser(d, x, y, err);
    return true;
}

void drawing_lift(struct drawing *d)
{
    d->lifted = d->gesture != NO_GESTURE;
}

void drawing_end(struct drawing *d)
{
    enum gesture gesture = d->gesture;
    d->gesture = NO_GESTURE;
    d->lifted = false;
    if (gesture == DRAWING_STROKE)
        keep_step(d, d->stroke_from, NULL);
    if (gesture == ERASING && !same_ink(&d->erased_from, &d->ink))
        keep_step(d, count_same(&d->erased_from, &d->ink), &d->erased_from);
}

bool drawing_replace(struct drawing *d, const struct ink *ink, struct err *err)
{
    drawing_end(d);
    if (same_ink(ink, &d->ink))
        return true;
    if (!ink_copy(&d->scratch, ink, err))
        return false;
    struct ink before = d->ink;
    d->ink = d->scratch;
    d->scratch = before;
    keep_step(d, 0, &d->scratch);
    d->changes++;
    return true;
}

bool drawing_clear(struct drawing *d, struct err *err)
{
    static const struct ink none;
    return drawing_replace(d, &none, err);
}

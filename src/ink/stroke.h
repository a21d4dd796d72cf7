/* stroke.h -- ink as it was drawn: strokes, each a line through points.
 *
 * Coordinates are in any unit that the source has (points of a canvas, tablet units), x to the
 * right and y down. All points lie in one array, stroke after stroke, so that a copy is two
 * memcpys. A stroke with a single point is a dot.
 */
#ifndef INK_STROKE_H
#define INK_STROKE_H

#include <stdbool.h>
#include <stdint.h>

struct err;

enum {
    INK_POINTS_MAX = 1 << 15, /* of all strokes together */
    INK_STROKES_MAX = 1 << 11,
};

struct ink_point {
    float x, y;
};

struct ink_stroke {
    uint32_t at, count; /* ink.points[at .. at + count) */
};

/* All zero is an empty ink, ready for use. */
struct ink {
    struct ink_point *points;
    uint32_t point_count, point_room;
    struct ink_stroke *strokes;
    uint32_t stroke_count, stroke_room;
};

struct ink_box {
    float x0, y0, x1, y1;
};

void ink_free(struct ink *ink);  /* and makes it empty, ready for use again */
void ink_clear(struct ink *ink); /* makes it empty, keeps the memory */

/* Begins a stroke at a point; the next points go to it. False, with a sentence, when the ink is
 * full, there is no memory, or the coordinates are not finite: the ink is then as it was. */
bool ink_begin(struct ink *ink, float x, float y, struct err *err);

/* Adds a point to the last stroke, which must be there. A repeated point is left out. */
bool ink_add(struct ink *ink, float x, float y, struct err *err);

/* Appends the strokes [from, from + count) of another ink. */
bool ink_append(struct ink *ink, const struct ink *other, uint32_t from, uint32_t count,
                struct err *err);

/* Takes away all strokes from the one numbered `count` on. */
void ink_truncate(struct ink *ink, uint32_t count);

/* Puts all strokes of `tail` in place of those from the one numbered `kept` on. False, with a
 * sentence, when the ink would be too full or memory is short: the ink is then as it was. */
bool ink_replace_tail(struct ink *ink, uint32_t kept, const struct ink *tail, struct err *err);

/* Makes `ink` (empty or not) the same as `other`. */
bool ink_copy(struct ink *ink, const struct ink *other, struct err *err);

/* The tight box of all points, without any pen. False for an empty ink. */
bool ink_bounds(const struct ink *ink, struct ink_box *box);

/* Cuts the line from a to b to the part of it that lies in the box (Liang and Barsky). False where
 * none does; an end that lies inside stays exactly where it is. */
bool ink_clip_line(const struct ink_box *box, struct ink_point *a, struct ink_point *b);

#endif

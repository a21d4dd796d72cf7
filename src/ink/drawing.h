/* drawing.h -- ink that a person edits: draw, erase, clear, undo, redo.
 *
 * A gesture is begin, any number of moves, end. One gesture is one step of undo, and so is a
 * clear. A click is a gesture without moves, and leaves a dot. The ink can be read at any time, in
 * the middle of a gesture too.
 */
#ifndef INK_DRAWING_H
#define INK_DRAWING_H

#include <stdbool.h>
#include <stdint.h>

struct err;
struct ink;
struct drawing;

enum { DRAWING_UNDO_MAX = 256 }; /* steps that are kept; older ones are forgotten */

struct drawing *drawing_new(struct err *err); /* empty */
void drawing_free(struct drawing *drawing);   /* NULL is fine */

/* What is drawn now. It belongs to the drawing; read it afresh after any change. */
const struct ink *drawing_ink(const struct drawing *drawing);

/* Goes up with every change of the ink, never down: remember it to see whether to read anew. */
uint64_t drawing_changes(const struct drawing *drawing);

/* How many steps led to what is drawn now: up by one with each new step and each redo, down by one
 * with each undo. So two moments with the same number and no new step between them show the same.
 */
uint64_t drawing_step(const struct drawing *drawing);

/* A stroke. Beginning while another gesture is open ends that one first; moving and ending do
 * nothing when no gesture is open. False when the drawing is full or memory is short. */
bool drawing_begin(struct drawing *drawing, float x, float y, struct err *err);

/* The eraser: takes away all ink within `radius` of its path, and splits strokes there. A gesture
 * that met no ink leaves no step to undo. */
bool drawing_begin_erasing(struct drawing *drawing, float x, float y, float radius,
                           struct err *err);
bool drawing_move(struct drawing *drawing, float x, float y, struct err *err);

/* The pen leaves the paper within its gesture: the next move does not lead from here to there, but
 * begins another stroke there, or erases from there on. */
void drawing_lift(struct drawing *drawing);
void drawing_end(struct drawing *drawing);

/* Whether a stroke or an eraser gesture is open. */
bool drawing_active(const struct drawing *drawing);

/* Each ends an open gesture first. Replacing puts a copy of other ink in place of all there is.
 * Clearing an empty drawing is no step. Undo and redo tell whether a step was taken; where
 * memory is short, none is, and the ink and the steps stay. */
bool drawing_clear(struct drawing *drawing, struct err *err);
bool drawing_replace(struct drawing *drawing, const struct ink *ink, struct err *err);
bool drawing_undo(struct drawing *drawing);
bool drawing_redo(struct drawing *drawing);
bool drawing_can_undo(const struct drawing *drawing);
bool drawing_can_redo(const struct drawing *drawing);

#endif

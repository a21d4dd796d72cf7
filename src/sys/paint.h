/* paint.h -- paints a list of shapes into plain memory, at any scale.
 *
 * No window is needed: the same painter fills a window, a PNG file and a test. Boxes, clips and
 * images are put on whole pixels, so that edges are sharp at every scale; dots (boxes that are
 * circles), lines and polygons keep their place to a fraction of a pixel.
 *
 * The frame is divided into cells. Each cell's hash is made of all that touches it, so that the
 * next frame repaints only the cells whose hash is another one.
 *
 * A painter belongs to one thread, with its fonts.
 */
#ifndef SYS_PAINT_H
#define SYS_PAINT_H

#include <stdbool.h>

#include "sys/target.h"
#include "ui/shape.h"

struct err;
struct fonts;
struct painter;

/* `fonts` must outlive the painter; NULL leaves texts out. */
struct painter *painter_new(struct fonts *fonts, struct err *err);
void painter_free(struct painter *painter); /* NULL is fine */

/* Paints the whole frame over `ground`. Shapes in points, `scale` pixels each. */
void paint_all(struct painter *painter, const struct paint_target *target,
               const struct ui_shapes *shapes, float scale, ui_color ground);

/* Paints what differs from the frame that this function painted last, which the target's pixels
 * still must hold; returns how many rectangles were painted and, in *rects, which: they belong to
 * the painter until its next frame. Another size, scale or ground repaints everything. */
int paint_changes(struct painter *painter, const struct paint_target *target,
                  const struct ui_shapes *shapes, float scale, ui_color ground,
                  const struct paint_rect **rects);

/* The target's pixels were lost: the next paint_changes paints everything. */
void painter_forget(struct painter *painter);

#endif

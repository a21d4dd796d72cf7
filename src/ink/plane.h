/* plane.h -- strokes to grey, antialiased.
 *
 * A plane is rows x cols floats, row by row, 0 paper to 1 ink; pixel (0, 0) covers the square from
 * (0, 0) to (1, 1). Painting keeps the darker of what is there and what is painted, so the joints
 * of a stroke do not show and the order does not matter.
 */
#ifndef INK_PLANE_H
#define INK_PLANE_H

struct plane {
    int rows, cols;
    float *grey; /* [rows][cols]; the caller's */
};

/* One end of a piece of a stroke: where the pen stood and how wide its mark is, in pixels. */
struct plane_pen {
    float x, y, width;
};

/* Paints the piece from a to b with round ends; the width changes evenly in between. The edge
 * falls from ink to paper over `soft` pixels (1: the area of a pixel that is covered). What lies
 * outside the plane is left out. */
void plane_piece(struct plane *plane, struct plane_pen a, struct plane_pen b, float soft);

#endif

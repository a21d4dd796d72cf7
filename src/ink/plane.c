/* SPDX-License-Identifier: MIT */
#include "ink/plane.h"

#include <math.h>

#include "base/clamp.h"

static int cut_to(float value, int most)
{
    return (int)clamp_float(value, 0, (float)most);
}

/* The distance of a pixel's centre to the line from a to b, less half the pen's width there, tells
 * how much of the pixel is ink. t is the nearest place on the line, 0 at a to 1 at b. */
void plane_piece(struct plane *plane, struct plane_pen a, struct plane_pen b, float soft)
{
    float dx = b.x - a.x, dy = b.y - a.y;
    float length2 = dx * dx + dy * dy;
    float per_length2 = length2 > 0 ? 1 / length2 : 0, per_soft = 1 / soft;
    float reach = 0.5f * (fmaxf(a.width, b.width) + soft);
    int row0 = cut_to(fminf(a.y, b.y) - reach, plane->rows);
    int row1 = cut_to(fmaxf(a.y, b.y) + reach + 1, plane->rows);
    int col0 = cut_to(fminf(a.x, b.x) - reach, plane->cols);
    int col1 = cut_to(fmaxf(a.x, b.x) + reach + 1, plane->cols);
    for (int row = row0; row < row1; row++) {
        float *grey = plane->grey + (long)row * plane->cols;
        float py = (float)row + 0.5f - a.y;
        for (int col = col0; col < col1; col++) {
            float px = (float)col + 0.5f - a.x;
            float t = (px * dx + py * dy) * per_length2;
            t = clamp_float(t, 0, 1);
            float ex = px - t * dx, ey = py - t * dy;
            float half = 0.5f * (a.width + t * (b.width - a.width));
            float ink = 0.5f + (half - sqrtf(ex * ex + ey * ey)) * per_soft;
            ink = ink > 1 ? 1 : ink;
            grey[col] = ink > grey[col] ? ink : grey[col];
        }
    }
}

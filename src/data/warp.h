/* warp.h -- a 28x28 picture turned, slanted, resized, moved, bent, thickened, step by step.
 *
 *     warp_begin(&frame, pixels);
 *     warp_thicken(&frame, 0.5f);
 *     struct warp_matrix back = warp_invert(warp_matrix(turn, 0, size, size));
 *     warp_picture(&frame, back, shift_x, shift_y, NULL, out);
 *
 * It is the picture itself that is moved: it is not fitted anew afterwards (ink/fit.h), as a
 * drawing of strokes would be. augment.h draws the amounts by chance.
 */
#ifndef DATA_WARP_H
#define DATA_WARP_H

#include <stdint.h>

#include "ink/fit.h"

struct rng;

enum {
    WARP_MARGIN = 2, /* of paper around a picture while it is read from */
    WARP_WIDE = FIT_SIZE + 2 * WARP_MARGIN,
};

/* A 2x2 matrix that turns, slants, resizes and stretches around the middle of the picture. */
struct warp_matrix {
    float xx, xy, yx, yy;
};

/* turn: radians, clockwise. shear: sideways pixels for each pixel of height. wide, high: factors.
 */
struct warp_matrix warp_matrix(float turn, float shear, float wide, float high);
struct warp_matrix warp_invert(struct warp_matrix matrix);

/* A smooth displacement of each pixel, in pixels, drawn by chance with that deviation. */
struct warp_bend {
    float x[FIT_SIZE][FIT_SIZE], y[FIT_SIZE][FIT_SIZE];
};
void warp_draw_bend(struct warp_bend *bend, struct rng *rng, float deviation);

/* A picture with paper around it, so that reading a little outside of it is safe. */
struct warp_frame {
    float at[WARP_WIDE * WARP_WIDE];
};
void warp_begin(struct warp_frame *frame, const uint8_t *pixels);

/* Moves each pixel the part `amount` of the way to the largest of itself and its four neighbours,
 * or below 0 to the smallest. Of more than 1 whole pixels come first. */
void warp_thicken(struct warp_frame *frame, float amount);

/* The picture moved: `from` leads back from the result, `bend` may be NULL. FIT_LEN floats. */
void warp_picture(const struct warp_frame *frame, struct warp_matrix from, float shift_x,
                  float shift_y, const struct warp_bend *bend, float *out);

/* The ink between paper and full, darker or lighter: raised to a power. FIT_LEN floats. */
void warp_contrast(float power, float *x);

#endif

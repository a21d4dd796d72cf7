/* fit.h -- the one rule that turns ink into the 28x28 picture that a network sees.
 *
 * It is the rule by which MNIST was made (checked against its training images): the ink's box,
 * made square by extending the shorter side equally, becomes 20x20 pixels; grey is scaled so that
 * the brightest pixel is 255; the 20x20 is pasted into 28x28 at trunc(15 - m) in x and y, where m
 * is its centre of mass with pixel centres at +0.5.
 *
 * Strokes are scaled first and only then drawn, with one pen, so that the answer depends on
 * neither the size of a drawing nor the brush that it is shown with. The mouse, strokes from files
 * and training on strokes all come through ink_fit().
 */
#ifndef INK_FIT_H
#define INK_FIT_H

#include <stdbool.h>
#include <stdint.h>

#include "ink/stroke.h"

struct err;
struct plane;

enum {
    FIT_SIZE = 28, /* pixels of a side */
    FIT_BOX = 20,  /* pixels of the longer side of the ink's box */
    FIT_LEN = FIT_SIZE * FIT_SIZE,
    FIT_PICTURE_MAX = 1 << 14, /* pixels of a side of a picture that is fitted */
};

struct ink_fit {
    bool any;                /* false: no ink, all pixels 0, and there is nothing to read */
    uint8_t pixels[FIT_LEN]; /* [row][col], 0 paper to 255 ink */
    struct ink_box box;      /* of the ink in its own units; for strokes without the pen */
    float scale, scale_y; /* a point (x, y) of the ink stands at (scale x + x0, scale_y y + y0); */
    float x0, y0;            /* in pixels of the 28x28 from its top left corner. The two scales are
                              * the same but where FIT_SQUARE is left out */
    float mass_x, mass_y;    /* the centre of mass in the ink's own units */
    bool dark_on_light;      /* of a picture: its ink is darker than its paper */
    bool several;            /* of a picture: there are other digits beside this one */
};

/* A pen: the width of its mark in pixels of the 28x28, and over how many its edge falls off. With
 * `pressure`, one for each point of the ink, from 0 to 1, the mark is that part of the width. */
struct fit_pen {
    float width, soft;
    const float *pressure;
};

/* 2.5 wide, soft over 1.2: strokes drawn so have the width (2.5, as ink by length of edge), the
 * mean (0.131) and the share of full ink (7 %) of MNIST's training images at the median. */
extern const struct fit_pen fit_pen_usual;

/* Fits strokes with the usual pen; the second, with any other (for training). Cannot fail. */
void ink_fit(const struct ink *ink, struct ink_fit *fit);
void ink_fit_with(const struct ink *ink, struct fit_pen pen, struct ink_fit *fit);

/* The steps of the rule, each of which can be left out, so that one can see what it is for. */
enum fit_step {
    FIT_TIGHT = 1,  /* the box of the ink; without it, all of the paper */
    FIT_SQUARE = 2, /* the shorter side is extended; without it, the ink is stretched to a square */
    FIT_TWENTY = 4, /* made 20x20; without it, as large as the 28x28 */
    FIT_MASS = 8,   /* pasted by the centre of mass; without it, in the middle */
    FIT_ALL = 15,
};

/* ink_fit() with some of the steps. `paper` is what the ink was drawn on, in its units. */
void ink_fit_steps(const struct ink *ink, struct ink_box paper, unsigned steps,
                   struct ink_fit *fit);

/* What a network is given: `count` pictures of FIT_LEN bytes as floats from 0 paper to 1 ink, which
 * is each byte times FIT_SCALE. */
#define FIT_SCALE (1.0f / 255)
void fit_floats(const uint8_t *pixels, uint32_t count, float *x);

/* Makes a picture ([rows][cols] bytes, each row `stride` bytes after the one before) smaller by
 * averaging blocks of factor x factor; those at the right and the bottom may be smaller. `out` has
 * as many rows and columns as there are blocks. */
void fit_shrink(const uint8_t *grey, int rows, int cols, int stride, int factor, struct plane *out);

/* Fits a picture: [rows][cols] bytes, each row `stride` bytes after the one before. Light ink on
 * dark is told from dark on light; uneven light, noise and specks, ruled lines, frames and rules, a
 * dark edge and what lies around a sheet of paper are removed, and the digit that is left is
 * fitted, or the largest of several. Without the step FIT_TIGHT the box is the page on which it was
 * found. False with a sentence: too large, or no memory. */
bool ink_fit_picture(const uint8_t *grey, int rows, int cols, int stride, struct ink_fit *fit,
                     struct err *err);
bool ink_fit_picture_steps(const uint8_t *grey, int rows, int cols, int stride, unsigned steps,
                           struct ink_fit *fit, struct err *err);

/* The last half of the rule, from clean grey of any size where 0 is paper: box, 20x20, brightest
 * 255, centre of mass. The grey may have any positive scale. */
void ink_fit_grey_steps(const struct plane *clean, unsigned steps, struct ink_fit *fit);

#endif

/* picture_scene.h -- a made-up picture of a digit on a page: ink, marks of other kinds, light.
 *
 * A scene is drawn in layers that are joined at the end: the ground, marks on it (lines, frames),
 * and the digit's ink. Everything is chosen by a generator of random numbers, so a seed gives the
 * same picture on every machine.
 */
#ifndef TESTS_PICTURE_SCENE_H
#define TESTS_PICTURE_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rng.h"
#include "ink/plane.h"

struct ink;

/* What is drawn: 28x28 bytes as in MNIST, or where they are NULL strokes. */
struct scene_digit {
    const uint8_t *pixels;
    const struct ink *ink;
};

struct scene_box {
    float x, y, wide, high;
};

/* What holds all of the 28x28 pixels that have at least that much ink. */
struct scene_box scene_box_of(const uint8_t *pixels, uint8_t least);

struct scene {
    int rows, cols;
    float *ground;            /* shades, 0 black to 255 white */
    struct plane marks, ink;  /* how much of a pixel is covered, 0 to 1 */
    float mark_shade, ink_shade;
    struct rng *rng;
};

/* A page of one shade. The caller frees it. Ends the program where there is no memory. */
struct scene scene_new(struct rng *rng, int rows, int cols, float shade);
void scene_free(struct scene *s);

/* The digit, as large as it fits, in the middle of `at`. */
void scene_draw(struct scene *s, struct scene_digit digit, struct scene_box at);
/* The same in square cells as a plotting program shows 28x28 pixels. */
void scene_draw_cells(struct scene *s, const uint8_t *pixels, struct scene_box at, float ground);

void scene_line(struct scene *s, float x0, float y0, float x1, float y1, float wide);
void scene_rectangle(struct scene *s, struct scene_box at, float wide, float round);
/* Small scribbles as lines of text look from afar. */
void scene_text(struct scene *s, struct scene_box at);
/* Fills a turned rectangle of the ground with a shade; the angle is in radians. */
void scene_card(struct scene *s, struct scene_box at, float angle, float shade);

/* All layers as one, [rows][cols]; the caller frees it. */
float *scene_join(const struct scene *s);

void scene_blur(float *grey, int rows, int cols, float deviation);
void scene_noise(float *grey, int rows, int cols, float deviation, struct rng *rng);
/* A picture seen aslant, by up to `strength` of a side; what lies outside has `shade`. */
void scene_slant(float *grey, int rows, int cols, float strength, float shade, struct rng *rng);

#endif

/* handset.h -- a neuron that looks at a picture of 28x28, its weights set by hand.
 *
 * 784 weights are too many to set: the picture is cut into 7x7 patches of 4x4 pixels, and all
 * pixels of a patch have the same weight. What it shall find is a stroke in the upper left, as the
 * book's hidden neurons do: made-up strokes say whether it does, three of which have one.
 */
#ifndef LESSON_HANDSET_H
#define LESSON_HANDSET_H

#include <stdbool.h>
#include <stdint.h>

#include "ink/fit.h"

struct err;
struct kern;
struct nn;
struct nn_work;

enum {
    HANDSET_SIDE = 7, /* patches */
    HANDSET_PATCH = FIT_SIZE / HANDSET_SIDE,
    HANDSET_WANTED = 3, /* the first strokes are those that it shall find */
    HANDSET_STROKES = 9,
    HANDSET_PICTURES_MAX = 16,
};

struct handset {
    struct nn *net;
    struct nn_work *work;
    float patch[HANDSET_SIDE][HANDSET_SIDE]; /* set by the owner, who then calls handset_put */
    float bias;
};

/* All weights zero. False with a sentence: no memory. */
bool handset_begin(struct handset *handset, const struct kern *kern, struct err *err);
void handset_end(struct handset *handset);

/* Gives the network the weights. */
void handset_put(struct handset *handset);

/* What it answers to `count` pictures of FIT_LEN bytes, at most HANDSET_PICTURES_MAX: one output,
 * and one sum before the sigmoid (NULL: not wanted), for each. */
void handset_read(struct handset *handset, const uint8_t *pictures, int count, float *out,
                  float *sums);

/* Draws made-up stroke i where it stands, without the centring that digits get. */
bool handset_stroke(int i, uint8_t pixels[FIT_LEN], struct err *err);
const char *handset_stroke_name(int i); /* in the person's language */

#endif

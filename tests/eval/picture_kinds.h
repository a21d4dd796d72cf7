/* picture_kinds.h -- kinds of pictures that people drop on the program, made from a digit and a
 * seed.
 */
#ifndef TESTS_PICTURE_KINDS_H
#define TESTS_PICTURE_KINDS_H

#include <stdint.h>

#include "picture_scene.h"

enum kind {
    KIND_CLEAN,
    KIND_SCANNER,
    KIND_FRAME,
    KIND_BOX,
    KIND_AXES,
    KIND_RULE,
    KIND_LINED,
    KIND_SQUARED,
    KIND_SLIP,
    KIND_FAINT,
    KIND_EIGHT,
    KIND_ZERO_ONE,
    KIND_SHADOW,
    KIND_LIGHT,
    KIND_ASLANT,
    KIND_BLUR,
    KIND_NOISE,
    KIND_COLOURED,
    KIND_CHALK,
    KIND_DUST,
    KIND_CROSSED,
    KIND_TWO,
    KIND_NONE,
    KINDS
};

const char *kind_name(enum kind kind);
double kind_aim(enum kind kind); /* the share that shall be read right; 0 where there is no aim */

struct kind_picture {
    int rows, cols;
    uint8_t *grey; /* the caller's to free */
};

/* `other` is drawn beside it where there are two. */
struct kind_picture kind_make(enum kind kind, struct scene_digit digit, struct scene_digit other,
                              struct rng *rng);

#endif

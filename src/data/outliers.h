/* outliers.h -- drawings that are no digits, for when a network has to know that it does not know:
 * letters, scribbles, blobs, signs, and several digits at once.
 *
 * They are drawn by the same made-up hands as the synthetic digits (scribe.h) and come through the
 * same rule as all ink. What is a digit in some hand (the letters O, l, S, Z and their like, a bare
 * upright line, a zigzag of three legs) is never drawn.
 */
#ifndef DATA_OUTLIERS_H
#define DATA_OUTLIERS_H

#include <stdint.h>

struct dataset;
struct err;

enum outlier_kind {
    OUTLIER_LETTERS = 1 << 0,
    OUTLIER_LETTERS_APART = 1 << 1, /* other letters than those */
    OUTLIER_WALKS = 1 << 2,         /* the pen wanders */
    OUTLIER_ZIGZAGS = 1 << 3,
    OUTLIER_COILS = 1 << 4, /* spirals, loops along a line, tangles */
    OUTLIER_HATCHINGS = 1 << 5,
    OUTLIER_BLOBS = 1 << 6,        /* blots, and handfuls of dots */
    OUTLIER_LINES = 1 << 7,        /* crosses, grids, lines that are no 1 */
    OUTLIER_ROWS = 1 << 8,         /* digits side by side, fitted as one drawing */
    OUTLIER_PILES = 1 << 9,        /* digits over one another */
    OUTLIER_SIGNS = 1 << 10,       /* shapes, arrows, faces, punctuation */
    OUTLIER_SIGNS_APART = 1 << 11, /* other signs than those */
    OUTLIER_ALL = (1 << 12) - 1,

    /* Never trained on, so that one can measure what a network makes of the unknown. */
    OUTLIER_APART = OUTLIER_LETTERS_APART | OUTLIER_HATCHINGS | OUTLIER_SIGNS_APART,
    OUTLIER_TRAINING = OUTLIER_ALL & ~OUTLIER_APART,
};

/* Draws number `index` of `seed`, of one of `kinds` (one at least): 28x28 bytes. It is always the
 * same, to the byte, on one machine. Returns its kind. */
enum outlier_kind outlier_draw(uint64_t seed, uint64_t index, unsigned kinds, uint8_t *pixels);

/* Numbers 0 .. count - 1 as a set, whose labels mean nothing (they are 0). The caller frees it. */
struct dataset *outliers_new(uint64_t seed, unsigned kinds, uint32_t count, struct err *err);

#endif

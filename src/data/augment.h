/* augment.h -- the same digit as another hand might have drawn it, afresh for every mini-batch.
 *
 * In words: `shift 2 rotate 10 scale 0.1 shear 0.1 aspect 0.1 elastic 1 thick 0.5 contrast 0.5
 * coarse 0.3 plain 0.3`, any of them in any order, or `none`. The same generator gives the same
 * picture on one machine; paper stays exactly 0.
 */
#ifndef DATA_AUGMENT_H
#define DATA_AUGMENT_H

#include <stdbool.h>
#include <stdint.h>

struct err;
struct ink;
struct rng;

enum { AUGMENT_WORDS_MAX = 320 };

/* How much of each. Every amount is drawn evenly from -value to +value, except elastic, coarse
 * and plain. */
struct augment_spec {
    float shift;   /* pixels, in x and in y; a whole number alone moves by whole pixels */
    float rotate;  /* degrees */
    float scale;   /* 0.1: from 1/1.1 to 1.1 times the size */
    float shear;   /* sideways pixels for each pixel of height: slant */
    float aspect;  /* 0.1: the width from 1/1.1 to 1.1 times, the height the other way */
    float elastic; /* pixels: the deviation of a smooth displacement (Simard et al. 2003) */
    float thick;   /* 1: from wholly eroded to wholly dilated by a pixel's neighbours */
    float contrast; /* 1: greys are raised to a power from 1/2 to 2 */
    float coarse;  /* the part of the pictures that looks as a scan of few dots does: read at every
                    * one to two pixels only, and drawn smoothly between them */
    float plain;   /* the part that is only shifted, by whole pixels: bending blurs, and a network
                    * that never sees a sharp picture may take sharpness for a sign of something */
};

/* Reads words; NULL or empty words are `none`. False with a sentence that quotes the wrong word. */
bool augment_parse(const char *words, struct augment_spec *spec, struct err *err);

/* Writes the words in their one canonical form to `words`, AUGMENT_WORDS_MAX bytes. Returns it. */
char *augment_words(const struct augment_spec *spec, char *words);

bool augment_is_none(const struct augment_spec *spec);

/* One picture: 28x28 bytes to 28x28 floats from 0 to 1. */
void augment_image(const struct augment_spec *spec, struct rng *rng, const uint8_t *pixels,
                   float *out);

/* Strokes, drawn anew: turned, sheared and stretched as the spec says, then fitted (fit.h) with a
 * pen that varies with `thick`; scale is without effect as the fit undoes it. 28x28 floats. */
void augment_ink(const struct augment_spec *spec, struct rng *rng, const struct ink *ink,
                 float *out);

#endif

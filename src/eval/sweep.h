/* sweep.h -- the ten probabilities as a picture is turned, moved, resized and thickened.
 *
 * It is the 28x28 picture that is changed, as the network sees it (data/warp.h), not the strokes.
 * The reader's fit (ink/fit.h) undoes moving and resizing before the network sees a drawing, and
 * half undoes turning, which it centres anew: what is shown here is what the network itself makes
 * of such pictures, and so what the fit is for.
 *
 * The curve is read at SWEEP_PLACES values; where the answer at one differs from that at the next,
 * the flip between them is found by bisection, to SWEEP_EXACT of the whole range. An answer that
 * comes and goes between two places goes unseen.
 *
 * All six take 30 ms with the shipped model, one 4 to 8 ms: a window may call a single one on its
 * own thread as the drawing changes, or all in a job:
 *
 *     for (kind = 0; kind < SWEEP_KINDS && job_step(job, (double)kind / SWEEP_KINDS); kind++)
 *         sweep_read(net, work, pixels, kind, temperature, &sweeps[kind]);
 */
#ifndef EVAL_SWEEP_H
#define EVAL_SWEEP_H

#include <stdint.h>

#include "eval/verdict.h"

struct nn;
struct nn_work;

enum sweep_kind {
    SWEEP_TURN,   /* degrees, clockwise, -45 to 45 */
    SWEEP_RIGHT,  /* pixels, -8 to 8 */
    SWEEP_DOWN,   /* pixels, -8 to 8 */
    SWEEP_RESIZE, /* powers of two: half to twice the size, -1 to 1 */
    SWEEP_SLANT,  /* sideways pixels for each of height, -1 to 1 */
    SWEEP_THICK,  /* pixels of each edge, by dilating and eroding, -2 to 2 */
    SWEEP_KINDS,
};

enum { SWEEP_PLACES = 41, SWEEP_FLIPS_MAX = SWEEP_PLACES - 1 };
#define SWEEP_EXACT (1.0f / 10000)

struct sweep_flip {
    float value;       /* from here on it is another digit; */
    int before, after; /* these */
};

struct sweep {
    float least, most;         /* the range */
    float value[SWEEP_PLACES]; /* SWEEP_PLACES / 2 is the picture as it is, at 0 */
    struct verdict_probabilities answer[SWEEP_PLACES];
    struct sweep_flip flips[SWEEP_FLIPS_MAX]; /* in the order of their values */
    int flip_count;
};

/* The picture changed by `value`: FIT_LEN bytes to FIT_LEN floats. At 0 it is as it was. */
void sweep_picture(enum sweep_kind kind, float value, const uint8_t *pixels, float *out);

/* `net` takes 784 numbers and gives ten; `work` has room for SWEEP_PLACES samples. */
void sweep_read(const struct nn *net, struct nn_work *work, const uint8_t *pixels,
                enum sweep_kind kind, double temperature, struct sweep *sweep);

#endif

/* attribution.h -- which ink spoke for and against each of the ten digits.
 *
 * Two ways of asking, both of the sums of the last layer, z: what softmax or sigmoid makes of them
 * hardly moves where the network is sure, and would show nothing there.
 *
 *   gradient   x * dz/dx: how much z would fall if the pixel faded, by the slope where it stands.
 *              One pass back for all ten. Paper has x = 0 and so never a say, though its being
 *              empty may be what tells a 4 from a 9; and it is a slope: right for a small change,
 *              not for taking a stroke away.
 *   occlusion  z - z', where z' is read with a square of paper around the pixel: what taking away
 *              this ink really does. It can't tell pixels of one square apart, and sees no two far
 *              pieces that can stand in for one another.
 *
 * Positive spoke for the digit, negative against it. A window calls the gradient on its own thread
 * whenever the drawing changes, and the occlusion in a job, whose step is go_on:
 *
 *     struct attributor *a = attributor_new(net, kern, &err);        once a model
 *     attribution_gradient(a, net, x, &result);
 *
 *     static bool step(void *job, double part) { return job_step(job, part); }
 *     if (attribution_occlusion(a, net, x, occlusion_usual, step, job, &result))
 *         ... result is whole
 *
 * One thread at a time uses an attributor: a job has its own.
 */
#ifndef EVAL_ATTRIBUTION_H
#define EVAL_ATTRIBUTION_H

#include <stdbool.h>

#include "ink/fit.h"

struct err;
struct kern;
struct nn;

enum { ATTRIBUTION_DIGITS = 10 };

struct attribution {
    float z[ATTRIBUTION_DIGITS];           /* of the picture as it is */
    float of[ATTRIBUTION_DIGITS][FIT_LEN]; /* each pixel's say in each digit's z */
};

/* The scratch, for `net` and any network of the same words. NULL with a sentence: it does not take
 * 28 x 28 numbers and give ten, or memory is short. `kern` must outlive it. */
struct attributor *attributor_new(const struct nn *net, const struct kern *kern, struct err *err);
void attributor_free(struct attributor *attributor); /* NULL is fine */

/* x: FIT_LEN floats from 0 paper to 1 ink. */
void attribution_gradient(struct attributor *attributor, const struct nn *net, const float *x,
                          struct attribution *result);

struct occlusion {
    int side; /* pixels of the square, odd; its middle is the pixel that it tells of */
    int step; /* 1, 2 or 4: one pixel of each block of step x step is read, and its figure is that
               * of the block: 2 takes a quarter of the time */
};
extern const struct occlusion occlusion_usual; /* 5, 2 */

/* Squares without ink change nothing and are not read. `go_on`, which may be NULL, is asked after
 * every few pictures, with the part that is done; when it says no, so does this, and the result is
 * not whole. */
bool attribution_occlusion(struct attributor *attributor, const struct nn *net, const float *x,
                           struct occlusion how, bool (*go_on)(void *user, double part), void *user,
                           struct attribution *result);

#endif

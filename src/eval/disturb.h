/* disturb.h -- a dozen things that befall pictures, at three strengths, and how well a network
 * reads what they leave.
 *
 * Each is done to the 28x28 picture that the network sees (data/warp.h), after the fit and not
 * before it. What chance decides (which way, which corner, which pixels) comes from the seed, the
 * kind and the number of the image alone: the same picture every time, and the same chance at all
 * three strengths. The amounts are chosen by eye, so that the digits can still be read; that was
 * not measured.
 *
 * A window measures in a job, whose step is go_on, and shows the rows as they come:
 *
 *     static bool step(void *job, double part) { return job_step(job, part); }
 *     struct disturb_setup setup = {net, cost, kern, pool, set, 1, step, job};
 *     done = disturb_measure(&setup, &result, &err);
 */
#ifndef EVAL_DISTURB_H
#define EVAL_DISTURB_H

#include <stdbool.h>
#include <stdint.h>

#include "eval/evaluate.h"

struct dataset;

enum disturb_kind {
    DISTURB_MOVED,    /* any way */
    DISTURB_TURNED,   /* either way */
    DISTURB_RESIZED,  /* larger or smaller by that factor */
    DISTURB_SHEARED,  /* either way: sideways pixels for each of height */
    DISTURB_THIN,     /* edges eroded by so many pixels */
    DISTURB_THICK,    /* and dilated */
    DISTURB_NOISE,    /* on every pixel, normal, of that deviation in parts of full ink */
    DISTURB_BLUR,     /* so many times each pixel with its neighbours, 1 2 1 */
    DISTURB_CONTRAST, /* only that part of the ink is left */
    DISTURB_CUT,      /* one corner is paper, a square of that side */
    DISTURB_LINE,     /* of ink, so wide, through the picture near its middle */
    DISTURB_ELASTIC,  /* bent by a smooth displacement of that deviation */
    DISTURB_KINDS,
};
enum { DISTURB_STRENGTHS = 3 };

const char *disturb_name(enum disturb_kind kind);           /* "moved" */
const char *disturb_unit(enum disturb_kind kind);           /* "pixels" */
float disturb_amount(enum disturb_kind kind, int strength); /* strength: 0 to 2 */

/* Image number `index` of a set: 28x28 bytes to 28x28 bytes. */
void disturb_image(enum disturb_kind kind, int strength, uint64_t seed, uint32_t index,
                   const uint8_t *pixels, uint8_t *out);

struct disturb_setup {
    const struct nn *net; /* of 784 inputs and ten outputs */
    enum nn_cost cost;
    const struct kern *kern;
    struct pool *pool;
    const struct dataset *set;
    uint64_t seed;
    /* Asked before each of the 36, whose number is part * 36, and some times within it; false gives
     * it up. NULL: to the end. */
    bool (*go_on)(void *user, double part);
    void *user;
};

/* The same images under each. False with a sentence, or with "" where it was given up. */
struct disturb_result {
    struct evaluation figures[DISTURB_KINDS][DISTURB_STRENGTHS];
};
bool disturb_measure(const struct disturb_setup *setup, struct disturb_result *result,
                     struct err *err);

#endif

/* watch.h -- one mini-batch as a person can follow it: its pictures, what each was answered, the
 * cost, and how far it moved the weights.
 *
 * To watch changes nothing: the step is the very one of run_step. It takes a little longer.
 */
#ifndef TRAIN_WATCH_H
#define TRAIN_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "eval/verdict.h"
#include "ink/fit.h"

struct run;

enum { WATCH_IMAGES_MAX = 10 };

/* As the network was shown it, and what it answered before it learnt from it. */
struct watch_image {
    uint8_t pixels[FIT_LEN]; /* 0 paper to 255 ink */
    int digit;               /* -1: an outlier, which is no digit */
    float answer[VERDICT_CLASSES];
    bool right;
    float cost;
};

struct watch {
    uint64_t number;      /* how many were watched; 0: none yet, and the rest is zero */
    int epoch;            /* from 1 */
    uint32_t step, steps; /* of the epoch, from 1; and how many it has */
    uint32_t count, correct;
    double cost; /* an image, before the step */
    float rate;
    double moved, length; /* the distance between the weights before and after; and from nought to
                           * those before: both by Pythagoras over all of them */
    int image_count;      /* the first of the mini-batch */
    struct watch_image images[WATCH_IMAGES_MAX];
};

/* run_step, watched. `before` has room for all weights and is anybody's afterwards. Where the run
 * fails in this step, `watch` stays as it was. */
void watch_step(struct run *run, float *before, struct watch *watch);

#endif

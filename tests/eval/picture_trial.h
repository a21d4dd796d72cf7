/* picture_trial.h -- pictures of a kind read by a model: how many right, wrong, wrong and sure. */
#ifndef TESTS_PICTURE_TRIAL_H
#define TESTS_PICTURE_TRIAL_H

#include <stdint.h>

#include "picture_kinds.h"

struct dataset;
struct model;
struct nn_work;
struct unipen;

/* Where digits come from; with both, every second one from each. */
struct trial_source {
    const struct dataset *set;
    const struct unipen *strokes;
};

struct trial {
    const struct model *model;
    struct nn_work *work; /* for one picture at a time */
    struct trial_source source;
    uint64_t seed;
    const char *folder; /* where pictures that were not read right are left, or NULL */
};

/* Of two digits it is right to see that there are two, and of none not to be sure of one. */
struct trial_count {
    uint32_t count, right, sure_wrong, nothing; /* nothing: no ink was found */
    double milliseconds;                        /* for a picture, to find the ink */
};

/* An image of the source's set on even ground, and nothing else: how it is laid into the picture.
 */
struct trial_size {
    int side;    /* pixels that its 28 become, or where it is cut tight its box's longer side */
    int margin;  /* pixels of paper around */
    bool tight;  /* cut to its box first */
    bool smooth; /* made larger by interpolation, not in squares */
    bool dark;   /* dark ink on light */
};
struct trial_count trial_run_size(const struct trial *trial, struct trial_size size,
                                  uint32_t count);

struct trial_count trial_run(const struct trial *trial, enum kind kind, uint32_t count);

#endif

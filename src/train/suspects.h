/* suspects.h -- training images whose label is probably wrong: networks that were trained without
 * them deny it with confidence, and say the same other digit.
 *
 * The images are cut into folds. For each fold two networks of the recipe "swift" are trained on
 * all the others, and read the fold; their probabilities, each at the temperature that suits the
 * fold (calibrate.h), are averaged. So no image is judged by a network that has learnt its label.
 */
#ifndef TRAIN_SUSPECTS_H
#define TRAIN_SUSPECTS_H

#include <stdbool.h>
#include <stdint.h>

struct dataset;
struct err;
struct kern;
struct pool;

enum {
    SUSPECTS_FOLDS = 3,
    SUSPECTS_NETS = 2, /* for each fold */
    SUSPECTS_MAX = 1000,
    SUSPECTS_LEAST = 300, /* images that there must be */
};

#define SUSPECTS_CONFIDENCE 0.9f /* the least of the other digit */

struct suspect {
    uint32_t image;        /* its number in the set */
    uint8_t label, answer; /* what it is said to be, and what both networks read */
    float confidence;      /* of the answer, and */
    float denied;          /* of the label: the probability that it has, small */
};

struct suspects_setup {
    struct dataset *set; /* 28x28; its images change their order */
    const struct kern *kern;
    struct pool *pool;
    uint64_t seed;
    /* Asked now and then, with the part that is done; false gives it up. NULL: to the end. */
    bool (*go_on)(void *user, double part);
    void *user;
};

/* Writes the most confident suspects first, SUSPECTS_MAX at most, and *count. False with a
 * sentence, or with "" where it was given up. */
bool suspects_find(const struct suspects_setup *setup, struct suspect found[SUSPECTS_MAX],
                   int *count, struct err *err);

#endif

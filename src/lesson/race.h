/* race.h -- several trainings of the same network from the same random weights, side by side, each
 * with a learning rate and a mini-batch of its own.
 *
 * The network is the book's, 784-30-10 with the quadratic cost and plain gradient descent; it is
 * trained by train/run.h, and measured on images held back. Each lane is moved on so that all are
 * always about equally many epochs along.
 */
#ifndef LESSON_RACE_H
#define LESSON_RACE_H

#include <stdbool.h>
#include <stdint.h>

struct dataset;
struct err;
struct kern;
struct race;

enum { RACE_LANES_MAX = 4, RACE_POINTS_MAX = 256, RACE_IMAGES_MAX = 4000, RACE_ALL = 0 };

struct race_lane {
    double rate;
    int batch; /* images; RACE_ALL, or where there are not so many: all of them */
};

/* A look at the images held back. */
struct race_point {
    float epoch;          /* with its fraction */
    float seconds;        /* of training, of this lane alone */
    float cost, accuracy; /* accuracy 0 to 1 */
};

struct race_setup {
    const struct dataset *set; /* the first `images` are learnt from, the next `held_back` held
                                * back; copied, and fewer where there are not so many */
    uint32_t images, held_back;
    int epochs;
    uint64_t seed;
    const struct race_lane *lanes;
    int count;
    const struct kern *kern;
};

/* NULL with a sentence: too few images, a rate or a mini-batch that makes no sense, no memory. */
struct race *race_new(const struct race_setup *setup, struct err *err);
void race_free(struct race *race); /* NULL is fine */

/* A mini-batch of the lane that is least far. False: all are at the end. */
bool race_step(struct race *race);

double race_progress(const struct race *race); /* 0 to 1 */
uint32_t race_images(const struct race *race); /* in an epoch */

/* What lane i has shown so far: *count of them. They hold until the next step. */
const struct race_point *race_points(const struct race *race, int i, int *count);

/* Its cost has left all bounds, and it has stopped. */
bool race_is_lost(const struct race *race, int i);

#endif

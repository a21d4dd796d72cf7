/* history.h -- what a training run has shown so far: the points of its curves.
 *
 * A plain value of fixed size that only grows at its ends, so that a reader who has the first n
 * entries needs only the rest, and a copy keeps a finished run for comparison. Nothing is smoothed:
 * a point is the plain mean over exactly the images since the point before it.
 */
#ifndef TRAIN_HISTORY_H
#define TRAIN_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "train/recipe.h"

/* An accuracy below this is no better than guessing, one digit in ten. */
#define HISTORY_GUESSING 0.15

enum {
    HISTORY_POINTS_MAX = 2 * RECIPE_EPOCHS_MAX,
    HISTORY_CHECKS_MAX = RECIPE_EPOCHS_MAX,
};

/* What the training passes themselves gave, over the images since the last point: with
 * augmentation, dropout and weights that change on the way, as it was. */
struct history_point {
    float epoch;          /* epochs done, with the fraction: 2.5 is half through the third */
    float cost, accuracy; /* cost an image; accuracy 0 to 1 */
};

/* The validation images, with the weights (or their average) of that moment. */
struct history_check {
    float epoch;
    float cost, accuracy;
};

/* One whole epoch. What was not measured is -1: valid_* without validation images, test_accuracy
 * where the test images were not looked at. */
struct history_epoch {
    int epoch; /* from 1 */
    float train_cost, train_accuracy;
    float valid_cost, valid_accuracy;
    float test_cost, test_accuracy;
    float rate;    /* of its last step */
    float seconds; /* of training alone, without evaluation and saving */
};

struct history {
    int point_count, check_count, epoch_count;
    struct history_point points[HISTORY_POINTS_MAX];
    struct history_check checks[HISTORY_CHECKS_MAX];
    struct history_epoch epochs[RECIPE_EPOCHS_MAX];
};

/* How many points and checks an epoch leaves, evenly spread with the last at its end. A function of
 * the number of epochs alone, so that runs can be compared and repeated. At least 1. */
int history_points_per_epoch(int epochs);
int history_checks_per_epoch(int epochs);

/* Each is ignored where there is no room. */
void history_add_point(struct history *history, struct history_point point);
void history_add_check(struct history *history, struct history_check check);
void history_add_epoch(struct history *history, struct history_epoch epoch);

/* Appends to `to`, which holds a beginning of `from`, what is new in `from`. */
void history_follow(struct history *to, const struct history *from);

/* The best epoch by validation accuracy (the earlier of two equals), or NULL without validation. */
const struct history_epoch *history_best(const struct history *history);

#endif

/* race_stage.h -- trainings of the book's network side by side (lesson/race.h): by their learning
 * rates, or by the sizes of their mini-batches; and tries of one's own.
 *
 *   set     field               0: rates 0.001, 3 and 100; 1: mini-batches of 1, 10, 1,000 and all
 *           go                  the race; again: stop it
 *           eta                 the rate of one's own, 0.001 to 100
 *           try                 a training with it, beside the one with 3
 *           forget              the tries
 *           by, what            the picture: 0 by epoch, 1 by second; 0 accuracy, 1 cost
 *           images, epochs, pace          their number; and the seconds that a race takes at least,
 *                               so that it can be watched
 *   figures done                1: the race was run to its end
 *           acc1 to acc4        accuracy of each lane at the end, in percent
 *           ahead, best         lanes from 1: with the best accuracy after an epoch, at the end
 *           goal                in percent: with field 0 a point below what the rate 3 reached,
 *                               with field 1 98 % of what the best lane reached
 *           quickest            the lane that reached the goal in the fewest seconds
 *           tries, own          tries of one's own, with rates that are 1 or more away from 3, and
 *                               the best accuracy of those
 *           images              that an epoch has
 */
#ifndef APP_STAGE_RACE_STAGE_H
#define APP_STAGE_RACE_STAGE_H

#include "app/stage/stage.h"
#include "base/err.h"
#include "lesson/race.h"

struct race_work;

enum race_field { RACE_RATES, RACE_BATCHES, RACE_FIELDS };

/* What has been shown of a lane so far. */
struct race_curve {
    struct race_lane lane;
    struct race_point points[RACE_POINTS_MAX];
    int count;
    bool lost;
};

struct race_stage {
    struct stage stage;
    struct stage_world world; /* lent parts of it until the next update */
    enum race_field field;
    double eta, pace;
    int images, epochs;
    bool by_second, shows_cost;

    struct race_work *work; /* under way, or NULL */
    bool own;               /* it is a try of one's own */
    struct race_curve curves[RACE_LANES_MAX];
    int curve_count;
    uint32_t race_images;
    bool done;       /* curves are of a race that was run to its end */
    double goal;     /* NAN: not known yet */
    double own_best; /* NAN: no try */
    int tries;
    struct err trouble;
};

extern const struct stage_kind race_stage_kind;

#endif

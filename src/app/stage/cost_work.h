/* cost_work.h -- what the cost of many images is, found out beside the window: a job for the stage
 * `cost`.
 */
#ifndef APP_STAGE_COST_WORK_H
#define APP_STAGE_COST_WORK_H

#include <stdbool.h>
#include <stdint.h>

#include "lesson/costs.h"

struct dataset;
struct err;
struct job;
struct kern;
struct nn;

enum { COST_NETS = 3, COST_IMAGES_MAX = 2000, COST_SHIFTS = 81 };
enum cost_show { COST_OF_IMAGE, COST_OF_MANY, COST_OF_THREE, COST_OF_WEIGHT, COST_SHOWS };

/* What is looked for: that which the picture is of. */
struct cost_search {
    enum cost_show show;
    const struct kern *kern;
    const struct dataset *set;
    const struct nn *net, *three[COST_NETS];
};

struct cost_found {
    bool known; /* it came to its end */
    uint32_t count;

    /* Of many images: */
    float cost[COST_IMAGES_MAX]; /* of each */
    bool right[COST_IMAGES_MAX];
    struct costs_mean mean; /* of all of them */

    struct costs_mean three[COST_NETS]; /* of three networks */

    /* Along a weight: one of those on which the cost hangs most, such that the first steps down
     * change no count of right answers. */
    struct costs_place place;
    struct costs_mean along[COST_SHIFTS];
};

/* Copies of all that it looks at, so that the stage may change meanwhile. */
struct cost_work {
    enum cost_show show;
    const struct kern *kern;
    struct dataset *set;
    struct nn *net, *three[COST_NETS];
    struct cost_found found; /* the job's until it is over */
};

/* NULL with a sentence: no memory. */
struct cost_work *cost_work_new(const struct cost_search *search, struct err *err);
void cost_work_free(struct cost_work *work); /* NULL is fine */

/* As job.h wants it. */
void cost_work_run(struct job *job, void *work);

/* How far place i of the curves is from the weight as it is; 0 in the middle. */
float cost_work_shift(int i);

/* The place that is nearest to a shift. */
int cost_work_place(double shift);

#endif

/* workbench.h -- what stands on a workbench (workbench_stage.h). */
#ifndef APP_STAGE_WORKBENCH_H
#define APP_STAGE_WORKBENCH_H

#include "app/stage/stage.h"
#include "base/err.h"
#include "train/recipe.h"

struct workbench_work;

enum {
    WORKBENCH_RUNS_MAX = 16,
    WORKBENCH_POINTS_MAX = 400,
    WORKBENCH_NEURONS = 30, /* of the first layer, that are shown */
    WORKBENCH_PICTURE = 28 * 28,
    WORKBENCH_TYPED_MAX = 480, /* bytes, with the zero at the end */
};

struct workbench_point {
    float epoch, accuracy; /* accuracy 0 to 1 */
};

/* A training, under way or over. */
struct workbench_run {
    char words[120]; /* as much of them as there is room for */
    size_t params;
    int changed;
    float seconds, cost;
    struct workbench_point points[WORKBENCH_POINTS_MAX];
    int count;
};

struct workbench_stage {
    struct stage stage;
    struct stage_world world; /* lent parts of it until the next update */
    struct recipe recipe;
    char typed[WORKBENCH_TYPED_MAX]; /* the words, a layer on each line */
    struct err trouble;              /* of the words, or of the last training; or "" */
    size_t params, effort;           /* of the words, as far as they are sound */
    double pace;
    uint32_t images;

    struct workbench_work *work;                   /* under way, or NULL */
    struct workbench_run now;                      /* that is under way, or was last */
    struct workbench_run runs[WORKBENCH_RUNS_MAX]; /* that came to their end, the newest last */
    int run_count, done_count;                     /* those kept, and all */
    uint32_t held;
    int neurons; /* of which there are pictures */
    float weights[WORKBENCH_NEURONS][WORKBENCH_PICTURE];
    double progress;
};

#endif

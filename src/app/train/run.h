/* run.h -- a training run as the window knows it, from the press of Start to its result.
 *
 * The trainer (train/trainer.h) lives only while there is something to train; what it showed last
 * stays in `view`, so that the curves and the dock have it after the end.
 */
#ifndef APP_RUN_H
#define APP_RUN_H

#include <stdbool.h>

#include "app/train/runs.h"
#include "base/files.h"
#include "data/dataset.h"
#include "train/trainer.h"

struct kern;
struct library;

enum run_stage {
    RUN_NONE,    /* nothing was trained yet */
    RUN_WAITING, /* for the data */
    RUN_LIVE,    /* `trainer` is there; view.state is RUNNING or PAUSED */
    RUN_ENDED,   /* view.state says how */
};

struct run {
    enum run_stage stage;
    struct recipe recipe;       /* as started; view.recipe is as it goes */
    char title[RECIPE_TITLE_MAX]; /* what to call that */
    struct trainer *trainer;    /* while RUN_LIVE */
    struct trainer_view view;   /* .net holds the newest weights while RUN_LIVE, else NULL */
    char data[DATASET_NAME_MAX]; /* what it was trained on */
    bool from_checkpoint;       /* this run goes on from a checkpoint */

    bool has_before;            /* the run before this one, for its curves */
    struct recipe before_recipe;
    struct history before;

    char checkpoint[FILES_PATH_MAX]; /* of this run */
    int lock;                   /* on it, while it is busy; or -1 */

    struct runs left;           /* that can go on, but for results in use; none while one is busy */
    bool start_asked;           /* whether a new run may take a place: the next Start means it */
    char unwanted[FILES_PATH_MAX]; /* the one that is to be thrown away, once that is said again */
};

/* A run is under way: waiting for data, training or paused. */
bool run_busy(const struct run *run);

#endif

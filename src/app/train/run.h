/* run.h -- a training run as the window knows it, from the press of Start to its result.
 *
 * The trainer (train/trainer.h) lives only while there is something to train; what it showed last
 * stays in `view`, so that the curves and the dock have it after the end.
 */
#ifndef APP_RUN_H
#define APP_RUN_H

#include <stdbool.h>

#include "base/files.h"
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
    struct trainer *trainer;    /* while RUN_LIVE */
    struct trainer_view view;   /* .net holds the newest weights while RUN_LIVE, else NULL */
    bool from_checkpoint;       /* this run goes on from a checkpoint */

    bool has_before;            /* the run before this one, for its curves */
    struct recipe before_recipe;
    struct history before;

    bool can_resume;            /* there is a checkpoint to go on from, and no run under way */
    bool resume_is_result;      /* it came to its end, but its result was not saved */
    struct recipe resume_recipe;
    bool start_asked;           /* whether a new run may take its place: the next Start means it */
    char checkpoint[FILES_PATH_MAX];
};

/* A run is under way: waiting for data, training or paused. */
bool run_busy(const struct run *run);

#endif

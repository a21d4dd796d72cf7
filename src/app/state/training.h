/* training.h -- a training run as the window knows it, from the press of Start to its result.
 *
 * The trainer (train/trainer.h) lives only while there is something to train; what it showed last
 * stays in `view`, so that the curves and the dock have it after the end.
 */
#ifndef APP_STATE_TRAINING_H
#define APP_STATE_TRAINING_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/runs.h"
#include "base/files.h"
#include "data/dataset.h"
#include "train/trainer.h"

struct app;
struct err;
struct kern;
struct library;
struct recipe;
struct record;

enum training_stage {
    TRAINING_NONE,    /* nothing was trained yet */
    TRAINING_WAITING, /* for the data */
    TRAINING_LIVE,    /* `trainer` is there; view.state is RUNNING or PAUSED */
    TRAINING_ENDED,   /* view.state says how */
};

struct training {
    enum training_stage stage;
    uint64_t number;              /* from 1, up by one with each run */
    struct recipe recipe;         /* as started; view.recipe is as it goes */
    struct trainer *trainer;      /* while TRAINING_LIVE */
    struct trainer_view view;     /* .net holds the newest weights while TRAINING_LIVE, else NULL */
    char data[DATASET_NAME_MAX];  /* what it was trained on */
    bool stopping;                /* Stop was said, and the trainer is about it */
    bool from_checkpoint;         /* this run goes on from a checkpoint */
    int logged_epochs;            /* that the log has been told */

    bool has_before; /* the run before this one, for its curves */
    struct recipe before_recipe;
    struct history before;

    char checkpoint[FILES_PATH_MAX]; /* of this run */
    int lock;                        /* on it, while it is busy; or -1 */

    struct runs left; /* that can go on, but for results in use; none while one is busy */
    char gives_way[FILES_PATH_MAX]; /* the one whose place this run takes once it trains; or "" */
};

/* A run is under way: waiting for data, training or paused. */
bool training_busy(const struct training *run);

/* Each says in a notice what prevents it. Where as many runs are left as are kept, it asks whether
 * the one in the way may give way; `gives_way` is the checkpoint of the one that may, or NULL. */
void training_start(struct app *app, const struct recipe *recipe, const char *gives_way);
/* `path` is a checkpoint; NULL: the newest. */
void training_resume(struct app *app, const char *path);
void training_pause(struct app *app); /* or goes on */
void training_stop(struct app *app);

/* Takes in what the trainer has to show, starts what waited for data, ends what is over. */
void training_poll(struct app *app);

/* Looks again which runs there are that can go on (left). */
void training_look_back(struct app *app);

/* Asks whether the run of that checkpoint is to be thrown away; and throws it away. */
void training_discard_ask(struct app *app, const char *path);
void training_discard(struct app *app, const char *path);

/* The model in use, which a run gave, is in a file now: the checkpoint of that very run, if it came
 * to its end, is not needed any more. */
void training_result_saved(struct app *app);

/* Adds to a sentence, which says that the model in use could not be saved, which checkpoint holds
 * its weights, where one does. */
void training_name_checkpoint(const struct app *app, struct err *err);

/* Whether a checkpoint holds the weights of a model of that record. */
bool training_holds(const struct record *record);

/* Ends a run under way at once; its checkpoint stays. */
void training_clear(struct app *app);

#endif

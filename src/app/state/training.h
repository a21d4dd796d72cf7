/* training.h -- a training run as the window knows it, from the press of Start to its result.
 *
 * The trainer (train/trainer.h), which a job runs, lives only while there is something to train;
 * what it showed last stays in `view`, so that the curves and the dock have it after the end. A run
 * that was started waits: whoever has the data launches it (training_launch) or gives it up.
 */
#ifndef APP_STATE_TRAINING_H
#define APP_STATE_TRAINING_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/past_runs.h"
#include "app/state/run_marks.h"
#include "app/state/runs.h"
#include "base/files.h"
#include "data/dataset.h"
#include "train/trainer.h"

struct app_host;
struct hold;
struct job;
struct kern;
struct log;
struct model;
struct notices;
struct recipe;
struct record;

enum training_stage {
    TRAINING_NONE,    /* nothing was trained yet */
    TRAINING_WAITING, /* for the data */
    TRAINING_LIVE,    /* `trainer` is there; view.state is RUNNING or PAUSED */
    TRAINING_ENDED,   /* view.state says how */
};

/* What it needs of the rest of the program; all outlives it. */
struct training_means {
    const struct app_host *host; /* wakes */
    const struct log *log;
    struct notices *notices;
    struct hold *hold; /* on the data */
    const struct kern *kern;
    int threads;   /* 0: one for each core */
    bool has_seed; /* else each recipe's own */
    uint64_t seed;
};

/* What to train and report on. */
struct training_data {
    const struct dataset *train;
    const struct dataset *test; /* NULL: none */
    const char *name;
};

/* The records of models that are in no file: results that nobody needs to be offered. */
struct training_unsaved {
    const struct record *records[2];
    int count;
};

/* From zeros: training_begin. */
struct training {
    struct training_means means;
    enum training_stage stage;
    uint64_t number;              /* from 1, up by one with each run */
    struct recipe recipe;         /* as started; view.recipe is as it goes */
    struct trainer *trainer;      /* while TRAINING_LIVE */
    struct job *job;              /* that runs it */
    struct trainer_view view;     /* .net holds the newest weights while TRAINING_LIVE, else NULL */
    struct training_data sets;    /* of the trainer */
    char data[DATASET_NAME_MAX];  /* what it was trained on */
    struct model *result;         /* until training_take_result, or NULL */
    struct run_marks marks;       /* on its curves */
    bool stopping;                /* Stop was said, and the trainer is about it */
    bool from_checkpoint;         /* this run goes on from a checkpoint */
    int logged_epochs;            /* that the log has been told, */
    uint64_t logged_batch;        /* and which mini-batch of those that were watched */
    uint64_t wanted_batch;        /* that the person waits for, at the pace of TRAINER_STEP */

    enum trainer_pace pace; /* of this run, and of the next */
    enum trainer_pace flow; /* the last one that was not TRAINER_STEP: to go on at */

    struct past_runs past; /* the runs before this one */

    char checkpoint[FILES_PATH_MAX]; /* of this run */
    int lock;                        /* on it, while it is busy; or -1 */

    struct runs left; /* that can go on, but for those that are unsaved models; none while one is
                       * busy */
    uint64_t changes; /* how often what can go on has changed: time for training_look_back */
    char gives_way[FILES_PATH_MAX]; /* the one whose place this run takes once it trains; or "" */
};

void training_begin(struct training *run, const struct training_means *means);

/* Ends a run under way at once; its checkpoint stays. */
void training_clear(struct training *run);

/* A run is under way: waiting for data, training or paused. */
bool training_busy(const struct training *run);

/* It waits for the person: paused, or for a click. */
bool training_is_held(const struct training *run);

/* Each says in a notice what prevents it. Where as many runs are left as are kept, it asks whether
 * the one in the way may give way; `gives_way` is the checkpoint of the one that may, or NULL. */
void training_start(struct training *run, const struct recipe *recipe, const char *gives_way);
/* `path` is a checkpoint; NULL: the newest. */
void training_resume(struct training *run, const char *path);
void training_pause(struct training *run); /* or goes on */
void training_set_pace(struct training *run, enum trainer_pace pace);
void training_step(struct training *run, int count); /* mini-batches, at the pace of TRAINER_STEP */
void training_stop(struct training *run);
void training_set_rate(struct training *run, float rate); /* while LIVE; must be positive */

/* While WAITING: here is the data, which stays until the run is over; or why there is none. */
void training_launch(struct training *run, const struct training_data *data);
void training_give_up(struct training *run, const char *why);

/* Takes in what the trainer has to show, and ends what is over. */
void training_poll(struct training *run);

/* What was learnt, once: the caller owns it. NULL: nothing, or nothing new. */
struct model *training_take_result(struct training *run);

/* ---- those that are left --------------------------------------------------------------------- */

/* Looks again which runs there are that can go on (left). */
void training_look_back(struct training *run, const struct training_unsaved *unsaved);

/* Asks whether the run of that checkpoint is to be thrown away; and throws it away. */
void training_discard_ask(struct training *run, const char *path);
void training_discard(struct training *run, const char *path);

#endif

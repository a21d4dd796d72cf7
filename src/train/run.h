/* run.h -- a whole training run as a thing that is moved on one mini-batch at a time.
 *
 * It knows of no thread but its pool and of no one who watches: trainer.h moves it on in the
 * background, and a test can do so by hand. Everything in it follows from the recipe, the images
 * and the rates that are handed in, but for the seconds.
 *
 * A saved run goes on from the very mini-batch where it was saved, to the same bits.
 */
#ifndef TRAIN_RUN_H
#define TRAIN_RUN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "train/history.h"
#include "train/recipe.h"
#include "train/stepper.h"

struct verdict_rule;
struct pool;
struct dataset;
struct evaluator;
struct kern;
struct unipen;

enum run_state { RUN_GOES_ON, RUN_DONE, RUN_FAILED };

/* To be read by the one who moves it on; run.c alone writes, but for the rate. */
struct run {
    struct recipe recipe;                        /* schedule.rate may be changed between steps */
    const struct dataset *train, *test, *others; /* see run_setup */
    const struct unipen *strokes;
    struct pool *pool;
    bool test_each_epoch;
    uint32_t train_count, valid_count; /* images in each epoch; those held back, and others' */

    enum run_state state;
    struct err trouble;   /* FAILED: why, and what to change; else "" or a warning */
    int epoch;            /* epochs done */
    uint32_t step, steps; /* mini-batches of this epoch: done, and all */
    double seconds;       /* of training alone */
    float rate;           /* of the last mini-batch, */
    struct stepper_sum last; /* and what its pass forward gave */
    struct history history;

    struct stepper *stepper;
    struct nn *best; /* of the best epoch by validation; NULL without validation */
    int best_epoch;  /* 0: none yet */

    /* run.c's own. */
    struct evaluator *evaluator;
    uint32_t held_back;
    uint64_t fingerprint; /* of the training images, so that nothing else goes on with them */
    struct stepper_sum point_sum; /* since the last point */
    struct stepper_sum epoch_sum; /* since the epoch began */
    double epoch_seconds;
};

/* What a run needs; everything outlives it but the recipe. */
struct run_setup {
    const struct recipe *recipe;
    const struct nn *begin_with;        /* or NULL */
    const struct dataset *train, *test; /* test may be NULL */
    const struct unipen *strokes; /* for training on, where the recipe mixes them in; or NULL */
    const struct dataset *others; /* for validation beside what is held back, or NULL: other
                                   * people's strokes, as pictures */
    bool test_each_epoch;
    const char *called; /* how a sentence names the run that is loaded, and what can be done */
    const char
        *remedy; /* where its images are not these: "choose them ..."; NULL: path, start anew */
    const struct kern *kern;
    struct pool *pool;
};

/* NULL with a sentence: the recipe makes no sense, too few images, no memory. */
struct run *run_new(const struct run_setup *setup, struct err *err);
void run_free(struct run *run); /* NULL is fine */

/* One mini-batch, and what is due after it: a point, a look at the validation images, the end of an
 * epoch. Not to be called once the state is not RUN_GOES_ON. */
void run_step(struct run *run);

/* Whether all weights are finite numbers; where they are not, the run has failed. To be asked
 * between steps before the weights are shown or saved. */
bool run_is_sound(struct run *run);

/* The part that is done, 0 to 1. */
double run_progress(const struct run *run);

/* Fits when the network to keep is sure (calibrate.h), on what was held back and on others'
 * strokes. Where nothing was, on what it was trained with: that makes it a little too strict, as it
 * is surer of what it knows. Runs the network over at most `most` of each, and of outliers. False
 * with a sentence as calibrate_net. */
bool run_fit_rule(struct run *run, uint32_t most, const atomic_bool *unwanted,
                  struct verdict_rule *rule, struct err *err);

/* Writes everything that is needed to go on, atomically. */
bool run_save(struct run *run, const char *path, struct err *err);

/* Goes on from a file; setup's recipe and begin_with are not looked at. */
struct run *run_load(const struct run_setup *setup, const char *path, struct err *err);

/* The recipe in a file, which part of the run is done, in whole epochs, and the seconds of training
 * so far; these two may be NULL. Reads no weights, so damage to them is not noticed. */
bool run_peek(const char *path, struct recipe *recipe, double *progress, double *seconds,
              struct err *err);

#endif

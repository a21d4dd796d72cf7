/* SPDX-License-Identifier: MIT */
#include "app/state/finetuning.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/shell/state.h"
#include "app/state/library.h"
#include "app/state/models.h"
#include "app/tell/log.h"
#include "base/err.h"
#include "data/dataset.h"
#include "data/mine.h"
#include "model/model.h"
#include "nn/nn.h"
#include "par/thread.h"

/* One tuning, from the press of the button to its result. */
struct job {
    /* set before the thread starts, then only read */
    struct finetune_setup setup;
    struct model *base;             /* a copy of the model in use */
    const struct mine_digit **kept; /* the digits, which the list keeps alive */
    struct finetune_digit *digits;
    void (*wake)(void *user);
    void *user;

    /* the tuning thread's until `finished`; then the window's */
    struct finetune_result result;
    struct err err;
    bool done;

    /* anyone's */
    atomic_bool stopping, finished;
    _Atomic double progress;

    /* the window's thread's */
    struct thread *thread;
};

/* The window's thread's. */
struct finetuning {
    enum finetuning_stage stage;
    struct job *job; /* while RUNNING and READY */
    char data[DATASET_NAME_MAX];
    int logged_percent; /* that the log has been told */
};

struct finetuning *finetuning_new(struct err *err)
{
    struct finetuning *finetuning = calloc(1, sizeof *finetuning);
    if (!finetuning)
        err_memory(err, "learning your hand");
    return finetuning;
}

static void free_job(struct job *job)
{
    if (!job)
        return;
    nn_free(job->result.net);
    model_free(job->base);
    free(job->kept);
    free(job->digits);
    free(job);
}

void finetuning_free(struct finetuning *finetuning)
{
    if (!finetuning)
        return;
    if (finetuning->stage == FINETUNING_RUNNING) {
        atomic_store(&finetuning->job->stopping, true);
        thread_join(finetuning->job->thread);
    }
    free_job(finetuning->job);
    free(finetuning);
}

enum finetuning_stage finetuning_stage(const struct finetuning *finetuning)
{
    return finetuning->stage;
}

bool finetuning_busy(const struct finetuning *finetuning)
{
    return finetuning->stage == FINETUNING_WAITING || finetuning->stage == FINETUNING_RUNNING;
}

double finetuning_progress(const struct finetuning *finetuning)
{
    return finetuning->stage == FINETUNING_RUNNING ? atomic_load(&finetuning->job->progress) : 0;
}

const struct finetune_result *finetuning_result(const struct finetuning *finetuning)
{
    return finetuning->stage == FINETUNING_READY ? &finetuning->job->result : NULL;
}

const char *finetuning_data(const struct finetuning *finetuning)
{
    return finetuning->data;
}

/* ---- the log ------------------------------------------------------------------------------------
 */

static json_t *score_json(struct finetune_score score)
{
    return score.count > 0 ? json_pack("[i,i]", (int)score.correct, (int)score.count) : json_null();
}

static void log_hand(struct app *app, const char *state)
{
    const struct finetune_result *result = finetuning_result(app->my.finetuning);
    json_t *event = json_pack("{s:s, s:s}", "event", "hand", "state", state);
    if (result) {
        json_object_set_new(event, "own_before", score_json(result->own_before));
        json_object_set_new(event, "own_after", score_json(result->own_after));
        json_object_set_new(event, "test_before", score_json(result->test_before));
        json_object_set_new(event, "test_after", score_json(result->test_after));
        json_object_set_new(event, "seconds", json_real(result->seconds));
    }
    app->my.finetuning->logged_percent = 0;
    log_event(&app->log, event);
}

static void log_hand_progress(struct app *app)
{
    int percent = (int)(100 * finetuning_progress(app->my.finetuning));
    if (percent == app->my.finetuning->logged_percent)
        return;
    app->my.finetuning->logged_percent = percent;
    log_event(&app->log, json_pack("{s:s, s:s, s:i}", "event", "hand", "state", "running",
                                   "percent", percent));
}

/* ---- on the tuning thread -------------------------------------------------------------------- */

static bool go_on(void *context, double part)
{
    struct job *job = context;
    atomic_store(&job->progress, part);
    if (job->wake)
        job->wake(job->user);
    return !atomic_load(&job->stopping);
}

static void run_job(void *context)
{
    struct job *job = context;
    job->done = finetune_run(&job->setup, &job->result, &job->err);
    atomic_store(&job->finished, true);
    if (job->wake)
        job->wake(job->user);
}

/* ---- starting -------------------------------------------------------------------------------- */

static bool copy_digits(const struct mine *list, struct job *job, struct err *err)
{
    uint32_t count = mine_count(list);
    job->kept = mine_digits(list, err);
    job->digits = calloc(count + 1, sizeof *job->digits);
    if (!job->kept || !job->digits)
        return err_memory(err, "learning your hand");
    for (uint32_t i = 0; i < count; i++) {
        const struct mine_digit *digit = job->kept[i];
        job->digits[i] = (struct finetune_digit){
            .label = digit->label,
            .ink = &digit->ink,
            .pixels = digit->pixels,
            .held_out = mine_is_held_out(digit),
        };
    }
    return true;
}

static struct job *new_job(const struct app *app, struct err *err)
{
    struct job *job = calloc(1, sizeof *job);
    if (!job) {
        err_memory(err, "learning your hand");
        return NULL;
    }
    job->base = model_copy(app->models.current, err);
    if (!job->base || !copy_digits(app->my.list, job, err)) {
        free_job(job);
        return NULL;
    }
    job->wake = app->host.wake;
    job->user = app->host.user;
    job->setup = (struct finetune_setup){
        .net = job->base->net,
        .digits = job->digits,
        .count = mine_count(app->my.list),
        .replay = library_train(app->library),
        .test = library_test(app->library),
        .kern = app->kern,
        .threads = app->threads,
        .go_on = go_on,
        .user = job,
    };
    return job;
}

static void launch(struct app *app)
{
    struct finetuning *finetuning = app->my.finetuning;
    struct err err;
    finetuning->stage = FINETUNING_IDLE;
    struct job *job = new_job(app, &err);
    if (job && !(job->thread = thread_start(run_job, job, true))) {
        err_set(&err, "No thread could be started to learn your hand; close other programs and try "
                      "again.");
        free_job(job);
        job = NULL;
    }
    if (!job) {
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    snprintf(finetuning->data, sizeof finetuning->data, "%s", library_name(app->library));
    finetuning->job = job;
    finetuning->stage = FINETUNING_RUNNING;
    log_hand(app, "started");
}

void finetuning_start(struct app *app)
{
    struct finetuning *finetuning = app->my.finetuning;
    if (finetuning_busy(finetuning))
        return;
    if (!app->models.current) {
        notices_say(&app->notices, NOTICE_TROUBLE,
                    "There is no model to teach your hand to; open one first.");
    } else if (training_busy(&app->training)) {
        notices_say(&app->notices, NOTICE_TROUBLE,
                    "A training is under way; stop it before your hand is learnt.");
    } else if (mine_count(app->my.list) < FINETUNE_DIGITS_LEAST) {
        notices_say(&app->notices, NOTICE_TROUBLE,
                    "Teach at least %d digits first, one of each is best.", FINETUNE_DIGITS_LEAST);
    } else {
        finetuning_discard(app);
        finetuning->stage = FINETUNING_WAITING;
        library_load(app->library);
        finetuning_poll(app);
    }
}

void finetuning_stop(struct app *app)
{
    struct finetuning *finetuning = app->my.finetuning;
    if (finetuning->stage == FINETUNING_WAITING)
        finetuning->stage = FINETUNING_IDLE;
    else if (finetuning->stage == FINETUNING_RUNNING)
        atomic_store(&finetuning->job->stopping, true);
}

/* ---- the result ------------------------------------------------------------------------------ */

void finetuning_accept(struct app *app)
{
    struct finetuning *finetuning = app->my.finetuning;
    struct err err;
    if (finetuning->stage != FINETUNING_READY)
        return;
    struct model *model = finetune_model(&finetuning->job->setup, &finetuning->job->result,
                                         finetuning->job->base, &err);
    if (model) {
        models_use(app, model, "", true);
        notices_say(&app->notices, NOTICE_DONE, "%s reads your drawing now; it is not saved yet.",
                    model_name(model));
        notices_offer(&app->notices, "Save", ACT_MODEL_SAVE);
        notices_offer(&app->notices, "Go back", ACT_MODEL_BACK);
        log_hand(app, "accepted");
    } else {
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
    }
    finetuning->stage = FINETUNING_IDLE;
    free_job(finetuning->job);
    finetuning->job = NULL;
}

void finetuning_discard(struct app *app)
{
    struct finetuning *finetuning = app->my.finetuning;
    if (finetuning->stage != FINETUNING_READY)
        return;
    finetuning->stage = FINETUNING_IDLE;
    free_job(finetuning->job);
    finetuning->job = NULL;
    if (app->notices.now.about != NOTICE_STORE)
        notices_put_away(&app->notices); /* that there is something to take */
    log_hand(app, "discarded");
}

static void take_result(struct app *app)
{
    struct finetuning *finetuning = app->my.finetuning;
    struct job *job = finetuning->job;
    bool stopped = atomic_load(&job->stopping);
    thread_join(job->thread);
    if (job->done && !stopped) {
        finetuning->stage = FINETUNING_READY;
        notices_say(&app->notices, NOTICE_DONE,
                    "Your hand is learnt: look at the figures in My digits, then take "
                    "the new model or keep the old.");
        log_hand(app, "ready");
        return;
    }
    if (!stopped)
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", job->err.text);
    finetuning->stage = FINETUNING_IDLE;
    finetuning->job = NULL;
    free_job(job);
    log_hand(app, stopped ? "stopped" : "failed");
}

void finetuning_poll(struct app *app)
{
    struct finetuning *finetuning = app->my.finetuning;
    enum library_state data = library_state(app->library);
    if (finetuning->stage == FINETUNING_WAITING && data == LIBRARY_READY)
        launch(app);
    else if (finetuning->stage == FINETUNING_WAITING && data == LIBRARY_FAILED)
        finetuning->stage = FINETUNING_IDLE; /* the library's sentence is said */
    else if (finetuning->stage == FINETUNING_RUNNING && atomic_load(&finetuning->job->finished))
        take_result(app);
    else if (finetuning->stage == FINETUNING_RUNNING)
        log_hand_progress(app);
}

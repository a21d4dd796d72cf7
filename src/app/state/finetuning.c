/* SPDX-License-Identifier: MIT */
#include "app/state/finetuning.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/host.h"
#include "app/tell/log.h"
#include "app/tell/notice.h"
#include "base/err.h"
#include "data/dataset.h"
#include "data/my_digits.h"
#include "model/model.h"
#include "nn/nn.h"
#include "par/thread.h"

/* One tuning, from the press of the button to its result. */
struct job {
    /* set before the thread starts, then only read */
    struct finetune_setup setup;
    struct model *base;             /* a copy of the model in use */
    const struct my_digit **kept;   /* the digits, which the list keeps alive */
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
    struct finetuning_means means;
    enum finetuning_stage stage;
    struct job *job; /* while RUNNING and READY */
    char data[DATASET_NAME_MAX];
    int logged_percent; /* that the log has been told */
};

struct finetuning *finetuning_new(const struct finetuning_means *means, struct err *err)
{
    struct finetuning *finetuning = calloc(1, sizeof *finetuning);
    if (!finetuning) {
        err_memory(err, "learning your hand");
        return NULL;
    }
    finetuning->means = *means;
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

/* ---- the log --------------------------------------------------------------------------------- */

static json_t *score_json(struct finetune_score score)
{
    return score.count > 0 ? json_pack("[i,i]", (int)score.correct, (int)score.count) : json_null();
}

/* With the figures, while there are any. */
static void log_state(struct finetuning *finetuning, const char *state)
{
    const struct finetune_result *result = finetuning_result(finetuning);
    json_t *event = json_pack("{s:s, s:s}", "event", "hand", "state", state);
    if (result) {
        json_object_set_new(event, "own_before", score_json(result->own_before));
        json_object_set_new(event, "own_after", score_json(result->own_after));
        json_object_set_new(event, "test_before", score_json(result->test_before));
        json_object_set_new(event, "test_after", score_json(result->test_after));
        json_object_set_new(event, "seconds", json_real(result->seconds));
    }
    finetuning->logged_percent = 0;
    log_event(finetuning->means.log, event);
}

static void log_progress(struct finetuning *finetuning)
{
    int percent = (int)(100 * finetuning_progress(finetuning));
    if (percent == finetuning->logged_percent)
        return;
    finetuning->logged_percent = percent;
    log_event(finetuning->means.log, json_pack("{s:s, s:s, s:i}", "event", "hand", "state",
                                               "running", "percent", percent));
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

static bool copy_digits(const struct my_digits *list, struct job *job, struct err *err)
{
    uint32_t count = my_digits_count(list);
    job->kept = my_digits_all(list, err);
    job->digits = calloc(count + 1, sizeof *job->digits);
    if (!job->kept || !job->digits)
        return err_memory(err, "learning your hand");
    for (uint32_t i = 0; i < count; i++) {
        const struct my_digit *digit = job->kept[i];
        job->digits[i] = (struct finetune_digit){
            .label = digit->label,
            .ink = &digit->ink,
            .pixels = digit->pixels,
            .held_out = my_digits_is_held_out(digit),
        };
    }
    return true;
}

static struct job *new_job(const struct finetuning_means *means, const struct finetuning_from *from,
                           struct err *err)
{
    struct job *job = calloc(1, sizeof *job);
    if (!job) {
        err_memory(err, "learning your hand");
        return NULL;
    }
    job->base = model_copy(from->model, err);
    if (!job->base || !copy_digits(from->digits, job, err)) {
        free_job(job);
        return NULL;
    }
    job->wake = means->host->wake;
    job->user = means->host->user;
    job->setup = (struct finetune_setup){
        .net = job->base->net,
        .digits = job->digits,
        .count = my_digits_count(from->digits),
        .replay = from->train,
        .test = from->test,
        .kern = means->kern,
        .threads = means->threads,
        .go_on = go_on,
        .user = job,
    };
    return job;
}

void finetuning_launch(struct finetuning *finetuning, const struct finetuning_from *from)
{
    struct err err;
    finetuning->stage = FINETUNING_IDLE;
    struct job *job = new_job(&finetuning->means, from, &err);
    if (job && !(job->thread = thread_start(run_job, job, true))) {
        err_set(&err, "No thread could be started to learn your hand; close other programs and try "
                      "again.");
        free_job(job);
        job = NULL;
    }
    if (!job) {
        notices_say(finetuning->means.notices, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    snprintf(finetuning->data, sizeof finetuning->data, "%s", from->data);
    finetuning->job = job;
    finetuning->stage = FINETUNING_RUNNING;
    log_state(finetuning, "started");
}

void finetuning_start(struct finetuning *finetuning)
{
    if (finetuning_busy(finetuning))
        return;
    finetuning_end(finetuning, FINETUNING_DISCARDED);
    finetuning->stage = FINETUNING_WAITING;
}

void finetuning_give_up(struct finetuning *finetuning)
{
    if (finetuning->stage == FINETUNING_WAITING)
        finetuning->stage = FINETUNING_IDLE;
}

void finetuning_stop(struct finetuning *finetuning)
{
    finetuning_give_up(finetuning);
    if (finetuning->stage == FINETUNING_RUNNING)
        atomic_store(&finetuning->job->stopping, true);
}

/* ---- the result ------------------------------------------------------------------------------ */

struct model *finetuning_model(const struct finetuning *finetuning, struct err *err)
{
    struct job *job = finetuning->job;
    return finetune_model(&job->setup, &job->result, job->base, err);
}

static void forget_job(struct finetuning *finetuning)
{
    finetuning->stage = FINETUNING_IDLE;
    free_job(finetuning->job);
    finetuning->job = NULL;
}

void finetuning_end(struct finetuning *finetuning, enum finetuning_end end)
{
    struct notices *notices = finetuning->means.notices;
    if (finetuning->stage != FINETUNING_READY)
        return;
    if (end == FINETUNING_ACCEPTED)
        log_state(finetuning, "accepted");
    forget_job(finetuning);
    if (end != FINETUNING_DISCARDED)
        return;
    if (notices->now.about != NOTICE_STORE)
        notices_put_away(notices); /* that there is something to take */
    log_state(finetuning, "discarded");
}

static void take_result(struct finetuning *finetuning)
{
    struct job *job = finetuning->job;
    bool stopped = atomic_load(&job->stopping);
    thread_join(job->thread);
    if (job->done && !stopped) {
        finetuning->stage = FINETUNING_READY;
        notices_say(finetuning->means.notices, NOTICE_DONE,
                    "Your hand is learnt: look at the figures in My digits, then take "
                    "the new model or keep the old.");
        log_state(finetuning, "ready");
        return;
    }
    if (!stopped)
        notices_say(finetuning->means.notices, NOTICE_TROUBLE, "%s", job->err.text);
    forget_job(finetuning);
    log_state(finetuning, stopped ? "stopped" : "failed");
}

void finetuning_poll(struct finetuning *finetuning)
{
    if (finetuning->stage != FINETUNING_RUNNING)
        return;
    if (atomic_load(&finetuning->job->finished))
        take_result(finetuning);
    else
        log_progress(finetuning);
}

/* SPDX-License-Identifier: MIT */
#include "app/state/finetuning.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/host.h"
#include "app/job/hold.h"
#include "app/job/job.h"
#include "app/tell/log.h"
#include "app/tell/notice.h"
#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "data/my_digits.h"
#include "model/model.h"
#include "nn/nn.h"

/* One tuning, from the press of the button to its result. */
struct work {
    /* set before the job starts, then only read */
    struct finetune_setup setup;
    struct model *base;             /* a copy of the model in use */
    const struct my_digit **kept;   /* the digits, which the list keeps alive */
    struct finetune_digit *digits;

    /* the job's until it is over */
    struct finetune_result result;
    struct err err;
    bool done;

    struct job *job; /* the window's thread's */
};

/* The window's thread's. */
struct finetuning {
    struct finetuning_means means;
    enum finetuning_stage stage;
    struct work *work; /* while RUNNING and READY */
    char data[DATASET_NAME_MAX];
    int logged_percent; /* that the log has been told */
};

struct finetuning *finetuning_new(const struct finetuning_means *means, struct err *err)
{
    struct finetuning *finetuning = calloc(1, sizeof *finetuning);
    if (!finetuning) {
        err_memory(err, _("learning your hand"));
        return NULL;
    }
    finetuning->means = *means;
    return finetuning;
}

static void free_work(struct work *work)
{
    if (!work)
        return;
    nn_free(work->result.net);
    model_free(work->base);
    free(work->kept);
    free(work->digits);
    free(work);
}

void finetuning_free(struct finetuning *finetuning)
{
    if (!finetuning)
        return;
    if (finetuning->stage == FINETUNING_RUNNING) {
        job_stop(finetuning->work->job);
        job_end(finetuning->work->job);
    }
    free_work(finetuning->work);
    free(finetuning);
}

static void become_idle(struct finetuning *finetuning)
{
    finetuning->stage = FINETUNING_IDLE;
    hold_give(finetuning->means.hold, HOLD_FINETUNING);
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
    return finetuning->stage == FINETUNING_RUNNING ? job_progress(finetuning->work->job) : 0;
}

const struct finetune_result *finetuning_result(const struct finetuning *finetuning)
{
    return finetuning->stage == FINETUNING_READY ? &finetuning->work->result : NULL;
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

/* ---- on the job's thread --------------------------------------------------------------------- */

static void tune(struct job *job, void *context)
{
    struct work *work = context;
    struct finetune_setup setup = work->setup;
    setup.user = job;
    work->done = finetune_run(&setup, &work->result, &work->err);
}

/* ---- starting -------------------------------------------------------------------------------- */

static bool copy_digits(const struct my_digits *list, struct work *work, struct err *err)
{
    uint32_t count = my_digits_count(list);
    work->kept = my_digits_all(list, err);
    work->digits = calloc(count + 1, sizeof *work->digits);
    if (!work->kept || !work->digits)
        return err_memory(err, _("learning your hand"));
    for (uint32_t i = 0; i < count; i++) {
        const struct my_digit *digit = work->kept[i];
        work->digits[i] = (struct finetune_digit){
            .label = digit->label,
            .ink = &digit->ink,
            .pixels = digit->pixels,
            .held_out = my_digits_is_held_out(digit),
        };
    }
    return true;
}

static struct work *new_work(const struct finetuning_means *means,
                             const struct finetuning_from *from, struct err *err)
{
    struct work *work = calloc(1, sizeof *work);
    if (!work) {
        err_memory(err, _("learning your hand"));
        return NULL;
    }
    work->base = model_copy(from->model, err);
    if (!work->base || !copy_digits(from->digits, work, err)) {
        free_work(work);
        return NULL;
    }
    work->setup = (struct finetune_setup){
        .net = work->base->net,
        .digits = work->digits,
        .count = my_digits_count(from->digits),
        .replay = from->train,
        .test = from->test,
        .kern = means->kern,
        .threads = means->threads,
        .go_on = job_go_on,
    };
    return work;
}

/* NULL with a sentence. */
static struct work *start_work(const struct finetuning_means *means,
                               const struct finetuning_from *from, struct err *err)
{
    struct work *work = new_work(means, from, err);
    const struct job_setup setup = {tune, work, means->host->wake, means->host->user,
                                    _("to learn your hand")};
    if (!work || (work->job = job_start(&setup, err)))
        return work;
    free_work(work);
    return NULL;
}

void finetuning_launch(struct finetuning *finetuning, const struct finetuning_from *from)
{
    struct err err;
    hold_begin(finetuning->means.hold);
    finetuning->work = start_work(&finetuning->means, from, &err);
    if (!finetuning->work) {
        become_idle(finetuning);
        notices_say(finetuning->means.notices, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    snprintf(finetuning->data, sizeof finetuning->data, "%s", from->data);
    finetuning->stage = FINETUNING_RUNNING;
    log_state(finetuning, "started");
}

void finetuning_start(struct finetuning *finetuning)
{
    if (finetuning_busy(finetuning))
        return;
    finetuning_end(finetuning, FINETUNING_DISCARDED);
    hold_take(finetuning->means.hold, HOLD_FINETUNING);
    finetuning->stage = FINETUNING_WAITING;
}

void finetuning_give_up(struct finetuning *finetuning)
{
    if (finetuning->stage == FINETUNING_WAITING)
        become_idle(finetuning);
}

void finetuning_stop(struct finetuning *finetuning)
{
    finetuning_give_up(finetuning);
    if (finetuning->stage == FINETUNING_RUNNING)
        job_stop(finetuning->work->job);
}

/* ---- the result ------------------------------------------------------------------------------ */

struct model *finetuning_model(const struct finetuning *finetuning, struct err *err)
{
    struct work *work = finetuning->work;
    return finetune_model(&work->setup, &work->result, work->base, err);
}

static void forget_work(struct finetuning *finetuning)
{
    become_idle(finetuning);
    free_work(finetuning->work);
    finetuning->work = NULL;
}

void finetuning_end(struct finetuning *finetuning, enum finetuning_end end)
{
    struct notices *notices = finetuning->means.notices;
    if (finetuning->stage != FINETUNING_READY)
        return;
    if (end == FINETUNING_ACCEPTED)
        log_state(finetuning, "accepted");
    forget_work(finetuning);
    if (end != FINETUNING_DISCARDED)
        return;
    if (notices->now.about != NOTICE_STORE)
        notices_put_away(notices); /* that there is something to take */
    log_state(finetuning, "discarded");
}

static void take_result(struct finetuning *finetuning)
{
    struct work *work = finetuning->work;
    bool stopped = job_is_stopped(work->job);
    job_end(work->job);
    work->job = NULL;
    if (work->done && !stopped) {
        finetuning->stage = FINETUNING_READY;
        hold_give(finetuning->means.hold, HOLD_FINETUNING);
        notices_say(finetuning->means.notices, NOTICE_DONE,
                    _("Your hand is learnt: look at the figures in My digits, then take "
                      "the new model or keep the old."));
        log_state(finetuning, "ready");
        return;
    }
    if (!stopped)
        notices_say(finetuning->means.notices, NOTICE_TROUBLE, "%s", work->err.text);
    forget_work(finetuning);
    log_state(finetuning, stopped ? "stopped" : "failed");
}

void finetuning_poll(struct finetuning *finetuning)
{
    if (finetuning->stage != FINETUNING_RUNNING)
        return;
    if (job_is_over(finetuning->work->job))
        take_result(finetuning);
    else
        log_progress(finetuning);
}

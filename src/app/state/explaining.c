/* SPDX-License-Identifier: MIT */
#include "app/state/explaining.h"

#include <stdlib.h>
#include <string.h>

#include "app/host.h"
#include "app/job/job.h"
#include "app/tell/notice.h"
#include "base/err.h"
#include "base/language.h"

struct explaining_work {
    /* set before the job starts, then only read */
    struct nn *net;
    const struct kern *kern;
    double temperature;

    /* the job's until it is over; then the window's */
    struct explained *result;
    bool done;
    struct err err; /* "" where it was stopped */

    struct job *job; /* the window's thread's */
};

static void free_work(struct explaining_work *work)
{
    if (!work)
        return;
    job_end(work->job);
    nn_free(work->net);
    free(work->result);
    free(work);
}

/* ---- on the job's thread --------------------------------------------------------------------- */

static bool find_occlusion(struct explaining_work *work, struct job *job, const float *x)
{
    struct attributor *attributor = attributor_new(work->net, work->kern, &work->err);
    bool done = attributor && attribution_occlusion(attributor, work->net, x, occlusion_usual,
                                                    job_go_on, job, &work->result->occlusion);
    attributor_free(attributor);
    return done;
}

static bool find_change(struct explaining_work *work, struct job *job, const float *x)
{
    struct explained *result = work->result;
    struct nn_work *room = nn_work_new(work->net, work->kern, 1, true, &work->err);
    bool done = room && change_find(&(struct change_wish){work->net, room, x, result->digit,
                                                          job_go_on, job},
                                    &result->change);
    if (done)
        result->changed = verdict_read(
            work->net, nn_predict(work->net, room, result->change.picture, 1), work->temperature);
    nn_work_free(room);
    return done;
}

static bool find_sweeps(struct explaining_work *work, struct job *job)
{
    struct explained *result = work->result;
    struct nn_work *room = nn_work_new(work->net, work->kern, SWEEP_PLACES, false, &work->err);
    bool done = room != NULL;
    for (int kind = 0; kind < SWEEP_KINDS && done; kind++) {
        sweep_read(work->net, room, result->pixels, (enum sweep_kind)kind, work->temperature,
                   &result->sweeps[kind]);
        done = job_step(job, (kind + 1.0) / SWEEP_KINDS);
    }
    nn_work_free(room);
    return done;
}

static void explain(struct job *job, void *context)
{
    struct explaining_work *work = context;
    float x[FIT_LEN];
    fit_floats(work->result->pixels, 1, x);
    switch (work->result->kind) {
    case EXPLAINING_NEURON:
    case EXPLAINING_ALIKE:
    case EXPLAINING_OTHER:
        break; /* not this job's */
    case EXPLAINING_INK:
        work->done = find_occlusion(work, job, x);
        break;
    case EXPLAINING_CHANGE:
        work->done = find_change(work, job, x);
        break;
    case EXPLAINING_CURVES:
        work->done = find_sweeps(work, job);
        break;
    }
}

/* ---- on the window's thread ------------------------------------------------------------------ */

void explaining_begin(struct explaining *explaining, const struct app_means *means)
{
    explaining->means = *means;
}

void explaining_end(struct explaining *explaining)
{
    explaining_stop(explaining);
    free_work(explaining->work);
    free(explaining->result);
    explaining->work = NULL;
    explaining->result = NULL;
}

bool explaining_busy(const struct explaining *explaining)
{
    return explaining->work;
}

void explaining_stop(struct explaining *explaining)
{
    if (explaining->work)
        job_stop(explaining->work->job);
}

bool explaining_answers(const struct explained *explained, const struct explaining_wish *wish)
{
    return explained->kind == wish->kind && explained->digit == wish->digit &&
           explained->model == wish->by.model &&
           (explained->weights == 0) == (wish->by.weights == 0);
}

static bool is_same(const struct explained *of, const struct explaining_wish *wish)
{
    return explaining_answers(of, wish) && of->weights == wish->by.weights &&
           memcmp(of->pixels, wish->fit->pixels, FIT_LEN) == 0;
}

static struct explaining_work *new_work(const struct explaining *explaining,
                                        const struct explaining_wish *wish, struct err *err)
{
    struct explaining_work *work = calloc(1, sizeof *work);
    struct explained *result = work ? calloc(1, sizeof *result) : NULL;
    if (!result) {
        free(work);
        err_memory(err, _("the explanation"));
        return NULL;
    }
    work->result = result;
    work->kern = explaining->means.kern;
    work->temperature = wish->by.rule.temperature;
    result->kind = wish->kind;
    result->digit = wish->digit;
    result->model = wish->by.model;
    result->weights = wish->by.weights;
    memcpy(result->pixels, wish->fit->pixels, FIT_LEN);
    work->net = nn_copy(wish->by.net, err);
    if (work->net)
        return work;
    free_work(work);
    return NULL;
}

static void start(struct explaining *explaining, const struct explaining_wish *wish)
{
    const struct app_host *host = explaining->means.host;
    struct err err;
    struct explaining_work *work = new_work(explaining, wish, &err);
    const struct job_setup setup = {explain, work, host->wake, host->user,
                                    _("to explain the answer")};
    if (work && (work->job = job_start(&setup, &err))) {
        explaining->work = work;
        return;
    }
    free_work(work);
    notices_say(explaining->means.notices, NOTICE_TROUBLE, "%s", err.text);
}

void explaining_want(struct explaining *explaining, const struct explaining_wish *wish)
{
    const struct explaining_work *work = explaining->work;
    if (work && !explaining_answers(work->result, wish))
        job_stop(work->job);
    if (!work && (!explaining->result || !is_same(explaining->result, wish)))
        start(explaining, wish);
}

void explaining_poll(struct explaining *explaining)
{
    struct explaining_work *work = explaining->work;
    if (!work || !job_is_over(work->job))
        return;
    explaining->work = NULL;
    if (work->done) {
        free(explaining->result);
        explaining->result = work->result;
        work->result = NULL;
    } else if (!job_is_stopped(work->job)) {
        notices_say(explaining->means.notices, NOTICE_TROUBLE, "%s", work->err.text);
    }
    free_work(work);
}

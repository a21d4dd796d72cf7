/* SPDX-License-Identifier: MIT */
#include "app/state/robustness.h"

#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/host.h"
#include "app/job/job.h"
#include "app/tell/log.h"
#include "app/tell/notice.h"
#include "base/err.h"
#include "base/json_text.h"
#include "base/language.h"
#include "data/dataset.h"
#include "model/model.h"
#include "par/pool.h"

enum { SEED = 1 }; /* that of `inkling eval --robust`, whose figures these are */

struct robustness_work {
    /* set before the job starts, then only read */
    struct model *model;
    struct dataset *set;
    const struct kern *kern;
    int threads;

    /* the job's until it is over, then the window's; but the window reads those of the figures that
     * are counted in done */
    struct robust_figures *figures;
    atomic_int done;
    bool whole;
    struct err err;

    struct job *job; /* the window's thread's */
};

static void free_work(struct robustness_work *work)
{
    if (!work)
        return;
    job_end(work->job);
    model_free(work->model);
    dataset_free(work->set);
    free(work->figures);
    free(work);
}

/* ---- on the job's thread --------------------------------------------------------------------- */

struct under_way {
    struct job *job;
    struct robustness_work *work;
};

static bool go_on(void *context, double part)
{
    const struct under_way *under_way = context;
    int done = (int)lrint(part * ROBUST_READINGS);
    atomic_store_explicit(&under_way->work->done, done, memory_order_release);
    return job_step(under_way->job, part);
}

static void measure(struct job *job, void *context)
{
    struct robustness_work *work = context;
    struct under_way under_way = {job, work};
    struct pool *pool = pool_new(work->threads, true, &work->err);
    if (pool) {
        const struct disturb_setup setup = {
            work->model->net, measure_cost(work->model), work->kern, pool, work->set, SEED, go_on,
            &under_way};
        work->whole = disturb_measure(&setup, &work->figures->result, &work->err);
    }
    pool_free(pool);
}

/* ---- on the window's thread ------------------------------------------------------------------ */

void robustness_begin(struct robustness *robustness, const struct app_means *means)
{
    robustness->means = *means;
}

void robustness_end(struct robustness *robustness)
{
    if (robustness->work)
        job_stop(robustness->work->job);
    free_work(robustness->work);
    free(robustness->last);
    free(robustness->other);
    *robustness = (struct robustness){.work = NULL};
}

/* Of the images that are read. */
static double find_plain(const struct evaluated *images, uint32_t count)
{
    uint32_t right = 0;
    for (uint32_t i = 0; i < count; i++)
        right += images->best[i] == images->set->labels[i];
    return count > 0 ? (double)right / count : 0;
}

static bool fill_work(struct robustness_work *work, const struct model *model,
                      uint64_t model_number, const struct evaluated *images, struct err *err)
{
    uint32_t all = images->set->count;
    struct dataset part =
        dataset_part(images->set, 0, all < ROBUST_IMAGES_MAX ? all : ROBUST_IMAGES_MAX);
    if (!(work->figures = calloc(1, sizeof *work->figures)))
        return err_memory(err, _("the figures"));
    struct robust_figures *figures = work->figures;
    figures->model_number = model_number;
    figures->which = images->which;
    figures->images_number = images->images_number;
    figures->count = part.count;
    figures->plain = find_plain(images, part.count);
    snprintf(figures->model, sizeof figures->model, "%s", model_name(model));
    return (work->model = model_copy(model, err)) && (work->set = dataset_copy(&part, err));
}

void robustness_start(struct robustness *robustness, const struct model *model,
                      uint64_t model_number, const struct evaluated *images)
{
    const struct app_host *host = robustness->means.host;
    struct err err;
    if (robustness->work)
        return;
    struct robustness_work *work = calloc(1, sizeof *work);
    if (!work)
        err_memory(&err, _("the figures"));
    else if (fill_work(work, model, model_number, images, &err)) {
        work->kern = robustness->means.kern;
        work->threads = robustness->means.threads;
        const struct job_setup setup = {measure, work, host->wake, host->user,
                                        _("to read disturbed images")};
        if ((work->job = job_start(&setup, &err))) {
            robustness->work = work;
            return;
        }
    }
    free_work(work);
    notices_say(robustness->means.notices, NOTICE_TROUBLE, "%s", err.text);
}

void robustness_stop(struct robustness *robustness)
{
    if (robustness->work)
        job_stop(robustness->work->job);
}

bool robustness_busy(const struct robustness *robustness)
{
    return robustness->work;
}

double robustness_progress(const struct robustness *robustness)
{
    return robustness->work ? job_progress(robustness->work->job) : 0;
}

/* ---- the figures ----------------------------------------------------------------------------- */

const struct robust_figures *robustness_now(const struct robustness *robustness, int *done)
{
    const struct robustness_work *work = robustness->work;
    *done = work ? atomic_load_explicit(&work->done, memory_order_acquire) : ROBUST_READINGS;
    return work ? work->figures : robustness->last;
}

static bool is_other(const struct robust_figures *figures, const struct robust_figures *now)
{
    return figures && now && figures->model_number != now->model_number &&
           figures->which == now->which && figures->images_number == now->images_number;
}

const struct robust_figures *robustness_other(const struct robustness *robustness)
{
    int done;
    const struct robust_figures *now = robustness_now(robustness, &done);
    if (is_other(robustness->last, now))
        return robustness->last;
    return is_other(robustness->other, now) ? robustness->other : NULL;
}

/* The figures of `inkling eval --robust --json`. */
static void log_figures(const struct robustness *robustness)
{
    const struct robust_figures *figures = robustness->last;
    json_t *list = json_array();
    for (int kind = 0; kind < DISTURB_KINDS; kind++) {
        json_t *correct = json_array();
        for (int i = 0; i < DISTURB_STRENGTHS; i++)
            json_array_append_new(
                correct, json_integer((json_int_t)figures->result.figures[kind][i].correct));
        json_array_append_new(list,
                              json_pack("{s:s, s:o}", "disturbance",
                                        disturb_name((enum disturb_kind)kind), "correct", correct));
    }
    log_event(robustness->means.log,
              json_pack("{s:s, s:o, s:s, s:i, s:o}", "event", "robust", "model",
                        json_any_text(figures->model), "set", evaluating_set_name(figures->which),
                        "count", (int)figures->count, "robust", list));
}

/* The last ones are kept where the new ones are to be compared with them. */
static void take_figures(struct robustness *robustness, struct robustness_work *work)
{
    struct robust_figures *last = robustness->last;
    robustness->last = work->figures;
    work->figures = NULL;
    if (is_other(last, robustness->last)) {
        free(robustness->other);
        robustness->other = last;
    } else
        free(last);
    log_figures(robustness);
}

void robustness_poll(struct robustness *robustness)
{
    struct robustness_work *work = robustness->work;
    if (!work || !job_is_over(work->job))
        return;
    robustness->work = NULL;
    if (work->whole)
        take_figures(robustness, work);
    else if (!job_is_stopped(work->job))
        notices_say(robustness->means.notices, NOTICE_TROUBLE, "%s", work->err.text);
    free_work(work);
}

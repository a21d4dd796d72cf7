/* SPDX-License-Identifier: MIT */
#include "app/state/suspecting.h"

#include <stdlib.h>

#include "app/host.h"
#include "app/job/job.h"
#include "app/tell/log.h"
#include "app/tell/notice.h"
#include "base/err.h"
#include "base/json_text.h"
#include "base/language.h"
#include "data/dataset.h"
#include "par/pool.h"

enum { SEED = 1 };

struct suspecting_work {
    /* set before the job starts, then only read */
    const struct kern *kern;
    int threads;
    uint64_t number; /* of the images */

    /* the job's until it is over; then the window's */
    struct dataset *set;
    struct suspect *found; /* [SUSPECTS_MAX] */
    int count;
    bool done;
    struct err err;

    struct job *job; /* the window's thread's */
};

static void free_work(struct suspecting_work *work)
{
    if (!work)
        return;
    job_end(work->job);
    dataset_free(work->set);
    free(work->found);
    free(work);
}

/* ---- on the job's thread --------------------------------------------------------------------- */

static void search(struct job *job, void *context)
{
    struct suspecting_work *work = context;
    struct pool *pool = pool_new(work->threads, true, &work->err);
    const struct suspects_setup setup = {work->set, work->kern, pool, SEED, job_go_on, job};
    if (pool)
        work->done = suspects_find(&setup, work->found, &work->count, &work->err);
    pool_free(pool);
}

/* ---- on the window's thread ------------------------------------------------------------------ */

void suspecting_begin(struct suspecting *suspecting, const struct app_means *means)
{
    suspecting->means = *means;
    suspecting->chosen = -1;
}

void suspecting_end(struct suspecting *suspecting)
{
    if (suspecting->work)
        job_stop(suspecting->work->job);
    free_work(suspecting->work);
    free(suspecting->found);
    corrections_close(&suspecting->corrections);
    suspecting->work = NULL;
    suspecting->found = NULL;
}

bool suspecting_busy(const struct suspecting *suspecting)
{
    return suspecting->waiting || suspecting->work;
}

double suspecting_progress(const struct suspecting *suspecting)
{
    return suspecting->work ? job_progress(suspecting->work->job) : 0;
}

void suspecting_start(struct suspecting *suspecting)
{
    suspecting->waiting = !suspecting->work;
}

void suspecting_stop(struct suspecting *suspecting)
{
    suspecting->waiting = false;
    if (suspecting->work)
        job_stop(suspecting->work->job);
}

void suspecting_launch(struct suspecting *suspecting, const struct dataset *train, uint64_t number)
{
    const struct app_host *host = suspecting->means.host;
    struct err err;
    struct suspecting_work *work = calloc(1, sizeof *work);
    suspecting->waiting = false;
    if (work && (work->found = malloc(SUSPECTS_MAX * sizeof *work->found))) {
        work->kern = suspecting->means.kern;
        work->threads = suspecting->means.threads;
        work->number = number;
        const struct job_setup setup = {search, work, host->wake, host->user,
                                        _("to find suspects")};
        if ((work->set = dataset_copy(train, &err)) && (work->job = job_start(&setup, &err))) {
            suspecting->work = work;
            return;
        }
    } else
        err_memory(&err, _("finding suspects"));
    free_work(work);
    notices_say(suspecting->means.notices, NOTICE_TROUBLE, "%s", err.text);
}

static void take_found(struct suspecting *suspecting, struct suspecting_work *work)
{
    free(suspecting->found);
    suspecting->found = work->found;
    suspecting->count = work->count;
    suspecting->found_set = work->number;
    suspecting->chosen = -1;
    work->found = NULL;
    log_event(suspecting->means.log, json_pack("{s:s, s:o, s:i, s:i}", "event", "suspects", "data",
                                               json_any_text(work->set->name), "images",
                                               (int)work->set->count, "count", work->count));
}

void suspecting_poll(struct suspecting *suspecting)
{
    struct suspecting_work *work = suspecting->work;
    if (!work || !job_is_over(work->job))
        return;
    suspecting->work = NULL;
    if (work->done)
        take_found(suspecting, work);
    else if (!job_is_stopped(work->job))
        notices_say(suspecting->means.notices, NOTICE_TROUBLE, "%s", work->err.text);
    free_work(work);
}

/* ---- corrections ----------------------------------------------------------------------------- */

void suspecting_follow(struct suspecting *suspecting, const struct dataset *train, uint64_t number)
{
    struct err err;
    if (!train || number == suspecting->corrected_set)
        return;
    suspecting->corrected_set = number;
    if (!corrections_open(&suspecting->corrections, train, &err))
        notices_say(suspecting->means.notices, NOTICE_TROUBLE, "%s", err.text);
}

const struct suspect *suspecting_chosen(const struct suspecting *suspecting)
{
    bool any = suspecting->found && suspecting->chosen >= 0;
    return any ? &suspecting->found[suspecting->chosen] : NULL;
}

void suspecting_choose(struct suspecting *suspecting, uint32_t image)
{
    for (int i = 0; i < suspecting->count; i++)
        if (suspecting->found[i].image == image) {
            suspecting->chosen = i;
            return;
        }
    notices_say(suspecting->means.notices, NOTICE_TROUBLE, _("Image %u is no suspect."), image);
}

void suspecting_correct(struct suspecting *suspecting, uint8_t label)
{
    struct err err;
    const struct suspect *suspect = suspecting_chosen(suspecting);
    if (suspect && label == suspect->label)
        label = CORRECTION_NONE;
    if (suspect && !corrections_set(&suspecting->corrections, suspect->image, label, &err))
        notices_say(suspecting->means.notices, NOTICE_TROUBLE, "%s", err.text);
}

void suspecting_undo(struct suspecting *suspecting)
{
    struct err err;
    if (!corrections_undo(&suspecting->corrections, &err))
        notices_say(suspecting->means.notices, NOTICE_TROUBLE, "%s", err.text);
}

bool suspecting_apply(const struct suspecting *suspecting, const struct dataset *train,
                      struct dataset **corrected, struct err *err)
{
    const struct corrections *list = &suspecting->corrections;
    uint32_t out, relabelled;
    *corrected = NULL;
    if (list->count == 0)
        return true;
    if (!(*corrected = corrections_apply(list, train, err)))
        return false;
    corrections_count(list, &out, &relabelled);
    notices_say(suspecting->means.notices, NOTICE_WORD,
                _("Trained with corrected labels: %u left out, %u relabelled."), out, relabelled);
    return true;
}

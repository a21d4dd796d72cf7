/* SPDX-License-Identifier: MIT */
#include "app/state/alike.h"

#include <stdlib.h>
#include <string.h>

#include "app/host.h"
#include "app/job/job.h"
#include "app/tell/notice.h"
#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "eval/hidden.h"
#include "eval/nearest.h"
#include "par/pool.h"

/* A set as a network sees it. */
struct alike_read {
    struct alike_key key;
    struct nn *net;
    struct dataset *set; /* until it is read */
    struct nearest *nearest;
};

struct alike_work {
    /* set before the job starts, then only read */
    const struct kern *kern;
    int threads;
    bool reads; /* the set; else it looks a drawing up */
    uint8_t pixels[FIT_LEN];

    /* the job's until it is over; then the window's */
    struct alike_read *read;
    struct nearest_hit hits[ALIKE_MAX];
    int count;
    struct err err;

    struct job *job; /* the window's thread's */
};

static void free_read(struct alike_read *read)
{
    if (!read)
        return;
    nearest_free(read->nearest);
    dataset_free(read->set);
    nn_free(read->net);
    free(read);
}

/* Waits for its job. */
static void free_work(struct alike_work *work)
{
    if (!work)
        return;
    job_end(work->job);
    free_read(work->read);
    free(work);
}

/* ---- on the job's thread --------------------------------------------------------------------- */

static void read_set(struct alike_work *work, struct job *job)
{
    struct alike_read *read = work->read;
    struct pool *pool = pool_new(work->threads, true, &work->err);
    if (pool)
        read->nearest = nearest_new(
            &(struct hidden_setup){read->net, work->kern, pool, read->set, job_go_on, job},
            &work->err);
    pool_free(pool);
    dataset_free(read->set);
    read->set = NULL;
}

static void run(struct job *job, void *context)
{
    struct alike_work *work = context;
    float x[FIT_LEN];
    if (work->reads) {
        read_set(work, job);
        return;
    }
    fit_floats(work->pixels, 1, x);
    work->count = nearest_find(work->read->nearest, work->read->net, x, ALIKE_MAX, work->hits);
}

/* ---- on the window's thread ------------------------------------------------------------------ */

void alike_begin(struct alike *alike, const struct app_means *means)
{
    alike->means = *means;
}

void alike_end(struct alike *alike)
{
    if (alike->work)
        job_stop(alike->work->job);
    free_work(alike->work);
    free_read(alike->read);
    alike->work = NULL;
    alike->read = NULL;
}

static bool is_key(struct alike_key key, const struct alike_wish *wish)
{
    return key.set != 0 && key.model == wish->by.model && key.set == wish->set_number;
}

void alike_ask(struct alike *alike)
{
    alike->asked = true;
}

void alike_stop(struct alike *alike)
{
    alike->asked = false;
    if (alike_reads(alike))
        job_stop(alike->work->job);
}

bool alike_busy(const struct alike *alike)
{
    return alike->work;
}

bool alike_reads(const struct alike *alike)
{
    return alike->work && alike->work->reads;
}

double alike_progress(const struct alike *alike)
{
    return alike->work ? job_progress(alike->work->job) : 0;
}

bool alike_has(const struct alike *alike, const struct alike_wish *wish)
{
    return is_key(alike->key, wish);
}

/* ---- beginning ------------------------------------------------------------------------------- */

static struct alike_read *new_read(const struct alike_wish *wish, struct err *err)
{
    struct alike_read *read = calloc(1, sizeof *read);
    if (!read) {
        err_memory(err, _("the images most like the drawing"));
        return NULL;
    }
    read->key = (struct alike_key){wish->by.model, wish->set_number};
    read->net = nn_copy(wish->by.net, err);
    read->set = read->net ? dataset_copy(wish->set, err) : NULL;
    if (read->set)
        return read;
    free_read(read);
    return NULL;
}

/* Gives `read` to a job. */
static void start(struct alike *alike, struct alike_read *read, const uint8_t *pixels)
{
    const struct app_host *host = alike->means.host;
    struct err err;
    struct alike_work *work = calloc(1, sizeof *work);
    if (work) {
        *work = (struct alike_work){alike->means.kern, alike->means.threads, !pixels, .read = read};
        if (pixels)
            memcpy(work->pixels, pixels, FIT_LEN);
        const struct job_setup setup = {run, work, host->wake, host->user,
                                        _("to find the images most like the drawing")};
        work->job = job_start(&setup, &err);
    } else
        err_memory(&err, _("the images most like the drawing"));
    if (work && work->job) {
        alike->work = work;
        return;
    }
    free_read(read);
    free(work);
    alike->asked = false;
    notices_say(alike->means.notices, NOTICE_TROUBLE, "%s", err.text);
}

static void start_reading(struct alike *alike, const struct alike_wish *wish)
{
    struct err err;
    free_read(alike->read);
    alike->read = NULL;
    struct alike_read *read = new_read(wish, &err);
    if (read) {
        start(alike, read, NULL);
        return;
    }
    alike->asked = false;
    notices_say(alike->means.notices, NOTICE_TROUBLE, "%s", err.text);
}

static void start_looking(struct alike *alike, const uint8_t *pixels)
{
    struct alike_read *read = alike->read;
    alike->read = NULL;
    start(alike, read, pixels);
}

void alike_want(struct alike *alike, const struct alike_wish *wish)
{
    if (alike->work) {
        if (!is_key(alike->work->read->key, wish))
            job_stop(alike->work->job);
        return;
    }
    if (alike->read && is_key(alike->read->key, wish)) {
        if (!alike_has(alike, wish) || memcmp(alike->pixels, wish->fit->pixels, FIT_LEN) != 0)
            start_looking(alike, wish->fit->pixels);
    } else if (alike->asked && wish->set)
        start_reading(alike, wish);
}

/* ---- the end of it --------------------------------------------------------------------------- */

static void take_hits(struct alike *alike, const struct alike_work *work, const struct dataset *set)
{
    alike->key = work->read->key;
    alike->count = work->count;
    memcpy(alike->pixels, work->pixels, FIT_LEN);
    for (int i = 0; i < work->count; i++) {
        struct alike_image *image = &alike->images[i];
        image->number = work->hits[i].image;
        image->label = set->labels[image->number];
        image->cosine = work->hits[i].cosine;
        memcpy(image->pixels, set->pixels + (size_t)image->number * FIT_LEN, FIT_LEN);
    }
}

void alike_poll(struct alike *alike, const struct dataset *set, uint64_t set_number)
{
    struct alike_work *work = alike->work;
    if (!work || !job_is_over(work->job))
        return;
    alike->work = NULL;
    if (work->read->nearest) {
        if (!work->reads && work->read->key.set == set_number)
            take_hits(alike, work, set);
        alike->read = work->read;
        work->read = NULL;
    } else if (!job_is_stopped(work->job)) {
        alike->asked = false;
        notices_say(alike->means.notices, NOTICE_TROUBLE, "%s", work->err.text);
    }
    free_work(work);
}

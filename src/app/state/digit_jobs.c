/* SPDX-License-Identifier: MIT */
/* digit_jobs.c -- two lanes of jobs; the first job of each has a thread. */
#include "app/state/digit_jobs.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/state/digit_file.h"
#include "base/clock.h"
#include "data/my_digits.h"

static const double wake_pause = 0.1; /* seconds between two that tell how far an import is */

enum lane { LANE_FILE, LANE_EXCHANGE, LANES };

struct job {
    /* set before the thread starts, then only read */
    struct digit_jobs *jobs;
    enum exchange_format format;
    const struct my_digit **digits; /* [answer.count] */

    /* the job's thread's until `finished`; then the window's */
    struct digit_answer answer;
    double woken; /* when it last told how far it is */
    atomic_bool finished;

    /* anyone's */
    atomic_bool stopping;
    atomic_uint done, all; /* pictures */

    /* the window's thread's */
    bool started;
    pthread_t thread;
    struct job *next;
};

/* The window's thread's, but for what never changes and the file. */
struct digit_jobs {
    struct exchange_pictures pictures;
    void (*wake)(void *user);
    void *user;
    struct job *first[LANES];
    struct digit_file file; /* the thread's that has the first job of its lane */
};

/* ---- on the job's thread --------------------------------------------------------------------- */

static void do_load(struct job *job)
{
    struct digit_answer *answer = &job->answer;
    struct err said, why;
    answer->list = digit_file_load(&job->jobs->file, answer->path, &said, &why);
    answer->done = answer->list && !said.text[0];
    if (answer->list)
        answer->err = said;
    else
        err_set(&answer->err,
                "Your digits could not be read, and none can be added until they can. %s",
                why.text);
}

static void do_save(struct job *job)
{
    struct digit_answer *answer = &job->answer;
    struct err said, why;
    answer->done =
        digit_file_save(&job->jobs->file, answer->path, (const struct my_digit *const *)job->digits,
                        answer->count, &answer->news, &said, &why);
    answer->err = answer->done ? said : why;
}

static void wake_window(const struct job *job)
{
    if (job->jobs->wake)
        job->jobs->wake(job->jobs->user);
}

static bool go_on(void *user, uint32_t done, uint32_t all)
{
    struct job *job = user;
    double now = clock_seconds();
    atomic_store(&job->done, done);
    atomic_store(&job->all, all);
    if (now - job->woken > wake_pause) {
        job->woken = now;
        wake_window(job);
    }
    return !atomic_load(&job->stopping);
}

static void do_import(struct job *job)
{
    struct digit_answer *answer = &job->answer;
    const struct exchange_watch watch = {job, go_on};
    answer->list =
        exchange_import(answer->path, &job->jobs->pictures, &watch, &answer->passed, &answer->err);
    answer->stopped = atomic_load(&job->stopping);
    if (answer->stopped) {
        my_digits_free(answer->list);
        answer->list = NULL;
    }
    answer->done = answer->list != NULL;
    answer->count = answer->list ? my_digits_count(answer->list) : 0;
}

static void do_export(struct job *job)
{
    struct digit_answer *answer = &job->answer;
    const struct exchange_watch watch = {job, go_on};
    answer->done =
        exchange_export(answer->path, job->format, (const struct my_digit *const *)job->digits,
                        answer->count, &job->jobs->pictures, &watch, &answer->err);
}

static void *do_job(void *context)
{
    struct job *job = context;
    switch (job->answer.kind) {
    case DIGITS_LOADED:
        do_load(job);
        break;
    case DIGITS_SAVED:
        do_save(job);
        break;
    case DIGITS_IMPORTED:
        do_import(job);
        break;
    case DIGITS_EXPORTED:
        do_export(job);
        break;
    }
    atomic_store(&job->finished, true);
    wake_window(job);
    return NULL;
}

/* ---- on the window's thread ------------------------------------------------------------------ */

struct digit_jobs *digit_jobs_new(const struct exchange_pictures *pictures,
                                  void (*wake)(void *user), void *user, struct err *err)
{
    struct digit_jobs *jobs = calloc(1, sizeof *jobs);
    if (!jobs) {
        err_memory(err, "your digits");
        return NULL;
    }
    jobs->pictures = *pictures;
    jobs->wake = wake;
    jobs->user = user;
    return jobs;
}

static void free_job(struct job *job)
{
    free(job->digits);
    free(job);
}

/* Without a thread of its own the job is done at once: late, but not lost. */
static void start_first(struct digit_jobs *jobs, enum lane lane)
{
    struct job *job = jobs->first[lane];
    if (!job || job->started || atomic_load(&job->finished))
        return;
    job->started = pthread_create(&job->thread, NULL, do_job, job) == 0;
    if (!job->started)
        do_job(job);
}

/* Waits for the first job of a lane, gives its answer and starts the next. */
static void finish_first(struct digit_jobs *jobs, enum lane lane, struct digit_answer *answer)
{
    struct job *job = jobs->first[lane];
    if (job->started)
        pthread_join(job->thread, NULL);
    *answer = job->answer;
    jobs->first[lane] = job->next;
    free_job(job);
    start_first(jobs, lane);
}

bool digit_jobs_poll(struct digit_jobs *jobs, struct digit_answer *answer)
{
    for (enum lane lane = 0; lane < LANES; lane++) {
        struct job *job = jobs->first[lane];
        if (job && atomic_load(&job->finished)) {
            finish_first(jobs, lane, answer);
            return true;
        }
        if (job && job->answer.kind == DIGITS_LOADED)
            return false;
    }
    return false;
}

bool digit_jobs_wait(struct digit_jobs *jobs, struct digit_answer *answer)
{
    for (enum lane lane = 0; lane < LANES; lane++)
        if (jobs->first[lane]) {
            finish_first(jobs, lane, answer);
            return true;
        }
    return false;
}

void digit_jobs_free(struct digit_jobs *jobs)
{
    struct digit_answer answer;
    if (!jobs)
        return;
    digit_jobs_stop_imports(jobs);
    while (digit_jobs_wait(jobs, &answer)) {
        my_digits_free(answer.list);
        my_digits_news_clear(&answer.news);
    }
    digit_file_forget(&jobs->file);
    free(jobs);
}

void digit_jobs_forget(struct digit_jobs *jobs)
{
    assert(!jobs->first[LANE_FILE]);
    digit_file_forget(&jobs->file);
}

/* ---- imports and exports --------------------------------------------------------------------- */

bool digit_jobs_importing(const struct digit_jobs *jobs, uint32_t *done, uint32_t *all)
{
    const struct job *job = jobs->first[LANE_EXCHANGE];
    if (!job || job->answer.kind != DIGITS_IMPORTED || atomic_load(&job->stopping))
        return false;
    *done = atomic_load(&job->done);
    *all = atomic_load(&job->all);
    return true;
}

bool digit_jobs_are_done(const struct digit_jobs *jobs)
{
    return !jobs->first[LANE_FILE] && !jobs->first[LANE_EXCHANGE];
}

bool digit_jobs_exporting(const struct digit_jobs *jobs)
{
    for (const struct job *job = jobs->first[LANE_EXCHANGE]; job; job = job->next)
        if (job->answer.kind == DIGITS_EXPORTED)
            return true;
    return false;
}

static void stop_all(struct digit_jobs *jobs, enum digit_job_kind kind)
{
    for (struct job *job = jobs->first[LANE_EXCHANGE]; job; job = job->next)
        if (job->answer.kind == kind)
            atomic_store(&job->stopping, true);
}

void digit_jobs_stop_imports(struct digit_jobs *jobs)
{
    stop_all(jobs, DIGITS_IMPORTED);
}

void digit_jobs_stop_exports(struct digit_jobs *jobs)
{
    stop_all(jobs, DIGITS_EXPORTED);
}

/* ---- asking ---------------------------------------------------------------------------------- */

static struct job *new_job(struct digit_jobs *jobs, enum digit_job_kind kind, const char *path)
{
    struct job *job = calloc(1, sizeof *job);
    if (!job)
        return NULL;
    job->jobs = jobs;
    job->answer.kind = kind;
    snprintf(job->answer.path, sizeof job->answer.path, "%s", path);
    return job;
}

static bool add_job(struct digit_jobs *jobs, enum lane lane, struct job *job)
{
    struct job **at = &jobs->first[lane];
    if (!job)
        return false;
    while (*at)
        at = &(*at)->next;
    *at = job;
    start_first(jobs, lane);
    return true;
}

/* The list of this moment goes with the job. */
static bool add_list_job(struct digit_jobs *jobs, enum lane lane, struct job *job,
                         const struct my_digits *list)
{
    if (!job)
        return false;
    job->digits = my_digits_all(list, NULL);
    job->answer.count = my_digits_count(list);
    job->answer.changes = my_digits_changes(list);
    if (job->digits)
        return add_job(jobs, lane, job);
    free_job(job);
    return false;
}

bool digit_jobs_load(struct digit_jobs *jobs, const char *path)
{
    return add_job(jobs, LANE_FILE, new_job(jobs, DIGITS_LOADED, path));
}

bool digit_jobs_save(struct digit_jobs *jobs, const char *path, const struct my_digits *list)
{
    return add_list_job(jobs, LANE_FILE, new_job(jobs, DIGITS_SAVED, path), list);
}

bool digit_jobs_import(struct digit_jobs *jobs, const char *path)
{
    return add_job(jobs, LANE_EXCHANGE, new_job(jobs, DIGITS_IMPORTED, path));
}

bool digit_jobs_export(struct digit_jobs *jobs, const char *path, enum exchange_format format,
                       bool instead, const struct my_digits *list)
{
    struct job *job = new_job(jobs, DIGITS_EXPORTED, path);
    if (job) {
        job->format = format;
        job->answer.instead = instead;
    }
    return add_list_job(jobs, LANE_EXCHANGE, job, list);
}

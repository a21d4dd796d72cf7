/* SPDX-License-Identifier: MIT */
/* keeper.c -- two lanes of jobs; the first job of each has a thread. */
#include "app/mine/keeper.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/mine/store.h"
#include "base/clock.h"
#include "data/mine.h"

static const double wake_pause = 0.1; /* seconds between two that tell how far an import is */

enum lane { LANE_STORE, LANE_EXCHANGE, LANES };

struct job {
    /* set before the thread starts, then only read */
    struct keeper *keeper;
    enum exchange_format format;
    const struct mine_digit **digits; /* [answer.count] */

    /* the job's thread's until `finished`; then the window's */
    struct keeper_answer answer;
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

/* The window's thread's, but for what never changes and the store. */
struct keeper {
    struct exchange_pictures pictures;
    void (*wake)(void *user);
    void *user;
    struct job *first[LANES];
    struct store store; /* the thread's that has the first job of its lane */
};

/* ---- on the job's thread --------------------------------------------------------------------- */

static void do_load(struct job *job)
{
    struct keeper_answer *answer = &job->answer;
    struct err said, why;
    answer->mine = store_load(&job->keeper->store, answer->path, &said, &why);
    answer->done = answer->mine && !said.text[0];
    if (answer->mine)
        answer->err = said;
    else
        err_set(&answer->err,
                "Your digits could not be read, and none can be added until they can. %s",
                why.text);
}

static void do_save(struct job *job)
{
    struct keeper_answer *answer = &job->answer;
    struct err said, why;
    answer->done = store_save(&job->keeper->store, answer->path,
                              (const struct mine_digit *const *)job->digits, answer->count,
                              &answer->news, &said, &why);
    answer->err = answer->done ? said : why;
}

static void wake_window(const struct job *job)
{
    if (job->keeper->wake)
        job->keeper->wake(job->keeper->user);
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
    struct keeper_answer *answer = &job->answer;
    const struct exchange_watch watch = {job, go_on};
    answer->mine = exchange_import(answer->path, &job->keeper->pictures, &watch, &answer->passed,
                                   &answer->err);
    answer->stopped = atomic_load(&job->stopping);
    if (answer->stopped) {
        mine_free(answer->mine);
        answer->mine = NULL;
    }
    answer->done = answer->mine != NULL;
    answer->count = answer->mine ? mine_count(answer->mine) : 0;
}

static void do_export(struct job *job)
{
    struct keeper_answer *answer = &job->answer;
    const struct exchange_watch watch = {job, go_on};
    answer->done = exchange_export(answer->path, job->format,
                                   (const struct mine_digit *const *)job->digits, answer->count,
                                   &job->keeper->pictures, &watch, &answer->err);
}

static void *do_job(void *context)
{
    struct job *job = context;
    switch (job->answer.kind) {
    case KEEPER_LOADED: do_load(job); break;
    case KEEPER_SAVED: do_save(job); break;
    case KEEPER_IMPORTED: do_import(job); break;
    case KEEPER_EXPORTED: do_export(job); break;
    }
    atomic_store(&job->finished, true);
    wake_window(job);
    return NULL;
}

/* ---- on the window's thread ------------------------------------------------------------------ */

struct keeper *keeper_new(const struct exchange_pictures *pictures, void (*wake)(void *user),
                          void *user, struct err *err)
{
    struct keeper *keeper = calloc(1, sizeof *keeper);
    if (!keeper) {
        err_memory(err, "your digits");
        return NULL;
    }
    keeper->pictures = *pictures;
    keeper->wake = wake;
    keeper->user = user;
    return keeper;
}

static void free_job(struct job *job)
{
    free(job->digits);
    free(job);
}

/* Without a thread of its own the job is done at once: late, but not lost. */
static void start_first(struct keeper *keeper, enum lane lane)
{
    struct job *job = keeper->first[lane];
    if (!job || job->started || atomic_load(&job->finished))
        return;
    job->started = pthread_create(&job->thread, NULL, do_job, job) == 0;
    if (!job->started)
        do_job(job);
}

/* Waits for the first job of a lane, gives its answer and starts the next. */
static void finish_first(struct keeper *keeper, enum lane lane, struct keeper_answer *answer)
{
    struct job *job = keeper->first[lane];
    if (job->started)
        pthread_join(job->thread, NULL);
    *answer = job->answer;
    keeper->first[lane] = job->next;
    free_job(job);
    start_first(keeper, lane);
}

bool keeper_poll(struct keeper *keeper, struct keeper_answer *answer)
{
    for (enum lane lane = 0; lane < LANES; lane++) {
        struct job *job = keeper->first[lane];
        if (job && atomic_load(&job->finished)) {
            finish_first(keeper, lane, answer);
            return true;
        }
        if (job && job->answer.kind == KEEPER_LOADED)
            return false;
    }
    return false;
}

bool keeper_wait(struct keeper *keeper, struct keeper_answer *answer)
{
    for (enum lane lane = 0; lane < LANES; lane++)
        if (keeper->first[lane]) {
            finish_first(keeper, lane, answer);
            return true;
        }
    return false;
}

void keeper_free(struct keeper *keeper)
{
    struct keeper_answer answer;
    if (!keeper)
        return;
    keeper_stop_imports(keeper);
    while (keeper_wait(keeper, &answer)) {
        mine_free(answer.mine);
        mine_news_clear(&answer.news);
    }
    store_clear(&keeper->store);
    free(keeper);
}

void keeper_forget(struct keeper *keeper)
{
    store_forget(&keeper->store);
}

/* ---- imports and exports --------------------------------------------------------------------- */

bool keeper_importing(const struct keeper *keeper, uint32_t *done, uint32_t *all)
{
    const struct job *job = keeper->first[LANE_EXCHANGE];
    if (!job || job->answer.kind != KEEPER_IMPORTED || atomic_load(&job->stopping))
        return false;
    *done = atomic_load(&job->done);
    *all = atomic_load(&job->all);
    return true;
}

bool keeper_exporting(const struct keeper *keeper)
{
    for (const struct job *job = keeper->first[LANE_EXCHANGE]; job; job = job->next)
        if (job->answer.kind == KEEPER_EXPORTED)
            return true;
    return false;
}

static void stop_all(struct keeper *keeper, enum keeper_kind kind)
{
    for (struct job *job = keeper->first[LANE_EXCHANGE]; job; job = job->next)
        if (job->answer.kind == kind)
            atomic_store(&job->stopping, true);
}

void keeper_stop_imports(struct keeper *keeper)
{
    stop_all(keeper, KEEPER_IMPORTED);
}

void keeper_stop_exports(struct keeper *keeper)
{
    stop_all(keeper, KEEPER_EXPORTED);
}

/* ---- asking ---------------------------------------------------------------------------------- */

static struct job *new_job(struct keeper *keeper, enum keeper_kind kind, const char *path)
{
    struct job *job = calloc(1, sizeof *job);
    if (!job)
        return NULL;
    job->keeper = keeper;
    job->answer.kind = kind;
    snprintf(job->answer.path, sizeof job->answer.path, "%s", path);
    return job;
}

static bool add_job(struct keeper *keeper, enum lane lane, struct job *job)
{
    struct job **at = &keeper->first[lane];
    if (!job)
        return false;
    while (*at)
        at = &(*at)->next;
    *at = job;
    start_first(keeper, lane);
    return true;
}

/* The list of this moment goes with the job. */
static bool add_list_job(struct keeper *keeper, enum lane lane, struct job *job,
                         const struct mine *mine)
{
    if (!job)
        return false;
    job->digits = mine_digits(mine, NULL);
    job->answer.count = mine_count(mine);
    job->answer.changes = mine_changes(mine);
    if (job->digits)
        return add_job(keeper, lane, job);
    free_job(job);
    return false;
}

bool keeper_load(struct keeper *keeper, const char *path)
{
    return add_job(keeper, LANE_STORE, new_job(keeper, KEEPER_LOADED, path));
}

bool keeper_save(struct keeper *keeper, const char *path, const struct mine *mine)
{
    return add_list_job(keeper, LANE_STORE, new_job(keeper, KEEPER_SAVED, path), mine);
}

bool keeper_import(struct keeper *keeper, const char *path)
{
    return add_job(keeper, LANE_EXCHANGE, new_job(keeper, KEEPER_IMPORTED, path));
}

bool keeper_export(struct keeper *keeper, const char *path, enum exchange_format format,
                   const struct mine *mine)
{
    struct job *job = new_job(keeper, KEEPER_EXPORTED, path);
    if (job)
        job->format = format;
    return add_list_job(keeper, LANE_EXCHANGE, job, mine);
}

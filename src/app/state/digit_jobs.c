/* SPDX-License-Identifier: MIT */
/* digit_jobs.c -- two lanes of tasks; the first of each is a job. */
#include "app/state/digit_jobs.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/job/job.h"
#include "app/state/digit_file.h"
#include "base/language.h"
#include "data/my_digits.h"

enum lane { LANE_FILE, LANE_EXCHANGE, LANES };

struct task {
    /* set before the job starts, then only read */
    struct digit_jobs *jobs;
    enum exchange_format format;
    const struct my_digit **digits; /* [answer.count] */

    /* the job's until it is over; then the window's */
    struct job *watched; /* by go_on; NULL where it is done on the window's thread */
    struct digit_answer answer;

    /* anyone's */
    atomic_uint done, all; /* pictures */

    /* the window's thread's */
    bool started, stopped;
    struct job *job; /* once it is started; NULL: it was done at once */
    struct task *next;
};

/* The window's thread's, but for what never changes and the file. */
struct digit_jobs {
    struct exchange_pictures pictures;
    void (*wake)(void *user);
    void *user;
    struct task *first[LANES];
    struct digit_file file; /* the thread's that has the first task of its lane */
};

/* ---- on the job's thread --------------------------------------------------------------------- */

static void do_load(struct task *task)
{
    struct digit_answer *answer = &task->answer;
    struct err said, why;
    answer->list = digit_file_load(&task->jobs->file, answer->path, &said, &why);
    answer->done = answer->list && !said.text[0];
    if (answer->list)
        answer->err = said;
    else
        err_set(&answer->err,
                _("Your digits could not be read, and none can be added until they can. %s"),
                why.text);
}

static void do_save(struct task *task)
{
    struct digit_answer *answer = &task->answer;
    struct err said, why;
    answer->done = digit_file_save(&task->jobs->file, answer->path,
                                   (const struct my_digit *const *)task->digits, answer->count,
                                   &answer->news, &said, &why);
    answer->err = answer->done ? said : why;
}

static bool go_on(void *user, uint32_t done, uint32_t all)
{
    struct task *task = user;
    atomic_store(&task->done, done);
    atomic_store(&task->all, all);
    return !task->watched || job_step(task->watched, all > 0 ? (double)done / all : 0);
}

static void do_import(struct task *task)
{
    struct digit_answer *answer = &task->answer;
    const struct exchange_watch watch = {task, go_on};
    answer->list =
        exchange_import(answer->path, &task->jobs->pictures, &watch, &answer->passed, &answer->err);
    answer->stopped = task->watched && atomic_load(job_stopping(task->watched));
    if (answer->stopped) {
        my_digits_free(answer->list);
        answer->list = NULL;
    }
    answer->done = answer->list != NULL;
    answer->count = answer->list ? my_digits_count(answer->list) : 0;
}

static void do_export(struct task *task)
{
    struct digit_answer *answer = &task->answer;
    const struct exchange_watch watch = {task, go_on};
    answer->done =
        exchange_export(answer->path, task->format, (const struct my_digit *const *)task->digits,
                        answer->count, &task->jobs->pictures, &watch, &answer->err);
}

static void do_task(struct job *job, void *context)
{
    struct task *task = context;
    task->watched = job;
    switch (task->answer.kind) {
    case DIGITS_LOADED:
        do_load(task);
        break;
    case DIGITS_SAVED:
        do_save(task);
        break;
    case DIGITS_IMPORTED:
        do_import(task);
        break;
    case DIGITS_EXPORTED:
        do_export(task);
        break;
    }
}

/* ---- on the window's thread ------------------------------------------------------------------ */

struct digit_jobs *digit_jobs_new(const struct exchange_pictures *pictures,
                                  void (*wake)(void *user), void *user, struct err *err)
{
    struct digit_jobs *jobs = calloc(1, sizeof *jobs);
    if (!jobs) {
        err_memory(err, _("your digits"));
        return NULL;
    }
    jobs->pictures = *pictures;
    jobs->wake = wake;
    jobs->user = user;
    return jobs;
}

static void free_task(struct task *task)
{
    free(task->digits);
    free(task);
}

/* Without a thread of its own the task is done at once: late, but not lost. */
static void start_first(struct digit_jobs *jobs, enum lane lane)
{
    struct task *task = jobs->first[lane];
    if (!task || task->started)
        return;
    const struct job_setup setup = {do_task, task, jobs->wake, jobs->user, _("for your digits")};
    task->started = true;
    task->job = job_start(&setup, NULL);
    if (task->stopped)
        job_stop(task->job);
    if (!task->job)
        do_task(NULL, task);
}

/* Waits for the first task of a lane, gives its answer and starts the next. */
static void finish_first(struct digit_jobs *jobs, enum lane lane, struct digit_answer *answer)
{
    struct task *task = jobs->first[lane];
    job_end(task->job);
    *answer = task->answer;
    jobs->first[lane] = task->next;
    free_task(task);
    start_first(jobs, lane);
}

bool digit_jobs_poll(struct digit_jobs *jobs, struct digit_answer *answer)
{
    for (enum lane lane = 0; lane < LANES; lane++) {
        struct task *task = jobs->first[lane];
        if (task && job_is_over(task->job)) {
            finish_first(jobs, lane, answer);
            return true;
        }
        if (task && task->answer.kind == DIGITS_LOADED)
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
    const struct task *task = jobs->first[LANE_EXCHANGE];
    if (!task || task->answer.kind != DIGITS_IMPORTED || task->stopped)
        return false;
    *done = atomic_load(&task->done);
    *all = atomic_load(&task->all);
    return true;
}

bool digit_jobs_are_done(const struct digit_jobs *jobs)
{
    return !jobs->first[LANE_FILE] && !jobs->first[LANE_EXCHANGE];
}

bool digit_jobs_exporting(const struct digit_jobs *jobs)
{
    for (const struct task *task = jobs->first[LANE_EXCHANGE]; task; task = task->next)
        if (task->answer.kind == DIGITS_EXPORTED)
            return true;
    return false;
}

static void stop_all(struct digit_jobs *jobs, enum digit_job_kind kind)
{
    for (struct task *task = jobs->first[LANE_EXCHANGE]; task; task = task->next)
        if (task->answer.kind == kind) {
            task->stopped = true;
            job_stop(task->job);
        }
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

static struct task *new_task(struct digit_jobs *jobs, enum digit_job_kind kind, const char *path)
{
    struct task *task = calloc(1, sizeof *task);
    if (!task)
        return NULL;
    task->jobs = jobs;
    task->answer.kind = kind;
    snprintf(task->answer.path, sizeof task->answer.path, "%s", path);
    return task;
}

static bool add_task(struct digit_jobs *jobs, enum lane lane, struct task *task)
{
    struct task **at = &jobs->first[lane];
    if (!task)
        return false;
    while (*at)
        at = &(*at)->next;
    *at = task;
    start_first(jobs, lane);
    return true;
}

/* The list of this moment goes with the task. */
static bool add_list_task(struct digit_jobs *jobs, enum lane lane, struct task *task,
                          const struct my_digits *list)
{
    if (!task)
        return false;
    task->digits = my_digits_all(list, NULL);
    task->answer.count = my_digits_count(list);
    task->answer.changes = my_digits_changes(list);
    if (task->digits)
        return add_task(jobs, lane, task);
    free_task(task);
    return false;
}

bool digit_jobs_load(struct digit_jobs *jobs, const char *path)
{
    return add_task(jobs, LANE_FILE, new_task(jobs, DIGITS_LOADED, path));
}

bool digit_jobs_save(struct digit_jobs *jobs, const char *path, const struct my_digits *list)
{
    return add_list_task(jobs, LANE_FILE, new_task(jobs, DIGITS_SAVED, path), list);
}

bool digit_jobs_import(struct digit_jobs *jobs, const char *path)
{
    return add_task(jobs, LANE_EXCHANGE, new_task(jobs, DIGITS_IMPORTED, path));
}

bool digit_jobs_export(struct digit_jobs *jobs, const char *path, enum exchange_format format,
                       bool instead, const struct my_digits *list)
{
    struct task *task = new_task(jobs, DIGITS_EXPORTED, path);
    if (task) {
        task->format = format;
        task->answer.instead = instead;
    }
    return add_list_task(jobs, LANE_EXCHANGE, task, list);
}

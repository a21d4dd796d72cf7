/* SPDX-License-Identifier: MIT */
/* keeper.c -- a list of jobs; the first of them has a thread. */
#include "app/mine/keeper.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/mine.h"

enum {
    ASIDE_MAX = 100,
    LOCK_SECONDS = 3, /* another window's save takes a tenth of one */
};

struct job {
    /* set before the thread starts, then only read */
    struct keeper *keeper;
    enum exchange_format format;
    const struct mine_digit **digits; /* [answer.count] */
    const struct mine_digit **known;  /* [known_count]: by a save */
    uint32_t known_count;

    /* the job's thread's until `finished`; then the window's */
    struct keeper_answer answer;
    atomic_bool finished;

    /* the window's thread's */
    bool started;
    pthread_t thread;
    struct job *next;
};

/* The window's thread's, but for what never changes and the mark. */
struct keeper {
    struct exchange_pictures pictures;
    void (*wake)(void *user);
    void *user;
    struct job *first;
    struct files_mark mark; /* the file as last read or written: the thread's that has the job */
};

/* ---- on the job's thread --------------------------------------------------------------------- */

/* Gives a damaged file a name that is free. False where there is none. */
static bool put_aside(const char *path, char aside[FILES_PATH_MAX])
{
    for (int i = 1; i < ASIDE_MAX; i++) {
        if (snprintf(aside, FILES_PATH_MAX, "%s.damaged-%d", path, i) >= FILES_PATH_MAX)
            return false;
        if (!files_exist(aside))
            return rename(path, aside) == 0;
    }
    return false;
}

/* No file is an empty list. A damaged file is not lost: it is put aside. One that may not be read
 * stays. */
static void do_load(struct job *job)
{
    struct keeper_answer *answer = &job->answer;
    char aside[FILES_PATH_MAX];
    struct err why;
    if (files_exist(answer->path) && !files_can_read(answer->path, &why)) {
        err_set(&answer->err,
                "Your digits could not be read, and none can be added until they can. %s",
                why.text);
        return;
    }
    job->keeper->mark = files_mark(answer->path);
    answer->mine = files_exist(answer->path) ? mine_load(answer->path, &why)
                                             : mine_new(&answer->err);
    answer->done = answer->mine != NULL;
    if (answer->done || !files_exist(answer->path))
        return;
    if (!put_aside(answer->path, aside)) {
        err_set(&answer->err, "Your digits could not be read. %s", why.text);
        return;
    }
    answer->mine = mine_new(NULL);
    job->keeper->mark = files_mark(answer->path);
    err_set(&answer->err,
            "Your digits could not be read and begin anew; the old file is kept as %s. "
            "%s",
            files_name(aside), why.text);
}

/* What another window filed since, in answer->mine. False where it is there and cannot be read. */
static bool read_others(struct job *job)
{
    struct keeper_answer *answer = &job->answer;
    struct files_mark now = files_mark(answer->path);
    if (files_same_mark(&now, &job->keeper->mark) || !files_exist(answer->path))
        return true;
    struct mine *theirs = mine_load(answer->path, &answer->err);
    if (!theirs)
        return false;
    answer->mine = mine_unknown(theirs, (const struct mine_digit *const *)job->known,
                                job->known_count, &answer->err);
    mine_free(theirs);
    return answer->mine != NULL;
}

/* Our digits, then the others'. */
static bool write_all(struct job *job, uint32_t others)
{
    struct keeper_answer *answer = &job->answer;
    size_t room = (size_t)answer->count + others;
    const struct mine_digit **all = malloc(room * sizeof *all);
    if (!all)
        return err_memory(&answer->err, "your digits");
    memcpy(all, job->digits, answer->count * sizeof *all);
    for (uint32_t i = 0; i < others; i++)
        all[answer->count + i] = mine_at(answer->mine, i);
    bool done = mine_save(answer->path, (const struct mine_digit *const *)all, (uint32_t)room,
                          &answer->err);
    free(all);
    return done;
}

static bool make_folder_of(const char *path, struct err *err)
{
    char folder[FILES_PATH_MAX];
    snprintf(folder, sizeof folder, "%.*s", (int)(files_name(path) - path), path);
    return files_make_folder(folder, err);
}

static bool write_or_remove(struct job *job)
{
    struct keeper_answer *answer = &job->answer;
    uint32_t others = answer->mine ? mine_count(answer->mine) : 0;
    if (answer->count + others > MINE_MAX)
        return err_set(&answer->err,
                       "Another window filed %u digits, and together they would be more "
                       "than the %d that are kept; delete or export some first.",
                       others, MINE_MAX);
    if (answer->count + others > 0)
        return write_all(job, others);
    return !files_exist(answer->path) || remove(answer->path) == 0 ||
           err_set(&answer->err, "%s cannot be removed.", answer->path);
}

static bool take_lock(struct keeper_answer *answer, int *lock)
{
    char path[FILES_PATH_MAX + 8];
    struct err why;
    snprintf(path, sizeof path, "%s.lock", answer->path);
    return files_lock(path, LOCK_SECONDS, lock, &why) ||
           err_set(&answer->err, "Your digits are not saved yet. %s", why.text);
}

/* Another window that saves has to wait, so that nothing comes between reading and writing. Where
 * there can be no lock it is done without. */
static void do_save(struct job *job)
{
    struct keeper_answer *answer = &job->answer;
    int lock = -1;
    answer->done = make_folder_of(answer->path, &answer->err) && take_lock(answer, &lock) &&
                   read_others(job) && write_or_remove(job);
    if (answer->done)
        job->keeper->mark = files_mark(answer->path);
    files_unlock(lock);
    if (answer->mine && mine_count(answer->mine) == 0) {
        mine_free(answer->mine);
        answer->mine = NULL;
    }
}

static void do_import(struct job *job)
{
    struct keeper_answer *answer = &job->answer;
    answer->mine = exchange_import(answer->path, &job->keeper->pictures, &answer->err);
    answer->done = answer->mine != NULL;
    answer->count = answer->mine ? mine_count(answer->mine) : 0;
}

static void *do_job(void *context)
{
    struct job *job = context;
    struct keeper_answer *answer = &job->answer;
    switch (answer->kind) {
    case KEEPER_LOADED: do_load(job); break;
    case KEEPER_SAVED: do_save(job); break;
    case KEEPER_IMPORTED: do_import(job); break;
    case KEEPER_EXPORTED:
        answer->done = exchange_export(answer->path, job->format,
                                       (const struct mine_digit *const *)job->digits,
                                       answer->count, &job->keeper->pictures, &answer->err);
        break;
    }
    atomic_store(&job->finished, true);
    if (job->keeper->wake)
        job->keeper->wake(job->keeper->user);
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
    free(job->known);
    free(job);
}

/* Without a thread of its own the job is done at once: late, but not lost. */
static void start_first(struct keeper *keeper)
{
    struct job *job = keeper->first;
    if (!job || job->started || atomic_load(&job->finished))
        return;
    job->started = pthread_create(&job->thread, NULL, do_job, job) == 0;
    if (!job->started)
        do_job(job);
}

static void finish_job(struct job *job)
{
    if (job->started)
        pthread_join(job->thread, NULL);
}

bool keeper_poll(struct keeper *keeper, struct keeper_answer *answer)
{
    struct job *job = keeper->first;
    return job && atomic_load(&job->finished) && keeper_wait(keeper, answer);
}

bool keeper_wait(struct keeper *keeper, struct keeper_answer *answer)
{
    struct job *job = keeper->first;
    if (!job)
        return false;
    finish_job(job);
    *answer = job->answer;
    keeper->first = job->next;
    free_job(job);
    start_first(keeper);
    return true;
}

void keeper_free(struct keeper *keeper)
{
    if (!keeper)
        return;
    while (keeper->first) {
        struct job *job = keeper->first;
        finish_job(job);
        mine_free(job->answer.mine);
        keeper->first = job->next;
        free_job(job);
        start_first(keeper);
    }
    free(keeper);
}

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

/* Behind all others; a save takes the place of one that waits there. */
static void add_job(struct keeper *keeper, struct job *job)
{
    struct job **at = &keeper->first;
    if (!job)
        return;
    while (*at) {
        struct job *other = *at;
        bool stale = other->answer.kind == KEEPER_SAVED && job->answer.kind == KEEPER_SAVED &&
                     other != keeper->first;
        if (stale) {
            *at = other->next;
            free_job(other);
        } else {
            at = &other->next;
        }
    }
    *at = job;
    start_first(keeper);
}

/* The list of this moment goes with the job. */
static void add_list_job(struct keeper *keeper, struct job *job, const struct mine *mine)
{
    if (!job)
        return;
    job->digits = mine_digits(mine, NULL);
    job->answer.count = mine_count(mine);
    if (job->digits)
        add_job(keeper, job);
    else
        free_job(job);
}

void keeper_load(struct keeper *keeper, const char *path)
{
    add_job(keeper, new_job(keeper, KEEPER_LOADED, path));
}

void keeper_save(struct keeper *keeper, const char *path, const struct mine *mine)
{
    struct job *job = new_job(keeper, KEEPER_SAVED, path);
    if (job && (job->known = mine_known(mine, &job->known_count, NULL)) == NULL) {
        free_job(job);
        job = NULL;
    }
    if (job)
        job->answer.changes = mine_changes(mine);
    add_list_job(keeper, job, mine);
}

void keeper_import(struct keeper *keeper, const char *path)
{
    add_job(keeper, new_job(keeper, KEEPER_IMPORTED, path));
}

void keeper_export(struct keeper *keeper, const char *path, enum exchange_format format,
                   const struct mine *mine)
{
    struct job *job = new_job(keeper, KEEPER_EXPORTED, path);
    if (job)
        job->format = format;
    add_list_job(keeper, job, mine);
}

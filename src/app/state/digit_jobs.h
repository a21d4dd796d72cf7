/* digit_jobs.h -- loads, saves, imports and exports a person's digits as jobs (job/job.h), so that
 * no frame waits for a disk.
 *
 * It is asked, and digit_jobs_poll gives back what came of it. Loads and saves come one after the
 * other, and so do imports and exports, beside them: a digit that is taught is saved while a large
 * folder is still being read.
 *
 * Two windows may be open. A save that finds another file than was last read or written here joins
 * it with the list (data/my_digits_merge.h), and hands over what the other window did. A damaged
 * file is put aside under another name; what can be read of it is kept.
 */
#ifndef APP_STATE_DIGIT_JOBS_H
#define APP_STATE_DIGIT_JOBS_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/exchange.h"
#include "base/err.h"
#include "base/files.h"
#include "data/my_digits_merge.h"

struct digit_jobs;
struct my_digits;

/* `wake` is called on other threads when something is finished, or further on. */
struct digit_jobs *digit_jobs_new(const struct exchange_pictures *pictures,
                                  void (*wake)(void *user), void *user, struct err *err);

/* Stops imports and finishes all else that was asked for. NULL is fine. */
void digit_jobs_free(struct digit_jobs *jobs);

/* Ask; without memory for that, false. The digits of `list` must live until it is answered, and a
 * save must be answered, and its news taken, before the next is asked for. */
bool digit_jobs_load(struct digit_jobs *jobs, const char *path);
bool digit_jobs_save(struct digit_jobs *jobs, const char *path, const struct my_digits *list);
bool digit_jobs_import(struct digit_jobs *jobs, const char *path);

/* instead: it is to keep what cannot be saved. Handed back with the answer. */
bool digit_jobs_export(struct digit_jobs *jobs, const char *path, enum exchange_format format,
                       bool instead, const struct my_digits *list);

enum digit_job_kind { DIGITS_LOADED, DIGITS_SAVED, DIGITS_IMPORTED, DIGITS_EXPORTED };

struct digit_answer {
    enum digit_job_kind kind;
    bool done;      /* else err says why not */
    struct err err; /* where it is done: what else is to be said, or "" */
    char path[FILES_PATH_MAX];
    uint32_t count;        /* digits */
    uint64_t changes;      /* saved, exported: my_digits_changes() of what was */
    struct my_digits *list; /* loaded or imported: whoever polls frees it. NULL where it could not
                             * be read, and nothing may be saved over it */
    struct my_digits_news news;    /* saved: what other windows did; whoever polls clears it */
    struct exchange_passed passed; /* imported */
    bool stopped;                  /* the import, as was asked */
    bool instead;                  /* exported: to keep what cannot be saved */
};

/* True when there is an answer; ask again until there is none. Nothing but a load is answered while
 * one is under way. digit_jobs_wait waits for it, until all that was asked for is done. */
bool digit_jobs_poll(struct digit_jobs *jobs, struct digit_answer *answer);
bool digit_jobs_wait(struct digit_jobs *jobs, struct digit_answer *answer);

/* The next save joins whatever is in the file: news could not be taken. Only while no load or save
 * is asked for: their thread has the file. */
void digit_jobs_forget(struct digit_jobs *jobs);

/* How far an import is, in pictures; false when there is none. */
bool digit_jobs_importing(const struct digit_jobs *jobs, uint32_t *done, uint32_t *all);

/* All that was asked for is done, and its answers are taken. */
bool digit_jobs_are_done(const struct digit_jobs *jobs);

bool digit_jobs_exporting(const struct digit_jobs *jobs);

/* Gives up all imports or exports: within a picture, and then they are answered. */
void digit_jobs_stop_imports(struct digit_jobs *jobs);
void digit_jobs_stop_exports(struct digit_jobs *jobs);

#endif

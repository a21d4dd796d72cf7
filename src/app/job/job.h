/* job.h -- a piece of work on a thread of its own, beside the window.
 *
 *     struct job *job = job_start(&setup, &err);       the window's thread
 *     ... in each frame: if (job_is_over(job)) { job_end(job); take what the work left; }
 *
 *     static void load_all(struct job *job, void *work)    the job's thread
 *     {
 *         for (...)
 *             if (!job_step(job, part))
 *                 return;
 *     }
 *
 * What the work is done on belongs to the job's thread from the start until job_is_over, and then
 * to the window's again. Nothing here waits but job_end.
 */
#ifndef APP_JOB_JOB_H
#define APP_JOB_JOB_H

#include <stdatomic.h>
#include <stdbool.h>

struct err;
struct job;

struct job_setup {
    void (*run)(struct job *job, void *work);
    void *work;
    void (*wake)(void *user); /* called by the job's thread when there is news; or NULL */
    void *user;
    const char *purpose; /* "to load the data", for the sentence that there is no thread */
};

/* Steps back when others want the core. NULL with a sentence: no thread can be had, no memory. */
struct job *job_start(const struct job_setup *setup, struct err *err);

/* Waits for its thread, and frees it. NULL is fine. */
void job_end(struct job *job);

/* ---- the window's thread ------------------------------------------------------------------------
 *
 * Each takes NULL for a job that is not there: over, without progress, not to be stopped. */

bool job_is_over(const struct job *job);    /* its run has returned */
double job_progress(const struct job *job); /* 0 to 1, as it was said last */
void job_stop(struct job *job);             /* asks it to give up */
bool job_is_stopped(const struct job *job); /* it was asked to */

/* ---- the job's thread ------------------------------------------------------------------------ */

/* Says how far it is, which the window is woken for ten times a second at most. False: it is to
 * give up. */
bool job_step(struct job *job, double part);

/* The same for what asks through a pointer whether to go on, with the job as its user. */
bool job_go_on(void *job, double part);

/* Becomes true when it is to give up: for work that looks by itself. */
const atomic_bool *job_stopping(const struct job *job);

#endif

/* SPDX-License-Identifier: MIT */
#include "app/job/job.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/language.h"
#include "par/thread.h"

static const double wake_pause = 0.1; /* seconds between two that tell how far it is */

struct job {
    struct job_setup setup; /* set before the thread starts, then only read */

    /* anyone's */
    atomic_bool stopping, over;
    _Atomic double progress;

    double woken;          /* the job's thread's: when it last told how far it is */
    struct thread *thread; /* the window's thread's */
};

static void wake_window(const struct job *job)
{
    if (job->setup.wake)
        job->setup.wake(job->setup.user);
}

static void run_job(void *context)
{
    struct job *job = context;
    job->setup.run(job, job->setup.work);
    atomic_store(&job->over, true);
    wake_window(job);
}

struct job *job_start(const struct job_setup *setup, struct err *err)
{
    struct job *job = calloc(1, sizeof *job);
    if (!job) {
        err_memory(err, _("another thread"));
        return NULL;
    }
    job->setup = *setup;
    job->thread = thread_start(run_job, job, true);
    if (job->thread)
        return job;
    free(job);
    err_set(err, _("No thread could be started %s; close other programs and try again."),
            setup->purpose);
    return NULL;
}

void job_end(struct job *job)
{
    if (!job)
        return;
    thread_join(job->thread);
    free(job);
}

bool job_is_over(const struct job *job)
{
    return !job || atomic_load(&job->over);
}

double job_progress(const struct job *job)
{
    return job ? atomic_load(&job->progress) : 0;
}

void job_stop(struct job *job)
{
    if (job)
        atomic_store(&job->stopping, true);
}

bool job_is_stopped(const struct job *job)
{
    return job && atomic_load(&job->stopping);
}

bool job_step(struct job *job, double part)
{
    double now = clock_seconds();
    atomic_store(&job->progress, part);
    if (now - job->woken >= wake_pause) {
        job->woken = now;
        wake_window(job);
    }
    return !atomic_load(&job->stopping);
}

bool job_go_on(void *job, double part)
{
    return job_step(job, part);
}

const atomic_bool *job_stopping(const struct job *job)
{
    return &job->stopping;
}

/* SPDX-License-Identifier: MIT */
#include "app/stage/workbench_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/job/job.h"
#include "app/stage/workbench.h"
#include "base/clock.h"
#include "base/language.h"
#include "data/dataset.h"
#include "par/lock.h"
#include "par/pool.h"
#include "train/run.h"

enum { HELD_BACK_MOST = 10000, HELD_BACK_PART = 6 };

static const double show_each = 0.1; /* seconds */

struct workbench_work {
    struct job *job;
    struct dataset *set;
    struct recipe recipe;
    const struct kern *kern;
    double pace, begun, shown_at;
    struct run *run; /* the job's */
    int seen;        /* checks of its history */
    struct err trouble;
    bool done;

    struct lock lock; /* over what follows */
    struct workbench_run now;
    int neurons;
    float weights[WORKBENCH_NEURONS][WORKBENCH_PICTURE];
};

/* ---- the job's thread ------------------------------------------------------------------------ */

/* Of a first layer that looks at all 784 pixels. */
static int copy_weights(struct workbench_work *work)
{
    const struct nn *net = stepper_kept(work->run->stepper);
    const struct nn_tensor *tensor = nn_tensor(net, 0);
    if (tensor->rank != 2 || tensor->shape[0] != WORKBENCH_PICTURE)
        return 0;
    int all = tensor->shape[1], shown = all < WORKBENCH_NEURONS ? all : WORKBENCH_NEURONS;
    const float *from = nn_weights(net) + tensor->at;
    for (int neuron = 0; neuron < shown; neuron++)
        for (int i = 0; i < WORKBENCH_PICTURE; i++)
            work->weights[neuron][i] = from[(size_t)i * (size_t)all + (size_t)neuron];
    return shown;
}

static void publish(struct workbench_work *work)
{
    const struct history *history = &work->run->history;
    struct workbench_run *now = &work->now;
    lock_take(&work->lock);
    for (; work->seen < history->check_count; work->seen++) {
        const struct history_check *check = &history->checks[work->seen];
        now->cost = check->cost;
        if (now->count < WORKBENCH_POINTS_MAX)
            now->points[now->count++] = (struct workbench_point){check->epoch, check->accuracy};
    }
    now->seconds = (float)work->run->seconds;
    work->neurons = copy_weights(work);
    lock_give(&work->lock);
    work->shown_at = clock_seconds();
}

/* Not before its time. False: the job is to give up. */
static bool keep_pace(struct workbench_work *work, struct job *job)
{
    static const struct timespec nap = {.tv_nsec = 10000000};
    double progress = run_progress(work->run);
    double due = work->begun + work->pace * work->recipe.epochs * progress;
    bool goes_on = job_step(job, progress);
    while (goes_on && clock_seconds() < due) {
        if (clock_seconds() > work->shown_at + show_each)
            publish(work);
        nanosleep(&nap, NULL);
        goes_on = job_step(job, progress);
    }
    return goes_on;
}

static void train(struct job *job, void *user)
{
    struct workbench_work *work = user;
    struct pool *pool = pool_new(0, true, &work->trouble);
    const struct run_setup setup = {
        .recipe = &work->recipe, .train = work->set, .kern = work->kern, .pool = pool};
    work->run = pool ? run_new(&setup, &work->trouble) : NULL;
    work->begun = clock_seconds();
    bool goes_on = work->run != NULL;
    if (goes_on)
        publish(work);
    while (goes_on && work->run->state == RUN_GOES_ON) {
        run_step(work->run);
        goes_on = keep_pace(work, job);
        if (clock_seconds() > work->shown_at + show_each)
            publish(work);
    }
    if (work->run) {
        publish(work);
        work->done = work->run->state == RUN_DONE;
        if (work->run->state == RUN_FAILED)
            work->trouble = work->run->trouble;
    }
    run_free(work->run);
    pool_free(pool);
}

/* ---- the window's thread --------------------------------------------------------------------- */

/* The last sixth is held back, 10,000 at most. */
static void hold_back(struct workbench_work *work, uint32_t images)
{
    uint32_t part = work->set->count / HELD_BACK_PART;
    work->recipe.hold_back = part < HELD_BACK_MOST ? part : HELD_BACK_MOST;
    work->recipe.images = images;
}

bool workbench_work_start(struct workbench_stage *stage, struct err *err)
{
    struct workbench_work *work = calloc(1, sizeof *work);
    if (!work)
        return err_memory(err, _("the training"));
    lock_init(&work->lock);
    stage->work = work;
    work->recipe = stage->recipe;
    work->kern = stage->world.kern;
    work->pace = stage->pace;
    work->set = dataset_copy(stage->world.train, err);
    if (work->set)
        hold_back(work, stage->images);
    stage->held = work->recipe.hold_back;
    snprintf(work->now.words, sizeof work->now.words, "%.*s", (int)sizeof work->now.words - 1,
             stage->recipe.net);
    work->now.params = stage->params;
    const struct job_setup setup = {train, work, stage->world.wake, stage->world.user,
                                    _("to train")};
    bool sound = work->set && recipe_check(&work->recipe, err);
    work->job = sound ? job_start(&setup, err) : NULL;
    if (work->job)
        return true;
    workbench_work_end(stage);
    return false;
}

bool workbench_work_take(struct workbench_stage *stage, bool *done)
{
    struct workbench_work *work = stage->work;
    bool over = job_is_over(work->job);
    int changed = stage->now.changed;
    lock_take(&work->lock);
    stage->now = work->now;
    stage->neurons = work->neurons;
    memcpy(stage->weights, work->weights, sizeof stage->weights);
    lock_give(&work->lock);
    stage->now.changed = changed;
    stage->progress = job_progress(work->job);
    if (!over)
        return false;
    *done = work->done;
    if (work->trouble.text[0])
        stage->trouble = work->trouble;
    workbench_work_end(stage);
    return true;
}

void workbench_work_stop(struct workbench_work *work)
{
    job_stop(work->job);
}

void workbench_work_end(struct workbench_stage *stage)
{
    struct workbench_work *work = stage->work;
    if (!work)
        return;
    job_stop(work->job);
    job_end(work->job);
    dataset_free(work->set);
    lock_clear(&work->lock);
    free(work);
    stage->work = NULL;
}

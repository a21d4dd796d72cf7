/* SPDX-License-Identifier: MIT */
#include "train/trainer.h"

#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/language.h"
#include "data/dataset.h"
#include "eval/calibrate.h"
#include "nn/nn.h"
#include "par/lock.h"
#include "par/pool.h"
#include "par/thread.h"
#include "train/run.h"

static const double SHOW_SECONDS = 0.05; /* between two snapshots */
static const double WAIT_LEAST = 0.004;  /* shorter waits are put together */
static const double EPOCH_SECONDS = 1.0; /* at the pace of TRAINER_EPOCH */
static const double SPEED_SECONDS = 1.0; /* over which images a second are counted */

/* Weights on their way to whoever watches. The trainer fills `back` and swaps it with `ready`; the
 * watcher swaps `ready` with `front` and reads that at leisure. So neither waits for a copy. */
struct snapshots {
    float *back;     /* the trainer's thread alone */
    float *ready;    /* under the lock */
    float *front;    /* the starter's thread alone */
    uint64_t number; /* of the one that is newest, in ready or front; under the lock */
    bool fresh;      /* it is in ready; under the lock */
};

/* Seconds of training and images done at some moment. */
struct mark {
    double seconds, images;
};

struct trainer {
    /* Set before the thread starts, and only read from then on. */
    char *checkpoint; /* or NULL */
    bool foreground, fits_rule;
    void (*wake)(void *context);
    void *wake_context;
    char words[NN_WORDS_MAX]; /* of the network */
    size_t len;               /* weights */

    /* The starter's thread alone. */
    struct thread *thread;

    /* Any thread, atomically. */
    atomic_bool stopping, pausing, leaving; /* leaving: nobody waits for the result */
    _Atomic float rate;
    atomic_int pace, wanted; /* enum trainer_pace; mini-batches that TRAINER_STEP has to do */

    /* The trainer's thread alone, once it runs. */
    struct pool *pool;
    struct run *run;
    double shown_at;          /* clock */
    double due;               /* clock: the next mini-batch at the pace of TRAINER_EPOCH, or 0 */
    int saved_epoch;          /* epochs that the last checkpoint or snapshot of the best has */
    struct mark older, newer; /* at least SPEED_SECONDS apart */
    struct err save_trouble;
    struct watch watch;

    /* Under the lock. */
    struct lock lock; /* woken by a request, and by the end */
    bool ended;
    struct trainer_view shown; /* without net */
    float *best;               /* [len], or NULL without validation */
    int best_epoch;

    struct snapshots snapshots;
};

/* ---- the trainer's thread: showing --------------------------------------------------------- */

static double count_images(const struct run *run)
{
    return run_progress(run) * run->recipe.epochs * run->train_count;
}

static double measure_speed(struct trainer *t)
{
    struct mark now = {t->run->seconds, count_images(t->run)};
    if (now.seconds - t->newer.seconds >= SPEED_SECONDS) {
        t->older = t->newer;
        t->newer = now;
    }
    double seconds = now.seconds - t->older.seconds;
    return seconds > 0 ? (now.images - t->older.images) / seconds : 0;
}

/* All but the history, the weights and whether it is over. */
static void fill_status(struct trainer *t, enum trainer_state state, struct trainer_view *view)
{
    const struct run *run = t->run;
    bool over = state >= TRAINER_DONE;
    view->state = state;
    view->recipe = run->recipe;
    view->epoch = run->epoch < run->recipe.epochs ? run->epoch + 1 : run->epoch;
    view->progress = run_progress(run);
    view->seconds = run->seconds;
    view->images_per_second = measure_speed(t);
    double left = (1 - view->progress) * run->recipe.epochs * run->train_count;
    view->seconds_left = over || view->images_per_second <= 0 ? 0 : left / view->images_per_second;
    if (!over && atomic_load(&t->pace) == TRAINER_EPOCH)
        view->seconds_left = fmax(view->seconds_left, left / run->train_count * EPOCH_SECONDS);
    view->rate = run->rate;
    view->train_count = run->train_count;
    view->valid_count = run->valid_count;
    bool unsaved = t->save_trouble.text[0] && run->state != RUN_FAILED;
    const struct err *trouble = unsaved ? &t->save_trouble : &run->trouble;
    memcpy(view->trouble, trouble->text, sizeof view->trouble);
}

/* Needs the lock. */
static void put_snapshot(struct snapshots *snapshots)
{
    float *back = snapshots->ready;
    snapshots->ready = snapshots->back;
    snapshots->back = back;
    snapshots->number++;
    snapshots->fresh = true;
}

/* Puts out what is new, and wakes whoever watches. Weights that went bad stay here. */
static void show(struct trainer *t, enum trainer_state state)
{
    struct run *run = t->run;
    memcpy(t->snapshots.back, nn_weights(stepper_kept(run->stepper)), t->len * sizeof(float));

    lock_take(&t->lock);
    fill_status(t, state, &t->shown);
    history_follow(&t->shown.history, &run->history);
    if (t->watch.number != t->shown.watch.number)
        t->shown.watch = t->watch;
    if (state != TRAINER_FAILED)
        put_snapshot(&t->snapshots);
    if (run->best_epoch != t->best_epoch) {
        memcpy(t->best, nn_weights(run->best), t->len * sizeof(float));
        t->best_epoch = run->best_epoch;
    }
    if (state >= TRAINER_DONE) {
        t->ended = true;
        lock_wake(&t->lock);
    }
    lock_give(&t->lock);

    t->shown_at = clock_seconds();
    if (t->wake)
        t->wake(t->wake_context);
}

/* ---- the trainer's thread: working --------------------------------------------------------- */

/* A full disk is no reason to stop; it is said. */
static void save_checkpoint(struct trainer *t)
{
    t->save_trouble.text[0] = 0;
    if (t->checkpoint)
        run_save(t->run, t->checkpoint, &t->save_trouble);
}

/* Whether the next mini-batch has to wait for somebody. */
static bool is_held(struct trainer *t)
{
    return !atomic_load(&t->stopping) &&
           (atomic_load(&t->pausing) ||
            (atomic_load(&t->pace) == TRAINER_STEP && atomic_load(&t->wanted) == 0));
}

static void wait_while_held(struct trainer *t)
{
    show(t, TRAINER_PAUSED);
    lock_take(&t->lock);
    while (is_held(t))
        lock_wait(&t->lock);
    lock_give(&t->lock);
    show(t, TRAINER_RUNNING);
}

/* Waits where the mini-batches of this epoch are ahead of its second. What was slow, or waited, is
 * not caught up. */
static void keep_pace(struct trainer *t)
{
    double now = clock_seconds();
    if (atomic_load(&t->pace) != TRAINER_EPOCH) {
        t->due = 0;
        return;
    }
    t->due = fmax(t->due, now - SHOW_SECONDS) + EPOCH_SECONDS / t->run->steps;
    lock_take(&t->lock);
    while (!atomic_load(&t->stopping) && !atomic_load(&t->pausing) &&
           atomic_load(&t->pace) == TRAINER_EPOCH && t->due - now > WAIT_LEAST &&
           lock_wait_until(&t->lock, t->due))
        continue;
    lock_give(&t->lock);
}

static void take_watched_step(struct trainer *t)
{
    int wanted = atomic_load(&t->wanted);
    while (wanted > 0 && !atomic_compare_exchange_weak(&t->wanted, &wanted, wanted - 1))
        continue; /* the pace may have been chosen anew, and nothing be wanted any more */
    watch_step(t->run, t->snapshots.back, &t->watch);
}

static void train_to_the_end(struct trainer *t)
{
    struct run *run = t->run;
    while (run->state == RUN_GOES_ON && !atomic_load(&t->stopping)) {
        if (is_held(t)) {
            if (run_is_sound(run))
                wait_while_held(t);
            continue;
        }
        run->recipe.schedule.rate = atomic_load(&t->rate);
        if (atomic_load(&t->pace) == TRAINER_STEP)
            take_watched_step(t);
        else
            run_step(run);
        keep_pace(t);
        if (run->state == RUN_GOES_ON && run->epoch != t->saved_epoch) {
            t->saved_epoch = run->epoch;
            save_checkpoint(t);
            show(t, TRAINER_RUNNING);
        } else if (clock_seconds() - t->shown_at >= SHOW_SECONDS && run_is_sound(run)) {
            show(t, TRAINER_RUNNING);
        }
    }
}

/* Where there is no memory for it, or nobody waits, the usual rule stands. Whoever stops a run
 * wants it to stop, so that a fifth must do then. */
static void fit_rule(struct trainer *t, bool done)
{
    struct verdict_rule rule;
    uint32_t most = done ? CALIBRATE_IMAGES : CALIBRATE_IMAGES / 5;
    if (!t->fits_rule || !run_fit_rule(t->run, most, &t->leaving, &rule, NULL))
        return;
    lock_take(&t->lock);
    t->shown.rule = rule;
    t->shown.has_rule = true;
    lock_give(&t->lock);
}

void trainer_run(struct trainer *trainer)
{
    struct trainer *t = trainer;
    show(t, TRAINER_RUNNING);
    train_to_the_end(t);
    run_is_sound(t->run);
    enum trainer_state end = t->run->state == RUN_DONE     ? TRAINER_DONE
                             : t->run->state == RUN_FAILED ? TRAINER_FAILED
                                                           : TRAINER_STOPPED;
    if (end != TRAINER_FAILED) { /* then the last good one stays */
        save_checkpoint(t);
        fit_rule(t, end == TRAINER_DONE);
    }
    show(t, end);
}

static void live_as_trainer(void *context)
{
    trainer_run(context);
}

/* ---- the starter's thread ------------------------------------------------------------------ */

static bool make_run(struct trainer *t, const struct trainer_setup *setup, const char *path,
                     struct err *err)
{
    t->pool = pool_new(setup->threads, !setup->foreground, err);
    if (!t->pool)
        return false;
    struct run_setup run = {
        .recipe = &setup->recipe,
        .begin_with = setup->begin_with,
        .train = setup->train,
        .test = setup->test,
        .strokes = setup->strokes,
        .others = setup->others,
        .test_each_epoch = setup->test_each_epoch,
        .called = setup->called,
        .remedy = setup->remedy,
        .kern = setup->kern,
        .pool = t->pool,
    };
    t->run = path ? run_load(&run, path, err) : run_new(&run, err);
    return t->run != NULL;
}

static bool make_room(struct trainer *t, const struct trainer_setup *setup, struct err *err)
{
    const struct nn *net = stepper_net(t->run->stepper);
    t->len = nn_param_len(net);
    snprintf(t->words, sizeof t->words, "%s", nn_words(net));
    t->snapshots.back = malloc(t->len * sizeof(float));
    t->snapshots.ready = malloc(t->len * sizeof(float));
    t->snapshots.front = malloc(t->len * sizeof(float));
    t->best = t->run->best ? malloc(t->len * sizeof(float)) : NULL;
    t->checkpoint = setup->checkpoint ? strdup(setup->checkpoint) : NULL;
    if (!t->snapshots.back || !t->snapshots.ready || !t->snapshots.front ||
        (t->run->best && !t->best) || (setup->checkpoint && !t->checkpoint))
        return err_memory(err, _("the training"));
    return true;
}

static void begin_with_run(struct trainer *t, float rate)
{
    if (rate > 0)
        t->run->recipe.schedule.rate = rate;
    atomic_store(&t->rate, t->run->recipe.schedule.rate);
    t->saved_epoch = t->run->epoch;
    t->older = t->newer = (struct mark){t->run->seconds, count_images(t->run)};
    fill_status(t, TRAINER_RUNNING, &t->shown);
    history_follow(&t->shown.history, &t->run->history);
}

/* `path` is a checkpoint to go on from, or NULL. */
static struct trainer *start(const struct trainer_setup *setup, const char *path, struct err *err)
{
    struct trainer *t = calloc(1, sizeof *t);
    if (!t) {
        err_memory(err, _("the training"));
        return NULL;
    }
    lock_init(&t->lock);
    t->foreground = setup->foreground;
    t->fits_rule = setup->fits_rule;
    t->wake = setup->wake;
    t->wake_context = setup->wake_context;
    atomic_store(&t->pace, setup->pace);
    if (make_run(t, setup, path, err) && make_room(t, setup, err)) {
        begin_with_run(t, setup->rate);
        if (setup->unstarted)
            return t;
        t->thread = thread_start(live_as_trainer, t, !t->foreground);
        if (t->thread)
            return t;
        err_set(err, _("The training cannot have a thread of its own; close other programs."));
    }
    trainer_free(t);
    return NULL;
}

struct trainer *trainer_start(const struct trainer_setup *setup, struct err *err)
{
    return start(setup, NULL, err);
}

struct trainer *trainer_resume(const struct trainer_setup *setup, const char *path, struct err *err)
{
    return start(setup, path, err);
}

bool trainer_peek(const char *path, struct recipe *recipe, double *progress, double *seconds,
                  struct err *err)
{
    return run_peek(path, recipe, progress, seconds, err);
}

void trainer_free(struct trainer *trainer)
{
    struct trainer *t = trainer;
    if (!t)
        return;
    if (t->thread) {
        trainer_leave(t);
        thread_join(t->thread);
    }
    run_free(t->run);
    pool_free(t->pool);
    free(t->snapshots.back);
    free(t->snapshots.ready);
    free(t->snapshots.front);
    free(t->best);
    free(t->checkpoint);
    lock_clear(&t->lock);
    free(t);
}

/* The lock makes sure that a trainer that is about to sleep hears the call. */
static void call(struct trainer *t)
{
    lock_take(&t->lock);
    lock_wake(&t->lock);
    lock_give(&t->lock);
}

void trainer_pause(struct trainer *trainer)
{
    atomic_store(&trainer->pausing, true);
}

void trainer_continue(struct trainer *trainer)
{
    atomic_store(&trainer->pausing, false);
    call(trainer);
}

void trainer_stop(struct trainer *trainer)
{
    atomic_store(&trainer->stopping, true);
    call(trainer);
}

void trainer_leave(struct trainer *t)
{
    atomic_store(&t->leaving, true);
    trainer_stop(t);
}

/* What is wanted belongs to the pace, and is set before it. */
void trainer_set_pace(struct trainer *trainer, enum trainer_pace pace)
{
    atomic_store(&trainer->wanted, 0);
    atomic_store(&trainer->pace, (int)pace);
    call(trainer);
}

void trainer_step(struct trainer *trainer, int count)
{
    atomic_fetch_add(&trainer->wanted, count);
    call(trainer);
}

void trainer_set_rate(struct trainer *trainer, float rate)
{
    atomic_store(&trainer->rate, rate);
}

bool trainer_wait(struct trainer *trainer, int milliseconds)
{
    double until = clock_seconds() + 1e-3 * (double)milliseconds;
    lock_take(&trainer->lock);
    while (!trainer->ended && lock_wait_until(&trainer->lock, until))
        continue;
    bool ended = trainer->ended;
    lock_give(&trainer->lock);
    return ended;
}

struct nn *trainer_net(const struct trainer *trainer, struct err *err)
{
    return nn_new(trainer->words, err);
}

/* Whether the weights of this trainer have room there. */
static bool has_room(const struct trainer *t, const struct nn *net)
{
    return nn_param_len(net) == t->len;
}

/* Brings the newest snapshot to the front. Returns its number; 0: there is none yet. Needs the
 * lock; the front may be read without it. */
static uint64_t take_snapshot(struct snapshots *snapshots)
{
    if (snapshots->fresh) {
        float *front = snapshots->front;
        snapshots->front = snapshots->ready;
        snapshots->ready = front;
        snapshots->fresh = false;
    }
    return snapshots->number;
}

static void copy_status(struct trainer_view *to, const struct trainer_view *from)
{
    to->state = from->state;
    to->recipe = from->recipe;
    to->epoch = from->epoch;
    to->progress = from->progress;
    to->seconds = from->seconds;
    to->images_per_second = from->images_per_second;
    to->seconds_left = from->seconds_left;
    to->rate = from->rate;
    to->train_count = from->train_count;
    to->valid_count = from->valid_count;
    if (to->watch.number != from->watch.number)
        to->watch = from->watch;
    memcpy(to->trouble, from->trouble, sizeof to->trouble);
    to->has_rule = from->has_rule;
    to->rule = from->rule;
}

void trainer_poll(struct trainer *trainer, struct trainer_view *view)
{
    struct trainer *t = trainer;
    lock_take(&t->lock);
    copy_status(view, &t->shown);
    history_follow(&view->history, &t->shown.history);
    uint64_t number = take_snapshot(&t->snapshots);
    lock_give(&t->lock);
    if (!view->net || number == view->weights || !has_room(t, view->net))
        return;
    memcpy(nn_params(view->net), t->snapshots.front, t->len * sizeof(float));
    view->weights = number;
}

int trainer_result(struct trainer *trainer, struct nn *net)
{
    struct trainer *t = trainer;
    if (!has_room(t, net))
        return -1;
    lock_take(&t->lock);
    int epoch = t->best_epoch;
    if (epoch > 0)
        memcpy(nn_params(net), t->best, t->len * sizeof(float));
    uint64_t number = take_snapshot(&t->snapshots);
    lock_give(&t->lock);
    if (epoch == 0 && number > 0)
        memcpy(nn_params(net), t->snapshots.front, t->len * sizeof(float));
    return epoch;
}

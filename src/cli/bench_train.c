/* SPDX-License-Identifier: MIT */
/* inkling bench: how long training takes. */
#include <assert.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "cli/bench.h"
#include "cli/interrupt.h"
#include "data/dataset.h"
#include "par/cores.h"
#include "par/pool.h"
#include "par/thread.h"
#include "train/recipe.h"
#include "train/run.h"

enum { CHANGES_MAX = 3, TURNS_MAX = 2 };

/* A built-in recipe with a few settings changed, and the numbers of threads to time it with. */
struct workload {
    const char *name, *recipe;
    struct {
        const char *key, *value;
    } changes[CHANGES_MAX];
    int threads[TURNS_MAX]; /* 0: no second */
};

const char bench_small_cnn[] =
    "conv 16 3x3 pad 1 relu, conv 16 3x3 pad 1 relu, maxpool 2, "
    "conv 32 3x3 pad 1 relu, conv 32 3x3 pad 1 relu, maxpool 2, dense 10 softmax";

static const struct workload workloads[] = {
    {"784-30-10", "nielsen-30", {{"epochs", "1"}}, {1}},
    {"784-100-10", "nielsen-100", {{"epochs", "1"}}, {1}},
    {"784-128-10", "lenet5", {{"net", "dense 128 relu, dense 10 softmax"}, {"epochs", "1"}}, {2}},
    {"lenet5", "lenet5", {{"epochs", "1"}}, {1, 2}},
    {"small-cnn", "lenet5", {{"net", bench_small_cnn}, {"batch", "128"}, {"epochs", "1"}}, {1, 2}},
    {"swift", "swift", {{NULL}}, {2}},
    {"keen", "keen", {{NULL}}, {2}},
};

static const struct workload *find_workload(const char *name)
{
    const struct workload *workload = workloads;
    while (strcmp(workload->name, name) != 0)
        workload++;
    return workload;
}

static bool make_recipe(const struct bench *bench, const struct workload *workload,
                        struct recipe *recipe, struct err *err)
{
    if (!recipe_find(workload->recipe, recipe, err))
        return false;
    for (int i = 0; i < CHANGES_MAX && workload->changes[i].key; i++)
        if (!recipe_set(recipe, workload->changes[i].key, workload->changes[i].value, err))
            return false;
    if (bench->images > 0 && (recipe->images == 0 || recipe->images > bench->images))
        recipe->images = bench->images;
    return recipe_check(recipe, err);
}

/* ---- one training -------------------------------------------------------------------------- */

/* What one training showed. */
struct lap {
    double seconds, accuracy;
    uint32_t images; /* in an epoch */
};

/* A stretch of the bar of the part `name`. */
struct stretch {
    const char *name;
    double from, len;
};

/* Moves a run on to its end. False after a Ctrl-C. */
static bool move_run(struct bench *bench, struct run *run, struct stretch stretch)
{
    while (run->state == RUN_GOES_ON && !interrupt_noted()) {
        run_step(run);
        bench_progress(bench, stretch.name, stretch.from + stretch.len * run_progress(run));
    }
    return run->state != RUN_GOES_ON;
}

/* Trains once. *whole: to the end, and the lap is filled in. */
static bool train_once(struct bench *bench, const struct recipe *recipe, int threads,
                       struct stretch stretch, struct lap *lap, bool *whole, struct err *err)
{
    struct pool *pool = pool_new(threads, false, err);
    struct run_setup setup = {.recipe = recipe,
                              .train = bench->train,
                              .test = bench->test,
                              .kern = bench->kern,
                              .pool = pool};
    struct run *run = pool ? run_new(&setup, err) : NULL;
    bool ok = run != NULL;
    *whole = ok && move_run(bench, run, stretch);
    if (*whole && run->state == RUN_FAILED)
        ok = err_set(err, "%s: %s", stretch.name, run->trouble.text);
    else if (*whole)
        *lap = (struct lap){.seconds = run->seconds,
                            .accuracy = (double)run->history.epochs[run->epoch - 1].test_accuracy,
                            .images = run->train_count};
    run_free(run);
    pool_free(pool);
    return ok;
}

/* ---- the recipes --------------------------------------------------------------------------- */

static struct bench_training *add_training(struct bench *bench, const struct workload *workload,
                                           const struct recipe *recipe, int threads)
{
    assert(bench->training_count < BENCH_TRAININGS_MAX);
    struct bench_training *row = &bench->trainings[bench->training_count++];
    *row = (struct bench_training){.name = workload->name,
                                   .threads = threads,
                                   .batch = recipe->batch,
                                   .epochs = recipe->epochs};
    snprintf(row->net, sizeof row->net, "%s", recipe->net);
    return row;
}

static bool train_row(struct bench *bench, struct bench_training *row, const struct recipe *recipe,
                      struct stretch stretch, bool *whole, struct err *err)
{
    struct lap lap;
    if (!train_once(bench, recipe, row->threads, stretch, &lap, whole, err))
        return false;
    if (*whole) {
        row->images = lap.images;
        series_add(&row->seconds, lap.seconds);
        series_add(&row->accuracy, lap.accuracy);
    }
    return true;
}

bool bench_train(struct bench *bench, const char *name, struct err *err)
{
    const struct workload *workload = find_workload(name);
    struct bench_training *rows[TURNS_MAX];
    struct recipe recipe;
    int turns = 0;
    if (!make_recipe(bench, workload, &recipe, err))
        return false;
    for (; turns < TURNS_MAX && workload->threads[turns] > 0; turns++)
        rows[turns] = add_training(bench, workload, &recipe, workload->threads[turns]);
    bool whole = true;
    for (int i = 0; i < bench->runs * turns && whole; i++) {
        double len = 1.0 / (bench->runs * turns);
        recipe.seed = bench->seed + (uint64_t)(i / turns);
        if (!train_row(bench, rows[i % turns], &recipe, (struct stretch){name, i * len, len},
                       &whole, err))
            return false;
    }
    return true;
}

/* ---- a busy neighbour ---------------------------------------------------------------------- */

/* A thread that does nothing, as fast as it can, on one core. */
struct neighbour {
    struct thread *thread;
    atomic_bool over;
};

static void spin(void *context)
{
    struct neighbour *neighbour = context;
    struct cores all = cores_allowed(), one = cores_first(&all, 1);
    cores_keep_to(&one);
    while (!atomic_load_explicit(&neighbour->over, memory_order_relaxed))
        ;
}

static bool start_neighbour(struct neighbour *neighbour, struct err *err)
{
    atomic_init(&neighbour->over, false);
    neighbour->thread = thread_start(spin, neighbour, false);
    if (!neighbour->thread)
        return err_set(err, _("The thread that keeps a core busy cannot be started; end some other "
                              "programs first."));
    return true;
}

static void stop_neighbour(struct neighbour *neighbour)
{
    atomic_store(&neighbour->over, true);
    thread_join(neighbour->thread);
}

/* One training alone on one thread, then one on two beside the neighbour. */
static bool train_pair(struct bench *bench, const struct recipe *recipe, struct stretch stretch,
                       bool *whole, struct err *err)
{
    struct neighbour neighbour;
    struct lap alone, beside;
    stretch.len /= 2;
    if (!train_once(bench, recipe, 1, stretch, &alone, whole, err))
        return false;
    if (!*whole)
        return true;
    if (!start_neighbour(&neighbour, err))
        return false;
    stretch.from += stretch.len;
    bool ok = train_once(bench, recipe, 2, stretch, &beside, whole, err);
    stop_neighbour(&neighbour);
    if (ok && *whole) {
        series_add(&bench->busy.alone, alone.seconds);
        series_add(&bench->busy.beside, beside.seconds);
    }
    return ok;
}

/* On a machine of many cores the threads would simply go elsewhere, so all this has two. */
bool bench_busy(struct bench *bench, const char *name, struct err *err)
{
    struct recipe recipe;
    if (!make_recipe(bench, find_workload("lenet5"), &recipe, err))
        return false;
    struct cores all = cores_allowed(), two = cores_first(&all, 2);
    bool ok = true, whole = true;
    cores_keep_to(&two);
    for (int i = 0; i < bench->runs && ok && whole; i++) {
        recipe.seed = bench->seed + (uint64_t)i;
        ok = train_pair(bench, &recipe,
                        (struct stretch){name, (double)i / bench->runs, 1.0 / bench->runs}, &whole,
                        err);
    }
    cores_keep_to(&all);
    return ok;
}

/* SPDX-License-Identifier: MIT */
#include "app/stage/ladder_stage.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "app/job/job.h"
#include "base/language.h"
#include "data/dataset.h"
#include "eval/evaluate.h"
#include "ink/fit.h"
#include "lesson/baselines.h"
#include "par/pool.h"
#include "train/run.h"

enum {
    IMAGES_USUAL = 20000,
    IMAGES_MAX = 60000,
    EPOCHS_USUAL = 10,
    EPOCHS_MAX = 30,
    TEST_MAX = 10000,
    SEED = 1,
    AT_ONCE = 500, /* images */
};

static const char *const nets[] = {"784-30-10", "784-100-10"};

const char *ladder_stage_name(int rung)
{
    static const char *const names[LADDER_RUNGS] = {N_("Guessing"), N_("Darkness"),
                                                    N_("Nearest mean"), N_("30 hidden neurons"),
                                                    N_("100 hidden neurons")};
    return _(names[rung]);
}

/* ---- in a job -------------------------------------------------------------------------------- */

struct ladder_work {
    struct job *job;
    const struct kern *kern;
    struct dataset *train, *test; /* its own */
    int epochs;
    atomic_int known; /* rungs; those are the window's to read */
    struct evaluation rungs[LADDER_RUNGS];
    struct err trouble;
};

static void add_rung(struct ladder_work *work, int rung, uint32_t right)
{
    struct evaluation *to = &work->rungs[rung];
    to->count = work->test->count;
    to->correct = right;
    to->accuracy = to->count > 0 ? (double)right / to->count : 0;
    to->error = evaluate_error(to->accuracy, to->count);
    atomic_store(&work->known, rung + 1);
}

/* A few images at a time: whoever leaves the page waits for no more. False: it is to give up. */
static bool run_baseline(struct ladder_work *work, struct job *job,
                         const struct baselines *baselines, int which)
{
    uint32_t right = 0, all = work->test->count;
    for (uint32_t i = 0; i < all; i += AT_ONCE) {
        uint32_t some = all - i < AT_ONCE ? all - i : AT_ONCE;
        right += baselines_count_right(baselines, (enum baseline)which, work->test, i, some);
        if (!job_step(job, 0.02 * (which + (double)i / all)))
            return false;
    }
    add_rung(work, which, right);
    return true;
}

static bool run_baselines(struct ladder_work *work, struct job *job)
{
    struct baselines *baselines = malloc(sizeof *baselines);
    if (!baselines)
        return err_memory(&work->trouble, _("the ladder"));
    baselines_learn(baselines, work->train, work->train->count);
    bool goes_on = true;
    for (int i = 0; i < BASELINES && goes_on; i++)
        goes_on = run_baseline(work, job, baselines, i);
    free(baselines);
    return goes_on;
}

/* Trains it, and reads the test images. False: it was stopped, or there is trouble. */
static bool run_network(struct ladder_work *work, struct job *job, struct pool *pool, int i)
{
    struct recipe recipe;
    const struct run_setup setup = {
        .recipe = &recipe, .train = work->train, .kern = work->kern, .pool = pool};
    if (!recipe_find("nielsen-30", &recipe, &work->trouble) ||
        !recipe_set(&recipe, "net", nets[i], &work->trouble))
        return false;
    recipe.epochs = work->epochs;
    recipe.hold_back = recipe.images = 0;
    recipe.seed = SEED;
    struct run *run = run_new(&setup, &work->trouble);
    bool goes_on = run != NULL;
    while (goes_on && run->state == RUN_GOES_ON) {
        run_step(run);
        goes_on = job_step(job, 0.06 + 0.47 * (i + run_progress(run)));
    }
    const struct nn *net = goes_on ? stepper_kept(run->stepper) : NULL;
    struct evaluator *evaluator = net ? evaluator_new(net, work->kern, pool, &work->trouble) : NULL;
    if (evaluator)
        add_rung(
            work, BASELINES + i,
            evaluator_run(evaluator, net, NN_QUADRATIC, work->test, 0, work->test->count).correct);
    evaluator_free(evaluator);
    run_free(run);
    return evaluator != NULL;
}

static void run_ladder(struct job *job, void *user)
{
    struct ladder_work *work = user;
    struct pool *pool = pool_new(0, true, &work->trouble);
    bool goes_on = pool && run_baselines(work, job);
    for (int i = 0; i < 2 && goes_on; i++)
        goes_on = run_network(work, job, pool, i);
    pool_free(pool);
}

static void end_work(struct ladder_stage *stage)
{
    struct ladder_work *work = stage->work;
    if (!work)
        return;
    job_stop(work->job);
    job_end(work->job);
    dataset_free(work->train);
    dataset_free(work->test);
    free(work);
    stage->work = NULL;
}

static struct dataset *copy_images(const struct dataset *set, uint32_t first, uint32_t most,
                                   struct err *err)
{
    uint32_t left = set->count - first, count = left < most ? left : most;
    struct dataset *copy = dataset_new(set->name, count, err);
    if (!copy)
        return NULL;
    memcpy(copy->pixels, set->pixels + (size_t)first * FIT_LEN, (size_t)count * FIT_LEN);
    memcpy(copy->labels, set->labels + first, count);
    return copy;
}

/* Without test images, the last sixth of the others is held back. */
static bool copy_data(const struct ladder_stage *stage, struct ladder_work *work, struct err *err)
{
    const struct dataset *train = stage->world.train, *test = stage->world.test;
    uint32_t held = test ? 0 : train->count / 6;
    struct dataset part = dataset_part(train, 0, train->count - held);
    work->train = copy_images(&part, 0, (uint32_t)stage->images, err);
    work->test = !work->train ? NULL
                 : test       ? copy_images(test, 0, TEST_MAX, err)
                              : copy_images(train, train->count - held, TEST_MAX, err);
    return work->test != NULL;
}

static bool go(struct ladder_stage *stage, struct err *err)
{
    if (stage->work) {
        job_stop(stage->work->job);
        return true;
    }
    if (!stage->world.train)
        return err_set(err, _("The images are not loaded yet."));
    struct ladder_work *work = calloc(1, sizeof *work);
    if (!work)
        return err_memory(err, _("the ladder"));
    stage->work = work;
    stage->known = 0;
    stage->trouble.text[0] = 0;
    work->kern = stage->world.kern;
    work->epochs = stage->epochs;
    const struct job_setup setup = {run_ladder, work, stage->world.wake, stage->world.user,
                                    _("to run the ladder")};
    work->job = copy_data(stage, work, err) ? job_start(&setup, err) : NULL;
    if (work->job)
        return true;
    end_work(stage);
    return false;
}

static bool update(struct stage *base, const struct stage_world *world)
{
    struct ladder_stage *stage = (struct ladder_stage *)base;
    struct ladder_work *work = stage->work;
    stage->world = *world;
    if (!work)
        return false;
    bool over = job_is_over(work->job);
    int known = atomic_load(&work->known);
    for (int i = stage->known; i < known; i++) {
        stage->accuracy[i] = work->rungs[i].accuracy;
        stage->error[i] = work->rungs[i].error;
        stage->count = work->rungs[i].count;
    }
    stage->known = known;
    stage->progress = job_progress(work->job);
    if (over) {
        stage->trouble = work->trouble;
        end_work(stage);
    }
    return false;
}

/* ---- the rest -------------------------------------------------------------------------------- */

static bool busy(const struct stage *base)
{
    return ((const struct ladder_stage *)base)->work != NULL;
}

static void end(struct stage *base)
{
    struct ladder_stage *stage = (struct ladder_stage *)base;
    end_work(stage);
    free(stage);
}

static struct stage *begin(const struct stage_world *world, struct err *err)
{
    struct ladder_stage *stage = calloc(1, sizeof *stage);
    if (!stage) {
        err_memory(err, _("the page"));
        return NULL;
    }
    stage->world = *world;
    stage->images = IMAGES_USUAL;
    stage->epochs = EPOCHS_USUAL;
    return &stage->stage;
}

static bool set(struct stage *base, const char *name, const char *value, struct err *err)
{
    struct ladder_stage *stage = (struct ladder_stage *)base;
    bool images = strcmp(name, "images") == 0;
    double number;
    if (strcmp(name, "go") == 0)
        return stage_number(name, value, 1, 1, &number, err) && go(stage, err);
    if (!images && strcmp(name, "epochs") != 0)
        return stage_unknown(name, err);
    if (!stage_number(name, value, images ? 20 : 1, images ? IMAGES_MAX : EPOCHS_MAX, &number, err))
        return false;
    *(images ? &stage->images : &stage->epochs) = (int)number;
    return true;
}

static bool figure(const struct stage *base, const char *name, double *value)
{
    const struct ladder_stage *stage = (const struct ladder_stage *)base;
    int rung = strncmp(name, "rung", 4) == 0 && name[4] >= '1' && name[4] <= '5' && !name[5]
                   ? name[4] - '1'
                   : -1;
    if (rung >= 0)
        *value = rung < stage->known ? 100 * stage->accuracy[rung] : (double)NAN;
    else if (strcmp(name, "count") == 0)
        *value = stage->known > 0 ? stage->count : (double)NAN;
    else if (strcmp(name, "done") == 0)
        *value = stage->known == LADDER_RUNGS;
    else if (strcmp(name, "images") == 0)
        *value = stage->images;
    else if (strcmp(name, "epochs") == 0)
        *value = stage->epochs;
    else
        return false;
    return true;
}

static int controls(const struct stage *base, struct stage_control *controls)
{
    const struct ladder_stage *stage = (const struct ladder_stage *)base;
    const struct stage_control all[] = {
        {"go", stage->work ? N_("Stop") : N_("Climb the ladder"), STAGE_BUTTON,
         .off = stage->world.train ? NULL : N_("The images are not loaded yet.")},
        {"images", "", STAGE_HELD, .value = stage->images},
        {"epochs", "", STAGE_HELD, .value = stage->epochs},
    };
    memcpy(controls, all, sizeof all);
    return sizeof all / sizeof *all;
}

const struct stage_kind ladder_stage_kind = {
    .name = "ladder",
    .uses_data = true,
    .begin = begin,
    .end = end,
    .update = update,
    .busy = busy,
    .set = set,
    .figure = figure,
    .controls = controls,
};

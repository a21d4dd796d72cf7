/* SPDX-License-Identifier: MIT */
#include "app/stage/programs_stage.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/job/job.h"
#include "base/language.h"
#include "data/dataset.h"
#include "par/pool.h"
#include "train/run.h"

enum { IMAGES_MAX = 60000 };

static const char *const recipes[] = {"nielsen-30", "lenet5", "swift"};
enum { RECIPES = sizeof recipes / sizeof *recipes };

/* ---- the programs ---------------------------------------------------------------------------- */

static bool find_recipe(const struct programs_stage *stage, struct recipe *recipe, struct err *err)
{
    return recipe_find(recipes[stage->recipe], recipe, err);
}

static void clear_texts(struct programs_stage *stage)
{
    for (int i = 0; i < PROGRAM_KINDS; i++) {
        free(stage->texts[i]);
        stage->texts[i] = NULL;
        stage->lines[i] = 0;
    }
}

static bool write_texts(struct programs_stage *stage, struct err *err)
{
    struct recipe recipe;
    if (!find_recipe(stage, &recipe, err))
        return false;
    clear_texts(stage);
    stage->saved = 0;
    stage->trouble.text[0] = 0;
    for (int i = 0; i < PROGRAM_KINDS; i++) {
        enum program_kind kind = (enum program_kind)i;
        stage->texts[i] = program_write(kind, &recipe, &stage->troubles[i]);
        if (stage->texts[i])
            stage->lines[i] = program_lines(kind, stage->texts[i]);
    }
    stage->seconds = stage->rate = NAN;
    return true;
}

static bool save_all(struct programs_stage *stage, struct err *err)
{
    char path[FILES_PATH_MAX + 64];
    files_user_path(FILES_DATA, "programs", stage->folder);
    stage->saved = 0;
    stage->trouble.text[0] = 0;
    if (!files_make_folder(stage->folder, err))
        return false;
    for (int i = 0; i < PROGRAM_KINDS; i++) {
        if (!stage->texts[i])
            continue;
        const struct files_part part = {stage->texts[i], strlen(stage->texts[i])};
        snprintf(path, sizeof path, "%s/%s", stage->folder, program_file((enum program_kind)i));
        if (!files_write(path, &part, 1, err))
            return false;
        stage->saved++;
    }
    return true;
}

/* ---- an epoch, in a job ---------------------------------------------------------------------- */

struct programs_work {
    struct job *job;
    struct dataset *set;
    struct recipe recipe;
    const struct kern *kern;
    double seconds, rate; /* the window's once the job is over */
    struct err trouble;
};

static void measure(struct job *job, void *user)
{
    struct programs_work *work = user;
    struct pool *pool = pool_new(0, true, &work->trouble);
    const struct run_setup setup = {
        .recipe = &work->recipe, .train = work->set, .kern = work->kern, .pool = pool};
    struct run *run = pool ? run_new(&setup, &work->trouble) : NULL;
    while (run && run->state == RUN_GOES_ON) {
        run_step(run);
        if (!job_step(job, run_progress(run)))
            break;
    }
    if (run && run->state == RUN_DONE) {
        work->seconds = run->seconds;
        work->rate = run->train_count / run->seconds;
    }
    run_free(run);
    pool_free(pool);
}

static void end_work(struct programs_stage *stage)
{
    struct programs_work *work = stage->work;
    if (!work)
        return;
    job_stop(work->job);
    job_end(work->job);
    dataset_free(work->set);
    free(work);
    stage->work = NULL;
}

static bool start_work(struct programs_stage *stage, struct err *err)
{
    struct programs_work *work = stage->work ? NULL : calloc(1, sizeof *work);
    if (!work)
        return stage->work ? err_set(err, _("An epoch is being measured."))
                           : err_memory(err, _("the training"));
    stage->work = work;
    stage->trouble.text[0] = 0;
    work->seconds = work->rate = NAN;
    work->kern = stage->world.kern;
    work->set =
        find_recipe(stage, &work->recipe, err) ? dataset_copy(stage->world.train, err) : NULL;
    work->recipe.epochs = 1;
    work->recipe.hold_back = 0;
    work->recipe.images = stage->images;
    const struct job_setup setup = {measure, work, stage->world.wake, stage->world.user,
                                    _("to measure an epoch")};
    work->job = work->set ? job_start(&setup, err) : NULL;
    if (work->job)
        return true;
    end_work(stage);
    return false;
}

static bool update(struct stage *base, const struct stage_world *world)
{
    struct programs_stage *stage = (struct programs_stage *)base;
    struct programs_work *work = stage->work;
    stage->world = *world;
    if (!work || !job_is_over(work->job))
        return false;
    stage->seconds = work->seconds;
    stage->rate = work->rate;
    stage->trouble = work->trouble;
    end_work(stage);
    return false;
}

static bool busy(const struct stage *base)
{
    return ((const struct programs_stage *)base)->work != NULL;
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void end(struct stage *base)
{
    struct programs_stage *stage = (struct programs_stage *)base;
    end_work(stage);
    clear_texts(stage);
    free(stage);
}

static struct stage *begin(const struct stage_world *world, struct err *err)
{
    struct programs_stage *stage = calloc(1, sizeof *stage);
    if (!stage) {
        err_memory(err, _("the page"));
        return NULL;
    }
    stage->world = *world;
    if (write_texts(stage, err))
        return &stage->stage;
    end(&stage->stage);
    return NULL;
}

/* ---- values and figures ---------------------------------------------------------------------- */

static bool set(struct stage *base, const char *name, const char *value, struct err *err)
{
    struct programs_stage *stage = (struct programs_stage *)base;
    double number;
    if (strcmp(name, "recipe") == 0) {
        if (!stage_number(name, value, 0, RECIPES - 1, &number, err))
            return false;
        stage->recipe = (int)number;
        return write_texts(stage, err);
    }
    if (strcmp(name, "images") == 0) {
        if (!stage_number(name, value, 0, IMAGES_MAX, &number, err))
            return false;
        stage->images = (uint32_t)number;
        return true;
    }
    if (strcmp(name, "save") == 0)
        return stage_number(name, value, 1, 1, &number, err) && save_all(stage, err);
    if (strcmp(name, "measure") != 0)
        return stage_unknown(name, err);
    if (!stage->world.train)
        return err_set(err, _("The images are not loaded yet."));
    return stage_number(name, value, 1, 1, &number, err) && start_work(stage, err);
}

static int find_fewest(const struct programs_stage *stage)
{
    int best = -1;
    for (int i = 0; i < PROGRAM_KINDS; i++)
        if (stage->lines[i] > 0 && (best < 0 || stage->lines[i] < stage->lines[best]))
            best = i;
    return best + 1;
}

static bool figure(const struct stage *base, const char *name, double *value)
{
    const struct programs_stage *stage = (const struct programs_stage *)base;
    const struct {
        const char *name;
        double value;
    } figures[] = {
        {"recipe", stage->recipe},
        {"images", stage->images},
        {"seconds", stage->seconds},
        {"rate", stage->rate},
        {"saved", stage->saved},
        {"fewest", find_fewest(stage)},
        {"lines-numpy", stage->lines[PROGRAM_NUMPY]},
        {"lines-c", stage->lines[PROGRAM_C]},
        {"lines-torch", stage->lines[PROGRAM_TORCH]},
        {"lines-keras", stage->lines[PROGRAM_KERAS]},
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        if (strcmp(figures[i].name, name) != 0)
            continue;
        *value = figures[i].value;
        return true;
    }
    return false;
}

static int controls(const struct stage *base, struct stage_control *controls)
{
    static const char *const titles[] = {N_("784-30-10 by the book"), N_("LeNet-5 with Adam"),
                                         N_("swift, 99 % in one epoch")};
    const struct programs_stage *stage = (const struct programs_stage *)base;
    const struct stage_control all[] = {
        {"recipe", N_("Network"), STAGE_CHOICE, .value = stage->recipe, .choices = titles,
         .count = RECIPES},
        {"measure", N_("Measure an epoch"), STAGE_BUTTON,
         .off = stage->work          ? N_("An epoch is being measured.")
                : stage->world.train ? NULL
                                     : N_("The images are not loaded yet.")},
        {"save", N_("Save the programs"), STAGE_BUTTON},
        {"images", "", STAGE_HELD, .value = stage->images},
    };
    memcpy(controls, all, sizeof all);
    return sizeof all / sizeof *all;
}

const struct stage_kind programs_stage_kind = {
    .name = "programs",
    .uses_data = true,
    .begin = begin,
    .end = end,
    .update = update,
    .busy = busy,
    .set = set,
    .figure = figure,
    .controls = controls,
};

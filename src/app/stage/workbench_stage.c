/* SPDX-License-Identifier: MIT */
#include "app/stage/workbench_stage.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/stage/workbench_work.h"
#include "base/language.h"
#include "nn/nn.h"

enum { SMALL = 10000, IMAGES_MAX = 60000, PACE_MAX = 60, HIDDEN_MAX = 500 };

static const double quick = 10; /* seconds */
static const char *const recipes[] = {"nielsen-30", "swift"};
enum { RECIPES = sizeof recipes / sizeof *recipes };

double workbench_run_accuracy(const struct workbench_run *run)
{
    return run->count > 0 ? (double)run->points[run->count - 1].accuracy : (double)NAN;
}

/* ---- the network and its settings ------------------------------------------------------------ */

/* Counts what the words make; the sentence where they make nothing. */
static void count_words(struct workbench_stage *stage)
{
    stage->trouble.text[0] = 0;
    struct nn *net = nn_new(stage->recipe.net, &stage->trouble);
    if (!net)
        return;
    stage->params = stage->effort = 0;
    for (int i = 0; i < nn_layer_count(net); i++) {
        stage->params += nn_layer(net, i)->params;
        stage->effort += nn_layer(net, i)->multiplications;
    }
    nn_free(net);
    recipe_check(&stage->recipe, &stage->trouble);
}

/* The words as they are typed: a layer on each line. */
static void spread_words(struct workbench_stage *stage)
{
    const char *from = stage->recipe.net;
    size_t at = 0;
    for (; *from && at + 1 < sizeof stage->typed; from++) {
        stage->typed[at++] = *from == ',' ? '\n' : *from;
        if (from[0] == ',' && from[1] == ' ')
            from++;
    }
    stage->typed[at] = 0;
}

/* What is typed is the network once it is one. */
static bool type_words(struct workbench_stage *stage, const char *value)
{
    struct err why;
    snprintf(stage->typed, sizeof stage->typed, "%s", value);
    if (recipe_set(&stage->recipe, "net", stage->typed, &why))
        count_words(stage);
    else
        stage->trouble = why;
    return true;
}

static bool choose_recipe(struct workbench_stage *stage, int which, struct err *err)
{
    struct recipe recipe;
    if (!recipe_find(recipes[which], &recipe, err))
        return false;
    recipe.stroke_share = recipe.drawn_share = recipe.outlier_share = 0;
    stage->recipe = recipe;
    count_words(stage);
    spread_words(stage);
    return true;
}

static bool set_key(struct workbench_stage *stage, const char *key, const char *value,
                    struct err *err)
{
    if (!recipe_set(&stage->recipe, key, value, err))
        return false;
    count_words(stage);
    spread_words(stage);
    return true;
}

static int hidden_of(const char *words)
{
    int hidden;
    char after;
    return sscanf(words, "784-%d-10%c", &hidden, &after) == 1 ? hidden : 0;
}

/* Of what the book's reader is made of. */
static int count_changed(const struct recipe *recipe)
{
    struct recipe book;
    struct err err;
    if (!recipe_find(recipes[0], &book, &err))
        return 0;
    return (strcmp(recipe->net, book.net) != 0) + (recipe->schedule.rate != book.schedule.rate) +
           (recipe->batch != book.batch) + (recipe->cost != book.cost) +
           (recipe->start != book.start) + (recipe->optim.kind != book.optim.kind);
}

/* ---- training -------------------------------------------------------------------------------- */

static bool go(struct workbench_stage *stage, struct err *err)
{
    if (stage->work) {
        workbench_work_stop(stage->work);
        return true;
    }
    if (!stage->world.train)
        return err_set(err, _("The images are not loaded yet."));
    if (stage->trouble.text[0])
        return err_set(err, "%s", stage->trouble.text);
    stage->now.changed = count_changed(&stage->recipe);
    return workbench_work_start(stage, err);
}

static void keep_run(struct workbench_stage *stage)
{
    if (stage->run_count == WORKBENCH_RUNS_MAX)
        memmove(stage->runs, stage->runs + 1, --stage->run_count * sizeof *stage->runs);
    stage->runs[stage->run_count++] = stage->now;
    stage->done_count++;
}

static bool update(struct stage *base, const struct stage_world *world)
{
    struct workbench_stage *stage = (struct workbench_stage *)base;
    bool done = false;
    stage->world = *world;
    if (stage->work && workbench_work_take(stage, &done) && done)
        keep_run(stage);
    return false;
}

static bool busy(const struct stage *base)
{
    return ((const struct workbench_stage *)base)->work != NULL;
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void end(struct stage *base)
{
    struct workbench_stage *stage = (struct workbench_stage *)base;
    workbench_work_end(stage);
    free(stage);
}

static struct stage *begin(const struct stage_world *world, struct err *err)
{
    struct workbench_stage *stage = calloc(1, sizeof *stage);
    if (!stage) {
        err_memory(err, _("the page"));
        return NULL;
    }
    stage->world = *world;
    if (choose_recipe(stage, 0, err))
        return &stage->stage;
    free(stage);
    return NULL;
}

/* ---- values ---------------------------------------------------------------------------------- */

static bool set_hidden(struct workbench_stage *stage, const char *value, struct err *err)
{
    char words[32];
    double number;
    if (!stage_number("hidden", value, 1, HIDDEN_MAX, &number, err))
        return false;
    snprintf(words, sizeof words, "784-%d-10", (int)number);
    return set_key(stage, "net", words, err);
}

/* A choice of two, as the recipe calls them. */
static bool set_choice(struct workbench_stage *stage, const char *key, const char *value,
                       struct err *err)
{
    double number;
    if (!stage_number(key, value, 0, 1, &number, err))
        return false;
    bool second = number >= 0.5;
    return set_key(stage, key,
                   strcmp(key, "cost") == 0 ? second ? "cross-entropy" : "quadratic"
                   : second                 ? "auto"
                                            : "book",
                   err);
}

static bool set(struct stage *base, const char *name, const char *value, struct err *err)
{
    struct workbench_stage *stage = (struct workbench_stage *)base;
    double number;
    if (strcmp(name, "net") == 0 || strcmp(name, "batch") == 0 || strcmp(name, "epochs") == 0)
        return set_key(stage, name, value, err);
    if (strcmp(name, "typed") == 0)
        return type_words(stage, value);
    if (strcmp(name, "eta") == 0)
        return set_key(stage, "rate", value, err);
    if (strcmp(name, "cost") == 0 || strcmp(name, "start") == 0)
        return set_choice(stage, name, value, err);
    if (strcmp(name, "hidden") == 0)
        return set_hidden(stage, value, err);
    if (strcmp(name, "recipe") == 0)
        return stage_number(name, value, 0, RECIPES - 1, &number, err) &&
               choose_recipe(stage, (int)number, err);
    if (strcmp(name, "go") == 0)
        return stage_number(name, value, 1, 1, &number, err) && go(stage, err);
    bool paced = strcmp(name, "pace") == 0;
    if (!paced && strcmp(name, "images") != 0)
        return stage_unknown(name, err);
    if (!stage_number(name, value, 0, paced ? PACE_MAX : IMAGES_MAX, &number, err))
        return false;
    if (paced)
        stage->pace = number;
    else
        stage->images = (uint32_t)number;
    return true;
}

/* ---- figures --------------------------------------------------------------------------------- */

/* The best accuracy, in percent, of those that came to their end with what is wanted of them. */
static double best_run(const struct workbench_stage *stage, int changed, size_t params,
                       double seconds)
{
    double best = NAN;
    for (int i = 0; i < stage->run_count; i++) {
        const struct workbench_run *run = &stage->runs[i];
        if ((changed < 0 || run->changed == changed) && run->params < params &&
            (double)run->seconds < seconds)
            best = fmax(best, 100 * workbench_run_accuracy(run)); /* fmax passes NAN over */
    }
    return best;
}

static bool figure(const struct stage *base, const char *name, double *value)
{
    const struct workbench_stage *stage = (const struct workbench_stage *)base;
    const struct workbench_run *now = &stage->now;
    const struct {
        const char *name;
        double value;
    } figures[] = {
        {"accuracy", 100 * workbench_run_accuracy(now)},
        {"cost-now", now->count > 0 ? (double)now->cost : (double)NAN},
        {"epoch", now->count > 0 ? (double)now->points[now->count - 1].epoch : 0},
        {"seconds", (double)now->seconds},
        {"params", (double)stage->params},
        {"effort", (double)stage->effort},
        {"runs", stage->done_count},
        {"top", best_run(stage, -1, SIZE_MAX, INFINITY)},
        {"changed", count_changed(&stage->recipe)},
        {"top-one", best_run(stage, 1, SIZE_MAX, INFINITY)},
        {"top-small", best_run(stage, -1, SMALL, INFINITY)},
        {"top-quick", best_run(stage, -1, SIZE_MAX, quick)},
        {"held", stage->held},
        {"hidden", hidden_of(stage->recipe.net)},
        {"eta", (double)stage->recipe.schedule.rate},
        {"batch", stage->recipe.batch},
        {"epochs", stage->recipe.epochs},
        {"images", stage->images},
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
    static const char *const costs[] = {N_("Quadratic"), N_("Cross-entropy")};
    static const char *const starts[] = {N_("As in the book"), N_("He and Glorot")};
    static const char *const bases[] = {N_("The book's"), N_("Those of swift")};
    const struct workbench_stage *stage = (const struct workbench_stage *)base;
    const struct recipe *recipe = &stage->recipe;
    const char *off = stage->world.train ? NULL : N_("The images are not loaded yet.");
    const struct stage_control all[] = {
        {"recipe", N_("Settings"), STAGE_CHOICE, .value = strcmp(recipe->name, recipes[1]) == 0,
         .choices = bases, .count = RECIPES},
        {"hidden", N_("Hidden neurons"), STAGE_SLIDER, .value = hidden_of(recipe->net), .min = 1,
         .max = 200, .step = 1},
        {"eta", N_("Learning rate \u03b7"), STAGE_SLIDER, .value = (double)recipe->schedule.rate,
         .min = 0.001, .max = 10, .step = 0.1, .digits = 3},
        {"batch", N_("Mini-batch"), STAGE_SLIDER, .value = recipe->batch, .min = 1, .max = 200,
         .step = 1},
        {"epochs", N_("Epochs"), STAGE_SLIDER, .value = recipe->epochs, .min = 1, .max = 30,
         .step = 1},
        {"cost", N_("Cost"), STAGE_CHOICE, .value = recipe->cost, .choices = costs, .count = 2},
        {"start", N_("First weights"), STAGE_CHOICE, .value = recipe->start, .choices = starts,
         .count = 2},
        {"pace", N_("Seconds an epoch"), STAGE_SLIDER, .value = stage->pace, .max = 10, .step = 0.5,
         .digits = 1},
        {"go", stage->work ? N_("Stop") : N_("Train"), STAGE_BUTTON, .off = off},
        {"net", "", STAGE_HELD},
        {"typed", "", STAGE_HELD},
        {"images", "", STAGE_HELD, .value = stage->images},
    };
    memcpy(controls, all, sizeof all);
    return sizeof all / sizeof *all;
}

const struct stage_kind workbench_stage_kind = {
    .name = "workbench",
    .uses_data = true,
    .begin = begin,
    .end = end,
    .update = update,
    .busy = busy,
    .set = set,
    .figure = figure,
    .controls = controls,
};

/* SPDX-License-Identifier: MIT */
#include "train/finetune.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/language.h"
#include "base/rng.h"
#include "data/dataset.h"
#include "eval/evaluate.h"
#include "ink/fit.h"
#include "model/model.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "train/trainer.h"

enum {
    WAIT_MS = 100,
    PIECE = 500, /* pictures that are read between two questions whether to go on */
};

const struct finetune_how finetune_usual = {
    .own = 600,
    .replay = 2400,
    .epochs = 1,
    .batch = 64,
    .rate = 0.0005f,
    .smoothing = 0.05f,
    .blend = 0.5f,
    .bend = {.rotate = 16, .shear = 0.2f, .aspect = 0.2f, .elastic = 1.0f, .thick = 0.6f},
    .seed = 1,
};

/* What it takes, from the digits to the figures. */
struct tuning {
    const struct finetune_setup *setup;
    const struct finetune_how *how;
    struct pool *pool;
    struct evaluator *evaluator;
    enum nn_cost cost;
    enum finetune_check check;
    int *fold;     /* [count]: the part that a digit is dealt to */
    int runs, run; /* of the trainer: all, and the one under way */
};

/* ---- what to train on ---------------------------------------------------------------------- */

/* The streams of random numbers. */
enum purpose { FOR_OWN = 1, FOR_REPLAY = 2 };

static void to_bytes(const float *x, uint8_t *pixels)
{
    for (int i = 0; i < FIT_LEN; i++)
        pixels[i] = (uint8_t)(x[i] * 255 + 0.5f);
}

static bool has_strokes(const struct finetune_digit *digit)
{
    return digit->ink && digit->ink->stroke_count > 0;
}

static void draw_own(const struct tuning *t, const struct finetune_digit *digit, struct rng *rng,
                     uint8_t *pixels)
{
    float x[FIT_LEN];
    if (has_strokes(digit))
        augment_ink(&t->how->bend, rng, digit->ink, x);
    else
        augment_image(&t->how->bend, rng, digit->pixels, x);
    to_bytes(x, pixels);
}

/* Whether digit i is learnt while `part` is left out. With -1 none is, but for those held out. */
static bool is_learnt(const struct tuning *t, uint32_t i, int part)
{
    if (t->check == FINETUNE_BY_HELD_OUT)
        return !t->setup->digits[i].held_out;
    return t->fold[i] != part;
}

/* Deals the digits of each kind in turn, so that no part takes a kind away from the others. */
static void deal_folds(const struct finetune_digit *digits, uint32_t count, int *fold)
{
    int of[10] = {0};
    for (uint32_t i = 0; i < count; i++)
        fold[i] = of[digits[i].label]++ % FINETUNE_FOLDS;
}

static bool has_part(const struct tuning *t, int part)
{
    for (uint32_t i = 0; i < t->setup->count; i++)
        if (t->fold[i] == part)
            return true;
    return false;
}

/* The person's digits in turn, until there are how->own of them. */
static void fill_own(const struct tuning *t, int part, struct dataset *set)
{
    struct rng rng = rng_new(t->how->seed, FOR_OWN);
    for (uint32_t n = 0, i = 0; n < t->how->own; i = (i + 1) % t->setup->count) {
        if (!is_learnt(t, i, part))
            continue;
        draw_own(t, &t->setup->digits[i], &rng, set->pixels + (size_t)n * FIT_LEN);
        set->labels[n++] = (uint8_t)t->setup->digits[i].label;
    }
}

static void fill_replay(const struct tuning *t, struct dataset *set)
{
    struct rng rng = rng_new(t->how->seed, FOR_REPLAY);
    const struct dataset *from = t->setup->replay;
    for (uint32_t n = t->how->own; n < set->count; n++) {
        uint32_t i = rng_below(&rng, from->count);
        float x[FIT_LEN];
        augment_image(&t->how->replay_bend, &rng, from->pixels + (size_t)i * FIT_LEN, x);
        to_bytes(x, set->pixels + (size_t)n * FIT_LEN);
        set->labels[n] = from->labels[i];
    }
}

/* The caller frees it. */
static struct dataset *make_material(const struct tuning *t, int part, struct err *err)
{
    struct dataset *set = dataset_new("one hand", t->how->own + t->how->replay, err);
    if (!set)
        return NULL;
    fill_own(t, part, set);
    fill_replay(t, set);
    return set;
}

/* ---- one run of the trainer ------------------------------------------------------------------ */

static bool make_recipe(const struct tuning *t, struct recipe *recipe, struct err *err)
{
    if (!recipe_find("best", recipe, err) ||
        !recipe_set(recipe, "net", nn_words(t->setup->net), err))
        return false;
    recipe->cost = t->cost;
    recipe->epochs = t->how->epochs;
    recipe->batch = t->how->batch;
    recipe->schedule.rate = t->how->rate;
    recipe->optim.decay = 0;
    recipe->smoothing = t->how->smoothing;
    recipe->averaging = 0;
    recipe->augment = (struct augment_spec){0}; /* they are bent already */
    recipe->stroke_share = recipe->drawn_share = recipe->outlier_share = 0;
    recipe->hold_back = recipe->images = 0;
    recipe->seed = t->how->seed;
    return true;
}

static bool tell(const struct tuning *t, double part_of_run)
{
    const struct finetune_setup *setup = t->setup;
    return !setup->go_on || setup->go_on(setup->user, (t->run + part_of_run) / t->runs);
}

static bool refuse_stopped(struct err *err)
{
    return err_set(err, _("Learning your hand was stopped."));
}

/* Waits for its end. False with a sentence where it was stopped or went bad. */
static bool watch_trainer(const struct tuning *t, struct trainer *trainer, struct err *err)
{
    struct trainer_view *view = calloc(1, sizeof *view);
    bool ended = false, wanted = true;
    if (!view)
        return err_memory(err, _("the training"));
    while (!ended) {
        ended = trainer_wait(trainer, WAIT_MS);
        trainer_poll(trainer, view);
        wanted = wanted && tell(t, view->progress);
        if (!wanted)
            trainer_stop(trainer);
    }
    bool done = view->state == TRAINER_DONE;
    if (view->state == TRAINER_FAILED)
        err_set(err, "%s", view->trouble);
    else if (!done)
        refuse_stopped(err);
    free(view);
    return done;
}

/* new = old + blend (new - old) */
static void blend_weights(const struct nn *old, float blend, struct nn *new)
{
    const float *from = nn_weights(old);
    float *to = nn_params(new);
    for (size_t i = 0; i < nn_param_len(old); i++)
        to[i] = from[i] + blend * (to[i] - from[i]);
}

static bool train(struct tuning *t, const struct dataset *material, struct nn *net, struct err *err)
{
    struct trainer_setup setup = {
        .train = material,
        .begin_with = t->setup->net,
        .kern = t->setup->kern,
        .threads = t->setup->threads,
        .foreground = t->setup->foreground,
    };
    if (!make_recipe(t, &setup.recipe, err))
        return false;
    struct trainer *trainer = trainer_start(&setup, err);
    bool done = trainer && watch_trainer(t, trainer, err);
    if (done) {
        trainer_result(trainer, net);
        blend_weights(t->setup->net, t->how->blend, net);
    }
    trainer_free(trainer);
    t->run++;
    return done;
}

/* A network that learnt all digits but those of `part`. The caller frees it. */
static struct nn *finetune_without(struct tuning *t, int part, struct err *err)
{
    struct dataset *material = make_material(t, part, err);
    struct nn *net = material ? nn_copy(t->setup->net, err) : NULL;
    if (net && !train(t, material, net, err)) {
        nn_free(net);
        net = NULL;
    }
    dataset_free(material);
    return net;
}

/* ---- figures --------------------------------------------------------------------------------- */

/* Adds how `net` reads a set; NULL is an empty one. In pieces, so that it can be stopped. */
static bool read_set(const struct tuning *t, const struct nn *net, const struct dataset *set,
                     struct finetune_score *score, struct err *err)
{
    uint32_t count = set ? set->count : 0;
    for (uint32_t first = 0; first < count; first += PIECE) {
        if (!tell(t, 0))
            return refuse_stopped(err);
        uint32_t left = count - first;
        struct evaluation seen =
            evaluator_run(t->evaluator, net, t->cost, set, first, left < PIECE ? left : PIECE);
        score->correct += seen.correct;
        score->count += seen.count;
    }
    return true;
}

/* Adds how `net` reads those that are not learnt while `part` is left out; or all, where none can
 * be spared. */
static bool read_own(const struct tuning *t, const struct nn *net, int part,
                     struct finetune_score *score, struct err *err)
{
    struct dataset *set = dataset_new("one hand", t->setup->count, err);
    if (!set)
        return false;
    uint32_t n = 0;
    for (uint32_t i = 0; i < t->setup->count; i++) {
        if (t->check != FINETUNE_BY_LEARNT && is_learnt(t, i, part))
            continue;
        memcpy(set->pixels + (size_t)n * FIT_LEN, t->setup->digits[i].pixels, FIT_LEN);
        set->labels[n++] = (uint8_t)t->setup->digits[i].label;
    }
    set->count = n;
    bool done = read_set(t, net, set, score, err);
    dataset_free(set);
    return done;
}

static bool cross_check(struct tuning *t, struct finetune_result *result, struct err *err)
{
    for (int part = 0; part < FINETUNE_FOLDS && has_part(t, part); part++) {
        struct nn *net = finetune_without(t, part, err);
        bool read = net && read_own(t, t->setup->net, part, &result->own_before, err) &&
                    read_own(t, net, part, &result->own_after, err);
        nn_free(net);
        if (!read)
            return false;
    }
    return true;
}

static bool run_all(struct tuning *t, struct finetune_result *result, struct err *err)
{
    bool crossed = t->check == FINETUNE_CROSSWISE;
    if (!read_set(t, t->setup->net, t->setup->test, &result->test_before, err))
        return false;
    if (crossed ? !cross_check(t, result, err)
                : !read_own(t, t->setup->net, -1, &result->own_before, err))
        return false;
    result->net = finetune_without(t, -1, err);
    if (!result->net)
        return false;
    return read_set(t, result->net, t->setup->test, &result->test_after, err) &&
           (crossed || read_own(t, result->net, -1, &result->own_after, err));
}

static bool check_setup(const struct finetune_setup *setup, struct err *err)
{
    if (setup->count < FINETUNE_DIGITS_LEAST)
        return err_set(err,
                       _("%u digits are too few to learn a hand from; teach at least %d, one of "
                         "each is best."),
                       setup->count, FINETUNE_DIGITS_LEAST);
    if (setup->replay->count == 0)
        return err_set(err, _("There are no training images to go over again; choose other data."));
    return nn_can_learn(setup->net, err);
}

static uint32_t count_held_out(const struct finetune_setup *setup)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < setup->count; i++)
        count += setup->digits[i].held_out;
    return count;
}

/* Whether none is the only one of its kind. */
static bool kinds_recur(const struct finetune_setup *setup)
{
    uint32_t of[10] = {0};
    for (uint32_t i = 0; i < setup->count; i++)
        of[setup->digits[i].label]++;
    for (int kind = 0; kind < 10; kind++)
        if (of[kind] == 1)
            return false;
    return true;
}

static enum finetune_check choose_check(const struct finetune_setup *setup)
{
    uint32_t held_out = count_held_out(setup);
    if (held_out >= FINETUNE_HELD_OUT_LEAST && held_out + FINETUNE_DIGITS_LEAST <= setup->count)
        return FINETUNE_BY_HELD_OUT;
    bool enough = setup->count >= FINETUNE_CROSS_LEAST && kinds_recur(setup);
    return enough ? FINETUNE_CROSSWISE : FINETUNE_BY_LEARNT;
}

static bool prepare(struct tuning *t, struct err *err)
{
    const struct finetune_setup *setup = t->setup;
    t->fold = malloc(setup->count * sizeof *t->fold);
    if (!t->fold)
        return err_memory(err, _("learning your hand"));
    deal_folds(setup->digits, setup->count, t->fold);
    t->runs = 1;
    for (int part = 0; t->check == FINETUNE_CROSSWISE && part < FINETUNE_FOLDS; part++)
        t->runs += has_part(t, part);
    t->pool = pool_new(setup->threads, !setup->foreground, err);
    t->evaluator = t->pool ? evaluator_new(setup->net, setup->kern, t->pool, err) : NULL;
    return t->evaluator != NULL;
}

bool finetune_run(const struct finetune_setup *setup, struct finetune_result *result,
                  struct err *err)
{
    *result = (struct finetune_result){0};
    if (!check_setup(setup, err))
        return false;
    struct tuning t = {
        .setup = setup,
        .how = setup->how ? setup->how : &finetune_usual,
        .cost = evaluate_default_cost(setup->net),
        .check = choose_check(setup),
    };
    result->check = t.check;
    double begin = clock_seconds();
    bool done = prepare(&t, err) && run_all(&t, result, err);
    if (!done) {
        nn_free(result->net);
        result->net = NULL;
    }
    evaluator_free(t.evaluator);
    pool_free(t.pool);
    free(t.fold);
    result->seconds = clock_seconds() - begin;
    return done;
}

/* ---- the model ------------------------------------------------------------------------------- */

static const char name_ends[] = N_(", my hand");

static double part_right(struct finetune_score score)
{
    return score.count > 0 ? (double)score.correct / score.count : 0;
}

enum finetune_advice finetune_advise(const struct finetune_result *result)
{
    static const double hardly = 0.002; /* of the test images; what learning a hand costs at worst
                                         * is half of it */
    bool lost = part_right(result->test_after) < part_right(result->test_before) - hardly;
    if (lost)
        return FINETUNE_ADVISE_OLD;
    if (result->check == FINETUNE_BY_LEARNT)
        return FINETUNE_ADVISE_NEITHER;
    return result->own_after.correct > result->own_before.correct ? FINETUNE_ADVISE_NEW
                                                                  : FINETUNE_ADVISE_OLD;
}

/* "best" becomes "best, my hand", once. */
static void write_name(const struct model *base, char *name, size_t size)
{
    const char *old = model_name(base), *end = strstr(old, name_ends);
    int len = (int)(end ? (size_t)(end - old) : strlen(old));
    snprintf(name, size, "%.*s%s", len < 100 ? len : 100, old, name_ends);
}

/* What is known of the base is known of the tuned one, but for what was measured, and for how to
 * train it. */
static bool fill_record(const struct finetune_setup *setup, const struct finetune_result *result,
                        const struct model *base, struct record *record, struct err *err)
{
    char name[160];
    write_name(base, name, sizeof name);
    if (!record_copy(record, &base->record, err) || !record_set(record, MODEL_NAME, name, err) ||
        !record_set(record, MODEL_COMMAND, NULL, err) ||
        !record_set(record, MODEL_VALID_ACCURACY, NULL, err) ||
        !record_set(record, MODEL_TEST_ACCURACY, NULL, err) ||
        !record_set(record, MODEL_TEST_COUNT, NULL, err) ||
        !record_set(record, MODEL_SETTINGS, NULL, err) ||
        !record_set(record, MODEL_SECONDS, NULL, err) ||
        !record_set_count(record, MODEL_OWN_DIGITS, setup->count, err))
        return false;
    return result->test_after.count == 0 ||
           (record_set_number(record, MODEL_TEST_ACCURACY, part_right(result->test_after), err) &&
            record_set_count(record, MODEL_TEST_COUNT, result->test_after.count, err));
}

struct model *finetune_model(const struct finetune_setup *setup, struct finetune_result *result,
                             const struct model *base, struct err *err)
{
    struct model *model = model_new(result->net, model_name(base), err);
    result->net = NULL;
    if (model)
        model->half = base->half;
    if (!model || fill_record(setup, result, base, &model->record, err))
        return model;
    model_free(model);
    return NULL;
}

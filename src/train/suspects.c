/* SPDX-License-Identifier: MIT */
#include "train/suspects.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "eval/calibrate.h"
#include "eval/evaluate.h"
#include "eval/verdict.h"
#include "ink/fit.h"
#include "train/recipe.h"
#include "train/run.h"

enum {
    CLASSES = VERDICT_CLASSES,
    BETWEEN = 16,     /* mini-batches between two looks */
    ENOUGH = 40000,   /* images that "swift" sees in its one epoch of MNIST, less a fold; */
    EPOCHS_MOST = 30, /* of fewer, so many epochs at most */
};

struct search {
    const struct suspects_setup *setup;
    uint32_t fold;    /* images in each; the last one begins again with the first images */
    uint8_t *spare;   /* [fold][FIT_LEN]: pictures on their way to the end */
    uint8_t *labels;  /* [fold]: likewise */
    float *answers;   /* [fold][CLASSES] */
    float *mean;      /* [fold][CLASSES]: of the probabilities */
    bool *agreed;     /* [fold]: all networks say the same */
    uint8_t *best;    /* [fold]: what the first said */
    uint8_t *first;   /* [set]: whether the image was judged already */
    uint32_t trained; /* networks so far */
    struct suspect *found;
    int count;
};

/* The first fold goes to the end, where it is held out: place p then holds what was at p + fold. */
static void turn_set(const struct search *s)
{
    struct dataset *set = s->setup->set;
    size_t rest = set->count - s->fold, fold = s->fold;
    memcpy(s->spare, set->pixels, fold * FIT_LEN);
    memcpy(s->labels, set->labels, fold);
    memmove(set->pixels, set->pixels + fold * FIT_LEN, rest * FIT_LEN);
    memmove(set->labels, set->labels + fold, rest);
    memcpy(set->pixels + rest * FIT_LEN, s->spare, fold * FIT_LEN);
    memcpy(set->labels + rest, s->labels, fold);
}

/* ---- one network ----------------------------------------------------------------------------- */

static bool goes_on(const struct search *s, const struct run *run)
{
    const struct suspects_setup *setup = s->setup;
    double part = (s->trained + run_progress(run)) / (SUSPECTS_FOLDS * SUSPECTS_NETS);
    return !setup->go_on || setup->go_on(setup->user, part < 1 ? part : 1);
}

static bool train(const struct search *s, struct run *run, struct err *err)
{
    for (uint32_t step = 0; run->state == RUN_GOES_ON; step++) {
        if (step % BETWEEN == 0 && !goes_on(s, run))
            return err_set(err, "%s", "");
        run_step(run);
    }
    return run->state == RUN_DONE || err_set(err, "%s", run->trouble.text);
}

/* Reads the fold, and adds to what the networks before it said. */
static bool judge(struct search *s, const struct nn *net, bool first, struct err *err)
{
    const struct suspects_setup *setup = s->setup;
    uint32_t begin = setup->set->count - s->fold;
    struct evaluator *evaluator = evaluator_new(net, setup->kern, setup->pool, err);
    if (!evaluator)
        return false;
    evaluator_read(evaluator, net, NN_CROSS_ENTROPY, setup->set, begin, s->fold, s->answers);
    evaluator_free(evaluator);
    const struct calibrate_answers answers = {s->answers, setup->set->labels + begin, s->fold};
    double temperature = calibrate_temperature(net, &answers, 1);
    for (uint32_t i = 0; i < s->fold; i++) {
        struct verdict_probabilities read =
            verdict_read(net, s->answers + (size_t)i * CLASSES, temperature);
        float *mean = s->mean + (size_t)i * CLASSES;
        for (int digit = 0; digit < CLASSES; digit++)
            mean[digit] = (first ? 0 : mean[digit]) + read.of[digit] / SUSPECTS_NETS;
        s->agreed[i] = first || (s->agreed[i] && s->best[i] == read.best);
        s->best[i] = (uint8_t)read.best;
    }
    return true;
}

static bool train_and_judge(struct search *s, const struct recipe *recipe, bool first,
                            struct err *err)
{
    const struct suspects_setup *setup = s->setup;
    struct dataset part = dataset_part(setup->set, 0, setup->set->count - s->fold);
    struct run *run = run_new(&(struct run_setup){.recipe = recipe,
                                                  .train = &part,
                                                  .called = "",
                                                  .kern = setup->kern,
                                                  .pool = setup->pool},
                              err);
    bool done = run && train(s, run, err) && judge(s, stepper_net(run->stepper), first, err);
    run_free(run);
    s->trained++;
    return done;
}

/* ---- all of them ----------------------------------------------------------------------------- */

/* Puts it in its place, the most confident first; of equals the first image. */
static void add_suspect(struct search *s, struct suspect suspect)
{
    int at = s->count;
    if (s->count < SUSPECTS_MAX)
        s->count++;
    else if (!(suspect.confidence > s->found[--at].confidence))
        return;
    for (; at > 0 && suspect.confidence > s->found[at - 1].confidence; at--)
        s->found[at] = s->found[at - 1];
    s->found[at] = suspect;
}

/* place p holds image (p + moved) of the set as it came. */
static void collect(struct search *s, uint32_t moved)
{
    const struct dataset *set = s->setup->set;
    uint32_t begin = set->count - s->fold;
    for (uint32_t i = 0; i < s->fold; i++) {
        uint32_t image = (uint32_t)(((uint64_t)begin + i + moved) % set->count);
        uint8_t label = set->labels[begin + i], best = s->best[i];
        const float *mean = s->mean + (size_t)i * CLASSES;
        bool again = s->first[image];
        s->first[image] = 1;
        if (!again && s->agreed[i] && best != label && mean[best] >= SUSPECTS_CONFIDENCE)
            add_suspect(s, (struct suspect){image, label, best, mean[best], mean[label]});
    }
}

static bool search_folds(struct search *s, struct err *err)
{
    struct recipe recipe;
    bool known = recipe_find("swift", &recipe, err);
    assert(known);
    (void)known;
    uint32_t trained_on = s->setup->set->count - s->fold, epochs = ENOUGH / trained_on;
    recipe.epochs = epochs < 1 ? 1 : epochs > EPOCHS_MOST ? EPOCHS_MOST : (int)epochs;
    for (uint32_t fold = 0; fold < SUSPECTS_FOLDS; fold++) {
        turn_set(s);
        for (uint32_t net = 0; net < SUSPECTS_NETS; net++) {
            recipe.seed = s->setup->seed + fold * SUSPECTS_NETS + net;
            if (!train_and_judge(s, &recipe, net == 0, err))
                return false;
        }
        collect(s, (fold + 1) * s->fold);
    }
    return true;
}

bool suspects_find(const struct suspects_setup *setup, struct suspect found[SUSPECTS_MAX],
                   int *count, struct err *err)
{
    uint32_t all = setup->set->count, fold = (all + SUSPECTS_FOLDS - 1) / SUSPECTS_FOLDS;
    if (all < SUSPECTS_LEAST)
        return err_set(err, _("To find suspects there must be %d training images; there are %u."),
                       SUSPECTS_LEAST, all);
    struct search s = {.setup = setup,
                       .fold = fold,
                       .spare = malloc((size_t)fold * FIT_LEN),
                       .labels = malloc(fold),
                       .answers = malloc((size_t)fold * CLASSES * sizeof(float)),
                       .mean = malloc((size_t)fold * CLASSES * sizeof(float)),
                       .agreed = malloc(fold * sizeof(bool)),
                       .best = malloc(fold),
                       .first = calloc(all, 1),
                       .found = found};
    bool done = (s.spare && s.labels && s.answers && s.mean && s.agreed && s.best && s.first) ||
                err_memory(err, _("finding suspects"));
    done = done && search_folds(&s, err);
    *count = done ? s.count : 0;
    free(s.spare);
    free(s.labels);
    free(s.answers);
    free(s.mean);
    free(s.agreed);
    free(s.best);
    free(s.first);
    return done;
}

/* SPDX-License-Identifier: MIT */
#include "train/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/language.h"
#include "data/dataset.h"
#include "data/unipen.h"
#include "eval/evaluate.h"
#include "nn/nn.h"

/* A run whose accuracy is that of guessing for so many epochs learns nothing. */
enum { STUCK_EPOCHS = 10 };

/* Each digit's label and the place of its first point. */
static uint64_t add_strokes(uint64_t hash, const struct unipen *strokes)
{
    for (uint32_t i = 0; strokes && i < strokes->count; i++) {
        const struct unipen_digit *digit = &strokes->digits[i];
        uint32_t place[2] = {0};
        if (digit->ink.point_count > 0)
            memcpy(place, digit->ink.points, sizeof place);
        hash = hash_add(hash_add(hash, (uint64_t)digit->label), digit->ink.point_count);
        hash = hash_add(hash, (uint64_t)place[0] << 32 | place[1]);
    }
    return hash;
}

static bool fill_run(struct run *run, const struct run_setup *setup, struct err *err)
{
    uint32_t pictures;
    if (!recipe_check(&run->recipe, err) ||
        !recipe_split(&run->recipe, run->train->count, &pictures, &run->held_back, err))
        return false;
    run->stepper = stepper_new(&run->recipe, setup->begin_with, run->train, pictures,
                               setup->strokes, setup->kern, setup->pool, err);
    if (!run->stepper)
        return false;
    run->train_count = stepper_images(run->stepper);
    run->valid_count = run->held_back + (run->others ? run->others->count : 0);
    run->steps = stepper_steps(run->stepper);
    run->fingerprint = add_strokes(dataset_fingerprint(run->train), setup->strokes);
    const struct nn *net = stepper_net(run->stepper);
    run->evaluator = evaluator_new(net, setup->kern, setup->pool, err);
    if (!run->evaluator)
        return false;
    return run->valid_count == 0 || (run->best = nn_copy(net, err));
}

struct run *run_new(const struct run_setup *setup, struct err *err)
{
    struct run *run = calloc(1, sizeof *run);
    if (!run) {
        err_memory(err, _("the training"));
        return NULL;
    }
    run->recipe = *setup->recipe;
    run->train = setup->train;
    run->test = setup->test;
    run->others = setup->others;
    run->strokes = setup->strokes;
    run->pool = setup->pool;
    run->test_each_epoch = setup->test_each_epoch;
    if (!fill_run(run, setup, err)) {
        run_free(run);
        return NULL;
    }
    return run;
}

void run_free(struct run *run)
{
    if (!run)
        return;
    evaluator_free(run->evaluator);
    stepper_free(run->stepper);
    nn_free(run->best);
    free(run);
}

double run_progress(const struct run *run)
{
    double done = (double)run->epoch + (double)run->step / (double)run->steps;
    return done / run->recipe.epochs;
}

/* Whether the `count` marks that are spread evenly over an epoch, the last at its end, have one
 * after mini-batch number `step` (from 1). */
static bool is_due(const struct run *run, uint32_t step, int count)
{
    uint64_t n = (uint64_t)count;
    return n * step / run->steps != n * (step - 1) / run->steps;
}

static void add_sum(struct stepper_sum *to, const struct stepper_sum *sum)
{
    to->cost += sum->cost;
    to->correct += sum->correct;
    to->count += sum->count;
}

static void add_point(struct run *run)
{
    double count = run->point_sum.count;
    history_add_point(&run->history, (struct history_point){
                                         .epoch = (float)(run_progress(run) * run->recipe.epochs),
                                         .cost = (float)(run->point_sum.cost / count),
                                         .accuracy = (float)(run->point_sum.correct / count),
                                     });
    run->point_sum = (struct stepper_sum){0};
}

/* The images held back and the others, as one set. */
static struct evaluation look_at_validation(struct run *run)
{
    const struct nn *net = stepper_kept(run->stepper);
    enum nn_cost cost = run->recipe.cost;
    struct evaluation seen = evaluator_run(run->evaluator, net, cost, run->train,
                                           run->train->count - run->held_back, run->held_back);
    if (!run->others)
        return seen;
    struct evaluation others =
        evaluator_run(run->evaluator, net, cost, run->others, 0, run->others->count);
    return evaluation_join(&seen, &others);
}

static struct evaluation add_check(struct run *run)
{
    struct evaluation seen = look_at_validation(run);
    history_add_check(&run->history, (struct history_check){
                                         .epoch = (float)(run_progress(run) * run->recipe.epochs),
                                         .cost = (float)seen.cost,
                                         .accuracy = (float)seen.accuracy,
                                     });
    return seen;
}

static void keep_best(struct run *run)
{
    const struct history_epoch *best = history_best(&run->history);
    if (!best || best->epoch == run->best_epoch)
        return;
    run->best_epoch = best->epoch;
    memcpy(nn_params(run->best), nn_weights(stepper_kept(run->stepper)),
           nn_param_len(run->best) * sizeof(float));
}

/* Says so where the last epochs were no better than guessing. */
static void notice_stuck(struct run *run)
{
    int wanted = run->recipe.epochs < STUCK_EPOCHS ? run->recipe.epochs : STUCK_EPOCHS;
    const struct history *history = &run->history;
    run->trouble.text[0] = 0;
    if (history->epoch_count < wanted)
        return;
    for (int i = history->epoch_count - wanted; i < history->epoch_count; i++)
        if (history->epochs[i].train_accuracy >= (float)HISTORY_GUESSING)
            return;
    err_set(&run->trouble,
            P_("After %d epoch it still guesses, about one in ten right. Lower the learning rate "
               "(it is %g), or start again with another seed or another way to start the weights.",
               "After %d epochs it still guesses, about one in ten right. Lower the learning rate "
               "(it is %g), or start again with another seed or another way to start the weights.",
               history->epoch_count),
            history->epoch_count, (double)run->recipe.schedule.rate);
}

static void fail(struct run *run)
{
    run->state = RUN_FAILED;
    err_set(&run->trouble,
            _("The cost is no longer a finite number, in epoch %d: the steps are too large. Lower "
              "the learning rate (it is %g) and start again, or go on from the last checkpoint."),
            run->epoch + 1, (double)run->recipe.schedule.rate);
}

static bool weights_are_finite(struct run *run)
{
    const struct nn *net = stepper_net(run->stepper);
    const float *weights = nn_weights(net);
    size_t len = nn_param_len(net);
    for (size_t i = 0; i < len; i++)
        if (!isfinite(weights[i]))
            return false;
    return true;
}

/* ReLU can turn what is no number into 0, and the cost then looks well: so the weights are looked
 * at too, before anyone uses them. */
bool run_is_sound(struct run *run)
{
    if (run->state != RUN_FAILED && !weights_are_finite(run))
        fail(run);
    return run->state != RUN_FAILED;
}

static void end_epoch(struct run *run, const struct evaluation *valid)
{
    double count = run->epoch_sum.count;
    struct history_epoch epoch = {
        .epoch = run->epoch + 1,
        .train_cost = (float)(run->epoch_sum.cost / count),
        .train_accuracy = (float)(run->epoch_sum.correct / count),
        .valid_cost = valid ? (float)valid->cost : -1,
        .valid_accuracy = valid ? (float)valid->accuracy : -1,
        .test_cost = -1,
        .test_accuracy = -1,
        .rate = run->rate,
        .seconds = (float)run->epoch_seconds,
    };
    bool last = run->epoch + 1 == run->recipe.epochs;
    if (run->test && (run->test_each_epoch || last)) {
        struct evaluation seen = evaluator_run(run->evaluator, stepper_kept(run->stepper),
                                               run->recipe.cost, run->test, 0, run->test->count);
        epoch.test_cost = (float)seen.cost;
        epoch.test_accuracy = (float)seen.accuracy;
    }
    history_add_epoch(&run->history, epoch);
    run->epoch++;
    run->step = 0;
    run->epoch_sum = (struct stepper_sum){0};
    run->epoch_seconds = 0;
    keep_best(run);
    notice_stuck(run);
    if (last)
        run->state = RUN_DONE;
}

/* One mini-batch on the clock. */
static struct stepper_sum take_step(struct run *run)
{
    double begin = clock_seconds();
    if (run->step == 0)
        stepper_begin_epoch(run->stepper, run->epoch);
    uint64_t done = (uint64_t)run->epoch * run->steps + run->step;
    uint64_t all = (uint64_t)run->recipe.epochs * run->steps;
    run->rate = schedule_rate(&run->recipe.schedule, done, all);
    struct stepper_sum sum = stepper_take(run->stepper, run->step, run->rate);
    double spent = clock_seconds() - begin;
    run->seconds += spent;
    run->epoch_seconds += spent;
    return sum;
}

void run_step(struct run *run)
{
    struct stepper_sum sum = take_step(run);
    run->last = sum;
    bool last = run->step + 1 == run->steps;
    bool checked = run->valid_count > 0 &&
                   is_due(run, run->step + 1, history_checks_per_epoch(run->recipe.epochs));
    if (!isfinite(sum.cost))
        fail(run);
    if (run->state == RUN_FAILED || ((last || checked) && !run_is_sound(run)))
        return;
    add_sum(&run->point_sum, &sum);
    add_sum(&run->epoch_sum, &sum);
    run->step++;
    if (is_due(run, run->step, history_points_per_epoch(run->recipe.epochs)))
        add_point(run);
    struct evaluation valid;
    if (checked)
        valid = add_check(run);
    if (last)
        end_epoch(run, checked ? &valid : NULL);
}

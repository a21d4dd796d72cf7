/* SPDX-License-Identifier: MIT */
#include "train/course.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "data/dataset.h"
#include "data/unipen.h"
#include "eval/evaluate.h"
#include "nn/nn.h"

/* A run whose accuracy is that of guessing for so many epochs learns nothing. */
enum { STUCK_EPOCHS = 10 };

/* FNV-1a */
static uint64_t add_to_hash(uint64_t hash, uint64_t number)
{
    return (hash ^ number) * 0x100000001b3u;
}

/* The labels and a pixel in every few: enough to tell one set from another. */
static uint64_t take_fingerprint(const struct dataset *set)
{
    enum { EVERY = 509 };
    uint64_t hash = 0xcbf29ce484222325u ^ set->count;
    for (uint32_t i = 0; i < set->count; i++)
        hash = add_to_hash(hash, set->labels[i]);
    size_t size = (size_t)set->count * (size_t)set->rows * (size_t)set->cols;
    for (size_t i = 0; i < size; i += EVERY)
        hash = add_to_hash(hash, set->pixels[i]);
    return hash;
}

/* Each digit's label and the place of its first point. */
static uint64_t add_strokes(uint64_t hash, const struct unipen *strokes)
{
    for (uint32_t i = 0; strokes && i < strokes->count; i++) {
        const struct unipen_digit *digit = &strokes->digits[i];
        uint32_t place[2] = {0};
        if (digit->ink.point_count > 0)
            memcpy(place, digit->ink.points, sizeof place);
        hash = add_to_hash(add_to_hash(hash, (uint64_t)digit->label), digit->ink.point_count);
        hash = add_to_hash(hash, (uint64_t)place[0] << 32 | place[1]);
    }
    return hash;
}

static bool fill_course(struct course *course, const struct course_setup *setup, struct err *err)
{
    uint32_t pictures;
    if (!recipe_check(&course->recipe, err) ||
        !recipe_split(&course->recipe, course->train->count, &pictures, &course->held_back, err))
        return false;
    course->lesson = lesson_new(&course->recipe, setup->begin_with, course->train, pictures,
                                setup->strokes, setup->kern, setup->pool, err);
    if (!course->lesson)
        return false;
    course->train_count = lesson_count(course->lesson);
    course->valid_count = course->held_back + (course->others ? course->others->count : 0);
    course->steps = lesson_steps(course->lesson);
    course->fingerprint = add_strokes(take_fingerprint(course->train), setup->strokes);
    const struct nn *net = lesson_net(course->lesson);
    course->evaluator = evaluator_new(net, setup->kern, setup->pool, err);
    if (!course->evaluator)
        return false;
    return course->valid_count == 0 || (course->best = nn_copy(net, err));
}

struct course *course_new(const struct course_setup *setup, struct err *err)
{
    struct course *course = calloc(1, sizeof *course);
    if (!course) {
        err_memory(err, "the training");
        return NULL;
    }
    course->recipe = *setup->recipe;
    course->train = setup->train;
    course->test = setup->test;
    course->others = setup->others;
    course->strokes = setup->strokes;
    course->pool = setup->pool;
    course->test_each_epoch = setup->test_each_epoch;
    if (!fill_course(course, setup, err)) {
        course_free(course);
        return NULL;
    }
    return course;
}

void course_free(struct course *course)
{
    if (!course)
        return;
    evaluator_free(course->evaluator);
    lesson_free(course->lesson);
    nn_free(course->best);
    free(course);
}

double course_progress(const struct course *course)
{
    double done = (double)course->epoch + (double)course->step / (double)course->steps;
    return done / course->recipe.epochs;
}

/* Whether the `count` marks that are spread evenly over an epoch, the last at its end, have one
 * after mini-batch number `step` (from 1). */
static bool is_due(const struct course *course, uint32_t step, int count)
{
    uint64_t n = (uint64_t)count;
    return n * step / course->steps != n * (step - 1) / course->steps;
}

static void add_sum(struct lesson_sum *to, const struct lesson_sum *sum)
{
    to->cost += sum->cost;
    to->correct += sum->correct;
    to->count += sum->count;
}

static void add_point(struct course *course)
{
    double count = course->point_sum.count;
    history_add_point(&course->history,
                      (struct history_point){
                          .epoch = (float)(course_progress(course) * course->recipe.epochs),
                          .cost = (float)(course->point_sum.cost / count),
                          .accuracy = (float)(course->point_sum.correct / count),
                      });
    course->point_sum = (struct lesson_sum){0};
}

/* The images held back and the others, as one set. */
static struct evaluation look_at_validation(struct course *course)
{
    const struct nn *net = lesson_kept(course->lesson);
    enum nn_cost cost = course->recipe.cost;
    struct evaluation seen =
        evaluator_run(course->evaluator, net, cost, course->train,
                      course->train->count - course->held_back, course->held_back);
    if (!course->others)
        return seen;
    struct evaluation others =
        evaluator_run(course->evaluator, net, cost, course->others, 0, course->others->count);
    return evaluation_join(&seen, &others);
}

static struct evaluation add_check(struct course *course)
{
    struct evaluation seen = look_at_validation(course);
    history_add_check(&course->history,
                      (struct history_check){
                          .epoch = (float)(course_progress(course) * course->recipe.epochs),
                          .cost = (float)seen.cost,
                          .accuracy = (float)seen.accuracy,
                      });
    return seen;
}

static void keep_best(struct course *course)
{
    const struct history_epoch *best = history_best(&course->history);
    if (!best || best->epoch == course->best_epoch)
        return;
    course->best_epoch = best->epoch;
    memcpy(nn_params(course->best), nn_weights(lesson_kept(course->lesson)),
           nn_param_len(course->best) * sizeof(float));
}

/* Says so where the last epochs were no better than guessing. */
static void notice_stuck(struct course *course)
{
    int wanted = course->recipe.epochs < STUCK_EPOCHS ? course->recipe.epochs : STUCK_EPOCHS;
    const struct history *history = &course->history;
    course->trouble.text[0] = 0;
    if (history->epoch_count < wanted)
        return;
    for (int i = history->epoch_count - wanted; i < history->epoch_count; i++)
        if (history->epochs[i].train_accuracy >= (float)HISTORY_GUESSING)
            return;
    err_set(&course->trouble,
            "After %d epoch%s it still guesses, about one in ten right. Lower the learning rate "
            "(it is %g), or start again with another seed or another way to start the weights.",
            history->epoch_count, history->epoch_count == 1 ? "" : "s",
            (double)course->recipe.schedule.rate);
}

static void fail(struct course *course)
{
    course->state = COURSE_FAILED;
    err_set(&course->trouble,
            "The cost is no longer a finite number, in epoch %d: the steps are too large. Lower "
            "the learning rate (it is %g) and start again, or go on from the last checkpoint.",
            course->epoch + 1, (double)course->recipe.schedule.rate);
}

static bool weights_are_finite(struct course *course)
{
    const struct nn *net = lesson_net(course->lesson);
    const float *weights = nn_weights(net);
    size_t len = nn_param_len(net);
    for (size_t i = 0; i < len; i++)
        if (!isfinite(weights[i]))
            return false;
    return true;
}

/* ReLU can turn what is no number into 0, and the cost then looks well: so the weights are looked
 * at too, before anyone uses them. */
bool course_is_sound(struct course *course)
{
    if (course->state != COURSE_FAILED && !weights_are_finite(course))
        fail(course);
    return course->state != COURSE_FAILED;
}

static void end_epoch(struct course *course, const struct evaluation *valid)
{
    double count = course->epoch_sum.count;
    struct history_epoch epoch = {
        .epoch = course->epoch + 1,
        .train_cost = (float)(course->epoch_sum.cost / count),
        .train_accuracy = (float)(course->epoch_sum.correct / count),
        .valid_cost = valid ? (float)valid->cost : -1,
        .valid_accuracy = valid ? (float)valid->accuracy : -1,
        .test_cost = -1,
        .test_accuracy = -1,
        .rate = course->rate,
        .seconds = (float)course->epoch_seconds,
    };
    bool last = course->epoch + 1 == course->recipe.epochs;
    if (course->test && (course->test_each_epoch || last)) {
        struct evaluation seen =
            evaluator_run(course->evaluator, lesson_kept(course->lesson), course->recipe.cost,
                          course->test, 0, course->test->count);
        epoch.test_cost = (float)seen.cost;
        epoch.test_accuracy = (float)seen.accuracy;
    }
    history_add_epoch(&course->history, epoch);
    course->epoch++;
    course->step = 0;
    course->epoch_sum = (struct lesson_sum){0};
    course->epoch_seconds = 0;
    keep_best(course);
    notice_stuck(course);
    if (last)
        course->state = COURSE_DONE;
}

/* One mini-batch on the clock. */
static struct lesson_sum take_step(struct course *course)
{
    double begin = clock_seconds();
    if (course->step == 0)
        lesson_begin_epoch(course->lesson, course->epoch);
    uint64_t done = (uint64_t)course->epoch * course->steps + course->step;
    uint64_t all = (uint64_t)course->recipe.epochs * course->steps;
    course->rate = schedule_rate(&course->recipe.schedule, done, all);
    struct lesson_sum sum = lesson_step(course->lesson, course->step, course->rate);
    double spent = clock_seconds() - begin;
    course->seconds += spent;
    course->epoch_seconds += spent;
    return sum;
}

void course_step(struct course *course)
{
    struct lesson_sum sum = take_step(course);
    bool last = course->step + 1 == course->steps;
    bool checked = course->valid_count > 0 &&
                   is_due(course, course->step + 1,
                          history_checks_per_epoch(course->recipe.epochs));
    if (!isfinite(sum.cost))
        fail(course);
    if (course->state == COURSE_FAILED || ((last || checked) && !course_is_sound(course)))
        return;
    add_sum(&course->point_sum, &sum);
    add_sum(&course->epoch_sum, &sum);
    course->step++;
    if (is_due(course, course->step, history_points_per_epoch(course->recipe.epochs)))
        add_point(course);
    struct evaluation valid;
    if (checked)
        valid = add_check(course);
    if (last)
        end_epoch(course, checked ? &valid : NULL);
}

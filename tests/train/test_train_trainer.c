/* SPDX-License-Identifier: MIT */
/* The trainer and its thread, watched while it works. */
#include <check.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/files.h"
#include "data/dataset.h"
#include "eval/calibrate.h"
#include "eval/evaluate.h"
#include "kern/kern.h"
#include "model/model.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "train/report.h"
#include "train/rule.h"
#include "train/trainer.h"
#include "train_helpers.h"

enum { LONG_MS = 120000, PROMPT_MS = 3000 };

static const char small_net[] =
    "net conv 4 5x5 stride 3 norm relu, dense 10 softmax; batch 64; epochs ";

static double read_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static struct recipe small_recipe(const char *epochs_and_more)
{
    char changes[400];
    snprintf(changes, sizeof changes, "%s%s", small_net, epochs_and_more);
    return make_recipe("swift", changes);
}

static struct trainer *start_on(const struct recipe *recipe, const struct dataset *set,
                                const char *checkpoint, const char *resume)
{
    struct err err = {""};
    struct trainer_setup setup = {.recipe = *recipe,
                                  .train = set,
                                  .kern = kern_best(),
                                  .threads = 2,
                                  .checkpoint = checkpoint};
    struct trainer *t = resume ? trainer_resume(&setup, resume, &err) : trainer_start(&setup, &err);
    ck_assert_msg(t != NULL, "%s", err.text);
    return t;
}

static struct trainer_view *new_view(const struct recipe *recipe)
{
    struct trainer_view *view = calloc(1, sizeof *view);
    view->net = nn_new(recipe->net, NULL);
    return view;
}

static void free_view(struct trainer_view *view)
{
    nn_free(view->net);
    free(view);
}

/* Polls until the state is reached. */
static void wait_for(struct trainer *t, struct trainer_view *view, enum trainer_state state)
{
    double until = read_clock() + LONG_MS / 1000.0;
    do {
        trainer_poll(t, view);
        trainer_wait(t, 1);
    } while (view->state != state && read_clock() < until);
    ck_assert_int_eq(view->state, state);
}

static void count_wake(void *context)
{
    atomic_fetch_add((atomic_int *)context, 1);
}

/* How those held back, the last 200 of 1200, are judged by what the trainer leaves. */
static struct calibrate_report judge_held_back(const struct dataset *set, const struct nn *net,
                                               const struct verdict_rule *rule, uint32_t *misread)
{
    enum { FIRST = 1000, COUNT = 200 };
    static float out[COUNT * 10];
    struct pool *pool = pool_new(1, false, NULL);
    struct evaluator *evaluator = evaluator_new(net, kern_best(), pool, NULL);
    evaluator_read(evaluator, net, NN_QUADRATIC, set, FIRST, COUNT, out);
    *misread = 0;
    for (int i = 0; i < COUNT; i++)
        *misread += verdict_best(out + (size_t)i * 10) != set->labels[FIRST + i];
    struct calibrate_answers answers = {out, set->labels + FIRST, COUNT};
    struct calibrate_report report = calibrate_measure(net, rule, &answers);
    evaluator_free(evaluator);
    pool_free(pool);
    return report;
}

START_TEST(what_is_sure_is_fitted_at_the_end_on_what_was_held_back)
{
    struct recipe recipe = small_recipe("12; hold-back 200");
    struct dataset *set = draw_digits(1200);
    struct trainer_setup setup = {
        .recipe = recipe, .train = set, .kern = kern_best(), .threads = 2, .fits_rule = true};
    struct err err = {""};
    struct trainer *t = trainer_start(&setup, &err);
    ck_assert_msg(t != NULL, "%s", err.text);
    struct trainer_view *view = new_view(&recipe);
    wait_for(t, view, TRAINER_DONE);
    ck_assert(view->has_rule);

    struct nn *net = nn_copy(view->net, NULL);
    struct report of = {.view = view, .epoch = trainer_result(t, net), .train = set};
    uint32_t misread;
    struct calibrate_report report = judge_held_back(set, net, &view->rule, &misread);
    ck_assert_uint_ge(report.count[VERDICT_SURE] + (misread > 3 ? misread : 3), 200);
    ck_assert_uint_lt(report.count[VERDICT_SURE], 200);

    struct model *model = report_model(&of, net, &err);
    ck_assert_msg(model != NULL, "%s", err.text);
    struct verdict_rule rule = rule_read(&model->record);
    ck_assert_double_eq_tol(rule.sure, view->rule.sure, 1e-9);
    ck_assert_double_eq_tol(rule.temperature, view->rule.temperature, 1e-9);
    ck_assert_double_ne(rule.temperature, verdict_usual.temperature);
    model_free(model);
    trainer_free(t);
    free_view(view);
    dataset_free(set);
}
END_TEST

/* Reads every snapshot while the next ones are made: what the thread sanitizer is to watch. */
START_TEST(weights_can_be_used_while_they_are_learnt)
{
    struct recipe recipe = small_recipe("25; hold-back 200");
    struct dataset *set = draw_digits(1200);
    atomic_int wakes = 0;
    struct trainer_setup setup = {.recipe = recipe,
                                  .train = set,
                                  .kern = kern_best(),
                                  .threads = 3,
                                  .wake = count_wake,
                                  .wake_context = &wakes};
    struct err err = {""};
    struct trainer *t = trainer_start(&setup, &err);
    ck_assert_msg(t != NULL, "%s", err.text);
    struct trainer_view *view = new_view(&recipe);
    struct nn_work *work = nn_work_new(view->net, kern_best(), 1, false, NULL);
    float x[784] = {0};
    uint64_t last = 0, snapshots = 0;
    double progress = 0;
    bool ended = false;
    while (!ended) {
        ended = trainer_wait(t, 0);
        trainer_poll(t, view);
        ck_assert_double_ge(view->progress, progress);
        progress = view->progress;
        if (view->weights != last) {
            last = view->weights;
            snapshots++;
            x[snapshots % 784] = 1;
            ck_assert(isfinite(nn_predict(view->net, work, x, 1)[0]));
        }
    }
    ck_assert_int_eq(view->state, TRAINER_DONE);
    ck_assert_double_eq(view->progress, 1);
    ck_assert_int_eq(view->history.epoch_count, 25);
    ck_assert_uint_gt(snapshots, 3);
    ck_assert_int_gt(atomic_load(&wakes), 3);
    ck_assert_uint_eq(view->valid_count, 200);
    ck_assert_double_gt(view->images_per_second, 0);
    nn_work_free(work);
    free_view(view);
    trainer_free(t);
    dataset_free(set);
}
END_TEST

START_TEST(a_pause_holds_the_weights_still_until_it_ends)
{
    struct recipe recipe = small_recipe("1000");
    struct dataset *set = draw_digits(640);
    struct trainer *t = start_on(&recipe, set, NULL, NULL);
    struct trainer_view *view = new_view(&recipe);
    double begin = read_clock();
    trainer_pause(t);
    wait_for(t, view, TRAINER_PAUSED);
    ck_assert_double_lt(read_clock() - begin, PROMPT_MS / 1000.0);
    uint64_t weights = view->weights;
    double progress = view->progress;
    nanosleep(&(struct timespec){.tv_nsec = 150000000}, NULL);
    trainer_poll(t, view);
    ck_assert_uint_eq(view->weights, weights);
    ck_assert_double_eq(view->progress, progress);
    trainer_continue(t);
    wait_for(t, view, TRAINER_RUNNING);
    while (view->progress == progress)
        trainer_poll(t, view);
    free_view(view);
    trainer_free(t);
    dataset_free(set);
}
END_TEST

START_TEST(a_stop_is_prompt_also_from_a_pause)
{
    struct recipe recipe = small_recipe("1000");
    struct dataset *set = draw_digits(640);
    for (int paused = 0; paused < 2; paused++) {
        struct trainer *t = start_on(&recipe, set, NULL, NULL);
        struct trainer_view *view = new_view(&recipe);
        if (paused) {
            trainer_pause(t);
            wait_for(t, view, TRAINER_PAUSED);
        }
        trainer_stop(t);
        ck_assert(trainer_wait(t, PROMPT_MS));
        trainer_poll(t, view);
        ck_assert_int_eq(view->state, TRAINER_STOPPED);
        ck_assert_double_eq(view->seconds_left, 0);
        free_view(view);
        trainer_free(t);
    }
    dataset_free(set);
}
END_TEST

static void take_result(struct trainer *t, struct trainer_view *view)
{
    ck_assert(trainer_wait(t, LONG_MS));
    trainer_poll(t, view);
    ck_assert_int_eq(view->state, TRAINER_DONE);
}

START_TEST(a_stopped_run_goes_on_to_the_same_bits)
{
    struct recipe recipe = small_recipe("30; hold-back 100; averaging 0.9");
    struct dataset *set = draw_digits(740);
    char path[256];
    snprintf(path, sizeof path, "%s", temporary_path("stopped.checkpoint"));
    struct trainer *whole = start_on(&recipe, set, NULL, NULL);
    struct trainer *begun = start_on(&recipe, set, path, NULL);
    struct trainer_view *a = new_view(&recipe), *b = new_view(&recipe);
    while (b->progress < 0.2)
        trainer_poll(begun, b);
    trainer_free(begun); /* stops, and leaves the checkpoint */
    struct recipe peeked;
    double progress = -1, seconds = -1;
    ck_assert(trainer_peek(path, &peeked, &progress, NULL, NULL));
    ck_assert(progress >= 0.1 && progress < 1);
    ck_assert_int_eq(peeked.epochs, 30);

    struct trainer *resumed = start_on(&recipe, set, path, path);
    free_view(b);
    b = new_view(&recipe);
    take_result(whole, a);
    take_result(resumed, b);
    size_t size = nn_param_len(a->net) * sizeof(float);
    ck_assert_mem_eq(nn_weights(a->net), nn_weights(b->net), size);
    ck_assert_int_eq(a->history.point_count, b->history.point_count);
    ck_assert_mem_eq(a->history.points, b->history.points, sizeof a->history.points);
    int epoch = trainer_result(whole, a->net);
    ck_assert_int_eq(trainer_result(resumed, b->net), epoch);
    ck_assert_int_eq(history_best(&a->history)->epoch, epoch);
    ck_assert_mem_eq(nn_weights(a->net), nn_weights(b->net), size);
    trainer_free(whole);
    trainer_free(resumed);

    struct trainer *done = start_on(&recipe, set, path, path); /* the end, once more */
    take_result(done, b);
    ck_assert_int_eq(b->history.epoch_count, 30);
    ck_assert(trainer_peek(path, &peeked, &progress, &seconds, NULL) && progress == 1);
    ck_assert_double_eq(seconds, b->seconds);
    trainer_free(done);
    free_view(a);
    free_view(b);
    dataset_free(set);
}
END_TEST

/* Goes on from `path` at another rate, to the end. */
static struct trainer *resume_at(const struct dataset *set, const char *path, float rate)
{
    struct err err = {""};
    struct trainer_setup setup = {
        .train = set, .kern = kern_best(), .threads = 2, .rate = rate};
    struct trainer *t = trainer_resume(&setup, path, &err);
    ck_assert_msg(t != NULL, "%s", err.text);
    ck_assert(trainer_wait(t, LONG_MS));
    return t;
}

START_TEST(a_rate_to_go_on_with_counts_from_the_first_mini_batch)
{
    struct recipe recipe = small_recipe("20");
    struct dataset *set = draw_digits(640);
    char path[256];
    snprintf(path, sizeof path, "%s", temporary_path("rate.checkpoint"));
    struct trainer *begun = start_on(&recipe, set, path, NULL);
    struct trainer_view *a = new_view(&recipe), *b = new_view(&recipe);
    while (a->progress < 0.2)
        trainer_poll(begun, a);
    trainer_free(begun);
    free_view(a);
    a = new_view(&recipe);
    struct trainer *first = resume_at(set, path, 0.002f), *second = resume_at(set, path, 0.002f);
    take_result(first, a);
    take_result(second, b);
    ck_assert_float_eq(a->recipe.schedule.rate, 0.002f);
    ck_assert_mem_eq(nn_weights(a->net), nn_weights(b->net), nn_param_len(a->net) * sizeof(float));
    trainer_free(first);
    trainer_free(second);
    free_view(a);
    free_view(b);
    dataset_free(set);
}
END_TEST

/* Another window may put a larger network's checkpoint where one had just looked. */
START_TEST(what_is_shown_of_a_resumed_run_is_built_from_what_was_read)
{
    char path[300];
    struct err err;
    struct recipe small = make_recipe("nielsen-30", "net 784-10; epochs 1000; hold-back 100"), seen;
    struct recipe large = make_recipe("nielsen-30", "net 784-300-10; epochs 1000; hold-back 100");
    struct dataset *set = draw_digits(600);
    const struct recipe *recipes[] = {&small, &large};
    snprintf(path, sizeof path, "%s", temporary_path("replaced.checkpoint"));
    for (int i = 0; i < 2; i++) {
        struct trainer *t = start_on(recipes[i], set, path, NULL);
        trainer_free(t); /* stops, and leaves the checkpoint */
        if (i == 0)
            ck_assert(trainer_peek(path, &seen, NULL, NULL, &err));
    }
    struct trainer *t = start_on(&seen, set, NULL, path);
    struct trainer_view *view = calloc(1, sizeof *view);
    view->net = trainer_net(t, &err);
    for (int i = 0; view->weights == 0 && i < LONG_MS; i++) {
        trainer_wait(t, 1);
        trainer_poll(t, view);
    }
    ck_assert_int_gt(view->weights, 0);
    struct nn *wanted = nn_new("784-300-10", NULL);
    ck_assert_str_eq(nn_words(view->net), nn_words(wanted));
    ck_assert_str_eq(view->recipe.net, nn_words(wanted));
    ck_assert_int_ge(trainer_result(t, wanted), 0);
    nn_free(wanted);
    trainer_free(t);
    free_view(view);
    dataset_free(set);
    remove(path);
}
END_TEST

START_TEST(weights_are_never_copied_to_a_network_of_another_size)
{
    static const char *const words[] = {"784-10", "784-300-10", "conv 4 5x5, dense 10"};
    struct recipe recipe = small_recipe("1; hold-back 100");
    struct dataset *set = draw_digits(600);
    struct trainer *t = start_on(&recipe, set, NULL, NULL);
    ck_assert(trainer_wait(t, LONG_MS));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct trainer_view *view = calloc(1, sizeof *view);
        view->net = nn_new(words[i], NULL);
        size_t len = nn_param_len(view->net);
        float *before = malloc(len * sizeof *before);
        memcpy(before, nn_weights(view->net), len * sizeof *before);
        trainer_poll(t, view);
        ck_assert_int_eq(view->state, TRAINER_DONE);
        ck_assert_int_eq(view->weights, 0);
        ck_assert_int_eq(trainer_result(t, view->net), -1);
        ck_assert_mem_eq(before, nn_weights(view->net), len * sizeof *before);
        free(before);
        free_view(view);
    }
    trainer_free(t);
    dataset_free(set);
}
END_TEST

START_TEST(the_learning_rate_changes_while_it_runs)
{
    struct recipe recipe = small_recipe("1000; schedule constant; rate 0.001");
    struct dataset *set = draw_digits(640);
    struct trainer *t = start_on(&recipe, set, NULL, NULL);
    struct trainer_view *view = new_view(&recipe);
    while (view->rate != 0.001f)
        trainer_poll(t, view);
    trainer_set_rate(t, 0.002f);
    double until = read_clock() + LONG_MS / 1000.0;
    while (view->rate != 0.002f && read_clock() < until)
        trainer_poll(t, view);
    ck_assert_float_eq(view->rate, 0.002f);
    ck_assert_float_eq(view->recipe.schedule.rate, 0.002f);
    free_view(view);
    trainer_free(t);
    dataset_free(set);
}
END_TEST

START_TEST(a_run_that_goes_wrong_says_what_to_change)
{
    struct recipe recipe = small_recipe("5");
    struct dataset *set = draw_digits(640);
    struct nn *net = nn_new(recipe.net, NULL);
    nn_params(net)[nn_param_len(net) - 1] = INFINITY;
    struct trainer_setup setup = {
        .recipe = recipe, .begin_with = net, .train = set, .kern = kern_best(), .threads = 2};
    struct trainer *t = trainer_start(&setup, NULL);
    struct trainer_view *view = new_view(&recipe);
    ck_assert(trainer_wait(t, LONG_MS));
    trainer_poll(t, view);
    ck_assert_int_eq(view->state, TRAINER_FAILED);
    ck_assert_ptr_nonnull(strstr(view->trouble, "learning rate"));
    free_view(view);
    nn_free(net);
    trainer_free(t);
    dataset_free(set);
}
END_TEST

START_TEST(a_checkpoint_that_cannot_be_written_is_said_and_stops_nothing)
{
    struct recipe recipe = small_recipe("3");
    struct dataset *set = draw_digits(200);
    struct trainer *t = start_on(&recipe, set, "/nonexistent/folder/x.checkpoint", NULL);
    struct trainer_view *view = new_view(&recipe);
    take_result(t, view);
    ck_assert_ptr_nonnull(strstr(view->trouble, "/nonexistent/folder/x.checkpoint"));
    free_view(view);
    trainer_free(t);
    dataset_free(set);
}
END_TEST

START_TEST(a_run_that_makes_no_sense_does_not_start)
{
    struct dataset *set = draw_digits(50);
    struct err err = {""};
    struct trainer_setup setup = {.recipe = small_recipe("3"), .train = set, .kern = kern_best()};
    ck_assert_ptr_null(trainer_start(&setup, &err)); /* 64 images in a mini-batch, of 50 */
    ck_assert_ptr_nonnull(strstr(err.text, "64"));
    setup.recipe.batch = 0;
    ck_assert_ptr_null(trainer_start(&setup, &err));
    ck_assert_ptr_null(trainer_resume(&setup, "/nonexistent.checkpoint", &err));
    ck_assert_ptr_nonnull(strstr(err.text, "/nonexistent.checkpoint"));
    trainer_free(NULL);
    dataset_free(set);
}
END_TEST

/* Trains to the end at a pace, and gives the weights to `view`. */
static void train_at(enum trainer_pace pace, const struct recipe *recipe, const struct dataset *set,
                     struct trainer_view *view)
{
    struct err err = {""};
    struct trainer_setup setup = {
        .recipe = *recipe, .train = set, .kern = kern_best(), .threads = 2, .pace = pace};
    struct trainer *t = trainer_start(&setup, &err);
    ck_assert_msg(t != NULL, "%s", err.text);
    trainer_step(t, 1000); /* for those that wait */
    wait_for(t, view, TRAINER_DONE);
    trainer_free(t);
}

START_TEST(the_weights_are_the_same_to_the_bit_at_every_pace)
{
    static const char *const names[] = {"swift", "nielsen-30"};
    struct dataset *set = draw_digits(700);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct recipe recipe = i == 0 ? small_recipe("2; hold-back 100")
                                      : make_recipe(names[i], "epochs 2; hold-back 100");
        struct trainer_view *views[TRAINER_PACES];
        for (int pace = 0; pace < TRAINER_PACES; pace++) {
            views[pace] = new_view(&recipe);
            train_at((enum trainer_pace)pace, &recipe, set, views[pace]);
            ck_assert_mem_eq(nn_weights(views[0]->net), nn_weights(views[pace]->net),
                             nn_param_len(views[0]->net) * sizeof(float));
            ck_assert_mem_eq(views[0]->history.points, views[pace]->history.points,
                             sizeof views[0]->history.points);
        }
        ck_assert_uint_eq(views[TRAINER_FAST]->watch.number, 0);
        ck_assert_uint_gt(views[TRAINER_STEP]->watch.number, 10);
        for (int pace = 0; pace < TRAINER_PACES; pace++)
            free_view(views[pace]);
    }
    dataset_free(set);
}
END_TEST

START_TEST(an_epoch_can_be_made_to_take_a_second)
{
    struct recipe recipe = make_recipe("nielsen-30", "epochs 2");
    struct dataset *set = draw_digits(700);
    struct trainer_view *view = new_view(&recipe);
    double begin = read_clock();
    train_at(TRAINER_EPOCH, &recipe, set, view);
    double took = read_clock() - begin;
    ck_assert_double_gt(took, 1.8);
    ck_assert_double_lt(view->seconds, 1); /* of training alone */
    free_view(view);
    dataset_free(set);
}
END_TEST

START_TEST(a_mini_batch_is_trained_for_each_that_is_asked_for_and_seen)
{
    struct recipe recipe = make_recipe("nielsen-30", "epochs 2");
    struct dataset *set = draw_digits(700);
    struct err err = {""};
    struct trainer_setup setup = {
        .recipe = recipe, .train = set, .kern = kern_best(), .threads = 2, .pace = TRAINER_STEP};
    struct trainer *t = trainer_start(&setup, &err);
    ck_assert_msg(t != NULL, "%s", err.text);
    struct trainer_view *view = new_view(&recipe);
    wait_for(t, view, TRAINER_PAUSED);
    ck_assert_double_eq(view->progress, 0);
    trainer_step(t, 3);
    while (view->watch.number < 3)
        trainer_poll(t, view);
    wait_for(t, view, TRAINER_PAUSED);
    nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    trainer_poll(t, view);
    ck_assert_uint_eq(view->watch.number, 3);
    ck_assert_uint_eq(view->watch.step, 3);
    ck_assert_uint_eq(view->watch.steps, 70);
    ck_assert_int_eq(view->watch.epoch, 1);
    trainer_set_pace(t, TRAINER_FAST);
    wait_for(t, view, TRAINER_DONE);
    ck_assert_uint_eq(view->watch.number, 3);
    trainer_free(t);
    free_view(view);
    dataset_free(set);
}
END_TEST

TCase *trainer_tests(void)
{
    TCase *tests = tcase_create("trainer");
    tcase_set_timeout(tests, 240);
    tcase_add_test(tests, what_is_sure_is_fitted_at_the_end_on_what_was_held_back);
    tcase_add_test(tests, weights_can_be_used_while_they_are_learnt);
    tcase_add_test(tests, a_pause_holds_the_weights_still_until_it_ends);
    tcase_add_test(tests, the_weights_are_the_same_to_the_bit_at_every_pace);
    tcase_add_test(tests, an_epoch_can_be_made_to_take_a_second);
    tcase_add_test(tests, a_mini_batch_is_trained_for_each_that_is_asked_for_and_seen);
    tcase_add_test(tests, a_stop_is_prompt_also_from_a_pause);
    tcase_add_test(tests, a_stopped_run_goes_on_to_the_same_bits);
    tcase_add_test(tests, a_rate_to_go_on_with_counts_from_the_first_mini_batch);
    tcase_add_test(tests, what_is_shown_of_a_resumed_run_is_built_from_what_was_read);
    tcase_add_test(tests, weights_are_never_copied_to_a_network_of_another_size);
    tcase_add_test(tests, the_learning_rate_changes_while_it_runs);
    tcase_add_test(tests, a_run_that_goes_wrong_says_what_to_change);
    tcase_add_test(tests, a_checkpoint_that_cannot_be_written_is_said_and_stops_nothing);
    tcase_add_test(tests, a_run_that_makes_no_sense_does_not_start);
    return tests;
}

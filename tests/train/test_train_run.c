/* SPDX-License-Identifier: MIT */
/* Whole runs without a trainer: the same bits, going on from a file, and what is noticed. */
#include <check.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/files.h"
#include "data/dataset.h"
#include "data/outliers.h"
#include "eval/calibrate.h"
#include "eval/verdict.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "train/run.h"
#include "train_helpers.h"

enum { DIGITS = 730 };

static void run_steps(struct run *run, int most)
{
    for (int i = 0; i < most && run->state == RUN_GOES_ON; i++)
        run_step(run);
}

static const float *weights_of(const struct run *run)
{
    return nn_weights(stepper_kept(run->stepper));
}

static size_t size_of(const struct run *run)
{
    return nn_param_len(stepper_kept(run->stepper)) * sizeof(float);
}

START_TEST(the_same_seed_gives_the_same_bits_for_any_number_of_threads)
{
    struct recipe recipe = make_recipe(recipe_kinds[_i].name, recipe_kinds[_i].changes);
    struct dataset *set = draw_digits(DIGITS);
    struct run *runs[4];
    struct pool *pools[4];
    for (int i = 0; i < 4; i++) {
        pools[i] = pool_new(i + 1, false, NULL);
        runs[i] = start_run(&recipe, set, pools[i]);
        run_steps(runs[i], 1000000);
        ck_assert_int_eq(runs[i]->state, RUN_DONE);
        ck_assert_mem_eq(weights_of(runs[0]), weights_of(runs[i]), size_of(runs[0]));
        ck_assert_float_eq(runs[0]->history.epochs[1].train_cost,
                           runs[i]->history.epochs[1].train_cost);
    }
    recipe.seed++;
    struct run *other = start_run(&recipe, set, pools[1]);
    run_steps(other, 1000000);
    ck_assert_mem_ne(weights_of(runs[0]), weights_of(other), size_of(other));
    run_free(other);
    for (int i = 0; i < 4; i++) {
        run_free(runs[i]);
        pool_free(pools[i]);
    }
    dataset_free(set);
}
END_TEST

static void forget_seconds(struct history *history)
{
    for (int i = 0; i < history->epoch_count; i++)
        history->epochs[i].seconds = 0;
}

static void compare_runs(struct run *a, struct run *b)
{
    ck_assert_int_eq(a->state, b->state);
    ck_assert_int_eq(a->epoch, b->epoch);
    ck_assert_int_eq(a->best_epoch, b->best_epoch);
    ck_assert_mem_eq(weights_of(a), weights_of(b), size_of(a));
    ck_assert_mem_eq(nn_weights(stepper_net(a->stepper)), nn_weights(stepper_net(b->stepper)),
                     size_of(a));
    if (a->best)
        ck_assert_mem_eq(nn_weights(a->best), nn_weights(b->best), size_of(a));
    forget_seconds(&a->history);
    forget_seconds(&b->history);
    ck_assert_mem_eq(&a->history, &b->history, sizeof a->history);
}

static struct run *load_run(const char *path, const struct dataset *set, struct pool *pool,
                            struct err *err)
{
    struct run_setup setup = {.train = set, .kern = kern_best(), .pool = pool};
    return run_load(&setup, path, err);
}

/* Saved and loaded at several places: at the start, within an epoch, at its end and when done. */
START_TEST(a_run_goes_on_from_its_file_to_the_same_bits)
{
    struct recipe recipe = make_recipe(recipe_kinds[_i].name, recipe_kinds[_i].changes);
    struct dataset *set = draw_digits(DIGITS);
    struct pool *pool = pool_new(2, false, NULL);
    struct run *whole = start_run(&recipe, set, pool);
    run_steps(whole, 1000000);
    int steps = (int)whole->steps;
    const int places[] = {0, 1, steps / 2, steps, steps + 3, steps * recipe.epochs};
    const char *path = temporary_path("run.checkpoint");
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct err err = {""};
        struct run *begun = start_run(&recipe, set, pool);
        run_steps(begun, places[i]);
        ck_assert_msg(run_save(begun, path, &err), "%s", err.text);
        run_free(begun);
        struct run *resumed = load_run(path, set, pool, &err);
        ck_assert_msg(resumed != NULL, "after %d: %s", places[i], err.text);
        run_steps(resumed, 1000000);
        compare_runs(whole, resumed);
        run_free(resumed);
    }
    run_free(whole);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

START_TEST(looking_at_the_weights_between_steps_changes_nothing)
{
    struct recipe recipe = make_recipe("nielsen-30", "epochs 2; batch 10; net 784-17-10");
    struct dataset *set = draw_digits(95);
    struct pool *pool = pool_new(1, false, NULL);
    struct run *run = start_run(&recipe, set, pool);
    struct run *looked_at = start_run(&recipe, set, pool);
    run_steps(run, 1000000);
    for (float last = 0; looked_at->state == RUN_GOES_ON;) {
        run_step(looked_at);
        float now = weights_of(looked_at)[nn_param_len(stepper_net(looked_at->stepper)) - 1];
        ck_assert_float_ne(now, last);
        last = now;
    }
    ck_assert_mem_eq(weights_of(run), weights_of(looked_at), size_of(run));
    run_free(run);
    run_free(looked_at);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

START_TEST(a_run_refuses_other_images)
{
    struct recipe recipe = make_recipe("nielsen-30", "epochs 2");
    struct dataset *set = draw_digits(100), *fewer = draw_digits(90);
    struct pool *pool = pool_new(1, false, NULL);
    struct run *run = start_run(&recipe, set, pool);
    const char *path = temporary_path("other.checkpoint");
    struct err err = {""};
    ck_assert_msg(run_save(run, path, &err), "%s", err.text);
    ck_assert_ptr_null(load_run(path, fewer, pool, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "other.checkpoint was trained on other images"));
    ck_assert_ptr_null(strstr(err.text, "--"));
    set->labels[50] ^= 1;
    ck_assert_ptr_null(load_run(path, set, pool, &err));
    run_free(run);
    pool_free(pool);
    dataset_free(set);
    dataset_free(fewer);
}
END_TEST

/* Every length in coarse steps, and each byte of the beginning. */
START_TEST(a_damaged_checkpoint_is_refused_with_a_sentence)
{
    struct recipe recipe = make_recipe("nielsen-30", "epochs 2; net 784-2-10");
    struct dataset *set = draw_digits(50);
    struct pool *pool = pool_new(1, false, NULL);
    struct run *run = start_run(&recipe, set, pool);
    struct err err = {""};
    char path[256], damaged[256];
    snprintf(path, sizeof path, "%s", temporary_path("sound.checkpoint"));
    snprintf(damaged, sizeof damaged, "%s", temporary_path("damaged.checkpoint"));
    ck_assert_msg(run_save(run, path, &err), "%s", err.text);
    size_t size;
    unsigned char *bytes = files_read(path, 1 << 24, &size, &err);
    for (size_t len = 0; len < size; len += len < 64 ? 7 : 997) {
        struct files_part part = {bytes, len};
        ck_assert(files_write(damaged, &part, 1, &err));
        err.text[0] = 0;
        ck_assert_ptr_null(load_run(damaged, set, pool, &err));
        ck_assert_uint_gt(strlen(err.text), 10);
    }
    ck_assert_ptr_null(load_run(temporary_path("missing.checkpoint"), set, pool, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "missing.checkpoint"));
    free(bytes);
    run_free(run);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

START_TEST(drawn_digits_are_learnt)
{
    struct recipe recipe = make_recipe(
        "swift", "epochs 6; batch 64; net conv 8 5x5 stride 2 norm relu, dense 10 softmax; "
                 "hold-back 300");
    struct dataset *set = draw_digits(2300);
    struct pool *pool = pool_new(2, false, NULL);
    struct run *run = start_run(&recipe, set, pool);
    run_steps(run, 1000000);
    ck_assert_float_gt(history_best(&run->history)->valid_accuracy, 0.8f);
    ck_assert_float_lt(run->history.epochs[0].train_accuracy,
                       run->history.epochs[5].train_accuracy);
    run_free(run);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

/* The highest of the ten answers, on average over drawings that are no digits. */
static double mean_highest(const struct nn *net)
{
    enum { COUNT = 200 };
    struct nn_work *work = nn_work_new(net, kern_best(), 1, false, NULL);
    uint8_t pixels[FIT_LEN];
    float x[FIT_LEN];
    double sum = 0;
    for (uint64_t i = 0; i < COUNT; i++) {
        outlier_draw(99, i, OUTLIER_TRAINING, pixels);
        fit_floats(pixels, 1, x);
        const float *answer = nn_predict(net, work, x, 1);
        sum += (double)answer[verdict_best(answer)];
    }
    nn_work_free(work);
    return sum / COUNT;
}

START_TEST(with_outliers_a_network_learns_to_doubt_what_is_no_digit)
{
    struct dataset *set = draw_digits(2000);
    struct pool *pool = pool_new(2, false, NULL);
    double highest[2];
    for (int outliers = 0; outliers < 2; outliers++) {
        struct recipe recipe =
            make_recipe("swift", "epochs 5; batch 64; smoothing 0; "
                                 "net conv 8 5x5 stride 2 norm relu, dense 10 softmax");
        recipe.outlier_share = outliers ? 0.5f : 0;
        struct run *run = start_run(&recipe, set, pool);
        run_steps(run, 1000000);
        highest[outliers] = mean_highest(stepper_kept(run->stepper));
        run_free(run);
    }
    ck_assert_double_gt(highest[0], 0.6);
    ck_assert_double_lt(highest[1], 0.4);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

/* One step over one mini-batch of several shards is the step of plain gradient descent. */
START_TEST(shards_add_up_to_the_gradient_of_the_whole_mini_batch)
{
    enum { COUNT = 150 };
    struct recipe recipe =
        make_recipe("nielsen-30", "epochs 1; batch 150; net 784-5-10; rate 2; smoothing 0.1");
    struct dataset *set = draw_digits(COUNT);
    struct pool *pool = pool_new(2, false, NULL);
    struct run *run = start_run(&recipe, set, pool);
    struct nn *net = nn_copy(stepper_net(run->stepper), NULL);
    struct nn_work *work = nn_work_new(net, kern_best(), COUNT, true, NULL);
    float *x = malloc(COUNT * 784 * sizeof *x), y[COUNT][10];
    for (int i = 0; i < COUNT * 784; i++)
        x[i] = (float)set->pixels[i] / 255;
    for (int i = 0; i < COUNT; i++)
        for (int k = 0; k < 10; k++)
            y[i][k] = 0.01f + (k == set->labels[i] ? 0.9f : 0);
    double cost = nn_gradient(net, work, NN_QUADRATIC, x, y[0], COUNT, 0);
    run_step(run);
    const float *grad = nn_work_gradient(work), *now = nn_weights(stepper_net(run->stepper));
    float furthest = 0, moved = 0;
    for (size_t i = 0; i < nn_param_len(net); i++) {
        float step = -2 * grad[i] / COUNT, taken = now[i] - nn_weights(net)[i];
        furthest = fmaxf(furthest, fabsf(step - taken));
        moved = fmaxf(moved, fabsf(taken));
    }
    ck_assert_float_gt(moved, 1e-3f);
    ck_assert_float_lt(furthest, 1e-5f);
    ck_assert_float_eq_tol(run->history.epochs[0].train_cost, (float)(cost / COUNT), 1e-5f);
    free(x);
    nn_work_free(work);
    nn_free(net);
    run_free(run);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

START_TEST(points_are_plain_means_that_add_up_to_the_epoch)
{
    struct recipe recipe = make_recipe("nielsen-30", "epochs 1; batch 10; hold-back 30");
    struct dataset *set = draw_digits(430); /* 40 mini-batches, as many points */
    struct pool *pool = pool_new(1, false, NULL);
    struct run *run = start_run(&recipe, set, pool);
    run_steps(run, 1000000);
    const struct history *history = &run->history;
    ck_assert_int_eq(history->point_count, 40);
    ck_assert_int_eq(history->check_count, history_checks_per_epoch(1));
    float cost = 0, accuracy = 0;
    for (int i = 0; i < 40; i++) {
        cost += history->points[i].cost / 40;
        accuracy += history->points[i].accuracy / 40;
        ck_assert_float_eq_tol(history->points[i].epoch, (float)(i + 1) / 40, 1e-6f);
    }
    ck_assert_float_eq_tol(history->epochs[0].train_cost, cost, 1e-5f);
    ck_assert_float_eq_tol(history->epochs[0].train_accuracy, accuracy, 1e-5f);
    ck_assert_float_eq(history->checks[history->check_count - 1].epoch, 1);
    ck_assert_float_eq(history->checks[history->check_count - 1].accuracy,
                       history->epochs[0].valid_accuracy);
    run_free(run);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

START_TEST(a_mini_batch_that_needs_too_much_memory_is_refused)
{
    struct err err = {""};
    struct recipe recipe;
    struct dataset *set = draw_digits(50);
    struct pool *pool = pool_new(1, false, &err);
    ck_assert(recipe_find("lenet5", &recipe, &err));
    ck_assert(recipe_set(&recipe, "net", "conv 256 3x3 relu, dense 10 softmax", &err));
    recipe.batch = RECIPE_BATCH_MAX;
    ck_assert_ptr_null(stepper_new(&recipe, NULL, set, 50, NULL, kern_best(), pool, &err));
    ck_assert_msg(strstr(err.text, "Mini-batches of 4096 need") != NULL, "%s", err.text);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

START_TEST(every_image_is_used_once_in_an_epoch)
{
    struct recipe recipe = make_recipe("nielsen-30", "batch 32; net 784-2-10");
    struct dataset *set = draw_digits(107); /* not a multiple of 32 */
    struct pool *pool = pool_new(1, false, NULL);
    struct err err;
    struct stepper *stepper = stepper_new(&recipe, NULL, set, 107, NULL, kern_best(), pool, &err);
    ck_assert_uint_eq(stepper_steps(stepper), 4);
    uint32_t seen = 0;
    stepper_begin_epoch(stepper, 0);
    for (uint32_t i = 0; i < 4; i++) {
        struct stepper_sum sum = stepper_take(stepper, i, 0.1f);
        ck_assert(sum.count == 26 || sum.count == 27);
        seen += sum.count;
    }
    ck_assert_uint_eq(seen, 107);
    stepper_free(stepper);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

START_TEST(the_best_epoch_by_validation_is_kept)
{
    struct recipe recipe = make_recipe("nielsen-30", "epochs 12; batch 10; rate 20; hold-back 100");
    struct dataset *set = draw_digits(400);
    struct pool *pool = pool_new(1, false, NULL);
    struct run *run = start_run(&recipe, set, pool);
    float *wanted = malloc(size_of(run));
    float best = -1;
    int best_epoch = 0;
    while (run->state == RUN_GOES_ON) {
        run_step(run);
        if (run->step != 0)
            continue;
        float now = run->history.epochs[run->epoch - 1].valid_accuracy;
        if (now > best) {
            best = now;
            best_epoch = run->epoch;
            memcpy(wanted, weights_of(run), size_of(run));
        }
    }
    ck_assert_int_eq(run->best_epoch, best_epoch);
    ck_assert_mem_eq(nn_weights(run->best), wanted, size_of(run));
    free(wanted);
    run_free(run);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

START_TEST(what_is_sure_is_fitted_for_the_network_that_is_kept)
{
    struct recipe recipe = make_recipe("swift", "epochs 3; batch 50; hold-back 200; net conv 4 5x5 "
                                                "stride 3 relu, dense 10 softmax");
    struct dataset *set = draw_digits(1000);
    struct pool *pool = pool_new(1, false, NULL);
    struct run *run = start_run(&recipe, set, pool);
    struct verdict_rule best, newest, flattened;
    run_steps(run, INT_MAX);
    ck_assert(run_fit_rule(run, CALIBRATE_IMAGES, NULL, &best, NULL));
    nn_params(stepper_net(run->stepper))[0] += 3; /* of the newest, which is not kept */
    ck_assert(run_fit_rule(run, CALIBRATE_IMAGES, NULL, &newest, NULL));
    ck_assert_double_eq(best.temperature, newest.temperature);
    for (size_t i = 0; i < nn_param_len(run->best); i++)
        nn_params(run->best)[i] *= 0.8f;
    ck_assert(run_fit_rule(run, CALIBRATE_IMAGES, NULL, &flattened, NULL));
    ck_assert_double_lt(flattened.temperature, best.temperature);

    const atomic_bool unwanted = true;
    struct err err;
    ck_assert(!run_fit_rule(run, CALIBRATE_IMAGES, &unwanted, &best, &err));
    run_free(run);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

START_TEST(a_cost_that_is_not_finite_ends_the_run_with_a_sentence)
{
    struct recipe recipe = make_recipe("nielsen-30", "epochs 2");
    struct dataset *set = draw_digits(50);
    struct pool *pool = pool_new(1, false, NULL);
    struct nn *net = nn_new(recipe.net, NULL);
    const struct nn_tensor *bias = nn_tensor(net, nn_tensor_count(net) - 1);
    nn_params(net)[bias->at] = NAN;
    struct run_setup setup = {
        .recipe = &recipe, .begin_with = net, .train = set, .kern = kern_best(), .pool = pool};
    struct run *run = run_new(&setup, NULL);
    run_steps(run, 3);
    ck_assert_int_eq(run->state, RUN_FAILED);
    ck_assert_ptr_nonnull(strstr(run->trouble.text, "learning rate"));
    ck_assert_ptr_nonnull(strstr(run->trouble.text, "3"));
    ck_assert_mem_eq(weights_of(run), nn_weights(net), size_of(run));
    run_free(run);
    nn_free(net);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

/* A hidden neuron that is no number can leave ReLU as 0, and the cost finite. */
START_TEST(weights_that_are_not_finite_are_noticed_behind_a_relu)
{
    struct recipe recipe =
        make_recipe("lenet5", "epochs 1; batch 50; net dense 5 relu, dense 10 softmax");
    struct dataset *set = draw_digits(50);
    struct pool *pool = pool_new(1, false, NULL);
    struct nn *net = nn_new(recipe.net, NULL);
    nn_init(net, NN_START_AUTO, 1);
    nn_params(net)[nn_tensor(net, 1)->at] = NAN; /* a bias of the first layer */
    struct run_setup setup = {
        .recipe = &recipe, .begin_with = net, .train = set, .kern = kern_find("c"), .pool = pool};
    struct run *run = run_new(&setup, NULL);
    run_steps(run, 2);
    ck_assert_int_eq(run->state, RUN_FAILED);
    run_free(run);
    nn_free(net);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

/* What is shipped has no norms; learning a hand goes on from there. */
START_TEST(a_folded_network_can_learn_on)
{
    struct recipe recipe = make_recipe("swift", "epochs 3; batch 100; hold-back 100; "
                                                "net conv 6 5x5 stride 3 norm relu, "
                                                "dense 10 softmax");
    struct dataset *set = draw_digits(DIGITS);
    struct pool *pool = pool_new(2, false, NULL);
    struct run *run = start_run(&recipe, set, pool);
    run_steps(run, 1000000);
    struct nn *folded = nn_fold(stepper_kept(run->stepper), NULL);
    struct recipe on = make_recipe("swift", "epochs 3; batch 100; hold-back 100; rate 0.003");
    snprintf(on.net, sizeof on.net, "%s", nn_words(folded));
    struct run_setup setup = {
        .recipe = &on, .begin_with = folded, .train = set, .kern = kern_best(), .pool = pool};
    struct run *second = run_new(&setup, NULL);
    run_steps(second, 1000000);
    ck_assert_int_eq(second->state, RUN_DONE);
    ck_assert_float_lt(second->history.epochs[2].train_cost, run->history.epochs[2].train_cost);
    ck_assert_float_gt(second->history.epochs[2].valid_accuracy, 0.6f);
    nn_free(folded);
    run_free(run);
    run_free(second);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

START_TEST(weights_of_another_network_are_refused)
{
    struct recipe recipe = make_recipe("nielsen-30", "epochs 1");
    struct dataset *set = draw_digits(50);
    struct pool *pool = pool_new(1, false, NULL);
    struct nn *net = nn_new("784-10-10", NULL);
    struct err err = {""};
    struct run_setup setup = {
        .recipe = &recipe, .begin_with = net, .train = set, .kern = kern_best(), .pool = pool};
    ck_assert_ptr_null(run_new(&setup, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "another network"));
    nn_free(net);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

START_TEST(weights_that_are_not_finite_are_never_measured)
{
    struct recipe recipe = make_recipe(
        "lenet5", "epochs 1; batch 10; hold-back 100; net dense 5 relu, dense 10 softmax");
    struct dataset *set = draw_digits(DIGITS);
    struct pool *pool = pool_new(1, false, NULL);
    struct nn *net = nn_new(recipe.net, NULL);
    nn_init(net, NN_START_AUTO, 1);
    nn_params(net)[nn_tensor(net, 1)->at] = NAN;
    struct run_setup setup = {
        .recipe = &recipe, .begin_with = net, .train = set, .kern = kern_find("c"), .pool = pool};
    struct run *run = run_new(&setup, NULL);
    ck_assert_int_gt(history_checks_per_epoch(recipe.epochs), 1);
    run_steps(run, 1000000);
    ck_assert_int_eq(run->state, RUN_FAILED);
    ck_assert_int_eq(run->history.check_count, 0);
    ck_assert(!run_is_sound(run));
    run_free(run);

    run = run_new(&setup, NULL);
    run_steps(run, 1);
    ck_assert_int_eq(run->state, RUN_GOES_ON);
    ck_assert(!run_is_sound(run));
    ck_assert_int_eq(run->state, RUN_FAILED);
    run_free(run);
    nn_free(net);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

TCase *run_tests(void)
{
    TCase *tests = tcase_create("run");
    tcase_set_timeout(tests, 240);
    tcase_add_loop_test(tests, the_same_seed_gives_the_same_bits_for_any_number_of_threads, 0,
                        RECIPE_KINDS);
    tcase_add_loop_test(tests, a_run_goes_on_from_its_file_to_the_same_bits, 0, RECIPE_KINDS);
    tcase_add_test(tests, looking_at_the_weights_between_steps_changes_nothing);
    tcase_add_test(tests, a_run_refuses_other_images);
    tcase_add_test(tests, a_damaged_checkpoint_is_refused_with_a_sentence);
    tcase_add_test(tests, drawn_digits_are_learnt);
    tcase_add_test(tests, with_outliers_a_network_learns_to_doubt_what_is_no_digit);
    tcase_add_test(tests, shards_add_up_to_the_gradient_of_the_whole_mini_batch);
    tcase_add_test(tests, points_are_plain_means_that_add_up_to_the_epoch);
    tcase_add_test(tests, a_mini_batch_that_needs_too_much_memory_is_refused);
    tcase_add_test(tests, every_image_is_used_once_in_an_epoch);
    tcase_add_test(tests, the_best_epoch_by_validation_is_kept);
    tcase_add_test(tests, what_is_sure_is_fitted_for_the_network_that_is_kept);
    tcase_add_test(tests, a_cost_that_is_not_finite_ends_the_run_with_a_sentence);
    tcase_add_test(tests, weights_that_are_not_finite_are_noticed_behind_a_relu);
    tcase_add_test(tests, weights_that_are_not_finite_are_never_measured);
    tcase_add_test(tests, a_folded_network_can_learn_on);
    tcase_add_test(tests, weights_of_another_network_are_refused);
    return tests;
}

/* SPDX-License-Identifier: MIT */
/* What short runs learn: the costs after each epoch are those of golden/learnt.h, for everything
 * that a recipe can set. They were computed by the plain kernels, which every machine has, and a
 * hundredth may differ, since the mathematics library does. */
#include <check.h>
#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "data/dataset.h"
#include "golden/learnt.h"
#include "kern/kern.h"
#include "par/pool.h"
#include "train/run.h"
#include "train_helpers.h"

enum { IMAGES = 400, EPOCHS = 2 };

static const char *const settings[GOLDEN_RUNS][2] = {
    {"nielsen-30", "rate 1"},
    {"nielsen-30", "start book; l2 0.01"},
    {"nielsen-30", "cost cross-entropy; rate 0.3; optimiser momentum; beta1 0.8"},
    {"nielsen-30", "optimiser adam; beta1 0.8; beta2 0.95; rate 0.02; decay 0.05"},
    {"swift", "schedule constant"},
    {"swift", "schedule one-cycle; rising 0.5; rate 0.02"},
    {"swift", "schedule triangle; rising 0.4; rate 0.02"},
    {"swift", "averaging 0.9; smoothing 0.1"},
    {"swift", "outlier-share 0.3; drawn-share 0.2"},
    {"swift", "augment shift 2 rotate 15 elastic 1; images 200"},
    {"swift", "net maxpool 2, dense 20 tanh, dropout 0.2, dense 10 softmax; seed 5"},
};

static void learn(int i, float found[2 * EPOCHS])
{
    char changes[400];
    snprintf(changes, sizeof changes, "%sepochs %d; batch 20; hold-back 100; %s",
             settings[i][0][0] == 's' ? "net conv 3 5x5 stride 3 norm relu, dense 10 softmax; "
                                      : "",
             EPOCHS, settings[i][1]);
    struct recipe recipe = make_recipe(settings[i][0], changes);
    struct dataset *set = draw_digits(IMAGES);
    struct pool *pool = pool_new(1, false, NULL);
    struct run_setup setup = {.recipe = &recipe, .train = set, .kern = kern_at(0), .pool = pool};
    double began = clock_seconds(), spent = 0;
    struct run *run = run_new(&setup, NULL);
    ck_assert_msg(run != NULL, "%s", changes);
    while (run->state == RUN_GOES_ON)
        run_step(run);
    ck_assert_int_eq(run->state, RUN_DONE);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        found[2 * epoch] = run->history.epochs[epoch].train_cost;
        found[2 * epoch + 1] = run->history.epochs[epoch].valid_cost;
        spent += (double)run->history.epochs[epoch].seconds;
    }
    ck_assert_double_le(spent, clock_seconds() - began + 0.001);
    run_free(run);
    pool_free(pool);
    dataset_free(set);
}

START_TEST(a_run_learns_what_it_did)
{
    float found[2 * EPOCHS];
    const float *golden = golden_learnt[_i];
    learn(_i, found);
    for (int k = 0; k < 2 * EPOCHS; k++)
        ck_assert_msg(fabsf(found[k] - golden[k]) <= 0.01f * golden[k],
                      "%s, %s: {%.5gf, %.5gf, %.5gf, %.5gf}", settings[_i][0], settings[_i][1],
                      (double)found[0], (double)found[1], (double)found[2], (double)found[3]);
}
END_TEST

TCase *learnt_tests(void)
{
    TCase *tests = tcase_create("learnt");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, a_run_learns_what_it_did, 0, GOLDEN_RUNS);
    return tests;
}

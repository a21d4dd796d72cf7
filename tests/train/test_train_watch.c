/* SPDX-License-Identifier: MIT */
/* A mini-batch that is watched: what is told of it is what the step did, and it did the same. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/dataset.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "train/run.h"
#include "train/watch.h"
#include "train_helpers.h"

enum { DIGITS = 330 };

/* What a network of those weights answers to the pictures that were seen. */
static void check_answers(const struct run *run, const float *weights, const struct watch *watch)
{
    struct nn *net = nn_copy(stepper_net(run->stepper), NULL);
    struct nn_work *work = nn_work_new(net, kern_best(), 1, false, NULL);
    memcpy(nn_params(net), weights, nn_param_len(net) * sizeof *weights);
    for (int i = 0; i < watch->image_count; i++) {
        float x[FIT_LEN];
        for (int k = 0; k < FIT_LEN; k++)
            x[k] = (float)watch->images[i].pixels[k] / 255;
        const float *answer = nn_predict(net, work, x, 1);
        for (int k = 0; k < VERDICT_CLASSES; k++)
            ck_assert_float_eq_tol(answer[k], watch->images[i].answer[k], 1e-4f);
    }
    nn_work_free(work);
    nn_free(net);
}

/* Those that are seen are the whole mini-batch where that is no larger. */
static void check_sums(const struct watch *watch)
{
    double cost = 0;
    uint32_t right = 0;
    for (int i = 0; i < watch->image_count; i++) {
        const struct watch_image *image = &watch->images[i];
        right += image->right;
        cost += (double)image->cost;
        if (image->digit >= 0)
            ck_assert_int_eq(image->right, verdict_best(image->answer) == image->digit);
    }
    if (watch->count == 10) {
        ck_assert_uint_eq(right, watch->correct);
        ck_assert_double_eq_tol(cost / 10, watch->cost, 1e-4 * watch->cost);
    }
}

/* For each kind; the answers where nothing is left out or made equal at random. */
START_TEST(what_is_watched_is_what_the_step_did)
{
    struct recipe recipe = make_recipe(recipe_kinds[_i].name, recipe_kinds[_i].changes);
    struct dataset *set = draw_digits(DIGITS);
    struct pool *pool = pool_new(2, false, NULL);
    struct run *seen = start_run(&recipe, set, pool), *unseen = start_run(&recipe, set, pool);
    size_t len = nn_param_len(stepper_net(seen->stepper));
    float *before = malloc(len * sizeof *before), *kept = malloc(len * sizeof *kept);
    struct watch watch = {0};
    for (int i = 0; i < 3; i++) {
        memcpy(kept, nn_weights(stepper_net(seen->stepper)), len * sizeof *kept);
        watch_step(seen, before, &watch);
        run_step(unseen);
        ck_assert_mem_eq(before, kept, len * sizeof *kept);
    }
    ck_assert_mem_eq(nn_weights(stepper_kept(seen->stepper)),
                     nn_weights(stepper_kept(unseen->stepper)), len * sizeof *kept);
    ck_assert_uint_eq(watch.number, 3);
    ck_assert_uint_eq(watch.step, 3);
    ck_assert_int_eq(watch.image_count, WATCH_IMAGES_MAX);
    double way = 0;
    const float *after = nn_weights(stepper_net(seen->stepper));
    for (size_t i = 0; i < len; i++)
        way += pow((double)after[i] - (double)kept[i], 2);
    ck_assert_double_gt(watch.moved, 0);
    ck_assert_double_eq_tol(watch.moved, sqrt(way), 1e-9 * watch.moved);
    check_sums(&watch);
    if (_i == 0 || _i == 3)
        check_answers(seen, kept, &watch);
    free(before);
    free(kept);
    run_free(seen);
    run_free(unseen);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

TCase *watch_tests(void)
{
    TCase *tests = tcase_create("watch");
    tcase_add_loop_test(tests, what_is_watched_is_what_the_step_did, 0, RECIPE_KINDS);
    return tests;
}

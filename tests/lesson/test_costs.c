/* SPDX-License-Identifier: MIT */
/* The cost of images, of networks that read alike, and along a weight, against the library. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "data/dataset.h"
#include "data/synthetic.h"
#include "eval/evaluate.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "lesson/costs.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "suite.h"

enum { IMAGES = 120 };

static struct err err;
static struct nn *net;
static struct dataset *set;
static struct costs_setup setup;

static void begin(void)
{
    net = nn_new("784-30-10", &err);
    nn_init(net, NN_START_BOOK, 5);
    set = synthetic_new(2, DATASET_TRAIN, IMAGES, &err);
    setup = (struct costs_setup){kern_best(), set, NULL, NULL};
}

static void end(void)
{
    nn_free(net);
    dataset_free(set);
}

static struct evaluation evaluate(const struct nn *which)
{
    struct pool *pool = pool_new(1, false, &err);
    struct evaluator *evaluator = evaluator_new(which, kern_best(), pool, &err);
    struct evaluation evaluation = evaluator_run(evaluator, which, NN_QUADRATIC, set, 0, IMAGES);
    evaluator_free(evaluator);
    pool_free(pool);
    return evaluation;
}

START_TEST(the_cost_of_an_image_is_half_the_sum_of_its_squares)
{
    struct costs_image image;
    ck_assert(costs_read(net, kern_best(), set, 7, &image, &err));
    double sum = 0;
    for (int k = 0; k < COSTS_OUTPUTS; k++) {
        double off = (double)image.out[k] - (k == set->labels[7]);
        ck_assert_double_eq_tol(image.square[k], off * off, 1e-6);
        sum += image.square[k];
    }
    ck_assert_double_eq_tol(image.cost, sum / 2, 1e-6);
    ck_assert_double_eq_tol(image.cost, nn_cost_of(net, NN_QUADRATIC, image.out, image.wanted),
                            1e-12);
}
END_TEST

START_TEST(the_mean_of_all_costs_is_what_an_evaluation_says)
{
    float cost[IMAGES];
    bool right[IMAGES];
    double sum = 0;
    uint32_t count = 0;
    struct costs_mean mean;
    ck_assert(costs_each(&setup, net, cost, right, &err));
    ck_assert(costs_mean(&setup, net, &mean, &err));
    for (int i = 0; i < IMAGES; i++) {
        struct costs_image image;
        costs_read(net, kern_best(), set, (uint32_t)i, &image, &err);
        ck_assert_double_eq_tol((double)cost[i], image.cost, 1e-5);
        sum += (double)cost[i];
        count += right[i];
    }
    struct evaluation evaluation = evaluate(net);
    ck_assert_double_eq_tol(sum / IMAGES, evaluation.cost, 1e-5);
    ck_assert_double_eq(mean.cost, evaluation.cost);
    ck_assert_uint_eq(mean.right, evaluation.correct);
    ck_assert_uint_eq(count, evaluation.correct);
}
END_TEST

START_TEST(a_scaled_last_layer_reads_the_same_and_costs_another)
{
    struct costs_mean mean, other;
    struct nn *scaled = costs_scaled(net, 0.25f, &err);
    ck_assert(costs_mean(&setup, net, &mean, &err) && costs_mean(&setup, scaled, &other, &err));
    ck_assert_uint_eq(mean.right, other.right);
    ck_assert(fabs(mean.cost - other.cost) > 0.01);
    ck_assert_double_eq(other.cost, evaluate(scaled).cost);
    nn_free(scaled);
}
END_TEST

START_TEST(the_cost_falls_along_a_weight_as_its_slope_says)
{
    const float shifts[] = {-0.02f, 0, 0.02f};
    struct costs_place place;
    struct costs_mean means[3];
    ck_assert(costs_steepest(&setup, net, &place, 1, &err));
    ck_assert(costs_along(&setup, net, &place, shifts, 3, means, &err));
    double slope = (means[2].cost - means[0].cost) / (double)(shifts[2] - shifts[0]);
    ck_assert(fabs(place.slope) > 1e-3);
    ck_assert_double_eq_tol(slope, place.slope, 0.02 * fabs(place.slope));
    ck_assert_double_eq(means[1].cost, evaluate(net).cost);
    float weight;
    ck_assert(nn_weight(net, 1, place.output, place.from, &weight));
    ck_assert_float_eq(weight, place.weight);
}
END_TEST

START_TEST(the_steepest_come_first)
{
    enum { COUNT = 300 };
    struct costs_place places[COUNT];
    ck_assert(costs_steepest(&setup, net, places, COUNT, &err));
    for (int i = 1; i < COUNT; i++)
        ck_assert(fabs(places[i].slope) <= fabs(places[i - 1].slope));
    ck_assert(places[0].from != places[1].from || places[0].output != places[1].output);
}
END_TEST

static bool never(void *user, double part)
{
    (void)user;
    (void)part;
    return false;
}

START_TEST(it_gives_up_when_told_to)
{
    float cost[IMAGES];
    bool right[IMAGES];
    setup.go_on = never;
    ck_assert(!costs_each(&setup, net, cost, right, &err));
    ck_assert_str_ne(err.text, "");
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("costs");
    TCase *tests = tcase_create("costs");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, the_cost_of_an_image_is_half_the_sum_of_its_squares);
    tcase_add_test(tests, the_mean_of_all_costs_is_what_an_evaluation_says);
    tcase_add_test(tests, a_scaled_last_layer_reads_the_same_and_costs_another);
    tcase_add_test(tests, the_cost_falls_along_a_weight_as_its_slope_says);
    tcase_add_test(tests, the_steepest_come_first);
    tcase_add_test(tests, it_gives_up_when_told_to);
    suite_add_tcase(suite, tests);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* The surface of the cost against the network itself, and its slope against differences. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "data/dataset.h"
#include "data/synthetic.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "lesson/surface.h"
#include "nn/nn.h"
#include "suite.h"

enum { IMAGES = 150, SEED = 7 };

static struct err err;
static struct dataset *set;
static struct nn *net;

static void set_up(void)
{
    set = synthetic_new(3, DATASET_TRAIN, IMAGES, &err);
    net = nn_new("784-12-10", &err);
    nn_init(net, NN_START_BOOK, 5);
    /* Inputs that are mostly 0 and weights of deviation 1 saturate everything: smaller ones. */
    for (size_t i = 0; i < nn_param_len(net); i++)
        nn_params(net)[i] *= 0.3f;
}

static void tear_down(void)
{
    dataset_free(set);
    nn_free(net);
}

/* The mean cost at weights moved along both directions, image by image. The directions are not
 * asked for: a step of 1 along one of them shows where it leads, as the cost is that of some
 * weights; so the test makes its own for the plane of single weights. */
static double plain_cost(int first, int second, double x, double y)
{
    struct nn *moved = nn_copy(net, &err);
    struct nn_work *work = nn_work_new(moved, kern_best(), 1, false, &err);
    double sum = 0;
    nn_params(moved)[first] += (float)(10 * x);
    nn_params(moved)[second] += (float)(10 * y);
    for (int i = 0; i < IMAGES; i++) {
        float image[FIT_LEN];
        for (int k = 0; k < FIT_LEN; k++)
            image[k] = (float)set->pixels[i * FIT_LEN + k] / 255;
        const float *a = nn_predict(moved, work, image, 1);
        for (int k = 0; k < 10; k++) {
            double miss = (double)a[k] - (set->labels[i] == k);
            sum += miss * miss / 2;
        }
    }
    nn_work_free(work);
    nn_free(moved);
    return sum / IMAGES;
}

/* The two strongest weights of the strongest output, looked for in another way. */
static void find_weights(int *first, int *second)
{
    const struct nn_tensor *tensor = nn_tensor(net, 2);
    const float *w = nn_weights(net) + tensor->at;
    ck_assert_str_eq(tensor->name, "2.weight");
    int a = 0, b = -1;
    for (int i = 0; i < 120; i++)
        if (fabsf(w[i]) > fabsf(w[a]))
            a = i;
    for (int i = a % 10; i < 120; i += 10)
        if (i != a && (b < 0 || fabsf(w[i]) > fabsf(w[b])))
            b = i;
    *first = (int)tensor->at + a;
    *second = (int)tensor->at + b;
}

START_TEST(its_height_at_nine_points_is_the_cost_of_the_network_there)
{
    struct surface *surface = surface_new(net, set, IMAGES, SURFACE_WEIGHTS, SEED, &err);
    struct surface_at *at = surface_at_new(surface, kern_best(), &err);
    int first, second;
    double lowest = 1e9, highest = 0;
    find_weights(&first, &second);
    for (int i = 0; i < 9; i++) {
        double x = 0.4 * (i % 3 - 1), y = 0.4 * (i / 3 - 1), slope[2];
        double cost = surface_cost(surface, at, x, y);
        ck_assert_double_eq_tol(cost, plain_cost(first, second, x, y), 1e-5);
        ck_assert_double_eq_tol(surface_slope(surface, at, x, y, slope), cost, 1e-5);
        lowest = fmin(lowest, cost);
        highest = fmax(highest, cost);
    }
    ck_assert_double_gt(highest - lowest, 1e-3);
    surface_at_free(at);
    surface_free(surface);
}
END_TEST

START_TEST(its_slope_is_that_of_differences)
{
    struct surface *surface = surface_new(net, set, IMAGES, (enum surface_plane)_i, SEED, &err);
    struct surface_at *at = surface_at_new(surface, kern_best(), &err);
    const double h = 1e-2;
    double steepest = 0;
    for (int i = 0; i < 5; i++) {
        double x = 0.3 * (i % 3 - 1), y = 0.2 * (i - 2), slope[2];
        surface_slope(surface, at, x, y, slope);
        double across = surface_cost(surface, at, x + h, y) - surface_cost(surface, at, x - h, y);
        double along = surface_cost(surface, at, x, y + h) - surface_cost(surface, at, x, y - h);
        ck_assert_double_eq_tol(slope[0], across / (2 * h), 1e-3);
        ck_assert_double_eq_tol(slope[1], along / (2 * h), 1e-3);
        steepest = fmax(steepest, fmax(fabs(slope[0]), fabs(slope[1])));
    }
    ck_assert_double_gt(steepest, 1e-3);
    surface_at_free(at);
    surface_free(surface);
}
END_TEST

START_TEST(the_same_seed_makes_the_same_plane)
{
    double cost[3];
    for (int i = 0; i < 3; i++) {
        struct surface *surface =
            surface_new(net, set, 50, SURFACE_RANDOM, SEED + (uint64_t)(i == 2), &err);
        struct surface_at *at = surface_at_new(surface, kern_best(), &err);
        ck_assert_uint_eq(surface_images(surface), 50);
        cost[i] = surface_cost(surface, at, 0.7, -0.4);
        surface_at_free(at);
        surface_free(surface);
    }
    ck_assert(cost[0] == cost[1]);
    ck_assert(cost[0] != cost[2]);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("surface");
    TCase *tcase = tcase_create("surface");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, its_height_at_nine_points_is_the_cost_of_the_network_there);
    tcase_add_loop_test(tcase, its_slope_is_that_of_differences, 0, SURFACE_PLANES);
    tcase_add_test(tcase, the_same_seed_makes_the_same_plane);
    suite_add_tcase(suite, tcase);
    return suite;
}

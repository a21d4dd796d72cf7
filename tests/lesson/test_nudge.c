/* SPDX-License-Identifier: MIT */
/* A small change of a neuron against differences of its outputs, worked out here in doubles. */
#include <check.h>
#include <math.h>

#include "base/err.h"
#include "kern/kern.h"
#include "lesson/nudge.h"
#include "nn/nn.h"
#include "suite.h"

static struct err err;
static const float x[] = {1, 0.5f};
static const double weights[] = {-1.5, 1, 0.25};

static struct nn *make_neuron(void)
{
    struct nn *net = nn_new("input 2, dense 1 sigmoid", &err);
    for (int i = 0; i < 2; i++)
        nn_set_weight(net, 0, 0, i, (float)weights[i]);
    nn_set_bias(net, 0, 0, (float)weights[2]);
    return net;
}

static double output(const double *by)
{
    double z = weights[2] + by[2];
    for (int i = 0; i < 2; i++)
        z += (weights[i] + by[i]) * (double)x[i];
    return 1 / (1 + exp(-z));
}

START_TEST(slopes_are_those_of_small_differences)
{
    struct nn *net = make_neuron();
    const double by[] = {0.2, -0.1, 0.05}, none[3] = {0};
    struct nudge nudge;
    double predicted = 0;
    ck_assert(nudge_try(net, kern_best(), x, by, &nudge, &err));
    ck_assert_int_eq(nudge.places, 3);
    for (int i = 0; i < 3; i++) {
        double up[3] = {0}, down[3] = {0};
        up[i] = 1e-5;
        down[i] = -1e-5;
        double slope = (output(up) - output(down)) / 2e-5;
        ck_assert_double_gt(fabs(slope), 0.01);
        ck_assert_double_eq_tol(nudge.slope[i], slope, 1e-5);
        predicted += slope * by[i];
    }
    ck_assert_double_eq_tol(nudge.predicted, predicted, 1e-5);
    ck_assert_double_eq_tol(nudge.before, output(none), 1e-6);
    ck_assert_double_eq_tol(nudge.after, output(by), 1e-6);
    ck_assert_double_eq_tol(nudge.distance, sqrt(0.04 + 0.01 + 0.0025), 1e-9);
    nn_free(net);
}
END_TEST

/* A sum must grow by what the sigmoid wants; the shortest way is along (x, 1). */
START_TEST(the_shortest_change_is_found)
{
    struct nn *net = make_neuron();
    const double none[3] = {0};
    double least, from = output(none), to = from + 0.1;
    double rise = log(to / (1 - to)) - log(from / (1 - from));
    ck_assert(nudge_least(net, kern_best(), x, 0.1, &least, &err));
    ck_assert_double_eq_tol(least, rise / sqrt(1 + 0.25 + 1), 1e-4);
    ck_assert(nudge_least(net, kern_best(), x, 0.99, &least, &err));
    ck_assert(isinf(least));
    nn_free(net);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("nudge");
    TCase *tcase = tcase_create("nudge");
    tcase_add_test(tcase, slopes_are_those_of_small_differences);
    tcase_add_test(tcase, the_shortest_change_is_found);
    suite_add_tcase(suite, tcase);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* Every number of the lesson on backpropagation against the formulas, written out here in doubles,
 * and against differences of the cost. */
#include <check.h>
#include <math.h>

#include "base/err.h"
#include "kern/kern.h"
#include "lesson/backprop.h"
#include "suite.h"

static struct err err;
static struct backprop *backprop;
static struct backprop_pass pass;
static const float x[BACKPROP_IN] = {0.8f, -0.3f}, y[BACKPROP_OUT] = {1, 0};

static void set_up(void)
{
    backprop = backprop_new(kern_best(), 4, &err);
    ck_assert_msg(backprop != NULL, "%s", err.text);
    backprop_run(backprop, x, y, &pass);
}

static void tear_down(void)
{
    backprop_free(backprop);
}

static double weight(int layer, int to, int from)
{
    return backprop_weight(backprop, backprop_param((struct backprop_place){layer, to, from}));
}

static double gradient(int layer, int to, int from)
{
    return pass.gradient[backprop_param((struct backprop_place){layer, to, from})];
}

START_TEST(places_and_numbers_agree)
{
    for (int param = 0; param < BACKPROP_PARAMS; param++)
        ck_assert_int_eq(backprop_param(backprop_place(param)), param);
    backprop_set_weight(backprop, 5, 0.25);
    ck_assert(weight(0, 1, BACKPROP_BIAS) == 0.25);
}
END_TEST

START_TEST(forward_is_as_the_weights_say)
{
    double cost = 0;
    for (int h = 0; h < BACKPROP_HIDDEN; h++) {
        double z = weight(0, h, BACKPROP_BIAS);
        for (int i = 0; i < BACKPROP_IN; i++)
            z += weight(0, h, i) * (double)x[i];
        ck_assert_double_eq_tol(pass.z[h], z, 1e-6);
        ck_assert_double_eq_tol(pass.a[h], 1 / (1 + exp(-z)), 1e-6);
    }
    for (int o = 0; o < BACKPROP_OUT; o++) {
        double z = weight(1, o, BACKPROP_BIAS), a;
        for (int h = 0; h < BACKPROP_HIDDEN; h++)
            z += weight(1, o, h) * pass.a[h];
        a = 1 / (1 + exp(-z));
        ck_assert_double_eq_tol(pass.z[BACKPROP_HIDDEN + o], z, 1e-6);
        ck_assert_double_eq_tol(pass.a[BACKPROP_HIDDEN + o], a, 1e-6);
        cost += (a - (double)y[o]) * (a - (double)y[o]) / 2;
    }
    ck_assert_double_eq_tol(pass.cost, cost, 1e-6);
}
END_TEST

static double slope_of(int neuron)
{
    return pass.a[neuron] * (1 - pass.a[neuron]);
}

START_TEST(back_is_as_the_four_equations_say)
{
    const double *delta_o = pass.delta + BACKPROP_HIDDEN;
    for (int o = 0; o < BACKPROP_OUT; o++) {
        double a = pass.a[BACKPROP_HIDDEN + o];
        ck_assert_double_eq_tol(delta_o[o], (a - (double)y[o]) * slope_of(BACKPROP_HIDDEN + o),
                                1e-6);
        ck_assert(gradient(1, o, BACKPROP_BIAS) == delta_o[o]);
        for (int h = 0; h < BACKPROP_HIDDEN; h++)
            ck_assert_double_eq_tol(gradient(1, o, h), pass.a[h] * delta_o[o], 1e-6);
    }
    for (int h = 0; h < BACKPROP_HIDDEN; h++) {
        double sum = 0;
        for (int o = 0; o < BACKPROP_OUT; o++)
            sum += weight(1, o, h) * delta_o[o];
        ck_assert_double_eq_tol(pass.delta[h], sum * slope_of(h), 1e-6);
        for (int i = 0; i < BACKPROP_IN; i++)
            ck_assert_double_eq_tol(gradient(0, h, i), (double)x[i] * pass.delta[h], 1e-6);
    }
}
END_TEST

START_TEST(gradients_are_those_of_differences)
{
    double largest = 0;
    for (int param = 0; param < BACKPROP_PARAMS; param++) {
        double before = backprop_weight(backprop, param);
        ck_assert_double_eq_tol(backprop_difference(backprop, x, y, param), pass.gradient[param],
                                1e-4);
        ck_assert(backprop_weight(backprop, param) == before);
        largest = fmax(largest, fabs(pass.gradient[param]));
    }
    ck_assert_double_gt(largest, 0.01);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("backprop");
    TCase *tcase = tcase_create("backprop");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, places_and_numbers_agree);
    tcase_add_test(tcase, forward_is_as_the_weights_say);
    tcase_add_test(tcase, back_is_as_the_four_equations_say);
    tcase_add_test(tcase, gradients_are_those_of_differences);
    suite_add_tcase(suite, tcase);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* A picture on its way through a network, against the library and sums by hand. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "data/synthetic.h"
#include "kern/kern.h"
#include "lesson/forward.h"
#include "nn/nn.h"
#include "suite.h"

static struct err err;
static struct nn *net;
static struct nn_work *work;
static struct forward forward;
static float x[FIT_LEN];

static void begin(void)
{
    uint8_t pixels[FIT_LEN];
    net = nn_new("784-30-10", &err);
    nn_init(net, NN_START_BOOK, 5);
    work = nn_work_new(net, kern_best(), 1, false, &err);
    ck_assert_msg(forward_begin(&forward, net, kern_best(), &err), "%s", err.text);
    synthetic_draw(1, 3, pixels);
    fit_floats(pixels, 1, x);
    forward_run(&forward, x);
}

static void end(void)
{
    forward_end(&forward);
    nn_work_free(work);
    nn_free(net);
}

START_TEST(what_it_shows_is_what_the_network_answers)
{
    const float *out = nn_predict(net, work, x, 1);
    for (int k = 0; k < FORWARD_OUTPUTS; k++) {
        ck_assert_float_eq(forward.out[k], out[k]);
        ck_assert(forward.out[k] <= forward.out[forward.answer]);
    }
    const float *active = nn_layer_out(net, work, x, 0);
    for (int i = 0; i < forward.hidden; i++)
        ck_assert_float_eq(forward.active[i], active[i]);
}
END_TEST

START_TEST(a_sum_is_weights_times_inputs_and_the_bias)
{
    for (int i = 0; i < forward.hidden; i++) {
        float weights[FIT_LEN], bias;
        forward_neuron(&forward, i, weights, &bias);
        double z = (double)bias;
        for (int k = 0; k < FIT_LEN; k++)
            z += (double)weights[k] * (double)x[k];
        ck_assert_double_eq_tol((double)forward.sum[i], z, 1e-3);
        ck_assert_double_eq_tol((double)forward.active[i], 1 / (1 + exp(-z)), 1e-4);
    }
}
END_TEST

START_TEST(the_pushes_and_the_bias_make_up_the_sum_of_an_output)
{
    const float *sums = nn_sums(net, work, x, 1);
    for (int k = 0; k < FORWARD_OUTPUTS; k++) {
        float bias;
        nn_neuron(net, 1, k, NULL, 0, &bias);
        double z = (double)bias;
        for (int i = 0; i < forward.hidden; i++)
            z += (double)forward.push[k][i];
        ck_assert_double_eq_tol((double)sums[k], z, 1e-4);
        int most = forward_strongest(&forward, k), least = forward_weakest(&forward, k);
        for (int i = 0; i < forward.hidden; i++)
            ck_assert(forward.push[k][i] <= forward.push[k][most] &&
                      forward.push[k][i] >= forward.push[k][least]);
    }
}
END_TEST

START_TEST(another_network_is_refused_with_its_words)
{
    struct nn *deep = nn_new("784-30-20-10", &err);
    struct forward other;
    ck_assert(!forward_begin(&other, deep, kern_best(), &err));
    ck_assert_ptr_nonnull(strstr(err.text, "784-30-10"));
    nn_free(deep);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("forward");
    TCase *tests = tcase_create("forward");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, what_it_shows_is_what_the_network_answers);
    tcase_add_test(tests, a_sum_is_weights_times_inputs_and_the_bias);
    tcase_add_test(tests, the_pushes_and_the_bias_make_up_the_sum_of_an_output);
    tcase_add_test(tests, another_network_is_refused_with_its_words);
    suite_add_tcase(suite, tests);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* Which ink spoke for a digit: the slope against differences, and squares of paper against reading
 * each picture by itself. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "data/dataset.h"
#include "eval/attribution.h"
#include "explain_helpers.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "suite.h"

static struct err err;
static struct attribution result;

static const char small_words[] = "conv 6 5x5 stride 2 norm relu, maxpool 2, dense 20 tanh, "
                                  "dense 10 softmax";

static struct attributor *make_attributor(const struct nn *net)
{
    struct attributor *a = attributor_new(net, kern_best(), &err);
    ck_assert_msg(a != NULL, "%s", err.text);
    return a;
}

static void read_sums(const struct nn *net, const float *x, float z[10])
{
    struct nn_work *work = nn_work_new(net, kern_best(), 1, false, &err);
    memcpy(z, nn_sums(net, work, x, 1), 10 * sizeof *z);
    nn_work_free(work);
}

/* What fading the ink of pixel i does, by its slope: a difference over a hundredth of full ink. */
static void check_pixel(const struct nn *net, const float *x, int i)
{
    static const float step = 0.01f;
    float changed[FIT_LEN], more[10], less[10];
    memcpy(changed, x, sizeof changed);
    changed[i] = x[i] + step;
    read_sums(net, changed, more);
    changed[i] = x[i] - step;
    read_sums(net, changed, less);
    for (int digit = 0; digit < 10; digit++) {
        float say = x[i] * (more[digit] - less[digit]) / (2 * step);
        ck_assert_msg(fabsf(say - result.of[digit][i]) < 0.01f, "pixel %d, digit %d: %g, not %g", i,
                      digit, (double)result.of[digit][i], (double)say);
    }
}

START_TEST(gradient_times_input_is_that_of_differences)
{
    static const char *const networks[] = {"dense 30 sigmoid, dense 10 sigmoid",
                                           "conv 6 5x5 stride 2 norm tanh, dense 10 softmax"};
    struct nn *net = explain_net(networks[_i], 3);
    struct dataset *set = explain_digits(4);
    struct attributor *a = make_attributor(net);
    float x[FIT_LEN], z[10];
    explain_picture(set, 3, x);
    attribution_gradient(a, net, x, &result);
    read_sums(net, x, z);
    for (int digit = 0; digit < 10; digit++)
        ck_assert_float_eq_tol(result.z[digit], z[digit], 1e-4f);
    int inked = 0;
    for (int i = 0; i < FIT_LEN; i++) {
        check_pixel(net, x, i);
        inked += result.of[3][i] != 0;
    }
    ck_assert_int_gt(inked, 50);
    attributor_free(a);
    dataset_free(set);
    nn_free(net);
}
END_TEST

/* Of a network that only adds, gradient times input adds up to z without the bias. */
START_TEST(of_a_network_that_only_adds_the_says_add_up)
{
    struct nn *net = explain_net("dense 10 softmax", 3);
    struct dataset *set = explain_digits(4);
    struct attributor *a = make_attributor(net);
    float x[FIT_LEN];
    explain_picture(set, 2, x);
    attribution_gradient(a, net, x, &result);
    const float *bias = nn_weights(net) + (size_t)FIT_LEN * 10;
    for (int digit = 0; digit < 10; digit++) {
        float sum = bias[digit];
        for (int i = 0; i < FIT_LEN; i++)
            sum += result.of[digit][i];
        ck_assert_float_eq_tol(sum, result.z[digit], 1e-3f);
    }
    attributor_free(a);
    dataset_free(set);
    nn_free(net);
}
END_TEST

static void check_square(const struct nn *net, const float *x, struct occlusion how, int at)
{
    float changed[FIT_LEN], z[10];
    int row = at / 28 / how.step * how.step + how.step / 2;
    int col = at % 28 / how.step * how.step + how.step / 2;
    memcpy(changed, x, sizeof changed);
    for (int i = 0; i < FIT_LEN; i++)
        if (abs(i / 28 - row) <= how.side / 2 && abs(i % 28 - col) <= how.side / 2)
            changed[i] = 0;
    read_sums(net, changed, z);
    for (int digit = 0; digit < 10; digit++)
        ck_assert_msg(fabsf(result.z[digit] - z[digit] - result.of[digit][at]) < 1e-4f,
                      "pixel %d, digit %d: %g, not %g", at, digit, (double)result.of[digit][at],
                      (double)(result.z[digit] - z[digit]));
}

START_TEST(occlusion_is_what_reading_each_changed_picture_says)
{
    static const struct occlusion hows[] = {{5, 1}, {5, 2}, {3, 4}};
    struct nn *net = explain_net(small_words, 4);
    struct dataset *set = explain_digits(4);
    struct attributor *a = make_attributor(net);
    float x[FIT_LEN];
    explain_picture(set, 1, x);
    x[0] = 0.5f; /* ink at an edge, too */
    x[FIT_LEN - 1] = 0.5f;
    ck_assert(attribution_occlusion(a, net, x, hows[_i], NULL, NULL, &result));
    for (int at = 0; at < FIT_LEN; at++)
        check_square(net, x, hows[_i], at);
    attributor_free(a);
    dataset_free(set);
    nn_free(net);
}
END_TEST

static bool count_and_stop(void *user, double part)
{
    int *left = user;
    ck_assert(part >= 0 && part <= 1);
    return --*left > 0;
}

START_TEST(occlusion_gives_up_when_told_to)
{
    struct nn *net = explain_net(small_words, 4);
    struct dataset *set = explain_digits(1);
    struct attributor *a = make_attributor(net);
    float x[FIT_LEN];
    int left = 2;
    explain_picture(set, 0, x);
    ck_assert(!attribution_occlusion(a, net, x, (struct occlusion){5, 1}, count_and_stop, &left,
                                     &result));
    ck_assert_int_eq(left, 0);
    attributor_free(a);
    dataset_free(set);
    nn_free(net);
}
END_TEST

START_TEST(a_network_of_gates_has_no_digits_to_ask_for)
{
    struct nn *net = explain_net("input 2, dense 1 sigmoid", 1);
    ck_assert_ptr_null(attributor_new(net, kern_best(), &err));
    ck_assert_ptr_nonnull(strstr(err.text, "784 and 10"));
    nn_free(net);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("attribution");
    TCase *tests = tcase_create("attribution");
    tcase_add_loop_test(tests, gradient_times_input_is_that_of_differences, 0, 2);
    tcase_add_test(tests, of_a_network_that_only_adds_the_says_add_up);
    tcase_add_loop_test(tests, occlusion_is_what_reading_each_changed_picture_says, 0, 3);
    tcase_add_test(tests, occlusion_gives_up_when_told_to);
    tcase_add_test(tests, a_network_of_gates_has_no_digits_to_ask_for);
    suite_add_tcase(suite, tests);
    return suite;
}

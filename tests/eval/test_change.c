/* SPDX-License-Identifier: MIT */
/* The smallest change that turns an answer into another: it does, it stays a picture, and less of
 * it does not. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "data/dataset.h"
#include "eval/change.h"
#include "eval/verdict.h"
#include "explain_helpers.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "suite.h"

static struct err err;

static int read_picture(const struct nn *net, struct nn_work *work, const float *x)
{
    return verdict_best(nn_predict(net, work, x, 1));
}

static void check_change(const struct nn *net, struct nn_work *work, const float *x, int digit,
                         const struct change *change)
{
    float half[FIT_LEN];
    double ink = 0;
    ck_assert_int_eq(read_picture(net, work, change->picture), digit);
    for (int i = 0; i < FIT_LEN; i++) {
        float pixel = change->picture[i];
        ck_assert(pixel >= 0 && pixel <= 1);
        ck_assert_float_eq_tol(x[i] + change->added[i] - change->taken[i], pixel, 1e-6f);
        ck_assert(change->added[i] == 0 || change->taken[i] == 0);
        ink += (double)(change->added[i] + change->taken[i]);
        half[i] = (x[i] + pixel) / 2;
    }
    ck_assert_double_eq_tol(change->ink, ink, 1e-4);
    ck_assert_int_ne(read_picture(net, work, half), digit);
}

/* Every digit into every other. */
static void check_all(const struct nn *net, int digits, double most_ink)
{
    struct dataset *set = explain_digits((uint32_t)digits);
    struct nn_work *work = nn_work_new(net, kern_best(), 1, true, &err);
    double ink = 0;
    int tried = 0;
    for (int i = 0; i < digits; i++) {
        float x[FIT_LEN];
        explain_picture(set, (uint32_t)i, x);
        int answer = read_picture(net, work, x);
        for (int digit = 0; digit < 10; digit++) {
            struct change change;
            ck_assert(change_find(&(struct change_wish){net, work, x, digit, NULL, NULL}, &change));
            ck_assert_msg(change.reached, "%d into %d", answer, digit);
            if (digit == answer) {
                ck_assert_double_eq(change.ink, 0);
                continue;
            }
            check_change(net, work, x, digit, &change);
            ink += change.ink;
            tried++;
        }
    }
    ck_assert_msg(ink / tried < most_ink, "%g pixels of ink, in the mean", ink / tried);
    nn_work_free(work);
    dataset_free(set);
}

START_TEST(the_shipped_model_can_be_led_to_any_digit)
{
    struct nn *net = explain_builtin();
    check_all(net, 3, 40);
    nn_free(net);
}
END_TEST

/* One that was never taught: what speaks for a digit is not ink at all, and takes more. */
START_TEST(so_can_a_network_of_sigmoids)
{
    struct nn *net = explain_net("dense 30 sigmoid, dense 10 sigmoid", 11);
    check_all(net, 3, 200);
    nn_free(net);
}
END_TEST

/* One that gives a 3 whatever it sees: its weights are zero. */
START_TEST(what_cannot_be_reached_is_said)
{
    struct nn *net = nn_new("dense 10 softmax", &err);
    nn_params(net)[(size_t)FIT_LEN * 10 + 3] = 1;
    struct dataset *set = explain_digits(1);
    struct nn_work *work = nn_work_new(net, kern_best(), 1, true, &err);
    struct change change;
    float x[FIT_LEN];
    explain_picture(set, 0, x);
    ck_assert(change_find(&(struct change_wish){net, work, x, 9, NULL, NULL}, &change));
    ck_assert(!change.reached);
    ck_assert_mem_eq(change.picture, x, sizeof x);
    ck_assert_double_eq(change.ink, 0);
    nn_work_free(work);
    dataset_free(set);
    nn_free(net);
}
END_TEST

/* z of 9 exceeds that of 0 by the ink of one pixel less a half: the least change is known. */
START_TEST(where_one_pixel_decides_it_is_that_pixel)
{
    enum { PIXEL = 14 * 28 + 14 };
    struct nn *net = nn_new("dense 10 softmax", &err);
    nn_params(net)[PIXEL * 10 + 9] = 1;
    nn_params(net)[(size_t)FIT_LEN * 10] = 0.5f;
    struct nn_work *work = nn_work_new(net, kern_best(), 1, true, &err);
    struct change change;
    float x[FIT_LEN] = {0};
    ck_assert(change_find(&(struct change_wish){net, work, x, 9, NULL, NULL}, &change));
    ck_assert(change.reached);
    ck_assert_float_eq_tol(change.added[PIXEL], 0.5f, 0.02f);
    ck_assert_double_lt(change.ink, 0.7);
    nn_work_free(work);
    nn_free(net);
}
END_TEST

static bool stop_after(void *user, double part)
{
    int *left = user;
    ck_assert(part >= 0 && part < 1);
    return (*left)-- > 0;
}

START_TEST(it_gives_up_when_told_to_and_is_the_same_every_time)
{
    struct nn *net = explain_net("dense 30 sigmoid, dense 10 sigmoid", 11);
    struct dataset *set = explain_digits(1);
    struct nn_work *work = nn_work_new(net, kern_best(), 1, true, &err);
    struct change first, second;
    float x[FIT_LEN];
    int left = 2;
    explain_picture(set, 0, x);
    int digit = (read_picture(net, work, x) + 1) % 10;
    struct change_wish wish = {net, work, x, digit, stop_after, &left};
    ck_assert(!change_find(&wish, &first));
    wish.go_on = NULL;
    ck_assert(change_find(&wish, &first) && change_find(&wish, &second));
    ck_assert(first.reached);
    ck_assert_mem_eq(first.picture, second.picture, sizeof first.picture);
    nn_work_free(work);
    dataset_free(set);
    nn_free(net);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("change");
    TCase *tests = tcase_create("change");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, the_shipped_model_can_be_led_to_any_digit);
    tcase_add_test(tests, so_can_a_network_of_sigmoids);
    tcase_add_test(tests, what_cannot_be_reached_is_said);
    tcase_add_test(tests, where_one_pixel_decides_it_is_that_pixel);
    tcase_add_test(tests, it_gives_up_when_told_to_and_is_the_same_every_time);
    suite_add_tcase(suite, tests);
    return suite;
}

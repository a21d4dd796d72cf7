/* SPDX-License-Identifier: MIT */
/* The ten probabilities as a picture is changed, and where the answer flips. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "data/dataset.h"
#include "eval/sweep.h"
#include "explain_helpers.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "suite.h"

static struct err err;

static struct nn_work *make_work(const struct nn *net)
{
    return nn_work_new(net, kern_best(), SWEEP_PLACES, false, &err);
}

START_TEST(at_zero_the_picture_is_as_it_was)
{
    struct dataset *set = explain_digits(3);
    float x[FIT_LEN], out[FIT_LEN];
    explain_picture(set, 2, x);
    sweep_picture((enum sweep_kind)_i, 0, set->pixels + 2 * FIT_LEN, out);
    for (int i = 0; i < FIT_LEN; i++)
        ck_assert_float_eq_tol(out[i], x[i], 1e-4f);
    dataset_free(set);
}
END_TEST

START_TEST(a_dot_goes_where_it_is_said_to_go)
{
    uint8_t pixels[FIT_LEN] = {0};
    float out[FIT_LEN];
    pixels[14 * 28 + 20] = 255;
    sweep_picture(SWEEP_RIGHT, 3, pixels, out);
    ck_assert_float_eq_tol(out[14 * 28 + 23], 1, 1e-4f);
    sweep_picture(SWEEP_DOWN, -4, pixels, out);
    ck_assert_float_eq_tol(out[10 * 28 + 20], 1, 1e-4f);
    sweep_picture(SWEEP_TURN, 90, pixels, out);
    ck_assert_float_eq_tol(out[20 * 28 + 14], 1, 1e-4f);
    sweep_picture(SWEEP_RESIZE, 1, pixels, out);
    ck_assert_float_eq_tol(out[14 * 28 + 26], 1, 1e-4f);
    sweep_picture(SWEEP_THICK, 2, pixels, out);
    ck_assert_float_eq_tol(out[14 * 28 + 22], 1, 1e-4f);
    sweep_picture(SWEEP_THICK, -0.5f, pixels, out);
    ck_assert_float_eq_tol(out[14 * 28 + 20], 0.5f, 1e-4f);
}
END_TEST

/* z of digit 1 is the ink of one pixel, and that of digit 0 is 0.3. A dot in the middle that is
 * moved past that pixel, two to its right, makes it a 1 from 1.3 on, until 2.7. */
START_TEST(the_flips_are_where_they_were_worked_out_to_be)
{
    struct nn *net = nn_new("dense 10 softmax", &err);
    nn_params(net)[(14 * 28 + 16) * 10 + 1] = 1;
    nn_params(net)[(size_t)FIT_LEN * 10] = 0.3f;
    uint8_t pixels[FIT_LEN] = {0};
    pixels[14 * 28 + 14] = 255;
    struct nn_work *work = make_work(net);
    struct sweep sweep;
    sweep_read(net, work, pixels, SWEEP_RIGHT, 1, &sweep);
    ck_assert_int_eq(sweep.flip_count, 2);
    ck_assert_float_eq_tol(sweep.flips[0].value, 1.3f, 16 * SWEEP_EXACT);
    ck_assert_float_eq_tol(sweep.flips[1].value, 2.7f, 16 * SWEEP_EXACT);
    ck_assert(sweep.flips[0].before == 0 && sweep.flips[0].after == 1);
    ck_assert(sweep.flips[1].before == 1 && sweep.flips[1].after == 0);
    nn_work_free(work);
    nn_free(net);
}
END_TEST

/* Each place is what reading that picture by itself says, and on both sides of a flip the answer is
 * what it says. */
START_TEST(the_curves_are_what_reading_each_picture_says)
{
    struct nn *net = explain_builtin();
    struct dataset *set = explain_digits(7);
    const uint8_t *pixels = set->pixels + 6 * FIT_LEN;
    struct nn_work *work = make_work(net);
    struct sweep sweep;
    float x[FIT_LEN];
    enum sweep_kind kind = (enum sweep_kind)_i;
    sweep_read(net, work, pixels, kind, 2, &sweep);
    ck_assert_float_eq(sweep.value[SWEEP_PLACES / 2], 0);
    ck_assert_float_eq(sweep.value[0], sweep.least);
    ck_assert_float_eq(sweep.value[SWEEP_PLACES - 1], sweep.most);
    for (int i = 0; i < SWEEP_PLACES; i++) {
        sweep_picture(kind, sweep.value[i], pixels, x);
        struct verdict_probabilities answer = verdict_read(net, nn_predict(net, work, x, 1), 2);
        for (int digit = 0; digit < 10; digit++)
            ck_assert_float_eq_tol(sweep.answer[i].of[digit], answer.of[digit], 1e-4f);
    }
    for (int i = 0; i < sweep.flip_count; i++) {
        float exact = (sweep.most - sweep.least) * SWEEP_EXACT;
        sweep_picture(kind, sweep.flips[i].value, pixels, x);
        ck_assert_int_eq(verdict_best(nn_predict(net, work, x, 1)), sweep.flips[i].after);
        sweep_picture(kind, sweep.flips[i].value - exact, pixels, x);
        ck_assert_int_eq(verdict_best(nn_predict(net, work, x, 1)), sweep.flips[i].before);
    }
    if (kind == SWEEP_TURN)
        ck_assert_int_gt(sweep.flip_count, 0);
    nn_work_free(work);
    dataset_free(set);
    nn_free(net);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("sweep");
    TCase *tests = tcase_create("sweep");
    tcase_add_loop_test(tests, at_zero_the_picture_is_as_it_was, 0, SWEEP_KINDS);
    tcase_add_test(tests, a_dot_goes_where_it_is_said_to_go);
    tcase_add_test(tests, the_flips_are_where_they_were_worked_out_to_be);
    tcase_add_loop_test(tests, the_curves_are_what_reading_each_picture_says, 0, SWEEP_KINDS);
    suite_add_tcase(suite, tests);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* The four bits of a digit: what solves the exercise, and what does not. */
#include <check.h>
#include <math.h>

#include "kern/kern.h"
#include "lesson/fourbit.h"
#include "suite.h"

static struct fourbit fourbit;

static void begin(void)
{
    ck_assert(fourbit_begin(&fourbit, kern_best(), NULL));
}

static void end(void)
{
    fourbit_end(&fourbit);
}

/* A weight where the bit is 1, another where it is 0, and a bias. */
static void solve(float ones, float zeros, float bias)
{
    for (int bit = 0; bit < FOURBIT_BITS; bit++) {
        fourbit.bias[bit] = bias;
        for (int digit = 0; digit < FOURBIT_DIGITS; digit++)
            fourbit.weight[bit][digit] = fourbit_wanted(digit, bit) ? ones : zeros;
    }
    fourbit_run(&fourbit);
}

START_TEST(without_weights_every_bit_is_undecided)
{
    ck_assert_int_eq(fourbit.bits_right, 0);
    ck_assert_float_eq(fourbit.out[3][1], 0.5f);
    ck_assert_float_eq(fourbit.margin, 0);
}
END_TEST

START_TEST(weights_where_the_bit_is_one_and_a_bias_below_zero_solve_it)
{
    solve(10, 0, -5);
    ck_assert_int_eq(fourbit.bits_right, FOURBIT_DIGITS);
    for (int digit = 0; digit < FOURBIT_DIGITS; digit++)
        ck_assert_int_eq(fourbit.reads[digit], digit);
    ck_assert(fourbit.margin > 0.4f);
}
END_TEST

START_TEST(weights_against_do_without_a_bias)
{
    solve(10, -10, 0);
    ck_assert_int_eq(fourbit.bits_right, FOURBIT_DIGITS);
}
END_TEST

START_TEST(without_a_bias_nothing_speaks_for_zero)
{
    solve(10, 0, 0);
    ck_assert_int_eq(fourbit.bits_right, 0);
    ck_assert_int_eq(fourbit.reads[0], 15);
}
END_TEST

START_TEST(one_wrong_bit_costs_its_digit_alone)
{
    solve(10, 0, -5);
    fourbit.weight[3][9] = 0;
    fourbit_run(&fourbit);
    ck_assert_int_eq(fourbit.bits_right, FOURBIT_DIGITS - 1);
    ck_assert(!fourbit.right[9]);
    ck_assert_int_eq(fourbit.reads[9], 1);
    ck_assert(fourbit.margin < 0);
}
END_TEST

START_TEST(an_output_is_the_sigmoid_of_its_sum)
{
    solve(4, -1, -2);
    double z = 0.99 * 4 - 2; /* of bit 3 for 8: 9 has it, too; eight have not */
    z += 0.01 * 4 - 8 * 0.01;
    ck_assert_double_eq_tol((double)fourbit.out[8][3], 1 / (1 + exp(-z)), 1e-5);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("fourbit");
    TCase *tests = tcase_create("fourbit");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, without_weights_every_bit_is_undecided);
    tcase_add_test(tests, weights_where_the_bit_is_one_and_a_bias_below_zero_solve_it);
    tcase_add_test(tests, weights_against_do_without_a_bias);
    tcase_add_test(tests, without_a_bias_nothing_speaks_for_zero);
    tcase_add_test(tests, one_wrong_bit_costs_its_digit_alone);
    tcase_add_test(tests, an_output_is_the_sigmoid_of_its_sum);
    suite_add_tcase(suite, tests);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* Digits that the program draws. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "data/dataset.h"
#include "data/synthetic.h"
#include "suite.h"

enum { LEN = 28 * 28 };

START_TEST(a_seed_always_draws_the_same_digits)
{
    uint8_t a[LEN], b[LEN];
    for (uint64_t i = 0; i < 200; i++) {
        int digit = synthetic_draw(7, 199 - i, a);
        ck_assert_int_eq(digit, (int)((199 - i) % 10));
        ck_assert_int_eq(synthetic_draw(7, 199 - i, b), digit);
        ck_assert_mem_eq(a, b, LEN);
        synthetic_draw(8, 199 - i, b);
        ck_assert_mem_ne(a, b, LEN);
    }
}
END_TEST

static bool holds_picture(const struct dataset *set, const uint8_t *pixels)
{
    for (uint32_t i = 0; i < set->count; i++)
        if (memcmp(set->pixels + (size_t)i * LEN, pixels, LEN) == 0)
            return true;
    return false;
}

START_TEST(the_two_splits_have_no_picture_in_common)
{
    struct dataset *train = synthetic_new(1, DATASET_TRAIN, 1000, NULL);
    struct dataset *test = synthetic_new(1, DATASET_TEST, 500, NULL);
    struct dataset *more = synthetic_new(1, DATASET_TRAIN, 1200, NULL);
    for (uint32_t i = 0; i < test->count; i++)
        ck_assert(!holds_picture(train, test->pixels + (size_t)i * LEN));
    ck_assert_mem_eq(train->pixels, more->pixels, 1000 * LEN); /* a longer set begins the same */
    ck_assert_mem_eq(train->labels, more->labels, 1000);
    dataset_free(train);
    dataset_free(test);
    dataset_free(more);
}
END_TEST

START_TEST(synthetic_digits_that_nobody_wants_are_given_up)
{
    struct err err = {""};
    atomic_bool abandoned = true;
    ck_assert_ptr_null(synthetic_new_unless(&abandoned, 1, DATASET_TRAIN, 1000, &err));
    ck_assert_str_ne(err.text, "");
}
END_TEST

START_TEST(synthetic_digits_have_the_measure_of_mnist)
{
    struct dataset *set = synthetic_new(3, DATASET_TRAIN, 5000, NULL);
    double sum = 0;
    int counts[10] = {0}, off_centre = 0, dim = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        const uint8_t *p = set->pixels + (size_t)i * LEN;
        double mass = 0, x = 0, y = 0;
        int most = 0;
        for (int k = 0; k < LEN; k++) {
            mass += p[k];
            x += p[k] * (k % 28);
            y += p[k] * (k / 28);
            most = p[k] > most ? p[k] : most;
        }
        sum += mass;
        off_centre += fabs(x / mass - 14) > 0.6 || fabs(y / mass - 14) > 0.6;
        dim += most < 255;
        counts[set->labels[i]]++;
    }
    ck_assert_double_eq_tol(sum / 255 / LEN / set->count, 0.1307, 0.01);
    ck_assert_int_eq(dim, 0);
    ck_assert_int_le(off_centre, 5);
    for (int d = 0; d < 10; d++)
        ck_assert_int_eq(counts[d], 500);
    dataset_free(set);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("synthetic");
    TCase *tests = tcase_create("synthetic");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_seed_always_draws_the_same_digits);
    tcase_add_test(tests, the_two_splits_have_no_picture_in_common);
    tcase_add_test(tests, synthetic_digits_that_nobody_wants_are_given_up);
    tcase_add_test(tests, synthetic_digits_have_the_measure_of_mnist);
    suite_add_tcase(suite, tests);
    return suite;
}

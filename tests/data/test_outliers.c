/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <string.h>

#include "data/dataset.h"
#include "data/outliers.h"
#include "ink/fit.h"
#include "suite.h"

enum { KINDS = 12 };

START_TEST(a_seed_always_draws_the_same_outliers)
{
    uint8_t a[FIT_LEN], b[FIT_LEN], other[FIT_LEN];
    int same = 0;
    for (uint64_t i = 0; i < 200; i++) {
        enum outlier_kind kind = outlier_draw(7, 199 - i, OUTLIER_ALL, a);
        ck_assert_int_eq(outlier_draw(7, 199 - i, OUTLIER_ALL, b), kind);
        ck_assert_mem_eq(a, b, FIT_LEN);
        outlier_draw(8, 199 - i, OUTLIER_ALL, other);
        same += memcmp(a, other, FIT_LEN) == 0;
    }
    ck_assert_int_eq(same, 0);
}
END_TEST

START_TEST(only_the_kinds_that_are_asked_for_are_drawn)
{
    uint8_t pixels[FIT_LEN];
    for (int k = 0; k < KINDS; k++)
        for (uint64_t i = 0; i < 20; i++)
            ck_assert_int_eq(outlier_draw(1, i, 1u << k, pixels), 1 << k);
    unsigned seen = 0;
    for (uint64_t i = 0; i < 1000; i++)
        seen |= outlier_draw(1, i, OUTLIER_TRAINING, pixels);
    ck_assert_uint_eq(seen, OUTLIER_TRAINING);
}
END_TEST

/* The share of the 20x20 that has ink says whether a skeleton was read at all. */
START_TEST(every_outlier_has_ink_and_paper)
{
    uint8_t pixels[FIT_LEN];
    for (uint64_t i = 0; i < 3000; i++) {
        int inked = 0, brightest = 0;
        outlier_draw(2, i, OUTLIER_ALL, pixels);
        for (int p = 0; p < FIT_LEN; p++) {
            inked += pixels[p] > 127;
            brightest = pixels[p] > brightest ? pixels[p] : brightest;
        }
        ck_assert_int_eq(brightest, 255);
        ck_assert_msg(inked >= 8 && inked <= 400, "number %d has %d pixels of ink", (int)i, inked);
    }
}
END_TEST

START_TEST(a_set_of_outliers_is_the_drawings_in_a_row)
{
    uint8_t pixels[FIT_LEN];
    struct dataset *set = outliers_new(5, OUTLIER_APART, 50, NULL);
    ck_assert_ptr_nonnull(set);
    ck_assert_uint_eq(set->count, 50);
    ck_assert(set->synthetic);
    for (uint32_t i = 0; i < set->count; i++) {
        outlier_draw(5, i, OUTLIER_APART, pixels);
        ck_assert_mem_eq(set->pixels + (size_t)i * FIT_LEN, pixels, FIT_LEN);
        ck_assert_uint_eq(set->labels[i], 0);
    }
    dataset_free(set);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("outliers");
    TCase *drawn = tcase_create("drawn");
    tcase_add_test(drawn, a_seed_always_draws_the_same_outliers);
    tcase_add_test(drawn, only_the_kinds_that_are_asked_for_are_drawn);
    tcase_add_test(drawn, every_outlier_has_ink_and_paper);
    tcase_add_test(drawn, a_set_of_outliers_is_the_drawings_in_a_row);
    suite_add_tcase(suite, drawn);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* Reading without a network, on images made so that the right answers are known. */
#include <check.h>
#include <string.h>

#include "base/err.h"
#include "data/dataset.h"
#include "lesson/baselines.h"
#include "suite.h"

enum { LEN = 28 * 28, IMAGES = 200 };

static struct err err;
static struct dataset *set;
static struct baselines baselines;

/* Digit d is a stripe of d + 1 rows of ink, the later ones brighter in turn; digits 8 and 9 have as
 * much ink, at the other end. */
static void draw(uint8_t *pixels, int digit, int brighter)
{
    int rows = digit == 9 ? 9 : digit + 1;
    memset(pixels, 0, LEN);
    memset(pixels + (digit == 9 ? 28 * (28 - rows) : 0), 200 + brighter, (size_t)rows * 28);
}

static void set_up(void)
{
    set = dataset_new("stripes", IMAGES, &err);
    for (int i = 0; i < IMAGES; i++) {
        set->labels[i] = (uint8_t)(i % 10);
        draw(set->pixels + i * LEN, i % 10, i / 10);
    }
    baselines_learn(&baselines, set, IMAGES);
}

static void tear_down(void)
{
    dataset_free(set);
}

START_TEST(means_are_those_of_the_images)
{
    double ink = 0;
    for (int i = 3; i < IMAGES; i += 10)
        ink += (200 + i / 10) * 4.0 / 28;
    ck_assert_double_eq_tol(baselines.darkness[3], ink / 20, 1e-9);
    ck_assert_float_eq_tol(baselines.means[3][0], 209.5f, 1e-3f);
    ck_assert(baselines.means[3][4 * 28] == 0);
}
END_TEST

START_TEST(the_nearest_mean_tells_all_apart)
{
    ck_assert_uint_eq(baselines_count_right(&baselines, BASELINE_NEAREST_MEAN, set, 0, IMAGES),
                      IMAGES);
    ck_assert_uint_eq(baselines_count_right(&baselines, BASELINE_NEAREST_MEAN, set, 7, 30), 30);
}
END_TEST

START_TEST(darkness_cannot_tell_where_the_ink_is)
{
    uint8_t pixels[LEN];
    draw(pixels, 9, 9);
    int nine = baselines_read(&baselines, BASELINE_DARKNESS, pixels, 0);
    draw(pixels, 8, 9);
    ck_assert_int_eq(baselines_read(&baselines, BASELINE_DARKNESS, pixels, 0), nine);
    draw(pixels, 2, 9);
    ck_assert_int_eq(baselines_read(&baselines, BASELINE_DARKNESS, pixels, 0), 2);
}
END_TEST

START_TEST(guesses_are_spread_evenly)
{
    int counts[10] = {0};
    for (uint64_t seed = 0; seed < 2000; seed++)
        counts[baselines_read(&baselines, BASELINE_GUESSING, set->pixels, seed)]++;
    for (int digit = 0; digit < 10; digit++) {
        ck_assert_int_gt(counts[digit], 140);
        ck_assert_int_lt(counts[digit], 260);
    }
}
END_TEST

START_TEST(a_digit_that_was_never_seen_is_never_said)
{
    uint8_t pixels[LEN];
    baselines_learn(&baselines, set, 5); /* 0 to 4 */
    draw(pixels, 7, 0);
    ck_assert(!baselines.known[7]);
    ck_assert_int_eq(baselines_read(&baselines, BASELINE_NEAREST_MEAN, pixels, 0), 4);
    ck_assert_int_eq(baselines_read(&baselines, BASELINE_DARKNESS, pixels, 0), 4);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("baselines");
    TCase *tcase = tcase_create("baselines");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, means_are_those_of_the_images);
    tcase_add_test(tcase, the_nearest_mean_tells_all_apart);
    tcase_add_test(tcase, darkness_cannot_tell_where_the_ink_is);
    tcase_add_test(tcase, guesses_are_spread_evenly);
    tcase_add_test(tcase, a_digit_that_was_never_seen_is_never_said);
    suite_add_tcase(suite, tcase);
    return suite;
}

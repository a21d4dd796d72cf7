/* SPDX-License-Identifier: MIT */
/* The neuron whose weights are set by hand, and the strokes that try it. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "kern/kern.h"
#include "lesson/handset.h"
#include "suite.h"

static struct handset handset;
static uint8_t strokes[HANDSET_STROKES][FIT_LEN];
static float out[HANDSET_STROKES], sums[HANDSET_STROKES];

static void begin(void)
{
    ck_assert(handset_begin(&handset, kern_best(), NULL));
    for (int i = 0; i < HANDSET_STROKES; i++)
        ck_assert(handset_stroke(i, strokes[i], NULL));
}

static void end(void)
{
    handset_end(&handset);
}

static void read_strokes(void)
{
    handset_put(&handset);
    handset_read(&handset, strokes[0], HANDSET_STROKES, out, sums);
}

/* The ink of a part of a picture, in whole pixels. */
static double ink_of(const uint8_t *pixels, int top, int left, int bottom, int right)
{
    double sum = 0;
    for (int row = top; row < bottom; row++)
        for (int col = left; col < right; col++)
            sum += pixels[row * FIT_SIZE + col];
    return sum / 255;
}

START_TEST(strokes_stand_where_their_names_say)
{
    const int half = FIT_SIZE / 2;
    for (int i = 0; i < 2; i++) {
        double all = ink_of(strokes[i], 0, 0, FIT_SIZE, FIT_SIZE);
        ck_assert(all > 10);
        ck_assert(ink_of(strokes[i], 0, 0, half, half) > 0.8 * all);
    }
    ck_assert(ink_of(strokes[3], 0, half, half, FIT_SIZE) > 10);
    ck_assert(ink_of(strokes[4], half, 0, FIT_SIZE, half) > 10);
    ck_assert(ink_of(strokes[5], half, half, FIT_SIZE, FIT_SIZE) > 10);
    ck_assert(ink_of(strokes[6], 0, 0, half - 3, half - 3) < 3);
    ck_assert(ink_of(strokes[8], 0, 0, FIT_SIZE, FIT_SIZE) == 0);
}
END_TEST

START_TEST(all_pixels_of_a_patch_have_its_weight)
{
    handset.patch[1][2] = 0.5f;
    handset.bias = -1;
    read_strokes();
    for (int i = 0; i < HANDSET_STROKES; i++) {
        double z = 0.5 * ink_of(strokes[i], 4, 8, 8, 12) - 1;
        ck_assert_double_eq_tol((double)sums[i], z, 1e-4);
        ck_assert_double_eq_tol((double)out[i], 1 / (1 + exp(-z)), 1e-5);
    }
}
END_TEST

/* What lessons/layers.lesson shows as the solution. */
START_TEST(weights_along_the_stroke_find_it)
{
    static const int along[][2] = {{1, 2}, {2, 1}, {2, 2}, {3, 1}};
    for (size_t i = 0; i < sizeof along / sizeof *along; i++)
        handset.patch[along[i][0]][along[i][1]] = 1;
    handset.bias = -12;
    read_strokes();
    for (int i = 0; i < HANDSET_STROKES; i++) {
        ck_assert_msg((out[i] > 0.5f) == (i < HANDSET_WANTED), "%s: %g", handset_stroke_name(i),
                      (double)sums[i]);
    }
}
END_TEST

START_TEST(a_bias_alone_finds_all_or_nothing)
{
    handset.bias = 3;
    read_strokes();
    ck_assert_float_eq(out[0], out[HANDSET_STROKES - 1]);
    ck_assert(out[0] > 0.9f);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("handset");
    TCase *tests = tcase_create("handset");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, strokes_stand_where_their_names_say);
    tcase_add_test(tests, all_pixels_of_a_patch_have_its_weight);
    tcase_add_test(tests, weights_along_the_stroke_find_it);
    tcase_add_test(tests, a_bias_alone_finds_all_or_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}

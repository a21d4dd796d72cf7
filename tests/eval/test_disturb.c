/* SPDX-License-Identifier: MIT */
/* What befalls pictures: the same every time, more of it the stronger, and measured as the
 * disturbed images are read by hand. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "data/dataset.h"
#include "eval/disturb.h"
#include "explain_helpers.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "suite.h"

enum { IMAGES = 60 };

static struct err err;

/* The mean of how much a pixel differs, in bytes, over a set. */
static double differ(const struct dataset *set, enum disturb_kind kind, int strength)
{
    double sum = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        const uint8_t *pixels = set->pixels + (size_t)i * FIT_LEN;
        uint8_t out[FIT_LEN];
        disturb_image(kind, strength, 1, i, pixels, out);
        for (int k = 0; k < FIT_LEN; k++)
            sum += abs(out[k] - pixels[k]);
    }
    return sum / (set->count * FIT_LEN);
}

START_TEST(a_stronger_one_changes_more)
{
    enum disturb_kind kind = (enum disturb_kind)_i;
    struct dataset *set = explain_digits(IMAGES);
    double before = 0.2;
    for (int strength = 0; strength < DISTURB_STRENGTHS; strength++) {
        double now = differ(set, kind, strength);
        ck_assert_msg(now > 1.1 * before, "%s %d: %g after %g", disturb_name(kind), strength, now,
                      before);
        before = now;
    }
    ck_assert_double_lt(before, 100);
    dataset_free(set);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_picture_and_chance_another)
{
    enum disturb_kind kind = (enum disturb_kind)_i;
    bool by_chance = kind != DISTURB_THIN && kind != DISTURB_THICK && kind != DISTURB_BLUR &&
                     kind != DISTURB_CONTRAST;
    struct dataset *set = explain_digits(1);
    uint8_t first[FIT_LEN], again[FIT_LEN], other[FIT_LEN];
    int others = 0;
    disturb_image(kind, 1, 1, 5, set->pixels, first);
    disturb_image(kind, 1, 1, 5, set->pixels, again);
    ck_assert_mem_eq(first, again, sizeof first);
    for (uint32_t i = 6; i < 16; i++) {
        disturb_image(kind, 1, 1, i, set->pixels, other);
        others += memcmp(first, other, sizeof first) != 0;
    }
    ck_assert(by_chance ? others > 0 : others == 0);
    dataset_free(set);
}
END_TEST

static double sum_ink(const uint8_t *pixels)
{
    double sum = 0;
    for (int i = 0; i < FIT_LEN; i++)
        sum += pixels[i];
    return sum;
}

START_TEST(ink_is_kept_taken_or_added_as_the_name_says)
{
    struct dataset *set = explain_digits(IMAGES);
    for (uint32_t i = 0; i < IMAGES; i++) {
        const uint8_t *pixels = set->pixels + (size_t)i * FIT_LEN;
        double ink = sum_ink(pixels);
        uint8_t out[DISTURB_KINDS][FIT_LEN];
        for (int kind = 0; kind < DISTURB_KINDS; kind++)
            disturb_image((enum disturb_kind)kind, 1, 1, i, pixels, out[kind]);
        ck_assert_double_eq_tol(sum_ink(out[DISTURB_MOVED]), ink, 0.02 * ink);
        ck_assert_double_eq_tol(sum_ink(out[DISTURB_BLUR]), ink, 0.02 * ink);
        ck_assert_double_eq_tol(sum_ink(out[DISTURB_CONTRAST]), 0.4 * ink, 0.01 * ink);
        ck_assert_double_lt(sum_ink(out[DISTURB_THIN]), ink);
        ck_assert_double_gt(sum_ink(out[DISTURB_THICK]), ink);
        ck_assert_double_le(sum_ink(out[DISTURB_CUT]), ink);
        ck_assert_double_gt(sum_ink(out[DISTURB_LINE]), ink);
    }
    dataset_free(set);
}
END_TEST

/* One cell by hand: each image disturbed, and read by itself. */
static uint32_t count_correct(const struct nn *net, const struct dataset *set,
                              enum disturb_kind kind, int strength)
{
    struct nn_work *work = nn_work_new(net, kern_best(), 1, false, &err);
    uint32_t correct = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        uint8_t out[FIT_LEN];
        float x[FIT_LEN];
        disturb_image(kind, strength, 3, i, set->pixels + (size_t)i * FIT_LEN, out);
        fit_floats(out, 1, x);
        const float *answer = nn_predict(net, work, x, 1);
        int best = 0;
        for (int k = 1; k < 10; k++)
            if (answer[k] > answer[best])
                best = k;
        correct += best == set->labels[i];
    }
    nn_work_free(work);
    return correct;
}

START_TEST(the_table_is_what_reading_the_disturbed_images_says)
{
    struct nn *net = explain_builtin();
    struct dataset *set = explain_digits(IMAGES);
    struct pool *pool = pool_new(2, false, &err);
    struct disturb_result result;
    struct disturb_setup setup = {.net = net,
                                  .cost = NN_CROSS_ENTROPY,
                                  .kern = kern_best(),
                                  .pool = pool,
                                  .set = set,
                                  .seed = 3};
    ck_assert(disturb_measure(&setup, &result, &err));
    for (int kind = 0; kind < DISTURB_KINDS; kind++)
        for (int s = 0; s < DISTURB_STRENGTHS; s++) {
            ck_assert_uint_eq(result.figures[kind][s].count, IMAGES);
            ck_assert_uint_eq(result.figures[kind][s].correct,
                              count_correct(net, set, (enum disturb_kind)kind, s));
        }
    pool_free(pool);
    dataset_free(set);
    nn_free(net);
}
END_TEST

static bool stop_third(void *user, double part)
{
    int *calls = user;
    ck_assert(part >= 0 && part < 1);
    return ++*calls < 3;
}

START_TEST(measuring_gives_up_when_told_to)
{
    struct nn *net = explain_net("dense 10 softmax", 1);
    struct dataset *set = explain_digits(IMAGES);
    struct pool *pool = pool_new(1, false, &err);
    struct disturb_result result;
    int calls = 0;
    struct disturb_setup setup = {net, NN_CROSS_ENTROPY, kern_best(), pool, set,
                                  1,   stop_third,       &calls};
    ck_assert(!disturb_measure(&setup, &result, &err));
    ck_assert_str_eq(err.text, "");
    ck_assert_int_eq(calls, 3);
    pool_free(pool);
    dataset_free(set);
    nn_free(net);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("disturb");
    TCase *tests = tcase_create("disturb");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, a_stronger_one_changes_more, 0, DISTURB_KINDS);
    tcase_add_loop_test(tests, the_same_seed_gives_the_same_picture_and_chance_another, 0,
                        DISTURB_KINDS);
    tcase_add_test(tests, ink_is_kept_taken_or_added_as_the_name_says);
    tcase_add_test(tests, the_table_is_what_reading_the_disturbed_images_says);
    tcase_add_test(tests, measuring_gives_up_when_told_to);
    suite_add_tcase(suite, tests);
    return suite;
}

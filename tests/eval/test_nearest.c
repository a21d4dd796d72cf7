/* SPDX-License-Identifier: MIT */
/* The images most like a picture, against comparing all of them by hand. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "data/dataset.h"
#include "eval/hidden.h"
#include "eval/nearest.h"
#include "explain_helpers.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "suite.h"

enum { IMAGES = 2100, FOUND = 9, HIDDEN = 40 };

static struct err err;

static const char words[] = "conv 5 5x5 stride 3 norm tanh, dense 40 tanh, dense 10 softmax";

static struct nearest *read_set(const struct nn *net, const struct dataset *set, int threads)
{
    struct pool *pool = pool_new(threads, false, &err);
    struct nearest *nearest =
        nearest_new(&(struct hidden_setup){net, kern_best(), pool, set, NULL, NULL}, &err);
    ck_assert_msg(nearest != NULL, "%s", err.text);
    pool_free(pool);
    return nearest;
}

static double cosine_of(const float *a, const float *b, int len)
{
    double ab = 0, aa = 0, bb = 0;
    for (int i = 0; i < len; i++) {
        ab += (double)a[i] * (double)b[i];
        aa += (double)a[i] * (double)a[i];
        bb += (double)b[i] * (double)b[i];
    }
    return ab / sqrt(aa * bb);
}

/* By hand: layer 1 of every image by itself. */
static void compare_all(const struct nn *net, const struct dataset *set, const float *x,
                        double *cosines)
{
    struct nn_work *work = nn_work_new(net, kern_best(), 1, false, &err);
    float mine[HIDDEN], other[FIT_LEN];
    memcpy(mine, nn_layer_out(net, work, x, 1), sizeof mine);
    for (uint32_t i = 0; i < set->count; i++) {
        explain_picture(set, i, other);
        cosines[i] = cosine_of(mine, nn_layer_out(net, work, other, 1), HIDDEN);
    }
    nn_work_free(work);
}

START_TEST(the_nearest_are_those_that_comparing_all_by_hand_finds)
{
    static double cosines[IMAGES];
    struct nn *net = explain_net(words, 2);
    struct dataset *set = explain_digits(IMAGES);
    struct nearest *nearest = read_set(net, set, _i);
    struct nearest_hit hits[FOUND];
    float x[FIT_LEN];
    explain_picture(set, IMAGES - 1, x);
    for (int i = 0; i < FIT_LEN; i++)
        x[i] *= 0.8f;
    compare_all(net, set, x, cosines);
    ck_assert_int_eq(nearest_find(nearest, net, x, FOUND, hits), FOUND);
    for (int k = 0; k < FOUND; k++) {
        ck_assert_double_eq_tol((double)hits[k].cosine, cosines[hits[k].image], 0.01);
        ck_assert(k == 0 || hits[k].cosine <= hits[k - 1].cosine);
        int better = 0;
        for (int i = 0; i < IMAGES; i++)
            better += cosines[i] > cosines[hits[k].image] + 0.01;
        ck_assert_int_le(better, k);
    }
    ck_assert_uint_eq(hits[0].image, IMAGES - 1);
    nearest_free(nearest);
    dataset_free(set);
    nn_free(net);
}
END_TEST

START_TEST(without_a_hidden_layer_pictures_are_compared)
{
    struct nn *net = explain_net("dense 10 softmax", 2);
    struct dataset *set = explain_digits(20);
    memcpy(set->pixels + 5 * FIT_LEN, set->pixels + 17 * FIT_LEN, FIT_LEN);
    struct nearest *nearest = read_set(net, set, 1);
    struct nearest_hit hits[30];
    float x[FIT_LEN], other[FIT_LEN];
    explain_picture(set, 17, x);
    ck_assert_int_eq(nearest_find(nearest, net, x, 30, hits), 20);
    ck_assert_uint_eq(hits[0].image, 5); /* of equals the first */
    ck_assert_uint_eq(hits[1].image, 17);
    ck_assert_float_eq_tol(hits[0].cosine, 1, 1e-3f);
    explain_picture(set, hits[19].image, other);
    ck_assert_double_eq_tol((double)hits[19].cosine, cosine_of(x, other, FIT_LEN), 0.01);
    ck_assert_uint_eq(nearest_size(nearest), 20 * (FIT_LEN + sizeof(float)));
    nearest_free(nearest);
    dataset_free(set);
    nn_free(net);
}
END_TEST

START_TEST(an_empty_picture_is_like_nothing)
{
    struct nn *net = explain_net("dense 10 softmax", 2);
    struct dataset *set = explain_digits(3);
    memset(set->pixels, 0, FIT_LEN);
    struct nearest *nearest = read_set(net, set, 1);
    struct nearest_hit hits[3];
    float x[FIT_LEN] = {0};
    ck_assert_int_eq(nearest_find(nearest, net, x, 3, hits), 3);
    for (int i = 0; i < 3; i++) {
        ck_assert_uint_eq(hits[i].image, (uint32_t)i);
        ck_assert_float_eq(hits[i].cosine, 0);
    }
    nearest_free(nearest);
    dataset_free(set);
    nn_free(net);
}
END_TEST

static bool stop_second(void *user, double part)
{
    int *calls = user;
    ck_assert(part >= 0 && part < 1);
    return ++*calls < 2;
}

START_TEST(reading_the_set_gives_up_when_told_to)
{
    struct nn *net = explain_net(words, 2);
    struct dataset *set = explain_digits(IMAGES);
    struct pool *pool = pool_new(1, false, &err);
    int calls = 0;
    struct hidden_setup setup = {net, kern_best(), pool, set, stop_second, &calls};
    ck_assert_ptr_null(nearest_new(&setup, &err));
    ck_assert_str_eq(err.text, "");
    ck_assert_int_eq(calls, 2);
    struct nn *gate = explain_net("input 2, dense 1 sigmoid", 1);
    setup.net = gate;
    ck_assert_ptr_null(nearest_new(&setup, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "784"));
    pool_free(pool);
    nn_free(gate);
    dataset_free(set);
    nn_free(net);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("nearest");
    TCase *tests = tcase_create("nearest");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, the_nearest_are_those_that_comparing_all_by_hand_finds, 1, 3);
    tcase_add_test(tests, without_a_hidden_layer_pictures_are_compared);
    tcase_add_test(tests, an_empty_picture_is_like_nothing);
    tcase_add_test(tests, reading_the_set_gives_up_when_told_to);
    suite_add_tcase(suite, tests);
    return suite;
}

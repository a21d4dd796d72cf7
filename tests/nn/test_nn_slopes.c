/* SPDX-License-Identifier: MIT */
/* The slopes of the last sums by the sample, against central differences. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "suite.h"

enum { ROWS = 3, SUMS_MAX = 64, IN_MAX = 512 };

static struct err err;

/* A network that has been somewhere: norms with means and scales of their own. */
static struct nn *make_net(const char *words)
{
    struct nn *net = nn_new(words, &err);
    ck_assert_msg(net != NULL, "%s", err.text);
    nn_init(net, NN_START_AUTO, 5);
    struct rng rng = rng_new(9, 0);
    for (int i = 0; i < nn_tensor_count(net); i++) {
        const struct nn_tensor *t = nn_tensor(net, i);
        for (size_t k = 0; k < t->len; k++)
            if (t->role != NN_WEIGHT)
                nn_params(net)[t->at + k] += rng_range(&rng, 0.05f, 0.4f);
    }
    return net;
}

/* sum_j dz[j] z_j, as the network reads. */
static double weigh(const struct nn *net, struct nn_work *work, const float *x, const float *dz)
{
    const float *z = nn_sums(net, work, x, 1);
    double sum = 0;
    for (int j = 0; j < nn_out_len(net); j++)
        sum += (double)dz[j] * (double)z[j];
    return sum;
}

/* Where the differences to the left and to the right are not the same, there is a corner between
 * them, and no slope to be compared. Returns whether there was one. */
static bool compare(const struct nn *net, struct nn_work *work, float *x, int i, const float *dz,
                    float slope)
{
    static const float step = 4e-3f;
    float here = x[i];
    double middle = weigh(net, work, x, dz);
    x[i] = here + step;
    double right = (weigh(net, work, x, dz) - middle) / (double)step;
    x[i] = here - step;
    double left = (middle - weigh(net, work, x, dz)) / (double)step;
    x[i] = here;
    if (fabs(right - left) > 3e-3 * (1 + fabs(right)))
        return false;
    ck_assert_msg(fabs((right + left) / 2 - (double)slope) < 3e-3 * (1 + fabs((double)slope)),
                  "%s: place %d: %g, not %g", nn_words(net), i, (double)slope, (right + left) / 2);
    return true;
}

static void check_slopes(const char *words, const struct kern *kern)
{
    static float x[IN_MAX], dz[ROWS * SUMS_MAX], dx[ROWS * IN_MAX];
    struct nn *net = make_net(words);
    struct nn_work *work = nn_work_new(net, kern, ROWS, true, &err);
    ck_assert_ptr_nonnull(work);
    struct rng rng = rng_new(3, 1);
    int in = nn_in_len(net), out = nn_out_len(net), compared = 0;
    double sum = 0;
    for (int i = 0; i < in; i++)
        x[i] = rng_range(&rng, 0, 1);
    for (int i = 0; i < ROWS * out; i++)
        dz[i] = rng_range(&rng, -1, 1);
    nn_begin_slopes(net, work, x);
    nn_slopes(net, work, x, dz, ROWS, dx);
    for (int row = 0; row < ROWS; row++)
        for (int i = 0; i < in; i++) {
            float slope = dx[row * in + i];
            compared += compare(net, work, x, i, dz + row * out, slope);
            sum += fabs((double)slope);
        }
    ck_assert_int_gt(compared, ROWS * in * 3 / 4);
    ck_assert_double_gt(sum, 0.01 * ROWS * in);
    nn_work_free(work);
    nn_free(net);
}

static const char *const networks[] = {
    "input 30, dense 12 sigmoid, dense 10 sigmoid",
    "input 30, dense 12 tanh, dropout 0.5, dense 10 softmax",
    "input 30, dense 12 norm relu, dense 10",
    "input 9x9, conv 6 3x3 tanh, dense 10 softmax",
    "input 9x8x3, conv 5 3x3 stride 2 pad 1 norm sigmoid, dense 10",
    "input 8x8, maxpool 2, dense 8 sigmoid, dense 10 softmax",
    "input 9x9, conv 6 3x3 tanh, maxpool 3 stride 2, dense 10 softmax",
    "input 12x12, conv 8 5x5 pad 2 relu, maxpool 2, conv 9 3x3 norm relu, maxpool 2, dropout 0.3, "
    "dense 20 norm relu, dense 10 softmax",
    "input 20, dense 10",
};

START_TEST(slopes_are_those_of_central_differences)
{
    for (int k = 0; kern_at(k); k++)
        check_slopes(networks[_i], kern_at(k));
}
END_TEST

/* The sums, put through the last activation by hand, are the answers. */
START_TEST(the_last_sums_make_the_answer)
{
    static const char words[] = "input 12x12, conv 8 5x5 pad 2 relu, maxpool 2, dense 10 softmax";
    struct nn *net = make_net(words);
    struct nn_work *work = nn_work_new(net, kern_best(), 4, true, &err);
    float x[4 * 144], z[40];
    struct rng rng = rng_new(4, 1);
    for (int i = 0; i < 4 * 144; i++)
        x[i] = rng_range(&rng, 0, 1);
    nn_pack(net, work);
    memcpy(z, nn_sums(net, work, x, 4), sizeof z);
    const float *alone = nn_begin_slopes(net, work, x + 144);
    for (int j = 0; j < 10; j++)
        ck_assert_float_eq_tol(alone[j], z[10 + j], 1e-5f);
    const float *answer = nn_predict(net, work, x, 4);
    for (int i = 0; i < 4; i++) {
        double sum = 0;
        for (int j = 0; j < 10; j++)
            sum += exp((double)z[10 * i + j]);
        for (int j = 0; j < 10; j++)
            ck_assert_double_eq_tol((double)answer[10 * i + j], exp((double)z[10 * i + j]) / sum,
                                    1e-6);
    }
    nn_work_free(work);
    nn_free(net);
}
END_TEST

START_TEST(the_last_layer_is_given_what_the_one_before_it_gives)
{
    struct nn *net = make_net("input 20, dense 7 tanh, dense 10 softmax");
    struct nn *single = make_net("input 20, dense 10 softmax");
    struct nn_work *work = nn_work_new(net, kern_best(), 2, false, &err);
    struct nn_work *other = nn_work_new(single, kern_best(), 2, false, &err);
    float x[40], hidden[14];
    int len;
    for (int i = 0; i < 40; i++)
        x[i] = (float)i / 40;
    nn_predict(net, work, x, 2);
    memcpy(hidden, nn_last_hidden(net, work, x, &len), sizeof hidden);
    ck_assert_int_eq(len, 7);
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 7; k++)
            ck_assert_float_eq_tol(nn_layer_out(net, work, x + 20 * i, 0)[k], hidden[7 * i + k],
                                   1e-6f);
    nn_predict(single, other, x, 2);
    ck_assert_ptr_eq(nn_last_hidden(single, other, x, &len), x);
    ck_assert_int_eq(len, 20);
    nn_work_free(work);
    nn_work_free(other);
    nn_free(net);
    nn_free(single);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("nn_slopes");
    TCase *tests = tcase_create("slopes");
    tcase_add_loop_test(tests, slopes_are_those_of_central_differences, 0,
                        sizeof networks / sizeof *networks);
    tcase_add_test(tests, the_last_sums_make_the_answer);
    tcase_add_test(tests, the_last_layer_is_given_what_the_one_before_it_gives);
    suite_add_tcase(suite, tests);
    return suite;
}

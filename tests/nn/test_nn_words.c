/* SPDX-License-Identifier: MIT */
/* Networks from words, and perceptrons from gates. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "gates.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "must.h"
#include "suite.h"

static struct err err;

/* ---- words --------------------------------------------------------------------------------- */

START_TEST(words_have_one_canonical_form)
{
    static const char *pairs[][2] = {
        {"784-30-10", "784-30-10"},
        {" 784-30-10\n", "784-30-10"},
        {"784,30,10", "784-30-10"},
        {"784; 30; 10", "784-30-10"},
        {"[784, 30, 10]", "784-30-10"},
        {"( 784,30,10 )", "784-30-10"},
        {"784\u201330\u201310", "784-30-10"},
        {"784 \u2014 30 \u2212 10", "784-30-10"},
        {"784x30x10", "784-30-10"},
        {"784 \u00d7 30 \u00d7 10", "784-30-10"},
        {"784 30\t10", "784-30-10"},
        {"784 -> 30 \u2192 10", "784-30-10"},
        {"784\u00a0- 30 -10", "784-30-10"},
        {"784,\n30,\n10\n", "784-30-10"},
        {"input 784, dense 30 sigmoid; dense 10 sigmoid", "784-30-10"},
        {"DENSE 10 Softmax", "dense 10 softmax"},
        {"conv 16 5×5 relu\npool 2\ndense 10 softmax",
         "conv 16 5x5 relu, maxpool 2, dense 10 softmax"},
        {"conv 4 3 stride 2 pad 1 norm relu, dropout 0.25, dense 10",
         "conv 4 3x3 stride 2 pad 1 norm relu, dropout 0.25, dense 10"},
        {"input 6x6, maxpool 3 stride 2, dense 2 tanh",
         "input 6x6, maxpool 3 stride 2, dense 2 tanh"},
        {"input 28x28x1, dense 3 step", "dense 3 step"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct nn *net = must_build(pairs[i][0]);
        ck_assert_str_eq(nn_words(net), pairs[i][1]);
        nn_free(net);
    }
}
END_TEST

START_TEST(a_wrong_word_is_quoted)
{
    static const char *pairs[][2] = {
        {"dens 10", "\"dens\" is not understood; did you mean dense?"},
        {"dense 10 rleu", "\"rleu\" is not understood; did you mean relu?"},
        {"cnov 8 3x3", "did you mean conv?"},
        {"conv 8 3x3 strid 2, dense 10", "did you mean stride?"},
        {"conv 8 3x3 norn relu, dense 10", "did you mean norm?"},
        {"dense 10 pad", "\"pad\" is not understood: the layer should end here"},
        {"dense 10 xy", "\"xy\" is not understood: the layer should end here"},
        {"frog 10", "\"frog\" is not understood: a layer begins with"},
        {"dense ten", "\"ten\""},
        {"dense 10 sofmax", "\"sofmax\""},
        {"conv 16 relu", "\"relu\""},
        {"conv 16 5x5 stride 0", "\"0\""},
        {"dropout 1.5, dense 10", "\"1.5\""},
        {"dense 30 softmax, dense 10", "\"softmax\""},
        {"conv 16 29x29", "\"conv 16 29x29\""},
        {"maxpool 2", "\"maxpool\""},
        {"784-0-10", "\"0-10\""},
        {"dense 10, input 5", "\"input\""},
        {"dense 1000000, dense 1000000", "too large"},
        {"784--10", "\"784--10\""},
        {"[784, 30, 10", "\"[784\""},
        {"[784, 30)", "\"[784\""},
        {"784, 30, 10,,", "\"784\""},
        {"784, -30", "\"784\""},
        {"784", "\"784\""},
        {"conv 1 255x255 pad 255, dense 10", "5.2 billion multiplications"},
        {"conv 8 29x29 pad 128, conv 1 64x64 stride 9, conv 8 29x29 pad 128, conv 1 29x29, "
         "dense 10",
         "With \"conv 1 29x29\" the network takes"},
        {"input 1000x1000, maxpool 255 stride 1, dense 10", "With \"maxpool 255 stride 1\""},
        {"conv 8192 28x28, conv 10 1x1 stride 255 pad 255, dense 10",
         "\"conv 10 1x1 stride 255 pad 255\" takes most of the 8.6 GB"},
        {"input 1024, dense 65536, dense 10", "\"dense 65536\" makes the network too large"},
        {"dense", "too early"},
        {"", "no layers"},
        {"dense 99999999999999999999", "\"99999999999999999999\""},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        ck_assert_msg(nn_new(pairs[i][0], &err) == NULL, "%s is taken", pairs[i][0]);
        ck_assert_msg(strstr(err.text, pairs[i][1]) != NULL, "%s: %s", pairs[i][0], err.text);
    }
}
END_TEST

START_TEST(scratch_is_counted_before_it_is_taken)
{
    struct nn *net = must_build("conv 64 3x3 pad 1 relu, conv 64 3x3 pad 1 relu, dense 10 softmax");
    ck_assert_uint_lt(nn_work_len(net, kern_best(), 1, false),
                      nn_work_len(net, kern_best(), 2, false));
    ck_assert_uint_gt(nn_work_len(net, kern_best(), 4096, true), NN_WORK_MAX);
    ck_assert_ptr_null(nn_work_new(net, kern_best(), 4096, true, &err));
    ck_assert_msg(strstr(err.text, "use a smaller mini-batch") != NULL, "%s", err.text);
    nn_free(net);
}
END_TEST

START_TEST(random_words_never_crash)
{
    static const char *bits[] = {"dense",   "conv",  "maxpool", "dropout", "input", "10",
                                 "5x5",     "0",     "stride",  "pad",     "norm",  "relu",
                                 "softmax", ",",     ";",       "\n",      "-",     "784-30-10",
                                 "x",       "28x28", "0.5",     "99999",   "×",     "\xff"};
    struct rng rng = rng_new(1, 2);
    int built = 0;
    for (int i = 0; i < 20000; i++) {
        char words[2048] = "";
        for (uint32_t n = rng_below(&rng, 14); n > 0; n--) {
            strcat(words, bits[rng_below(&rng, sizeof bits / sizeof *bits)]);
            strcat(words, " ");
        }
        struct nn *net = nn_new(words, &err);
        built += net != NULL;
        nn_free(net);
    }
    ck_assert_int_gt(built, 10);
}
END_TEST

START_TEST(layers_know_their_shapes_and_costs)
{
    struct nn *net = must_build("conv 16 5x5 stride 2 norm relu, maxpool 2, dense 10 softmax");
    ck_assert_int_eq(nn_layer_count(net), 3);
    const struct nn_layer *conv = nn_layer(net, 0), *dense = nn_layer(net, 2);
    ck_assert_str_eq(conv->words, "conv 16 5x5 stride 2 norm relu");
    ck_assert_int_eq(conv->out.rows, 12);
    ck_assert_int_eq(conv->out.channels, 16);
    ck_assert_uint_eq(conv->params, 5 * 5 * 16 + 2 * 16);
    ck_assert_uint_eq(conv->multiplications, 12 * 12 * 25 * 16);
    ck_assert_uint_eq(dense->params, 6 * 6 * 16 * 10 + 10);
    ck_assert_str_eq(nn_tensor(net, 0)->name, "1.weight");
    ck_assert_uint_eq(nn_param_len(net), 400 + 64 + 5770);
    nn_free(net);
}
END_TEST

/* ---- perceptrons --------------------------------------------------------------------------- */

START_TEST(gates_compute_their_truth_tables)
{
    static const float x[8] = {0, 0, 0, 1, 1, 0, 1, 1};
    static const float truth[3][4] = {{0, 0, 0, 1}, {0, 1, 1, 1}, {1, 1, 1, 0}};
    struct nn *net = gate_new((enum gate)_i, &err);
    struct nn_work *work = must_work(net, kern_best(), 4);
    ck_assert_mem_eq(nn_predict(net, work, x, 4), truth[_i], sizeof truth[_i]);
    nn_work_free(work);
    nn_free(net);
}
END_TEST

START_TEST(a_half_adder_of_nands_adds)
{
    static const float x[8] = {0, 0, 0, 1, 1, 0, 1, 1}, sums[8] = {0, 0, 1, 0, 1, 0, 0, 1};
    struct nn *net = gate_half_adder(&err);
    struct nn_work *work = must_work(net, kern_best(), 4);
    ck_assert_mem_eq(nn_predict(net, work, x, 4), sums, sizeof sums);
    nn_work_free(work);
    nn_free(net);
}
END_TEST

START_TEST(a_perceptron_says_why_it_cannot_be_trained)
{
    struct nn *net = must_build("dense 30 step, dense 10 sigmoid");
    ck_assert(!nn_can_learn(net, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "\"dense 30 step\""));
    ck_assert_ptr_nonnull(strstr(err.text, "gradient descent"));
    nn_free(net);
    net = must_build("784-30-10");
    ck_assert(nn_can_learn(net, &err));
    ck_assert(nn_cost_fits(net, NN_CROSS_ENTROPY, &err));
    nn_free(net);
    net = must_build("dense 10 tanh");
    ck_assert(nn_cost_fits(net, NN_QUADRATIC, &err));
    ck_assert(!nn_cost_fits(net, NN_CROSS_ENTROPY, &err));
    nn_free(net);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("nn_words");
    TCase *t = tcase_create("words");
    tcase_set_timeout(t, 120);
    tcase_add_test(t, words_have_one_canonical_form);
    tcase_add_test(t, a_wrong_word_is_quoted);
    tcase_add_test(t, scratch_is_counted_before_it_is_taken);
    tcase_add_test(t, random_words_never_crash);
    tcase_add_test(t, layers_know_their_shapes_and_costs);
    tcase_add_loop_test(t, gates_compute_their_truth_tables, 0, 3);
    tcase_add_test(t, a_half_adder_of_nands_adds);
    tcase_add_test(t, a_perceptron_says_why_it_cannot_be_trained);
    suite_add_tcase(suite, t);
    return suite;
}

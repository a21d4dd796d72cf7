/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "gates.h"
#include "golden/tiny_network.h"
#include "kern/kern.h"
#include "nn/dense_sgd.h"
#include "nn/nn.h"
#include "nn/optim.h"
#include "must.h"
#include "suite.h"

static struct err err;

static float *random_floats(size_t len, uint64_t seed)
{
    float *x = malloc(len * sizeof *x);
    struct rng rng = rng_new(seed, 0);
    for (size_t i = 0; i < len; i++)
        x[i] = rng_normal(&rng);
    return x;
}

/* ---- numbers ------------------------------------------------------------------------------- */

static const char *tiny_words =
    "input 6x6, conv 2 3x3 pad 1 norm relu, maxpool 2, dense 4 tanh, dense 3 softmax";

START_TEST(a_tiny_network_agrees_with_numpy)
{
    const struct kern *kern = kern_at(_i);
    struct nn *net = must_build(tiny_words);
    struct nn_work *work = must_work(net, kern, 2);
    float x[72];
    const float y[6] = {1, 0, 0, 0, 0.25f, 0.75f};
    for (int i = 0; i < 72; i++)
        x[i] = cosf(0.3f * (float)i);
    for (size_t i = 0; i < nn_param_len(net); i++)
        nn_params(net)[i] = (float)(0.5 * sin(1.0 + 0.7 * (double)i));
    double cost = nn_gradient(net, work, NN_CROSS_ENTROPY, x, y, 2, 0);
    ck_assert_double_eq_tol(cost, golden_cost, 1e-4);
    ck_assert_uint_eq(nn_param_len(net), sizeof golden_gradient / sizeof *golden_gradient);
    const float *answer = nn_answers(net, work);
    for (int i = 0; i < 6; i++)
        ck_assert_float_eq_tol(answer[i], golden_answers[i], 1e-5f);
    for (size_t i = 0; i < nn_param_len(net); i++)
        if (i < 22 || i >= 26) /* the mean and the variance are no gradients */
            ck_assert_float_eq_tol(nn_work_gradient(work)[i], golden_gradient[i], 2e-4f);
    nn_work_free(work);
    nn_free(net);
}
END_TEST

static const struct {
    const char *words;
    enum nn_cost cost;
    double tolerance; /* kinks of relu and maxpool make central differences coarser */
} gradient_cases[] = {
    {"input 7, dense 5 sigmoid, dense 3 sigmoid", NN_QUADRATIC, 2e-3},
    {"input 7, dense 5 sigmoid, dense 3 sigmoid", NN_CROSS_ENTROPY, 2e-3},
    {"input 7, dense 5 tanh, dense 3 softmax", NN_CROSS_ENTROPY, 2e-3},
    {"input 7, dense 5 tanh, dense 3 softmax", NN_QUADRATIC, 2e-3},
    {"input 7, dense 5, dense 3", NN_QUADRATIC, 2e-3},
    {"input 7, dense 9 relu, dense 3 softmax", NN_CROSS_ENTROPY, 2e-2},
    {"input 7, dense 6 norm tanh, dense 3 softmax", NN_CROSS_ENTROPY, 5e-3},
    {"input 7, dense 8 sigmoid, dropout 0.3, dense 3 softmax", NN_CROSS_ENTROPY, 5e-3},
    {"input 8x9, conv 3 3x2 tanh, dense 3 softmax", NN_CROSS_ENTROPY, 2e-3},
    {"input 8x9x2, conv 3 3x3 pad 2 tanh, dense 3 softmax", NN_CROSS_ENTROPY, 2e-3},
    {"input 9x9x2, conv 3 4x3 stride 2 pad 1 tanh, conv 5 3x3 stride 3 pad 1 tanh, dense 3",
     NN_QUADRATIC, 4e-3},
    {"input 7x8x2, conv 3 3x3 norm tanh, conv 2 2x2 norm sigmoid, dense 3 softmax",
     NN_CROSS_ENTROPY, 8e-3},
    {"input 8x8, conv 3 3x3 tanh, maxpool 2, dense 3 softmax", NN_CROSS_ENTROPY, 6e-2},
    {"input 9x8x2, conv 3 3x3 relu, maxpool 2, conv 4 2x2 pad 1 relu, maxpool 2, dense 3",
     NN_QUADRATIC, 5e-2},
    {"input 9x9, conv 3 3x3 pad 1 tanh, maxpool 3 stride 2, dense 3", NN_QUADRATIC, 3e-2},
};

struct batch {
    enum nn_cost cost;
    const float *x, *y;
    int count;
};

/* The cost with weight i moved by `by`. */
static double cost_beside(struct nn *net, struct nn_work *work, const struct batch *b, size_t i,
                          float by)
{
    float *w = nn_params(net), keep = w[i];
    w[i] = keep + by;
    double cost = nn_gradient(net, work, b->cost, b->x, b->y, b->count, 5);
    w[i] = keep;
    return cost;
}

/* |numeric - analytic| / |analytic| over a tensor's weights, in the Euclidean norm; a gradient of
 * zeros, which would agree with everything flat, is no agreement. */
static double tensor_error(struct nn *net, struct nn_work *work, const struct batch *b,
                           const struct nn_tensor *tensor, const float *grad)
{
    const float step = 1.5e-3f;
    double diff = 0, size = 0;
    for (size_t i = tensor->at; i < tensor->at + tensor->len; i++) {
        double high = cost_beside(net, work, b, i, step), low = cost_beside(net, work, b, i, -step);
        double numeric = (high - low) / (2 * (double)step);
        diff += (numeric - (double)grad[i]) * (numeric - (double)grad[i]);
        size += (double)grad[i] * (double)grad[i];
    }
    return size > 1e-6 ? sqrt(diff / size) : INFINITY;
}

static void compare_gradients(struct nn *net, struct nn_work *work, const struct batch *b,
                              double tolerance, const char *table)
{
    size_t size = nn_param_len(net) * sizeof(float);
    float *grad = malloc(size);
    nn_gradient(net, work, b->cost, b->x, b->y, b->count, 5);
    memcpy(grad, nn_work_gradient(work), size);
    for (int t = 0; t < nn_tensor_count(net); t++) {
        const struct nn_tensor *tensor = nn_tensor(net, t);
        if (tensor->role == NN_STAT)
            continue;
        double error = tensor_error(net, work, b, tensor, grad);
        ck_assert_msg(error < tolerance, "%s, %s, tensor %s: %g", nn_words(net), table,
                      tensor->name, error);
    }
    free(grad);
}

START_TEST(gradients_agree_with_finite_differences)
{
    struct nn *net = must_build(gradient_cases[_i].words);
    enum { COUNT = 5 };
    for (int k = 0; kern_at(k); k++) {
        struct nn_work *work = must_work(net, kern_at(k), COUNT);
        nn_init(net, NN_START_AUTO, 3);
        float *x = random_floats((size_t)(COUNT * nn_in_len(net)), 4), y[COUNT * 3] = {0};
        for (int i = 0; i < COUNT; i++)
            y[3 * i + i % 3] = 1;
        const struct batch batch = {gradient_cases[_i].cost, x, y, COUNT};
        compare_gradients(net, work, &batch, gradient_cases[_i].tolerance, kern_at(k)->name);
        nn_work_free(work);
        free(x);
    }
    nn_free(net);
}
END_TEST

/* What a nn_work that has run before answers, against one that has not. */
static void expect_fresh_answers(const struct nn *net, struct nn_work *work, const float *x,
                                 int count)
{
    struct nn_work *fresh = must_work(net, kern_best(), 4);
    size_t size = (size_t)(count * nn_out_len(net)) * sizeof(float);
    ck_assert_mem_eq(nn_predict(net, work, x, count), nn_predict(net, fresh, x, count), size);
    nn_work_free(fresh);
}

START_TEST(packed_weights_predict_as_those_that_are_not)
{
    struct nn *net = must_build("input 12x12, conv 16 3x3 relu, conv 16 3x3 relu, maxpool 2, "
                                "conv 20 3x3 stride 2 relu, dense 3");
    struct nn_work *work = nn_work_new(net, kern_best(), 4, true, &err);
    float *x = random_floats(4 * 144, 1), y[3] = {1};
    nn_init(net, NN_START_AUTO, 1);
    nn_pack(net, work);
    nn_predict(net, work, x, 1);
    expect_fresh_answers(net, work, x, 4);
    for (int i = 0; i < 50; i++)
        nn_params(net)[i] += 0.5f;
    nn_pack(net, work);
    expect_fresh_answers(net, work, x, 2);
    nn_layer_out(net, work, x, 2);
    expect_fresh_answers(net, work, x, 2);
    nn_gradient(net, work, NN_QUADRATIC, x, y, 1, 0);
    for (int i = 0; i < 50; i++)
        nn_params(net)[i] -= 0.25f;
    expect_fresh_answers(net, work, x, 3);

    nn_pack(net, work);
    struct nn *other = nn_copy(net, &err);
    nn_init(other, NN_START_AUTO, 2);
    expect_fresh_answers(other, work, x, 2);
    expect_fresh_answers(net, work, x, 2);
    nn_free(other);
    nn_work_free(work);
    nn_free(net);
    free(x);
}
END_TEST

START_TEST(one_sample_at_a_time_predicts_as_many_do)
{
    struct nn *net = must_build("conv 5 5x5 stride 2 norm relu, maxpool 2, dense 10 softmax");
    enum { COUNT = 7 };
    float *x = random_floats(COUNT * 784, 9);
    nn_init(net, NN_START_AUTO, 1);
    for (int k = 0; kern_at(k); k++) {
        struct nn_work *many = must_work(net, kern_at(k), COUNT);
        struct nn_work *one = nn_work_new(net, kern_at(k), 1, false, &err);
        const float *all = nn_predict(net, many, x, COUNT);
        for (int i = 0; i < COUNT; i++) {
            const float *answer = nn_predict(net, one, x + 784 * i, 1);
            for (int j = 0; j < 10; j++)
                ck_assert_float_eq_tol(answer[j], all[10 * i + j], 1e-5f);
        }
        nn_work_free(one);
        nn_work_free(many);
    }
    free(x);
    nn_free(net);
}
END_TEST

START_TEST(the_book_starts_from_a_standard_normal)
{
    struct nn *net = must_build("784-100-10");
    nn_init(net, NN_START_BOOK, 7);
    double sum = 0, squares = 0;
    size_t len = nn_param_len(net);
    for (size_t i = 0; i < len; i++) {
        sum += (double)nn_weights(net)[i];
        squares += (double)nn_weights(net)[i] * (double)nn_weights(net)[i];
    }
    ck_assert_double_eq_tol(sum / (double)len, 0, 0.02);
    ck_assert_double_eq_tol(squares / (double)len, 1, 0.02);
    struct nn *again = nn_copy(net, &err);
    nn_init(again, NN_START_BOOK, 7);
    ck_assert_mem_eq(nn_weights(net), nn_weights(again), len * sizeof(float));
    nn_init(again, NN_START_BOOK, 8);
    ck_assert_mem_ne(nn_weights(net), nn_weights(again), len * sizeof(float));
    nn_free(again);
    nn_free(net);
}
END_TEST

START_TEST(dropout_drops_only_while_learning)
{
    struct nn *net = must_build("input 4, dropout 0.5, dense 2 softmax");
    struct nn_work *work = must_work(net, kern_best(), 1);
    nn_init(net, NN_START_AUTO, 1);
    const float x[4] = {1, 2, 3, 4}, y[2] = {1, 0};
    float first = nn_predict(net, work, x, 1)[0];
    ck_assert_float_eq(first, nn_predict(net, work, x, 1)[0]);
    double a = nn_gradient(net, work, NN_CROSS_ENTROPY, x, y, 1, 1);
    int same = 0;
    for (uint64_t seed = 2; seed < 22; seed++)
        same += nn_gradient(net, work, NN_CROSS_ENTROPY, x, y, 1, seed) == a;
    ck_assert_int_lt(same, 12);
    ck_assert_double_eq(a, nn_gradient(net, work, NN_CROSS_ENTROPY, x, y, 1, 1));
    nn_work_free(work);
    nn_free(net);
}
END_TEST

/* ---- learning ------------------------------------------------------------------------------ */

static const struct optim_spec optimisers[] = {
    {.kind = OPTIM_SGD},
    {.kind = OPTIM_MOMENTUM, .beta1 = 0.9f},
    {.kind = OPTIM_ADAM, .beta1 = 0.9f, .beta2 = 0.999f},
};
static const float optimiser_rates[] = {4, 0.5f, 0.05f};

/* A step in one part. */
static void take_step(struct optim *optim, const struct kern *kern, struct nn *net,
                      const float *grad, int count, float rate)
{
    optim_begin_step(optim);
    optim_step_range(optim, kern, net, grad, count, rate, 0, nn_param_len(net));
}

START_TEST(every_optimiser_learns_xor)
{
    static const float x[8] = {0, 0, 0, 1, 1, 0, 1, 1}, y[4] = {0, 1, 1, 0};
    struct nn *net = must_build("input 2, dense 8 tanh, dense 1 sigmoid");
    struct nn_work *work = must_work(net, kern_best(), 4);
    struct optim *optim = optim_new(net, optimisers[_i], &err);
    nn_init(net, NN_START_AUTO, 2);
    for (int i = 0; i < 1500; i++) {
        nn_gradient(net, work, NN_CROSS_ENTROPY, x, y, 4, 0);
        take_step(optim, kern_best(), net, nn_work_gradient(work), 4, optimiser_rates[_i] / 4);
    }
    const float *answer = nn_predict(net, work, x, 4);
    for (int i = 0; i < 4; i++)
        ck_assert_float_eq_tol(answer[i], y[i], 0.1f);
    ck_assert_uint_eq(optim_steps(optim), 1500);
    optim_free(optim);
    nn_work_free(work);
    nn_free(net);
}
END_TEST

/* The largest distance of two weights, as a part of the largest step from where they began. */
static float step_difference(const struct nn *begin, const struct nn *a, const struct nn *b)
{
    float most = 0, apart = 0;
    for (size_t i = 0; i < nn_param_len(begin); i++) {
        most = fmaxf(most, fabsf(nn_weights(a)[i] - nn_weights(begin)[i]));
        apart = fmaxf(apart, fabsf(nn_weights(a)[i] - nn_weights(b)[i]));
    }
    ck_assert_float_gt(most, 1e-4f);
    return apart / most;
}

/* One step of `count` samples by dense_sgd.h and by nn_gradient and take_step. */
static void compare_descent(const struct kern *kern, const char *words, enum nn_cost cost,
                            int count)
{
    struct nn *net = must_build(words);
    nn_init(net, NN_START_AUTO, 3);
    struct nn *quick = nn_copy(net, &err), *slow = nn_copy(net, &err);
    size_t in = (size_t)nn_in_len(net), out = (size_t)nn_out_len(net);
    uint8_t *bytes = malloc((size_t)count * in);
    const uint8_t *rows[64];
    float *x = malloc((size_t)count * in * sizeof *x), *y = calloc((size_t)count * out, sizeof *y);
    struct rng rng = rng_new(5, 0);
    for (size_t i = 0; i < (size_t)count * in; i++) {
        bytes[i] = rng_below(&rng, 100) < 70 ? 0 : (uint8_t)rng_below(&rng, 256);
        x[i] = (float)bytes[i] * (1.0f / 255);
    }
    for (int i = 0; i < count; i++) {
        rows[i] = bytes + (size_t)i * in;
        y[(size_t)i * out + rng_below(&rng, (uint32_t)out)] = 1;
    }
    struct dense_sgd *descent = dense_sgd_new(net, kern, count, &err);
    struct nn_work *work = must_work(net, kern, count);
    struct optim *optim = optim_new(net, (struct optim_spec){.kind = OPTIM_SGD}, &err);
    dense_sgd_take(descent, net);
    double quick_cost = dense_sgd_step(descent, net, cost, rows, 1.0f / 255, y, count, 0.7f);
    dense_sgd_give(descent, quick);
    double slow_cost = nn_gradient(net, work, cost, x, y, count, 0);
    take_step(optim, kern, slow, nn_work_gradient(work), count, 0.7f);
    ck_assert_double_eq_tol(quick_cost, slow_cost, 1e-4 * slow_cost);
    ck_assert_float_lt(step_difference(net, quick, slow), 1e-4f);
    for (size_t i = 0; i < out; i++)
        ck_assert_float_eq_tol(dense_sgd_answer(descent, count - 1)[i],
                               nn_answers(net, work)[(size_t)(count - 1) * out + i], 1e-5f);
    optim_free(optim), nn_work_free(work), dense_sgd_free(descent);
    nn_free(net), nn_free(quick), nn_free(slow), free(bytes), free(x), free(y);
}

START_TEST(plain_descent_takes_the_steps_of_the_general_pass)
{
    for (int i = 0; kern_at(i); i++) {
        compare_descent(kern_at(i), "784-30-10", NN_QUADRATIC, 10);
        compare_descent(kern_at(i), "784-30-10", NN_CROSS_ENTROPY, 1);
        compare_descent(kern_at(i), "784-100-10", NN_QUADRATIC, 13);
        compare_descent(kern_at(i), "input 12, dense 17 tanh, dense 33 relu, dense 5 softmax",
                        NN_CROSS_ENTROPY, 7);
        compare_descent(kern_at(i), "input 1500, dense 9, dense 3 softmax", NN_QUADRATIC, 6);
    }
}
END_TEST

START_TEST(plain_descent_is_for_dense_layers_alone)
{
    static const char *others[] = {"conv 4 3x3 relu, dense 10 softmax",
                                   "dense 9 norm relu, dense 10",
                                   "dense 9 relu, dropout 0.5, dense 10", "dense 9 step, dense 10"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct nn *net = must_build(others[i]);
        ck_assert(!dense_sgd_fits(net));
        nn_free(net);
    }
}
END_TEST

START_TEST(batch_norm_follows_the_mean_of_what_it_sees)
{
    struct nn *net = must_build("input 1, dense 1 norm, dense 1");
    struct nn_work *work = must_work(net, kern_best(), 4);
    struct optim *optim = optim_new(net, (struct optim_spec){.kind = OPTIM_SGD}, &err);
    const float x[4] = {1, 2, 3, 6}, y[4] = {0};
    nn_init(net, NN_START_AUTO, 1);
    nn_params(net)[0] = 2;
    for (int i = 0; i < 200; i++) {
        nn_gradient(net, work, NN_QUADRATIC, x, y, 4, 0);
        take_step(optim, kern_best(), net, nn_work_gradient(work), 4, 0);
    }
    ck_assert_str_eq(nn_tensor(net, 3)->name, "1.mean");
    ck_assert_float_eq_tol(nn_weights(net)[nn_tensor(net, 3)->at], 6, 1e-3f);
    ck_assert_float_eq_tol(nn_weights(net)[nn_tensor(net, 4)->at], 14, 1e-2f);
    optim_free(optim);
    nn_work_free(work);
    nn_free(net);
}
END_TEST

START_TEST(a_network_with_its_norms_folded_predicts_the_same)
{
    static const char *const words[][2] = {
        {"input 9x8x2, conv 5 3x3 pad 1 norm relu, maxpool 2, conv 4 2x2 norm, dropout 0.5, "
         "dense 6 norm tanh, dense 3 softmax",
         "input 9x8x2, conv 5 3x3 pad 1 relu, maxpool 2, conv 4 2x2, dropout 0.5, dense 6 tanh, "
         "dense 3 softmax"},
        {"input 7, dense 5 norm sigmoid, dense 3 sigmoid", "7-5-3"},
    };
    for (size_t w = 0; w < 2; w++) {
        struct nn *net = must_build(words[w][0]);
        float *start = random_floats(nn_param_len(net), 3);
        for (size_t i = 0; i < nn_param_len(net); i++) /* a variance is above 0 */
            nn_params(net)[i] = 0.3f * fabsf(start[i]) + 0.01f * start[i];
        struct nn *folded = nn_fold(net, &err);
        ck_assert_ptr_nonnull(folded);
        ck_assert_str_eq(nn_words(folded), words[w][1]);
        float *x = random_floats(4 * (size_t)nn_in_len(net), 4);
        struct nn_work *work = must_work(net, kern_best(), 4),
                       *own = must_work(folded, kern_best(), 4);
        const float *a = nn_predict(net, work, x, 4), *b = nn_predict(folded, own, x, 4);
        float off = 0, differ = 0;
        for (int i = 0; i < 4 * nn_out_len(net); i++) {
            off = fmaxf(off, fabsf(a[i] - b[i]));
            differ = fmaxf(differ, fabsf(a[i] - a[i % nn_out_len(net)]));
        }
        ck_assert_float_lt(off, 1e-5f);
        ck_assert_float_gt(differ, 1e-3f); /* the samples' answers are not all one */
        nn_work_free(work);
        nn_work_free(own);
        nn_free(net);
        nn_free(folded);
        free(start);
        free(x);
    }
}
END_TEST

START_TEST(a_network_without_norms_is_folded_to_a_copy)
{
    struct nn *net = must_build("7-5-3");
    nn_init(net, NN_START_BOOK, 3);
    struct nn *folded = nn_fold(net, &err);
    ck_assert_str_eq(nn_words(folded), nn_words(net));
    ck_assert_mem_eq(nn_weights(folded), nn_weights(net), nn_param_len(net) * sizeof(float));
    nn_free(net);
    nn_free(folded);
}
END_TEST

START_TEST(weight_decay_leaves_biases_alone)
{
    struct nn *net = must_build("input 2, dense 2");
    for (int i = 0; i < 6; i++)
        nn_params(net)[i] = 1;
    const float grad[6] = {0};
    struct optim_spec spec = {.kind = OPTIM_ADAM, .beta1 = 0.9f, .beta2 = 0.99f, .decay = 0.5f};
    struct optim *optim = optim_new(net, spec, &err);
    take_step(optim, kern_best(), net, grad, 1, 0.1f);
    for (int i = 0; i < 6; i++)
        ck_assert_float_eq_tol(nn_weights(net)[i], i < 4 ? 0.95f : 1, 1e-6f);
    optim_free(optim);
    nn_free(net);
}
END_TEST

START_TEST(a_cycle_that_ends_as_it_peaks_stays_a_number)
{
    static const float rising[] = {0, 0.25f, 0.5f, 0.75f, 1};
    struct schedule s = {.kind = (enum schedule_kind)_i, .rate = 0.1f};
    for (size_t i = 0; i < sizeof rising / sizeof *rising; i++)
        for (uint64_t total = 1; total <= 8; total++)
            for (uint64_t step = 0; step < total; step++) {
                s.rising = rising[i];
                float rate = schedule_rate(&s, step, total);
                ck_assert_msg(rate > 0 && rate <= 0.1f, "step %d of %d, rising %g: %g", (int)step,
                              (int)total, (double)rising[i], (double)rate);
            }
}
END_TEST

START_TEST(a_cycle_rises_and_falls)
{
    struct schedule s = {.kind = (enum schedule_kind)_i, .rate = 0.1f, .rising = 0.25f};
    ck_assert_float_eq_tol(schedule_rate(&s, 0, 1000), 0.004f, 1e-5f);
    ck_assert_float_eq_tol(schedule_rate(&s, 250, 1000), 0.1f, 1e-5f);
    ck_assert_float_lt(schedule_rate(&s, 999, 1000), 1e-5f);
    for (uint64_t i = 1; i < 1000; i++) {
        bool up = schedule_rate(&s, i, 1000) > schedule_rate(&s, i - 1, 1000);
        ck_assert_msg(up == (i <= 250), "step %d", (int)i);
    }
    s.kind = SCHEDULE_CONSTANT;
    ck_assert_float_eq(schedule_rate(&s, 999, 1000), 0.1f);
}
END_TEST

START_TEST(a_triangle_has_straight_sides)
{
    struct schedule s = {.kind = SCHEDULE_TRIANGLE, .rate = 0.1f, .rising = 0.25f};
    ck_assert_float_eq_tol(schedule_rate(&s, 125, 1001), 0.052f, 2e-4f);
    ck_assert_float_eq_tol(schedule_rate(&s, 625, 1001), 0.05f, 2e-4f);
    ck_assert_float_eq_tol(schedule_rate(&s, 813, 1001), 0.025f, 2e-4f);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("nn");
    TCase *t = tcase_create("nn");
    int tables = 0;
    while (kern_at(tables))
        tables++;
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, a_tiny_network_agrees_with_numpy, 0, tables);
    tcase_add_loop_test(t, gradients_agree_with_finite_differences, 0,
                        sizeof gradient_cases / sizeof *gradient_cases);
    tcase_add_test(t, packed_weights_predict_as_those_that_are_not);
    tcase_add_test(t, one_sample_at_a_time_predicts_as_many_do);
    tcase_add_test(t, the_book_starts_from_a_standard_normal);
    tcase_add_test(t, dropout_drops_only_while_learning);
    tcase_add_loop_test(t, every_optimiser_learns_xor, 0, 3);
    tcase_add_test(t, plain_descent_takes_the_steps_of_the_general_pass);
    tcase_add_test(t, plain_descent_is_for_dense_layers_alone);
    tcase_add_test(t, a_network_with_its_norms_folded_predicts_the_same);
    tcase_add_test(t, a_network_without_norms_is_folded_to_a_copy);
    tcase_add_test(t, batch_norm_follows_the_mean_of_what_it_sees);
    tcase_add_test(t, weight_decay_leaves_biases_alone);
    tcase_add_loop_test(t, a_cycle_rises_and_falls, SCHEDULE_ONE_CYCLE, SCHEDULE_KINDS);
    tcase_add_test(t, a_triangle_has_straight_sides);
    tcase_add_loop_test(t, a_cycle_that_ends_as_it_peaks_stays_a_number, SCHEDULE_ONE_CYCLE,
                        SCHEDULE_KINDS);
    suite_add_tcase(suite, t);
    return suite;
}

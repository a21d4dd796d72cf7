/* SPDX-License-Identifier: MIT */
/* Optimisers, batch norm and dropout against numbers that numpy computed (golden/steps.py). */
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "golden/steps.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "nn/optim.h"
#include "suite.h"

enum { WEIGHTS = 8, STEPS = 5, COUNT = 4 };

static struct err err;

static float begin_at(int i)
{
    return 0.5f * (float)sin(1.0 + 0.7 * i);
}

static struct nn *build(const char *words)
{
    struct nn *net = nn_new(words, &err);
    ck_assert_msg(net != NULL, "%s", err.text);
    return net;
}

/* Some steps with gradients that are given, from weights that are, by every table of kernels. */
static void expect_steps(struct optim_spec spec, const float *want)
{
    spec.decay = 0.1f;
    spec.l2 = 0.2f;
    for (int k = 0; kern_at(k); k++) {
        struct nn *net = build("input 3, dense 2");
        struct optim *optim = optim_new(net, spec, &err);
        for (int i = 0; i < WEIGHTS; i++)
            nn_params(net)[i] = begin_at(i);
        for (int step = 1; step <= STEPS; step++) {
            float grad[WEIGHTS];
            for (int i = 0; i < WEIGHTS; i++)
                grad[i] = COUNT * (float)cos(0.3 * i + 0.9 * step);
            optim_begin_step(optim);
            optim_step_range(optim, kern_at(k), net, grad, COUNT, 0.05f, 0, WEIGHTS);
        }
        for (int i = 0; i < WEIGHTS; i++)
            ck_assert_float_eq_tol(nn_weights(net)[i], want[i], 2e-6f);
        optim_free(optim);
        nn_free(net);
    }
}

START_TEST(plain_descent_steps_as_numpy_does)
{
    expect_steps((struct optim_spec){.kind = OPTIM_SGD}, golden_sgd);
}
END_TEST

START_TEST(momentum_steps_as_numpy_does)
{
    expect_steps((struct optim_spec){.kind = OPTIM_MOMENTUM, .beta1 = 0.9f}, golden_momentum);
}
END_TEST

START_TEST(adam_steps_as_numpy_does)
{
    expect_steps((struct optim_spec){.kind = OPTIM_ADAM, .beta1 = 0.9f, .beta2 = 0.99f},
                 golden_adam);
}
END_TEST

START_TEST(batch_norm_predicts_by_its_running_figures_as_numpy_does)
{
    static const float x[6] = {1, 2, 3, -1, 0.5f, 0.25f};
    static const float norm[8] = {1.5f, -0.5f, 0.25f, 1, 0.1f, -0.2f, 0.5f, 2};
    for (int k = 0; kern_at(k); k++) {
        struct nn *net = build("input 3, dense 2 norm");
        struct nn_work *work = nn_work_new(net, kern_at(k), 2, false, &err);
        ck_assert_uint_eq(nn_param_len(net), 6 + 8);
        for (int i = 0; i < 6; i++)
            nn_params(net)[i] = begin_at(i);
        memcpy(nn_params(net) + 6, norm, sizeof norm);
        const float *answer = nn_predict(net, work, x, 2);
        for (int i = 0; i < 4; i++)
            ck_assert_float_eq_tol(answer[i], golden_norm[i], 1e-5f);
        nn_work_free(work);
        nn_free(net);
    }
}
END_TEST

/* The gradient of a weight that meets one input alone is what dropout left of that. */
START_TEST(dropout_drops_what_the_generator_says_and_enlarges_the_rest)
{
    enum { LEN = 16 };
    float x[LEN], y[1] = {-1};
    struct nn *net = build("input 16, dropout 0.4, dense 1");
    struct nn_work *work = nn_work_new(net, kern_best(), 1, true, &err);
    for (int i = 0; i < LEN; i++)
        x[i] = (float)(i + 1);
    nn_gradient(net, work, NN_QUADRATIC, x, y, 1, 5); /* all weights are 0: the slope is 1 */
    const float *grad = nn_work_gradient(work);
    for (int i = 0; i < LEN; i++)
        ck_assert_float_eq_tol(grad[i], golden_dropout[i] * x[i], 1e-5f);
    nn_work_free(work);
    nn_free(net);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("nn_steps");
    TCase *t = tcase_create("steps");
    tcase_add_test(t, plain_descent_steps_as_numpy_does);
    tcase_add_test(t, momentum_steps_as_numpy_does);
    tcase_add_test(t, adam_steps_as_numpy_does);
    tcase_add_test(t, batch_norm_predicts_by_its_running_figures_as_numpy_does);
    tcase_add_test(t, dropout_drops_what_the_generator_says_and_enlarges_the_rest);
    suite_add_tcase(suite, t);
    return suite;
}

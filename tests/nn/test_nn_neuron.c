/* SPDX-License-Identifier: MIT */
/* One neuron's arithmetic: its terms add up to what the network computes. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "suite.h"

enum { TERMS = 4096 };

static struct err err;

static float after(const char *activation, double z)
{
    if (strcmp(activation, "sigmoid") == 0)
        return (float)(1 / (1 + exp(-z)));
    if (strcmp(activation, "tanh") == 0)
        return (float)tanh(z);
    if (strcmp(activation, "relu") == 0)
        return z > 0 ? (float)z : 0;
    if (strcmp(activation, "step") == 0)
        return z > 0;
    return (float)z;
}

static double sum_terms(const struct nn_term *terms, int count, const float *x, float bias)
{
    double z = (double)bias;
    for (int k = 0; k < count; k++)
        z += (double)terms[k].weight * (double)x[terms[k].from];
    return z;
}

/* Softmax wants the whole layer: it is checked by the ratio of two of its neurons. */
static void check_softmax(const struct nn *net, int i, const float *x, const float *y)
{
    static struct nn_term terms[TERMS];
    float bias;
    int count = nn_neuron(net, i, 0, terms, TERMS, &bias);
    double first = sum_terms(terms, count, x, bias);
    for (int place = 1; place < nn_layer(net, i)->out.channels; place++) {
        count = nn_neuron(net, i, place, terms, TERMS, &bias);
        double z = sum_terms(terms, count, x, bias);
        double ratio = (double)y[place] / (double)y[0];
        ck_assert_msg(fabs(log(ratio) - (z - first)) < 1e-4, "layer %d, neuron %d", i, place);
    }
}

static void check_layer(const struct nn *net, int i, const float *x, const float *y)
{
    static struct nn_term terms[TERMS];
    struct nn_shape out = nn_layer(net, i)->out;
    const char *activation = nn_activation(net, i);
    if (strcmp(activation, "softmax") == 0) {
        check_softmax(net, i, x, y);
        return;
    }
    for (int place = 0; place < out.rows * out.cols * out.channels; place++) {
        float bias;
        int count = nn_neuron(net, i, place, terms, TERMS, &bias);
        ck_assert_int_gt(count, 0);
        for (int k = 1; k < count; k++)
            ck_assert_int_gt(terms[k].from, terms[k - 1].from);
        float a = after(activation, sum_terms(terms, count, x, bias));
        ck_assert_msg(fabsf(a - y[place]) < 1e-4f * (1 + fabsf(a)),
                      "%s, layer %d, place %d: %g, %g", nn_words(net), i, place, (double)a,
                      (double)y[place]);
    }
}

static float *copy_floats(const float *from, size_t len)
{
    float *copy = malloc(len * sizeof *copy);
    memcpy(copy, from, len * sizeof *copy);
    return copy;
}

static void check_network(const char *words)
{
    struct nn *net = nn_new(words, &err);
    ck_assert_msg(net != NULL, "%s", err.text);
    struct rng rng = rng_new(5, 0);
    for (size_t k = 0; k < nn_param_len(net); k++) /* a variance is above 0 */
        nn_params(net)[k] = fabsf(0.3f * rng_normal(&rng)) + 0.02f * rng_normal(&rng) + 0.05f;
    struct nn_work *work = nn_work_new(net, kern_best(), 1, false, &err);
    float *x = malloc((size_t)nn_in_len(net) * sizeof *x);
    for (int k = 0; k < nn_in_len(net); k++)
        x[k] = 0.2f * rng_normal(&rng);
    float *given = copy_floats(x, (size_t)nn_in_len(net));
    for (int i = 0; i < nn_layer_count(net); i++) {
        struct nn_shape out = nn_layer(net, i)->out;
        const float *y = nn_layer_out(net, work, x, i);
        float *here = copy_floats(y, (size_t)(out.rows * out.cols * out.channels));
        float bias;
        if (nn_neuron(net, i, 0, NULL, 0, &bias) > 0)
            check_layer(net, i, given, here);
        free(given);
        given = here;
    }
    free(given);
    free(x);
    nn_work_free(work);
    nn_free(net);
}

START_TEST(a_neurons_terms_add_up_to_what_the_network_computes)
{
    check_network("12-7-5");
    check_network("input 9, dense 6 norm tanh, dense 4 softmax");
    check_network("input 9x8x2, conv 5 3x3 pad 1 norm relu, maxpool 2, conv 4 2x2, dropout 0.5, "
                  "dense 6 tanh, dense 3 softmax");
    check_network(
        "input 11x10x3, conv 4 4x3 stride 2 pad 2 relu, conv 3 2x2 sigmoid, dense 5 step");
}
END_TEST

START_TEST(a_window_at_the_edge_has_fewer_terms)
{
    struct nn *net = nn_new("input 6x6x1, conv 2 3x3 pad 1", &err);
    float bias;
    ck_assert_int_eq(nn_neuron(net, 0, 0, NULL, 0, &bias), 4);
    ck_assert_int_eq(nn_neuron(net, 0, 2 * 1, NULL, 0, &bias), 6);
    ck_assert_int_eq(nn_neuron(net, 0, 2 * 7, NULL, 0, &bias), 9);
    nn_free(net);
}
END_TEST

START_TEST(what_has_no_weights_has_no_terms)
{
    struct nn *net = nn_new("input 6x6x1, maxpool 2, dropout 0.5, dense 2 relu", &err);
    float bias;
    ck_assert_int_eq(nn_neuron(net, 0, 0, NULL, 0, &bias), 0);
    ck_assert_int_eq(nn_neuron(net, 1, 0, NULL, 0, &bias), 0);
    ck_assert_str_eq(nn_activation(net, 0), "");
    ck_assert_str_eq(nn_activation(net, 2), "relu");
    nn_free(net);
}
END_TEST

/* ---- changing it ----------------------------------------------------------------------------- */

static void fill_params(struct nn *net)
{
    struct rng rng = rng_new(7, 0);
    for (size_t k = 0; k < nn_param_len(net); k++) /* a variance is above 0 */
        nn_params(net)[k] = fabsf(0.3f * rng_normal(&rng)) + 0.05f;
}

/* A term of the neuron, or its bias, and nothing else of it. */
static void check_change(struct nn *net, int i, int place)
{
    static struct nn_term before[TERMS], after_it[TERMS];
    float bias, now;
    int count = nn_neuron(net, i, place, before, TERMS, &bias);
    int from = before[count / 2].from;
    ck_assert(nn_set_weight(net, i, place, from, -1.25f));
    ck_assert_int_eq(nn_neuron(net, i, place, after_it, TERMS, &now), count);
    for (int k = 0; k < count; k++) {
        float told;
        ck_assert_float_eq_tol(after_it[k].weight, k == count / 2 ? -1.25f : before[k].weight,
                               1e-6f);
        ck_assert(nn_weight(net, i, place, after_it[k].from, &told));
        ck_assert_float_eq(told, after_it[k].weight);
    }
    ck_assert_float_eq(now, bias);
    ck_assert(nn_set_bias(net, i, place, 0.75f));
    nn_neuron(net, i, place, after_it, TERMS, &now);
    ck_assert_float_eq_tol(now, 0.75f, 1e-5f);
    ck_assert_float_eq_tol(after_it[0].weight, count / 2 == 0 ? -1.25f : before[0].weight, 1e-6f);
}

START_TEST(a_weight_and_a_bias_become_what_they_are_set_to)
{
    struct nn *net = nn_new("input 9x8x2, conv 5 3x3 stride 2 pad 1 norm relu, conv 3 2x2 tanh, "
                            "dense 6 norm tanh, dense 4 softmax",
                            &err);
    fill_params(net);
    for (int i = 0; i < nn_layer_count(net); i++) {
        struct nn_shape out = nn_layer(net, i)->out;
        int places = out.rows * out.cols * out.channels;
        check_change(net, i, 0);
        check_change(net, i, places / 2);
        check_change(net, i, places - 1);
    }
    nn_free(net);
}
END_TEST

START_TEST(neurons_of_other_maps_and_of_other_layers_keep_theirs)
{
    static struct nn_term terms[TERMS];
    float bias;
    struct nn *net = nn_new("input 6x6x1, conv 2 3x3 relu, dense 3 sigmoid", &err);
    fill_params(net);
    nn_neuron(net, 0, 1, terms, TERMS, &bias);
    float other = terms[4].weight;
    ck_assert(nn_set_weight(net, 0, 2 * 5, 14, 9)); /* map 0, at 1, 1: the middle of its window */
    nn_neuron(net, 0, 0, terms, TERMS, &bias);
    ck_assert_float_eq(terms[4].weight, 9); /* shared with the map's first */
    nn_neuron(net, 0, 1, terms, TERMS, &bias);
    ck_assert_float_eq(terms[4].weight, other);
    nn_free(net);
}
END_TEST

START_TEST(what_is_not_there_cannot_be_set)
{
    struct nn *net = nn_new("input 6x6x1, conv 2 3x3 relu, maxpool 2, dense 3 sigmoid", &err);
    ck_assert(!nn_set_weight(net, 0, 0, 35, 1)); /* outside its window */
    ck_assert(!nn_weight(net, 0, 0, 35, &(float){0}) && !nn_weight(net, 1, 0, 0, &(float){0}));
    ck_assert(!nn_set_weight(net, 0, 0, 3, 1));
    ck_assert(!nn_set_weight(net, 1, 0, 0, 1));
    ck_assert(!nn_set_bias(net, 1, 0, 1));
    ck_assert(!nn_set_weight(net, 2, 0, 8, 1));
    ck_assert(!nn_set_weight(net, 2, 0, -1, 1));
    nn_free(net);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("nn_neuron");
    TCase *tests = tcase_create("neuron");
    tcase_add_test(tests, a_neurons_terms_add_up_to_what_the_network_computes);
    tcase_add_test(tests, a_window_at_the_edge_has_fewer_terms);
    tcase_add_test(tests, what_has_no_weights_has_no_terms);
    tcase_add_test(tests, a_weight_and_a_bias_become_what_they_are_set_to);
    tcase_add_test(tests, neurons_of_other_maps_and_of_other_layers_keep_theirs);
    tcase_add_test(tests, what_is_not_there_cannot_be_set);
    suite_add_tcase(suite, tests);
    return suite;
}

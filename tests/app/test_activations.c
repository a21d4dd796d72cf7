/* SPDX-License-Identifier: MIT */
/* What a network makes of a picture, told layer by layer: the very numbers of the network. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/state/activations.h"
#include "base/err.h"
#include "base/rng.h"
#include "kern/kern.h"
#include "suite.h"

static struct activations told;
static struct ink_fit fit;
static struct nn *net;

static void begin(const char *words)
{
    struct err err;
    net = nn_new(words, &err);
    ck_assert_msg(net != NULL, "%s", err.text);
    nn_init(net, NN_START_AUTO, 3);
    struct rng rng = rng_new(5, 0);
    for (size_t i = 0; i < nn_param_len(net); i++) /* norms and biases too, all above 0 */
        nn_params(net)[i] += 0.02f + fabsf(0.05f * rng_normal(&rng));
    fit = (struct ink_fit){.any = true};
    for (int i = 0; i < FIT_LEN; i++)
        fit.pixels[i] = (uint8_t)(i % 7 == 0 ? i % 256 : 0);
}

static void end(void)
{
    activations_end(&told);
    nn_free(net);
    net = NULL;
}

static bool update(uint64_t model, uint64_t weights)
{
    const struct reading_by by = {.net = net, .model = model, .weights = weights};
    return activations_update(&told, kern_best(), &by, &fit);
}

static int len_of(int layer)
{
    struct nn_shape out = nn_layer(net, layer)->out;
    return out.rows * out.cols * out.channels;
}

static double after(const char *activation, double z)
{
    if (strcmp(activation, "sigmoid") == 0)
        return 1 / (1 + exp(-z));
    if (strcmp(activation, "relu") == 0)
        return fmax(z, 0);
    return strcmp(activation, "tanh") == 0 ? tanh(z) : z;
}

/* Bias, the largest terms and all the others are z; and a is what comes out. */
static void check_sum(int layer, int place)
{
    struct neuron_sum sum;
    const float *x = activations_of(&told, layer - 1);
    ck_assert(activations_sum(&told, layer, place, &sum));
    if (sum.count == 0)
        return;
    double z = (double)sum.bias + sum.others, least = INFINITY;
    for (int k = 0; k < sum.largest_count; k++) {
        const struct nn_term *term = &sum.terms[sum.largest[k]];
        double value = (double)term->weight * (double)x[term->from];
        ck_assert(fabs(value) <= least);
        least = fabs(value);
        z += value;
    }
    ck_assert(fabs(z - sum.z) < 1e-5 * (1 + fabs(z)));
    ck_assert(sum.a == activations_of(&told, layer)[place]);
    const char *activation = nn_activation(net, layer);
    if (strcmp(activation, "softmax") != 0)
        ck_assert_msg(fabs(after(activation, z) - (double)sum.a) < 1e-4 * (1 + fabs(z)),
                      "layer %d, place %d: %g, %g", layer, place, z, (double)sum.a);
}

static void check_network(const char *words)
{
    begin(words);
    ck_assert(update(1, 0));
    for (int layer = 0; layer < nn_layer_count(net); layer++)
        for (int place = 0; place < len_of(layer); place += 1 + len_of(layer) / 50)
            check_sum(layer, place);
    end();
}

START_TEST(every_neurons_sum_is_what_the_network_computes)
{
    check_network("784-30-10");
    check_network("conv 6 5x5 relu, maxpool 2, conv 8 3x3 norm relu, dropout 0.5, dense 12 tanh, "
                  "dense 10 softmax");
}
END_TEST

START_TEST(the_layers_are_those_of_the_network)
{
    begin("784-30-10");
    ck_assert(update(1, 0));
    struct err err;
    struct nn_work *work = nn_work_new(net, kern_best(), 1, false, &err);
    float x[FIT_LEN];
    fit_floats(fit.pixels, 1, x);
    ck_assert(memcmp(activations_of(&told, -1), x, sizeof x) == 0);
    for (int i = 0; i < 2; i++)
        ck_assert(memcmp(activations_of(&told, i), nn_layer_out(net, work, x, i),
                         (size_t)len_of(i) * sizeof *x) == 0);
    nn_work_free(work);
    end();
}
END_TEST

START_TEST(lines_are_the_strongest_weights_strongest_first)
{
    begin("784-200-10");
    ck_assert(update(1, 0));
    ck_assert(!activations_has_lines(&told, 0));
    ck_assert(activations_has_lines(&told, 1));
    ck_assert_int_eq(told.line_count[1], ACTIVATIONS_LINES_MAX);
    const float *weight = nn_weights(net) + nn_tensor(net, 2)->at;
    float last = INFINITY;
    for (int i = 0; i < ACTIVATIONS_LINES_MAX; i++) {
        const struct activations_line *line = &told.lines[1][i];
        ck_assert(line->weight == weight[line->from * 10 + line->to]);
        ck_assert(fabsf(line->weight) <= last);
        last = fabsf(line->weight);
    }
    int stronger = 0;
    for (int i = 0; i < 2000; i++)
        stronger += fabsf(weight[i]) > last;
    ck_assert_int_lt(stronger, ACTIVATIONS_LINES_MAX);
    end();
}
END_TEST

START_TEST(another_picture_or_other_weights_are_told_anew)
{
    begin("784-30-10");
    ck_assert(update(1, 0));
    float before = activations_of(&told, 1)[3];
    fit.pixels[400] ^= 0xFF;
    ck_assert(update(1, 0));
    float picture = activations_of(&told, 1)[3];
    ck_assert(picture != before);
    nn_params(net)[nn_param_len(net) - 10 + 3] += 1;
    ck_assert(update(1, 0)); /* by the numbers nothing has changed */
    ck_assert(activations_of(&told, 1)[3] == picture);
    ck_assert(update(1, 1));
    ck_assert(activations_of(&told, 1)[3] > picture);
    end();
}
END_TEST

START_TEST(where_nobody_reads_nothing_is_told)
{
    begin("784-30-10");
    ck_assert(update(1, 0));
    const struct reading_by nobody = {.model = 2};
    ck_assert(activations_update(&told, kern_best(), &nobody, &fit));
    ck_assert(told.net == NULL);
    ck_assert(update(1, 0));
    ck_assert(told.net == net);
    end();
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("activations");
    TCase *tests = tcase_create("activations");
    tcase_add_test(tests, every_neurons_sum_is_what_the_network_computes);
    tcase_add_test(tests, the_layers_are_those_of_the_network);
    tcase_add_test(tests, lines_are_the_strongest_weights_strongest_first);
    tcase_add_test(tests, another_picture_or_other_weights_are_told_anew);
    tcase_add_test(tests, where_nobody_reads_nothing_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* What stands on the pages of the lesson on layers, against the library. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/stage/flow_stage.h"
#include "app/stage/fourbit_stage.h"
#include "app/stage/handset_stage.h"
#include "base/err.h"
#include "data/dataset.h"
#include "nn/nn.h"
#include "stage_worlds.h"
#include "suite.h"

enum { IMAGES = 30 };

static struct err err;

/* ---- the network ----------------------------------------------------------------------------- */

static const struct flow_stage *begin_flow(void)
{
    begin_stage(&flow_stage_kind, IMAGES);
    return (const struct flow_stage *)stage;
}

/* The book's network reads x: its answers and the activations are those that are shown. */
static void compare_flow(const struct flow_stage *shown, const float *x)
{
    struct nn *net = stage_builtin_net("nielsen-30", &err);
    struct nn_work *work = nn_work_new(net, world.kern, 1, false, &err);
    const float *out = nn_predict(net, work, x, 1);
    for (int k = 0; k < FORWARD_OUTPUTS; k++)
        ck_assert_float_eq(shown->forward.out[k], out[k]);
    const float *active = nn_layer_out(net, work, x, 0);
    int neuron = (int)figure_of("neuron") - 1;
    ck_assert_double_eq(figure_of("out"), (double)active[neuron]);
    nn_work_free(work);
    nn_free(net);
}

START_TEST(an_image_flows_through_the_books_network)
{
    const struct flow_stage *shown = begin_flow();
    float x[FIT_LEN];
    give("image", "5");
    give("neuron", "17");
    fit_floats(digits->pixels + (size_t)4 * FIT_LEN, 1, x);
    compare_flow(shown, x);
    ck_assert_double_eq(figure_of("weights"), 784 * 30 + 30 * 10);
    ck_assert_double_eq(figure_of("biases"), 40);
    ck_assert_double_eq_tol(figure_of("inputs") + figure_of("bias"), figure_of("sum"), 1e-4);
    ck_assert_double_eq_tol(figure_of("out"), 1 / (1 + exp(-figure_of("sum"))), 1e-4);
    end_stage();
}
END_TEST

START_TEST(the_drawing_flows_where_there_is_one)
{
    const struct flow_stage *shown = begin_flow();
    float drawing[FIT_LEN] = {0};
    for (int i = 8; i < 20; i++)
        drawing[i * FIT_SIZE + 14] = 1;
    world.drawing = drawing;
    stage_update(stage, &world);
    ck_assert_double_eq(figure_of("drawing"), 1);
    compare_flow(shown, drawing);
    drawing[14 * FIT_SIZE + 15] = 1;
    stage_update(stage, &world);
    compare_flow(shown, drawing);
    give("drawing", "0");
    ck_assert(memcmp(shown->forward.x, drawing, sizeof drawing) != 0);
    give("drawing", "1");
    world.drawing = NULL; /* wiped away */
    stage_update(stage, &world);
    ck_assert_double_eq(figure_of("drawing"), 0);
    ck_assert(memcmp(shown->forward.x, drawing, sizeof drawing) != 0);
    end_stage();
}
END_TEST

START_TEST(other_data_bring_other_images)
{
    const struct flow_stage *shown = begin_flow();
    struct dataset *more = dataset_new("more", 3, &err);
    float first[FIT_LEN];
    memset(more->pixels, 7, 3 * FIT_LEN);
    memset(more->labels, 1, 3);
    memcpy(first, shown->forward.x, sizeof first);
    give("image", "30");
    world.test = more;
    stage_update(stage, &world); /* the thirtieth is no more: the last is shown */
    ck_assert(memcmp(first, shown->forward.x, sizeof first) != 0);
    ck_assert_uint_eq(shown->images.set->count, 3);
    ck_assert(!stage_set(stage, "image", "4", &err));
    world.test = NULL;
    stage_update(stage, &world);
    ck_assert(shown->images.set->count > 3); /* drawn by the program */
    dataset_free(more);
    end_stage();
}
END_TEST

START_TEST(the_strongest_push_is_that_of_its_neuron)
{
    const struct flow_stage *shown = begin_flow();
    int strongest = (int)figure_of("strongest");
    give("neuron", "1");
    double most = -1e9;
    for (int i = 0; i < shown->forward.hidden; i++)
        most = fmax(most, (double)shown->forward.push[shown->forward.answer][i]);
    char text[8];
    snprintf(text, sizeof text, "%d", strongest);
    give("neuron", text);
    ck_assert_double_eq(figure_of("push"), most);
    end_stage();
}
END_TEST

/* ---- the neuron set by hand, and the four bits ----------------------------------------------- */

START_TEST(a_painted_patch_is_sixteen_weights)
{
    begin_stage(&handset_stage_kind, IMAGES);
    const struct handset_stage *shown = (const struct handset_stage *)stage;
    ck_assert_double_eq(figure_of("found"), 0); /* 0.5 is neither yes nor no */
    ck_assert_double_eq(figure_of("mistaken"), HANDSET_STROKES - HANDSET_WANTED);
    give("p23", "0.5");
    give("b", "-3");
    float weight;
    for (int row = 0; row < FIT_SIZE; row++)
        for (int col = 0; col < FIT_SIZE; col++) {
            bool inside = row / HANDSET_PATCH == 1 && col / HANDSET_PATCH == 2;
            ck_assert(nn_weight(shown->handset.net, 0, 0, row * FIT_SIZE + col, &weight));
            ck_assert_float_eq(weight, inside ? 0.5f : 0);
        }
    ck_assert_double_eq(figure_of("painted"), 1);
    ck_assert(!stage_set(stage, "p18", "1", &err));
    ck_assert(!stage_set(stage, "p23", "2", &err));
    ck_assert_str_ne(err.text, "");
    give("clear", "1");
    ck_assert_double_eq(figure_of("painted"), 0);
    end_stage();
}
END_TEST

START_TEST(a_click_goes_round_three_weights)
{
    begin_stage(&fourbit_stage_kind, IMAGES);
    ck_assert_float_eq(fourbit_stage_next(0), 10);
    ck_assert_float_eq(fourbit_stage_next(10), -10);
    ck_assert_float_eq(fourbit_stage_next(-10), 0);
    give("w8-9", "10");
    give("b8", "-5");
    ck_assert_double_eq(figure_of("w8-9"), 10);
    ck_assert(!stage_set(stage, "w3-0", "1", &err));
    ck_assert(!stage_set(stage, "w8-10", "1", &err));
    ck_assert(!stage_set(stage, "b9", "1", &err));
    ck_assert_double_eq(figure_of("bits-right"), 0);
    end_stage();
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("layers stages");
    TCase *tests = tcase_create("layers");
    tcase_add_test(tests, an_image_flows_through_the_books_network);
    tcase_add_test(tests, the_drawing_flows_where_there_is_one);
    tcase_add_test(tests, other_data_bring_other_images);
    tcase_add_test(tests, the_strongest_push_is_that_of_its_neuron);
    tcase_add_test(tests, a_painted_patch_is_sixteen_weights);
    tcase_add_test(tests, a_click_goes_round_three_weights);
    suite_add_tcase(suite, tests);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* What stands on the pages of the lesson on the cost, against the library. */
#include <check.h>
#include <math.h>

#include "app/stage/cost_stage.h"
#include "base/err.h"
#include "data/dataset.h"
#include "eval/evaluate.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "stage_worlds.h"
#include "suite.h"

enum { IMAGES = 100 };

static struct err err;

static const struct cost_stage *begin_cost(const char *show)
{
    begin_stage(&cost_stage_kind, IMAGES);
    give("show", show);
    settle_stage();
    return (const struct cost_stage *)stage;
}

static struct evaluation evaluate(const struct nn *net, uint32_t count)
{
    struct pool *pool = pool_new(1, false, &err);
    struct evaluator *evaluator = evaluator_new(net, world.kern, pool, &err);
    struct evaluation evaluation = evaluator_run(evaluator, net, NN_QUADRATIC, digits, 0, count);
    evaluator_free(evaluator);
    pool_free(pool);
    return evaluation;
}

START_TEST(the_page_begins_with_an_image_that_costs_something)
{
    begin_cost("0");
    give("image", "unsure");
    ck_assert(figure_of("cost") >= 0.05 && figure_of("cost") <= 0.4);
    ck_assert_double_eq_tol(figure_of("sum"), 2 * figure_of("cost"), 1e-6);
    give("output", "worst");
    double off = figure_of("a") - figure_of("y");
    ck_assert_double_eq_tol(figure_of("square"), off * off, 1e-6);
    ck_assert_double_eq_tol(figure_of("without"), figure_of("cost") - off * off / 2, 1e-6);
    ck_assert(isnan(figure_of("mean")));
    end_stage();
}
END_TEST

START_TEST(the_mean_is_that_of_an_evaluation)
{
    const struct cost_stage *shown = begin_cost("1");
    struct evaluation evaluation = evaluate(shown->book, IMAGES);
    ck_assert_double_eq(figure_of("mean"), evaluation.cost);
    ck_assert_double_eq(figure_of("right"), evaluation.correct);
    give("images", "40");
    ck_assert(isnan(figure_of("mean")));
    settle_stage();
    ck_assert_double_eq(figure_of("mean"), evaluate(shown->book, 40).cost);
    give("image", "dear");
    ck_assert(figure_of("cost") > 0.5);
    end_stage();
}
END_TEST

START_TEST(three_networks_read_alike_and_cost_differently)
{
    const struct cost_stage *shown = begin_cost("2");
    const char *const costs[] = {"cost1", "cost2", "cost3"};
    const char *const rights[] = {"right1", "right2", "right3"};
    int lowest = (int)figure_of("lowest") - 1;
    for (int i = 0; i < COST_NETS; i++) {
        struct evaluation evaluation = evaluate(shown->three[i], IMAGES);
        ck_assert_double_eq(figure_of(costs[i]), evaluation.cost);
        ck_assert_double_eq(figure_of(rights[i]), figure_of(rights[0]));
        ck_assert(i == lowest || figure_of(costs[i]) > figure_of(costs[lowest]) + 0.001);
    }
    end_stage();
}
END_TEST

START_TEST(a_shift_changes_that_weight)
{
    const struct cost_stage *shown = begin_cost("3");
    ck_assert_double_eq(figure_of("cost-there"), figure_of("cost-start"));
    ck_assert_double_eq(figure_of("cost-start"), evaluate(shown->book, IMAGES).cost);
    give("shift", "-0.5");
    ck_assert_double_eq_tol(figure_of("shift"), -0.5, 1e-6);
    struct nn *moved = nn_copy(shown->book, &err);
    nn_set_weight(moved, 1, (int)figure_of("to"), (int)figure_of("from") - 1,
                  (float)figure_of("weight"));
    struct evaluation evaluation = evaluate(moved, IMAGES);
    ck_assert_double_eq_tol(figure_of("cost-there"), evaluation.cost, 1e-9);
    ck_assert_double_eq(figure_of("right-there"), evaluation.correct);
    nn_free(moved);
    give("shift", "lowest");
    ck_assert(figure_of("shift") != 0);
    ck_assert(figure_of("cost-there") < figure_of("cost-start"));
    ck_assert_double_eq(figure_of("right-there"), figure_of("right-start"));
    end_stage();
}
END_TEST

/* Whatever costs less than the lowest reads another number of images right; and there is some. */
START_TEST(the_lowest_cost_leaves_the_right_answers_alone)
{
    enum { MORE = 300 };
    begin_stage(&cost_stage_kind, MORE);
    give("show", "3");
    settle_stage();
    const struct cost_found *found = ((const struct cost_stage *)stage)->found;
    uint32_t right = found->along[COST_SHIFTS / 2].right;
    int cheaper = 0;
    give("shift", "lowest");
    for (int i = 0; i < COST_SHIFTS; i++) {
        bool less = found->along[i].cost < figure_of("cost-there");
        ck_assert(!less || found->along[i].right != right);
        cheaper += less;
    }
    ck_assert_int_gt(cheaper, 0);
    ck_assert_double_eq(figure_of("cost-lowest"), figure_of("cost-there"));
    end_stage();
}
END_TEST

START_TEST(the_model_in_use_can_be_asked)
{
    struct nn *net = nn_new("784-12-10", &err);
    nn_init(net, NN_START_BOOK, 3);
    begin_cost("1");
    double book = figure_of("mean");
    give("net", "1"); /* there is none: the book's stays */
    settle_stage();
    ck_assert_double_eq(figure_of("mean"), book);
    world.net = net;
    world.net_number = 7;
    settle_stage();
    ck_assert_double_eq(figure_of("mean"), evaluate(net, IMAGES).cost);
    end_stage();
    nn_free(net);
}
END_TEST

START_TEST(it_may_end_while_it_computes)
{
    begin_stage(&cost_stage_kind, IMAGES);
    give("show", "3");
    ck_assert(stage_busy(stage));
    ck_assert(!stage_set(stage, "shift", "lowest", &err));
    give("net", "1");
    give("net", "0");
    end_stage();
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("cost stage");
    TCase *tests = tcase_create("cost");
    tcase_add_test(tests, the_page_begins_with_an_image_that_costs_something);
    tcase_add_test(tests, the_mean_is_that_of_an_evaluation);
    tcase_add_test(tests, three_networks_read_alike_and_cost_differently);
    tcase_add_test(tests, a_shift_changes_that_weight);
    tcase_add_test(tests, the_lowest_cost_leaves_the_right_answers_alone);
    tcase_add_test(tests, the_model_in_use_can_be_asked);
    tcase_add_test(tests, it_may_end_while_it_computes);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    return suite;
}

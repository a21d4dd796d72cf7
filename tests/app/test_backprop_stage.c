/* SPDX-License-Identifier: MIT */
/* The stage of the lesson on backpropagation: its names, and the gradient that lies. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/stage/backprop_stage.h"
#include "base/err.h"
#include "kern/kern.h"
#include "suite.h"

static struct err err;
static struct stage *stage;

static void set_up(void)
{
    const struct stage_world world = {.kern = kern_best()};
    stage = stage_begin(&backprop_stage_kind, &world, &err);
    ck_assert_msg(stage != NULL, "%s", err.text);
}

static void tear_down(void)
{
    stage_end(stage);
}

static void set(const char *name, const char *value)
{
    ck_assert_msg(stage_set(stage, name, value, &err), "%s %s: %s", name, value, err.text);
}

static double figure(const char *name)
{
    double value = NAN;
    ck_assert_msg(stage_figure(stage, name, &value), "no %s", name);
    return value;
}

START_TEST(a_neuron_is_what_its_figures_say)
{
    double z = figure("bo2");
    const char *const given[] = {"ah1", "ah2", "ah3"}, *const weights[] = {"wo21", "wo22", "wo23"};
    for (int i = 0; i < 3; i++)
        z += figure(given[i]) * figure(weights[i]);
    ck_assert_double_eq_tol(figure("zo2"), z, 1e-6);
    ck_assert_double_eq_tol(figure("ao2"), 1 / (1 + exp(-z)), 1e-6);
    ck_assert_double_eq_tol(figure("gwo23"), figure("ah3") * figure("do2"), 1e-6);
    ck_assert(figure("gbh1") == figure("dh1"));
}
END_TEST

START_TEST(names_that_are_none_are_refused)
{
    static const char *const wrong[][2] = {
        {"select", "wo11"}, {"select", "swo11"}, {"select", "spoiled"}, {"select", "ah4"},
        {"secret", "x1"},   {"x3", "1"},         {"x1", "2"},           {"x1", "nan"},
        {"measure", "1"},   {"accuse", "1"},
    };
    double value;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        err.text[0] = 0;
        ck_assert_msg(!stage_set(stage, wrong[i][0], wrong[i][1], &err), "%s %s", wrong[i][0],
                      wrong[i][1]);
        ck_assert_uint_gt(strlen(err.text), 10);
    }
    ck_assert(!stage_figure(stage, "gah1", &value) && !stage_figure(stage, "", &value));
}
END_TEST

START_TEST(measuring_tells_the_spoiled_gradient_from_the_others)
{
    set("spoil", "5");
    set("select", "spoiled");
    set("measure", "1");
    int wrong = (int)figure("wrong");
    ck_assert_int_ge(wrong, 1);
    const struct backprop_stage *shown = (const struct backprop_stage *)stage;
    double lie = backprop_stage_gradient(shown, wrong - 1);
    ck_assert_double_eq_tol(figure("numeric"), -lie, 1e-4);
    ck_assert_double_gt(fabs(lie), 1e-3);
    set("accuse", "1");
    ck_assert(figure("accused") == wrong && figure("measured") == 1);
    for (int i = 0; i < BACKPROP_PARAMS; i++)
        ck_assert(i == wrong - 1 || backprop_stage_gradient(shown, i) == shown->pass.gradient[i]);
}
END_TEST

/* With an input at 0, what comes of it has no gradient that could be spoiled. */
START_TEST(the_spoiled_gradient_is_never_0)
{
    set("spoil", "5");
    for (int i = 0; i < 21; i++) {
        char value[16];
        snprintf(value, sizeof value, "%.1f", (i - 10) / 10.0);
        set("x1", value);
        set("x2", "0");
        int wrong = (int)figure("wrong");
        ck_assert_double_gt(
            fabs(backprop_stage_gradient((const struct backprop_stage *)stage, wrong - 1)), 1e-4);
    }
}
END_TEST

START_TEST(steps_bring_the_cost_down)
{
    double before = figure("cost");
    set("eta", "2");
    set("step", "20");
    ck_assert_double_lt(figure("cost"), before / 2);
    ck_assert_double_eq_tol(figure("cost-left"), 100 * figure("cost") / before, 1e-6);
    set("seed", "4");
    ck_assert_double_eq_tol(figure("cost"), before, 1e-9);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("backprop stage");
    TCase *tcase = tcase_create("backprop stage");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_neuron_is_what_its_figures_say);
    tcase_add_test(tcase, names_that_are_none_are_refused);
    tcase_add_test(tcase, measuring_tells_the_spoiled_gradient_from_the_others);
    tcase_add_test(tcase, the_spoiled_gradient_is_never_0);
    tcase_add_test(tcase, steps_bring_the_cost_down);
    suite_add_tcase(suite, tcase);
    return suite;
}

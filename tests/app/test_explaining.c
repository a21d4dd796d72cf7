/* SPDX-License-Identifier: MIT */
/* Why the drawing is read as it is, in the whole program: ink, change and curves. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app_world.h"
#include "base/err.h"
#include "kern/kern.h"
#include "model/model.h"
#include "suite.h"

#define WORDS "input 784, dense 16 sigmoid, dense 10 sigmoid"

static void open_view(void)
{
    char path[400];
    set_up();
    stroke(UI_BUTTON_LEFT, 0.3f, 0.2f, 0.7f, 0.2f);
    stroke(UI_BUTTON_LEFT, 0.7f, 0.2f, 0.4f, 0.8f);
    snprintf(path, sizeof path, "%s/explained.safetensors", folder);
    write_model(path, WORDS, "explained");
    ask_for(ACT_MODEL, path);
    key('4', UI_CTRL);
    frame();
}

static const struct ui_control *find(const char *name)
{
    return ui_find_control(app->ui, name);
}

static bool is_there(enum explaining_kind kind)
{
    const struct explained *explained = app->explaining.result;
    return explained && explained->kind == kind && !explaining_busy(&app->explaining) &&
           memcmp(explained->pixels, app->canvas.fit.pixels, FIT_LEN) == 0;
}

/* That of the picture on the canvas. */
static const struct explained *wait_for(enum explaining_kind kind)
{
    frame();
    wait_until(is_there(kind));
    return app->explaining.result;
}

static int answer(void)
{
    return app->canvas.answer.order[0];
}

/* The one whose button is down. */
static int digit_asked(void)
{
    char name[16];
    int asked = -1;
    for (int digit = 0; digit < 10; digit++) {
        snprintf(name, sizeof name, "ask-%d", digit);
        if (find(name)->on)
            asked = digit;
    }
    return asked;
}

START_TEST(occlusion_is_that_of_eval)
{
    static struct attribution wanted;
    float x[FIT_LEN];
    struct err err;
    open_view();
    click("why-ink");
    const struct explained *explained = wait_for(EXPLAINING_INK);
    const struct nn *net = app->models.current->net;
    struct attributor *attributor = attributor_new(net, kern_best(), &err);
    fit_floats(app->canvas.fit.pixels, 1, x);
    ck_assert(attribution_occlusion(attributor, net, x, occlusion_usual, NULL, NULL, &wanted));
    attributor_free(attributor);
    for (int i = 0; i < FIT_LEN; i++)
        ck_assert_float_eq_tol(explained->occlusion.of[3][i], wanted.of[3][i], 1e-5f);
    ck_assert(find("ink-gradient") && find("ink-occlusion"));
    tear_down();
}
END_TEST

START_TEST(the_ink_is_the_answers_until_another_digit_is_asked_for)
{
    open_view();
    ask(ACT_SHOW_INK, 0);
    frame();
    ck_assert_int_eq(digit_asked(), answer());
    int other = (answer() + 4) % 10;
    key('0' + other, 0);
    frame();
    ck_assert_int_eq(digit_asked(), other);
    tear_down();
}
END_TEST

START_TEST(the_changed_picture_reads_as_asked_on_the_canvas_too)
{
    open_view();
    click("why-change");
    frame();
    int digit = (answer() + 1) % 10;
    ask(ACT_ASK_DIGIT, digit);
    frame();
    wait_until(is_there(EXPLAINING_CHANGE) && app->explaining.result->digit == digit);
    const struct explained *explained = app->explaining.result;
    ck_assert(explained->change.reached);
    ck_assert_int_eq(explained->changed.best, digit);
    frame();
    click("take-change");
    frame();
    ck_assert_int_eq(answer(), digit);
    wait_for(EXPLAINING_CHANGE); /* of that picture: nothing is left to change */
    frame();
    ck_assert_int_eq(app->explaining.result->change.pixels, 0);
    tear_down();
}
END_TEST

START_TEST(without_a_change_there_is_none_to_take)
{
    struct err why;
    open_view();
    ck_assert(!app_can(app, &(struct action){.kind = ACT_TAKE_CHANGE}, &why));
    ck_assert_str_eq(why.text,
                     "No change was found yet; draw a digit, and choose another under Change.");
    tear_down();
}
END_TEST

START_TEST(curves_begin_with_the_picture_as_it_is_and_follow_the_drawing)
{
    open_view();
    click("why-curves");
    const struct explained *explained = wait_for(EXPLAINING_CURVES);
    for (int kind = 0; kind < SWEEP_KINDS; kind++)
        for (int digit = 0; digit < 10; digit++)
            ck_assert_float_eq_tol(explained->sweeps[kind].answer[SWEEP_PLACES / 2].of[digit],
                                   app->canvas.answer.probability[digit], 1e-5f);
    ck_assert(find("curve-turn") && find("curve-thick"));
    stroke(UI_BUTTON_LEFT, 0.2f, 0.5f, 0.8f, 0.5f);
    explained = wait_for(EXPLAINING_CURVES);
    ck_assert_float_eq_tol(explained->sweeps[0].answer[SWEEP_PLACES / 2].of[2],
                           app->canvas.answer.probability[2], 1e-5f);
    tear_down();
}
END_TEST

START_TEST(of_an_empty_canvas_nothing_is_explained)
{
    open_view();
    ask(ACT_CLEAR, 0);
    ask(ACT_SHOW_CHANGE, 0);
    frame();
    frame();
    ck_assert(!explaining_busy(&app->explaining));
    ck_assert(!find("change-picture") && !find("ask-0"));
    tear_down();
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("explaining");
    TCase *tests = tcase_create("explaining");
    tcase_set_timeout(tests, 120);
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_test(tests, occlusion_is_that_of_eval);
    tcase_add_test(tests, the_ink_is_the_answers_until_another_digit_is_asked_for);
    tcase_add_test(tests, the_changed_picture_reads_as_asked_on_the_canvas_too);
    tcase_add_test(tests, without_a_change_there_is_none_to_take);
    tcase_add_test(tests, curves_begin_with_the_picture_as_it_is_and_follow_the_drawing);
    tcase_add_test(tests, of_an_empty_canvas_nothing_is_explained);
    suite_add_tcase(suite, tests);
    return suite;
}

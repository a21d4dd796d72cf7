/* SPDX-License-Identifier: MIT */
/* Weights changed by hand, in the whole program. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app/shell/does.h"
#include "app_training.h"
#include "app_world.h"
#include "base/err.h"
#include "model/model.h"
#include "suite.h"

static void use_model(void)
{
    char path[400];
    snprintf(path, sizeof path, "%s/edited.safetensors", folder);
    write_model(path, "input 784, dense 12 sigmoid, dense 10 sigmoid", "edited");
    ask_for(ACT_MODEL, path);
    frame();
}

static void open_view(void)
{
    set_up();
    stroke(UI_BUTTON_LEFT, 0.3f, 0.2f, 0.7f, 0.2f);
    stroke(UI_BUTTON_LEFT, 0.7f, 0.2f, 0.4f, 0.8f);
    use_model();
    key('4', UI_CTRL);
    frame();
}

static float output(int digit)
{
    return activations_of(&app->activations, 1)[digit];
}

static void change(const char *text)
{
    ask_for(ACT_WEIGHT, text);
    frame();
}

START_TEST(the_answer_follows_at_once_and_is_put_back_to_the_bit)
{
    open_view();
    float before[10];
    struct answer answer = app->canvas.answer;
    for (int i = 0; i < 10; i++)
        before[i] = output(i);
    change("2 3 bias 40");
    ck_assert_float_eq_tol(output(3), 1, 1e-6f);
    ck_assert_float_eq(output(4), before[4]);
    ck_assert_int_eq(app->canvas.answer.order[0], 3);
    change("1 2 300 -7.5");
    ask(ACT_WEIGHT_UNDO, 0);
    frame();
    ck_assert_float_eq_tol(output(3), 1, 1e-6f);
    ask(ACT_WEIGHT_UNDO, 0);
    frame();
    for (int i = 0; i < 10; i++)
        ck_assert_float_eq(output(i), before[i]);
    ck_assert(
        memcmp(app->canvas.answer.probability, answer.probability, sizeof answer.probability) == 0);
    ck_assert(app->weight_edits.net == NULL);
    tear_down();
}
END_TEST

/* From the middle of the slider to its right end, in four steps. */
static void drag_weight(void)
{
    struct ui_rect at = rect_of("weight");
    float x = at.x + at.w / 2, y = at.y + at.h / 2;
    sample(UI_PRESS, UI_BUTTON_LEFT, x, y);
    frame();
    for (int i = 1; i <= 4; i++) {
        sample(UI_MOVE, UI_BUTTON_LEFT, x + at.w / 2 * (float)i / 4, y);
        frame();
        uint64_t changes = app->weight_edits.changes;
        frame();
        frame();
        ck_assert_uint_eq(app->weight_edits.changes, changes); /* held, it changes nothing */
    }
    sample(UI_RELEASE, UI_BUTTON_LEFT, at.x + at.w - 1, y);
    frame();
    frame();
}

START_TEST(a_drag_is_one_step_of_the_undo)
{
    open_view();
    int digit = app->canvas.answer.order[0];
    float before = output(digit);
    click("term-bias");
    frame();
    drag_weight();
    ck_assert_int_eq(app->weight_edits.count, 1);
    ck_assert_int_eq(app->weight_edits.undo[0].from, WEIGHT_BIAS);
    ck_assert_float_gt(output(digit), before);
    ck_assert(text_is_shown("edited, with weights changed by hand, reads your drawing."));
    ck_assert_int_eq(app->inspect.drawing.network.choice.place, digit);
    click("weight-undo");
    frame();
    ck_assert_float_eq(output(digit), before);
    ck_assert(text_is_shown("edited reads your drawing."));
    tear_down();
}
END_TEST

START_TEST(any_weight_is_chosen_in_the_picture)
{
    open_view();
    click("neuron-1-4");
    frame();
    struct ui_rect at = rect_of("neuron-weights");
    sample(UI_PRESS, UI_BUTTON_LEFT, at.x + at.w * 10.5f / 28, at.y + at.h * 3.5f / 28);
    sample(UI_RELEASE, UI_BUTTON_LEFT, at.x + at.w * 10.5f / 28, at.y + at.h * 3.5f / 28);
    frame();
    frame();
    ck_assert_int_eq(app->inspect.drawing.neuron.weight.from, 3 * 28 + 10);
    ck_assert_str_eq(ui_find_control(app->ui, "weight")->label, "The weight on pixel 3, 10");
    tear_down();
}
END_TEST

START_TEST(kept_they_are_a_model_of_which_no_figure_is_known)
{
    open_view();
    change("2 3 bias 40");
    float changed = output(3);
    ask(ACT_WEIGHTS_KEEP, 0);
    frame();
    frame();
    ck_assert_str_eq(model_name(app->models.current), "edited changed");
    ck_assert(app->models.unsaved && app->weight_edits.net == NULL);
    ck_assert_float_eq(output(3), changed);
    ck_assert(models_accuracy(&app->models.current->record) < 0);
    ck_assert(record_get(&app->models.current->record, MODEL_COMMAND) == NULL);
    ask(ACT_MODEL_BACK, 0);
    frame();
    ck_assert_str_eq(model_name(app->models.current), "edited");
    tear_down();
}
END_TEST

START_TEST(another_model_knows_nothing_of_them)
{
    open_view();
    change("2 3 bias 40");
    ask_for(ACT_MODEL, "best");
    frame();
    frame();
    ck_assert(app->weight_edits.net == NULL);
    ask(ACT_MODEL_BACK, 0);
    frame();
    frame();
    ck_assert(app->weight_edits.net == NULL);
    ck_assert_float_lt(output(3), 0.9999f);
    tear_down();
}
END_TEST

static void expect_refused(const char *text, const char *sentence)
{
    change(text);
    ck_assert_str_eq(app->notices.now.text, sentence);
    ck_assert(app->weight_edits.net == NULL);
}

START_TEST(what_is_no_weight_is_refused_in_a_sentence)
{
    open_view();
    expect_refused("2 3 bias", "A weight is named by its layer, its neuron, its input or \"bias\", "
                               "and its value.");
    expect_refused("3 3 1 4", "edited has no such weight to change.");
    expect_refused("2 10 1 4", "edited has no such weight to change.");
    expect_refused("2 3 12 4", "edited has no such weight to change.");
    expect_refused("2 3 1 nan", "A weight is a finite number.");
    tear_down();
}
END_TEST

START_TEST(while_a_training_reads_there_is_nothing_to_drag)
{
    struct err why;
    open_view();
    start_training(1000);
    wait_for_epoch(1);
    frame();
    ck_assert(!ui_find_control(app->ui, "weight"));
    ck_assert(!app_can(app, &(struct action){.kind = ACT_WEIGHT, .text = "2 3 1 4"}, &why));
    ck_assert_str_eq(why.text, "A training changes the weights that read now; stop it first.");
    tear_down();
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("weight_edits");
    TCase *tests = tcase_create("weight_edits");
    tcase_set_timeout(tests, 120);
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_test(tests, the_answer_follows_at_once_and_is_put_back_to_the_bit);
    tcase_add_test(tests, a_drag_is_one_step_of_the_undo);
    tcase_add_test(tests, any_weight_is_chosen_in_the_picture);
    tcase_add_test(tests, kept_they_are_a_model_of_which_no_figure_is_known);
    tcase_add_test(tests, another_model_knows_nothing_of_them);
    tcase_add_test(tests, what_is_no_weight_is_refused_in_a_sentence);
    tcase_add_test(tests, while_a_training_reads_there_is_nothing_to_drag);
    suite_add_tcase(suite, tests);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* The evaluation of whole sets in the whole program: its figures, its progress, and what is old. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_world.h"
#include "data/dataset.h"
#include "data/unipen.h"
#include "eval/evaluate.h"
#include "inspect_world.h"
#include "par/pool.h"
#include "suite.h"

static const struct evaluated *result(void)
{
    ck_assert_ptr_nonnull(app->evaluating.result);
    return app->evaluating.result;
}

static void expect_trouble(const char *words)
{
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert_msg(strstr(app->notices.now.text, words) != NULL, "%s", app->notices.now.text);
    ck_assert(!evaluating_busy(&app->evaluating));
}

/* ---- the figures ----------------------------------------------------------------------------- */

static void expect_measured(const struct dataset *set)
{
    struct measure alone = measure_alone(set);
    const struct evaluation *got = &result()->measure.figures, *want = &alone.figures;
    ck_assert_uint_eq(result()->set->count, set->count);
    ck_assert_str_eq(result()->set->name, set->name);
    ck_assert_uint_eq(got->count, want->count);
    ck_assert_uint_eq(got->correct, want->correct);
    ck_assert(got->accuracy == want->accuracy && got->error == want->error);
    ck_assert(got->cost == want->cost);
    ck_assert_int_eq(memcmp(got->confusion, want->confusion, sizeof got->confusion), 0);
    ck_assert_int_eq(memcmp(&result()->measure.verdicts, &alone.verdicts, sizeof alone.verdicts),
                     0);
    measure_clear(&alone);
}

static int64_t number_in(const json_t *event, const char *key)
{
    ck_assert_msg(json_is_integer(json_object_get(event, key)), "no %s", key);
    return json_integer_value(json_object_get(event, key));
}

START_TEST(its_figures_are_those_of_the_command_to_the_bit)
{
    evaluate("test");
    ck_assert_uint_eq(library_test(app->library)->count, TEST_IMAGES);
    expect_measured(library_test(app->library));
    evaluate("train");
    expect_measured(library_train(app->library));
}
END_TEST

START_TEST(the_log_tells_them_all)
{
    evaluate("test");
    const json_t *event = find_event("evaluation", 0), *rows = json_object_get(event, "confusion");
    const struct evaluation *figures = &result()->measure.figures;
    ck_assert_ptr_nonnull(event);
    ck_assert_str_eq(json_string_value(json_object_get(event, "set")), "test");
    ck_assert_int_eq(number_in(event, "count"), TEST_IMAGES);
    ck_assert_int_eq(number_in(event, "correct"), figures->correct);
    ck_assert_int_eq(number_in(event, "sure") + number_in(event, "doubtful") +
                         number_in(event, "no_digit"),
                     TEST_IMAGES);
    int64_t sum = 0;
    for (size_t truth = 0; truth < 10; truth++)
        for (size_t answer = 0; answer < 10; answer++) {
            int64_t cell = json_integer_value(json_array_get(json_array_get(rows, truth), answer));
            ck_assert_int_eq(cell, figures->confusion[truth][answer]);
            sum += cell;
        }
    ck_assert_int_eq(sum, TEST_IMAGES);
}
END_TEST

START_TEST(each_answer_is_the_one_that_was_counted)
{
    uint32_t confusion[10][10] = {{0}};
    evaluate("test");
    for (uint32_t i = 0; i < result()->set->count; i++) {
        confusion[result()->set->labels[i]][result()->best[i]]++;
        ck_assert(result()->confidence[i] >= 0.1f && result()->confidence[i] <= 1);
    }
    ck_assert_int_eq(memcmp(confusion, result()->measure.figures.confusion, sizeof confusion), 0);
}
END_TEST

START_TEST(the_images_held_back_are_the_last_of_the_training_set)
{
    app->form.recipe.hold_back = 50;
    evaluate("held-back");
    const struct dataset *train = library_train(app->library);
    const struct dataset part = dataset_part(train, train->count - 50, 50);
    expect_measured(&part);
}
END_TEST

START_TEST(digits_of_ones_own_are_a_set)
{
    key('1', UI_CTRL);
    frame();
    for (int i = 0; i < 3; i++) {
        stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
        key('1', 0);
    }
    evaluate("mine");
    ck_assert_uint_eq(result()->set->count, 3);
    ck_assert_uint_eq(result()->measure.figures.count, 3);
    ck_assert_int_eq(result()->set->labels[0], 1);
}
END_TEST

START_TEST(a_file_of_strokes_is_a_set)
{
    const char *path = write_strokes("pen.unp", 25);
    evaluate(path);
    ck_assert_int_eq(result()->which, EVALUATING_STROKES);
    struct pool *pool = pool_new(1, false, NULL);
    struct unipen *strokes = unipen_load(path, NULL);
    struct dataset *set = evaluate_strokes(strokes, pool, NULL);
    expect_measured(set);
    dataset_free(set);
    unipen_free(strokes);
    pool_free(pool);
    ck_assert_ptr_nonnull(find_event("evaluation", 0));
}
END_TEST

/* ---- what cannot be evaluated ---------------------------------------------------------------- */

START_TEST(a_set_that_is_not_there_gives_its_sentence)
{
    evaluate("nonsense");
    expect_trouble("no set or file \"nonsense\"");
    evaluate("mine");
    expect_trouble("no digits of yours");
    app->form.recipe.hold_back = 0;
    evaluate("held-back");
    expect_trouble("holds no images back");
    evaluate(folder);
    expect_trouble("no set or file");
    evaluate(model_path);
    expect_trouble("tiny.safetensors");
    evaluate(write_strokes("none.unp", 0));
    expect_trouble("none.unp");
    ck_assert_ptr_null(app->evaluating.result);
    ck_assert_ptr_null(find_event("evaluation", 0));
}
END_TEST

START_TEST(data_without_test_images_says_so)
{
    char path[400], command[1500];
    snprintf(path, sizeof path, "%s/untested", folder);
    snprintf(command, sizeof command, "mkdir -p '%s' && cp '%s'/train-* '%s'", path, data_path,
             path);
    ck_assert_int_eq(system(command), 0);
    ask_for(ACT_DATA, path);
    evaluate("test");
    expect_trouble("no test images");
}
END_TEST

/* ---- progress -------------------------------------------------------------------------------- */

START_TEST(its_progress_is_shown_and_it_can_be_stopped)
{
    use_model(slow_path);
    ck_assert_double_eq(evaluating_progress(&app->evaluating), 0);
    ask_for(ACT_EVALUATE, "test");
    wait_until(app->evaluating.work != NULL);
    frame();
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "evaluate-progress"));
    ck_assert_ptr_null(ui_find_control(app->ui, "evaluate"));
    wait_until(evaluating_progress(&app->evaluating) > 0.5 || !evaluating_busy(&app->evaluating));
    ask_for(ACT_EVALUATE_STOP, NULL);
    wait_until(!evaluating_busy(&app->evaluating));
    ask_for(ACT_EVALUATE, "test");
    wait_until(app->evaluating.work != NULL);
    ask_for(ACT_EVALUATE_STOP, NULL);
    wait_until(!evaluating_busy(&app->evaluating));
    frame();
    ck_assert_ptr_null(ui_find_control(app->ui, "evaluate-progress"));
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "evaluate"));
    ck_assert_int_eq(app->notices.now.kind, NOTICE_NONE); /* whoever stops it knows */
}
END_TEST

START_TEST(it_can_be_stopped_while_the_data_is_loaded)
{
    ask_for(ACT_EVALUATE, "test");
    ck_assert(app->evaluating.waiting && !app->evaluating.work);
    ask_for(ACT_EVALUATE_STOP, NULL);
    ck_assert(!evaluating_busy(&app->evaluating));
    wait_until(library_state(app->library) == LIBRARY_READY);
    frame();
    ck_assert_ptr_null(app->evaluating.result);
}
END_TEST

START_TEST(a_second_one_waits_for_its_turn)
{
    use_model(slow_path);
    ask_for(ACT_EVALUATE, "test");
    wait_until(app->evaluating.work != NULL);
    ask_for(ACT_EVALUATE, "train");
    ck_assert(strstr(app->notices.now.text, "An evaluation is under way") != NULL);
    ck_assert_int_eq(app->evaluating.wanted, EVALUATING_TEST);
}
END_TEST

/* ---- what is old ----------------------------------------------------------------------------- */

START_TEST(the_old_figures_stay_until_the_new_ones_come)
{
    evaluate("train");
    uint32_t correct = result()->measure.figures.correct;
    ck_assert(!text_is_shown("Old: "));
    use_model(slow_path);
    ck_assert(text_is_shown("Old: tiny on 300 training images"));
    ask_for(ACT_EVALUATE, "test");
    wait_until(app->evaluating.work != NULL);
    frame();
    ck_assert(text_is_shown("Old: tiny on 300 training images"));
    ck_assert_uint_eq(result()->measure.figures.correct, correct);
    wait_until(!evaluating_busy(&app->evaluating));
    frame();
    ck_assert(text_is_shown("slow on 2,600 test images") && !text_is_shown("Old: "));
}
END_TEST

START_TEST(figures_of_a_set_are_old_while_another_is_read)
{
    use_model(slow_path);
    evaluate("train");
    ask_for(ACT_EVALUATE, "test");
    wait_until(app->evaluating.work != NULL);
    frame();
    ck_assert(text_is_shown("Old: slow on 300 training images"));
    ask_for(ACT_EVALUATE_STOP, NULL);
    wait_until(!evaluating_busy(&app->evaluating));
    frame();
    ck_assert(!text_is_shown("Old: "));
}
END_TEST

START_TEST(other_data_makes_the_figures_old)
{
    evaluate("test");
    ask(ACT_DATA_SYNTHETIC, 0);
    frame();
    ck_assert(text_is_shown("Old: tiny on 2,600 test images"));
    ck_assert_uint_eq(result()->set->count, TEST_IMAGES); /* a copy, which lives on */
    ask(ACT_WALL_IMAGE, TEST_IMAGES - 1);
    ck_assert(app->canvas.picture.any);
}
END_TEST

START_TEST(another_digit_of_ones_own_makes_the_figures_old)
{
    key('1', UI_CTRL);
    frame();
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    key('1', 0);
    key('4', UI_CTRL);
    evaluate("mine");
    ck_assert(!text_is_shown("Old: "));
    key('1', UI_CTRL);
    frame();
    stroke(UI_BUTTON_LEFT, 0.3f, 0.2f, 0.5f, 0.8f);
    key('7', 0);
    key('4', UI_CTRL);
    frame();
    ck_assert(text_is_shown("Old: "));
}
END_TEST

START_TEST(to_hold_other_images_back_makes_their_figures_old)
{
    app->form.recipe.hold_back = 50;
    evaluate("held-back");
    frame();
    ck_assert(!text_is_shown("Old: "));
    app->form.recipe.hold_back = 60;
    frame();
    ck_assert(text_is_shown("Old: "));
}
END_TEST

START_TEST(the_window_can_close_at_any_moment)
{
    use_model(slow_path);
    evaluate("train");
    ask_for(ACT_EVALUATE, "test");
    wait_until(app->evaluating.work != NULL);
} /* tear_down closes it */
END_TEST

/* Their digits are filed in the world's folder. */
static void end(void)
{
    char command[400];
    tear_down();
    snprintf(command, sizeof command, "rm -f '%s'/inkling/my-digits*", folder);
    ck_assert_int_eq(system(command), 0);
}

Suite *make_suite(void)
{
    Suite *suite = suite_create("evaluating");
    TCase *tests = tcase_create("evaluating");
    tcase_add_unchecked_fixture(tests, make_inspect_world, remove_world);
    tcase_add_checked_fixture(tests, begin_inspect, end);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, its_figures_are_those_of_the_command_to_the_bit);
    tcase_add_test(tests, the_log_tells_them_all);
    tcase_add_test(tests, each_answer_is_the_one_that_was_counted);
    tcase_add_test(tests, the_images_held_back_are_the_last_of_the_training_set);
    tcase_add_test(tests, digits_of_ones_own_are_a_set);
    tcase_add_test(tests, a_file_of_strokes_is_a_set);
    tcase_add_test(tests, a_set_that_is_not_there_gives_its_sentence);
    tcase_add_test(tests, data_without_test_images_says_so);
    tcase_add_test(tests, its_progress_is_shown_and_it_can_be_stopped);
    tcase_add_test(tests, it_can_be_stopped_while_the_data_is_loaded);
    tcase_add_test(tests, a_second_one_waits_for_its_turn);
    tcase_add_test(tests, the_old_figures_stay_until_the_new_ones_come);
    tcase_add_test(tests, figures_of_a_set_are_old_while_another_is_read);
    tcase_add_test(tests, other_data_makes_the_figures_old);
    tcase_add_test(tests, another_digit_of_ones_own_makes_the_figures_old);
    tcase_add_test(tests, to_hold_other_images_back_makes_their_figures_old);
    tcase_add_test(tests, the_window_can_close_at_any_moment);
    suite_add_tcase(suite, tests);
    return suite;
}

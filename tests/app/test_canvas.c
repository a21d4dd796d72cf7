/* SPDX-License-Identifier: MIT */
/* Drawing in the whole program, and how a drawing or a picture is read. */
#include <check.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/state/models.h"
#include "app_world.h"
#include "eval/verdict.h"
#include "ink/drawing.h"
#include "ink/stroke.h"
#include "kern/kern.h"
#include "look.h"
#include "model/model.h"
#include "places.h"
#include "suite.h"
#include "train/rule.h"

/* ---- drawing and reading --------------------------------------------------------------------- */

START_TEST(an_empty_canvas_has_no_answer)
{
    ck_assert(!app->canvas.answer.any);
    ck_assert(text_is_shown("Draw a digit"));
    ck_assert_ptr_null(find_event("prediction", 0));
}
END_TEST

START_TEST(a_stroke_is_read_in_the_frame_in_which_it_is_drawn)
{
    struct ui_rect at = rect_of("canvas");
    sample(UI_PRESS, UI_BUTTON_LEFT, at.x + at.w / 2, at.y + 40);
    for (int i = 0; i < 100; i++)
        sample(UI_MOVE, UI_BUTTON_LEFT, at.x + at.w / 2, at.y + 40 + (float)i);
    frame();
    const json_t *event = find_event("prediction", 0);
    ck_assert_ptr_nonnull(event);
    char digit[8];
    json_int_t read = json_integer_value(json_object_get(event, "digit"));
    snprintf(digit, sizeof digit, "%d", (int)read);
    ck_assert(app->canvas.answer.any && text_is_shown(digit));
    ck_assert_str_eq(json_string_value(json_object_get(event, "verdict")),
                     verdict_name(app->canvas.answer.verdict, app->canvas.answer.guess));
    ck_assert_int_eq((int)read, app->canvas.answer.order[0]);
    ck_assert_uint_eq(json_array_size(json_object_get(event, "probabilities")), 10);
    ck_assert(json_number_value(json_object_get(event, "microseconds")) > 0);
    ck_assert_int_eq((int)json_integer_value(json_object_get(event, "latency_us")), 1000);
}
END_TEST

/* As calibration leaves it, by a network of that accuracy. */
static void fit_rule(double accuracy)
{
    struct record *record = &app->models.current->record;
    ck_assert(rule_write(&verdict_usual, record, NULL));
    ck_assert(record_set_number(record, MODEL_TEST_ACCURACY, accuracy, NULL));
}

static void prefer_seven(void)
{
    float *bias = nn_params(app->models.current->net) + nn_param_len(app->models.current->net) - 10;
    bias[7] += 20; /* the last ten parameters are the answers' biases */
    app->canvas.any_reading = false;
    frame();
}

START_TEST(a_network_that_reads_few_or_has_no_fitted_rule_guesses)
{
    static const double poor[] = {0.109, 0.5, 0.899};
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    prefer_seven();
    ck_assert_int_eq(app->canvas.answer.order[0], 7);
    ck_assert(text_is_shown("A guess: ") && !text_is_shown(" % sure"));
    for (size_t i = 0; i < sizeof poor / sizeof *poor; i++) {
        fit_rule(poor[i]);
        app->canvas.any_reading = false;
        frame();
        ck_assert(text_is_shown("A guess: ") && !text_is_shown(" % sure"));
    }
    fit_rule(0.9);
    app->canvas.any_reading = false;
    frame();
    ck_assert(text_is_shown(" % sure") && !text_is_shown("guess"));
}
END_TEST

START_TEST(a_network_that_guesses_says_so_where_it_is_not_sure_and_never_says_no_digit)
{
    struct record *record = &app->models.current->record;
    struct verdict_rule strict = {.temperature = 1, .sure = 1, .spread = 1, .rest = 0};
    ck_assert(rule_write(&strict, record, NULL)); /* nothing is a digit to it */
    ck_assert(record_set_number(record, MODEL_TEST_ACCURACY, 0.81, NULL));
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    ck_assert_int_eq(app->canvas.answer.verdict, VERDICT_DOUBTFUL);
    ck_assert(text_is_shown("? a guess") && !text_is_shown("digit to me"));
    const json_t *event = find_event("prediction", 0);
    ck_assert_str_eq(json_string_value(json_object_get(event, "verdict")), "guess");
}
END_TEST

START_TEST(no_answer_is_ever_a_hundred_percent)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    prefer_seven();
    ck_assert_float_gt(app->canvas.answer.probability[7], 0.9999f);
    ck_assert_str_eq(ui_find_control(app->ui, "digit-7")->label, "7: > 99.9 %");
    ck_assert(text_is_shown("> ")); /* figures stand one by one */
}
END_TEST

START_TEST(half_of_a_digit_is_no_alarm_until_the_pen_has_rested)
{
    struct record *record = &app->models.current->record;
    struct verdict_rule strict = {.temperature = 1, .sure = 1, .spread = 1, .rest = 0};
    ck_assert(rule_write(&strict, record, NULL)); /* nothing is a digit to it */
    struct ui_rect at = rect_of("canvas");
    sample(UI_PRESS, UI_BUTTON_LEFT, at.x + 50, at.y + 50);
    sample(UI_MOVE, UI_BUTTON_LEFT, at.x + 150, at.y + 50);
    frame();
    ck_assert_int_eq(app->canvas.answer.verdict, VERDICT_NO_DIGIT);
    input->now += 3000000; /* the pen is held still */
    frame();
    ck_assert(!text_is_shown("No digit?"));
    sample(UI_RELEASE, UI_BUTTON_LEFT, at.x + 150, at.y + 50);
    uint64_t up = input->now;
    frame();
    ck_assert(!text_is_shown("No digit?"));
    ck_assert_uint_le(shown.wake, up + 700000);
    ck_assert_uint_ge(shown.wake, up + 500000);
    input->now = shown.wake - 1000;
    frame();
    ck_assert(!text_is_shown("No digit?"));
    input->now = shown.wake;
    frame();
    ck_assert(text_is_shown("No digit?"));
    ck_assert(shown.wake == UI_NEVER);
    sample(UI_PRESS, UI_BUTTON_LEFT, at.x + 60, at.y + 90); /* goes on */
    frame();
    ck_assert(!text_is_shown("No digit?"));
}
END_TEST

START_TEST(below_the_threshold_an_answer_is_called_not_sure)
{
    fit_rule(0.99);
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    ck_assert_int_ne(app->canvas.answer.verdict, VERDICT_SURE);
    ck_assert(!text_is_shown(" % sure"));
    prefer_seven();
    ck_assert_int_eq(app->canvas.answer.order[0], 7);
    ck_assert(text_is_shown(" % sure"));
}
END_TEST

START_TEST(no_sample_of_a_fast_stroke_is_lost)
{
    stroke(UI_BUTTON_LEFT, 0.2f, 0.2f, 0.8f, 0.7f);
    const struct ink *ink = drawing_ink(app->canvas.drawing);
    ck_assert_uint_eq(ink->stroke_count, 1);
    ck_assert_uint_eq(ink->strokes[0].count, 21);
    ck_assert_float_eq_tol(ink->points[0].x, 0.2f * CANVAS_CELLS, 0.01f);
    ck_assert_float_eq_tol(ink->points[20].y, 0.7f * CANVAS_CELLS, 0.01f);
}
END_TEST

START_TEST(the_answer_is_what_the_network_says_of_the_fitted_strokes)
{
    stroke(UI_BUTTON_LEFT, 0.3f, 0.2f, 0.7f, 0.2f);
    stroke(UI_BUTTON_LEFT, 0.7f, 0.2f, 0.4f, 0.8f);
    struct ink_fit fit;
    float x[FIT_LEN];
    ink_fit(drawing_ink(app->canvas.drawing), &fit);
    for (int i = 0; i < FIT_LEN; i++)
        x[i] = (float)fit.pixels[i] * (1.0f / 255);
    const struct nn *net = app->models.current->net;
    struct nn_work *work = nn_work_new(net, app->kern, 1, false, NULL);
    const float *out = nn_predict(net, work, x, 1);
    for (int i = 0; i < 10; i++)
        ck_assert_float_eq_tol(app->canvas.answer.probability[i], out[i], 1e-6f);
    for (int i = 1; i < 10; i++)
        ck_assert(app->canvas.answer.probability[app->canvas.answer.order[i]] <=
                  app->canvas.answer.probability[app->canvas.answer.order[i - 1]]);
    nn_work_free(work);
}
END_TEST

START_TEST(clear_gives_no_answer)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    int before = event_count;
    click("clear");
    ck_assert(!app->canvas.answer.any && stroke_count() == 0);
    const json_t *event = find_event("prediction", before);
    ck_assert_ptr_nonnull(event);
    ck_assert(json_is_null(json_object_get(event, "digit")));
    ck_assert(text_is_shown("Draw a digit"));
}
END_TEST

START_TEST(undo_and_redo_go_step_by_step)
{
    stroke(UI_BUTTON_LEFT, 0.3f, 0.2f, 0.3f, 0.8f);
    stroke(UI_BUTTON_LEFT, 0.6f, 0.2f, 0.6f, 0.8f);
    click("undo");
    ck_assert_uint_eq(stroke_count(), 1);
    click("redo");
    ck_assert_uint_eq(stroke_count(), 2);
    click("clear");
    click("undo");
    ck_assert_uint_eq(stroke_count(), 2);
    click("undo");
    click("undo");
    ck_assert_uint_eq(stroke_count(), 0);
    ck_assert(ui_find_control(app->ui, "undo")->off);
}
END_TEST

START_TEST(the_right_button_erases)
{
    stroke(UI_BUTTON_LEFT, 0.2f, 0.5f, 0.8f, 0.5f);
    stroke(UI_BUTTON_RIGHT, 0.5f, 0.3f, 0.5f, 0.7f);
    ck_assert_uint_eq(stroke_count(), 2);
}
END_TEST

START_TEST(the_erase_button_makes_the_left_button_erase)
{
    stroke(UI_BUTTON_LEFT, 0.2f, 0.5f, 0.8f, 0.5f);
    click("erase");
    ck_assert(ui_find_control(app->ui, "erase")->on);
    stroke(UI_BUTTON_LEFT, 0.5f, 0.3f, 0.5f, 0.7f);
    ck_assert_uint_eq(stroke_count(), 2);
    click("erase");
    stroke(UI_BUTTON_LEFT, 0.5f, 0.3f, 0.5f, 0.7f);
    ck_assert_uint_eq(stroke_count(), 3);
}
END_TEST

START_TEST(a_stroke_that_leaves_the_canvas_stays_within_it)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.5f, 3, -2);
    const struct ink *ink = drawing_ink(app->canvas.drawing);
    for (uint32_t i = 0; i < ink->point_count; i++)
        ck_assert(ink->points[i].x >= 0 && ink->points[i].x <= CANVAS_CELLS &&
                  ink->points[i].y >= 0 && ink->points[i].y <= CANVAS_CELLS);
}
END_TEST

START_TEST(the_first_layer_has_a_map_for_each_filter)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    struct reader_maps maps = reader_first_layer(app->reader);
    ck_assert_int_eq(maps.count, 4);
    ck_assert_int_eq(maps.rows, 12);
    float most = 0;
    for (int i = 0; i < maps.count * maps.rows * maps.cols; i++)
        most = fmaxf(most, fabsf(maps.values[i]));
    ck_assert_float_eq(most, 1);
}
END_TEST

/* ---- what is dropped ------------------------------------------------------------------------- */

START_TEST(a_picture_is_read_and_undo_brings_the_strokes_back)
{
    char path[] = "/some/one.png";
    stroke(UI_BUTTON_LEFT, 0.2f, 0.5f, 0.8f, 0.5f);
    drop(path);
    frame();
    ck_assert(app->canvas.picture.any && app->canvas.answer.any);
    ck_assert_uint_eq(stroke_count(), 0);
    uint32_t ink = app->canvas.picture.pixels[30 * 40 + 20], paper = app->canvas.picture.pixels[0];
    ck_assert_uint_eq(ink, 0xffffffff);
    ck_assert_uint_eq(paper, 0x000000ff);
    key('z', UI_CTRL);
    ck_assert(!app->canvas.picture.any);
    ck_assert_uint_eq(stroke_count(), 1);
    ck_assert(app->canvas.answer.any);
}
END_TEST

START_TEST(a_picture_without_ink_is_said_and_no_other)
{
    char path[] = "/some/one.png", blank[] = "/some/blank.png";
    drop(path);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_NONE);
    drop(blank);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, "no ink to be found in blank.png"));
}
END_TEST

START_TEST(the_time_of_a_picture_has_nothing_of_the_strokes_before)
{
    const double long_ago = 1e9;
    char path[] = "/some/one.png";
    app->canvas.fit_microseconds = long_ago;
    drop(path);
    frame();
    ck_assert(app->canvas.answer.any);
    ck_assert_double_gt(app->canvas.fit_microseconds, 0);
    ck_assert_double_lt(app->canvas.answer.microseconds, long_ago);
}
END_TEST

START_TEST(a_picture_is_shown_with_the_ink_light_as_it_was_read)
{
    char path[] = "/some/dim.png";
    drop(path);
    frame();
    ck_assert(app->canvas.answer.any);
    ck_assert_uint_eq(app->canvas.picture.pixels[30 * 40 + 20], 0xffffffff);
    ck_assert_uint_eq(app->canvas.picture.pixels[0], 0x9b9b9bff);
}
END_TEST

START_TEST(drawing_over_a_picture_begins_anew)
{
    char path[] = "/some/one.png";
    drop(path);
    frame();
    stroke(UI_BUTTON_LEFT, 0.2f, 0.5f, 0.8f, 0.5f);
    ck_assert(!app->canvas.picture.any);
    ck_assert_uint_eq(stroke_count(), 1);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("canvas");
    TCase *tests = tcase_create("canvas");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, an_empty_canvas_has_no_answer);
    tcase_add_test(tests, a_stroke_is_read_in_the_frame_in_which_it_is_drawn);
    tcase_add_test(tests, a_network_that_reads_few_or_has_no_fitted_rule_guesses);
    tcase_add_test(tests,
                   a_network_that_guesses_says_so_where_it_is_not_sure_and_never_says_no_digit);
    tcase_add_test(tests, no_answer_is_ever_a_hundred_percent);
    tcase_add_test(tests, half_of_a_digit_is_no_alarm_until_the_pen_has_rested);
    tcase_add_test(tests, below_the_threshold_an_answer_is_called_not_sure);
    tcase_add_test(tests, no_sample_of_a_fast_stroke_is_lost);
    tcase_add_test(tests, the_answer_is_what_the_network_says_of_the_fitted_strokes);
    tcase_add_test(tests, clear_gives_no_answer);
    tcase_add_test(tests, undo_and_redo_go_step_by_step);
    tcase_add_test(tests, the_right_button_erases);
    tcase_add_test(tests, the_erase_button_makes_the_left_button_erase);
    tcase_add_test(tests, a_stroke_that_leaves_the_canvas_stays_within_it);
    tcase_add_test(tests, the_first_layer_has_a_map_for_each_filter);
    tcase_add_test(tests, a_picture_is_read_and_undo_brings_the_strokes_back);
    tcase_add_test(tests, a_picture_without_ink_is_said_and_no_other);
    tcase_add_test(tests, the_time_of_a_picture_has_nothing_of_the_strokes_before);
    tcase_add_test(tests, a_picture_is_shown_with_the_ink_light_as_it_was_read);
    tcase_add_test(tests, drawing_over_a_picture_begins_anew);
    suite_add_tcase(suite, tests);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* Teaching in the whole program: a drawing is filed as a digit, and the steps of its fit. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app_world.h"
#include "data/my_digits.h"
#include "digits.h"
#include "digits_world.h"
#include "ink/drawing.h"
#include "suite.h"

/* ---- filing ---------------------------------------------------------------------------------- */

START_TEST(a_digit_key_files_the_drawing_with_strokes_and_picture)
{
    draw_one(0.5f);
    key('1', 0);
    ck_assert_uint_eq(digit_count(), 1);
    ck_assert_int_eq(last_digit()->label, 1);
    ck_assert_uint_eq(last_digit()->ink.stroke_count, 1);
    ck_assert_mem_eq(last_digit()->pixels, app->canvas.fit.pixels, FIT_LEN);
    const json_t *event = wait_for_event("my_digits", "what", "taught", 0);
    ck_assert_int_eq((int)json_integer_value(json_object_get(event, "label")), 1);
    ck_assert(text_is_shown("Filed in"));
    ck_assert(!text_is_shown(" mine")); /* no training uses them */
    ck_assert(ui_find_control(app->ui, "teach-1")->on);
    wait_for_event("my_digits", "what", "saved", 0);
    struct my_digits *kept = load_digits(store, NULL);
    ck_assert_uint_eq(my_digits_count(kept), 1);
    my_digits_free(kept);
}
END_TEST

START_TEST(a_button_files_it_too_and_another_names_it_anew)
{
    draw_one(0.5f);
    click("teach-7");
    click("teach-1");
    ck_assert_uint_eq(digit_count(), 1);
    ck_assert_int_eq(last_digit()->label, 1);
    key('z', UI_CTRL);
    ck_assert_int_eq(last_digit()->label, 7);
    key('z', UI_CTRL);
    ck_assert_uint_eq(digit_count(), 0);
    ck_assert_uint_eq(stroke_count(), 1);
    key('z', UI_CTRL);
    ck_assert_uint_eq(stroke_count(), 0);
}
END_TEST

START_TEST(a_new_drawing_is_never_taken_for_one_that_was_taken_back)
{
    draw_one(0.5f);
    key('1', 0);
    ask(ACT_DIGITS_SELECT, last_digit()->number);
    ask(ACT_DIGITS_LABEL, 7);
    key('z', UI_CTRL); /* the stroke */
    draw_one(0.3f);
    ask(ACT_DIGITS_UNDO, 0); /* the label: the list is as it was when the first was filed */
    key('0', 0);
    ck_assert_uint_eq(digit_count(), 2);
    ck_assert_int_eq(my_digits_at(app->store.list, 0)->label, 1);
    ck_assert_int_eq(last_digit()->label, 0);
}
END_TEST

START_TEST(the_stroke_after_a_filing_begins_the_next_digit)
{
    draw_one(0.3f);
    key('1', 0);
    draw_one(0.6f);
    ck_assert_uint_eq(stroke_count(), 1);
    key('1', 0);
    ck_assert_uint_eq(digit_count(), 2);
    key('z', UI_CTRL); /* the filing, the stroke, the clearing, the first filing */
    ck_assert_uint_eq(digit_count(), 1);
    key('z', UI_CTRL);
    key('z', UI_CTRL);
    ck_assert_uint_eq(stroke_count(), 1);
    ck_assert_uint_eq(digit_count(), 1);
    key('z', UI_CTRL);
    ck_assert_uint_eq(digit_count(), 0);
    for (int i = 0; i < 4; i++)
        key('z', UI_CTRL | UI_SHIFT);
    ck_assert_uint_eq(digit_count(), 2);
}
END_TEST

START_TEST(an_undone_filing_is_forgotten_by_a_new_stroke)
{
    draw_one(0.3f);
    key('1', 0);
    key('z', UI_CTRL);
    ck_assert(!ui_find_control(app->ui, "redo")->off);
    draw_one(0.6f);
    key('z', UI_CTRL | UI_SHIFT);
    ck_assert_uint_eq(digit_count(), 0);
    ck_assert_uint_eq(stroke_count(), 2);
}
END_TEST

START_TEST(nothing_on_the_canvas_is_not_filed_and_that_is_said)
{
    key('3', 0);
    ck_assert_uint_eq(digit_count(), 0);
    ck_assert(text_is_shown("Draw a digit first"));
    ck_assert(ui_find_control(app->ui, "teach-3")->off);
}
END_TEST

START_TEST(a_picture_is_filed_without_strokes)
{
    drop("bar.png");
    frame();
    key('1', 0);
    ck_assert_uint_eq(digit_count(), 1);
    ck_assert_uint_eq(last_digit()->ink.stroke_count, 0);
    ck_assert_mem_eq(last_digit()->pixels, app->canvas.fit.pixels, FIT_LEN);
    drop("bar2.png");
    frame();
    key('1', 0);
    ck_assert_uint_eq(digit_count(), 2);
}
END_TEST

START_TEST(what_is_filed_is_the_whole_rule_whatever_is_switched_off)
{
    struct ink_fit fit;
    draw_one(0.5f);
    key('s', 0);
    click("step-square");
    key('1', 0);
    ink_fit(drawing_ink(app->canvas.drawing), &fit);
    ck_assert_mem_eq(last_digit()->pixels, fit.pixels, FIT_LEN);
}
END_TEST

/* ---- the steps ------------------------------------------------------------------------------- */

START_TEST(a_step_that_is_off_changes_what_is_read_at_once)
{
    draw_one(0.2f); /* far from the middle */
    struct ink_fit whole = app->canvas.fit;
    float before[10];
    memcpy(before, app->canvas.answer.probability, sizeof before);
    click("steps");
    ck_assert(text_is_shown("BOX") || text_is_shown("Box"));
    click("step-box");
    ck_assert(memcmp(whole.pixels, app->canvas.fit.pixels, FIT_LEN) != 0);
    ck_assert(memcmp(before, app->canvas.answer.probability, sizeof before) != 0);
    const json_t *event = find_event("steps", 0);
    ck_assert(!json_is_true(json_object_get(event, "box")));
    ck_assert(json_is_true(json_object_get(event, "mass")));
    click("step-mass");
    ck_assert_uint_eq(app->canvas.steps, FIT_SQUARE | FIT_TWENTY);
    click("steps-all");
    ck_assert_mem_eq(whole.pixels, app->canvas.fit.pixels, FIT_LEN);
    ck_assert_mem_eq(before, app->canvas.answer.probability, sizeof before);
}
END_TEST

/* Whether it stands on screen; figures of equal width are shapes of their own. */
static bool figures_are_shown(const char *text)
{
    static char all[20000];
    size_t len = 0;
    for (size_t i = 0; i < shown.shapes->count; i++)
        if (shown.shapes->items[i].kind == UI_SHAPE_TEXT && len < sizeof all - 200)
            len += (size_t)snprintf(all + len, 200, "%s",
                                    ui_shape_text(shown.shapes, &shown.shapes->items[i]));
    return strstr(all, text) != NULL;
}

START_TEST(the_figures_of_the_steps_are_of_what_is_marked)
{
    char text[80];
    draw_one(0.2f);
    input->width = 1920;
    input->height = 1200;
    frame();
    click("steps");
    frame();
    struct ink_box box = app->canvas.fit.box;
    double w = (double)(box.x1 - box.x0) + app->settings.brush;
    double h = (double)(box.y1 - box.y0) + app->settings.brush;
    snprintf(text, sizeof text, "%.1f \u00d7 %.1f", w, h);
    ck_assert_msg(figures_are_shown(text), "%s", text);
    snprintf(text, sizeof text, "made %.2f times as large", 20 / (w > h ? w : h));
    ck_assert_msg(figures_are_shown(text), "%s", text);
}
END_TEST

START_TEST(my_digits_are_read_in_the_same_words_as_the_canvas)
{
    teach_ten();
    key('3', UI_CTRL);
    click("mine-4");
    struct answer *answer = &app->choice.answer;
    ck_assert(answer->any);
    answer->guess = false;
    answer->verdict = VERDICT_NO_DIGIT;
    frame();
    ck_assert(text_is_shown("The model reads: no digit? (a "));
    answer->guess = true;
    answer->verdict = VERDICT_SURE;
    frame();
    ck_assert(text_is_shown("The model reads: a guess: "));
}
END_TEST

START_TEST(closing_the_steps_switches_all_on)
{
    draw_one(0.2f);
    key('s', 0);
    click("step-twenty");
    ck_assert_uint_ne(app->canvas.steps, FIT_ALL);
    key('s', 0);
    ck_assert_uint_eq(app->canvas.steps, FIT_ALL);
    ck_assert_ptr_null(ui_find_control(app->ui, "step-twenty"));
}
END_TEST

START_TEST(the_steps_are_taken_with_a_picture_too)
{
    drop("bar.png");
    frame();
    struct ink_fit whole = app->canvas.fit;
    key('s', 0);
    click("step-square");
    ck_assert(memcmp(whole.pixels, app->canvas.fit.pixels, FIT_LEN) != 0);
    click("step-square");
    ck_assert_mem_eq(whole.pixels, app->canvas.fit.pixels, FIT_LEN);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("teaching");
    TCase *tests = tcase_create("teaching");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, begin_my_digits, end_digits);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_digit_key_files_the_drawing_with_strokes_and_picture);
    tcase_add_test(tests, a_button_files_it_too_and_another_names_it_anew);
    tcase_add_test(tests, the_stroke_after_a_filing_begins_the_next_digit);
    tcase_add_test(tests, a_new_drawing_is_never_taken_for_one_that_was_taken_back);
    tcase_add_test(tests, an_undone_filing_is_forgotten_by_a_new_stroke);
    tcase_add_test(tests, nothing_on_the_canvas_is_not_filed_and_that_is_said);
    tcase_add_test(tests, a_picture_is_filed_without_strokes);
    tcase_add_test(tests, what_is_filed_is_the_whole_rule_whatever_is_switched_off);
    tcase_add_test(tests, a_step_that_is_off_changes_what_is_read_at_once);
    tcase_add_test(tests, closing_the_steps_switches_all_on);
    tcase_add_test(tests, the_figures_of_the_steps_are_of_what_is_marked);
    tcase_add_test(tests, my_digits_are_read_in_the_same_words_as_the_canvas);
    tcase_add_test(tests, the_steps_are_taken_with_a_picture_too);
    suite_add_tcase(suite, tests);
    return suite;
}

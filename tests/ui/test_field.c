/* SPDX-License-Identifier: MIT */
/* Fields of text and of numbers, sliders and switches. */
#include <check.h>
#include <string.h>

#include "frames.h"
#include "suite.h"
#include "ui/ui.h"

/* ---- fields ---------------------------------------------------------------------------------- */

static char field_text[32];
static unsigned field_events;

static void field_frame(unsigned flags)
{
    struct ui_field field = {.label = "Network"};
    begin();
    field_events = ui_field(ui, "net", (struct ui_rect){100, 100, 200, 32}, field_text,
                            sizeof field_text, &field, flags);
    ui_button(ui, "other", (struct ui_rect){400, 100, 80, 32}, "Other", 0);
    end();
}

static void focus_field(const char *text)
{
    strcpy(field_text, text);
    click(295, 110);
    field_frame(0);
}

START_TEST(a_field_takes_text_where_the_caret_is)
{
    focus_field("784-10");
    key(UI_KEY_LEFT, 0);
    key(UI_KEY_LEFT, 0);
    type("30-");
    field_frame(0);
    ck_assert_str_eq(field_text, "784-30-10");
    ck_assert_uint_eq(field_events, UI_FIELD_CHANGED);
}
END_TEST

START_TEST(keys_and_text_of_one_frame_keep_their_order)
{
    focus_field("old");
    key('a', UI_CTRL);
    type("new");
    key(UI_KEY_BACKSPACE, 0);
    type("t");
    field_frame(0);
    ck_assert_str_eq(field_text, "net");
}
END_TEST

START_TEST(backspace_takes_a_whole_character)
{
    focus_field("3\u00d73\u00d7");
    key(UI_KEY_BACKSPACE, 0);
    field_frame(0);
    ck_assert_str_eq(field_text, "3\u00d73");
    key(UI_KEY_HOME, 0);
    key(UI_KEY_RIGHT, 0);
    key(UI_KEY_DELETE, 0);
    field_frame(0);
    ck_assert_str_eq(field_text, "33");
}
END_TEST

START_TEST(words_are_jumped_and_erased_with_ctrl)
{
    focus_field("dense 30 sigmoid");
    key(UI_KEY_BACKSPACE, UI_CTRL);
    field_frame(0);
    ck_assert_str_eq(field_text, "dense 30 ");
    key(UI_KEY_LEFT, UI_CTRL);
    key(UI_KEY_DELETE, UI_CTRL);
    type("4 ");
    field_frame(0);
    ck_assert_str_eq(field_text, "dense 4 ");
    key(UI_KEY_HOME, UI_CTRL);
    type("a");
    key(UI_KEY_END, UI_CTRL);
    type("z");
    field_frame(0);
    ck_assert_str_eq(field_text, "adense 4 z");
}
END_TEST

START_TEST(cut_copy_and_paste_work_on_the_selection)
{
    focus_field("abcdef");
    key(UI_KEY_LEFT, UI_SHIFT);
    key(UI_KEY_LEFT, UI_SHIFT);
    key('x', UI_CTRL);
    key(UI_KEY_HOME, 0);
    key('v', UI_CTRL);
    field_frame(0);
    ck_assert_str_eq(field_text, "efabcd");
    key('a', UI_CTRL);
    key('c', UI_CTRL);
    key(UI_KEY_END, 0);
    key('v', UI_CTRL);
    field_frame(0);
    ck_assert_str_eq(field_text, "efabcdefabcd");
}
END_TEST

START_TEST(a_drag_selects_with_the_mouse)
{
    focus_field("abcdef"); /* characters are 7 points wide and begin at 110 */
    press(110 + 7, 110);
    move_to(110 + 28, 110);
    release(110 + 28, 110);
    type("_");
    field_frame(0);
    ck_assert_str_eq(field_text, "a_ef");
}
END_TEST

START_TEST(a_double_click_selects_a_word)
{
    focus_field("dense 30");
    sample(UI_PRESS, UI_BUTTON_LEFT, 120, 110, 2);
    release(120, 110);
    field_frame(0);
    type("conv");
    field_frame(0);
    ck_assert_str_eq(field_text, "conv 30");
}
END_TEST

START_TEST(a_field_never_overflows)
{
    focus_field("");
    memset(input.typed, 'x', UI_TYPED_MAX - 1);
    field_frame(0);
    ck_assert_uint_eq(strlen(field_text), sizeof field_text - 1);
    key(UI_KEY_BACKSPACE, 0);
    field_frame(0);
    strcpy(input.typed, "\u00d7"); /* two bytes where there is room for one */
    field_frame(0);
    ck_assert_uint_eq(strlen(field_text), sizeof field_text - 2);
}
END_TEST

START_TEST(a_long_text_scrolls_so_that_the_caret_is_seen)
{
    focus_field("0123456789012345678901234567890"); /* 217 points in a field of 180 */
    field_frame(0);
    bool seen = false;
    for (size_t i = 0; i < shown->count; i++) {
        const struct ui_shape *s = &shown->items[i];
        if (s->kind == UI_SHAPE_BOX && s->fill == ui_theme_dark()->accent && s->rect.w < 2)
            seen = s->rect.x > 280 && s->rect.x + s->rect.w <= 290;
    }
    ck_assert(seen);
}
END_TEST

START_TEST(enter_and_leaving_enter_what_was_typed)
{
    focus_field("a");
    type("b");
    key(UI_KEY_ENTER, 0);
    field_frame(0);
    ck_assert_uint_eq(field_events, UI_FIELD_CHANGED | UI_FIELD_ENTERED);
    type("c");
    field_frame(0);
    click(420, 110);
    field_frame(0);
    ck_assert(ui_wake(ui) <= input.now);
    field_frame(0);
    ck_assert_uint_eq(field_events, UI_FIELD_ENTERED);
    field_frame(0);
    ck_assert_uint_eq(field_events, 0);
}
END_TEST

START_TEST(a_field_of_several_lines_moves_up_and_down)
{
    struct ui_field field = {.label = "Words"};
    char text[64] = "conv 16\npool 2\ndense 10";
    for (int frame = 0; frame < 2; frame++) {
        if (frame == 1) {
            key(UI_KEY_UP, 0);
            key(UI_KEY_END, 0);
            key(UI_KEY_ENTER, 0);
            type("x");
        }
        begin();
        ui_focus(ui, "words");
        ui_field(ui, "words", (struct ui_rect){10, 10, 200, 100}, text, sizeof text, &field,
                 UI_LINES | UI_MONO);
        end();
    }
    ck_assert_str_eq(text, "conv 16\npool 2\nx\ndense 10");
}
END_TEST

/* ---- numbers and sliders --------------------------------------------------------------------- */

static double number_value;

static bool number_frame(bool times)
{
    struct ui_number number = {
        .label = "Rate", .min = 0.001, .max = 100, .step = 1, .digits = -1, .times = times};
    begin();
    bool changed = ui_number(ui, "rate", here, &number_value, &number, 0);
    ui_button(ui, "other", (struct ui_rect){400, 100, 80, 32}, "Other", 0);
    end();
    return changed;
}

START_TEST(a_number_is_put_within_its_limits_when_entered)
{
    number_value = 5;
    key(UI_KEY_TAB, 0);
    number_frame(false);
    number_frame(false);
    key(UI_KEY_TAB, 0);
    number_frame(false);
    key('a', UI_CTRL);
    type("1000");
    ck_assert(!number_frame(false));
    key(UI_KEY_ENTER, 0);
    ck_assert(number_frame(false));
    ck_assert_double_eq(number_value, 100);
}
END_TEST

START_TEST(what_is_no_number_leaves_the_value)
{
    number_value = 5;
    click(110, 110);
    number_frame(false);
    type("x");
    number_frame(false);
    click(420, 110);
    number_frame(false);
    ck_assert(!number_frame(false));
    ck_assert_double_eq(number_value, 5);
    ck_assert(ui_wake(ui) <= input.now);
    number_frame(false);
    ck_assert(text_is_shown("5"));
}
END_TEST

/* What the ui says of what was typed, in the frame in which it was entered; NULL if nothing. */
static const char *enter_number(const char *typed, int digits)
{
    struct ui_number number = {.label = "Rate", .min = 1, .max = 100, .step = 1, .digits = digits};
    number_value = 5;
    for (int frame = 0; frame < 4; frame++) {
        if (frame == 0)
            click(110, 110);
        if (frame == 2)
            key('a', UI_CTRL);
        if (frame == 2)
            type(typed);
        if (frame == 3)
            key(UI_KEY_ENTER, 0);
        begin();
        ui_number(ui, "rate", here, &number_value, &number, 0);
        ck_assert(frame == 3 || !ui_refused(ui));
        end();
    }
    return ui_refused(ui);
}

START_TEST(a_number_that_is_not_taken_as_it_stands_can_be_said)
{
    ck_assert_str_eq(enter_number("abc", -1), "abc");
    ck_assert_double_eq(number_value, 5);
    ck_assert_str_eq(enter_number("0", -1), "0");
    ck_assert_double_eq(number_value, 1);
    ck_assert_str_eq(enter_number("1e9", -1), "1e9");
    ck_assert_double_eq(number_value, 100);
    ck_assert_str_eq(enter_number("2.6", 0), "2.6");
    ck_assert_double_eq(number_value, 3);
    ck_assert_ptr_null(enter_number("2,5", -1));
    ck_assert_double_eq(number_value, 2.5);
    ck_assert_ptr_null(enter_number("100", 0));
}
END_TEST

START_TEST(a_field_called_earlier_does_not_rob_the_number_that_was_typed)
{
    struct ui_number number = {.label = "Rate", .min = 0, .max = 100, .step = 1, .digits = 0};
    double first = 1, second = 2;
    for (int frame = 0; frame < 4; frame++) {
        if (frame == 0)
            click(175, 210);
        if (frame == 1)
            type("3");
        if (frame == 2)
            click(110, 110);
        begin();
        ui_number(ui, "first", here, &first, &number, 0);
        ui_number(ui, "second", (struct ui_rect){100, 200, 80, 32}, &second, &number, 0);
        end();
    }
    ck_assert_double_eq(first, 1);
    ck_assert_double_eq(second, 23);
}
END_TEST

START_TEST(arrows_and_wheel_step_a_number)
{
    number_value = 5;
    click(110, 110);
    number_frame(false);
    key(UI_KEY_UP, 0);
    ck_assert(number_frame(false));
    ck_assert_double_eq(number_value, 6);
    input.wheel = -2;
    ck_assert(number_frame(false));
    ck_assert_double_eq(number_value, 4);
    number_value = 0.003;
    click(420, 110);
    number_frame(true);
    number_frame(true);
    move_to(110, 110); /* over it is not enough: the wheel is for the page */
    input.wheel = 1;
    number_frame(true);
    ck_assert_double_eq_tol(number_value, 0.003, 1e-9);
    click(110, 110);
    number_frame(true);
    input.wheel = 1;
    number_frame(true);
    ck_assert_double_eq_tol(number_value, 0.005, 1e-9);
    input.wheel = -2;
    number_frame(true);
    ck_assert_double_eq_tol(number_value, 0.001, 1e-9);
}
END_TEST

START_TEST(the_slider_follows_mouse_and_arrows)
{
    double value = 0;
    struct ui_rect rect = {100, 100, 114, 20}; /* the knob's way is 100 points from 107 */
    struct ui_range range = {0, 10, 1};
    for (int frame = 0; frame < 4; frame++) {
        if (frame == 0)
            press(107 + 52, 110);
        if (frame == 1)
            release(900, 110);
        if (frame == 2)
            key(UI_KEY_LEFT, 0);
        if (frame == 3)
            key(UI_KEY_HOME, 0);
        begin();
        bool changed = ui_slider(ui, "brush", rect, "Brush", &value, range, 0);
        end();
        const double expected[] = {5, 10, 9, 0};
        ck_assert(changed);
        ck_assert_double_eq(value, expected[frame]);
    }
}
END_TEST

START_TEST(a_check_box_and_a_switch_change_once_a_click)
{
    bool on = false, wide = true;
    click(110, 110);
    click(110, 210);
    begin();
    ck_assert(ui_check(ui, "check", here, "Shift", &on, 0));
    ck_assert(ui_switch(ui, "wide", (struct ui_rect){100, 200, 200, 32}, "Wide", &wide, 0));
    end();
    ck_assert(on && !wide);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("field");
    TCase *tests = tcase_create("field");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_number_is_put_within_its_limits_when_entered);
    tcase_add_test(tests, what_is_no_number_leaves_the_value);
    tcase_add_test(tests, a_number_that_is_not_taken_as_it_stands_can_be_said);
    tcase_add_test(tests, a_field_called_earlier_does_not_rob_the_number_that_was_typed);
    tcase_add_test(tests, arrows_and_wheel_step_a_number);
    tcase_add_test(tests, the_slider_follows_mouse_and_arrows);
    tcase_add_test(tests, a_check_box_and_a_switch_change_once_a_click);
    tcase_add_test(tests, a_field_takes_text_where_the_caret_is);
    tcase_add_test(tests, keys_and_text_of_one_frame_keep_their_order);
    tcase_add_test(tests, backspace_takes_a_whole_character);
    tcase_add_test(tests, words_are_jumped_and_erased_with_ctrl);
    tcase_add_test(tests, cut_copy_and_paste_work_on_the_selection);
    tcase_add_test(tests, a_drag_selects_with_the_mouse);
    tcase_add_test(tests, a_double_click_selects_a_word);
    tcase_add_test(tests, a_field_never_overflows);
    tcase_add_test(tests, a_long_text_scrolls_so_that_the_caret_is_seen);
    tcase_add_test(tests, enter_and_leaving_enter_what_was_typed);
    tcase_add_test(tests, a_field_of_several_lines_moves_up_and_down);
    suite_add_tcase(suite, tests);
    return suite;
}

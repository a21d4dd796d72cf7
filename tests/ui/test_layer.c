/* SPDX-License-Identifier: MIT */
/* What lies over the rest: dialogs and tips; what is clipped; the canvas. */
#include <check.h>

#include "frames.h"
#include "suite.h"
#include "ui/ui.h"

/* ---- layers ---------------------------------------------------------------------------------- */

static bool base_clicked, dialog_clicked, escaped;

static void dialog_frame(bool open)
{
    begin();
    base_clicked = ui_button(ui, "base", (struct ui_rect){0, 0, 640, 480}, "Base", 0);
    if (open) {
        struct ui_rect inside = ui_modal_begin(ui, "dialog", 300, 200, "Save");
        dialog_clicked = ui_button(ui, "ok", inside, "OK", 0);
        escaped = ui_modal_end(ui);
    }
    end();
}

START_TEST(a_dialog_keeps_input_from_what_lies_below)
{
    dialog_frame(true);
    click(5, 5);
    dialog_frame(true);
    ck_assert(!base_clicked && !dialog_clicked);
    click(320, 250);
    dialog_frame(true);
    ck_assert(!base_clicked && dialog_clicked);
    key(UI_KEY_TAB, 0);
    dialog_frame(true);
    ck_assert(ui_has_focus(ui, "ok"));
    key(UI_KEY_TAB, 0);
    dialog_frame(true);
    ck_assert(ui_has_focus(ui, "ok"));
    key(UI_KEY_ESCAPE, 0);
    dialog_frame(true);
    ck_assert(escaped);
}
END_TEST

START_TEST(a_closed_dialog_gives_focus_and_input_back)
{
    key(UI_KEY_TAB, 0);
    dialog_frame(false);
    key(UI_KEY_TAB, 0);
    dialog_frame(false);
    ck_assert(ui_has_focus(ui, "base"));
    dialog_frame(true);
    ck_assert(!ui_has_focus(ui, "base"));
    dialog_frame(false);
    ck_assert(ui_has_focus(ui, "base"));
    click(5, 5);
    dialog_frame(false);
    ck_assert(base_clicked);
}
END_TEST

START_TEST(what_is_clipped_away_cannot_be_clicked)
{
    click(110, 125);
    begin();
    ui_clip_begin(ui, (struct ui_rect){0, 0, 640, 120});
    ck_assert(!ui_button(ui, "clear", here, "Clear", 0));
    ui_clip_end(ui);
    end();
    ck_assert_float_eq(ui_find_control(ui, "clear")->rect.h, 20);
}
END_TEST

START_TEST(a_scrolled_part_brings_the_focus_into_sight)
{
    float scroll = 0;
    for (int frame = 0; frame < 5; frame++) {
        if (frame == 1)
            key(UI_KEY_TAB, UI_SHIFT);
        begin();
        struct ui_rect in =
            ui_scroll_begin(ui, "part", (struct ui_rect){0, 0, 200, 100}, 400, &scroll);
        ui_button(ui, "first", (struct ui_rect){in.x, in.y, 80, 32}, "First", 0);
        ui_button(ui, "last", (struct ui_rect){in.x, in.y + 350, 80, 32}, "Last", 0);
        ui_scroll_end(ui);
        end();
    }
    ck_assert(ui_has_focus(ui, "last"));
    ck_assert_float_eq(ui_find_control(ui, "last")->rect.h, 32);
}
END_TEST

/* ---- tips ------------------------------------------------------------------------------------ */

static void tip_frame(void)
{
    begin();
    ui_button(ui, "clear", (struct ui_rect){600, 450, 36, 28}, "C", 0);
    ui_tip(ui, "Start again");
    end();
}

START_TEST(a_tip_comes_after_half_a_second_of_hover_inside_the_window)
{
    move_to(610, 460);
    tip_frame();
    ck_assert(!text_is_shown("Start again"));
    uint64_t wake = ui_wake(ui);
    ck_assert_uint_eq(wake, input.now - 10000 + 500000);
    input.now = wake;
    tip_frame();
    ck_assert(text_is_shown("Start again"));
    const struct ui_shape *last = &shown->items[shown->count - 1];
    ck_assert(last->rect.x >= 0 && last->rect.x + last->rect.w <= 640);
    ck_assert(last->rect.y >= 0 && last->rect.y + last->rect.h <= 450);
    ck_assert(ui_wake(ui) == UI_NEVER);
    move_to(10, 10);
    tip_frame();
    ck_assert(!text_is_shown("Start again"));
    ck_assert(ui_wake(ui) == UI_NEVER);
}
END_TEST

START_TEST(what_comes_under_a_resting_pointer_shows_no_tip_until_it_moves)
{
    begin();
    end();
    move_to(610, 460);
    begin(); /* nothing there yet, as under a dialog */
    end();
    input.now += 100000;
    tip_frame();
    input.now += 2000000;
    tip_frame();
    ck_assert(!text_is_shown("Start again"));
    move_to(611, 460);
    tip_frame();
    input.now += 600000;
    tip_frame();
    ck_assert(text_is_shown("Start again"));
}
END_TEST

START_TEST(a_tip_comes_at_once_with_the_keyboard_focus)
{
    tip_frame();
    key(UI_KEY_TAB, 0);
    tip_frame();
    ck_assert(text_is_shown("Start again"));
}
END_TEST

START_TEST(a_pressed_button_shows_no_tip)
{
    move_to(610, 460);
    tip_frame();
    click(610, 460);
    tip_frame();
    input.now += 5000000;
    tip_frame();
    ck_assert(!text_is_shown("Start again"));
}
END_TEST

/* ---- the canvas ------------------------------------------------------------------------------ */

START_TEST(the_canvas_gets_every_sample_in_order_until_the_release)
{
    struct ui_pad pad;
    move_to(5, 5);
    press(110, 110);
    move_to(120, 111);
    move_to(900, 900);
    for (int frame = 0; frame < 2; frame++) {
        begin();
        pad = ui_pad(ui, "canvas", (struct ui_rect){100, 100, 200, 200}, "Canvas", UI_CURSOR_CROSS);
        if (frame == 0) {
            ck_assert_int_eq(pad.count, 3);
            ck_assert(pad.moves[0].kind == UI_PRESS && pad.moves[2].x == 900);
            ck_assert(pad.held);
        } else {
            ck_assert_int_eq(pad.count, 2);
            ck_assert(pad.moves[1].kind == UI_RELEASE && !pad.held);
        }
        end();
        move_to(130, 130);
        release(131, 131);
        move_to(140, 140);
    }
}
END_TEST

START_TEST(the_canvas_gets_the_right_button_and_two_strokes_in_one_frame)
{
    sample(UI_PRESS, UI_BUTTON_RIGHT, 110, 110, 1);
    sample(UI_RELEASE, UI_BUTTON_RIGHT, 115, 110, 1);
    click(120, 120);
    begin();
    struct ui_pad pad =
        ui_pad(ui, "canvas", (struct ui_rect){100, 100, 200, 200}, "Canvas", UI_CURSOR_CROSS);
    ck_assert_int_eq(pad.count, 4);
    ck_assert_int_eq(pad.moves[0].button, UI_BUTTON_RIGHT);
    ck_assert_int_eq(pad.moves[3].button, UI_BUTTON_LEFT);
    end();
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("layer");
    TCase *tests = tcase_create("layer");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_dialog_keeps_input_from_what_lies_below);
    tcase_add_test(tests, a_closed_dialog_gives_focus_and_input_back);
    tcase_add_test(tests, what_is_clipped_away_cannot_be_clicked);
    tcase_add_test(tests, a_scrolled_part_brings_the_focus_into_sight);
    tcase_add_test(tests, a_tip_comes_after_half_a_second_of_hover_inside_the_window);
    tcase_add_test(tests, a_tip_comes_at_once_with_the_keyboard_focus);
    tcase_add_test(tests, what_comes_under_a_resting_pointer_shows_no_tip_until_it_moves);
    tcase_add_test(tests, a_pressed_button_shows_no_tip);
    tcase_add_test(tests, the_canvas_gets_every_sample_in_order_until_the_release);
    tcase_add_test(tests, the_canvas_gets_the_right_button_and_two_strokes_in_one_frame);
    suite_add_tcase(suite, tests);
    return suite;
}

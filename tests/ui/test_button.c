/* SPDX-License-Identifier: MIT */
/* Buttons, the keyboard's focus and the list of controls. */
#include <check.h>
#include <string.h>

#include "frames.h"
#include "suite.h"
#include "ui/ui.h"

/* ---- buttons --------------------------------------------------------------------------------- */

static bool button_frame(void)
{
    begin();
    bool clicked = ui_button(ui, "clear", here, "Clear", 0);
    end();
    return clicked;
}

START_TEST(a_button_fires_on_release_inside)
{
    press(110, 110);
    ck_assert(!button_frame());
    release(120, 112);
    ck_assert(button_frame());
    ck_assert(!button_frame());
}
END_TEST

START_TEST(sliding_off_the_button_cancels)
{
    press(110, 110);
    ck_assert(!button_frame());
    move_to(300, 300);
    ck_assert(!button_frame());
    release(300, 300);
    ck_assert(!button_frame());
    release(110, 110);
    ck_assert(!button_frame());
}
END_TEST

START_TEST(a_press_elsewhere_that_slides_on_is_no_click)
{
    press(10, 10);
    move_to(110, 110);
    release(110, 110);
    ck_assert(!button_frame());
}
END_TEST

START_TEST(a_press_and_a_release_in_one_frame_are_a_click)
{
    click(110, 110);
    ck_assert(button_frame());
}
END_TEST

START_TEST(the_right_button_does_not_click)
{
    sample(UI_PRESS, UI_BUTTON_RIGHT, 110, 110, 1);
    sample(UI_RELEASE, UI_BUTTON_RIGHT, 110, 110, 1);
    ck_assert(!button_frame());
}
END_TEST

START_TEST(a_button_that_is_off_does_nothing)
{
    click(110, 110);
    begin();
    ck_assert(!ui_button(ui, "clear", here, "Clear", UI_OFF));
    end();
    key(UI_KEY_TAB, 0);
    key(UI_KEY_ENTER, 0);
    begin();
    ck_assert(!ui_button(ui, "clear", here, "Clear", UI_OFF));
    end();
    ck_assert(!ui_has_focus(ui, "clear"));
}
END_TEST

static ui_color button_fill(unsigned flags)
{
    begin();
    ui_button(ui, "clear", here, "Clear", flags);
    end();
    for (size_t i = 0; i < shown->count; i++)
        if (shown->items[i].kind == UI_SHAPE_BOX)
            return shown->items[i].fill;
    return 0;
}

START_TEST(the_four_states_of_a_button_look_different)
{
    ui_color seen[4];
    seen[0] = button_fill(0);
    move_to(110, 110);
    seen[1] = button_fill(0);
    press(110, 110);
    seen[2] = button_fill(0);
    release(300, 300);
    button_fill(0);
    seen[3] = button_fill(UI_OFF);
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < i; j++)
            ck_assert_msg(seen[i] != seen[j], "states %d and %d are the same", i, j);
}
END_TEST

/* ---- keys and focus -------------------------------------------------------------------------- */

static const char *const three[] = {"one", "two", "three"};

static int three_frame(void)
{
    int clicked = -1;
    begin();
    for (int i = 0; i < 3; i++)
        if (ui_button(ui, three[i], (struct ui_rect){10, 10 + 40 * (float)i, 80, 32}, three[i], 0))
            clicked = i;
    end();
    return clicked;
}

START_TEST(tab_moves_the_focus_round)
{
    three_frame();
    const char *const order[] = {"one", "two", "three", "one"};
    for (int i = 0; i < 4; i++) {
        key(UI_KEY_TAB, 0);
        three_frame();
        ck_assert_msg(ui_has_focus(ui, order[i]), "step %d", i);
    }
    key(UI_KEY_TAB, UI_SHIFT);
    three_frame();
    ck_assert(ui_has_focus(ui, "three"));
}
END_TEST

START_TEST(enter_and_space_press_the_button_with_the_focus)
{
    three_frame();
    key(UI_KEY_TAB, 0);
    key(UI_KEY_TAB, 0);
    key(UI_KEY_ENTER, 0);
    ck_assert_int_eq(three_frame(), 1);
    key(' ', 0);
    ck_assert_int_eq(three_frame(), 1);
}
END_TEST

START_TEST(keys_after_a_tab_wait_for_the_next_frame)
{
    three_frame();
    key(UI_KEY_TAB, 0);
    key(UI_KEY_ENTER, 0);
    key(UI_KEY_TAB, 0);
    key(UI_KEY_ENTER, 0);
    ck_assert_int_eq(three_frame(), 0);
    ck_assert(ui_wake(ui) <= input.now);
    ck_assert_int_eq(three_frame(), 1);
    ck_assert_int_eq(three_frame(), -1);
}
END_TEST

static size_t rings(void)
{
    size_t count = 0;
    for (size_t i = 0; i < shown->count; i++)
        if (shown->items[i].kind == UI_SHAPE_BOX && shown->items[i].width == 2 &&
            shown->items[i].edge == ui_theme_dark()->accent)
            count++;
    return count;
}

START_TEST(the_focus_ring_shows_only_after_the_keyboard_was_used)
{
    click(20, 20);
    three_frame();
    three_frame();
    ck_assert(ui_has_focus(ui, "one"));
    ck_assert_uint_eq(rings(), 0);
    key(UI_KEY_TAB, 0);
    three_frame();
    ck_assert_uint_eq(rings(), 1);
}
END_TEST

START_TEST(arrows_move_within_a_group_and_not_beyond)
{
    for (int frame = 0; frame < 4; frame++) {
        if (frame == 1)
            key(UI_KEY_TAB, 0);
        if (frame > 1)
            key(UI_KEY_RIGHT, 0);
        begin();
        ui_group_begin(ui, "digits");
        ui_button(ui, "0", (struct ui_rect){10, 10, 30, 30}, "0", 0);
        ui_button(ui, "1", (struct ui_rect){50, 10, 30, 30}, "1", 0);
        ui_group_end(ui);
        ui_button(ui, "after", (struct ui_rect){90, 10, 30, 30}, "a", 0);
        end();
        if (frame > 0)
            ck_assert(ui_has_focus(ui, frame == 2 ? "1" : "0"));
    }
}
END_TEST

START_TEST(in_a_column_arrows_go_round)
{
    static const int keys[] = {UI_KEY_TAB, UI_KEY_DOWN, UI_KEY_DOWN, UI_KEY_UP, UI_KEY_UP};
    static const char *const wanted[] = {"0", "1", "0", "1", "0"};
    for (int frame = -1; frame < 5; frame++) {
        if (frame >= 0)
            key(keys[frame], 0);
        begin();
        ui_group_begin(ui, "column");
        ui_button(ui, "0", (struct ui_rect){10, 10, 30, 30}, "0", 0);
        ui_button(ui, "1", (struct ui_rect){10, 50, 30, 30}, "1", 0);
        ui_group_end(ui);
        end();
        ck_assert_msg(frame < 0 || ui_has_focus(ui, wanted[frame]), "step %d", frame);
    }
}
END_TEST

START_TEST(in_a_grid_arrows_go_by_rows_and_home_and_end_to_its_ends)
{
    static const struct {
        int key, at;
    } steps[] = {
        {UI_KEY_TAB, 0},   {UI_KEY_DOWN, 3},  {UI_KEY_RIGHT, 4}, {UI_KEY_DOWN, 7},
        {UI_KEY_DOWN, 7},  {UI_KEY_UP, 4},    {UI_KEY_UP, 1},    {UI_KEY_UP, 1},
        {UI_KEY_RIGHT, 2}, {UI_KEY_RIGHT, 3}, {UI_KEY_UP, 0},    {UI_KEY_END, 7},
        {UI_KEY_HOME, 0},  {UI_KEY_END, 7},   {UI_KEY_UP, 4},    {UI_KEY_RIGHT, 5},
        {UI_KEY_DOWN, 7},
    };
    for (int frame = -1; frame < (int)(sizeof steps / sizeof *steps); frame++) {
        if (frame >= 0)
            key(steps[frame].key, 0);
        begin();
        ui_group_begin(ui, "grid");
        for (int i = 0; i < 8; i++) { /* three, three, two */
            const char name[] = {(char)('0' + i), 0};
            ui_button(ui, name,
                      (struct ui_rect){10 + 40 * (float)(i % 3), 10 + 40 * (float)(i / 3), 30, 30},
                      name, 0);
        }
        ui_group_end(ui);
        end();
        const char wanted[] = {frame < 0 ? '0' : (char)('0' + steps[frame].at), 0};
        ck_assert_msg(frame < 0 || ui_has_focus(ui, wanted), "step %d", frame);
    }
}
END_TEST

START_TEST(tab_leads_out_of_a_grid_and_the_arrows_stay_in_it)
{
    static const struct {
        int key;
        unsigned mods;
        const char *at;
    } steps[] = {
        {UI_KEY_TAB, 0, "before"},        {UI_KEY_TAB, 0, "0"},        {UI_KEY_RIGHT, 0, "1"},
        {UI_KEY_TAB, 0, "after"},         {UI_KEY_TAB, UI_SHIFT, "3"}, {UI_KEY_LEFT, 0, "2"},
        {UI_KEY_TAB, UI_SHIFT, "before"},
    };
    for (int frame = -1; frame < (int)(sizeof steps / sizeof *steps); frame++) {
        if (frame >= 0)
            key(steps[frame].key, steps[frame].mods);
        begin();
        ui_button(ui, "before", (struct ui_rect){10, 10, 30, 30}, "b", 0);
        ui_grid_begin(ui, "grid");
        for (int i = 0; i < 4; i++) {
            const char name[] = {(char)('0' + i), 0};
            ui_button(ui, name,
                      (struct ui_rect){10 + 40 * (float)(i % 2), 50 + 40 * (float)(i / 2), 30, 30},
                      name, 0);
        }
        ui_group_end(ui);
        ui_button(ui, "after", (struct ui_rect){10, 130, 30, 30}, "a", 0);
        end();
        ck_assert_msg(frame < 0 || ui_has_focus(ui, steps[frame].at), "step %d", frame);
    }
}
END_TEST

START_TEST(a_shortcut_is_heard_only_when_no_field_takes_the_key)
{
    char text[16] = "";
    struct ui_field field = {.label = "Name"};
    for (int focused = 0; focused < 2; focused++) {
        type("c");
        begin();
        if (focused)
            ui_focus(ui, "name");
        ui_field(ui, "name", here, text, sizeof text, &field, 0);
        ck_assert_int_eq(ui_key(ui, 'c', 0), !focused);
        end();
    }
    ck_assert_str_eq(text, "c");
}
END_TEST

/* ---- the list of controls -------------------------------------------------------------------- */

START_TEST(the_layout_is_known_by_name_and_changes_are_noticed)
{
    three_frame();
    ck_assert(ui_layout_changed(ui));
    three_frame();
    ck_assert(!ui_layout_changed(ui));
    ck_assert_int_eq(ui_control_count(ui), 3);
    ck_assert_str_eq(ui_control(ui, 1)->name, "two");
    ck_assert_float_eq(ui_find_control(ui, "two")->rect.y, 50);
    ck_assert_int_eq(ui_control(ui, 1)->role, UI_ROLE_BUTTON);
    button_frame();
    ck_assert(ui_layout_changed(ui));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("button");
    TCase *tests = tcase_create("button");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_button_fires_on_release_inside);
    tcase_add_test(tests, sliding_off_the_button_cancels);
    tcase_add_test(tests, a_press_elsewhere_that_slides_on_is_no_click);
    tcase_add_test(tests, a_press_and_a_release_in_one_frame_are_a_click);
    tcase_add_test(tests, the_right_button_does_not_click);
    tcase_add_test(tests, a_button_that_is_off_does_nothing);
    tcase_add_test(tests, the_four_states_of_a_button_look_different);
    tcase_add_test(tests, tab_moves_the_focus_round);
    tcase_add_test(tests, enter_and_space_press_the_button_with_the_focus);
    tcase_add_test(tests, keys_after_a_tab_wait_for_the_next_frame);
    tcase_add_test(tests, the_focus_ring_shows_only_after_the_keyboard_was_used);
    tcase_add_test(tests, arrows_move_within_a_group_and_not_beyond);
    tcase_add_test(tests, in_a_column_arrows_go_round);
    tcase_add_test(tests, in_a_grid_arrows_go_by_rows_and_home_and_end_to_its_ends);
    tcase_add_test(tests, tab_leads_out_of_a_grid_and_the_arrows_stay_in_it);
    tcase_add_test(tests, a_shortcut_is_heard_only_when_no_field_takes_the_key);
    tcase_add_test(tests, the_layout_is_known_by_name_and_changes_are_noticed);
    suite_add_tcase(suite, tests);
    return suite;
}

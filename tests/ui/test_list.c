/* SPDX-License-Identifier: MIT */
/* Lists, those that open and those that scroll. */
#include <check.h>
#include <stdio.h>

#include "frames.h"
#include "suite.h"
#include "ui/ui.h"

/* ---- lists that open ------------------------------------------------------------------------- */

static int colour;
static bool below_clicked, colour_changed;

static void select_frame(void)
{
    begin();
    colour_changed = ui_select(ui, "colour", (struct ui_rect){10, 10, 120, 32}, "Colour", colours,
                               3, &colour, 0);
    below_clicked = ui_button(ui, "below", (struct ui_rect){10, 60, 120, 200}, "Below", 0);
    end();
}

START_TEST(a_popup_takes_the_click_that_lies_over_a_button)
{
    colour = 0;
    click(20, 20);
    select_frame();
    select_frame();
    const struct ui_control *row = ui_find_control(ui, "colour/2");
    ck_assert_ptr_nonnull(row);
    float x = row->rect.x + 5, y = row->rect.y + 5;
    ck_assert(ui_rect_has((struct ui_rect){10, 60, 120, 200}, x, y));
    click(x, y);
    select_frame();
    ck_assert(colour_changed && !below_clicked);
    ck_assert_int_eq(colour, 2);
    select_frame();
    ck_assert_ptr_null(ui_find_control(ui, "colour/2"));
    click(x, y);
    select_frame();
    ck_assert(below_clicked);
}
END_TEST

START_TEST(a_click_outside_only_closes_the_popup)
{
    click(20, 20);
    select_frame();
    click(20, 250);
    select_frame();
    ck_assert(!below_clicked);
    select_frame();
    ck_assert_ptr_null(ui_find_control(ui, "colour/0"));
}
END_TEST

START_TEST(a_popup_is_worked_by_keys)
{
    colour = 0;
    select_frame();
    key(UI_KEY_TAB, 0);
    key(UI_KEY_DOWN, 0);
    select_frame();
    key(UI_KEY_DOWN, 0);
    key(UI_KEY_ENTER, 0);
    select_frame();
    ck_assert_int_eq(colour, 1);
    key(UI_KEY_ENTER, 0);
    select_frame();
    key(UI_KEY_DOWN, 0);
    key(UI_KEY_ESCAPE, 0);
    select_frame();
    ck_assert_int_eq(colour, 1);
    select_frame();
    ck_assert_ptr_null(ui_find_control(ui, "colour/0"));
}
END_TEST

START_TEST(a_menu_returns_what_was_chosen_and_skips_what_is_off)
{
    const struct ui_item items[] = {{"open", "Open", "Ctrl O", true, false},
                                    {NULL, NULL, NULL, false, false},
                                    {"save", "Save", "Ctrl S", false, false}};
    const struct ui_part part = {"Model", 0};
    int chosen = -1;
    for (int frame = 0; frame < 2; frame++) {
        if (frame == 0)
            click(110, 110);
        if (frame == 1)
            key(UI_KEY_DOWN, 0);
        if (frame == 1)
            key(UI_KEY_ENTER, 0);
        begin();
        chosen = ui_menu(ui, "model", here, &part, 1, items, 3, 0);
        end();
    }
    ck_assert_int_eq(chosen, 2);
}
END_TEST

START_TEST(a_popup_at_the_bottom_opens_upwards_within_the_window)
{
    int chosen = 0;
    for (int frame = 0; frame < 2; frame++) {
        if (frame == 0)
            click(620, 450);
        begin();
        ui_select(ui, "colour", (struct ui_rect){600, 440, 36, 32}, "", colours, 3, &chosen, 0);
        end();
    }
    for (int i = 0; i < 3; i++) {
        char name[16];
        snprintf(name, sizeof name, "colour/%d", i);
        struct ui_rect r = ui_find_control(ui, name)->rect;
        ck_assert(r.h == 32 && r.x >= 0 && r.x + r.w <= 640 && r.y >= 0 && r.y + r.h <= 440);
    }
}
END_TEST

START_TEST(the_tip_of_a_long_open_list_belongs_to_its_owner)
{
    static const char *items[400];
    int chosen = 399;
    for (int i = 0; i < 400; i++)
        items[i] = "row";
    for (int frame = 0; frame < 4; frame++) {
        if (frame == 0)
            click(20, 20);
        if (frame == 2)
            key(UI_KEY_ESCAPE, 0);
        if (frame == 3) {
            key(UI_KEY_TAB, 0);
            key(UI_KEY_TAB, UI_SHIFT);
        }
        begin();
        ui_select(ui, "long", (struct ui_rect){10, 10, 120, 32}, "Long", items, 400, &chosen, 0);
        ui_tip(ui, "Which one");
        end();
        ck_assert_int_eq(ui_control_count(ui), frame < 3 ? 401 : 1);
    }
    ck_assert(text_is_shown("Which one"));
}
END_TEST

/* ---- scrolling lists ------------------------------------------------------------------------- */

static struct ui_list list;

static int list_frame(int count)
{
    begin();
    int event = ui_list(ui, "files", (struct ui_rect){10, 10, 300, 168}, "Files", &list, count,
                        row_of, NULL);
    end();
    return event;
}

START_TEST(a_list_is_worked_by_keys_and_keeps_the_selection_in_sight)
{
    list = (struct ui_list){-1, 0};
    list_frame(100);
    key(UI_KEY_TAB, 0);
    key(UI_KEY_DOWN, 0);
    ck_assert_int_eq(list_frame(100), UI_LIST_SELECTED);
    ck_assert_int_eq(list.selected, 0);
    key(UI_KEY_PAGE_DOWN, 0);
    list_frame(100);
    ck_assert_int_eq(list.selected, 4);
    key(UI_KEY_END, 0);
    list_frame(100);
    ck_assert_int_eq(list.selected, 99);
    ck_assert(text_is_shown("v-file 99"));
    key(UI_KEY_HOME, 0);
    list_frame(100);
    ck_assert(list.selected == 0 && list.scroll == 0);
    key(UI_KEY_ENTER, 0);
    ck_assert_int_eq(list_frame(100), UI_LIST_CHOSEN);
}
END_TEST

START_TEST(typing_in_a_list_finds_a_row)
{
    list = (struct ui_list){-1, 0};
    list_frame(26);
    key(UI_KEY_TAB, 0);
    type("q-f");
    list_frame(26);
    ck_assert_int_eq(list.selected, 16);
    input.now += 2000000;
    type("c");
    list_frame(26);
    ck_assert_int_eq(list.selected, 2);
    input.now += 2000000;
    type("c"); /* the next one */
    list_frame(100);
    ck_assert_int_eq(list.selected, 28);
}
END_TEST

START_TEST(a_list_selects_by_click_and_chooses_by_double_click)
{
    list = (struct ui_list){-1, 0};
    click(30, 14 + 32 + 5);
    ck_assert_int_eq(list_frame(100), UI_LIST_SELECTED);
    ck_assert_int_eq(list.selected, 1);
    sample(UI_PRESS, UI_BUTTON_LEFT, 30, 14 + 32 + 5, 2);
    ck_assert_int_eq(list_frame(100), UI_LIST_CHOSEN);
    release(30, 51);
    input.wheel = -3;
    list_frame(100);
    ck_assert_float_eq(list.scroll, 96);
    input.wheel = -1000;
    list_frame(100);
    ck_assert_float_eq(list.scroll, 100 * 32 - 160);
}
END_TEST

START_TEST(a_list_that_became_shorter_loses_no_footing)
{
    list = (struct ui_list){50, 1500};
    list_frame(3);
    ck_assert_int_eq(list.selected, 2);
    ck_assert_float_eq(list.scroll, 0);
    list_frame(0);
    ck_assert_int_eq(list.selected, -1);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("list");
    TCase *tests = tcase_create("list");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_popup_takes_the_click_that_lies_over_a_button);
    tcase_add_test(tests, a_click_outside_only_closes_the_popup);
    tcase_add_test(tests, a_popup_is_worked_by_keys);
    tcase_add_test(tests, a_menu_returns_what_was_chosen_and_skips_what_is_off);
    tcase_add_test(tests, a_popup_at_the_bottom_opens_upwards_within_the_window);
    tcase_add_test(tests, the_tip_of_a_long_open_list_belongs_to_its_owner);
    tcase_add_test(tests, a_list_is_worked_by_keys_and_keeps_the_selection_in_sight);
    tcase_add_test(tests, typing_in_a_list_finds_a_row);
    tcase_add_test(tests, a_list_selects_by_click_and_chooses_by_double_click);
    tcase_add_test(tests, a_list_that_became_shorter_loses_no_footing);
    suite_add_tcase(suite, tests);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* The sheet of keys in the whole program. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/act/keys.h"
#include "app_world.h"
#include "suite.h"

static bool is_open(void)
{
    return ui_find_control(app->ui, "keys-close") != NULL;
}

START_TEST(f1_and_a_question_mark_open_it_and_close_it)
{
    static const int keys[] = {UI_KEY_F1, '?'};
    for (int i = 0; i < 2; i++) {
        key(keys[i], 0);
        ck_assert(is_open());
        key(keys[i], 0);
        ck_assert(!is_open());
    }
}
END_TEST

START_TEST(escape_its_button_and_a_press_beside_it_close_it)
{
    key(UI_KEY_F1, 0);
    key(UI_KEY_ESCAPE, 0);
    ck_assert(!is_open());
    key(UI_KEY_F1, 0);
    click("keys-close");
    ck_assert(!is_open());
    key(UI_KEY_F1, 0);
    sample(UI_PRESS, UI_BUTTON_LEFT, 3, 3);
    frame();
    sample(UI_RELEASE, UI_BUTTON_LEFT, 3, 3);
    frame();
    ck_assert(!is_open());
}
END_TEST

START_TEST(keys_ask_for_nothing_while_it_is_open)
{
    stroke(UI_BUTTON_LEFT, 0.3f, 0.2f, 0.6f, 0.8f);
    key(UI_KEY_F1, 0);
    key('c', 0);
    key('2', UI_CTRL);
    ck_assert_uint_eq(stroke_count(), 1);
    ck_assert_int_eq(app->view, APP_DRAW);
    ck_assert(is_open());
}
END_TEST

START_TEST(every_action_with_a_key_stands_in_it)
{
    static const struct {
        float width, height;
    } sizes[] = {{1280, 800}, {900, 600}, {640, 480}, {560, 420}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        input->width = sizes[i].width;
        input->height = sizes[i].height;
        app->keys_open = true;
        app->keys.scroll = 0;
        frame();
        ck_assert(is_open());
        struct ui_rect close = rect_of("keys-close");
        ck_assert(close.x >= 0 && close.y + close.h <= sizes[i].height);
    }
    input->width = 1280;
    input->height = 800;
    frame();
    for (int kind = ACT_NONE + 1; kind < ACTION_COUNT; kind++) {
        const struct action_row *row = action_row((enum action_kind)kind);
        if (row->keys[0])
            ck_assert_msg(text_is_shown(row->sentence) || text_is_shown(row->label), "%s",
                          row->sentence);
    }
}
END_TEST

START_TEST(it_does_not_come_over_a_dialog)
{
    key('o', UI_CTRL);
    ck_assert_ptr_nonnull(app->dialog);
    ask(ACT_KEYS, 0);
    frame();
    ck_assert(!is_open() && app->dialog);
    ck_assert(text_is_shown("The keys are shown once this dialog is closed."));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("keys_sheet");
    TCase *tests = tcase_create("sheet");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, f1_and_a_question_mark_open_it_and_close_it);
    tcase_add_test(tests, escape_its_button_and_a_press_beside_it_close_it);
    tcase_add_test(tests, keys_ask_for_nothing_while_it_is_open);
    tcase_add_test(tests, every_action_with_a_key_stands_in_it);
    tcase_add_test(tests, it_does_not_come_over_a_dialog);
    suite_add_tcase(suite, tests);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* What the hands do in the whole program but its window: keys that are held, strokes that leave the
 * canvas, a digit drawn by keys alone, the order of Tab, the size of everything. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/app.h"
#include "app_world.h"
#include "data/mine.h"
#include "ink/drawing.h"
#include "ink/stroke.h"

/* ---- keys that are held ---------------------------------------------------------------------- */

/* Down, and then repeated so often, each in a frame of its own. */
static void hold(int which, unsigned mods, int times)
{
    for (int i = 0; i <= times; i++) {
        input->keys[input->key_count++] = (struct ui_key){which, mods, .repeat = i > 0};
        frame();
    }
}

START_TEST(a_held_key_toggles_once)
{
    hold('s', 0, 21);
    ck_assert(app->steps_open);
    hold('e', 0, 21);
    ck_assert(app->canvas.eraser);
    bool dark = app->settings.dark;
    hold('t', UI_CTRL, 21);
    ck_assert_int_eq(app->settings.dark, !dark);
    hold(UI_KEY_F11, 0, 21);
    ck_assert(app->full_screen);
}
END_TEST

static void wait_for_my_digits(void)
{
    for (int i = 0; i < 600 && !app->my.loaded; i++) {
        frame();
        nanosleep(&(struct timespec){.tv_nsec = 10 * 1000 * 1000}, NULL);
    }
    ck_assert(app->my.loaded);
}

START_TEST(a_held_delete_deletes_one_digit)
{
    wait_for_my_digits();
    for (int digit = 1; digit <= 3; digit++) {
        stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.5f + 0.1f * (float)digit);
        hold('0' + digit, 0, 3);
    }
    uint32_t before = mine_count(app->my.list);
    ck_assert_uint_ge(before, 3);
    key('3', UI_CTRL);
    my_digits_select(app, mine_at(app->my.list, 0)->number);
    frame();
    hold(UI_KEY_DELETE, 0, 5);
    ck_assert_uint_eq(mine_count(app->my.list), before - 1);
}
END_TEST

START_TEST(undo_redo_and_the_brush_go_on_while_a_key_is_held)
{
    for (int i = 0; i < 5; i++)
        stroke(UI_BUTTON_LEFT, 0.2f + 0.1f * (float)i, 0.2f, 0.2f + 0.1f * (float)i, 0.8f);
    hold('z', UI_CTRL, 2);
    ck_assert_uint_eq(stroke_count(), 2);
    hold('z', UI_CTRL | UI_SHIFT, 1);
    ck_assert_uint_eq(stroke_count(), 4);
    double brush = app->settings.brush;
    hold(']', 0, 2);
    ck_assert_double_eq(app->settings.brush, brush + 3 * 0.25);
}
END_TEST

START_TEST(repeats_that_come_in_one_frame_all_count)
{
    for (int i = 0; i < 5; i++)
        stroke(UI_BUTTON_LEFT, 0.2f + 0.1f * (float)i, 0.2f, 0.2f + 0.1f * (float)i, 0.8f);
    for (int i = 0; i < 3; i++)
        input->keys[input->key_count++] = (struct ui_key){'z', UI_CTRL, .repeat = i > 0};
    frame();
    ck_assert_uint_eq(stroke_count(), 2);
}
END_TEST

START_TEST(a_held_enter_does_not_use_what_it_opened)
{
    char before[sizeof app->models.path];
    strcpy(before, app->models.path);
    for (int i = 0; i < 40 && !ui_has_focus(app->ui, "model"); i++)
        key(UI_KEY_TAB, 0);
    hold(UI_KEY_ENTER, 0, 5);
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "model-open"));
    ck_assert_ptr_null(app->dialog);
    hold(UI_KEY_ESCAPE, 0, 5);
    ck_assert_ptr_null(ui_find_control(app->ui, "model-open"));
    hold(' ', 0, 5);
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "model-open"));
    ck_assert_ptr_null(app->dialog);
}
END_TEST

/* ---- all of it ------------------------------------------------------------------------------- */

static TCase *held_case(void)
{
    TCase *tcase = tcase_create("held");
    tcase_add_test(tcase, a_held_key_toggles_once);
    tcase_add_test(tcase, a_held_delete_deletes_one_digit);
    tcase_add_test(tcase, undo_redo_and_the_brush_go_on_while_a_key_is_held);
    tcase_add_test(tcase, repeats_that_come_in_one_frame_all_count);
    tcase_add_test(tcase, a_held_enter_does_not_use_what_it_opened);
    return tcase;
}

int main(void)
{
    TCase *cases[] = {held_case()};
    Suite *suite = suite_create("pen");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tcase_add_unchecked_fixture(cases[i], make_world, remove_world);
        tcase_add_checked_fixture(cases[i], set_up, tear_down);
        tcase_set_timeout(cases[i], 60);
        suite_add_tcase(suite, cases[i]);
    }
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* SPDX-License-Identifier: MIT */
/* Closing the window with what is not saved. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/state/exchange.h"
#include "app_world.h"
#include "base/err.h"
#include "base/files.h"
#include "data/my_digits.h"
#include "digits.h"
#include "digits_world.h"
#include "suite.h"

/* Something is taught that cannot be saved, and the window is told to close. */
static void close_in_vain(void)
{
    mkdir(store, 0700); /* a folder in its place */
    teach(1);
    close_window();
    wait_for_control("leave-again");
    ck_assert(text_is_shown("lose what you taught") && text_is_shown("my-digits.unp"));
}

/* ---- closing --------------------------------------------------------------------------------- */

START_TEST(the_question_has_its_place_at_every_size)
{
    static const float sizes[][2] = {{640, 480}, {960, 640}, {1280, 800}};
    static const char *const names[] = {"leave-stay", "leave-anyway", "leave-export",
                                        "leave-again"};
    close_in_vain();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        input->width = sizes[i][0];
        input->height = sizes[i][1];
        frame();
        frame();
        float from = 0;
        struct ui_rect dialog = rect_of("leave");
        for (int k = 0; k < 4; k++) { /* from the left */
            struct ui_rect at = rect_of(names[k]);
            ck_assert_float_ge(at.x, fmaxf(from, dialog.x));
            from = at.x + at.w;
            ck_assert_float_le(from, dialog.x + dialog.w);
            ck_assert_float_le(at.y + at.h, dialog.y + dialog.h);
        }
        ck_assert_float_le(dialog.x + dialog.w, sizes[i][0]);
    }
}
END_TEST

START_TEST(a_window_in_which_all_is_saved_closes_at_once)
{
    close_window();
    ck_assert(shown.quit);
    ck_assert(finish());
}
END_TEST

START_TEST(what_was_just_taught_is_saved_before_the_window_closes)
{
    teach(1);
    teach(2);
    close_window();
    wait_for_end();
    ck_assert(finish());
    expect_stored(2);
}
END_TEST

START_TEST(what_cannot_be_saved_is_asked_about_and_tried_again)
{
    close_in_vain();
    click("leave-again");
    wait_for_control("leave-again"); /* in vain, again */
    rmdir(store);
    click("leave-again");
    wait_for_end();
    ck_assert(finish());
    expect_stored(1);
}
END_TEST

START_TEST(who_quits_all_the_same_is_told_what_is_lost)
{
    close_in_vain();
    click("leave-anyway");
    ck_assert(shown.quit || (frame(), shown.quit));
    ck_assert(!finish());
    rmdir(store);
}
END_TEST

/* The name that the dialog proposes, in the test's folder. */
static void export_elsewhere(void)
{
    snprintf(app->settings.exchange, sizeof app->settings.exchange, "%s", folder);
    click("leave-export");
    ck_assert_ptr_nonnull(app->dialog);
    ck_assert(!is_there("leave-again"));
}

START_TEST(what_cannot_be_saved_is_exported_elsewhere_and_the_window_closes)
{
    char path[500];
    close_in_vain();
    export_elsewhere();
    key(UI_KEY_ESCAPE, 0); /* the file dialog: the question comes back */
    frame();
    ck_assert(is_there("leave-again") && !shown.quit);
    export_elsewhere();
    key(UI_KEY_ENTER, 0);
    wait_for_end();
    ck_assert(finish());
    snprintf(path, sizeof path, "%s/my-digits.unp", folder);
    struct my_digits *kept = load_digits(path, NULL);
    ck_assert_uint_eq(my_digits_count(kept), 1);
    my_digits_free(kept);
    remove(path);
}
END_TEST

START_TEST(a_model_that_is_in_no_file_is_asked_about)
{
    app->models.unsaved = true; /* as after learning a hand */
    app->models.path[0] = 0;
    close_window();
    ck_assert(!shown.quit && is_there("leave-model") && !is_there("leave-again"));
    ck_assert(text_is_shown("Quit without saving the model?"));
    click("leave-stay");
    ck_assert(!shown.quit && !is_there("leave-model"));
    close_window();
    click("leave-model");
    ck_assert(app->dialog && !shown.quit);
    key(UI_KEY_ESCAPE, 0);
    close_window();
    click("leave-anyway");
    ck_assert(shown.quit || (frame(), shown.quit));
    ck_assert(finish());
}
END_TEST

static void wait_for_export_trouble(void)
{
    wait_until(app->store.export_trouble.text[0]);
    frame();
    ck_assert(app->store.export_trouble.text[0] && !shown.quit);
}

START_TEST(an_export_that_fails_leaves_the_question)
{
    close_in_vain();
    app_act(app, &(struct action){.kind = ACT_LEAVE_EXPORT, .text = "/no/such/folder/kept.unp"});
    wait_for_export_trouble();
    ck_assert(is_there("leave-again") && text_is_shown("/no/such/folder/kept.unp"));
    ck_assert(!finish());
}
END_TEST

START_TEST(who_stays_has_what_was_exported_meanwhile_still_to_be_saved)
{
    char path[500];
    close_in_vain();
    snprintf(path, sizeof path, "%s/kept.unp", folder);
    click("leave-stay");
    app_act(app, &(struct action){.kind = ACT_LEAVE_EXPORT, .text = path});
    wait_until(!digit_store_exporting(&app->store));
    frame();
    ck_assert(digit_store_unsaved(&app->store));
    remove(path);
}
END_TEST

START_TEST(one_can_stay_and_go_on)
{
    close_in_vain();
    key('3', UI_CTRL); /* no key reaches what is behind */
    key('t', UI_CTRL);
    ck_assert_int_eq(app->view, APP_DRAW);
    ck_assert(app->settings.dark);
    key(UI_KEY_ESCAPE, 0);
    frame();
    ck_assert(!is_there("leave-again") && !shown.quit);
    rmdir(store);
    teach(2);
    close_window();
    wait_for_end();
    expect_stored(2);
}
END_TEST

START_TEST(a_file_dialog_does_not_hide_the_question)
{
    key('o', UI_CTRL);
    ck_assert_ptr_nonnull(app->dialog);
    key(UI_KEY_ESCAPE, 0);
    mkdir(store, 0700);
    teach(1);
    key('o', UI_CTRL);
    ck_assert_ptr_nonnull(app->dialog);
    close_window();
    wait_for_control("leave-again");
    ck_assert_ptr_null(app->dialog);
    click("leave-export");
    input->now += 3000000;
    close_window(); /* with the dialog over the question */
    ck_assert(!shown.quit && is_there("leave-again"));
    close_window(); /* the second half of a double click */
    ck_assert(!shown.quit);
    input->now += 3000000;
    close_window();
    ck_assert(shown.quit);
}
END_TEST

START_TEST(the_window_is_closed_by_its_keys_while_a_menu_is_open)
{
    click("model");
    key('q', UI_CTRL);
    ck_assert(shown.quit);
}
END_TEST

START_TEST(who_closes_a_second_time_is_not_held)
{
    close_in_vain();
    close_window(); /* the second half of a double click */
    ck_assert(!shown.quit);
    input->now += 3000000;
    close_window();
    ck_assert(shown.quit);
    rmdir(store); /* nothing is tried behind the back of somebody who has gone */
    ck_assert(!finish());
}
END_TEST

START_TEST(a_signal_asks_nothing_but_what_is_lost_is_told)
{
    mkdir(store, 0700);
    teach(1);
    input->ended = true;
    close_window();
    ck_assert(shown.quit);
    ck_assert(!finish());
}
END_TEST

START_TEST(a_lock_that_another_program_holds_does_not_hold_the_window)
{
    char lock_path[500];
    int lock;
    snprintf(lock_path, sizeof lock_path, "%s.lock", store);
    ck_assert(files_lock(lock_path, 0, &lock, NULL));
    teach(1);
    close_window();
    input->now += 1000000;
    frame();
    ck_assert(text_is_shown("Saving your digits")); /* what takes so long */
    wait_for_control("leave-again");
    ck_assert(text_is_shown("my-digits.unp.lock"));
    files_unlock(lock);
    click("leave-again");
    wait_for_end();
    expect_stored(1);
}
END_TEST

static void begin_export(void)
{
    char path[500];
    for (int digit = 0; digit < 10; digit++)
        teach(digit);
    snprintf(path, sizeof path, "%s/in", folder);
    atomic_store(&pause_ms, 50);
    ask_for(ACT_DIGITS_EXPORT_PNG, path);
}

static void export_slowly(void)
{
    begin_export();
    close_window();
    ck_assert(!shown.quit);
}

START_TEST(an_export_under_way_does_not_stand_in_for_a_save_that_failed)
{
    mkdir(store, 0700);
    export_slowly();
    wait_for_control("leave-again");
    wait_until(!digit_store_exporting(&app->store));
    ck_assert_int_eq(atomic_load(&saved), 10); /* the pictures; but no strokes */
    frame();
    ck_assert(!shown.quit && is_there("leave-again"));
    ck_assert(!finish());
}
END_TEST

START_TEST(an_export_that_fails_while_the_window_closes_is_asked_about)
{
    atomic_store(&saves_fail, true);
    export_slowly();
    wait_for_control("leave-anyway");
    wait_for_export_trouble();
    ck_assert(text_is_shown("Quit without the export?") && text_is_shown("the disk is full"));
    ck_assert(!is_there("leave-again")); /* nothing is left to save */
    click("leave-anyway");
    ck_assert(shown.quit || (frame(), shown.quit));
    ck_assert(finish());
    expect_stored(10);
}
END_TEST

START_TEST(an_export_that_fails_after_a_signal_is_told)
{
    struct err err = {""};
    atomic_store(&saves_fail, true);
    begin_export();
    input->ended = true;
    close_window();
    ck_assert(shown.quit);
    ck_assert(!app_finish(app, &err));
    ck_assert_msg(strstr(err.text, "the disk is full") != NULL, "%s", err.text);
    expect_stored(10);
}
END_TEST

START_TEST(an_export_is_finished_before_the_window_closes)
{
    export_slowly();
    wait_for_end();
    ck_assert(finish());
    ck_assert_int_eq(atomic_load(&saved), 10);
}
END_TEST

START_TEST(an_export_that_takes_long_is_told_and_can_be_given_up)
{
    export_slowly();
    wait_until(!digit_store_unsaved(&app->store));
    input->now += 1000000;
    frame();
    frame();
    ck_assert(text_is_shown("Exporting your digits"));
    ck_assert_uint_gt(shown.wake, input->now); /* and nothing turns in circles for it */
    click("leave-anyway");
    frame();
    ck_assert(shown.quit);
    ck_assert(finish()); /* none of the digits is lost */
    ck_assert_int_lt(atomic_load(&saved), 10);
    expect_stored(10);
}
END_TEST

START_TEST(a_save_that_failed_can_be_tried_again_from_its_sentence)
{
    mkdir(store, 0700);
    teach(1);
    wait_for_text("not saved yet");
    rmdir(store);
    click("notice-offer");
    wait_until(!digit_store_unsaved(&app->store));
    expect_stored(1);
}
END_TEST

START_TEST(a_trouble_that_can_be_mended_stays_until_it_is)
{
    char path[500];
    mkdir(store, 0700);
    teach(1);
    wait_for_text("not saved yet");
    snprintf(path, sizeof path, "%s/other.unp", folder);
    ask_for(ACT_DIGITS_EXPORT_UNIPEN, path);
    wait_until(!digit_store_exporting(&app->store));
    frame();
    ck_assert(text_is_shown("not saved yet") && !text_is_shown("Exported"));
    notices_say(&app->notices, NOTICE_WORD, "Really?");
    notices_offer(&app->notices, "Yes", ACT_NONE); /* a question comes first, */
    frame();
    ck_assert(text_is_shown("Really?") && !text_is_shown("not saved yet"));
    click("dismiss");
    frame();
    ck_assert(text_is_shown("not saved yet")); /* and then the trouble again */
    rmdir(store);
    click("notice-offer");
    wait_until(!digit_store_unsaved(&app->store));
    frame();
    ck_assert(!text_is_shown("not saved yet"));
    expect_stored(1);
    remove(path);
}
END_TEST

START_TEST(what_waits_behind_a_trouble_comes_when_that_is_put_away)
{
    notices_say(&app->notices, NOTICE_TROUBLE, "Something is amiss.");
    notices_offer(&app->notices, "Mend it", ACT_NONE);
    notices_say(&app->notices, NOTICE_DONE, "Something is done.");
    frame();
    ck_assert(text_is_shown("amiss"));
    key(UI_KEY_ESCAPE, 0);
    frame();
    ck_assert(!text_is_shown("amiss") && text_is_shown("Something is done."));
    key(UI_KEY_ESCAPE, 0);
    frame();
    ck_assert(!text_is_shown("Something is done."));
}
END_TEST

START_TEST(digits_that_cannot_be_loaded_are_left_alone_and_tried_again)
{
    teach(1);
    close_window();
    wait_for_end();
    char hidden[500];
    snprintf(hidden, sizeof hidden, "%s.hidden", store);
    rename(store, hidden);
    mkdir(store, 0700);
    close_app();
    open_app(1280, 800);
    wait_for_text("none can be added until they can");
    key('1', 0);
    ck_assert_uint_eq(my_digits_count(app->store.list), 0);
    rmdir(store);
    rename(hidden, store);
    click("notice-offer"); /* try again */
    wait_until(app->store.loaded);
    ck_assert_uint_eq(my_digits_count(app->store.list), 1);
}
END_TEST

Suite *make_suite(void)
{
    TCase *tests = tcase_create("leaving"); /* one world for all */
    Suite *suite = suite_create("leaving");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, begin_digits, end_digits);
    tcase_set_timeout(tests, 120);
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, a_window_in_which_all_is_saved_closes_at_once);
    tcase_add_test(tests, a_model_that_is_in_no_file_is_asked_about);
    tcase_add_test(tests, what_was_just_taught_is_saved_before_the_window_closes);
    tcase_add_test(tests, what_cannot_be_saved_is_asked_about_and_tried_again);
    tcase_add_test(tests, who_quits_all_the_same_is_told_what_is_lost);
    tcase_add_test(tests, what_cannot_be_saved_is_exported_elsewhere_and_the_window_closes);
    tcase_add_test(tests, an_export_that_fails_leaves_the_question);
    tcase_add_test(tests, the_question_has_its_place_at_every_size);
    tcase_add_test(tests, one_can_stay_and_go_on);
    tcase_add_test(tests, who_closes_a_second_time_is_not_held);
    tcase_add_test(tests, a_signal_asks_nothing_but_what_is_lost_is_told);
    tcase_add_test(tests, a_lock_that_another_program_holds_does_not_hold_the_window);
    tcase_add_test(tests, an_export_is_finished_before_the_window_closes);
    tcase_add_test(tests, an_export_that_takes_long_is_told_and_can_be_given_up);
    tcase_add_test(tests, a_save_that_failed_can_be_tried_again_from_its_sentence);
    tcase_add_test(tests, digits_that_cannot_be_loaded_are_left_alone_and_tried_again);
    tcase_add_test(tests, who_stays_has_what_was_exported_meanwhile_still_to_be_saved);
    tcase_add_test(tests, a_file_dialog_does_not_hide_the_question);
    tcase_add_test(tests, the_window_is_closed_by_its_keys_while_a_menu_is_open);
    tcase_add_test(tests, an_export_under_way_does_not_stand_in_for_a_save_that_failed);
    tcase_add_test(tests, an_export_that_fails_while_the_window_closes_is_asked_about);
    tcase_add_test(tests, an_export_that_fails_after_a_signal_is_told);
    tcase_add_test(tests, a_trouble_that_can_be_mended_stays_until_it_is);
    tcase_add_test(tests, what_waits_behind_a_trouble_comes_when_that_is_put_away);
    return suite;
}

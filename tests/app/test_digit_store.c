/* SPDX-License-Identifier: MIT */
/* Where my digits are kept: the next start, other windows, and a disk that does not take them. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app_world.h"
#include "base/files.h"
#include "data/dataset.h"
#include "data/my_digits.h"
#include "digits.h"
#include "digits_world.h"
#include "suite.h"

START_TEST(what_was_taught_is_there_at_the_next_start)
{
    draw_one(0.4f);
    key('1', 0);
    draw_one(0.6f);
    key('7', 0);
    close_app();
    int from = event_count;
    open_app(1280, 800);
    wait_for_event("my_digits", "what", "loaded", from);
    ck_assert_uint_eq(digit_count(), 2);
    ck_assert_int_eq(last_digit()->label, 7);
    ck_assert_uint_eq(last_digit()->ink.stroke_count, 1);
}
END_TEST

/* Another window gets a digit that no other is like. */
static void file_elsewhere(struct my_digits *other, int label)
{
    file_in(store, other, label);
}

/* Frames until nothing is left to be saved. */
static void wait_for_saved(void)
{
    wait_until(!digit_store_unsaved(&app->store));
    ck_assert(!digit_store_unsaved(&app->store));
}

/* One digit is filed here, and then an 8 in another window, whose list is the caller's. */
static struct my_digits *file_here_and_elsewhere(void)
{
    draw_one(0.5f);
    key('1', 0);
    wait_for_event("my_digits", "what", "saved", 0);
    struct my_digits *other = load_digits(store, NULL);
    file_elsewhere(other, 8);
    return other;
}

START_TEST(two_windows_keep_what_either_files)
{
    struct my_digits *other = file_here_and_elsewhere();
    draw_one(0.3f);
    int from = event_count;
    key('2', 0);
    wait_for_event("my_digits", "what", "saved", from);
    expect_stored(3);
    ck_assert_uint_eq(digit_count(), 3);
    ck_assert_int_eq(last_digit()->label, 8);
    ck_assert(text_is_shown("1 digit that another window filed is in My digits now."));

    ask(ACT_DIGITS_SELECT, my_digits_at(app->store.list, 0)->number);
    from = event_count;
    ask(ACT_DIGITS_DELETE, 0);
    wait_for_event("my_digits", "what", "saved", from);
    expect_stored(2);
    my_digits_free(other);
    other = load_digits(store, NULL); /* as the other window joins it when it saves */
    file_elsewhere(other, 9);
    draw_one(0.4f);
    from = event_count;
    key('3', 0);
    wait_for_event("my_digits", "what", "saved", from);
    expect_stored(4); /* 2, 8, 3 and 9 */
    my_digits_free(other);
}
END_TEST

START_TEST(what_another_window_filed_is_kept_on_leaving)
{
    struct my_digits *other = file_here_and_elsewhere();
    draw_one(0.3f);
    key('2', 0);
    tear_down();
    expect_stored(3);
    my_digits_free(other);
    set_up();
}
END_TEST

START_TEST(a_damaged_store_is_kept_aside_and_said)
{
    static const char text[] = ".SEGMENT DIGIT 0 ? \"1\"\n.PEN_DOWN\n 1 2\n";
    char aside[500];
    close_app();
    write_file(store, text, strlen(text));
    int from = event_count;
    open_app(1280, 800);
    wait_for_event("my_digits", "what", "loaded", from);
    ck_assert(text_is_shown("the old file is kept as my-digits.unp.damaged-1"));
    draw_one(0.4f);
    key('1', 0);
    wait_for_event("my_digits", "what", "saved", from);
    snprintf(aside, sizeof aside, "%s.damaged-1", store);
    size_t size;
    unsigned char *bytes = files_read(aside, 1000, &size, NULL);
    ck_assert_mem_eq(bytes, text, sizeof text - 1);
    free(bytes);
}
END_TEST

START_TEST(a_store_that_cannot_be_written_is_said_and_nothing_is_lost)
{
    mkdir(store, 0700); /* a folder in its place */
    draw_one(0.4f);
    key('1', 0);
    wait_for_text("my-digits.unp");
    ck_assert_uint_eq(digit_count(), 1);
    rmdir(store);
    int from = event_count;
    draw_one(0.6f);
    key('7', 0);
    wait_for_event("my_digits", "what", "saved", from);
    struct my_digits *kept = load_digits(store, NULL);
    ck_assert_uint_eq(my_digits_count(kept), 2);
    my_digits_free(kept);
}
END_TEST

START_TEST(a_store_that_somebody_holds_is_said_and_the_window_goes_on_and_closes)
{
    char lock_path[500];
    int lock;
    draw_one(0.5f);
    key('1', 0);
    wait_for_event("my_digits", "what", "saved", 0);
    snprintf(lock_path, sizeof lock_path, "%s.lock", store);
    ck_assert(files_lock(lock_path, 0, &lock, NULL));
    draw_one(0.3f);
    key('2', 0);
    wait_for_text("Your digits are not saved yet. Another program holds");
    expect_stored(1);
    files_unlock(lock);
    draw_one(0.4f);
    int from = event_count;
    key('3', 0);
    wait_for_event("my_digits", "what", "saved", from);
    expect_stored(3);
    ck_assert(files_lock(lock_path, 0, &lock, NULL));
    draw_one(0.3f);
    key('4', 0);
    tear_down(); /* comes back */
    expect_stored(3);
    files_unlock(lock);
    set_up();
}
END_TEST

START_TEST(what_could_not_be_saved_is_saved_on_leaving)
{
    mkdir(store, 0700); /* a folder in its place */
    draw_one(0.4f);
    key('1', 0);
    wait_for_text("my-digits.unp");
    rmdir(store);
    tear_down();
    expect_stored(1);
    set_up();
}
END_TEST

START_TEST(what_another_window_deleted_or_named_anew_is_said_and_undo_stays_ones_own)
{
    for (int i = 0; i < 3; i++) {
        draw_one(0.3f + 0.1f * (float)i);
        key('1' + i, 0);
    }
    wait_for_saved();
    struct my_digits *other = load_digits(store, NULL);
    ck_assert(my_digits_remove(other, 0, NULL) && my_digits_relabel(other, 0, 9, NULL));
    file_elsewhere(other, 8);
    my_digits_free(other);
    key('4', 0); /* names the third anew */
    wait_for_saved();
    ck_assert(text_is_shown("Another window filed 1, deleted 1 and named 1 anew of your digits"));
    ck_assert_uint_eq(digit_count(), 3);
    ck_assert_int_eq(my_digits_at(app->store.list, 0)->label, 9);
    ck_assert_int_eq(teaching_filed(&app->teaching, &app->canvas, &app->store),
                     4); /* though it is not the last of the list */
    key('5', 0);
    key('z', UI_CTRL);
    key('z', UI_CTRL);
    ck_assert_int_eq(my_digits_at(app->store.list, 1)->label, 3);
    ck_assert_uint_eq(digit_count(), 3);
}
END_TEST

START_TEST(two_windows_that_hold_more_than_are_kept_lose_nothing)
{
    draw_one(0.5f);
    key('1', 0);
    wait_for_saved();
    struct dataset *set = dataset_new("others", MY_DIGITS_MAX, NULL);
    for (uint32_t i = 0; i < MY_DIGITS_MAX; i++) {
        memset(set->pixels + (size_t)i * FIT_LEN, 0, FIT_LEN);
        memcpy(set->pixels + (size_t)i * FIT_LEN, &i, sizeof i);
        set->labels[i] = (uint8_t)(i % 10);
    }
    struct my_digits *other = my_digits_from_set(set, NULL);
    const struct my_digit **digits = my_digits_all(other, NULL);
    ck_assert(my_digits_save(store, (const struct my_digit *const *)digits, MY_DIGITS_MAX, NULL));
    key('2', 0); /* a later wish than that it be gone */
    wait_for_saved();
    ck_assert_uint_eq(digit_count(), MY_DIGITS_MAX + 1);
    draw_one(0.3f);
    key('2', 0);
    ck_assert(text_is_shown("more than the 5000 that are kept"));
    close_app();
    int from = event_count;
    open_app(1280, 800);
    wait_for_event("my_digits", "what", "loaded", from);
    ck_assert_uint_eq(digit_count(), MY_DIGITS_MAX + 1);
    free(digits);
    my_digits_free(other);
    dataset_free(set);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("digit store");
    TCase *tests = tcase_create("digit store");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, begin_my_digits, end_digits);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, what_was_taught_is_there_at_the_next_start);
    tcase_add_test(tests, two_windows_keep_what_either_files);
    tcase_add_test(tests, what_another_window_filed_is_kept_on_leaving);
    tcase_add_test(tests, a_damaged_store_is_kept_aside_and_said);
    tcase_add_test(tests, a_store_that_cannot_be_written_is_said_and_nothing_is_lost);
    tcase_add_test(tests, a_store_that_somebody_holds_is_said_and_the_window_goes_on_and_closes);
    tcase_add_test(tests, what_could_not_be_saved_is_saved_on_leaving);
    tcase_add_test(tests,
                   what_another_window_deleted_or_named_anew_is_said_and_undo_stays_ones_own);
    tcase_add_test(tests, two_windows_that_hold_more_than_are_kept_lose_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}

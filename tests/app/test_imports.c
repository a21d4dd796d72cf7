/* SPDX-License-Identifier: MIT */
/* Digits that come from elsewhere: imports, which can be given up, and other windows. */
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

/* ---- importing ------------------------------------------------------------------------------- */

/* A file in the folder "in", which begins as a picture of that kind does. */
static void put_file(const char *name, const char *head)
{
    char path[700], command[900];
    snprintf(path, sizeof path, "%s/in/%s", folder, name);
    snprintf(command, sizeof command, "mkdir -p \"$(dirname '%s')\"", path);
    ck_assert_int_eq(system(command), 0);
    write_file(path, head, strlen(head));
}

static const char png[] = "\x89PNG\r\n\x1a\n....", jpeg[] = "\xff\xd8\xff\xe0......",
                  bmp[] = "BM..........";

static const char *in(const char *name)
{
    static char paths[2][700];
    static int next;
    char *path = paths[next++ % 2];
    snprintf(path, sizeof paths[0], "%s/in%s%s", folder, name[0] ? "/" : "", name);
    return path;
}

/* Sixty pictures that take three seconds. */
static void import_many(void)
{
    char name[60];
    for (int i = 0; i < 60; i++) {
        snprintf(name, sizeof name, "%d-%02d.png", i % 10, i);
        put_file(name, png);
    }
    atomic_store(&pause_ms, 50);
    ask_for(ACT_DIGITS_IMPORT, in(""));
    wait_for_text("of 60 pictures");
}

static void expect_stopped(void)
{
    wait_for_text("The import was stopped; nothing was added.");
    int stopped = atomic_load(&loaded);
    ck_assert_int_lt(stopped, 40);
    ck_assert_uint_eq(my_digits_count(app->store.list), 0);
    rest(150);
    ck_assert_int_eq(atomic_load(&loaded), stopped);
}

START_TEST(an_import_tells_how_far_it_is_and_stops_at_a_button)
{
    import_many();
    click("notice-offer");
    expect_stopped();
}
END_TEST

START_TEST(escape_stops_an_import)
{
    import_many();
    key(UI_KEY_ESCAPE, 0);
    expect_stopped();
}
END_TEST

START_TEST(closing_the_window_stops_an_import)
{
    import_many();
    close_window();
    ck_assert(shown.quit);
    ck_assert(finish());
    ck_assert_int_lt(atomic_load(&loaded), 40);
    ck_assert_uint_eq(my_digits_count(app->store.list), 0);
}
END_TEST

START_TEST(what_is_taught_during_an_import_is_saved_at_once)
{
    import_many();
    teach(1);
    wait_until(!digit_store_unsaved(&app->store));
    ck_assert_int_lt(atomic_load(&loaded), 60);
    expect_stored(1);
    digit_store_stop_import(&app->store);
}
END_TEST

static struct my_digits *import(const char *name, struct exchange_passed *passed)
{
    struct err err = {""};
    struct my_digits *list = exchange_import(in(name), &slow, NULL, passed, &err);
    ck_assert_msg(list != NULL, "%s: %s", name, err.text);
    return list;
}

static void expect_labels(const char *name, const char *labels, uint32_t passed_over)
{
    struct exchange_passed passed;
    struct my_digits *list = import(name, &passed);
    char found[32] = "";
    for (uint32_t i = 0; i < my_digits_count(list) && i < sizeof found - 1; i++)
        found[i] = (char)('0' + my_digits_at(list, i)->label);
    ck_assert_str_eq(found, labels);
    ck_assert_msg(passed.files == passed_over, "%u passed over: %s", passed.files,
                  passed.why.text);
    my_digits_free(list);
}

START_TEST(a_folder_says_which_digit_its_pictures_show)
{
    put_file("train/7/0001.png", png);
    put_file("train/7/more/1.jpg", jpeg);
    put_file("train/3/x.bmp", bmp);
    put_file("train/3/7-0012.png", png); /* in the folder of threes */
    put_file("test/0/a", png);           /* without an ending */
    expect_labels("", "03377", 0);
    expect_labels("train", "3377", 0);
    expect_labels("train/7", "77", 0);
    expect_labels("train/7/0001.png", "7", 0); /* by itself */
}
END_TEST

START_TEST(a_mixed_folder_is_read_and_what_is_passed_over_is_counted)
{
    put_file("5/a.png", png);
    put_file("8.png", png);
    put_file("2-photo.jpeg", jpeg);
    put_file("labels.csv", "7,1");
    put_file("holiday.jpg", jpeg);
    put_file("4-damaged.png", png);
    put_file("6-blank.png", png);
    put_file(".DS_Store", "....");
    expect_labels("", "258", 4);
    ask_for(ACT_DIGITS_IMPORT, in(""));
    wait_for_text("Imported 3 digits from in.");
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, "4 files were passed over"));
}
END_TEST

START_TEST(a_circle_of_folders_ends)
{
    put_file("7/a.png", png);
    ck_assert_int_eq(symlink(in(""), in("7/again")), 0);
    expect_labels("", "7", 1);
}
END_TEST

START_TEST(a_folder_without_labelled_pictures_says_what_is_wanted)
{
    struct exchange_passed passed;
    struct err err = {""};
    put_file("holiday.jpg", jpeg);
    ck_assert_ptr_null(exchange_import(in(""), &slow, NULL, &passed, &err));
    ck_assert_msg(strstr(err.text, "7/0001.png") != NULL, "%s", err.text);
    put_file("7-damaged.jpg", jpeg);
    ck_assert_ptr_null(exchange_import(in(""), &slow, NULL, &passed, &err));
    ck_assert_msg(strstr(err.text, "No picture in in could be taken (1 tried)") &&
                      strstr(err.text, "damaged"),
                  "%s", err.text);
}
END_TEST

START_TEST(pictures_are_known_by_their_content)
{
    put_file("7.png", jpeg);
    put_file("3.jpg", jpeg);
    put_file("4.bmp", bmp);
    put_file("6.gif", "GIF89a......"); /* whoever reads pictures says what is wrong with it */
    expect_labels("7.png", "7", 0);
    expect_labels("3.jpg", "3", 0);
    expect_labels("4.bmp", "4", 0);
    expect_labels("6.gif", "6", 0);
    drop((char *)in("3.jpg"));
    key('3', UI_CTRL);
    drop((char *)in("3.jpg"));
    frame();
    wait_for_text("Imported 1 digit from 3.jpg.");
}
END_TEST

/* ---- other windows --------------------------------------------------------------------------- */

/* Another window files one more. */
static void teach_elsewhere(int label, int pixel)
{
    uint8_t pixels[FIT_LEN] = {0};
    struct my_digits *other = load_digits(store, NULL);
    pixels[pixel] = 255;
    ck_assert(other && my_digits_add(other, label, NULL, pixels, NULL));
    const struct my_digit **digits = my_digits_all(other, NULL);
    ck_assert(my_digits_save(store, (const struct my_digit *const *)digits, my_digits_count(other),
                             NULL));
    free(digits);
    my_digits_free(other);
}

static void wait_for_count(uint32_t wanted)
{
    wait_until(my_digits_count(app->store.list) == wanted);
    ck_assert_uint_eq(my_digits_count(app->store.list), wanted);
}

static void wait_for_save(void)
{
    wait_until(!digit_store_unsaved(&app->store) && !app->store.saving);
    ck_assert(!digit_store_unsaved(&app->store));
}

START_TEST(what_another_window_filed_comes_with_the_focus_and_with_the_view)
{
    teach(1);
    wait_for_save();
    teach_elsewhere(5, 400);
    struct files_mark before = files_mark(store), after;
    input->focused = true;
    frame();
    input->focused = false;
    wait_for_count(2);
    after = files_mark(store);
    ck_assert(files_same_mark(&before, &after)); /* there was nothing to be written */
    ck_assert(text_is_shown("1 digit that another window filed"));
    teach_elsewhere(6, 401);
    key('3', UI_CTRL);
    wait_for_count(3);
    ck_assert(!digit_store_unsaved(&app->store));
}
END_TEST

START_TEST(a_look_at_a_file_that_nobody_changed_does_and_says_nothing)
{
    teach(1);
    wait_for_save();
    int before_it = event_count;
    input->focused = true;
    frame();
    input->focused = false;
    wait_for_save();
    ck_assert_ptr_null(find_event("my_digits", before_it));
    remove(store);
    mkdir(store, 0700); /* nor can it be read, which is no trouble of what is saved */
    struct files_mark before = files_mark(store), after;
    input->focused = true;
    frame();
    input->focused = false;
    wait_for_save();
    after = files_mark(store);
    ck_assert(files_same_mark(&before, &after));
    ck_assert(!text_is_shown("not saved yet"));
}
END_TEST

Suite *make_suite(void)
{
    TCase *tests = tcase_create("imports"); /* one world for all */
    Suite *suite = suite_create("imports");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, begin_digits, end_digits);
    tcase_set_timeout(tests, 120);
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, an_import_tells_how_far_it_is_and_stops_at_a_button);
    tcase_add_test(tests, escape_stops_an_import);
    tcase_add_test(tests, closing_the_window_stops_an_import);
    tcase_add_test(tests, what_is_taught_during_an_import_is_saved_at_once);
    tcase_add_test(tests, a_folder_says_which_digit_its_pictures_show);
    tcase_add_test(tests, a_mixed_folder_is_read_and_what_is_passed_over_is_counted);
    tcase_add_test(tests, a_circle_of_folders_ends);
    tcase_add_test(tests, a_folder_without_labelled_pictures_says_what_is_wanted);
    tcase_add_test(tests, pictures_are_known_by_their_content);
    tcase_add_test(tests, what_another_window_filed_comes_with_the_focus_and_with_the_view);
    tcase_add_test(tests, a_look_at_a_file_that_nobody_changed_does_and_says_nothing);
    return suite;
}

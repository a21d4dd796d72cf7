/* SPDX-License-Identifier: MIT */
/* Settings of two windows that share a file. */
#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "app/state/settings.h"
#include "base/err.h"
#include "base/files.h"
#include "suite.h"

static char folder[64], path[128];

/* A window as far as its settings go. */
struct desk {
    struct settings settings;
    struct settings_file file;
};

static struct desk a, b;

static void make_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/inkling-settings-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/settings.json", folder);
}

static void remove_folder(void)
{
    char command[128];
    settings_close(&a.file);
    settings_close(&b.file);
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static void open_desk(struct desk *desk)
{
    settings_close(&desk->file); /* of the last time */
    settings_open(&desk->file, &desk->settings, path);
}

/* A change is seen in the frame in which it is made; some time goes by to the next. */
static void see(struct desk *desk)
{
    settings_watch(&desk->file, &desk->settings);
    nanosleep(&(struct timespec){.tv_nsec = 3000000}, NULL);
}

static void leave(struct desk *desk)
{
    struct err err = {""};
    ck_assert_msg(settings_write(&desk->file, &desk->settings, &err), "%s", err.text);
}

static const struct settings *stored(void)
{
    static struct settings settings;
    settings_load(&settings, path);
    return &settings;
}

static const char *put_model(const char *name)
{
    static char models[8][128];
    static int next;
    char *model = models[next++ % 8];
    const struct files_part part = {"x", 1};
    snprintf(model, sizeof models[0], "%s/%s", folder, name);
    ck_assert(files_write(model, &part, 1, NULL));
    return model;
}

START_TEST(two_windows_keep_what_either_changed)
{
    open_desk(&a);
    open_desk(&b);
    a.settings.dark = false;
    see(&a);
    b.settings.brush = 3;
    see(&b);
    strcpy(b.settings.exchange, "/pictures");
    see(&b);
    leave(&a);
    leave(&b);
    ck_assert(!stored()->dark);
    ck_assert_double_eq(stored()->brush, 3);
    ck_assert_str_eq(stored()->exchange, "/pictures");
}
END_TEST

/* The brush is wished for by b last, the theme by a. */
START_TEST(the_later_wish_wins_whichever_window_is_closed_last)
{
    struct desk *const desks[] = {&a, &b};
    for (int last = 0; last < 2; last++) {
        remove(path);
        open_desk(&a);
        open_desk(&b);
        a.settings.brush = 2;
        b.settings.dark = false;
        see(&a);
        see(&b);
        b.settings.brush = 3;
        a.settings.dark = false;
        see(&b);
        see(&a);
        a.settings.dark = true;
        see(&a);
        leave(desks[!last]);
        leave(desks[last]);
        ck_assert_double_eq(stored()->brush, 3);
        ck_assert(stored()->dark);
    }
}
END_TEST

START_TEST(a_window_in_which_nothing_was_changed_writes_nothing)
{
    open_desk(&a);
    leave(&a); /* the first of all */
    ck_assert(files_exist(path));
    struct files_mark mark = files_mark(path);
    open_desk(&b);
    leave(&b);
    struct files_mark after = files_mark(path);
    ck_assert(files_same_mark(&mark, &after));
}
END_TEST

START_TEST(models_opened_in_two_windows_are_both_recent)
{
    const char *old = put_model("old"), *first = put_model("first"), *second = put_model("second");
    open_desk(&a);
    settings_add_recent(&a.settings, old);
    settings_add_recent(&a.settings, first);
    leave(&a);
    open_desk(&a);
    open_desk(&b);
    settings_add_recent(&a.settings, second);
    see(&a);
    settings_add_recent(&b.settings, old); /* again */
    see(&b);
    leave(&a);
    leave(&b);
    ck_assert_int_eq(stored()->recent_count, 3);
    ck_assert_str_eq(stored()->recent[0], old);
    ck_assert_str_eq(stored()->recent[1], second);
    ck_assert_str_eq(stored()->recent[2], first);
}
END_TEST

START_TEST(the_first_models_of_two_windows_are_both_recent)
{
    const char *first = put_model("first"), *second = put_model("second");
    open_desk(&a);
    open_desk(&b);
    settings_add_recent(&a.settings, first);
    see(&a);
    leave(&a);
    settings_add_recent(&b.settings, second);
    see(&b);
    leave(&b);
    ck_assert_int_eq(stored()->recent_count, 2);
    ck_assert_str_eq(stored()->recent[0], second);
    ck_assert_str_eq(stored()->recent[1], first);
}
END_TEST

START_TEST(settings_of_another_version_stay)
{
    static const char text[] = "{\"future\": [1, 2], \"brush\": 2.5}";
    const struct files_part part = {text, strlen(text)};
    ck_assert(files_write(path, &part, 1, NULL));
    open_desk(&a);
    a.settings.dark = false;
    leave(&a);
    size_t size;
    unsigned char *bytes = files_read(path, 1 << 16, &size, NULL);
    ck_assert_ptr_nonnull(strstr((char *)bytes, "future"));
    ck_assert_double_eq(stored()->brush, 2.5);
    free(bytes);
}
END_TEST

/* 2100, the end of what a time can be, and what is no time. */
START_TEST(a_time_to_come_in_the_file_freezes_no_setting)
{
    static const char *const times[] = {"4102444800000", "9223372036854775807", "\"soon\"", "-1"};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        char text[200];
        snprintf(text, sizeof text,
                 "{\"theme\": \"dark\", \"brush\": 2, \"changed\": {\"theme\": %s, \"brush\": %s}}",
                 times[i], times[i]);
        const struct files_part part = {text, strlen(text)};
        ck_assert(files_write(path, &part, 1, NULL));
        open_desk(&a);
        a.settings.dark = false;
        a.settings.brush = 3;
        see(&a);
        leave(&a);
        ck_assert_msg(!stored()->dark, "%s", times[i]);
        ck_assert_double_eq(stored()->brush, 3);
    }
}
END_TEST

START_TEST(a_folder_that_is_not_utf8_costs_no_other_setting)
{
    open_desk(&a);
    strcpy(a.settings.exchange, "/caf\xe9");
    a.settings.brush = 3;
    leave(&a);
    ck_assert_double_eq(stored()->brush, 3);
}
END_TEST

START_TEST(settings_that_cannot_be_written_are_written_at_the_next_try)
{
    struct rlimit before, none;
    struct err err = {""};
    open_desk(&a);
    leave(&a);
    a.settings.brush = 3;
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    none = (struct rlimit){0, before.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
    bool done = settings_write(&a.file, &a.settings, &err);
    setrlimit(RLIMIT_FSIZE, &before);
    ck_assert(!done);
    ck_assert_ptr_nonnull(strstr(err.text, "settings.json"));
    leave(&a);
    ck_assert_double_eq(stored()->brush, 3);
}
END_TEST

Suite *make_suite(void)
{
    TCase *tests = tcase_create("settings");
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_add_test(tests, two_windows_keep_what_either_changed);
    tcase_add_test(tests, the_later_wish_wins_whichever_window_is_closed_last);
    tcase_add_test(tests, a_window_in_which_nothing_was_changed_writes_nothing);
    tcase_add_test(tests, models_opened_in_two_windows_are_both_recent);
    tcase_add_test(tests, the_first_models_of_two_windows_are_both_recent);
    tcase_add_test(tests, settings_of_another_version_stay);
    tcase_add_test(tests, a_time_to_come_in_the_file_freezes_no_setting);
    tcase_add_test(tests, a_folder_that_is_not_utf8_costs_no_other_setting);
    tcase_add_test(tests, settings_that_cannot_be_written_are_written_at_the_next_try);
    Suite *suite = suite_create("settings");
    suite_add_tcase(suite, tests);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* The log of the whole program: what happens arrives, whatever the bytes of names are. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/state/library.h"
#include "app_world.h"
#include "base/files.h"
#include "base/text.h"
#include "suite.h"

/* No UTF-8; a command to a terminal; the middle of a character at the end. */
static const char *const names[] = {"caf\xe9", "e\x1b[2J", "\xc2\x9b" "x", "cut\xe2\x82"};
enum { NAMES = sizeof names / sizeof names[0] };

static char *path_of(const char *name, const char *end)
{
    static char path[FILES_PATH_MAX];
    snprintf(path, sizeof path, "%s/%s%s", folder, name, end);
    return path;
}

static const char *text_of(const json_t *event, const char *key)
{
    const char *text = json_string_value(json_object_get(event, key));
    ck_assert_ptr_nonnull(text);
    return text;
}

START_TEST(a_model_whose_path_is_no_text_is_told)
{
    for (int i = 0; i < NAMES; i++) {
        char *path = path_of(names[i], ".safetensors");
        write_model(path, "784-10", "somebody");
        int from = event_count;
        drop(path);
        frame();
        const json_t *event = find_event("model", from);
        ck_assert_ptr_nonnull(event);
        ck_assert_ptr_nonnull(strstr(text_of(event, "path"), ".safetensors"));
        unlink(path);
        ck_assert_str_eq(text_of(event, "path"), text_make_utf8(path));
    }
}
END_TEST

START_TEST(an_error_about_a_name_that_is_no_text_is_told)
{
    for (int i = 0; i < NAMES; i++) {
        char *path = path_of(names[i], "");
        mkdir(path, 0700); /* without data in it */
        int from = event_count;
        drop(path);
        frame();
        const json_t *event = find_event("error", from);
        ck_assert_ptr_nonnull(event);
        ck_assert_ptr_nonnull(strchr(text_of(event, "text"), '?'));
        ck_assert_str_eq(text_of(event, "text"), app->notices.now.text);
        rmdir(path);
        from = event_count;
        char *file = path_of(names[i], ".safetensors");
        write_file(file, "no model", 8);
        drop(file);
        frame();
        ck_assert_ptr_nonnull(find_event("error", from));
        unlink(file);
    }
}
END_TEST

START_TEST(data_in_a_folder_that_is_no_text_is_told)
{
    char command[2 * FILES_PATH_MAX];
    char *path = path_of("caf\xe9", "");
    snprintf(command, sizeof command, "cp -r '%s' '%s'", data_path, path);
    ck_assert_int_eq(system(command), 0);
    int from = event_count;
    drop(path);
    wait_until(find_event("data", from));
    ck_assert_msg(find_event("data", from) != NULL, "%s", app->notices.now.text);
    ck_assert_int_eq(library_state(app->library), LIBRARY_READY);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("log");
    TCase *tests = tcase_create("log");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_model_whose_path_is_no_text_is_told);
    tcase_add_test(tests, an_error_about_a_name_that_is_no_text_is_told);
    tcase_add_test(tests, data_in_a_folder_that_is_no_text_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* What the file dialog lists, and how names that are no text are handled. */
#include <check.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/files/file_dialog.h"
#include "app/files/folder.h"
#include "dialog_page.h"
#include "robot.h"
#include "suite.h"

static bool comes_before(const char *first, const char *second)
{
    size_t seen_first = SIZE_MAX, seen_second = SIZE_MAX;
    for (size_t i = 0; i < robot.shapes->count; i++) {
        const char *text = ui_shape_text(robot.shapes, &robot.shapes->items[i]);
        if (strcmp(text, first) == 0)
            seen_first = i;
        if (strcmp(text, second) == 0)
            seen_second = i;
    }
    return seen_first != SIZE_MAX && seen_second != SIZE_MAX && seen_first < seen_second;
}

START_TEST(folders_come_first_and_numbers_count)
{
    ck_assert(comes_before("zoo/", "Best.safetensors"));
    ck_assert(comes_before("attic/", "zoo/"));
    ck_assert(comes_before("Best.safetensors", "run 9.safetensors"));
    ck_assert(comes_before("run 9.safetensors", "run 10.safetensors"));
}
END_TEST

START_TEST(sizes_and_dates_stand_beside_the_names)
{
    char date[32];
    time_t now = time(NULL);
    strftime(date, sizeof date, "%Y-%m-%d", localtime(&now));
    ck_assert(robot_see(&robot, date));
    ck_assert(robot_see(&robot, "4 bytes"));
}
END_TEST

START_TEST(only_files_that_fit_are_listed_until_all_are_asked_for)
{
    ck_assert(!robot_see(&robot, "notes.txt"));
    robot_click(&robot, "file-all");
    ck_assert(robot_see(&robot, "notes.txt"));
    ck_assert(!robot_see(&robot, ".hidden.safetensors"));
}
END_TEST

START_TEST(hidden_files_are_listed_when_asked_for)
{
    ck_assert(!robot_see(&robot, ".hidden.safetensors"));
    robot_click(&robot, "file-hidden");
    ck_assert(robot_see(&robot, ".hidden.safetensors"));
}
END_TEST

START_TEST(an_empty_folder_says_so)
{
    open_dialog(FILE_DIALOG_FOLDER, in_root("zoo"));
    ck_assert(robot_see(&robot, "This folder is empty."));
}
END_TEST

START_TEST(a_link_is_what_it_leads_to_and_a_broken_one_is_left_out)
{
    ck_assert_int_eq(symlink(in_root("attic"), in_root("way")), 0);
    ck_assert_int_eq(symlink("nowhere", in_root("lost.safetensors")), 0);
    ck_assert_int_eq(symlink("loop", in_root("loop")), 0);
    open_dialog(FILE_DIALOG_OPEN, root);
    ck_assert(robot_see(&robot, "way/"));
    ck_assert(!robot_see(&robot, "lost.safetensors"));
    robot_type(&robot, "way");
    robot_key(&robot, UI_KEY_ENTER, 0);
    ck_assert(robot_see(&robot, "old.safetensors"));
    robot_key(&robot, UI_KEY_BACKSPACE, 0); /* back to where the link is */
    ck_assert(robot_see(&robot, "Best.safetensors"));
}
END_TEST

START_TEST(a_name_that_is_no_text_is_shown_and_chosen)
{
    put_file("caf\xe9.safetensors", "latin");
    open_dialog(FILE_DIALOG_OPEN, root);
    ck_assert(robot_see(&robot, "caf\uFFFD.safetensors"));
    robot_type(&robot, "caf");
    robot_key(&robot, UI_KEY_ENTER, 0);
    check_chosen("caf\xe9.safetensors");
}
END_TEST

START_TEST(a_folder_whose_name_is_no_text_stays_when_its_path_is_entered)
{
    mkdir(in_root("caf\xe9"), 0777);
    put_file("caf\xe9/inner.safetensors", "");
    open_dialog(FILE_DIALOG_OPEN, in_root("caf\xe9"));
    robot_click(&robot, "file-path");
    robot_key(&robot, UI_KEY_ENTER, 0);
    ck_assert(robot_see(&robot, "inner.safetensors"));
    ck_assert(!robot_has(&robot, "file-trouble"));
}
END_TEST

/* Bytes that are no text take three times their room when they are shown. */
START_TEST(names_that_are_no_text_are_edited_in_the_room_that_they_have)
{
    static const char *const ends[] = {"", "\xc3\xbc", "/x"};
    char name[NAME_MAX + 1];
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        memset(name, i == 1 ? 0x9f : 0xff, sizeof name);
        strcpy(name + 212 + i, ends[i]);
        open_dialog(FILE_DIALOG_SAVE, in_root(name));
        for (int times = 0; times < 8; times++) { /* twice as long each time */
            robot_key(&robot, 'a', UI_CTRL);
            robot_key(&robot, 'c', UI_CTRL);
            robot_key(&robot, UI_KEY_END, 0);
            robot_key(&robot, 'v', UI_CTRL);
        }
        robot_key(&robot, UI_KEY_ENTER, 0);
        ck_assert_int_eq(result, FILE_DIALOG_ASKING);
        ck_assert(robot_see(&robot, "too long"));
    }
}
END_TEST

START_TEST(what_is_edited_leaves_the_other_bytes_of_a_name_as_they_are)
{
    open_dialog(FILE_DIALOG_SAVE, in_root("\xff"
                                          "caf\xe9\xe8.safetensors"));
    robot_key(&robot, UI_KEY_HOME, 0);
    robot_type(&robot, "a");
    robot_key(&robot, UI_KEY_DELETE, 0);
    robot_type(&robot, "bc");
    robot_key(&robot, UI_KEY_ENTER, 0);
    check_chosen("abccaf\xe9\xe8.safetensors");
    open_dialog(FILE_DIALOG_SAVE, in_root("\xff"
                                          "caf\xe9\xe8.safetensors"));
    robot_write(&robot, "file-name", "fresh");
    robot_key(&robot, UI_KEY_ENTER, 0);
    check_chosen("fresh.safetensors");
}
END_TEST

START_TEST(a_path_whose_beginning_is_no_text_is_gone_on_with)
{
    mkdir(in_root("caf\xe9\xff"), 0777);
    put_file("caf\xe9\xff/inner.safetensors", "");
    open_dialog(FILE_DIALOG_OPEN, in_root("caf\xe9\xff"));
    robot_click(&robot, "file-path");
    robot_key(&robot, UI_KEY_END, 0);
    robot_type(&robot, "/inner.safetensors");
    robot_key(&robot, UI_KEY_ENTER, 0);
    check_chosen("caf\xe9\xff/inner.safetensors");
}
END_TEST

START_TEST(names_are_made_into_text)
{
    char text[64];
    ck_assert_str_eq(folder_show_name("a\tb", text, sizeof text), "a\uFFFDb");
    ck_assert_str_eq(folder_show_name("\xc0\xaf", text, sizeof text), "\uFFFD\uFFFD");
    ck_assert_str_eq(folder_show_name("\xed\xa0\x80", text, sizeof text), "\uFFFD\uFFFD\uFFFD");
    ck_assert_str_eq(folder_show_name("gr\u00fc\u00df \u4e00 \U0001F600", text, sizeof text),
                     "gr\u00fc\u00df \u4e00 \U0001F600");
    ck_assert_str_eq(folder_show_name("\u00fc\u00fc", text, 4), "\u00fc");
}
END_TEST

START_TEST(a_long_name_ends_in_an_ellipsis)
{
    char name[NAME_MAX + 1];
    memset(name, 'w', sizeof name);
    memcpy(name, "long", 4);
    strcpy(name + 200, ".safetensors");
    put_file(name, "");
    open_dialog(FILE_DIALOG_OPEN, root);
    const struct ui_control *list = ui_find_control(robot.ui, "file-list");
    bool cut = false;
    for (size_t i = 0; i < robot.shapes->count; i++) {
        const struct ui_shape *shape = &robot.shapes->items[i];
        const char *text = ui_shape_text(robot.shapes, shape);
        if (strncmp(text, "longw", 5) != 0 && strcmp(text, "\u2026") != 0)
            continue;
        cut |= strstr(text, "\u2026") != NULL;
        ck_assert_float_le(shape->rect.x + shape->rect.w, list->rect.x + list->rect.w);
    }
    ck_assert(cut);
}
END_TEST

START_TEST(thousands_of_files_are_quick_and_only_those_in_sight_are_drawn)
{
    char name[64];
    struct timespec begin, end;
    for (int i = 0; i < 5000; i++) {
        snprintf(name, sizeof name, "zoo/%d.safetensors", i);
        put_file(name, "");
    }
    clock_gettime(CLOCK_MONOTONIC, &begin);
    open_dialog(FILE_DIALOG_OPEN, in_root("zoo"));
    robot_key(&robot, UI_KEY_END, 0);
    clock_gettime(CLOCK_MONOTONIC, &end);
    ck_assert(robot_see(&robot, "4999.safetensors"));
    ck_assert_uint_lt(robot.shapes->count, 200);
    double seconds =
        (double)(end.tv_sec - begin.tv_sec) + 1e-9 * (double)(end.tv_nsec - begin.tv_nsec);
    ck_assert_double_lt(seconds, 2);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("folder");
    TCase *tests = tcase_create("folder");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, folders_come_first_and_numbers_count);
    tcase_add_test(tests, sizes_and_dates_stand_beside_the_names);
    tcase_add_test(tests, only_files_that_fit_are_listed_until_all_are_asked_for);
    tcase_add_test(tests, hidden_files_are_listed_when_asked_for);
    tcase_add_test(tests, an_empty_folder_says_so);
    tcase_add_test(tests, a_link_is_what_it_leads_to_and_a_broken_one_is_left_out);
    tcase_add_test(tests, a_name_that_is_no_text_is_shown_and_chosen);
    tcase_add_test(tests, a_folder_whose_name_is_no_text_stays_when_its_path_is_entered);
    tcase_add_test(tests, names_that_are_no_text_are_edited_in_the_room_that_they_have);
    tcase_add_test(tests, what_is_edited_leaves_the_other_bytes_of_a_name_as_they_are);
    tcase_add_test(tests, a_path_whose_beginning_is_no_text_is_gone_on_with);
    tcase_add_test(tests, names_are_made_into_text);
    tcase_add_test(tests, a_long_name_ends_in_an_ellipsis);
    tcase_add_test(tests, thousands_of_files_are_quick_and_only_those_in_sight_are_drawn);
    suite_add_tcase(suite, tests);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* Corrected labels: kept in a file of their own, undone, and given to a training. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "data/corrections.h"
#include "data/dataset.h"
#include "data_files.h"
#include "suite.h"

enum { IMAGES = 6, LEN = 784 };

static struct err err;
static struct dataset *set;
static struct corrections list;

static void make(void)
{
    files_begin();
    setenv("XDG_DATA_HOME", files_folder, 1);
    set = dataset_new("a set", IMAGES, &err);
    for (uint32_t i = 0; i < IMAGES; i++) {
        memset(set->pixels + i * (size_t)LEN, (int)(10 * i), LEN);
        set->labels[i] = (uint8_t)i;
    }
    list = (struct corrections){.count = 0};
    ck_assert(corrections_open(&list, set, &err));
}

static void clear(void)
{
    corrections_close(&list);
    dataset_free(set);
    files_end();
}

static void change(uint32_t image, uint8_t label)
{
    ck_assert_msg(corrections_set(&list, image, label, &err), "%s", err.text);
}

static void write_list(const char *text)
{
    FILE *file = fopen(list.path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

START_TEST(without_a_file_nothing_is_corrected)
{
    ck_assert_uint_eq(list.count, 0);
    ck_assert_int_eq(corrections_of(&list, 3), CORRECTION_NONE);
    ck_assert(access(list.path, F_OK) != 0);
}
END_TEST

START_TEST(what_was_changed_is_there_when_it_is_opened_again)
{
    struct corrections again = {.count = 0};
    change(4, 9);
    change(1, CORRECTION_OUT);
    change(4, 7);
    change(5, 2);
    change(5, CORRECTION_NONE);
    ck_assert(corrections_open(&again, set, &err));
    ck_assert_uint_eq(again.count, 2);
    ck_assert_int_eq(corrections_of(&again, 4), 7);
    ck_assert_int_eq(corrections_of(&again, 1), CORRECTION_OUT);
    ck_assert_int_eq(corrections_of(&again, 5), CORRECTION_NONE);
    corrections_close(&again);
}
END_TEST

START_TEST(other_images_have_a_list_of_their_own)
{
    change(4, 9);
    set->labels[0] = 8;
    ck_assert(corrections_open(&list, set, &err));
    ck_assert_uint_eq(list.count, 0);
}
END_TEST

START_TEST(changes_are_undone_one_by_one)
{
    change(4, 9);
    change(4, CORRECTION_OUT);
    change(2, 1);
    ck_assert(corrections_undo(&list, &err));
    ck_assert_int_eq(corrections_of(&list, 2), CORRECTION_NONE);
    ck_assert(corrections_undo(&list, &err));
    ck_assert_int_eq(corrections_of(&list, 4), 9);
    ck_assert(corrections_undo(&list, &err));
    ck_assert_uint_eq(list.count, 0);
    ck_assert_uint_eq(list.undo_count, 0);
    ck_assert(corrections_open(&list, set, &err));
    ck_assert_uint_eq(list.count, 0);
}
END_TEST

START_TEST(two_windows_keep_one_list)
{
    struct corrections other = {.count = 0};
    ck_assert(corrections_open(&other, set, &err));
    change(4, 9);
    ck_assert(corrections_set(&other, 2, 3, &err));
    ck_assert_int_eq(corrections_of(&other, 4), 9);
    change(1, CORRECTION_OUT);
    ck_assert_uint_eq(list.count, 3);
    corrections_close(&other);
}
END_TEST

START_TEST(a_training_is_given_the_corrected_images)
{
    uint32_t out, relabelled;
    change(1, CORRECTION_OUT);
    change(4, 0);
    change(5, CORRECTION_OUT);
    corrections_count(&list, &out, &relabelled);
    ck_assert_uint_eq(out, 2);
    ck_assert_uint_eq(relabelled, 1);
    struct dataset *corrected = corrections_apply(&list, set, &err);
    const uint8_t labels[] = {0, 2, 3, 0}, inks[] = {0, 20, 30, 40};
    ck_assert_uint_eq(corrected->count, 4);
    for (int i = 0; i < 4; i++) {
        ck_assert_uint_eq(corrected->labels[i], labels[i]);
        ck_assert_uint_eq(corrected->pixels[i * LEN + 100], inks[i]);
    }
    ck_assert_str_eq(corrected->name, "a set, 3 labels corrected");
    ck_assert_uint_eq(set->labels[4], 4);
    dataset_free(corrected);
}
END_TEST

static const struct {
    const char *text, *told;
} broken[] = {
    {"something else\n", "does not begin"},
    {"inkling corrections 1\n6 images\n2 7\n9 7\n", "Line 4"},
    {"inkling corrections 1\n6 images\n2 77\n", "Line 3"},
    {"inkling corrections 1\n6 images\n2\n", "Line 3"},
    {"inkling corrections 1\n6 images\n2 out of it\n", "Line 3"},
    {"inkling corrections 1\n6 images\n-1 3\n", "Line 3"},
};

START_TEST(a_broken_list_is_told_with_its_line)
{
    change(3, 3);
    write_list(broken[_i].text);
    ck_assert(!corrections_open(&list, set, &err));
    ck_assert_msg(strstr(err.text, broken[_i].told) != NULL, "%s", err.text);
    ck_assert_uint_eq(list.count, 0);
}
END_TEST

START_TEST(a_change_that_cannot_be_saved_is_none)
{
    change(3, 3);
    write_list(broken[0].text);
    ck_assert(!corrections_set(&list, 2, 2, &err));
    ck_assert_uint_eq(list.undo_count, 1);
    ck_assert_int_eq(corrections_of(&list, 2), CORRECTION_NONE);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("corrections");
    TCase *tests = tcase_create("corrections");
    tcase_add_checked_fixture(tests, make, clear);
    tcase_add_test(tests, without_a_file_nothing_is_corrected);
    tcase_add_test(tests, what_was_changed_is_there_when_it_is_opened_again);
    tcase_add_test(tests, other_images_have_a_list_of_their_own);
    tcase_add_test(tests, changes_are_undone_one_by_one);
    tcase_add_test(tests, two_windows_keep_one_list);
    tcase_add_test(tests, a_training_is_given_the_corrected_images);
    tcase_add_loop_test(tests, a_broken_list_is_told_with_its_line, 0,
                        (int)(sizeof broken / sizeof *broken));
    tcase_add_test(tests, a_change_that_cannot_be_saved_is_none);
    suite_add_tcase(suite, tests);
    return suite;
}

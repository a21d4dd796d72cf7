/* SPDX-License-Identifier: MIT */
/* Digits from files of others, and to them. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/state/exchange.h"
#include "app_world.h"
#include "base/files.h"
#include "data/dataset.h"
#include "data/my_digits.h"
#include "data/synthetic.h"
#include "digits.h"
#include "digits_world.h"
#include "suite.h"

/* Pictures as the tests keep them: rows, columns, bytes. */
static bool load_plain(void *user, const char *path, struct app_grey *grey, struct err *err)
{
    size_t size;
    (void)user;
    unsigned char *bytes = files_read(path, 1 << 24, &size, err);
    if (!bytes)
        return false;
    int rows = bytes[8] << 8 | bytes[9], cols = bytes[10] << 8 | bytes[11];
    ck_assert_uint_eq(size, 12 + (size_t)rows * (size_t)cols);
    *grey = (struct app_grey){rows, cols, malloc((size_t)rows * (size_t)cols)};
    memcpy(grey->pixels, bytes + 12, (size_t)rows * (size_t)cols);
    free(bytes);
    return true;
}

static bool save_plain(void *user, const char *path, const struct app_grey *grey, struct err *err)
{
    uint8_t head[12] = {0x89,
                        'P',
                        'N',
                        'G',
                        0,
                        0,
                        0,
                        0,
                        (uint8_t)(grey->rows >> 8),
                        (uint8_t)grey->rows,
                        (uint8_t)(grey->cols >> 8),
                        (uint8_t)grey->cols};
    const struct files_part parts[] = {{head, sizeof head},
                                       {grey->pixels, (size_t)grey->rows * (size_t)grey->cols}};
    (void)user;
    return files_write(path, parts, 2, err);
}

static const struct exchange_pictures plain = {NULL, load_plain, save_plain};
static struct exchange_passed passed;

/* The digits `a` are the digits `b`, in any order. */
static void expect_same_digits(const struct my_digits *a, const struct my_digits *b)
{
    ck_assert_uint_eq(my_digits_count(a), my_digits_count(b));
    for (uint32_t i = 0; i < my_digits_count(a); i++) {
        bool found = false;
        for (uint32_t k = 0; k < my_digits_count(b); k++)
            found |= my_digits_at(a, i)->label == my_digits_at(b, k)->label &&
                     memcmp(my_digits_at(a, i)->pixels, my_digits_at(b, k)->pixels, FIT_LEN) == 0;
        ck_assert_msg(found, "digit %u did not come back", i);
    }
}

START_TEST(every_format_brings_back_what_it_was_given)
{
    static const char *const names[EXCHANGE_FORMATS] = {[EXCHANGE_UNIPEN] = "my.unp.gz",
                                                        [EXCHANGE_IDX] = "my-images-idx3-ubyte",
                                                        [EXCHANGE_SHEET] = "my.png",
                                                        [EXCHANGE_PNG] = "mine"};
    struct dataset *set = synthetic_new(4, DATASET_TEST, 33, NULL);
    struct my_digits *list = my_digits_from_set(set, NULL);
    const struct my_digit **digits = my_digits_all(list, NULL);
    char path[500];
    snprintf(path, sizeof path, "%s/out", folder);
    mkdir(path, 0700);
    for (int format = 0; format < EXCHANGE_FORMATS; format++) {
        struct err err = {""};
        snprintf(path, sizeof path, "%s/out/%s", folder, names[format]);
        ck_assert_msg(
            exchange_export(path, (enum exchange_format)format, digits, 33, &plain, NULL, &err),
            "%s", err.text);
        struct my_digits *back = exchange_import(path, &plain, NULL, &passed, &err);
        ck_assert_msg(back != NULL, "%s: %s", names[format], err.text);
        expect_same_digits(list, back);
        my_digits_free(back);
    }
    free(digits);
    my_digits_free(list);
    dataset_free(set);
}
END_TEST

START_TEST(files_that_cannot_be_imported_say_why)
{
    static const struct {
        const char *name, *bytes;
        size_t size;
        const char *why;
    } bad[] = {
        {"picture.png", "\x89PNG\0\0\0\0\0\2\0\2....", 16, "does not say which digit it shows"},
        {"7.png", "\x89PNG\0\0\0\0\0\2\0\2....", 16, "no ink"},
        {"images-idx3-ubyte", "\0\0\x8\3\0\0\0\1", 8, "labels-idx1-ubyte"},
        {"digits", "\0\0\x8\3\0\0\0\1", 8, "found by its name"},
        {"text.unp", "hello", 5, "neither a point nor a keyword"},
    };
    char path[500];
    snprintf(path, sizeof path, "%s/out", folder);
    mkdir(path, 0700);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err err = {""};
        snprintf(path, sizeof path, "%s/out/%s", folder, bad[i].name);
        write_file(path, bad[i].bytes, bad[i].size);
        ck_assert_ptr_null(exchange_import(path, &plain, NULL, &passed, &err));
        ck_assert_msg(strstr(err.text, bad[i].why) != NULL || i == 2, "%s: %s", bad[i].name,
                      err.text);
        ck_assert_int_gt((int)strlen(err.text), 20);
    }
}
END_TEST

START_TEST(a_file_that_cannot_be_read_is_not_called_no_picture)
{
    struct err err = {""};
    char path[500];
    ck_assert_ptr_null(exchange_import("/proc/self/mem", &plain, NULL, &passed, &err));
    ck_assert_msg(strstr(err.text, "/proc/self/mem cannot be read: "), "%s", err.text);
    snprintf(path, sizeof path, "%s/unreadable", folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/unreadable/7.png", folder);
    ck_assert_int_eq(symlink("/proc/self/mem", path), 0);
    *strrchr(path, '/') = 0;
    ck_assert_ptr_null(exchange_import(path, &plain, NULL, &passed, &err));
    ck_assert_msg(strstr(passed.why.text, "7.png cannot be read: "), "%s", passed.why.text);
}
END_TEST

/* Writes a set of two digits in QMNIST's way, labels of eight integers. */
static void write_wide_set(const char *images, const char *labels)
{
    static uint8_t pictures[16 + 2 * FIT_LEN] = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28};
    static uint8_t wide[12 + 2 * 32] = {0, 0, 12, 2, 0, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0, 7};
    for (int i = 0; i < 2; i++)
        memset(pictures + 16 + i * FIT_LEN + 300, 200 + i, 100);
    wide[12 + 32 + 3] = 4;
    write_file(images, pictures, sizeof pictures);
    write_file(labels, wide, sizeof wide);
}

START_TEST(either_file_of_a_set_imports_it_under_any_spelling_of_its_names)
{
    char images[500], labels[500];
    snprintf(images, sizeof images, "%s/out", folder);
    mkdir(images, 0700);
    snprintf(images, sizeof images, "%s/out/qmnist-test-images-idx3-ubyte", folder);
    snprintf(labels, sizeof labels, "%s/out/qmnist-test-labels-idx2-int", folder);
    write_wide_set(images, labels);
    for (int i = 0; i < 2; i++) {
        struct err err = {""};
        struct my_digits *list = exchange_import(i ? labels : images, &plain, NULL, &passed, &err);
        ck_assert_msg(list != NULL, "%s", err.text);
        ck_assert_uint_eq(my_digits_count(list), 2);
        ck_assert_int_eq(my_digits_at(list, 0)->label, 7);
        ck_assert_int_eq(my_digits_at(list, 1)->label, 4);
        my_digits_free(list);
    }
}
END_TEST

START_TEST(dropped_digits_are_imported_at_once_and_that_undone)
{
    char path[500];
    teach_ten();
    snprintf(path, sizeof path, "%s/copy.unp", folder);
    const struct my_digit **digits = my_digits_all(app->store.list, NULL);
    ck_assert(my_digits_save(path, digits, 10, NULL));
    struct my_digits *copy = load_digits(path, NULL);
    file_in(path, copy, 4);
    free(digits);
    my_digits_free(copy);
    key('3', UI_CTRL);
    drop(path);
    wait_for_event("my_digits", "what", "imported", 0);
    ck_assert_uint_eq(digit_count(), 11);
    ck_assert_uint_eq(last_digit()->number, 10);
    ck_assert_str_eq(app->notices.now.text,
                     "Imported 1 digit from copy.unp. 10 were here already.");
    click("notice-offer");
    ck_assert_uint_eq(digit_count(), 10);

    drop(path);
    wait_for_event("my_digits", "what", "imported", event_count);
    ask(ACT_DIGITS_SELECT, last_digit()->number);
    ask(ACT_DIGITS_LABEL, 5);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_NONE); /* its Undo would undo the label */
    remove(path);
}
END_TEST

START_TEST(a_picture_that_says_its_digit_is_no_sheet_however_large)
{
    static const uint8_t head[] = {0x89, 'P', 'N', 'G'};
    const struct files_part part = {head, sizeof head};
    char path[500];
    snprintf(path, sizeof path, "%s/7-large.png", folder);
    ck_assert(files_write(path, &part, 1, NULL)); /* the pixels are load_bar's */
    ask_for(ACT_DIGITS_IMPORT, path);
    wait_for_event("my_digits", "what", "imported", 0);
    remove(path);
    ck_assert_uint_eq(digit_count(), 1);
    ck_assert_int_eq(last_digit()->label, 7);
}
END_TEST

START_TEST(a_pipe_is_no_digits_and_nothing_waits_for_it)
{
    char path[500];
    snprintf(path, sizeof path, "%s/pipe.unp", folder);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ask_for(ACT_DIGITS_IMPORT, path);
    wait_until(app->notices.now.kind == NOTICE_TROUBLE);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    remove(path);
}
END_TEST

START_TEST(an_export_is_written_where_one_says)
{
    char path[500];
    teach_ten();
    key('3', UI_CTRL);
    click("export");
    click("export-unipen");
    ck_assert_ptr_nonnull(app->dialog);
    key(UI_KEY_ESCAPE, 0);
    snprintf(path, sizeof path, "%s/exported.unp", folder);
    app_act(app, &(struct action){.kind = ACT_DIGITS_EXPORT_UNIPEN, .text = path});
    wait_for_event("my_digits", "what", "exported", 0);
    struct my_digits *back = load_digits(path, NULL);
    expect_same_digits(app->store.list, back);
    my_digits_free(back);
    remove(path);
}
END_TEST

static void expect_beginning(const char *menu, const char *item, const char *wanted)
{
    click(menu);
    click(item);
    frame();
    ck_assert_ptr_nonnull(app->dialog);
    ck_assert_msg(text_is_shown(wanted), "%s does not begin in %s", item, wanted);
    key(UI_KEY_ESCAPE, 0);
}

START_TEST(imports_and_exports_begin_where_the_last_one_was)
{
    char out[500], path[600];
    teach_ten();
    key('3', UI_CTRL);
    snprintf(out, sizeof out, "%s/out", folder);
    mkdir(out, 0700);
    snprintf(path, sizeof path, "%s/mine.unp", out);
    app_act(app, &(struct action){.kind = ACT_DIGITS_EXPORT_UNIPEN, .text = path});
    wait_for_event("my_digits", "what", "exported", 0);
    expect_beginning("import", "import-file", out);
    expect_beginning("import", "import-folder", out);
    for (int i = 0; i < EXCHANGE_FORMATS; i++) {
        static const char *const items[] = {[EXCHANGE_UNIPEN] = "export-unipen",
                                            [EXCHANGE_IDX] = "export-idx",
                                            [EXCHANGE_SHEET] = "export-sheet",
                                            [EXCHANGE_PNG] = "export-png"};
        expect_beginning("export", items[i], out);
    }
    close_app();
    open_app(1280, 800);
    key('3', UI_CTRL);
    expect_beginning("import", "import-file", out); /* it is kept */
    drop(data_path);
    frame();
    expect_beginning("import", "import-folder", data_path);
    rmdir(out);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("exchange");
    TCase *tests = tcase_create("exchange");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, begin_my_digits, end_digits);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, every_format_brings_back_what_it_was_given);
    tcase_add_test(tests, files_that_cannot_be_imported_say_why);
    tcase_add_test(tests, a_file_that_cannot_be_read_is_not_called_no_picture);
    tcase_add_test(tests, either_file_of_a_set_imports_it_under_any_spelling_of_its_names);
    tcase_add_test(tests, dropped_digits_are_imported_at_once_and_that_undone);
    tcase_add_test(tests, a_picture_that_says_its_digit_is_no_sheet_however_large);
    tcase_add_test(tests, a_pipe_is_no_digits_and_nothing_waits_for_it);
    tcase_add_test(tests, an_export_is_written_where_one_says);
    tcase_add_test(tests, imports_and_exports_begin_where_the_last_one_was);
    suite_add_tcase(suite, tests);
    return suite;
}

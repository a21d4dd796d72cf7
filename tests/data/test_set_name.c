/* SPDX-License-Identifier: MIT */
/* Where data comes from: a folder asked for, the usual places, or nowhere. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "data/dataset.h"
#include "data/find.h"
#include "data/synthetic.h"
#include "data_files.h"
#include "digit_files.h"
#include "ink/fit.h"
#include "suite.h"

START_TEST(both_spellings_are_found_raw_and_gzipped)
{
    static const char *const names[][2] = {
        {"t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"},
        {"t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte"},
        {"t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"},
        {"t10k-images.idx3-ubyte.gz", "t10k-labels.idx1-ubyte"},
    };
    for (int i = 0; i < 4; i++) {
        write_idx(names[i][0], 1);
        write_idx(names[i][1], 1);
        ck_assert(find_here(files_folder, DATASET_TEST) && !find_here(files_folder, DATASET_TRAIN));
        struct dataset *set = find(files_folder, DATASET_TEST);
        ck_assert_uint_eq(set->count, COUNT);
        dataset_free(set);
        unlink(path_of(names[i][0]));
        unlink(path_of(names[i][1]));
        ck_assert(!find_here(files_folder, DATASET_TEST));
    }
}
END_TEST

START_TEST(a_folder_that_was_asked_for_is_the_only_one_looked_in)
{
    struct err err = {""};
    ck_assert_ptr_null(find_data(files_folder, DATASET_TRAIN, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "train-images-idx3-ubyte"));
    ck_assert_ptr_nonnull(strstr(err.text, files_folder));
    ck_assert_ptr_null(find_data(path_of("none"), DATASET_TRAIN, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "no folder"));
    write_idx("train-images-idx3-ubyte", 1);
    write_idx("other", 1);
    ck_assert_ptr_null(find_data(files_folder, DATASET_TRAIN, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "train-labels-idx1-ubyte"));
}
END_TEST

START_TEST(the_usual_places_are_looked_in_one_after_the_other)
{
    ck_assert_int_eq(mkdir("data", 0700) | mkdir("data/mnist", 0700) | mkdir("inkling", 0700) |
                         mkdir("inkling/mnist", 0700) | mkdir("mine", 0700),
                     0);
    write_idx("data/mnist/t10k-images-idx3-ubyte", 1);
    write_idx("data/mnist/t10k-labels-idx1-ubyte", 1);
    struct dataset *set = find(NULL, DATASET_TEST);
    ck_assert_str_eq(set->name, "MNIST");
    ck_assert_uint_eq(set->count, COUNT);
    dataset_free(set);
    uint8_t junk[4] = {0};
    write_file("inkling/mnist/t10k-images-idx3-ubyte", junk, 4);
    write_file("inkling/mnist/t10k-labels-idx1-ubyte", junk, 4);
    struct err err = {""}; /* damaged files are an error, not a reason to go on looking */
    ck_assert_ptr_null(find_data("", DATASET_TEST, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "inkling/mnist/t10k-images"));
    write_idx("mine/t10k-images-idx3-ubyte", 1);
    write_idx("mine/t10k-labels-idx1-ubyte", 1);
    setenv("INKLING_DATA", path_of("mine/"), 1);
    set = find(NULL, DATASET_TEST);
    ck_assert_str_eq(set->name, "mine");
    dataset_free(set);
    unlink("mine/t10k-labels-idx1-ubyte"); /* half a pair is an error too */
    ck_assert_ptr_null(find_data(NULL, DATASET_TEST, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "mine/ has no t10k-labels-idx1-ubyte"));
    ck_assert_int_eq(rename("data/mnist", "data/MniSt"), 0);
    set = find("data/MniSt//", DATASET_TEST);
    ck_assert_str_eq(set->name, "MNIST");
    dataset_free(set);
}
END_TEST

START_TEST(without_any_files_the_program_draws_the_digits)
{
    struct dataset *set = find(NULL, DATASET_TEST);
    ck_assert(set->synthetic);
    ck_assert_str_eq(set->name, "synthetic");
    ck_assert_uint_eq(set->count, SYNTHETIC_TEST);
    ck_assert_ptr_nonnull(strstr(find_note(), "README"));
    dataset_free(set);
}
END_TEST

START_TEST(mnist_itself_is_read_where_it_is_at_hand)
{
    const char *where = getenv("INKLING_DATA");
    struct err err = {""};
    if (!where || !find_here(where, DATASET_TRAIN)) {
        fprintf(stderr, "skipped: INKLING_DATA names no folder with MNIST's training images\n");
        return;
    }
    struct dataset *set = find_data(where, DATASET_TRAIN, &err);
    ck_assert_msg(set, "%s", err.text);
    ck_assert_uint_eq(set->count, 60000);
    uint32_t near = 0; /* the fit makes of MNIST's images what they are already */
    for (uint32_t i = 0; i < 2000; i++) {
        struct ink_fit fit;
        const uint8_t *pixels = set->pixels + (size_t)i * LEN;
        ck_assert(ink_fit_picture(pixels, 28, 28, 28, &fit, NULL));
        int worst = 0;
        for (int k = 0; k < LEN; k++)
            worst = abs(fit.pixels[k] - pixels[k]) > worst ? abs(fit.pixels[k] - pixels[k]) : worst;
        near += worst <= 1;
    }
    ck_assert_uint_ge(near, 1995);
    dataset_free(set);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("set_name");
    TCase *tests = tcase_create("place"), *mnist = tcase_create("MNIST");
    tcase_add_checked_fixture(tests, files_begin, files_end);
    tcase_set_timeout(tests, 60);
    tcase_set_timeout(mnist, 60);
    tcase_add_test(mnist, mnist_itself_is_read_where_it_is_at_hand);
    tcase_add_test(tests, both_spellings_are_found_raw_and_gzipped);
    tcase_add_test(tests, a_folder_that_was_asked_for_is_the_only_one_looked_in);
    tcase_add_test(tests, the_usual_places_are_looked_in_one_after_the_other);
    tcase_add_test(tests, without_any_files_the_program_draws_the_digits);
    suite_add_tcase(suite, tests);
    suite_add_tcase(suite, mnist);
    return suite;
}

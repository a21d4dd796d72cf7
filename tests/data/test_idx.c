/* SPDX-License-Identifier: MIT */
/* IDX files, whole, damaged and cut. */
#include <check.h>
#include <string.h>

#include "base/err.h"
#include "data/dataset.h"
#include "data/idx.h"
#include "data_files.h"
#include "suite.h"

enum { COUNT = 3, LEN = 28 * 28, IMAGES_SIZE = 16 + COUNT * LEN, LABELS_SIZE = 8 + COUNT };

/* Three pictures with something in them, and their labels 7, 0, 9. */
static void make_idx(uint8_t *images, uint8_t *labels)
{
    static const uint8_t images_head[16] = {0, 0, 8, 3, 0, 0, 0, COUNT, 0, 0, 0, 28, 0, 0, 0, 28};
    static const uint8_t labels_file[LABELS_SIZE] = {0, 0, 8, 1, 0, 0, 0, COUNT, 7, 0, 9};
    memcpy(images, images_head, 16);
    for (int i = 0; i < COUNT * LEN; i++)
        images[16 + i] = i % 5 == 0 ? (uint8_t)i : 0;
    memcpy(labels, labels_file, LABELS_SIZE);
}

static void write_idx(const char *images_name, const char *labels_name)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE];
    make_idx(images, labels);
    write_file(images_name, images, IMAGES_SIZE);
    write_file(labels_name, labels, LABELS_SIZE);
}

static struct dataset *load(const char *images, const char *labels, struct err *err)
{
    return idx_load(path_of(images), path_of(labels), "test", "fetch it again", err);
}

/* Refused, with a sentence, to its full stop or question mark, that names the file. */
static void expect_refused(const char *images, const char *labels, const char *blamed)
{
    struct err err = {""};
    struct dataset *set = load(images, labels, &err);
    if (set || !strstr(err.text, blamed) || !strchr(".?", err.text[strlen(err.text) - 1]))
        ck_abort_msg("%s: %s", set ? "accepted" : "sentence", err.text);
}

START_TEST(idx_files_are_read_raw_and_gzipped)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE], packed[8192];
    size_t size = IMAGES_SIZE;
    struct err err;
    make_idx(images, labels);
    write_idx("i", "l");
    gzip_bytes(images, &size, packed, sizeof packed);
    write_file("z", packed, size);
    const char *names[] = {"i", "z"};
    for (int i = 0; i < 2; i++) {
        struct dataset *set = load(names[i], "l", &err);
        ck_assert_msg(set, "%s", err.text);
        ck_assert_uint_eq(set->count, COUNT);
        ck_assert(set->rows == 28 && set->cols == 28 && !set->synthetic);
        ck_assert_mem_eq(set->pixels, images + 16, COUNT * LEN);
        ck_assert_mem_eq(set->labels, labels + 8, COUNT);
        dataset_free(set);
    }
}
END_TEST

START_TEST(an_idx_file_cut_at_any_byte_is_refused)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE];
    make_idx(images, labels);
    write_idx("i", "l");
    for (int size = 0; size < IMAGES_SIZE; size++) {
        write_file("cut", images, (size_t)size);
        expect_refused("cut", "l", "/cut");
    }
    for (int size = 0; size < LABELS_SIZE; size++) {
        write_file("cut", labels, (size_t)size);
        expect_refused("i", "cut", "/cut");
    }
}
END_TEST

START_TEST(a_gzipped_idx_file_cut_at_any_byte_is_refused)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE], packed[8192];
    size_t whole = IMAGES_SIZE;
    make_idx(images, labels);
    write_idx("i", "l");
    gzip_bytes(images, &whole, packed, sizeof packed);
    for (size_t size = 0; size < whole; size++) {
        write_file("cut", packed, size);
        expect_refused("cut", "l", "/cut");
    }
}
END_TEST

START_TEST(a_whole_gzip_stream_of_too_few_items_is_refused)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE], packed[8192];
    make_idx(images, labels);
    write_idx("i", "l");
    for (size_t less = 1; less < IMAGES_SIZE; less += 31) {
        size_t size = IMAGES_SIZE - less;
        gzip_bytes(images, &size, packed, sizeof packed);
        write_file("few", packed, size);
        expect_refused("few", "l", "/few is cut short");
    }
}
END_TEST

START_TEST(an_idx_file_with_more_behind_it_is_refused)
{
    uint8_t images[IMAGES_SIZE + 1], labels[LABELS_SIZE], packed[8192];
    make_idx(images, labels);
    images[IMAGES_SIZE] = 0;
    write_idx("i", "l");
    write_file("long", images, IMAGES_SIZE + 1);
    expect_refused("long", "l", "goes on after the 3 items");
    size_t size = IMAGES_SIZE + 1;
    gzip_bytes(images, &size, packed, sizeof packed);
    write_file("long", packed, size);
    expect_refused("long", "l", "goes on after the 3 items");
}
END_TEST

/* Every byte of both heads, to every value: accepted only as it should be. */
START_TEST(an_idx_head_with_any_byte_changed_is_refused)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE];
    make_idx(images, labels);
    write_idx("i", "l");
    for (int at = 0; at < 16; at++)
        for (int value = 0; value < 256; value += at == 7 ? 1 : 15) {
            uint8_t right = images[at];
            images[at] = (uint8_t)value;
            write_file("bad", images, IMAGES_SIZE);
            images[at] = right;
            if (value != right)
                expect_refused("bad", "l", "/bad");
        }
    for (int at = 0; at < 8; at++)
        for (int value = 0; value < 256; value += at == 7 ? 1 : 15) {
            uint8_t right = labels[at];
            labels[at] = (uint8_t)value;
            write_file("bad", labels, LABELS_SIZE);
            labels[at] = right;
            if (value != right)
                expect_refused("i", "bad", "bad");
        }
}
END_TEST

START_TEST(a_damaged_gzip_stream_never_gives_pictures)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE], packed[8192];
    size_t size = IMAGES_SIZE;
    make_idx(images, labels);
    write_idx("i", "l");
    gzip_bytes(images, &size, packed, sizeof packed);
    for (size_t at = 10; at < size; at++) { /* before it stand a time and flags without effect */
        packed[at] ^= 0x55;
        write_file("bad", packed, size);
        packed[at] ^= 0x55;
        expect_refused("bad", "l", "/bad");
    }
}
END_TEST

START_TEST(a_count_that_no_file_can_hold_is_refused_before_memory_is_asked_for)
{
    uint8_t head[16] = {0, 0, 8, 3, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 28, 0, 0, 0, 28};
    write_idx("i", "l");
    write_file("huge", head, 16);
    expect_refused("huge", "l", "2147483647");
    const uint8_t million[4] = {0, 0x10, 0, 0};
    memcpy(head + 4, million, 4); /* just allowed, but the file is 16 bytes */
    write_file("huge", head, 16);
    uint8_t labels[8] = {0, 0, 8, 1, 0, 0x10, 0, 0};
    write_file("labels", labels, 8);
    expect_refused("huge", "labels", "cut short");
}
END_TEST

START_TEST(a_label_that_is_no_digit_is_refused)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE];
    make_idx(images, labels);
    write_idx("i", "l");
    labels[9] = 10;
    write_file("l", labels, LABELS_SIZE);
    expect_refused("i", "l", "label 2 is 10");
}
END_TEST

START_TEST(images_and_labels_of_different_counts_are_refused)
{
    uint8_t labels[LABELS_SIZE - 1] = {0, 0, 8, 1, 0, 0, 0, COUNT - 1, 1, 2};
    write_idx("i", "l");
    write_file("l", labels, sizeof labels);
    expect_refused("i", "l", "3 images, but l 2 labels");
}
END_TEST

START_TEST(missing_and_impossible_files_are_refused)
{
    write_idx("i", "l");
    expect_refused("nothing", "l", "/nothing");
    expect_refused("i", "nothing", "/nothing");
    expect_refused(".", "l", "folder");
    expect_refused("l", "l", "not a file of images");
    expect_refused("i", "i", "not a file of labels");
}
END_TEST

START_TEST(a_part_of_a_set_shares_its_pictures)
{
    struct err err;
    write_idx("i", "l");
    struct dataset *set = load("i", "l", &err);
    struct dataset part = dataset_part(set, set->count - 1, 1);
    ck_assert_uint_eq(part.count, 1);
    ck_assert_ptr_eq(part.pixels, set->pixels + 2 * LEN);
    ck_assert_int_eq(part.labels[0], 9);
    ck_assert_uint_eq(dataset_part(set, 3, 0).count, 0);
    dataset_free(set);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("idx");
    TCase *tests = tcase_create("idx");
    tcase_add_checked_fixture(tests, files_begin, files_end);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, idx_files_are_read_raw_and_gzipped);
    tcase_add_test(tests, an_idx_file_cut_at_any_byte_is_refused);
    tcase_add_test(tests, a_gzipped_idx_file_cut_at_any_byte_is_refused);
    tcase_add_test(tests, a_whole_gzip_stream_of_too_few_items_is_refused);
    tcase_add_test(tests, an_idx_file_with_more_behind_it_is_refused);
    tcase_add_test(tests, an_idx_head_with_any_byte_changed_is_refused);
    tcase_add_test(tests, a_damaged_gzip_stream_never_gives_pictures);
    tcase_add_test(tests, a_count_that_no_file_can_hold_is_refused_before_memory_is_asked_for);
    tcase_add_test(tests, a_label_that_is_no_digit_is_refused);
    tcase_add_test(tests, images_and_labels_of_different_counts_are_refused);
    tcase_add_test(tests, missing_and_impossible_files_are_refused);
    tcase_add_test(tests, a_part_of_a_set_shares_its_pictures);
    suite_add_tcase(suite, tests);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* Sets of digits as other programs leave them: found, named, turned, and read within bounds. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include "base/err.h"
#include "base/files.h"
#include "data/dataset.h"
#include "data/find.h"
#include "data/idx.h"
#include "data_files.h"
#include "digit_files.h"
#include "suite.h"

/* ---- layouts --------------------------------------------------------------------------------- */

START_TEST(files_in_folders_that_are_named_like_them_are_found)
{
    make_folder("a/t10k-images-idx3-ubyte");
    make_folder("a/t10k-labels-idx1-ubyte");
    write_pair("a/t10k-@-#-ubyte/t10k-@-#-ubyte", 5);
    expect(path_of("a"), DATASET_TEST, 5, "a",
           "a/t10k-images-idx3-ubyte/t10k-images-idx3-ubyte.");
    ck_assert(!find_here(path_of("a"), DATASET_TRAIN));
    expect(path_of("a/t10k-images-idx3-ubyte/t10k-images-idx3-ubyte"), DATASET_TEST, 5, "a", NULL);
    write_pair("a/t10k-@.#-ubyte", 5); /* the archive has these beside them */
    expect(path_of("a"), DATASET_TEST, 5, "a",
           "t10k-images.idx3-ubyte, which comes before 1 other");
}
END_TEST

START_TEST(folders_that_other_programs_make_are_found_from_above_and_within)
{
    static const char *const cases[][3] = {
        {"MNIST/raw/train-@-#-ubyte.gz", "MNIST/raw", "MNIST"},
        {"gzip/emnist-digits-train-@-#-ubyte.gz", "gzip", "EMNIST digits"},
        {"EMNIST/raw/emnist-digits-train-@-#-ubyte", "EMNIST", "EMNIST digits"},
        {"emnist/emnist-mnist-train-@-#-ubyte.gz", "emnist", "EMNIST mnist"},
        {"QMNIST/raw/qmnist-train-@-#-ubyte", "QMNIST/raw", "QMNIST"},
        {"mnist/train-@.#-ubyte", "mnist", "MNIST"},
    };
    for (int i = 0; i < 6; i++) {
        char root[16], within[64], format[128];
        snprintf(root, sizeof root, "root%d", i);
        snprintf(within, sizeof within, "%s/%s", root, cases[i][1]);
        snprintf(format, sizeof format, "%s/%s", root, cases[i][0]);
        make_folder(within);
        char *slash = strrchr(format, '/');
        *slash = 0;
        make_folder(format);
        *slash = '/';
        write_pair(format, i);
        expect(path_of(root), DATASET_TRAIN, i, cases[i][2], "Read ");
        expect(path_of(within), DATASET_TRAIN, i, cases[i][2],
               strstr(cases[i][2], "EMNIST") ? "upright" : NULL);
        ck_assert(!find_here(path_of(root), DATASET_TEST));
    }
}
END_TEST

START_TEST(where_there_are_several_it_is_said_which_was_taken)
{
    make_folder("d/MNIST/raw");
    write_pair("d/train-@-#-ubyte", 1);
    expect(path_of("d"), DATASET_TRAIN, 1, "d", NULL);
    write_pair("d/MNIST/raw/train-@-#-ubyte", 2);
    expect(path_of("d"), DATASET_TRAIN, 1, "d",
           "/d/train-images-idx3-ubyte, which comes before 1 other");
    write_pair("d/emnist-digits-train-@-#-ubyte.gz", 3);
    expect(path_of("d"), DATASET_TRAIN, 1, "d", "before 2 others");
    write_pair("d/emnist-digits-test-@-#-ubyte.gz", 4);
    expect(path_of("d"), DATASET_TEST, 4, "EMNIST digits", "upright");
    write_pair("d/MNIST/raw/t10k-@-#-ubyte", 5);
    write_pair("d/t10k-@-#-ubyte", 6); /* belongs to the training images that are taken */
    expect(path_of("d"), DATASET_TEST, 6, "d", "before 2 others");
}
END_TEST

START_TEST(test_images_go_with_the_training_images)
{
    make_folder("d/MNIST/raw");
    write_pair("d/t10k-@-#-ubyte", 1);
    write_pair("d/MNIST/raw/train-@-#-ubyte", 2);
    expect(path_of("d"), DATASET_TEST, 1, "d", NULL);
    write_pair("d/MNIST/raw/t10k-@-#-ubyte", 3);
    expect(path_of("d"), DATASET_TEST, 3, "MNIST", "MNIST/raw/t10k-images");
}
END_TEST

START_TEST(a_file_may_be_given_in_place_of_its_folder)
{
    write_pair("train-@-#-ubyte", 1);
    write_pair("t10k-@-#-ubyte.gz", 2);
    write_pair("my-@-#-ubyte", 3);
    write_text("s.unp", "");
    write_text("notes.txt", "");
    expect("train-images-idx3-ubyte", DATASET_TRAIN, 1, files_name(getenv("XDG_DATA_HOME")), NULL);
    struct dataset *set = find(path_of("t10k-labels-idx1-ubyte.gz"), DATASET_TEST);
    ck_assert_int_eq(set->labels[0], 2);
    dataset_free(set);
    set = find("my-images-idx3-ubyte", DATASET_TEST);
    ck_assert_int_eq(set->labels[0], 3);
    dataset_free(set);
    ck_assert(find_here("my-images-idx3-ubyte", DATASET_TRAIN));
    ck_assert(!find_here("my-images-idx3-ubyte", DATASET_TEST));
    ck_assert(!find_here("train-images-idx3-ubyte", DATASET_TEST));
    expect_refused("train-images-idx3-ubyte", DATASET_TEST, "has no test images, by its name");
    expect_refused("s.unp", DATASET_TEST, "--strokes");
    expect_refused("notes.txt", DATASET_TRAIN, "notes.txt is not data");
    expect_refused("none", DATASET_TRAIN, "no folder none");
    unlink("my-labels-idx1-ubyte");
    expect_refused("my-images-idx3-ubyte", DATASET_TRAIN, "has no labels beside it");
}
END_TEST

START_TEST(a_word_within_another_says_nothing_of_the_split)
{
    static const char *const names[] = {"latest-train-@-#-ubyte", "my.train2-@-#-ubyte",
                                        "train-of-test-@-#-ubyte", "latest-@-#-ubyte",
                                        "strained-@-#-ubyte", "my-test-@.#-ubyte"};
    for (int i = 0; i < 6; i++) {
        char path[64] = "";
        for (const char *at = names[i]; *at; at++) {
            char piece[8] = {*at, 0};
            strcat(path, *at == '@' ? "images" : *at == '#' ? "idx3" : piece);
        }
        write_pair(names[i], i);
        ck_assert_msg(find_here(path, DATASET_TRAIN) == (i < 5), "%s", path);
        ck_assert_msg(find_here(path, DATASET_TEST) == (i == 5), "%s", path);
        dataset_free(find(path, i == 5 ? DATASET_TEST : DATASET_TRAIN));
    }
}
END_TEST

/* ---- damage ---------------------------------------------------------------------------------- */

START_TEST(a_damaged_file_gives_way_to_a_good_one_and_it_is_said)
{
    static const char *const bad[] = {"train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"};
    for (int i = 0; i < 2; i++) {
        write_pair("train-@-#-ubyte.gz", 7);
        write_pair("train-@-#-ubyte", 7);
        cut_file(bad[i], 9);
        struct dataset *set = find(path_of("."), DATASET_TRAIN);
        ck_assert_int_eq(set->labels[0], 7);
        if (!strstr(set->note, bad[i]) || !strstr(set->note, "damaged or cut short") ||
            !strstr(set->note, "Read instead: "))
            ck_abort_msg("%s", set->note);
        dataset_free(set);
    }
    cut_file("train-labels-idx1-ubyte", 1);
    expect_refused(path_of("."), DATASET_TRAIN, "labels-idx1-ubyte.gz is damaged or cut short");
}
END_TEST

START_TEST(a_file_that_was_given_gives_way_to_its_other_spellings_however_it_is_spelt)
{
    char folder[FILES_PATH_MAX], again[FILES_PATH_MAX + 64];
    ck_assert_ptr_nonnull(getcwd(folder, sizeof folder));
    snprintf(again, sizeof again, "%s//../%s/my-images-idx3-ubyte", folder, files_name(folder));
    const char *const spelt[] = {"my-images-idx3-ubyte", "./my-images-idx3-ubyte",
                                 ".//my-images-idx3-ubyte", path_of("my-images-idx3-ubyte"), again};
    write_pair("my-@-#-ubyte.gz", 4);
    write_idx("my-images-idx3-ubyte", 4);
    cut_file("my-images-idx3-ubyte", 9);
    for (int i = 0; i < 5; i++) {
        struct dataset *set = find(spelt[i], DATASET_TRAIN);
        ck_assert_int_eq(set->labels[0], 4);
        ck_assert_msg(strstr(set->note, "my-images-idx3-ubyte is cut short"), "%s", set->note);
        ck_assert_msg(strstr(set->note, "my-images-idx3-ubyte.gz"), "%s", set->note);
        dataset_free(set);
    }
}
END_TEST

START_TEST(the_readme_is_the_remedy_for_what_others_hand_out_alone)
{
    write_pair("my-@-#-ubyte", 3);
    cut_file("my-images-idx3-ubyte", 9);
    expect_refused("my-images-idx3-ubyte", DATASET_TRAIN, "cut short; get it again, or choose");
    write_pair("train-@-#-ubyte", 3);
    cut_file("train-images-idx3-ubyte", 9);
    expect_refused("train-images-idx3-ubyte", DATASET_TRAIN, "data/README.md says where");
}
END_TEST

START_TEST(damaged_mnist_gives_way_to_another_copy_of_it_but_to_no_other_set)
{
    make_folder("d/MNIST/raw");
    write_pair("d/train-@-#-ubyte.gz", 1);
    write_pair("d/emnist-digits-train-@-#-ubyte.gz", 2);
    cut_file("d/train-images-idx3-ubyte.gz", 10);
    expect_refused(path_of("d"), DATASET_TRAIN, "damaged or cut short");
    write_pair("d/MNIST/raw/train-@-#-ubyte.gz", 3);
    struct dataset *set = find(path_of("d"), DATASET_TRAIN);
    ck_assert_int_eq(set->labels[0], 3);
    ck_assert_ptr_nonnull(strstr(set->note, "Read instead: "));
    dataset_free(set);
}
END_TEST

/* ---- gzip ------------------------------------------------------------------------------------ */

START_TEST(gzip_files_of_several_members_are_whole)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE];
    make_images(4, images);
    make_labels(4, labels);
    for (int parts = 1; parts <= 5; parts++) {
        write_gzip("t10k-images-idx3-ubyte.gz", images, IMAGES_SIZE, parts, NULL);
        write_gzip("t10k-labels-idx1-ubyte.gz", labels, LABELS_SIZE, parts, NULL);
        struct dataset *set = find(path_of("."), DATASET_TEST);
        ck_assert_mem_eq(set->pixels, images + 16, COUNT * LEN);
        ck_assert_mem_eq(set->labels, labels + 8, COUNT);
        dataset_free(set);
    }
}
END_TEST

/* Cut between two members too: then there are too few images. */
START_TEST(gzip_files_of_several_members_are_refused_where_they_are_cut)
{
    uint8_t images[IMAGES_SIZE], whole[2 * IMAGES_SIZE];
    struct err err;
    make_images(4, images);
    write_pair("t10k-@-#-ubyte", 4);
    write_gzip("z", images, IMAGES_SIZE, 3, NULL);
    FILE *file = fopen(path_of("z"), "rb");
    size_t size = fread(whole, 1, sizeof whole, file);
    fclose(file);
    for (size_t cut = 0; cut < size; cut++) {
        write_file("z", whole, cut);
        struct dataset *set = idx_load(path_of("z"), path_of("t10k-labels-idx1-ubyte"), "x", "",
                                       &err);
        ck_assert_ptr_null(set);
        ck_assert_ptr_nonnull(strstr(err.text, "/z"));
    }
}
END_TEST

START_TEST(zeros_after_the_last_member_are_passed_over)
{
    static const uint8_t zeros[512] = {0};
    write_pair("t10k-@-#-ubyte.gz", 8);
    FILE *file = fopen(path_of("t10k-images-idx3-ubyte.gz"), "ab");
    fwrite(zeros, 1, sizeof zeros, file);
    fclose(file);
    struct dataset *set = find(path_of("."), DATASET_TEST);
    ck_assert_int_eq(set->labels[0], 8);
    dataset_free(set);
}
END_TEST

/* ---- QMNIST ---------------------------------------------------------------------------------- */

/* Rows of `fields` integers, the label first. */
static size_t make_wide_labels(uint8_t *file, int fields)
{
    static const uint8_t labels[COUNT] = {6, 0, 9, 3};
    const uint8_t head[12] = {0, 0, 0x0c, 2, 0, 0, 0, COUNT, 0, 0, 0, (uint8_t)fields};
    size_t size = 12 + 4 * (size_t)fields * COUNT;
    memcpy(file, head, 12);
    memset(file + 12, 0, size - 12);
    for (int i = 0; i < COUNT; i++)
        for (int k = 0; k < fields; k++)
            file[12 + 4 * (i * fields + k) + 3] = k ? (uint8_t)(200 + k) : labels[i];
    return size;
}

START_TEST(labels_of_eight_integers_are_read)
{
    uint8_t file[512];
    size_t size = make_wide_labels(file, 8);
    write_idx("qmnist-train-images-idx3-ubyte.gz", 6);
    write_gzip("qmnist-train-labels-idx2-int.gz", file, size, 1, NULL);
    struct dataset *set = find(path_of("."), DATASET_TRAIN);
    ck_assert_str_eq(set->name, "QMNIST");
    ck_assert(set->labels[0] == 6 && set->labels[1] == 0 && set->labels[2] == 9 &&
              set->labels[3] == 3);
    dataset_free(set);
    set = find("qmnist-train-images-idx3-ubyte.gz", DATASET_TRAIN);
    ck_assert_str_eq(set->name, "QMNIST");
    dataset_free(set);
    write_idx("train-images-idx3-ubyte", 6); /* under MNIST's names too */
    write_file("train-labels-idx2-int", file, size);
    set = find(path_of("."), DATASET_TRAIN);
    ck_assert_int_eq(set->labels[0], 6);
    dataset_free(set);
}
END_TEST

START_TEST(wrong_labels_of_integers_are_refused)
{
    uint8_t file[512];
    size_t size = make_wide_labels(file, 8);
    write_idx("train-images-idx3-ubyte", 6);
    for (size_t cut = 1; cut <= size; cut++) {
        write_file("train-labels-idx2-int", file, size - cut);
        expect_refused(path_of("."), DATASET_TRAIN, "/train-labels-idx2-int");
    }
    file[12 + 32] = 1; /* 2 to the 24th */
    write_file("train-labels-idx2-int", file, size);
    expect_refused(path_of("."), DATASET_TRAIN, "label 2 is 16777216");
    file[11] = 0;
    write_file("train-labels-idx2-int", file, size);
    expect_refused(path_of("."), DATASET_TRAIN, "0 integers for each label");
    file[11] = 200;
    write_file("train-labels-idx2-int", file, size);
    expect_refused(path_of("."), DATASET_TRAIN, "200 integers for each label");
}
END_TEST

/* ---- EMNIST ---------------------------------------------------------------------------------- */

static bool is_turned(const struct dataset *set)
{
    uint8_t images[IMAGES_SIZE];
    make_images(set->labels[0], images);
    int lying = 0, upright = 0;
    for (int i = 0; i < COUNT; i++)
        for (int y = 0; y < 28; y++)
            for (int x = 0; x < 28; x++) {
                uint8_t p = set->pixels[i * LEN + y * 28 + x];
                lying += p != images[16 + i * LEN + y * 28 + x];
                upright += p != images[16 + i * LEN + x * 28 + y];
            }
    ck_assert((lying == 0) != (upright == 0));
    ck_assert(set->turned == (upright == 0));
    return upright == 0;
}

START_TEST(emnist_is_set_upright_where_a_name_says_so)
{
    static const struct {
        const char *folder, *files;
        bool turned;
    } cases[] = {
        {"a", "emnist-digits-train-@-#-ubyte.gz", true},
        {"EMNIST/raw", "train-@-#-ubyte", true},
        {"emnist-digits", "train-@-#-ubyte.gz", true},
        {"my_EMNIST", "train-@.#-ubyte", true},
        {"emnist/mnist", "train-@-#-ubyte", false},
        {"femnist", "train-@-#-ubyte", false},
        {"b", "qmnist-train-@-#-ubyte", false},
    };
    for (int i = 0; i < 7; i++) {
        char format[128];
        make_folder(cases[i].folder);
        snprintf(format, sizeof format, "%s/%s", cases[i].folder, cases[i].files);
        write_pair(format, i);
        struct dataset *set = find(path_of(cases[i].folder), DATASET_TRAIN);
        ck_assert_msg(is_turned(set) == cases[i].turned, "%s", format);
        ck_assert((strstr(set->note, "upright") != NULL) == cases[i].turned);
        dataset_free(set);
    }
}
END_TEST

START_TEST(emnist_is_set_upright_where_the_gzip_file_says_so)
{
    uint8_t images[IMAGES_SIZE];
    make_images(2, images);
    write_pair("train-@-#-ubyte", 2);
    write_gzip("train-images-idx3-ubyte.gz", images, IMAGES_SIZE, 1,
               "emnist-digits-train-images-idx3-ubyte");
    struct dataset *set = find(path_of("."), DATASET_TRAIN);
    ck_assert(is_turned(set));
    dataset_turn(set); /* once is enough */
    ck_assert(is_turned(set));
    dataset_free(set);
    write_gzip("train-images-idx3-ubyte.gz", images, IMAGES_SIZE, 1, "train-images-idx3-ubyte");
    set = find(path_of("."), DATASET_TRAIN);
    ck_assert(!is_turned(set));
    dataset_turn(set);
    ck_assert(is_turned(set));
    dataset_free(set);
}
END_TEST

/* ---- memory ---------------------------------------------------------------------------------- */

enum { MANY = 150000 };

/* Writes `count` images and labels, gzipped; all the same, or with noise. */
static void write_many(uint32_t count, bool noise)
{
    uint8_t head[16] = {0, 0, 8, 3, (uint8_t)(count >> 24), (uint8_t)(count >> 16),
                        (uint8_t)(count >> 8), (uint8_t)count, 0, 0, 0, 28, 0, 0, 0, 28};
    uint8_t piece[LEN];
    uint32_t random = 1;
    gzFile images = gzopen(path_of("t10k-images-idx3-ubyte.gz"), "wb1");
    gzFile labels = gzopen(path_of("t10k-labels-idx1-ubyte.gz"), "wb1");
    gzwrite(images, head, 16);
    head[3] = 1;
    gzwrite(labels, head, 8);
    memset(piece, 0, sizeof piece);
    for (uint32_t i = 0; i < count; i++) {
        for (int k = 0; noise && k < LEN / 8; k++)
            piece[k] = (uint8_t)((random = random * 1664525u + 1013904223u) >> 24);
        gzwrite(images, piece, LEN);
        gzputc(labels, (int)(i % 10));
    }
    gzclose(images);
    gzclose(labels);
}

static void load_test(void)
{
    struct dataset *set = find_data(path_of("."), DATASET_TEST, NULL);
    if (!set || set->count != MANY)
        exit(1);
    dataset_free(set);
}

START_TEST(a_set_is_held_in_memory_once)
{
    write_many(MANY, true);
    ck_assert_double_lt(peak_megabytes(load_test), MANY * (double)LEN / (1 << 20) + 20);
}
END_TEST

static void refuse_test(void)
{
    struct err err = {""};
    struct dataset *set = find_data(path_of("."), DATASET_TEST, &err);
    if (set || !strstr(err.text, "so few bytes"))
        exit(1);
}

START_TEST(a_million_images_in_a_megabyte_are_refused_before_memory_is_taken)
{
    write_many(DATASET_COUNT_MAX, false);
    ck_assert_double_lt(peak_megabytes(refuse_test), 30);
}
END_TEST

/* The sentence for a place, or "" where data was loaded, as seen by somebody without the right to
 * look into the folder. */
static void ask_stranger(const char *place, char text[sizeof(struct err)])
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(chmod(path_of("hidden"), 0), 0);
    pid_t child = fork();
    if (child == 0) {
        struct err err = {""};
        if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(1);
        dataset_free(find_data(place, DATASET_TEST, &err));
        _exit(write(ends[1], err.text, sizeof err.text) < 0);
    }
    int status;
    ck_assert(waitpid(child, &status, 0) == child && status == 0);
    ck_assert_int_gt(read(ends[0], text, sizeof(struct err)), 0);
    close(ends[0]);
    close(ends[1]);
    ck_assert_int_eq(chmod(path_of("hidden"), 0700), 0);
}

START_TEST(data_that_may_not_be_read_is_not_said_to_be_missing)
{
    static const char *const places[] = {"hidden", "hidden/", "hidden/raw",
                                         "hidden/t10k-images-idx3-ubyte"};
    make_folder("hidden/raw");
    write_pair("hidden/t10k-@-#-ubyte", 5);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        char place[256], text[sizeof(struct err)];
        snprintf(place, sizeof place, "%s", path_of(places[i]));
        ask_stranger(place, text);
        ck_assert_msg(strstr(text, "permission denied") != NULL, "%s: %s", place, text);
        setenv("INKLING_DATA", place, 1);
        ask_stranger(NULL, text);
        unsetenv("INKLING_DATA");
        ck_assert_msg(strstr(text, "permission denied") != NULL, "%s: %s", place, text);
    }
}
END_TEST

Suite *make_suite(void)
{
    TCase *layouts = tcase_create("layouts"), *damage = tcase_create("damage");
    TCase *gzip = tcase_create("gzip"), *kinds = tcase_create("kinds");
    TCase *memory = tcase_create("memory");
    TCase *all[] = {layouts, damage, gzip, kinds, memory};
    Suite *suite = suite_create("find");
    for (int i = 0; i < 5; i++) {
        tcase_add_checked_fixture(all[i], files_begin, files_end);
        tcase_set_timeout(all[i], 120);
        suite_add_tcase(suite, all[i]);
    }
    tcase_add_test(layouts, files_in_folders_that_are_named_like_them_are_found);
    tcase_add_test(layouts, folders_that_other_programs_make_are_found_from_above_and_within);
    tcase_add_test(layouts, where_there_are_several_it_is_said_which_was_taken);
    tcase_add_test(layouts, test_images_go_with_the_training_images);
    tcase_add_test(layouts, a_file_may_be_given_in_place_of_its_folder);
    tcase_add_test(layouts, data_that_may_not_be_read_is_not_said_to_be_missing);
    tcase_add_test(damage, a_damaged_file_gives_way_to_a_good_one_and_it_is_said);
    tcase_add_test(damage, a_word_within_another_says_nothing_of_the_split);
    tcase_add_test(damage,
                   a_file_that_was_given_gives_way_to_its_other_spellings_however_it_is_spelt);
    tcase_add_test(damage, the_readme_is_the_remedy_for_what_others_hand_out_alone);
    tcase_add_test(damage, damaged_mnist_gives_way_to_another_copy_of_it_but_to_no_other_set);
    tcase_add_test(gzip, gzip_files_of_several_members_are_whole);
    tcase_add_test(gzip, gzip_files_of_several_members_are_refused_where_they_are_cut);
    tcase_add_test(gzip, zeros_after_the_last_member_are_passed_over);
    tcase_add_test(kinds, labels_of_eight_integers_are_read);
    tcase_add_test(kinds, wrong_labels_of_integers_are_refused);
    tcase_add_test(kinds, emnist_is_set_upright_where_a_name_says_so);
    tcase_add_test(kinds, emnist_is_set_upright_where_the_gzip_file_says_so);
    tcase_add_test(memory, a_set_is_held_in_memory_once);
    tcase_add_test(memory, a_million_images_in_a_megabyte_are_refused_before_memory_is_taken);
    return suite;
}

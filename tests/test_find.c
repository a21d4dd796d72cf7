/* SPDX-License-Identifier: MIT */
/* Sets of digits as other programs leave them: found, named, turned, and read within bounds. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/err.h"
#include "base/files.h"
#include "data/dataset.h"
#include "data/find.h"
#include "data/idx.h"
#include "data_files.h"

enum { LEN = 28 * 28, COUNT = 4, IMAGES_SIZE = 16 + COUNT * LEN, LABELS_SIZE = 8 + COUNT };

/* The pictures' pixels depend on `seed`, so that sets can be told from each other; the first label
 * is the seed. */
static void make_images(int seed, uint8_t *images)
{
    static const uint8_t head[16] = {0, 0, 8, 3, 0, 0, 0, COUNT, 0, 0, 0, 28, 0, 0, 0, 28};
    memcpy(images, head, 16);
    for (int i = 0; i < COUNT * LEN; i++)
        images[16 + i] = (uint8_t)((i % 3 ? 0 : i * 2654435761u >> 7) % 251 + (unsigned)seed);
}

static void make_labels(int seed, uint8_t *labels)
{
    const uint8_t file[LABELS_SIZE] = {0, 0, 8, 1, 0, 0, 0, COUNT, (uint8_t)seed, 0, 9, 3};
    memcpy(labels, file, LABELS_SIZE);
}

/* Writes a file whose kind its name says. */
static void write_idx(const char *name, int seed)
{
    uint8_t file[IMAGES_SIZE];
    const char *last = files_name(name);
    bool images = strstr(last, "images") != NULL, zipped = strstr(last, ".gz") != NULL;
    if (images)
        make_images(seed, file);
    else
        make_labels(seed, file);
    size_t size = images ? IMAGES_SIZE : LABELS_SIZE;
    if (zipped)
        write_gzip(name, file, size, 1, NULL);
    else
        write_file(name, file, size);
}

/* Writes both files of a pattern, in which @ stands for "images" and "labels", # for the kind. */
static void write_pair(const char *pattern, int seed)
{
    for (int labels = 0; labels < 2; labels++) {
        char name[300];
        size_t used = 0;
        for (const char *at = pattern; *at; at++)
            used += (size_t)snprintf(name + used, sizeof name - used, "%.*s",
                                     *at == '@' ? 6 : *at == '#' ? 4 : 1,
                                     *at == '@'   ? labels ? "labels" : "images"
                                     : *at == '#' ? labels ? "idx1" : "idx3"
                                                  : at);
        write_idx(name, seed);
    }
}

static struct dataset *find(const char *place, enum dataset_split split)
{
    struct err err = {""};
    struct dataset *set = find_data(place, split, &err);
    ck_assert_msg(set, "%s", err.text);
    return set;
}

/* Found, with that seed, that name, and words in the note (NULL: none). */
static void expect(const char *place, enum dataset_split split, int seed, const char *name,
                   const char *note)
{
    char guess[DATASET_NAME_MAX];
    struct dataset *set = find(place, split);
    ck_assert_uint_eq(set->count, COUNT);
    ck_assert_int_eq(set->labels[0], seed);
    ck_assert_str_eq(set->name, name);
    if (note ? !strstr(set->note, note) : set->note[0] != 0)
        ck_abort_msg("note: %s", set->note);
    ck_assert(find_here(place, split));
    ck_assert(find_guess(place, split, guess));
    ck_assert_str_eq(guess, name);
    dataset_free(set);
}

static void expect_refused(const char *place, enum dataset_split split, const char *why)
{
    struct err err = {""};
    struct dataset *set = find_data(place, split, &err);
    if (set || !strstr(err.text, why) || !strchr(".?", err.text[strlen(err.text) - 1]))
        ck_abort_msg("%s: %s", set ? "accepted" : "sentence", err.text);
}

/* ---- layouts --------------------------------------------------------------------------------- */

START_TEST(files_in_folders_that_are_named_like_them_are_found)
{
    make_folder("a/t10k-images-idx3-ubyte");
    make_folder("a/t10k-labels-idx1-ubyte");
    write_pair("a/t10k-@-#-ubyte/t10k-@-#-ubyte", 5);
    expect(path_of("a"), DATASET_TEST, 5, "a",
           "a/t10k-images-idx3-ubyte/t10k-images-idx3-ubyte.");
    ck_assert(!find_here(path_of("a"), DATASET_TRAIN));
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

/* ---- damage ---------------------------------------------------------------------------------- */

static void cut_file(const char *name, long less)
{
    FILE *file = fopen(path_of(name), "rb");
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    fclose(file);
    ck_assert_int_eq(truncate(path_of(name), size - less), 0);
}

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
        struct dataset *set = idx_load(path_of("z"), path_of("t10k-labels-idx1-ubyte"), "x", &err);
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

/* ---- mnist.npz ------------------------------------------------------------------------------- */

static void put(uint8_t **at, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++, value >>= 8)
        *(*at)++ = (uint8_t)value;
}

static void put_bytes(uint8_t **at, const void *bytes, size_t size)
{
    memcpy(*at, bytes, size);
    *at += size;
}

/* An array in numpy's format. */
static size_t make_npy(uint8_t *out, const char *kind, const char *shape, const void *data,
                       size_t size)
{
    char text[200];
    uint8_t *at = out;
    int len = snprintf(text, sizeof text,
                       "{'descr': '%s', 'fortran_order': False, 'shape': %s, }          \n", kind,
                       shape);
    put_bytes(&at, "\x93NUMPY\x01\x00", 8);
    put(&at, (uint32_t)len, 2);
    put_bytes(&at, text, (size_t)len);
    put_bytes(&at, data, size);
    return (size_t)(at - out);
}

struct part {
    const char *name;
    uint8_t data[IMAGES_SIZE + 300], packed[IMAGES_SIZE + 300];
    size_t size, packed_size, at;
    uint32_t crc;
};

/* As Python's zipfile does for numpy: in the local head, sizes stand in an extra field. */
static void put_local(uint8_t **at, const uint8_t *start, struct part *part, bool deflated)
{
    part->at = (size_t)(*at - start);
    part->crc = (uint32_t)crc32(0, part->data, (uInt)part->size);
    put(at, 0x04034b50, 4);
    put(at, 45, 2), put(at, 0, 2), put(at, deflated ? 8 : 0, 2), put(at, 0, 4);
    put(at, part->crc, 4), put(at, 0xffffffff, 4), put(at, 0xffffffff, 4);
    put(at, (uint32_t)strlen(part->name), 2), put(at, 20, 2);
    put_bytes(at, part->name, strlen(part->name));
    put(at, 1, 2), put(at, 16, 2), put(at, (uint32_t)part->size, 4), put(at, 0, 4);
    put(at, (uint32_t)part->packed_size, 4), put(at, 0, 4);
    put_bytes(at, part->packed, part->packed_size);
}

static void put_entry(uint8_t **at, const struct part *part, bool deflated)
{
    put(at, 0x02014b50, 4), put(at, 45, 2), put(at, 45, 2), put(at, 0, 2);
    put(at, deflated ? 8 : 0, 2), put(at, 0, 4), put(at, part->crc, 4);
    put(at, (uint32_t)part->packed_size, 4), put(at, (uint32_t)part->size, 4);
    put(at, (uint32_t)strlen(part->name), 2), put(at, 0, 4), put(at, 0, 4), put(at, 0, 4);
    put(at, (uint32_t)part->at, 4);
    put_bytes(at, part->name, strlen(part->name));
}

static void pack(struct part *part, bool deflated)
{
    memcpy(part->packed, part->data, part->size);
    part->packed_size = part->size;
    if (!deflated)
        return;
    z_stream z = {.next_in = part->data, .avail_in = (uInt)part->size, .next_out = part->packed,
                  .avail_out = sizeof part->packed};
    ck_assert_int_eq(deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY), Z_OK);
    ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    part->packed_size = sizeof part->packed - z.avail_out;
    deflateEnd(&z);
}

static size_t make_zip(uint8_t *out, struct part *parts, int count, bool deflated)
{
    uint8_t *at = out;
    for (int i = 0; i < count; i++) {
        pack(&parts[i], deflated);
        put_local(&at, out, &parts[i], deflated);
    }
    size_t list = (size_t)(at - out);
    for (int i = 0; i < count; i++)
        put_entry(&at, &parts[i], deflated);
    size_t size = (size_t)(at - out) - list;
    put(&at, 0x06054b50, 4), put(&at, 0, 4), put(&at, (uint32_t)count, 2);
    put(&at, (uint32_t)count, 2), put(&at, (uint32_t)size, 4), put(&at, (uint32_t)list, 4);
    put(&at, 0, 2);
    return (size_t)(at - out);
}

static struct part parts[4];
static uint8_t zip[6 * IMAGES_SIZE];

/* The training images have the seed, the test images the next. */
static void make_arrays(int seed, const char *labels_kind)
{
    static const char *const names[] = {"x_test.npy", "x_train.npy", "y_train.npy", "y_test.npy"};
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE], wide[8 * COUNT] = {0};
    int bytes = labels_kind[2] - '0';
    for (int i = 0; i < 4; i++) {
        int own = seed + (i == 0 || i == 3);
        make_images(own, images);
        make_labels(own, labels);
        for (int k = 0; k < COUNT; k++)
            wide[k * bytes + (labels_kind[0] == '>' ? bytes - 1 : 0)] = labels[8 + k];
        parts[i].name = names[i];
        parts[i].size =
            i < 2 ? make_npy(parts[i].data, "|u1", "(4, 28, 28)", images + 16, COUNT * LEN)
                  : make_npy(parts[i].data, labels_kind, "(4,)", wide, (size_t)(COUNT * bytes));
    }
}

static size_t write_npz(const char *name, int seed, const char *labels_kind, bool deflated)
{
    make_arrays(seed, labels_kind);
    size_t size = make_zip(zip, parts, 4, deflated);
    write_file(name, zip, size);
    return size;
}

START_TEST(keras_arrays_are_read_stored_and_deflated)
{
    static const char *const kinds[] = {"|u1", "<i8", ">i4", "<u2", "|i1"};
    uint8_t images[IMAGES_SIZE];
    make_folder("d");
    for (int i = 0; i < 10; i++) {
        write_npz("d/mnist.npz", 5, kinds[i % 5], i >= 5);
        expect(path_of("d"), DATASET_TRAIN, 5, "MNIST", NULL);
        expect(path_of("d/mnist.npz"), DATASET_TEST, 6, "MNIST", NULL);
        struct dataset *set = find(path_of("d"), DATASET_TRAIN);
        make_images(5, images);
        ck_assert_mem_eq(set->pixels, images + 16, COUNT * LEN);
        ck_assert_int_eq(set->labels[2], 9);
        dataset_free(set);
    }
    write_pair("d/train-@-#-ubyte", 1);
    expect(path_of("d"), DATASET_TRAIN, 1, "d",
           "d/train-images-idx3-ubyte, which comes before 1 other");
    cut_file("d/train-images-idx3-ubyte", 1);
    struct dataset *set = find(path_of("d"), DATASET_TRAIN);
    ck_assert_int_eq(set->labels[0], 5);
    ck_assert_ptr_nonnull(strstr(set->note, "is cut short"));
    ck_assert_ptr_nonnull(strstr(set->note, "Read instead: "));
    dataset_free(set);
}
END_TEST

START_TEST(an_npz_cut_or_changed_anywhere_gives_no_wrong_pictures)
{
    for (int deflated = 0; deflated < 2; deflated++) {
        struct err err;
        size_t size = write_npz("mnist.npz", 5, "|u1", deflated), step = 7;
        struct dataset *good = find(path_of("mnist.npz"), DATASET_TRAIN);
        for (size_t cut = 0; cut < size; cut += step) {
            write_file("cut.npz", zip, cut);
            ck_assert_ptr_null(find_data(path_of("cut.npz"), DATASET_TRAIN, &err));
            ck_assert_ptr_nonnull(strstr(err.text, "cut.npz"));
        }
        for (size_t at = 0; at < size; at += at > 600 && at + 600 < size ? step : 1) {
            zip[at] ^= 0x55;
            write_file("bad.npz", zip, size);
            zip[at] ^= 0x55;
            struct dataset *set = find_data(path_of("bad.npz"), DATASET_TRAIN, &err);
            if (set)
                ck_assert_mem_eq(set->pixels, good->pixels, COUNT * LEN);
            dataset_free(set);
        }
        dataset_free(good);
    }
}
END_TEST

static void expect_array_refused(int part, const char *kind, const char *shape, size_t size,
                                 const char *why)
{
    static uint8_t zeros[8 * IMAGES_SIZE];
    make_arrays(1, "|u1");
    parts[part].size = make_npy(parts[part].data, kind, shape, zeros, size);
    write_file("bad.npz", zip, make_zip(zip, parts, 4, true));
    expect_refused(path_of("bad.npz"), DATASET_TRAIN, why);
}

START_TEST(arrays_of_another_kind_are_refused)
{
    expect_array_refused(1, "<f4", "(1, 28, 28)", 4 * LEN / 2, "x_train.npy is not of bytes");
    expect_array_refused(1, "|u1", "(4, 27, 28)", 4 * 27 * 28, "not of images of 28x28");
    expect_array_refused(1, "|u1", "(4, 28, 28", 4 * LEN, "not of the shape");
    expect_array_refused(1, "|u1", "(4, 28, 28)", 4 * LEN - 1, "so few bytes");
    expect_array_refused(1, "|u1", "(4000000000, 28, 28)", LEN, "says that it holds 4000000000");
    expect_array_refused(1, "|u1", "(1000000, 28, 28)", LEN, "so few bytes");
    expect_array_refused(1, "|u1", "(0, 28, 28)", 0, "says that it holds 0");
    expect_array_refused(1, "", "", 0, "x_train.npy");
    expect_array_refused(2, "<f8", "(4,)", 32, "y_train.npy is not of whole numbers");
    expect_array_refused(2, "|u1", "(4, 10)", 40, "y_train.npy is not of whole numbers");
    expect_array_refused(2, "|u1", "(3,)", 3, "4 images, but 3 labels");
    make_arrays(12, "|u1");
    write_file("bad.npz", zip, make_zip(zip, parts, 4, false));
    expect_refused(path_of("bad.npz"), DATASET_TRAIN, "label 1 of y_train.npy is no digit");
    make_arrays(1, "|u1");
    write_file("bad.npz", zip, make_zip(zip, parts, 2, false));
    expect_refused(path_of("bad.npz"), DATASET_TRAIN, "bad.npz has no y_train.npy");
    write_text("bad.npz", "PK\3\4 this is no zip file");
    expect_refused(path_of("bad.npz"), DATASET_TRAIN, "bad.npz is damaged or cut short");
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

int main(void)
{
    TCase *layouts = tcase_create("layouts"), *damage = tcase_create("damage");
    TCase *gzip = tcase_create("gzip"), *kinds = tcase_create("kinds");
    TCase *arrays = tcase_create("npz"), *memory = tcase_create("memory");
    TCase *all[] = {layouts, damage, gzip, kinds, arrays, memory};
    Suite *suite = suite_create("find");
    for (int i = 0; i < 6; i++) {
        tcase_add_checked_fixture(all[i], files_begin, files_end);
        tcase_set_timeout(all[i], 120);
        suite_add_tcase(suite, all[i]);
    }
    tcase_add_test(layouts, files_in_folders_that_are_named_like_them_are_found);
    tcase_add_test(layouts, folders_that_other_programs_make_are_found_from_above_and_within);
    tcase_add_test(layouts, where_there_are_several_it_is_said_which_was_taken);
    tcase_add_test(layouts, test_images_go_with_the_training_images);
    tcase_add_test(layouts, a_file_may_be_given_in_place_of_its_folder);
    tcase_add_test(damage, a_damaged_file_gives_way_to_a_good_one_and_it_is_said);
    tcase_add_test(damage, damaged_mnist_gives_way_to_another_copy_of_it_but_to_no_other_set);
    tcase_add_test(gzip, gzip_files_of_several_members_are_whole);
    tcase_add_test(gzip, gzip_files_of_several_members_are_refused_where_they_are_cut);
    tcase_add_test(gzip, zeros_after_the_last_member_are_passed_over);
    tcase_add_test(kinds, labels_of_eight_integers_are_read);
    tcase_add_test(kinds, wrong_labels_of_integers_are_refused);
    tcase_add_test(kinds, emnist_is_set_upright_where_a_name_says_so);
    tcase_add_test(kinds, emnist_is_set_upright_where_the_gzip_file_says_so);
    tcase_add_test(arrays, keras_arrays_are_read_stored_and_deflated);
    tcase_add_test(arrays, an_npz_cut_or_changed_anywhere_gives_no_wrong_pictures);
    tcase_add_test(arrays, arrays_of_another_kind_are_refused);
    tcase_add_test(memory, a_set_is_held_in_memory_once);
    tcase_add_test(memory, a_million_images_in_a_megabyte_are_refused_before_memory_is_taken);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

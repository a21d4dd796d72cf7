/* SPDX-License-Identifier: MIT */
/* numpy's arrays in a zip file, as Keras has MNIST. */
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/err.h"
#include "data/find.h"
#include "data/zip.h"
#include "data_files.h"
#include "descriptors.h"
#include "digit_files.h"
#include "suite.h"

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

/* Puts something that cannot be read under the file that is opened next. */
static void break_file(int fd)
{
    int other = open("/dev/null", O_WRONLY | O_CLOEXEC);
    ck_assert_int_eq(dup2(other, fd), fd);
    close(other);
}

START_TEST(a_disk_that_fails_is_said_of_a_zip_file_and_not_damage)
{
    static const char *const names[] = {"x_train.npy", "y_train.npy", "x_test.npy", "y_test.npy"};
    static uint8_t array[IMAGES_SIZE + 256];
    struct err err = {""};
    int failed = 0, next = dup(0);
    close(next);
    write_npz("mnist.npz", 5, "|u1", false);
    struct zip *file = zip_open(path_of("mnist.npz"), &err);
    ck_assert_ptr_nonnull(file);
    break_file(next);
    for (int i = 0; i < 4; i++) { /* some of it may still be in memory */
        const struct zip_entry *entry = zip_find(file, names[i]);
        ck_assert(entry && entry->size <= sizeof array);
        if (zip_begin(file, entry, &err) && zip_read(file, array, entry->size, &err))
            continue;
        ck_assert_msg(strstr(err.text, "mnist.npz cannot be read: "), "%s", err.text);
        failed++;
    }
    ck_assert_int_gt(failed, 0);
    zip_close(file);
}
END_TEST

/* In the second version of the format: the length of the head has four bytes, of which `high` is
 * the third, and the `highest` the last. */
static void make_wide(int part, uint8_t high, uint8_t highest)
{
    uint8_t *data = parts[part].data;
    memmove(data + 12, data + 10, parts[part].size - 10);
    data[6] = 2;
    data[10] = high;
    data[11] = highest;
    parts[part].size += 2;
}

START_TEST(the_second_version_of_the_format_is_read)
{
    make_arrays(1, "|u1");
    make_wide(1, 0, 0);
    make_wide(2, 0, 0);
    write_file("wide.npz", zip, make_zip(zip, parts, 4, true));
    expect(path_of("wide.npz"), DATASET_TRAIN, 1, "wide", NULL);
    for (int i = 0; i < 2; i++) {
        make_arrays(1, "|u1");
        make_wide(1, (uint8_t)!i, (uint8_t)i);
        write_file("bad.npz", zip, make_zip(zip, parts, 4, true));
        expect_refused(path_of("bad.npz"), DATASET_TRAIN, "x_train.npy is not an array of numpy's");
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
    int open = count_descriptors();
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
    for (int label = 10; label < 13; label++) {
        make_arrays(label, "|u1");
        write_file("bad.npz", zip, make_zip(zip, parts, 4, false));
        expect_refused(path_of("bad.npz"), DATASET_TRAIN, "label 1 of y_train.npy is no digit");
    }
    ck_assert_int_eq(count_descriptors(), open);
    make_arrays(1, "|u1");
    write_file("bad.npz", zip, make_zip(zip, parts, 2, false));
    expect_refused(path_of("bad.npz"), DATASET_TRAIN, "bad.npz has no y_train.npy");
    write_text("bad.npz", "PK\3\4 this is no zip file");
    expect_refused(path_of("bad.npz"), DATASET_TRAIN, "bad.npz is damaged or cut short");
}
END_TEST

Suite *make_suite(void)
{
    TCase *arrays = tcase_create("npz");
    Suite *suite = suite_create("npz");
    tcase_add_checked_fixture(arrays, files_begin, files_end);
    tcase_set_timeout(arrays, 120);
    suite_add_tcase(suite, arrays);
    tcase_add_test(arrays, keras_arrays_are_read_stored_and_deflated);
    tcase_add_test(arrays, an_npz_cut_or_changed_anywhere_gives_no_wrong_pictures);
    tcase_add_test(arrays, a_disk_that_fails_is_said_of_a_zip_file_and_not_damage);
    tcase_add_test(arrays, arrays_of_another_kind_are_refused);
    tcase_add_test(arrays, the_second_version_of_the_format_is_read);
    return suite;
}

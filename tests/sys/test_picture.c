/* SPDX-License-Identifier: MIT */
/* Pictures read from files and written to them. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/files.h"
#include "base/rng.h"
#include "suite.h"
#include "sys/picture.h"

static struct err err;

static char folder[] = "/tmp/inkling-sys-XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void make_folder(void)
{
    strcpy(folder, "/tmp/inkling-sys-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
    unlink(in_folder("a.png"));
    rmdir(folder);
}

static void save_file(const void *data, size_t size)
{
    struct files_part part = {data, size};
    ck_assert_msg(files_write(in_folder("a.png"), &part, 1, &err), "%s", err.text);
}

START_TEST(a_saved_picture_comes_back)
{
    enum { W = 37, H = 23, STRIDE = 40 };
    uint32_t image[STRIDE * H];
    for (int i = 0; i < STRIDE * H; i++)
        image[i] = 0xff000000u | (uint32_t)(i % 256) * 0x010101u;
    struct picture picture;
    ck_assert_msg(picture_save(in_folder("a.png"), image, W, H, STRIDE, &err), "%s", err.text);
    ck_assert_msg(picture_load(in_folder("a.png"), &picture, &err), "%s", err.text);
    ck_assert_int_eq(picture.rows, H);
    ck_assert_int_eq(picture.cols, W);
    int bad = 0;
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            bad += picture.grey[y * W + x] != (y * STRIDE + x) % 256;
    ck_assert_int_eq(bad, 0);
    picture_free(&picture);
}
END_TEST

START_TEST(a_picture_that_cannot_be_made_is_not_said_to_want_memory)
{
    const uint32_t pixel = 0xff000000u;
    err.text[0] = 0;
    ck_assert(!picture_save(in_folder("a.png"), &pixel, 0, 0, 1, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "a.png cannot be made a picture: "));
}
END_TEST

START_TEST(a_transparent_picture_lies_on_white_paper)
{
    uint32_t image[] = {0x00000000, 0xff000000, 0x80000000, 0x00ffffff};
    struct picture picture;
    ck_assert(picture_save(in_folder("a.png"), image, 4, 1, 4, &err));
    ck_assert(picture_load(in_folder("a.png"), &picture, &err));
    ck_assert_uint_eq(picture.grey[0], 255);
    ck_assert_uint_eq(picture.grey[1], 0);
    ck_assert_uint_eq(picture.grey[2], 127);
    ck_assert_uint_eq(picture.grey[3], 255);
    picture_free(&picture);
}
END_TEST

/* Cut short, a file must be refused or, where its pixels are all there, read. */
START_TEST(a_truncated_picture_is_refused_with_a_sentence)
{
    static uint32_t image[64 * 64];
    struct rng rng = rng_new(3, 0);
    for (int i = 0; i < 64 * 64; i++)
        image[i] = 0xff000000u | (uint32_t)rng_next(&rng);
    ck_assert(picture_save(in_folder("a.png"), image, 64, 64, 64, &err));
    size_t size;
    unsigned char *file = files_read(in_folder("a.png"), 1 << 20, &size, &err);
    ck_assert_uint_gt(size, 4000);
    for (size_t cut = 0; cut < size - 64; cut += 50) {
        struct picture picture;
        save_file(file, cut);
        err.text[0] = 0;
        if (picture_load(in_folder("a.png"), &picture, &err))
            ck_abort_msg("%zu bytes of %zu are a picture", cut, size);
        ck_assert_ptr_nonnull(strstr(err.text, "a.png"));
    }
    free(file);
}
END_TEST

START_TEST(a_huge_picture_is_refused_before_it_is_decoded)
{
    static const unsigned char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\2\0\0\0";
    static const unsigned char bmp[26] =
        "BM\0\0\0\0\0\0\0\0\0\0\0\0(\0\0\0\xff\xff\xff\x7f\0\0\0\x80";
    static const unsigned char jpeg[] =
        "\xff\xd8\xff\xe0\0\4ab\xff\xc0\0\x11\x08\xff\xff\xff\xff\3\0\0\0\0\0\0\0";
    static const struct {
        const unsigned char *data;
        size_t size;
    } files[] = {{png, sizeof png}, {bmp, sizeof bmp}, {jpeg, sizeof jpeg}};
    for (int i = 0; i < 3; i++) {
        struct picture picture;
        save_file(files[i].data, files[i].size);
        ck_assert(!picture_load(in_folder("a.png"), &picture, &err));
        ck_assert_msg(strstr(err.text, "too large") != NULL, "%s", err.text);
        ck_assert_ptr_null(picture.grey);
    }
}
END_TEST

START_TEST(what_is_no_picture_is_refused_with_a_sentence)
{
    struct picture picture;
    save_file("hello, world, this is no picture at all", 39);
    ck_assert(!picture_load(in_folder("a.png"), &picture, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "not a picture"));
    save_file("", 0);
    ck_assert(!picture_load(in_folder("a.png"), &picture, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "empty"));
    ck_assert(!picture_load(in_folder("none.png"), &picture, &err));
    ck_assert(!picture_load(folder, &picture, &err));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("picture");
    TCase *tcase = tcase_create("pictures");
    tcase_add_checked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, a_saved_picture_comes_back);
    tcase_add_test(tcase, a_picture_that_cannot_be_made_is_not_said_to_want_memory);
    tcase_add_test(tcase, a_transparent_picture_lies_on_white_paper);
    tcase_add_test(tcase, a_truncated_picture_is_refused_with_a_sentence);
    tcase_add_test(tcase, a_huge_picture_is_refused_before_it_is_decoded);
    tcase_add_test(tcase, what_is_no_picture_is_refused_with_a_sentence);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return suite;
}

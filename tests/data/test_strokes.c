/* SPDX-License-Identifier: MIT */
/* Files of pen strokes, whole, damaged and cut, and their writers. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "data/unipen.h"
#include "data/writers.h"
#include "data_files.h"
#include "digits.h"
#include "stroke_files.h"
#include "suite.h"

static void expect_unipen_refused(const char *text, const char *why)
{
    struct err err = {""};
    struct unipen *u = load_strokes(text, &err);
    if (u || !strstr(err.text, why) || !strstr(err.text, "/s.unp"))
        ck_abort_msg("%s: %s", u ? "accepted" : "sentence", err.text);
}

START_TEST(pen_strokes_are_read_with_y_turned_down)
{
    struct err err;
    struct unipen *u = load_strokes(two_digits, &err);
    ck_assert_msg(u, "%s", err.text);
    ck_assert_uint_eq(u->count, 2);
    ck_assert(u->digits[0].label == 8 && u->digits[0].writer == 12);
    ck_assert(u->digits[1].label == 1 && u->digits[1].writer == 0);
    ck_assert_uint_eq(u->digits[0].ink.stroke_count, 1);
    ck_assert_uint_eq(u->digits[1].ink.stroke_count, 2);
    ck_assert(u->digits[0].ink.points[1].x == 267.5f && u->digits[0].ink.points[1].y == -336);
    ck_assert(u->digits[0].ink.points[2].x == -3 && u->digits[0].ink.points[2].y == -40);
    unipen_free(u);
}
END_TEST

START_TEST(wrong_strokes_files_are_refused_with_the_line)
{
    expect_unipen_refused("", "holds no digits");
    expect_unipen_refused("hello there\n", "line 1: \"hello there\" is neither");
    expect_unipen_refused(".PEN_DOWN\n 1 2\n.PEN_UP\n", "holds no digits");
    expect_unipen_refused(".SEGMENT DIGIT 0 ? x\n", "line 1: .SEGMENT DIGIT must end");
    expect_unipen_refused(".SEGMENT DIGIT 0 ? \"1\n", "line 1: .SEGMENT DIGIT must end");
    expect_unipen_refused(".SEGMENT DIGIT 0 ? \"1\"\n", "has no strokes");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n.PEN_DOWN\n.PEN_UP\n", "line 3: a stroke has no");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n.PEN_DOWN\n 1 2\n", "not ended by .PEN_UP");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n.PEN_DOWN\n 1 2 3\n", "line 3: \"1 2 3\"");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n.PEN_DOWN\n 1 2x\n", "line 3: \"1 2x\"");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n.PEN_DOWN\n 1\n", "line 3: \"1\"");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n.PEN_DOWN\n 1e9 2\n", "lies outside");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n.PEN_DOWN\n nan 2\n", "lies outside");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n 1 2\n", "has no strokes");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n 1 2\n.PEN_UP\n", "line 3: .PEN_UP comes without");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n.PEN_DOWN\n 1 2\n.PEN_DOWN\n", "line 4: .PEN_DOWN");
    struct err err = {""};
    ck_assert_ptr_null(unipen_load(path_of("none.unp"), &err));
    ck_assert_ptr_nonnull(strstr(err.text, "none.unp"));
    write_file("zero.unp", "a\0b", 3);
    ck_assert_ptr_null(unipen_load(path_of("zero.unp"), &err));
    ck_assert_ptr_nonnull(strstr(err.text, "not a text"));
}
END_TEST

/* A text may be cut where it still makes sense, but then all that it holds is whole. */
START_TEST(a_strokes_file_cut_at_any_byte_does_no_harm)
{
    int accepted = 0;
    for (size_t size = 0; size < sizeof two_digits; size++) {
        struct err err = {""};
        write_file("cut.unp", two_digits, size);
        struct unipen *u = unipen_load(path_of("cut.unp"), &err);
        if (!u)
            ck_assert_ptr_nonnull(strstr(err.text, "cut.unp"));
        for (uint32_t i = 0; u && i < u->count; i++)
            ck_assert_uint_gt(u->digits[i].ink.point_count, 0);
        accepted += u != NULL;
        unipen_free(u);
    }
    ck_assert_int_gt(accepted, 2);
    ck_assert_int_lt(accepted, 60);
}
END_TEST

START_TEST(a_strokes_file_with_any_byte_changed_does_no_harm)
{
    char text[sizeof two_digits];
    for (size_t at = 0; at + 1 < sizeof two_digits; at++)
        for (int i = 0; i < 6; i++) {
            struct err err = {""};
            memcpy(text, two_digits, sizeof text);
            text[at] = "\0\n\xff.9\""[i];
            write_file("bad.unp", text, sizeof text - 1);
            struct unipen *u = unipen_load(path_of("bad.unp"), &err);
            ck_assert(u || strstr(err.text, "bad.unp"));
            unipen_free(u);
        }
}
END_TEST

START_TEST(a_gzipped_strokes_file_cut_or_damaged_anywhere_is_refused)
{
    uint8_t packed[2048];
    size_t whole = sizeof two_digits - 1;
    struct err err;
    gzip_bytes((const uint8_t *)two_digits, &whole, packed, sizeof packed);
    write_file("z.unp.gz", packed, whole);
    struct unipen *u = unipen_load(path_of("z.unp.gz"), &err);
    ck_assert_msg(u && u->count == 2, "%s", err.text);
    unipen_free(u);
    for (size_t size = 0; size < whole; size++) {
        write_file("z.unp.gz", packed, size);
        ck_assert_ptr_null(unipen_load(path_of("z.unp.gz"), &err));
        ck_assert_ptr_nonnull(strstr(err.text, "z.unp.gz"));
    }
    for (size_t at = 10; at < whole; at++) {
        packed[at] ^= 0x11;
        write_file("z.unp.gz", packed, whole);
        packed[at] ^= 0x11;
        ck_assert_ptr_null(unipen_load(path_of("z.unp.gz"), &err));
    }
}
END_TEST

START_TEST(strokes_are_written_and_read_back_exactly)
{
    static const char *const names[] = {"out.unp", "out.unp.gz"};
    struct rng rng = rng_new(1, 2);
    struct unipen *u = unipen_new(NULL);
    for (int i = 0; i < 20; i++) {
        struct ink ink = {0};
        for (int k = 0; k < 30; k++) {
            float x = rng_normal(&rng) * 1000, y = k ? rng_normal(&rng) / 3 : 0;
            ck_assert(k % 10 ? ink_add(&ink, x, y, NULL) : ink_begin(&ink, x, y, NULL));
        }
        ck_assert(add_strokes(u, i % 10, i, &ink, NULL));
        ink_free(&ink);
    }
    for (int n = 0; n < 2; n++) {
        struct err err = {""};
        ck_assert_msg(unipen_save(path_of(names[n]), u, &err), "%s", err.text);
        struct unipen *v = unipen_load(path_of(names[n]), &err);
        ck_assert_msg(v, "%s", err.text);
        ck_assert_uint_eq(v->count, 20);
        for (uint32_t i = 0; i < 20; i++) {
            const struct ink *a = &u->digits[i].ink, *b = &v->digits[i].ink;
            ck_assert_int_eq(v->digits[i].label, (int)i % 10);
            ck_assert_int_eq(v->digits[i].writer, (int)i);
            ck_assert_uint_eq(b->stroke_count, 3);
            ck_assert_mem_eq(a->points, b->points, a->point_count * sizeof *a->points);
        }
        unipen_free(v);
    }
    unipen_free(u);
}
END_TEST

START_TEST(strokes_are_parted_by_writer)
{
    static const struct ink_point points[] = {{1, 2}, {3, 4}};
    static const struct ink_stroke stroke = {0, 2};
    struct ink ink = {.points = (struct ink_point *)points,
                      .point_count = 2,
                      .strokes = (struct ink_stroke *)&stroke,
                      .stroke_count = 1};
    struct writers writers;
    struct unipen *u = unipen_new(NULL);
    for (int i = 0; i < 100; i++)
        ck_assert(add_strokes(u, i % 10, i % 7, &ink, NULL));
    ck_assert(writers_parse("1-3,6", &writers, NULL));
    struct unipen *others = unipen_split(u, &writers, NULL);
    ck_assert_uint_eq(u->count + others->count, 100);
    ck_assert_uint_eq(u->count, 15 + 14 + 14 + 14); /* 100 = 14 * 7 + 2 */
    for (uint32_t i = 0; i < u->count; i++)
        ck_assert(writers_have(&writers, u->digits[i].writer));
    for (uint32_t i = 0; i < others->count; i++)
        ck_assert(!writers_have(&writers, others->digits[i].writer));
    unipen_free(u);
    unipen_free(others);
}
END_TEST

START_TEST(lists_of_writers_that_make_no_sense_are_refused)
{
    static const char *const wrong[] = {"",     "a",    "1-",   "-3",       "3-1",
                                        "1,,2", "1, 2", "1,2,", "12345678", "1-2-3"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct writers writers = {.count = -1};
        struct err err = {""};
        ck_assert_msg(!writers_parse(wrong[i], &writers, &err), "%s", wrong[i]);
        ck_assert_ptr_nonnull(strstr(err.text, "such as 1-24"));
        ck_assert_int_eq(writers.count, -1);
    }
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("strokes");
    TCase *tests = tcase_create("strokes");
    tcase_add_checked_fixture(tests, files_begin, files_end);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, pen_strokes_are_read_with_y_turned_down);
    tcase_add_test(tests, wrong_strokes_files_are_refused_with_the_line);
    tcase_add_test(tests, a_strokes_file_cut_at_any_byte_does_no_harm);
    tcase_add_test(tests, a_strokes_file_with_any_byte_changed_does_no_harm);
    tcase_add_test(tests, a_gzipped_strokes_file_cut_or_damaged_anywhere_is_refused);
    tcase_add_test(tests, strokes_are_written_and_read_back_exactly);
    tcase_add_test(tests, strokes_are_parted_by_writer);
    tcase_add_test(tests, lists_of_writers_that_make_no_sense_are_refused);
    suite_add_tcase(suite, tests);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* What other programs write as UNIPEN, and what damage leaves of a file. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/err.h"
#include "data/unipen.h"
#include "data_files.h"
#include "suite.h"

#define SEVEN ".SEGMENT DIGIT 0 OK \"7\"\n.PEN_DOWN\n100 900\n400 900\n450 100\n.PEN_UP\n"
#define FOUR ".SEGMENT DIGIT 1 OK \"4\"\n.PEN_DOWN\n5 9\n1 3\n.PEN_UP\n.PEN_DOWN\n4 4\n.PEN_UP\n"

static struct unipen *load(const char *text)
{
    struct err err = {""};
    write_text("s.unp", text);
    struct unipen *u = unipen_load(path_of("s.unp"), &err);
    ck_assert_msg(u, "%s", err.text);
    return u;
}

/* Loads and compares with digits such as "74", and with what was passed over. */
static void expect(const char *text, const char *digits, const char *passed)
{
    char words[UNIPEN_PASSED_MAX];
    struct unipen *u = load(text);
    ck_assert_uint_eq(u->count, strlen(digits));
    for (uint32_t i = 0; i < u->count; i++)
        ck_assert_int_eq(u->digits[i].label, digits[i] - '0');
    ck_assert_str_eq(unipen_passed_words(&u->passed, words), passed);
    unipen_free(u);
}

static void expect_refused(const char *text, const char *why)
{
    struct err err = {""};
    write_text("s.unp", text);
    struct unipen *u = unipen_load(path_of("s.unp"), &err);
    if (u || !strstr(err.text, why) || !strstr(err.text, "/s.unp"))
        ck_abort_msg("%s: %s", u ? "accepted" : "sentence", err.text);
}

START_TEST(x_and_y_stand_where_coord_says)
{
    static const char *const heads[] = {".COORD X Y T", ".COORD T X Y", ".coord", ".COORD y T P x",
                                        ".COORD\tX\tY"};
    static const char *const points[] = {"3 4 0\n5 6 16", "0 3 4\n1 5 6", "3 4\n5 6",
                                         "4 0 1 3\n6 7 8 5", "3 4\n5 6"};
    for (int i = 0; i < 5; i++) {
        char text[200];
        snprintf(text, sizeof text, "%s\n.SEGMENT DIGIT 0-1 OK \"7\"\n.PEN_DOWN\n%s\n.PEN_UP\n",
                 heads[i], points[i]);
        struct unipen *u = load(text);
        const struct ink_point *p = u->digits[0].ink.points;
        ck_assert_uint_eq(u->digits[0].ink.point_count, 2);
        ck_assert(p[0].x == 3 && p[0].y == -4 && p[1].x == 5 && p[1].y == -6);
        unipen_free(u);
    }
    expect_refused(".COORD X T\n" SEVEN, "line 1: .COORD must name X and Y");
    expect_refused(".COORD X Y T\n.SEGMENT DIGIT 0 \"7\"\n.PEN_DOWN\n1 2 3 4\n",
                   "line 4: \"1 2 3 4\"");
    expect_refused(".COORD X T Y\n.SEGMENT DIGIT 0 \"7\"\n.PEN_DOWN\n1 2\n", "line 4: \"1 2\"");
}
END_TEST

START_TEST(a_byte_order_mark_and_any_line_ends_are_read)
{
    expect("\xef\xbb\xbf.VERSION 1.0\n" SEVEN, "7", "");
    expect("\xef\xbb\xbf" SEVEN FOUR, "74", "");
    static const char *const ends[] = {"\r\n", "\r", "\n\r\n", "\n\n"};
    for (int i = 0; i < 4; i++) {
        char text[1000];
        size_t used = 0;
        for (const char *at = SEVEN FOUR; *at; at++)
            used += (size_t)snprintf(text + used, sizeof text - used, "%.*s",
                                     *at == '\n' ? 2 : 1, *at == '\n' ? ends[i] : at);
        expect(text, "74", "");
    }
    expect_refused("\r\r\r\nnonsense\r", "line 4: \"nonsense\"");
}
END_TEST

START_TEST(points_with_the_pen_in_the_air_are_passed_over)
{
    expect(SEVEN "460 110\n470 120\n" FOUR "1 1\n", "74", "3 points with the pen in the air");
    expect(".SEGMENT DIGIT 0-2 OK \"7\"\n.PEN_UP\n90 90\n.PEN_DOWN\n1 2\n3 4\n.PEN_UP\n", "7",
           "1 point with the pen in the air");
    struct unipen *u = load(".SEGMENT DIGIT 0 \"4\"\n.PEN_DOWN\n1 2\n3 4\n.PEN_UP\n5 6\n"
                            ".PEN_DOWN\n7 8\n.PEN_UP\n");
    ck_assert_uint_eq(u->digits[0].ink.point_count, 3);
    ck_assert_uint_eq(u->digits[0].ink.stroke_count, 2);
    unipen_free(u);
    /* points that .PEN_UP ends are a stroke whose beginning is lost */
    expect_refused(SEVEN "460 110\n.PEN_UP\n", ".PEN_UP comes without .PEN_DOWN");
    expect_refused(SEVEN ".PEN_UP\n", ".PEN_UP comes without .PEN_DOWN");
}
END_TEST

START_TEST(segments_of_other_levels_are_passed_over)
{
    expect(SEVEN ".SEGMENT WORD 0-3 OK \"74\"\n", "7", "1 segment that names no digit");
    expect(".SEGMENT PAGE 0-9 ? \"\"\n.SEGMENT TEXT 0-9\n.SEGMENT WORD 0-3 OK \"7\"\n" SEVEN FOUR,
           "74", "3 segments that name no digit");
    expect(".SEGMENT DIGIT 0-1 OK \"4\"\n.SEGMENT WORD 0-1 OK \"4\"\n.SEGMENT STROKE 0\n.PEN_DOWN\n"
           "1 2\n.PEN_UP\n.SEGMENT STROKE 1\n.PEN_DOWN\n3 4\n.PEN_UP\n",
           "4", "3 segments that name no digit");
    expect(SEVEN ".SEGMENT LINE 2 ? \"hello\"\n.PEN_DOWN\n1 2\n.PEN_UP\n" FOUR, "74",
           "1 segment that names no digit, 1 stroke of none");
    expect(".SEGMENT CHARACTER 0 OK \"7\"\n.PEN_DOWN\n1 2\n.PEN_UP\n", "7", "");
}
END_TEST

START_TEST(other_labels_are_passed_over_with_their_strokes)
{
    expect(".SEGMENT DIGIT 0 ? \"?\"\n.PEN_DOWN\n1 2\n.PEN_UP\n.PEN_DOWN\n3 4\n.PEN_UP\n" SEVEN,
           "7", "1 segment that names no digit, 2 strokes of none");
    expect(SEVEN ".SEGMENT CHARACTER 1 OK \"a\"\n.PEN_DOWN\n1 2\n.PEN_UP\n"
           ".SEGMENT DIGIT 2 OK \"\"\n" FOUR,
           "74", "2 segments that name no digit, 1 stroke of none");
    expect(".PEN_DOWN\n1 2\n.PEN_UP\n" SEVEN, "7", "1 stroke of none");
    expect_refused(".SEGMENT DIGIT 0 ? \"?\"\n.PEN_DOWN\n1 2\n.PEN_UP\n",
                   "holds no digits as pen strokes, but 1 segment that names no digit, 1 stroke of "
                   "none; choose");
    expect_refused(".SEGMENT DIGIT 0 ? 7\n.PEN_DOWN\n1 2\n.PEN_UP\n", "digit in quotes");
    expect_refused(".SEGMENT WORD 0 \"hi\"\n.PEN_DOWN\n1 2\n", "not ended by .PEN_UP");
}
END_TEST

/* ---- gzip ------------------------------------------------------------------------------------ */

static uint32_t count_digits(const char *name)
{
    struct unipen *u = unipen_load(path_of(name), NULL);
    uint32_t count = u ? u->count : 0;
    unipen_free(u);
    return count;
}

START_TEST(a_gzip_file_of_several_members_is_one_text)
{
    static const char text[] = SEVEN FOUR SEVEN;
    for (int parts = 1; parts <= 5; parts++) {
        write_gzip("m.unp.gz", text, strlen(text), parts, NULL);
        ck_assert_uint_eq(count_digits("m.unp.gz"), 3);
    }
}
END_TEST

START_TEST(what_follows_the_last_member_is_passed_over)
{
    static const char text[] = SEVEN FOUR, zeros[600] = {0};
    write_gzip("m.unp.gz", text, strlen(text), 2, NULL);
    FILE *file = fopen(path_of("m.unp.gz"), "ab");
    fwrite(zeros, 1, sizeof zeros, file);
    fclose(file);
    ck_assert_uint_eq(count_digits("m.unp.gz"), 2);
}
END_TEST

START_TEST(a_file_of_several_members_cut_anywhere_is_refused_but_between_them)
{
    static const char text[] = SEVEN FOUR;
    char whole[4096];
    write_gzip("m.unp.gz", text, strlen(text), 2, NULL);
    FILE *file = fopen(path_of("m.unp.gz"), "rb");
    size_t size = fread(whole, 1, sizeof whole, file);
    fclose(file);
    int accepted = 0;
    for (size_t cut = 0; cut < size; cut++) {
        write_file("cut.unp.gz", whole, cut);
        accepted += count_digits("cut.unp.gz") == 2;
    }
    ck_assert_int_eq(accepted, 0);
}
END_TEST

/* ---- salvaging ------------------------------------------------------------------------------- */

/* The digits that are left of a text, such as "74". */
static void expect_left(const char *text, const char *digits, uint32_t lost)
{
    struct err err = {""};
    uint32_t gone;
    write_text("s.unp", text);
    struct unipen *u = unipen_salvage(path_of("s.unp"), &gone, &err);
    ck_assert_msg(u, "%s", err.text);
    ck_assert_uint_eq(u->count, strlen(digits));
    for (uint32_t i = 0; i < u->count; i++)
        ck_assert_int_eq(u->digits[i].label, digits[i] - '0');
    ck_assert_uint_eq(gone, lost);
    unipen_free(u);
}

/* Digits whose points do not repeat, so that they pack to something. */
static char *make_digits(int count)
{
    size_t room = 80 * (size_t)count + 1, used = 0;
    char *text = malloc(room);
    ck_assert_ptr_nonnull(text);
    for (int i = 0; i < count; i++)
        used += (size_t)snprintf(text + used, room - used,
                                 ".SEGMENT DIGIT %d \"%d\"\n.PEN_DOWN\n%d %d\n%d 5\n.PEN_UP\n", i,
                                 i % 10, i * 7919 % 991, i * 7907 % 997, i * 31 % 101);
    return text;
}

/* Writes some bytes and loads them; what is refused must be called damaged. */
static void expect_damage(const char *bytes, size_t size)
{
    struct err err = {""};
    write_file("bad.unp.gz", bytes, size);
    struct unipen *u = unipen_load(path_of("bad.unp.gz"), &err);
    if (!u && !strstr(err.text, "bad.unp.gz is damaged or cut short"))
        ck_abort_msg("%zu bytes: %s", size, err.text);
    unipen_free(u);
}

START_TEST(a_gzip_file_cut_or_changed_anywhere_is_called_damaged)
{
    enum { MAGIC = 3 }; /* bytes by which it is known for one */
    char *text = make_digits(200), whole[8192];
    write_gzip("m.unp.gz", text, strlen(text), 1, NULL);
    FILE *file = fopen(path_of("m.unp.gz"), "rb");
    size_t size = fread(whole, 1, sizeof whole, file);
    fclose(file);
    for (size_t cut = MAGIC; cut < size; cut++)
        expect_damage(whole, cut);
    for (size_t at = 10; at < size; at++) {
        whole[at] ^= 0x55;
        expect_damage(whole, size);
        whole[at] ^= 0x55;
    }
    free(text);
}
END_TEST

START_TEST(damage_far_behind_a_line_that_makes_no_sense_is_the_cause)
{
    char *text = make_digits(20000);
    text[100] = '?';
    write_gzip("m.unp.gz", text, strlen(text), 1, NULL);
    FILE *file = fopen(path_of("m.unp.gz"), "r+b");
    fseek(file, -6, SEEK_END);
    fputc(0, file); /* in the check sum */
    fclose(file);
    struct err err = {""};
    ck_assert_ptr_null(unipen_load(path_of("m.unp.gz"), &err));
    ck_assert_msg(strstr(err.text, "is damaged or cut short"), "%s", err.text);
    free(text);
}
END_TEST

START_TEST(a_disk_that_fails_is_said_and_not_the_line_that_was_cut)
{
    struct err err = {""};
    uint32_t lost;
    char *text = make_digits(8000);
    for (int salvage = 0; salvage < 2; salvage++) {
        const char *name = salvage ? "b.unp" : "a.unp";
        begin_broken(name, text);
        struct unipen *u = salvage ? unipen_salvage(path_of(name), &lost, &err)
                                   : unipen_load(path_of(name), &err);
        end_broken();
        ck_assert_ptr_null(u);
        ck_assert_msg(strstr(err.text, "cannot be read: Interrupted"), "%s", err.text);
    }
    free(text);
}
END_TEST

START_TEST(one_bad_line_costs_one_digit)
{
    expect_left(SEVEN FOUR SEVEN, "747", 0);
    expect_left(SEVEN ".SEGMENT DIGIT 0 \"3\"\n.PEN_DOWN\n1 x\n2 3\n.PEN_UP\n" FOUR, "74", 1);
    expect_left(SEVEN ".SEGMENT DIGIT 0 \"3\"\n.PEN_DOWN\n1 1\n" FOUR SEVEN, "747", 1);
    expect_left(SEVEN ".SEGMENT DIGIT 0 \"3\n.PEN_DOWN\n1 1\n.PEN_UP\n" FOUR, "74", 1);
    expect_left(SEVEN ".SEGMENT DIGIT 0 \"3\"\n" FOUR, "74", 1);
    expect_left(SEVEN FOUR ".SEGMENT DIGIT 0 \"3\"\n.PEN_DOWN\n1 1\n", "74", 1);
    expect_left("rubbish\nrubbish\n" SEVEN FOUR, "74", 1);
    expect_left(SEVEN ".SEGMENT DIGIT 0 \"3\"\n.COMMENT 3 0 1\n.COMMENT PICTURE 00zz\n.PEN_DOWN\n"
                "1 1\n.PEN_UP\n",
                "73", 0);
    expect_left("", "", 0);
}
END_TEST

START_TEST(a_damaged_gzip_file_is_read_up_to_the_damage)
{
    char text[40000] = "", whole[4096];
    uint32_t lost;
    for (int i = 0; i < 200; i++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, ".SEGMENT DIGIT %d \"%d\"\n.PEN_DOWN\n%d %d\n"
                 "%d 5\n.PEN_UP\n", i, i % 10, i * 7919 % 991, i * 7907 % 997, i * 31 % 101);
    }
    write_gzip("m.unp.gz", text, strlen(text), 1, NULL);
    FILE *file = fopen(path_of("m.unp.gz"), "rb");
    size_t size = fread(whole, 1, sizeof whole, file);
    fclose(file);
    write_file("m.unp.gz", whole, size / 2);
    struct unipen *u = unipen_salvage(path_of("m.unp.gz"), &lost, NULL);
    ck_assert_ptr_nonnull(u);
    ck_assert_uint_gt(u->count, 50);
    ck_assert_uint_lt(u->count, 150);
    ck_assert_uint_eq(lost, 1);
    for (uint32_t i = 0; i < u->count; i++)
        ck_assert_uint_eq(u->digits[i].ink.point_count, 2);
    unipen_free(u);
    ck_assert_ptr_null(unipen_salvage(path_of("none.unp"), &lost, NULL));
}
END_TEST

START_TEST(a_file_with_any_byte_changed_gives_up_at_most_two_digits)
{
    static const char whole[] = SEVEN FOUR SEVEN FOUR;
    char text[sizeof whole];
    for (size_t at = 0; at + 1 < sizeof whole; at++)
        for (int i = 0; i < 6; i++) {
            uint32_t lost;
            memcpy(text, whole, sizeof text);
            text[at] = "\0\n\xff.9\""[i];
            write_file("bad.unp", text, sizeof text - 1);
            struct unipen *u = unipen_salvage(path_of("bad.unp"), &lost, NULL);
            ck_assert_ptr_nonnull(u);
            ck_assert_uint_ge(u->count, 2);
            unipen_free(u);
        }
}
END_TEST

/* ---- memory ---------------------------------------------------------------------------------- */

/* Writes a text again and again, to so many bytes, as gzip. */
static void write_bomb(const char *head, const char *text, size_t size)
{
    enum { PIECE = 1 << 16 };
    char piece[PIECE];
    size_t len = strlen(text), used = 0;
    gzFile file = gzopen(path_of("bomb.unp.gz"), "wb1");
    ck_assert_ptr_nonnull(file);
    gzputs(file, head);
    for (; used + len <= PIECE; used += len)
        memcpy(piece + used, text, len);
    for (size_t done = 0; done + used <= size; done += used)
        ck_assert_int_eq(gzwrite(file, piece, (unsigned)used), (int)used);
    ck_assert_int_eq(gzclose(file), Z_OK);
}

static void load_bomb(void)
{
    unipen_free(unipen_load(path_of("bomb.unp.gz"), NULL));
}

START_TEST(texts_that_unpack_to_very_much_take_little_memory)
{
    static const char *const texts[][2] = {
        {"", "\n"},
        {"", "x"},
        {"", ".COMMENT\n"},
        {".SEGMENT DIGIT 0 \"7\"\n.PEN_DOWN\n", "1 2\n2 1\n"},
        {"", ".SEGMENT DIGIT \"1\"\n.PEN_DOWN\n1 2\n.PEN_UP\n"},
        {"", ".SEGMENT WORD\n.PEN_DOWN\n1 2\n.PEN_UP\n"},
    };
    for (int i = 0; i < 6; i++) {
        write_bomb(texts[i][0], texts[i][1], UNIPEN_SIZE_MAX / (i < 1 ? 1 : 8));
        ck_assert_double_lt(peak_megabytes(load_bomb), 150);
    }
}
END_TEST

Suite *make_suite(void)
{
    TCase *format = tcase_create("format"), *gzip = tcase_create("gzip");
    TCase *salvage = tcase_create("salvage"), *memory = tcase_create("memory");
    TCase *all[] = {format, gzip, salvage, memory};
    Suite *suite = suite_create("unipen");
    for (int i = 0; i < 4; i++) {
        tcase_add_checked_fixture(all[i], files_begin, files_end);
        tcase_set_timeout(all[i], 120);
        suite_add_tcase(suite, all[i]);
    }
    tcase_add_test(format, x_and_y_stand_where_coord_says);
    tcase_add_test(format, a_byte_order_mark_and_any_line_ends_are_read);
    tcase_add_test(format, points_with_the_pen_in_the_air_are_passed_over);
    tcase_add_test(format, segments_of_other_levels_are_passed_over);
    tcase_add_test(format, other_labels_are_passed_over_with_their_strokes);
    tcase_add_test(gzip, a_gzip_file_of_several_members_is_one_text);
    tcase_add_test(gzip, what_follows_the_last_member_is_passed_over);
    tcase_add_test(gzip, a_file_of_several_members_cut_anywhere_is_refused_but_between_them);
    tcase_add_test(gzip, a_gzip_file_cut_or_changed_anywhere_is_called_damaged);
    tcase_add_test(gzip, damage_far_behind_a_line_that_makes_no_sense_is_the_cause);
    tcase_add_test(gzip, a_disk_that_fails_is_said_and_not_the_line_that_was_cut);
    tcase_add_test(salvage, one_bad_line_costs_one_digit);
    tcase_add_test(salvage, a_damaged_gzip_file_is_read_up_to_the_damage);
    tcase_add_test(salvage, a_file_with_any_byte_changed_gives_up_at_most_two_digits);
    tcase_add_test(memory, texts_that_unpack_to_very_much_take_little_memory);
    return suite;
}

/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/files.h"
#include "base/number.h"
#include "base/paths.h"
#include "base/rng.h"
#include "base/otsu.h"
#include "base/text.h"
#include "suite.h"

static struct err err;
static char folder[64];

static void make_folder(void)
{
    strcpy(folder, "/tmp/inkling-base-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

static char *in_folder(const char *name)
{
    static char path[FILES_PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static bool write_text(const char *path, const char *text)
{
    struct files_part part = {text, strlen(text)};
    return files_write(path, &part, 1, &err);
}

/* ---- err ----------------------------------------------------------------------------------- */

START_TEST(a_sentence_that_is_too_long_is_cut)
{
    char longer[2 * sizeof err.text];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = 0;
    ck_assert(!err_set(&err, "%s", longer));
    ck_assert_uint_eq(strlen(err.text), sizeof err.text - 1);
    ck_assert(!err_set(NULL, "nobody listens"));
}
END_TEST

START_TEST(what_is_quoted_in_a_sentence_cannot_command_a_terminal)
{
    err_set(&err, "%s", "a\x1b[31m\x7f\n" "b\xc2\x9b" "c\r");
    ck_assert_str_eq(err.text, "a?[31m??b??c?");
}
END_TEST

START_TEST(a_character_is_not_read_beyond_the_end_it_is_given)
{
    static const char *const whole[] = {"a", "\u00e9", "\u20ac", "\U0001f600"};
    static const char *const none[] = {"\x80", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80",
                                       "\xf4\x90\x80\x80", "\xff"};
    uint32_t code;
    for (size_t i = 0; i < 4; i++)
        for (size_t len = 0; len <= i + 2; len++)
            ck_assert_uint_eq(text_character_of(whole[i], len, &code), len > i ? i + 1 : 0);
    for (size_t i = 0; i < 6; i++)
        ck_assert_uint_eq(text_character_of(none[i], 4, &code), 0);
}
END_TEST

START_TEST(every_character_that_is_written_is_read_again)
{
    uint32_t wrong = 0, read = 0;
    for (uint32_t code = 1; code <= 0x10ffff && !wrong; code++) {
        char text[5] = {0};
        if (code >= 0xd800 && code <= 0xdfff)
            continue;
        size_t size = text_write_character(text, code);
        if (text_character(text, &read) != size || text[size] || read != code)
            wrong = code;
    }
    ck_assert_uint_eq(wrong, 0);
}
END_TEST

START_TEST(a_text_is_walked_to_its_end_and_back_over_the_same_places)
{
    static const char text[] = "a\u00e9\u20ac\U0001f600\xe2\x82z";
    static const size_t places[] = {0, 1, 3, 6, 10, 12, 13};
    for (size_t i = 0; i + 1 < 7; i++) {
        ck_assert_uint_eq(text_next(text, 13, places[i]), places[i + 1]);
        ck_assert_uint_eq(text_before(text, places[i + 1]), places[i]);
    }
    ck_assert_uint_eq(text_next(text, 13, 13), 13);
    ck_assert_uint_eq(text_before(text, 0), 0);
}
END_TEST

START_TEST(paths_are_cut_and_joined_with_one_slash)
{
    static const struct {
        const char *path, *above, *folder;
        size_t length;
    } cases[] = {
        {"/a/b", "/a", "/a", 4}, {"/a", "/", "/", 2}, {"/", "/", "/", 1}, {"a", "", ".", 1},
        {"a/b", "a", "a", 3}, {"a//b", "a/", "a", 4}, {"a/b//", "a/b/", "a/b", 3},
    };
    char path[FILES_PATH_MAX];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        strcpy(path, cases[i].path);
        paths_cut_name(path);
        ck_assert_str_eq(path, cases[i].above);
        ck_assert(paths_folder_of(cases[i].path, path));
        ck_assert_str_eq(path, cases[i].folder);
        ck_assert_uint_eq(paths_length(cases[i].path), cases[i].length);
    }
    ck_assert(paths_join("a/", "b", path));
    ck_assert_str_eq(path, "a/b");
    ck_assert(paths_have_end("x.PNG", ".jpg .png") && !paths_have_end(".png", ".jpg .png"));
}
END_TEST

START_TEST(shades_are_parted_between_the_two_that_there_are)
{
    uint64_t histogram[SHADES] = {[30] = 5, [40] = 5, [200] = 30};
    struct otsu_split split = otsu_split(histogram);
    ck_assert_int_eq(split.at, 40);
    ck_assert_double_eq(split.apart, 165);
    ck_assert_double_eq(split.share, 0.25);
    memset(histogram, 0, sizeof histogram);
    ck_assert_int_eq(otsu_split(histogram).at, -1);
    histogram[7] = 9;
    ck_assert_int_eq(otsu_split(histogram).at, -1);
}
END_TEST

START_TEST(text_that_is_no_utf8_is_mended_and_the_rest_is_left)
{
    char good[] = "5\xc3\x97" "5 \xe2\x82\xac \xf0\x9f\x96\x8b", bad[] = "\xff\xc3(\xe2\x82";
    char overlong[] = "\xc0\xaf \xe0\x80\xaf";
    char surrogate[] = "\xed\xa0\x80", high[] = "\xf4\x90\x80\x80";
    ck_assert_str_eq(text_mend(good), "5\xc3\x97" "5 \xe2\x82\xac \xf0\x9f\x96\x8b");
    ck_assert_str_eq(text_mend(bad), "??" "(??");
    ck_assert_str_eq(text_mend(overlong), "?? ???");
    ck_assert_str_eq(text_mend(surrogate), "???");
    ck_assert_str_eq(text_mend(high), "????");
}
END_TEST

START_TEST(what_turns_the_direction_of_text_or_ends_a_line_is_mended)
{
    static const char *const commands[] = {
        "\u061c", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\u2069",
        "\xc2\x80", "\xc2\x9f", "\x7f", "\x1b", "\n", "\t", "\xff",
    };
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        char text[16];
        snprintf(text, sizeof text, "a%sb", commands[i]);
        text_mend(text);
        ck_assert_uint_eq(strlen(text), strlen(commands[i]) + 2);
        ck_assert_uint_eq(strspn(text, "a?b"), strlen(text));
    }
    char kept[] = "\u061b\u2027\u202f\u2065\u206a\u05d0\u00a0";
    ck_assert_str_eq(text_mend(kept), "\u061b\u2027\u202f\u2065\u206a\u05d0\u00a0");
}
END_TEST

START_TEST(a_mended_copy_is_cut_between_characters)
{
    char copy[8];
    ck_assert_str_eq(text_mend_copy("a\x1b[\xff\u20ac", copy, sizeof copy), "a?[?\u20ac");
    char any[] = "a\t\x1b\xff\u200f\u202e\u20ac\xc3";
    ck_assert_str_eq(text_make_utf8(any), "a\t\x1b?\u200f\u202e\u20ac?");
    ck_assert_str_eq(text_mend_copy("a\x1b[\xff\u20ac", copy, 7), "a?[?");
    ck_assert_str_eq(text_mend_copy("a", copy, 1), "");
}
END_TEST

/* ---- rng ----------------------------------------------------------------------------------- */

START_TEST(random_numbers_are_the_same_on_every_machine)
{
    /* From an independent program: splitmix64 and xoshiro256++ written in Python. */
    static const uint64_t want[4] = {
        0xd9893fc677d6169u, 0x8c202a1a1dd3b94du,
        0xb20f071eca7887c8u, 0x92b21a6dc9a40cbu};
    struct rng rng = rng_new(42, 7);
    for (int i = 0; i < 4; i++)
        ck_assert_uint_eq(rng_next(&rng), want[i]);
}
END_TEST

START_TEST(streams_of_a_seed_differ)
{
    struct rng a = rng_new(1, 0), b = rng_new(1, 1), c = rng_new(0, 1), d = rng_new(2, 0);
    uint64_t first[4] = {rng_next(&a), rng_next(&b), rng_next(&c), rng_next(&d)};
    for (int i = 0; i < 4; i++)
        for (int j = i + 1; j < 4; j++)
            ck_assert_uint_ne(first[i], first[j]);
}
END_TEST

START_TEST(normal_numbers_have_mean_0_and_deviation_1)
{
    struct rng rng = rng_new(3, 0);
    double sum = 0, squares = 0, fourth = 0;
    enum { COUNT = 200000 };
    for (int i = 0; i < COUNT; i++) {
        double x = (double)rng_normal(&rng);
        sum += x;
        squares += x * x;
        fourth += x * x * x * x;
    }
    ck_assert_double_eq_tol(sum / COUNT, 0, 0.01);
    ck_assert_double_eq_tol(squares / COUNT, 1, 0.02);
    ck_assert_double_eq_tol(fourth / COUNT, 3, 0.1);
}
END_TEST

START_TEST(numbers_below_n_are_even_and_stay_below)
{
    struct rng rng = rng_new(4, 0);
    int counts[7] = {0};
    for (int i = 0; i < 70000; i++)
        counts[rng_below(&rng, 7)]++;
    for (int i = 0; i < 7; i++)
        ck_assert_int_lt(abs(counts[i] - 10000), 500);
    for (int i = 0; i < 100000; i++) {
        float x = rng_range(&rng, -2, 3);
        ck_assert(x >= -2 && x < 3);
    }
}
END_TEST

START_TEST(shuffling_keeps_every_item_and_moves_most)
{
    uint32_t items[1000];
    bool seen[1000] = {false};
    int stayed = 0;
    for (uint32_t i = 0; i < 1000; i++)
        items[i] = i;
    struct rng rng = rng_new(5, 0);
    rng_shuffle(&rng, items, 1000);
    for (uint32_t i = 0; i < 1000; i++) {
        ck_assert(!seen[items[i]]);
        seen[items[i]] = true;
        stayed += items[i] == i;
    }
    ck_assert_int_lt(stayed, 10);
}
END_TEST

/* ---- numbers as text ----------------------------------------------------------------------- */

START_TEST(a_number_is_as_short_as_its_bits_allow)
{
    char text[NUMBER_TEXT_MAX];
    struct rng rng = rng_new(7, 0);
    ck_assert_str_eq(number_write(0.015f, text), "0.015");
    ck_assert_str_eq(number_write(3, text), "3");
    ck_assert_str_eq(number_write(12.34567f, text), "12.34567");
    ck_assert_str_eq(number_write_double(0.1, text), "0.1");
    for (int i = 0; i < 1000; i++) {
        double number = (double)(rng_next(&rng) >> 11) * 0x1p-60;
        ck_assert(strtof(number_write((float)number, text), NULL) == (float)number);
        ck_assert(strtod(number_write_double(number, text), NULL) == number);
    }
}
END_TEST

/* ---- files --------------------------------------------------------------------------------- */

START_TEST(a_file_comes_back_as_it_was_written)
{
    size_t size;
    struct files_part parts[2] = {{"ab\0c", 4}, {"de", 2}};
    ck_assert(files_write(in_folder("f"), parts, 2, &err));
    unsigned char *data = files_read(in_folder("f"), 100, &size, &err);
    ck_assert_uint_eq(size, 6);
    ck_assert_mem_eq(data, "ab\0cde", 7); /* with the zero that follows */
    free(data);
}
END_TEST

START_TEST(a_large_file_is_read_whole_and_a_larger_one_is_refused)
{
    enum { SIZE = 1000003 };
    char *data = malloc(SIZE);
    for (int i = 0; i < SIZE; i++)
        data[i] = (char)(i * 7 % 251);
    struct files_part part = {data, SIZE};
    size_t size;
    ck_assert(files_write(in_folder("f"), &part, 1, &err));
    unsigned char *back = files_read(in_folder("f"), SIZE, &size, &err);
    ck_assert_uint_eq(size, SIZE);
    ck_assert_mem_eq(back, data, SIZE);
    ck_assert_ptr_null(files_read(in_folder("f"), SIZE - 1, &size, &err));
    ck_assert_ptr_nonnull(strstr(err.text, in_folder("f")));
    free(back);
    free(data);
}
END_TEST

START_TEST(what_cannot_be_read_is_named)
{
    size_t size;
    ck_assert_ptr_null(files_read(in_folder("none"), 10, &size, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "none"));
    ck_assert_ptr_null(files_read(folder, 10, &size, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "folder"));
}
END_TEST

START_TEST(a_save_that_fails_leaves_the_old_file)
{
    ck_assert(write_text(in_folder("f"), "old"));
    struct rlimit limit, small = {4, 4};
    getrlimit(RLIMIT_FSIZE, &limit);
    small.rlim_max = limit.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small); /* a disk with room for four bytes */
    bool ok = write_text(in_folder("f"), "longer than that");
    setrlimit(RLIMIT_FSIZE, &limit);
    ck_assert(!ok);
    size_t size;
    unsigned char *data = files_read(in_folder("f"), 100, &size, &err);
    ck_assert_str_eq((char *)data, "old");
    free(data);
    char command[128];
    snprintf(command, sizeof command, "test $(ls '%s' | wc -l) = 1", folder);
    ck_assert_msg(system(command) == 0, "a temporary file is left over");
}
END_TEST

START_TEST(a_saved_file_has_the_rights_that_the_mask_allows)
{
    mode_t old = umask(027);
    ck_assert(write_text(in_folder("f"), "x"));
    umask(old);
    struct stat st;
    stat(in_folder("f"), &st);
    ck_assert_int_eq(st.st_mode & 0777, 0640);
}
END_TEST

START_TEST(a_save_goes_where_a_link_leads_and_the_link_stays)
{
    struct stat st;
    char link[FILES_PATH_MAX];
    strcpy(link, in_folder("link"));
    ck_assert(write_text(in_folder("f"), "old"));
    ck_assert_int_eq(symlink("f", link), 0);
    ck_assert(write_text(link, "new"));
    ck_assert_int_eq(lstat(link, &st), 0);
    ck_assert(S_ISLNK(st.st_mode));
    size_t size;
    unsigned char *data = files_read(in_folder("f"), 100, &size, &err);
    ck_assert_str_eq((char *)data, "new");
    free(data);
}
END_TEST

START_TEST(what_is_no_ordinary_file_is_never_replaced)
{
    struct stat st;
    ck_assert_int_eq(mkfifo(in_folder("pipe"), 0600), 0);
    ck_assert(!files_can_write(in_folder("pipe"), &err));
    ck_assert(!write_text(in_folder("pipe"), "x"));
    ck_assert_ptr_nonnull(strstr(err.text, "pipe is no ordinary file"));
    ck_assert_int_eq(stat(in_folder("pipe"), &st), 0);
    ck_assert(S_ISFIFO(st.st_mode));
    ck_assert(!write_text(folder, "x"));
    ck_assert_ptr_nonnull(strstr(err.text, "is a folder"));
    ck_assert(!write_text("", "x"));
}
END_TEST

START_TEST(asking_whether_a_file_can_be_written_leaves_no_trace)
{
    ck_assert(files_can_write(in_folder("f"), &err));
    ck_assert(!files_exist(in_folder("f")));
    ck_assert(!files_can_write(in_folder("none/f"), &err));
    ck_assert_int_eq(rmdir(folder), 0); /* it is empty */
    make_folder();
}
END_TEST

START_TEST(a_lock_that_is_held_is_waited_for_no_longer_than_was_said)
{
    int held, second = 0;
    ck_assert(files_lock(in_folder("l"), 0, &held, &err));
    ck_assert_int_ge(held, 0);
    double since = clock_seconds();
    ck_assert(!files_lock(in_folder("l"), 0.05, &second, &err));
    ck_assert(clock_seconds() - since >= 0.05);
    ck_assert_int_eq(second, -1);
    ck_assert_ptr_nonnull(strstr(err.text, in_folder("l")));
    files_unlock(held);
    ck_assert(files_lock(in_folder("l"), 0, &second, &err));
    ck_assert_int_ge(second, 0);
    files_unlock(second);
}
END_TEST

static void *let_go_later(void *lock)
{
    usleep(50000);
    files_unlock(*(int *)lock);
    return NULL;
}

/* How long it took to get a lock that another thread held and let go. */
static double wait_for_lock(void)
{
    int held, second;
    pthread_t thread;
    ck_assert(files_lock(in_folder("l"), 0, &held, &err));
    ck_assert_int_eq(pthread_create(&thread, NULL, let_go_later, &held), 0);
    double since = clock_seconds();
    ck_assert(files_lock(in_folder("l"), 60, &second, &err));
    double seconds = clock_seconds() - since;
    ck_assert_int_ge(second, 0);
    pthread_join(thread, NULL);
    files_unlock(second);
    return seconds;
}

START_TEST(a_lock_that_is_let_go_in_time_is_taken)
{
    double longest = 0; /* on a busy machine it may be free before it is asked for */
    for (int i = 0; i < 20 && longest < 0.005; i++) {
        double seconds = wait_for_lock();
        longest = seconds > longest ? seconds : longest;
    }
    ck_assert_double_ge(longest, 0.005);
}
END_TEST

START_TEST(where_there_can_be_no_lock_none_is_taken)
{
    int lock = 0;
    ck_assert(files_lock(in_folder("none/l"), 0, &lock, &err));
    ck_assert_int_eq(lock, -1);
    files_unlock(lock);
}
END_TEST

START_TEST(folders_are_made_with_those_above_them)
{
    ck_assert(files_make_folder(in_folder("a/b/c"), &err));
    ck_assert(files_make_folder(in_folder("a/b/c"), &err));
    ck_assert(files_exist(in_folder("a/b/c")));
    ck_assert(write_text(in_folder("a/f"), "x"));
    ck_assert(!files_make_folder(in_folder("a/f"), &err));
    ck_assert(!files_make_folder(in_folder("a/f/g"), &err));
}
END_TEST

START_TEST(user_folders_follow_the_xdg_rules)
{
    char path[FILES_PATH_MAX];
    setenv("HOME", "/home/someone", 1);
    unsetenv("XDG_DATA_HOME");
    setenv("XDG_CONFIG_HOME", "relative/is/ignored", 1);
    setenv("XDG_STATE_HOME", "/state", 1);
    ck_assert_str_eq(files_user_path(FILES_DATA, "models", path),
                     "/home/someone/.local/share/inkling/models");
    ck_assert_str_eq(files_user_path(FILES_CONFIG, NULL, path), "/home/someone/.config/inkling");
    ck_assert_str_eq(files_user_path(FILES_STATE, "x", path), "/state/inkling/x");
    ck_assert_str_eq(files_name("/a/b.c"), "b.c");
    ck_assert_str_eq(files_name("b.c"), "b.c");
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("base");
    TCase *t = tcase_create("base");
    tcase_add_checked_fixture(t, make_folder, remove_folder);
    tcase_add_test(t, a_sentence_that_is_too_long_is_cut);
    tcase_add_test(t, what_is_quoted_in_a_sentence_cannot_command_a_terminal);
    tcase_add_test(t, text_that_is_no_utf8_is_mended_and_the_rest_is_left);
    tcase_add_test(t, a_character_is_not_read_beyond_the_end_it_is_given);
    tcase_add_test(t, every_character_that_is_written_is_read_again);
    tcase_add_test(t, a_text_is_walked_to_its_end_and_back_over_the_same_places);
    tcase_add_test(t, paths_are_cut_and_joined_with_one_slash);
    tcase_add_test(t, shades_are_parted_between_the_two_that_there_are);
    tcase_add_test(t, what_turns_the_direction_of_text_or_ends_a_line_is_mended);
    tcase_add_test(t, a_mended_copy_is_cut_between_characters);
    tcase_add_test(t, random_numbers_are_the_same_on_every_machine);
    tcase_add_test(t, streams_of_a_seed_differ);
    tcase_add_test(t, normal_numbers_have_mean_0_and_deviation_1);
    tcase_add_test(t, numbers_below_n_are_even_and_stay_below);
    tcase_add_test(t, shuffling_keeps_every_item_and_moves_most);
    tcase_add_test(t, a_number_is_as_short_as_its_bits_allow);
    tcase_add_test(t, a_file_comes_back_as_it_was_written);
    tcase_add_test(t, a_large_file_is_read_whole_and_a_larger_one_is_refused);
    tcase_add_test(t, what_cannot_be_read_is_named);
    tcase_add_test(t, a_save_that_fails_leaves_the_old_file);
    tcase_add_test(t, a_saved_file_has_the_rights_that_the_mask_allows);
    tcase_add_test(t, a_save_goes_where_a_link_leads_and_the_link_stays);
    tcase_add_test(t, what_is_no_ordinary_file_is_never_replaced);
    tcase_add_test(t, asking_whether_a_file_can_be_written_leaves_no_trace);
    tcase_add_test(t, a_lock_that_is_held_is_waited_for_no_longer_than_was_said);
    tcase_add_test(t, a_lock_that_is_let_go_in_time_is_taken);
    tcase_add_test(t, where_there_can_be_no_lock_none_is_taken);
    tcase_add_test(t, folders_are_made_with_those_above_them);
    tcase_add_test(t, user_folders_follow_the_xdg_rules);
    suite_add_tcase(suite, t);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* How large everything is: what desktops say of it, and what their words come to. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/scale.h"
#include "test_sys_window.h"

static float choose(struct scale_words words)
{
    if (words.width == 0)
        words.width = 1920, words.height = 1080;
    return scale_choose(&words);
}

START_TEST(what_the_environment_says_counts)
{
    ck_assert_float_eq(choose((struct scale_words){.gdk = "2"}), 2);
    ck_assert_float_eq(choose((struct scale_words){.qt = "1.5"}), 1.5f);
    ck_assert_float_eq(choose((struct scale_words){.gdk_dpi = "1.25"}), 1.25f);
    ck_assert_float_eq(choose((struct scale_words){.gdk = "1", .qt = "2"}), 2);
    ck_assert_float_eq(choose((struct scale_words){.gdk = "1", .width = 3840, .height = 2160}), 1);
    /* as KDE says twice */
    ck_assert_float_eq(choose((struct scale_words){.gdk = "2", .gdk_dpi = "0.5",
                                                   .resources = "Xft.dpi:\t192\n"}), 2);
}
END_TEST

START_TEST(what_makes_no_sense_is_not_heard)
{
    static const char *const words[] = {"",    "two", "0",   "-1",   "nan",
                                        "1e9", "2x",  "100", "0.01", "."};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        ck_assert_msg(choose((struct scale_words){.gdk = words[i]}) == 1, "%s", words[i]);
        ck_assert_float_eq(choose((struct scale_words){.qt = words[i],
                                                       .resources = "Xft.dpi: 144"}), 1.5f);
    }
}
END_TEST

START_TEST(the_resolution_of_fonts_tells_the_scale)
{
    static const struct {
        const char *text;
        float scale;
    } rows[] = {
        {"Xft.dpi:\t192\n", 2},
        {"Xcursor.size: 24\nXft.dpi: 144\nXft.antialias: 1\n", 1.5f},
        {"Xft.dpi: 96\n", 1},
        {"Xft.dpi:120", 1.25f},
        {"Xft.dpi: 101.6\n", 1},
        {"*customization: -color\n  Xft*dpi :  192.0  \n", 2},
        {"Xft.dpi: 96\nXft.dpi: 192\n", 2},
        {"! Xft.dpi: 192\n", 1},
        {"XTerm.Xft.dpi: 192\n", 1},
        {"Xft.dpi:\nXft.dpis: 192\nXft.dpi 192\n", 1},
        {"Xft.dpi: 100000\n", 1},
        {"", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        float scale = choose((struct scale_words){.resources = rows[i].text});
        ck_assert_msg(scale == rows[i].scale, "%s: %g", rows[i].text, (double)scale);
    }
    ck_assert_float_eq(choose((struct scale_words){.resources = "Xft.dpi: 96\n", .width = 3840,
                                                   .height = 2160}), 1);
}
END_TEST

START_TEST(where_nothing_is_said_the_screen_lets_guess)
{
    static const struct {
        int width, height;
        float scale;
    } rows[] = {
        {640, 480, 1},     {1024, 768, 1},      {1366, 768, 1},      {1920, 1080, 1},
        {1920, 1200, 1},   {2560, 1440, 1},     {2560, 1600, 1},     {3440, 1440, 1},
        {5120, 1440, 1},   {2880, 1800, 1.5f},  {3200, 1800, 1.5f},  {3840, 2160, 2},
        {2160, 3840, 2},   {3840, 2400, 2},     {5120, 2880, 2.5f},  {7680, 4320, 4},
        {100000, 100000, 8},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        float scale = choose((struct scale_words){.width = rows[i].width,
                                                  .height = rows[i].height});
        ck_assert_msg(scale == rows[i].scale, "%d x %d: %g", rows[i].width, rows[i].height,
                      (double)scale);
    }
}
END_TEST

/* ---- asking ---------------------------------------------------------------------------------- */

static char folder[40], home_before[1000], path_before[4000];

static void write_file(const char *name, const char *text)
{
    char path[100];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    chmod(path, 0755);
}

static void remove_file(const char *name)
{
    char path[100];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
}

static void keep(char *copy, size_t size, const char *name)
{
    const char *value = getenv(name);
    snprintf(copy, size, "%s", value ? value : "");
}

static void make_home(void)
{
    keep(home_before, sizeof home_before, "HOME");
    keep(path_before, sizeof path_before, "PATH");
    strcpy(folder, "/tmp/inkling-scale-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    setenv("HOME", folder, 1);
    setenv("PATH", folder, 1);
}

static void remove_home(void)
{
    remove_file("xrdb");
    remove_file(".Xresources");
    remove_file(".Xdefaults");
    rmdir(folder);
    setenv("HOME", home_before, 1);
    setenv("PATH", path_before, 1);
}

static void check_answer(const char *wanted)
{
    struct process question = scale_ask();
    char *text = scale_answer(&question);
    if (wanted)
        ck_assert_str_eq(text, wanted);
    else
        ck_assert_ptr_null(text);
    free(text);
}

START_TEST(the_x_server_is_asked_before_the_files_at_home)
{
    check_answer(NULL);
    write_file(".Xdefaults", "Xft.dpi: 120\n");
    check_answer("Xft.dpi: 120\n");
    write_file(".Xresources", "Xft.dpi: 144\n");
    check_answer("Xft.dpi: 144\n");
    write_file("xrdb", "#!/bin/sh\n[ \"$1\" = -query ] && echo 'Xft.dpi: 192'\n");
    check_answer("Xft.dpi: 192\n");
    write_file("xrdb", "#!/bin/sh\necho trouble >&2\nexit 1\n");
    check_answer("Xft.dpi: 144\n");
}
END_TEST

START_TEST(a_home_that_is_no_whole_path_is_none)
{
    char before[4096];
    write_file(".Xresources", "Xft.dpi: 144\n");
    ck_assert_ptr_nonnull(getcwd(before, sizeof before));
    ck_assert_int_eq(chdir(folder), 0);
    setenv("HOME", ".", 1);
    struct process question = scale_ask();
    char *text = scale_answer(&question);
    ck_assert_int_eq(chdir(before), 0);
    ck_assert(!text || strcmp(text, "Xft.dpi: 144\n") != 0);
    free(text);
}
END_TEST

START_TEST(an_answer_that_does_not_come_is_not_waited_for)
{
    write_file("xrdb", "#!/bin/sh\nexec /bin/sleep 600\n");
    write_file(".Xresources", "Xft.dpi: 144\n");
    check_answer("Xft.dpi: 144\n");
    write_file("xrdb", "#!/bin/sh\nwhile :; do echo 'a line that never ends'; done\n");
    check_answer("Xft.dpi: 144\n");
}
END_TEST

void add_scale_tests(Suite *suite)
{
    TCase *words = tcase_create("words"), *asking = tcase_create("asking");
    tcase_add_test(words, what_the_environment_says_counts);
    tcase_add_test(words, what_makes_no_sense_is_not_heard);
    tcase_add_test(words, the_resolution_of_fonts_tells_the_scale);
    tcase_add_test(words, where_nothing_is_said_the_screen_lets_guess);
    tcase_add_checked_fixture(asking, make_home, remove_home);
    tcase_add_test(asking, the_x_server_is_asked_before_the_files_at_home);
    tcase_add_test(asking, a_home_that_is_no_whole_path_is_none);
    tcase_add_test(asking, an_answer_that_does_not_come_is_not_waited_for);
    tcase_set_timeout(asking, 60);
    suite_add_tcase(suite, words);
    suite_add_tcase(suite, asking);
}

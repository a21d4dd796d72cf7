/* SPDX-License-Identifier: MIT */
/* The page of the four programs: what it saves is what it shows, and it measures what it says. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/stage/programs_stage.h"
#include "data/dataset.h"
#include "stage_worlds.h"
#include "suite.h"

enum { IMAGES = 100 };

static struct err err;

static const struct programs_stage *begin_programs(void)
{
    begin_stage(&programs_stage_kind, IMAGES);
    world.train = digits;
    stage_update(stage, &world);
    return (const struct programs_stage *)stage;
}

static void check_file(const struct programs_stage *shown, int kind)
{
    char path[FILES_PATH_MAX + 64];
    char *text = NULL;
    size_t room = 0;
    snprintf(path, sizeof path, "%s/%s", shown->folder, program_file((enum program_kind)kind));
    FILE *file = fopen(path, "r");
    ck_assert_msg(file && getdelim(&text, &room, 0, file) > 0, "%s", path);
    ck_assert_str_eq(text, shown->texts[kind]);
    fclose(file);
    free(text);
}

START_TEST(what_is_saved_is_what_is_shown)
{
    char home[] = "/tmp/programs.XXXXXX", command[64];
    ck_assert_ptr_nonnull(mkdtemp(home));
    setenv("XDG_DATA_HOME", home, 1);
    const struct programs_stage *shown = begin_programs();
    ck_assert_double_eq(figure_of("saved"), 0);
    give("save", "1");
    ck_assert_double_eq(figure_of("saved"), PROGRAM_KINDS);
    ck_assert_int_eq(strncmp(shown->folder, home, strlen(home)), 0);
    for (int i = 0; i < PROGRAM_KINDS; i++)
        check_file(shown, i);
    give("recipe", "1"); /* LeNet-5, which numpy's cannot be; nothing of it is saved yet */
    ck_assert_double_eq(figure_of("saved"), 0);
    ck_assert_double_eq(figure_of("lines-numpy"), 0);
    give("save", "1");
    ck_assert_double_eq(figure_of("saved"), PROGRAM_KINDS - 1);
    end_stage();
    snprintf(command, sizeof command, "rm -r %s", home);
    ck_assert_int_eq(system(command), 0);
}
END_TEST

START_TEST(lines_are_those_of_the_programs)
{
    static const char *const names[] = {"lines-numpy", "lines-c", "lines-torch", "lines-keras"};
    const struct programs_stage *shown = begin_programs();
    double least = INFINITY;
    for (int i = 0; i < PROGRAM_KINDS; i++) {
        int lines = program_lines((enum program_kind)i, shown->texts[i]);
        ck_assert_double_eq(figure_of(names[i]), lines);
        least = fmin(least, lines);
    }
    ck_assert_double_eq(figure_of(names[(int)figure_of("fewest") - 1]), least);
    end_stage();
}
END_TEST

START_TEST(seconds_are_there_once_they_were_measured)
{
    begin_programs();
    ck_assert(isnan(figure_of("seconds")));
    give("measure", "1");
    ck_assert(!stage_set(stage, "measure", "1", &err) || !stage_busy(stage));
    settle_stage();
    ck_assert(figure_of("seconds") > 0);
    ck_assert_double_eq_tol(figure_of("rate") * figure_of("seconds"), IMAGES, 1e-6);
    give("recipe", "2"); /* another network: what was measured is not its */
    ck_assert(isnan(figure_of("seconds")));
    end_stage();
}
END_TEST

START_TEST(too_few_images_get_a_sentence)
{
    const struct programs_stage *shown = begin_programs();
    give("recipe", "2");
    give("images", "5"); /* less than a mini-batch of 128 */
    give("measure", "1");
    settle_stage();
    ck_assert(isnan(figure_of("seconds")));
    ck_assert_ptr_nonnull(strstr(shown->trouble.text, "mini-batch"));
    give("recipe", "0");
    ck_assert_str_eq(shown->trouble.text, "");
    end_stage();
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("programs_stage");
    TCase *tcase = tcase_create("programs_stage");
    tcase_add_test(tcase, what_is_saved_is_what_is_shown);
    tcase_add_test(tcase, lines_are_those_of_the_programs);
    tcase_add_test(tcase, seconds_are_there_once_they_were_measured);
    tcase_add_test(tcase, too_few_images_get_a_sentence);
    suite_add_tcase(suite, tcase);
    return suite;
}

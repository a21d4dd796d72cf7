/* SPDX-License-Identifier: MIT */
/* The programs that are written of a recipe: Python takes them, they say what they leave out, and
 * numpy's reaches what this project's own training reaches, where numpy is there. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "program/program.h"
#include "suite.h"
#include "train/recipe.h"

static struct err err;
static char folder[] = "/tmp/programs.XXXXXX";
static const char *const names[] = {"nielsen-30", "nielsen-100", "lenet5", "swift", "best"};
enum { NAMES = sizeof names / sizeof *names };

static char *write_program(enum program_kind kind, const char *name)
{
    struct recipe recipe;
    ck_assert_msg(recipe_find(name, &recipe, &err), "%s", err.text);
    return program_write(kind, &recipe, &err);
}

static void save(const char *name, const char *text)
{
    char path[100];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    ck_assert_msg(out && fputs(text, out) >= 0 && fclose(out) == 0, "%s", path);
}

/* A command with a file of the folder behind it. */
static int run(const char *what, const char *name)
{
    char command[300];
    snprintf(command, sizeof command, "%s %s/%s", what, folder, name);
    return system(command);
}

START_TEST(python_takes_every_one)
{
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    for (int kind = 0; kind < PROGRAM_KINDS; kind++) {
        char *text = write_program((enum program_kind)kind, names[_i]);
        if (kind == PROGRAM_C || (kind == PROGRAM_NUMPY && _i > 1)) {
            free(text);
            continue;
        }
        ck_assert_msg(text != NULL, "%s", err.text);
        save(program_file((enum program_kind)kind), text);
        ck_assert_msg(run("python3 -m py_compile", program_file((enum program_kind)kind)) == 0,
                      "%s of %s is no Python", program_name((enum program_kind)kind), names[_i]);
        free(text);
    }
    ck_assert_int_eq(run("rm -r", ""), 0);
}
END_TEST

START_TEST(what_numpy_cannot_do_gets_a_sentence)
{
    ck_assert_ptr_null(write_program(PROGRAM_NUMPY, "lenet5"));
    ck_assert_ptr_nonnull(strstr(err.text, "sigmoid"));
    char *text = write_program(PROGRAM_NUMPY, "nielsen-30");
    ck_assert_ptr_nonnull(strstr(text, "sizes = [784, 30, 10]"));
    ck_assert_ptr_nonnull(strstr(text, "np.float32(3.0)"));
    ck_assert_ptr_nonnull(strstr(text, "x[:50000]"));
    free(text);
}
END_TEST

START_TEST(what_is_left_out_is_said)
{
    for (int kind = PROGRAM_TORCH; kind < PROGRAM_KINDS; kind++) {
        char *text = write_program((enum program_kind)kind, "best");
        ck_assert_ptr_nonnull(strstr(text, "# left out: the images are not bent"));
        ck_assert_ptr_nonnull(strstr(text, "# left out: the weights are not averaged"));
        ck_assert_ptr_nonnull(strstr(text, "# left out: no pen strokes"));
        free(text);
        text = write_program((enum program_kind)kind, "lenet5");
        ck_assert_ptr_null(strstr(text, "left out"));
        free(text);
    }
}
END_TEST

/* Each layer of swift, with its sizes, in the words of the framework. */
START_TEST(the_network_is_the_recipes)
{
    static const char *const torch[] = {
        "nn.Unflatten(1, (1, 28, 28))",
        "nn.Conv2d(1, 16, (5, 5), stride=2, padding=0)",
        "nn.BatchNorm2d(16), nn.ReLU()",
        "nn.Conv2d(16, 32, (3, 3), stride=2, padding=0)",
        "nn.Flatten(), nn.Linear(800, 64), nn.BatchNorm1d(64), nn.ReLU()",
        "nn.Linear(64, 10)",
        "AdamW(net.parameters(), 0.03, betas=(0.7, 0.9)",
        "cross_entropy",
        "schedule.step()",
    };
    static const char *const keras[] = {
        "layers.Reshape((28, 28, 1))",
        "layers.Conv2D(16, (5, 5), strides=2)",
        "layers.BatchNormalization()",
        "layers.Dense(64)",
        "layers.Activation('softmax')",
        "categorical_crossentropy",
        "batch_size=128",
    };
    char *text = write_program(PROGRAM_TORCH, "swift");
    for (size_t i = 0; i < sizeof torch / sizeof *torch; i++)
        ck_assert_msg(strstr(text, torch[i]) != NULL, "no %s in\n%s", torch[i], text);
    free(text);
    text = write_program(PROGRAM_KERAS, "swift");
    for (size_t i = 0; i < sizeof keras / sizeof *keras; i++)
        ck_assert_msg(strstr(text, keras[i]) != NULL, "no %s in\n%s", keras[i], text);
    free(text);
}
END_TEST

START_TEST(lines_that_say_nothing_are_not_counted)
{
    ck_assert_int_eq(program_lines(PROGRAM_TORCH, "# a\n\nb = 1\n    # c\n  d()\n"), 2);
    ck_assert_int_eq(program_lines(PROGRAM_C, "/* a */\nint b;\n\n   /* c\n    * d */\n}\n"), 2);
    ck_assert_int_eq(program_lines(PROGRAM_C, ""), 0);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("program");
    TCase *tcase = tcase_create("program");
    tcase_add_loop_test(tcase, python_takes_every_one, 0, NAMES);
    tcase_add_test(tcase, what_numpy_cannot_do_gets_a_sentence);
    tcase_add_test(tcase, what_is_left_out_is_said);
    tcase_add_test(tcase, the_network_is_the_recipes);
    tcase_add_test(tcase, lines_that_say_nothing_are_not_counted);
    suite_add_tcase(suite, tcase);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* The programs that are written of a recipe: Python takes them, they say what they leave out, and
 * where numpy, PyTorch or Keras is there, its program reaches what this project's own training
 * does. The one in C is built and run by check_reader.py. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "data/idx.h"
#include "data/synthetic.h"
#include "kern/kern.h"
#include "par/pool.h"
#include "program/program.h"
#include "suite.h"
#include "train/recipe.h"
#include "train/run.h"

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
        text = write_program((enum program_kind)kind, "nielsen-30");
        ck_assert_ptr_null(strstr(text, "left out"));
        free(text);
    }
}
END_TEST

/* Nothing of a recipe is dropped without a word. */
START_TEST(each_setting_is_followed_or_named)
{
    static const struct {
        enum program_kind kind;
        const char *recipe, *key, *value, *said;
    } cases[] = {
        {PROGRAM_NUMPY, "nielsen-30", "l2", "0.001", "dw += np.float32(0.001) * len(x) * w"},
        {PROGRAM_NUMPY, "nielsen-30", "decay", "0.25",
         "# left out: the weights do not decay (0.25"},
        {PROGRAM_NUMPY, "nielsen-30", "hold-back", "7000", "x[:-7000], labels[:-7000]"},
        {PROGRAM_TORCH, "nielsen-30", "hold-back", "7000", "# left out: no epoch is chosen"},
        {PROGRAM_TORCH, "nielsen-30", "l2", "0.001", "# not quite the same: biases decay too"},
        {PROGRAM_TORCH, "lenet5", "l2", "0.001", "# left out: there is no L2"},
        {PROGRAM_TORCH, "lenet5", "decay", "0.25", "# not quite the same: biases decay too"},
        {PROGRAM_TORCH, "lenet5", "seed", "77", "# left out: weights start as PyTorch has it"},
        {PROGRAM_TORCH, "lenet5", "cost", "quadratic", "nn.Linear(84, 10), nn.Softmax(1),"},
        {PROGRAM_KERAS, "nielsen-30", "l2", "0.001", "# left out: there is no L2"},
        {PROGRAM_KERAS, "nielsen-30", "hold-back", "7000", "x[:-7000], labels[:-7000]"},
        {PROGRAM_KERAS, "nielsen-30", "seed", "77", "layers.Dense(10, **start()),"},
        {PROGRAM_KERAS, "lenet5", "seed", "77", "# left out: weights start as Keras has it"},
    };
    struct recipe recipe;
    ck_assert(recipe_find(cases[_i].recipe, &recipe, &err));
    char *before = program_write(cases[_i].kind, &recipe, &err);
    ck_assert_msg(recipe_set(&recipe, cases[_i].key, cases[_i].value, &err), "%s", err.text);
    char *text = program_write(cases[_i].kind, &recipe, &err);
    ck_assert_ptr_nonnull(text);
    ck_assert_msg(strstr(text, cases[_i].said) != NULL, "no %s in\n%s", cases[_i].said, text);
    ck_assert_str_ne(text, before);
    free(before);
    free(text);
}
END_TEST
enum { SETTING_CASES = 13 };

/* A map of one row and column is a map still, and a list is not: they are told apart by rank. */
START_TEST(maps_and_lists_are_turned_into_one_another)
{
    static const struct {
        const char *net, *torch, *keras;
    } cases[] = {
        {"conv 4 28x28 norm relu, dense 10 softmax",
         "nn.BatchNorm2d(4), nn.ReLU(), \n    nn.Flatten(), nn.Linear(4, 10)",
         "layers.Flatten(),\n    layers.Dense(10)"},
        {"maxpool 4, conv 10 7x7 sigmoid", "nn.Sigmoid(), \n    nn.Flatten(),\n)",
         "layers.Activation('sigmoid'),\n    layers.Flatten(),\n])"},
        {"dense 30 relu, conv 10 1x1 sigmoid", "nn.Unflatten(1, (30, 1, 1)),\n    nn.Conv2d(30",
         "layers.Reshape((1, 1, 30)),\n    layers.Conv2D(10"},
    };
    struct recipe recipe;
    ck_assert(recipe_find("lenet5", &recipe, &err));
    ck_assert_msg(recipe_set(&recipe, "net", cases[_i].net, &err), "%s", err.text);
    char *torch = program_write(PROGRAM_TORCH, &recipe, &err);
    char *keras = program_write(PROGRAM_KERAS, &recipe, &err);
    ck_assert_msg(torch && keras, "%s", err.text);
    ck_assert_msg(strstr(torch, cases[_i].torch) != NULL, "%s", torch);
    ck_assert_msg(strstr(keras, cases[_i].keras) != NULL, "%s", keras);
    free(torch);
    free(keras);
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
        "layers.BatchNormalization(momentum=0.9, epsilon=1e-5)",
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

/* ---- run ------------------------------------------------------------------------------------- */

enum { LEARNT = 2000, TESTED = 500, SEEDS_APART = 8 /* points of accuracy */ };

static void save_digits(const char *split, const struct dataset *digits)
{
    char images[100], labels[100];
    snprintf(images, sizeof images, "%s/%s-images-idx3-ubyte", folder, split);
    snprintf(labels, sizeof labels, "%s/%s-labels-idx1-ubyte", folder, split);
    ck_assert_msg(idx_save(images, labels, digits, &err), "%s", err.text);
}

/* Percent right after the last epoch, by this project. */
static double train_here(const struct recipe *recipe)
{
    struct dataset *train = synthetic_new(3, DATASET_TRAIN, LEARNT, &err);
    struct dataset *test = synthetic_new(3, DATASET_TEST, TESTED, &err);
    struct pool *pool = pool_new(1, false, &err);
    const struct run_setup setup = {.recipe = recipe,
                                    .train = train,
                                    .test = test,
                                    .pool = pool,
                                    .test_each_epoch = true,
                                    .kern = kern_best()};
    struct run *learning = run_new(&setup, &err);
    ck_assert_msg(learning != NULL, "%s", err.text);
    while (learning->state == RUN_GOES_ON)
        run_step(learning);
    double right = 100 * (double)learning->history.epochs[recipe->epochs - 1].test_accuracy;
    run_free(learning);
    save_digits("train", train);
    save_digits("t10k", test);
    pool_free(pool);
    dataset_free(train);
    dataset_free(test);
    return right;
}

/* The python that has that module, or NULL. */
static const char *find_python(const char *module)
{
    static const char *const pythons[] = {"python3", "/usr/bin/python3"};
    char command[200];
    for (size_t i = 0; i < sizeof pythons / sizeof *pythons; i++) {
        snprintf(command, sizeof command, "%s -c 'import %s' >/dev/null 2>&1", pythons[i], module);
        if (system(command) == 0)
            return pythons[i];
    }
    return NULL;
}

/* Percent right in the last line that the program prints. */
static double run_program(const char *python, enum program_kind kind)
{
    char command[300], line[200];
    double right = -1;
    snprintf(command, sizeof command, "OMP_NUM_THREADS=1 %s %s/%s %s", python, folder,
             program_file(kind), folder);
    FILE *printed = popen(command, "r");
    ck_assert_ptr_nonnull(printed);
    while (fgets(line, sizeof line, printed))
        sscanf(line, "epoch %*d: %lf %%", &right);
    ck_assert_msg(pclose(printed) == 0, "%s fails", program_name(kind));
    return right;
}

START_TEST(a_program_reaches_what_is_reached_here)
{
    static const struct {
        enum program_kind kind;
        const char *module, *recipe, *epochs;
    } cases[] = {{PROGRAM_NUMPY, "numpy", "nielsen-30", "15"},
                 {PROGRAM_TORCH, "torch", "nielsen-30", "15"},
                 {PROGRAM_TORCH, "torch", "swift", "3"},
                 {PROGRAM_KERAS, "keras", "nielsen-30", "15"},
                 {PROGRAM_KERAS, "keras", "swift", "3"}};
    const char *python = find_python(cases[_i].module);
    if (!python) {
        printf("# skipped: there is no %s\n", cases[_i].module);
        return;
    }
    struct recipe recipe;
    ck_assert(recipe_find(cases[_i].recipe, &recipe, &err));
    ck_assert(recipe_set(&recipe, "images", "0", &err));
    ck_assert(recipe_set(&recipe, "augment", "none", &err));
    /* By the book's start an answer may be dead for long, here or there. */
    ck_assert(recipe_set(&recipe, "start", "auto", &err));
    ck_assert(recipe_set(&recipe, "epochs", cases[_i].epochs, &err));
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    double here = train_here(&recipe);
    char *text = program_write(cases[_i].kind, &recipe, &err);
    save(program_file(cases[_i].kind), text);
    free(text);
    double there = run_program(python, cases[_i].kind);
    ck_assert_msg(there >= here - SEEDS_APART && there <= here + SEEDS_APART,
                  "%s by %s: %.1f %%, and %.1f %% here", cases[_i].recipe, cases[_i].module, there,
                  here);
    ck_assert_int_eq(run("rm -r", ""), 0);
}
END_TEST
enum { RUN_CASES = 5 };

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
    tcase_add_loop_test(tcase, each_setting_is_followed_or_named, 0, SETTING_CASES);
    tcase_add_loop_test(tcase, maps_and_lists_are_turned_into_one_another, 0, 3);
    tcase_add_test(tcase, the_network_is_the_recipes);
    tcase_add_loop_test(tcase, a_program_reaches_what_is_reached_here, 0, RUN_CASES);
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, lines_that_say_nothing_are_not_counted);
    suite_add_tcase(suite, tcase);
    return suite;
}

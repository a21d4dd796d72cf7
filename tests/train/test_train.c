/* SPDX-License-Identifier: MIT */
/* Recipes as values and as text, the history, and what a model's file says. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/err.h"
#include "base/files.h"
#include "eval/verdict.h"
#include "model/model.h"
#include "nn/nn.h"
#include "suite.h"
#include "train/history.h"
#include "train/recipe.h"
#include "train/report.h"
#include "train/trainer.h"
#include "train_helpers.h"

START_TEST(every_built_in_recipe_makes_sense)
{
    const struct recipe *recipe = recipe_at(_i);
    struct err err = {""};
    ck_assert_msg(recipe_check(recipe, &err), "%s: %s", recipe->name, err.text);
    ck_assert_uint_gt(strlen(recipe->about), 20);
    struct nn *net = nn_new(recipe->net, &err);
    ck_assert_uint_lt(nn_param_len(net), 520000);
    nn_free(net);
}
END_TEST

START_TEST(the_books_recipe_is_the_books)
{
    struct recipe r = make_recipe("nielsen-30", "");
    ck_assert_str_eq(r.net, "784-30-10");
    ck_assert(r.cost == NN_QUADRATIC && r.start == NN_START_BOOK && r.optim.kind == OPTIM_SGD);
    ck_assert(r.schedule.kind == SCHEDULE_CONSTANT && r.schedule.rate == 3.0f);
    ck_assert(r.batch == 10 && r.epochs == 30 && r.images == 50000 && r.hold_back == 0);
    ck_assert(r.optim.l2 == 0 && r.smoothing == 0 && r.averaging == 0);
}
END_TEST

START_TEST(what_was_changed_in_a_recipe_is_told_but_for_the_seed)
{
    char text[RECIPE_CHANGES_MAX];
    struct recipe recipe = *recipe_at(0);
    ck_assert_str_eq(recipe_changes(&recipe, text), "");
    recipe.seed = 99;
    ck_assert_str_eq(recipe_changes(&recipe, text), "");
    ck_assert(recipe_set(&recipe, "batch", "20", NULL));
    ck_assert(recipe_set(&recipe, "images", "1000", NULL));
    recipe_changes(&recipe, text);
    ck_assert_ptr_nonnull(strstr(text, "batch 20"));
    ck_assert_ptr_nonnull(strstr(text, "images 1000"));
    ck_assert_ptr_nonnull(strstr(text, ", "));
    ck_assert_ptr_null(strstr(text, "seed"));
    memset(recipe.net, 'x', sizeof recipe.net - 1); /* longer than there is room for */
    recipe.net[sizeof recipe.net - 1] = 0;
    recipe_changes(&recipe, text);
    ck_assert_uint_lt(strlen(text), RECIPE_CHANGES_MAX);
}
END_TEST

START_TEST(an_unknown_recipe_is_answered_with_the_names)
{
    struct recipe recipe;
    struct err err;
    ck_assert(!recipe_find("swfit", &recipe, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "\"swfit\"; did you mean swift?"));
    ck_assert(!recipe_find("nielsen", &recipe, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "\"nielsen\""));
    for (int i = 0; i < recipe_count(); i++)
        ck_assert_ptr_nonnull(strstr(err.text, recipe_at(i)->name));
}
END_TEST

static const char *const good[][2] = {
    {"net", "784-12-10"},
    {"cost", "cross-entropy"},
    {"start", "auto"},
    {"optimiser", "momentum"},
    {"beta1", "0.83"},
    {"beta2", "0.97"},
    {"decay", "0.0125"},
    {"l2", "0.0001"},
    {"schedule", "one-cycle"},
    {"rising", "0.3"},
    {"rate", "0.015"},
    {"batch", "17"},
    {"epochs", "4"},
    {"augment", "shift 2 rotate 10"},
    {"stroke-share", "0.4"},
    {"drawn-share", "0.25"},
    {"outlier-share", "0.08"},
    {"smoothing", "0.05"},
    {"averaging", "0.998"},
    {"images", "1000"},
    {"hold-back", "10000"},
    {"weights", "half"},
    {"seed", "18446744073709551615"},
};

START_TEST(a_setting_reads_back_as_it_was_written)
{
    struct recipe recipe = make_recipe("nielsen-30", "");
    char value[RECIPE_VALUE_MAX];
    struct err err = {""};
    int count = sizeof good / sizeof good[0];
    for (int i = 0; i < count; i++) {
        ck_assert_msg(recipe_set(&recipe, good[i][0], good[i][1], &err), "%s", err.text);
        ck_assert(recipe_get(&recipe, good[i][0], value));
        ck_assert_str_eq(value, good[i][1]);
        ck_assert_str_eq(recipe_key(i), good[i][0]);
    }
    ck_assert_ptr_null(recipe_key(count));
    ck_assert_ptr_null(recipe_key(-1));
}
END_TEST

START_TEST(a_wrong_value_is_quoted_and_changes_nothing)
{
    static const char *const bad[][2] = {
        {"epochs", "abc"},
        {"epochs", "0"},
        {"epochs", "-1"},
        {"epochs", "3x"},
        {"epochs", "1001"},
        {"epochs", ""},
        {"batch", "0"},
        {"batch", "1e3"},
        {"batch", "9999999999999999999999"},
        {"rate", "0"},
        {"rate", "-3"},
        {"rate", "nan"},
        {"rate", "inf"},
        {"rate", "3,0"},
        {"seed", "-1"},
        {"seed", "18446744073709551616"},
        {"smoothing", "0.6"},
        {"averaging", "1"},
        {"cost", "cubic"},
        {"start", "hot"},
        {"optimiser", "lion"},
        {"schedule", "never"},
        {"augment", "spin 3"},
        {"net", "784-thirty-10"},
        {"hold-back", "some"},
    };
    struct recipe recipe = make_recipe("lenet5", "");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct recipe before = recipe;
        struct err err = {""};
        ck_assert_msg(!recipe_set(&recipe, bad[i][0], bad[i][1], &err), "%s %s was taken",
                      bad[i][0], bad[i][1]);
        ck_assert_uint_gt(strlen(err.text), 10);
        ck_assert_mem_eq(&before, &recipe, sizeof recipe);
    }
    struct err err;
    ck_assert(!recipe_set(&recipe, "epochs", "abc", &err));
    ck_assert_ptr_nonnull(strstr(err.text, "\"abc\""));
    ck_assert(!recipe_set(&recipe, "colour", "red", &err));
    ck_assert_ptr_nonnull(strstr(err.text, "\"colour\""));
}
END_TEST

START_TEST(a_recipe_that_cannot_work_gets_a_sentence)
{
    static const struct {
        const char *changes, *word;
    } bad[] = {
        {"net input 784, dense 10 step", "step"},
        {"net 784-30-9", "10"},
        {"net 100-30-10", "784"},
        {"net dense 10 relu; cost cross-entropy", "Cross-entropy"},
        {"net dense 30 norm relu, dense 10 softmax; batch 2", "norm"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct recipe recipe = make_recipe("nielsen-30", bad[i].changes);
        struct err err = {""};
        ck_assert_msg(!recipe_check(&recipe, &err), "taken: %s", bad[i].changes);
        ck_assert_msg(strstr(err.text, bad[i].word) != NULL, "%s: %s", bad[i].changes, err.text);
    }
    struct recipe recipe = make_recipe("nielsen-30", "");
    struct err err = {""};
    recipe.batch = 0;
    ck_assert(!recipe_check(&recipe, &err));
    recipe = make_recipe("nielsen-30", "net dense 10 softmax");
    ck_assert_msg(recipe_check(&recipe, &err), "softmax with quadratic cost: %s", err.text);
}
END_TEST

START_TEST(a_recipe_survives_as_text)
{
    struct err err = {""};
    struct recipe recipe = make_recipe("best", ""), back;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        recipe_set(&recipe, good[i][0], good[i][1], &err);
    char *text = recipe_to_text(&recipe, &err);
    ck_assert_msg(recipe_from_text(text, &back, &err), "%s", err.text);
    char *again = recipe_to_text(&back, &err);
    ck_assert_str_eq(text, again);
    ck_assert_str_eq(back.name, "best");
    ck_assert_str_eq(back.about, recipe.about);
    ck_assert(recipe_from_text("name of-somebody-else\nepochs 3\n", &back, &err));
    ck_assert_str_eq(back.name, "of-somebody-else");
    ck_assert_str_eq(back.about, "");
    free(text);
    free(again);
}
END_TEST

/* All that is set, of each: golden/recipes.txt is what recipe_to_text() writes of them in a row. */
START_TEST(the_built_in_recipes_are_what_they_were)
{
    struct buffer all = {0};
    struct err err = {""};
    char path[400];
    size_t size;
    for (int i = 0; i < recipe_count(); i++) {
        char *text = recipe_to_text(recipe_at(i), &err);
        ck_assert_msg(text != NULL, "%s", err.text);
        buffer_print(&all, "%s\n", text);
        free(text);
    }
    char *found = buffer_take(&all, NULL);
    snprintf(path, sizeof path, "%s/tests/train/golden/recipes.txt", getenv("INKLING_SOURCE"));
    char *golden = (char *)files_read(path, 1 << 16, &size, &err);
    ck_assert_msg(golden != NULL, "%s", err.text);
    ck_assert_str_eq(found, golden);
    free(golden);
    free(found);
}
END_TEST

START_TEST(text_that_is_no_recipe_is_refused)
{
    static const char *const bad[] = {"epochs", "colour red\n", "name swift\nepochs 0\n",
                                      "name swift\nnet 784-30-9\n", "name swift\nbatch 2\n"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct recipe recipe;
        struct err err = {""};
        ck_assert_msg(!recipe_from_text(bad[i], &recipe, &err), "taken: %s", bad[i]);
        ck_assert_uint_gt(strlen(err.text), 10);
    }
}
END_TEST

START_TEST(the_images_are_split_as_the_recipe_says)
{
    struct err err;
    uint32_t train, valid;
    struct recipe book = make_recipe("nielsen-30", "");
    ck_assert(recipe_split(&book, 60000, &train, &valid, &err));
    ck_assert(train == 50000 && valid == 0);
    book = make_recipe("nielsen-30", "hold-back 10000");
    ck_assert(recipe_split(&book, 60000, &train, &valid, &err));
    ck_assert(train == 50000 && valid == 10000);
    book = make_recipe("nielsen-30", "hold-back 20000");
    ck_assert(recipe_split(&book, 60000, &train, &valid, &err));
    ck_assert(train == 40000 && valid == 20000);
    struct recipe swift = make_recipe("swift", "");
    ck_assert(recipe_split(&swift, 60000, &train, &valid, &err));
    ck_assert(train == 60000 && valid == 0);
    swift.hold_back = 60000;
    ck_assert(!recipe_split(&swift, 60000, &train, &valid, &err));
    swift.hold_back = 59900;
    ck_assert(!recipe_split(&swift, 60000, &train, &valid, &err));
}
END_TEST

static struct trainer_view command_view;

/* The command of a run by that recipe, with strokes and writers, or "" where it has no room. */
static const char *write_command(const struct recipe *recipe, const char *strokes,
                                 const char *writers)
{
    static char text[REPORT_COMMAND_MAX];
    struct report report = {.view = &command_view, .strokes_file = strokes, .writers = writers};
    command_view.recipe = *recipe;
    ck_assert(report_command(&report, text) == (text[0] != 0));
    return text;
}

START_TEST(the_command_names_what_is_not_as_built_in)
{
    for (int i = 0; i < recipe_count(); i++) {
        char wanted[80];
        snprintf(wanted, sizeof wanted, "inkling train --recipe %s", recipe_at(i)->name);
        ck_assert_str_eq(write_command(recipe_at(i), NULL, NULL), wanted);
    }
    struct recipe recipe = make_recipe("swift", "epochs 3; seed 5; augment shift 2");
    ck_assert_str_eq(write_command(&recipe, "/a b/c.unp", "1-3"),
                     "inkling train --recipe swift --epochs 3 --augment 'shift 2' --seed 5 "
                     "--strokes c.unp --writers 1-3");
}
END_TEST

/* Pastes the command into sh, where `inkling` writes its arguments with a zero after each. Returns
 * their bytes. */
static size_t paste(const char *command, char *arguments, size_t size)
{
    const char *path = temporary_path("arguments");
    FILE *sh = popen("sh", "w");
    ck_assert_ptr_nonnull(sh);
    fprintf(sh, "inkling() { printf '%%s\\0' \"$@\" > '%s'; }\n%s\n", path, command);
    ck_assert_int_eq(pclose(sh), 0);
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    size_t used = fread(arguments, 1, size, file);
    fclose(file);
    return used;
}

START_TEST(a_shell_takes_the_command_as_it_was_meant_whatever_the_names_are)
{
    static const char *const names[] = {
        "plain.unp", "Anna's.unp", "'; touch smuggled; '.unp", "$(touch smuggled).unp",
        "`touch smuggled`.unp", "a b\tc.unp", "line\nbreak.unp", "back\\slash\\", "\"double\"",
        "#comment", "~", "a=b", "*", "{a,b}", "!!", "''''", "&& touch smuggled", "\xff\xfe", "-n",
        ">smuggled", "a;b|c&d<e>f(g)h[i]j?k",
    };
    static char arguments[REPORT_COMMAND_MAX];
    struct recipe recipe = make_recipe("swift", "epochs 3; augment shift 2");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *const wanted[] = {"train", "--recipe",  "swift",  "--epochs",  "3", "--augment",
                                      "shift 2", "--strokes", names[i], "--writers", names[i]};
        size_t used = paste(write_command(&recipe, names[i], names[i]), arguments,
                            sizeof arguments), at = 0;
        for (size_t w = 0; w < sizeof wanted / sizeof *wanted; w++) {
            ck_assert_uint_lt(at, used);
            ck_assert_str_eq(arguments + at, wanted[w]);
            at += strlen(wanted[w]) + 1;
        }
        ck_assert_uint_eq(at, used);
    }
    ck_assert(!files_exist("smuggled"));
}
END_TEST

START_TEST(a_command_that_is_too_long_is_none_rather_than_half_a_one)
{
    static char writers[2 * REPORT_COMMAND_MAX];
    struct recipe recipe = make_recipe("swift", "");
    for (size_t len = 1; len + 1 < sizeof writers; len++) {
        writers[len - 1] = len % 2 ? '\'' : ' ';
        const char *text = write_command(&recipe, NULL, writers);
        size_t end = strlen(text);
        ck_assert(end > 0 ? text[end - 1] == '\'' : len > 800);
    }
    ck_assert_str_eq(write_command(&recipe, NULL, writers), "");
}
END_TEST

START_TEST(a_history_has_room_for_every_run)
{
    for (int epochs = 1; epochs <= RECIPE_EPOCHS_MAX; epochs++) {
        ck_assert_int_ge(history_points_per_epoch(epochs), 1);
        ck_assert_int_ge(history_checks_per_epoch(epochs), 1);
        ck_assert_int_le(epochs * history_points_per_epoch(epochs), HISTORY_POINTS_MAX);
        ck_assert_int_le(epochs * history_checks_per_epoch(epochs), HISTORY_CHECKS_MAX);
    }
}
END_TEST

START_TEST(a_follower_gets_what_is_new)
{
    struct history *from = calloc(1, sizeof *from), *to = calloc(1, sizeof *to);
    for (int i = 1; i <= 3; i++) {
        history_add_point(from, (struct history_point){(float)i, 0.5f, 0.25f});
        history_add_check(from, (struct history_check){(float)i, 0.4f, 0.75f});
        history_add_epoch(from, (struct history_epoch){.epoch = i, .valid_accuracy = 0.75f});
        history_follow(to, from);
        ck_assert_mem_eq(from, to, sizeof *from);
    }
    ck_assert_int_eq(to->point_count, 3);
    ck_assert_int_eq(history_best(to)->epoch, 1); /* the earlier of equals */
    from->epochs[2].valid_accuracy = 0.8f;
    ck_assert_int_eq(history_best(from)->epoch, 3);
    for (int i = 0; i < 3; i++)
        from->epochs[i].valid_accuracy = -1;
    ck_assert_ptr_null(history_best(from));
    free(from);
    free(to);
}
END_TEST

static struct verdict_probabilities read_answer(const char *words, const float *out, double t)
{
    struct nn *net = nn_new(words, NULL);
    struct verdict_probabilities answer = verdict_read(net, out, t);
    nn_free(net);
    return answer;
}

START_TEST(probabilities_add_up_to_one_whatever_the_last_layer)
{
    static const char *const words[] = {"dense 10 softmax", "784-10", "dense 10 tanh", "dense 10"};
    const float out[10] = {0.1f, 0, 0.05f, 0.5f, 0.1f, 0, 0.2f, 0.05f, 0, 0};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        for (double t = 0.5; t < 3; t += 0.5) {
            struct verdict_probabilities answer = read_answer(words[i], out, t);
            float sum = 0;
            for (int digit = 0; digit < 10; digit++)
                sum += answer.of[digit];
            ck_assert_float_eq_tol(sum, 1, 1e-6f);
            ck_assert_int_eq(answer.best, 3);
        }
    }
    ck_assert_float_eq_tol(read_answer("dense 10 softmax", out, 1).of[3], 0.5f, 1e-6f);
    ck_assert_float_lt(read_answer("dense 10 softmax", out, 2).of[3], 0.4f);
    const float nothing[10] = {0};
    ck_assert_float_eq_tol(read_answer("784-10", nothing, 1).of[9], 0.1f, 1e-6f);
}
END_TEST

TCase *recipe_tests(void)
{
    TCase *tests = tcase_create("recipe");
    tcase_add_loop_test(tests, every_built_in_recipe_makes_sense, 0, recipe_count());
    tcase_add_test(tests, the_books_recipe_is_the_books);
    tcase_add_test(tests, what_was_changed_in_a_recipe_is_told_but_for_the_seed);
    tcase_add_test(tests, an_unknown_recipe_is_answered_with_the_names);
    tcase_add_test(tests, a_setting_reads_back_as_it_was_written);
    tcase_add_test(tests, a_wrong_value_is_quoted_and_changes_nothing);
    tcase_add_test(tests, a_recipe_that_cannot_work_gets_a_sentence);
    tcase_add_test(tests, a_recipe_survives_as_text);
    tcase_add_test(tests, the_built_in_recipes_are_what_they_were);
    tcase_add_test(tests, text_that_is_no_recipe_is_refused);
    tcase_add_test(tests, the_images_are_split_as_the_recipe_says);
    tcase_add_test(tests, the_command_names_what_is_not_as_built_in);
    tcase_add_test(tests, a_shell_takes_the_command_as_it_was_meant_whatever_the_names_are);
    tcase_add_test(tests, a_command_that_is_too_long_is_none_rather_than_half_a_one);
    tcase_add_test(tests, a_history_has_room_for_every_run);
    tcase_add_test(tests, a_follower_gets_what_is_new);
    tcase_add_test(tests, probabilities_add_up_to_one_whatever_the_last_layer);
    return tests;
}

Suite *make_suite(void)
{
    Suite *suite = suite_create("train");
    suite_add_tcase(suite, recipe_tests());
    suite_add_tcase(suite, pool_tests());
    suite_add_tcase(suite, run_tests());
    suite_add_tcase(suite, guessing_tests());
    suite_add_tcase(suite, learnt_tests());
    suite_add_tcase(suite, sampler_tests());
    suite_add_tcase(suite, trainer_tests());
    suite_add_tcase(suite, watch_tests());
    suite_add_tcase(suite, suspects_tests());
    suite_add_tcase(suite, finetune_tests());
    return suite;
}

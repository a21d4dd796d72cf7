/* SPDX-License-Identifier: MIT */
/* The table of actions: names and keys are unambiguous, lines of scripts are read, keys ask for
 * what the table says, and the README has them all. */
#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/act/keys.h"
#include "base/err.h"
#include "base/files.h"
#include "ink/fit.h"
#include "robot.h"
#include "suite.h"

START_TEST(no_two_actions_have_one_name)
{
    for (int a = ACT_NONE + 1; a < ACTION_COUNT; a++)
        for (int b = a + 1; b < ACTION_COUNT; b++) {
            const char *one = action_row((enum action_kind)a)->name;
            const char *other = action_row((enum action_kind)b)->name;
            ck_assert_msg(!one || !other || strcmp(one, other) != 0, "%s twice", one);
        }
}
END_TEST

/* ---- lines of scripts ------------------------------------------------------------------------ */

static struct action read_line(const char *line)
{
    static char text[200];
    struct action action;
    struct err err;
    snprintf(text, sizeof text, "%s", line);
    ck_assert_msg(action_read(text, &action, &err), "%s: %s", line, err.text);
    return action;
}

START_TEST(a_line_is_a_name_and_its_argument)
{
    ck_assert_int_eq(read_line("clear").kind, ACT_CLEAR);
    ck_assert_int_eq(read_line("view train").kind, ACT_VIEW);
    ck_assert_double_eq(read_line("view train").number, APP_TRAIN);
    ck_assert_double_eq(read_line("view draw").number, APP_DRAW);
    ck_assert_double_eq(read_line("teach 7").number, 7);
    ck_assert_double_eq(read_line("brush 2.5").number, 2.5);
    ck_assert_double_eq(read_line("step twenty").number, FIT_TWENTY);
    ck_assert_double_eq(read_line("theme light").number, 2);
    ck_assert_double_eq(read_line("theme").number, 0);
    ck_assert_str_eq(read_line("model a folder/a model.safetensors").text,
                     "a folder/a model.safetensors");
    ck_assert_ptr_null(read_line("resume").text);
    struct action draw = read_line("draw my strokes.unp 3");
    ck_assert_str_eq(draw.text, "my strokes.unp");
    ck_assert_double_eq(draw.number, 3);
}
END_TEST

START_TEST(what_makes_no_sense_is_named)
{
    static const struct {
        const char *line, *said;
    } lines[] = {
        {"fly", "There is no action \"fly\"."},
        {"", "There is no action \"\"."},
        {"clear all", "The action clear wants nothing, not \"all\"."},
        {"view moon", "The action view wants the name of a view, not \"moon\"."},
        {"view ", "The action view wants the name of a view, not \"\"."},
        {"teach 10", "The action teach wants a digit from 0 to 9, not \"10\"."},
        {"teach x", "The action teach wants a digit from 0 to 9, not \"x\"."},
        {"brush wide", "The action brush wants a number, not \"wide\"."},
        {"brush nan", "The action brush wants a number, not \"nan\"."},
        {"model", "The action model wants a file, not \"\"."},
        {"draw a.unp -1", "The action draw wants a file of strokes and, from 0, which of its "
                          "digits, not \"a.unp -1\"."},
        {"draw 3",
         "The action draw wants a file of strokes and, from 0, which of its digits, not \"3\"."},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char text[200];
        struct action action;
        struct err err;
        snprintf(text, sizeof text, "%s", lines[i].line);
        ck_assert_msg(!action_read(text, &action, &err), "%s", lines[i].line);
        ck_assert_str_eq(err.text, lines[i].said);
    }
}
END_TEST

/* ---- keys ------------------------------------------------------------------------------------ */

static struct robot h;
static struct actions asked;
static enum app_view view;
static bool dialog;

static void show(void *user, struct ui *ui)
{
    (void)user;
    keys_take(ui, view, dialog, &asked);
}

static void set_up(void)
{
    asked.count = 0;
    view = APP_DRAW;
    dialog = false;
    robot_begin(&h, 400, 300, show, NULL);
}

static void tear_down(void)
{
    robot_end(&h);
}

static void expect_asked(int key, unsigned mods, enum action_kind kind, double number)
{
    asked.count = 0;
    robot_key(&h, key, mods);
    ck_assert_int_eq(asked.count, kind != ACT_NONE);
    if (kind == ACT_NONE)
        return;
    ck_assert_int_eq(asked.items[0].kind, kind);
    ck_assert_double_eq(asked.items[0].number, number);
}

START_TEST(keys_ask_for_what_the_table_says)
{
    expect_asked('o', UI_CTRL, ACT_MODEL, 0);
    expect_asked('s', UI_CTRL | UI_SHIFT, ACT_MODEL_SAVE_AS, 0);
    expect_asked('2', UI_CTRL, ACT_VIEW, APP_TRAIN);
    expect_asked('2', UI_ALT, ACT_VIEW, APP_TRAIN);
    expect_asked('7', 0, ACT_TEACH, 7);
    expect_asked('0', 0, ACT_TEACH, 0);
    expect_asked('0', UI_CTRL, ACT_USUAL_SIZE, 0);
    expect_asked('=', UI_CTRL | UI_SHIFT, ACT_LARGER, 0);
    expect_asked('z', UI_CTRL, ACT_UNDO, 0);
    expect_asked('y', UI_CTRL, ACT_REDO, 0);
    expect_asked(']', 0, ACT_THICKER, 0);
    expect_asked(' ', 0, ACT_PAUSE, 0);
    expect_asked(UI_KEY_F5, 0, ACT_START, 0);
    expect_asked('x', UI_CTRL, ACT_NONE, 0);
    expect_asked('c', UI_CTRL, ACT_NONE, 0);
}
END_TEST

START_TEST(some_keys_mean_what_the_view_is_about)
{
    view = APP_MY_DIGITS;
    expect_asked('7', 0, ACT_DIGITS_LABEL, 7);
    expect_asked('z', UI_CTRL, ACT_DIGITS_UNDO, 0);
    expect_asked(UI_KEY_DELETE, 0, ACT_DIGITS_DELETE, 0);
    expect_asked(UI_KEY_PAGE_DOWN, 0, ACT_DIGITS_PAGE_NEXT, 0);
    expect_asked('s', 0, ACT_NONE, 0);
    view = APP_TRAIN;
    expect_asked('7', 0, ACT_NONE, 0);
    expect_asked(UI_KEY_DELETE, 0, ACT_NONE, 0);
}
END_TEST

START_TEST(under_a_dialog_only_the_size_changes)
{
    dialog = true;
    expect_asked('+', UI_CTRL, ACT_LARGER, 0);
    expect_asked('o', UI_CTRL, ACT_NONE, 0);
    expect_asked('q', UI_CTRL, ACT_NONE, 0);
    expect_asked('7', 0, ACT_NONE, 0);
}
END_TEST

/* Every key of every view asks for one action at most. */
START_TEST(no_two_actions_of_a_view_share_a_key)
{
    static const unsigned mods[] = {0, UI_CTRL, UI_ALT, UI_CTRL | UI_SHIFT, UI_SHIFT};
    static const char keys[] = "abcdefghijklmnopqrstuvwxyz0123456789[]+-=? ";
    for (int i = 0; i < APP_VIEW_COUNT; i++)
        for (size_t m = 0; m < sizeof mods / sizeof *mods; m++)
            for (const char *key = keys; *key; key++) {
                view = (enum app_view)i;
                asked.count = 0;
                robot_key(&h, *key, mods[m]);
                ck_assert_msg(asked.count <= 1, "%c asks for %d actions in %s", *key, asked.count,
                              view_name(view));
            }
}
END_TEST

START_TEST(keys_are_written_as_they_are_pressed)
{
    char text[KEYS_TEXT_MAX], list[80];
    ck_assert_str_eq(keys_text(ACT_MODEL_SAVE_AS, text), "Ctrl Shift S");
    ck_assert_str_eq(keys_text(ACT_UNDO, text), "Ctrl Z");
    ck_assert_str_eq(keys_text(ACT_STOP, text), "");
    ck_assert_str_eq(keys_list(ACT_REDO, list, sizeof list), "Ctrl Shift Z, Ctrl Y");
    ck_assert_int_eq(strncmp(keys_list(ACT_VIEW, list, sizeof list), "Ctrl 1, 2, 3", 12), 0);
    ck_assert_str_eq(keys_list(ACT_TEACH, list, sizeof list), "0 to 9");
    ck_assert_str_eq(keys_list(ACT_THICKER, list, sizeof list), "]");
}
END_TEST

/* ---- the README ------------------------------------------------------------------------------ */

static char wanted[8000]; /* the table as it stands there */
static const char *group;

static void add_words(const char *format, ...)
{
    size_t len = strlen(wanted);
    va_list args;
    va_start(args, format);
    vsnprintf(wanted + len, sizeof wanted - len, format, args);
    va_end(args);
}

/* Over the first of a group comes its name. */
static void add_row(const char *keys, const char *sentence)
{
    if (group)
        add_words("| **%s** | |\n", group);
    group = NULL;
    add_words("| %s | %s |\n", keys, sentence);
}

static void add_action(enum action_kind kind)
{
    char keys[80];
    if (keys_list(kind, keys, sizeof keys)[0])
        add_row(keys, action_row(kind)->sentence);
}

START_TEST(the_readme_has_them_all)
{
    const char *source = getenv("INKLING_SOURCE");
    char path[1000];
    struct err err = {""};
    size_t size = 0;
    snprintf(path, sizeof path, "%s/README.md", source ? source : ".");
    char *page = (char *)files_read(path, 1 << 20, &size, &err);
    ck_assert_msg(page != NULL, "%s", err.text);
    wanted[0] = 0;
    add_words("\n| | |\n|---|---|\n");
#define GROUP(label)                                               group = label;
#define GESTURE(keys, sentence)                                    add_row(keys, sentence);
#define ACTION(kind, name, argument, views, keys, label, sentence) add_action(ACT_##kind);
#include "app/act/actions.def"
    add_words("\n");
    ck_assert_msg(strstr(page, wanted), "the README wants this table:\n%s", wanted);
    free(page);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("act");
    TCase *table = tcase_create("table"), *keys = tcase_create("keys");
    tcase_add_test(table, no_two_actions_have_one_name);
    tcase_add_test(table, a_line_is_a_name_and_its_argument);
    tcase_add_test(table, what_makes_no_sense_is_named);
    tcase_add_test(table, keys_are_written_as_they_are_pressed);
    tcase_add_test(table, the_readme_has_them_all);
    tcase_add_checked_fixture(keys, set_up, tear_down);
    tcase_add_test(keys, keys_ask_for_what_the_table_says);
    tcase_add_test(keys, some_keys_mean_what_the_view_is_about);
    tcase_add_test(keys, under_a_dialog_only_the_size_changes);
    tcase_add_test(keys, no_two_actions_of_a_view_share_a_key);
    suite_add_tcase(suite, table);
    suite_add_tcase(suite, keys);
    return suite;
}

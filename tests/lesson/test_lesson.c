/* SPDX-License-Identifier: MIT */
/* Files of a lesson: what is read from them, and what is said of broken ones; and the list of all
 * lessons. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "lesson/lesson.h"
#include "lesson/lesson_list.h"
#include "suite.h"

static struct err err;

static const char good_structure[] = "# tides\n"
                                     "lesson 40\n"
                                     "page first\n"
                                     "stage perceptron\n"
                                     "set w1 -2\n"
                                     "  # no comment, but what goes on with the line before\n"
                                     "hide b\n"
                                     "task high w1 > 3,\n"
                                     "  w2 > 3\n"
                                     "solution high w1 4\n"
                                     "solution high w2 4\n";

static const char good_words[] = "title Tides\r\n"
                                 "page first\n"
                                 "heading High\n"
                                 "\ttide\n"
                                 "text The weight is {w1.2}, and\n"
                                 "  the other {w2}.\n"
                                 "label w1 Moon\n"
                                 "figure w1.1 how much the moon pulls\n"
                                 "task high\n"
                                 "say Make it high.\n"
                                 "hint One.\n"
                                 "hint Two.\n"
                                 "done High water.\n"
                                 "choice 1 Yes\n";

static struct lesson *read_two(const char *structure, const char *words)
{
    const struct lesson_source files[] = {{"tides.lesson", structure, strlen(structure)},
                                          {"en/tides.text", words, strlen(words)}};
    return lesson_read("tides", &files[0], &files[1], &err);
}

START_TEST(a_lesson_is_what_its_files_say)
{
    struct lesson *lesson = read_two(good_structure, good_words);
    int page_number;
    ck_assert_msg(lesson != NULL, "%s", err.text);
    ck_assert_int_eq(lesson->number, 40);
    ck_assert_str_eq(lesson->title, "Tides");
    ck_assert_int_eq(lesson->page_count, 1);
    const struct lesson_page *page = &lesson->pages[0];
    ck_assert_str_eq(page->heading, "High tide");
    ck_assert_str_eq(page->texts[0], "The weight is {w1.2}, and the other {w2}.");
    ck_assert_str_eq(page->stage, "perceptron");
    ck_assert_str_eq(page->sets[0].name, "w1");
    ck_assert(lesson_hides(page, "b") && !lesson_hides(page, "w1"));
    ck_assert_str_eq(lesson_label(page, "w1"), "Moon");
    ck_assert_ptr_null(lesson_label(page, "w2"));
    ck_assert_str_eq(page->figures[0].name, "w1");
    ck_assert_int_eq(page->figures[0].digits, 1);
    ck_assert_int_eq(lesson_find_task(lesson, "high", &page_number), 0);
    ck_assert_int_eq(page_number, 0);
    const struct lesson_task *task = &page->tasks[0];
    ck_assert_int_eq(task->check.count, 2);
    ck_assert_int_eq(task->solution_count, 2);
    ck_assert_str_eq(task->hints[1], "Two.");
    ck_assert_str_eq(task->choices[0].text, "Yes");
    lesson_free(lesson);
}
END_TEST

/* ---- broken ones ----------------------------------------------------------------------------- */

/* The good file with one line in place of another. */
static char *replaced(const char *whole, const char *line, const char *by)
{
    char *text = malloc(strlen(whole) + strlen(by) + 1);
    const char *at = strstr(whole, line);
    ck_assert_msg(at != NULL, "%s", line);
    sprintf(text, "%.*s%s%s", (int)(at - whole), whole, by, at + strlen(line));
    return text;
}

static const struct {
    const char *file, *line, *by; /* in which file, what stands there instead */
    const char *where, *why;      /* what the sentence says */
} broken[] = {
    {"s", "stage perceptron", "stag perceptron", "tides.lesson, line 4", "\"stag\""},
    {"s", "lesson 40\n", "", "tides.lesson, line 1", "lesson NUMBER"},
    {"s", "lesson 40", "lesson forty", "tides.lesson, line 2", "its number"},
    {"s", "page first\n", "", "tides.lesson, line 3", "page NAME"},
    {"s", "page first", "page First", "tides.lesson, line 3", "\"First\""},
    {"s", "stage perceptron\n", "", "tides.lesson, line 3", "\"stage\""},
    {"s", "task high w1 > 3,", "task high w1 >> 3,", "tides.lesson, line 8", "> 3"},
    {"s", "solution high w2", "solution low w2", "tides.lesson, line 11", "\"low\""},
    {"s", "set w1 -2\n  #", "set w1\n#", "tides.lesson, line 5", "Nothing stands behind"},
    {"s", "solution high w1 4\nsolution high w2 4\n", "", "tides.lesson, line 8", "solution"},
    {"w", "page first", "page second", "en/tides.text, line 2", "\"second\""},
    {"w", "title Tides\r\n", "", "en/tides.text, line 1", "title"},
    {"w", "heading High\n\ttide\n", "", "tides.lesson, line 3", "heading"},
    {"w", "say Make it high.\n", "", "tides.lesson, line 8", "say"},
    {"w", "hint Two.\n", "", "tides.lesson, line 8", "two hints"},
    {"w", "hint Two.\n", "hint Two.\nhint Three.\n", "en/tides.text, line 13", "at most 2"},
    {"w", "figure w1.1", "figure w1.x", "en/tides.text, line 8", "cost.3"},
    {"w", "choice 1", "choice one", "en/tides.text, line 14", "choice"},
    {"w", "task high\n", "", "en/tides.text, line 9", "task NAME"},
    {"w", "title Tides", "title Tid\xffs", "en/tides.text", "UTF-8"},
};

START_TEST(a_broken_lesson_gets_a_sentence_with_its_line)
{
    bool structure = broken[_i].file[0] == 's';
    char *text = replaced(structure ? good_structure : good_words, broken[_i].line, broken[_i].by);
    struct lesson *lesson =
        read_two(structure ? text : good_structure, structure ? good_words : text);
    ck_assert_msg(!lesson, "\"%s\" was taken", broken[_i].by);
    ck_assert_msg(strncmp(err.text, broken[_i].where, strlen(broken[_i].where)) == 0, "\"%s\": %s",
                  broken[_i].by, err.text);
    ck_assert_msg(strstr(err.text, broken[_i].why) != NULL, "\"%s\": %s", broken[_i].by, err.text);
    free(text);
}
END_TEST

/* Whatever is cut off or changed, nothing breaks: the sanitizers look on. */
START_TEST(every_damaged_lesson_is_read_or_refused)
{
    char structure[sizeof good_structure], words[sizeof good_words];
    for (size_t i = 0; i < sizeof good_structure; i++) {
        for (int how = 0; how < 2; how++) {
            strcpy(structure, good_structure);
            strcpy(words, good_words);
            structure[i] = how == 0 ? 0 : (char)(structure[i] ^ 0x15);
            if (i < sizeof words - 1)
                words[i] = how == 0 ? 0 : (char)(words[i] ^ 0x1f);
            structure[sizeof structure - 1] = 0;
            lesson_free(read_two(structure, good_words));
            lesson_free(read_two(good_structure, words));
        }
    }
}
END_TEST

START_TEST(no_more_pages_and_tasks_than_there_is_room_for)
{
    char *text = malloc(100000), *end = text;
    end += sprintf(end, "lesson 1\n");
    for (int i = 0; i <= LESSON_PAGES_MAX; i++)
        end += sprintf(end, "page p%d\n", i);
    ck_assert_ptr_null(read_two(text, good_words));
    ck_assert_ptr_nonnull(strstr(err.text, "line 18: There are too many of \"page\""));
    end = text + sprintf(text, "lesson 1\npage a\n");
    for (int i = 0; i <= LESSON_TASKS_MAX; i++)
        end += sprintf(end, "task t%d a = 1\n", i);
    ck_assert_ptr_null(read_two(text, good_words));
    ck_assert_ptr_nonnull(strstr(err.text, "There are too many of \"task\""));
    free(text);
}
END_TEST

/* ---- numbers in a text ----------------------------------------------------------------------- */

static bool figure(const void *user, const char *name, double *value)
{
    (void)user;
    *value = strcmp(name, "cost") == 0    ? 0.06249
             : strcmp(name, "down") == 0  ? -2.5
             : strcmp(name, "nil") == 0   ? -0.0001
             : strcmp(name, "many") == 0  ? 60000
             : strcmp(name, "few") == 0   ? -999
             : strcmp(name, "later") == 0 ? (double)NAN
                                          : 7;
    return strcmp(name, "nobody") != 0;
}

START_TEST(numbers_are_filled_in)
{
    static const struct {
        const char *text, *filled;
    } cases[] = {
        {"It is {cost.3}.", "It is 0.062."},
        {"{cost.2}{down.1}", "0.06\u22122.5"},
        {"{nil.2}", "0.00"},
        {"{later.2} {nobody.1}", "\u2026 \u2026"},
        {"a set {1, 2}, {} and {cost", "a set {1, 2}, {} and {cost"},
        {"{seven}", "7"},
        {"{many} {many.1}", "60,000 60,000.0"},
        {"{few}", "\u2212999"},
        {"{cost.33}", "{cost.33}"},
    };
    char to[64], name[CHECK_NAME_MAX];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(lesson_fill(cases[i].text, figure, NULL, to, sizeof to), cases[i].filled);
    for (size_t room = 1; room < 12; room++)
        ck_assert_uint_lt(strlen(lesson_fill("ab{cost.9}cd", figure, NULL, to, room)), room);
    ck_assert(!lesson_text_stranger("{cost.1} {1}", figure, NULL, name));
    ck_assert(lesson_text_stranger("{cost.1} {nobody.2}", figure, NULL, name));
    ck_assert_str_eq(name, "nobody");
}
END_TEST

/* ---- the list -------------------------------------------------------------------------------- */

static char folder[] = "/tmp/lessons.XXXXXX";

static void write_file(const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    ck_assert_msg(out && fputs(text, out) >= 0 && fclose(out) == 0, "%s", path);
}

START_TEST(a_lesson_of_ones_own_is_among_them)
{
    char path[200];
    struct lesson_list list = {.count = 0};
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/en", folder);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    write_file("tides.lesson", good_structure);
    write_file("en/tides.text", good_words);
    write_file("half.lesson", "lesson 2\npage\n");
    write_file("en/half.text", "title Half\n");
    write_file("lonely.lesson", good_structure);
    write_file("Bad Name.lesson", good_structure);
    write_file("perceptron.lesson", good_structure);
    write_file("en/perceptron.text", good_words);
    write_file("readme.txt", "no lesson");
    ck_assert_msg(lesson_list_load(&list, folder, &err), "%s", err.text);
    int own = lesson_list_find(&list, "tides"), instead = lesson_list_find(&list, "perceptron");
    ck_assert_int_ge(own, 0);
    ck_assert(list.users[own] && list.users[instead]);
    ck_assert_str_eq(list.lessons[instead]->title, "Tides");
    ck_assert_int_eq(list.trouble_count, 3);
    for (int i = 1; i < list.count; i++)
        ck_assert_int_le(list.lessons[i - 1]->number, list.lessons[i]->number);
    ck_assert_ptr_nonnull(strstr(list.troubles[1].text, "half.lesson, line 2"));
    int count = list.count;
    lesson_list_refuse(&list, own, &(struct err){"not so"});
    ck_assert_int_eq(list.count, count - 1);
    ck_assert_int_eq(lesson_list_find(&list, "tides"), -1);
    ck_assert_str_eq(list.troubles[3].text, "not so");
    lesson_list_free(&list);
    snprintf(path, sizeof path, "rm -r %s", folder);
    ck_assert_int_eq(system(path), 0);
}
END_TEST

START_TEST(those_that_ship_are_there)
{
    struct lesson_list list = {.count = 0};
    ck_assert_msg(lesson_list_load(&list, NULL, &err), "%s", err.text);
    ck_assert_int_gt(list.count, 0);
    ck_assert_int_ge(lesson_list_find(&list, "perceptron"), 0);
    ck_assert_int_eq(list.trouble_count, 0);
    lesson_list_free(&list);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("lesson");
    TCase *tcase = tcase_create("lesson");
    tcase_add_test(tcase, a_lesson_is_what_its_files_say);
    tcase_add_loop_test(tcase, a_broken_lesson_gets_a_sentence_with_its_line, 0,
                        sizeof broken / sizeof *broken);
    tcase_add_test(tcase, every_damaged_lesson_is_read_or_refused);
    tcase_add_test(tcase, no_more_pages_and_tasks_than_there_is_room_for);
    tcase_add_test(tcase, numbers_are_filled_in);
    tcase_add_test(tcase, a_lesson_of_ones_own_is_among_them);
    tcase_add_test(tcase, those_that_ship_are_there);
    suite_add_tcase(suite, tcase);
    return suite;
}

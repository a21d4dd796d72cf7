/* SPDX-License-Identifier: MIT */
/* Lessons of a user's own in the whole program: the one in the README works, broken ones get a
 * sentence; and what is solved is kept, shared and forgotten. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/shell/lesson_world.h"
#include "app_world.h"
#include "base/files.h"
#include "suite.h"

static struct err err;

/* Closes the app, writes files into the user's folder of lessons, and opens it again. */
static void write_lesson(const char *name, const char *structure, const char *words)
{
    char lessons[FILES_PATH_MAX], path[FILES_PATH_MAX + 64];
    files_user_path(FILES_DATA, "lessons", lessons);
    snprintf(path, sizeof path, "%s/en", lessons);
    ck_assert_msg(files_make_folder(path, &err), "%s", err.text);
    snprintf(path, sizeof path, "%s/%s.lesson", lessons, name);
    write_file(path, structure, strlen(structure));
    snprintf(path, sizeof path, "%s/en/%s.text", lessons, name);
    write_file(path, words, strlen(words));
}

static void load(void)
{
    struct stage_world world = lesson_world(app);
    ck_assert_msg(lessons_load(&app->lessons, &world, &err), "%s", err.text);
}

/* The text of a fenced block of the README, which the caller frees. */
static char *read_block(const char *kind)
{
    char path[FILES_PATH_MAX], fence[32];
    size_t size;
    snprintf(path, sizeof path, "%s/README.md", getenv("INKLING_SOURCE"));
    char *readme = (char *)files_read(path, 1 << 20, &size, &err);
    ck_assert_msg(readme != NULL, "%s", err.text);
    snprintf(fence, sizeof fence, "```%s\n", kind);
    char *from = strstr(readme, fence);
    ck_assert_msg(from != NULL, "the README has no %s", fence);
    from += strlen(fence);
    char *block = strndup(from, (size_t)(strstr(from, "```") - from));
    free(readme);
    return block;
}

static void set(const char *what)
{
    ask_for(ACT_SET, what);
    frame();
}

static bool is_done(const char *lesson, const char *task)
{
    return progress_has(&app->lessons.progress, lesson, task);
}

START_TEST(the_lesson_in_the_readme_works)
{
    char *structure = read_block("lesson"), *words = read_block("words");
    write_lesson("never", structure, words);
    load();
    ck_assert_int_eq(app->lessons.list.trouble_count, 0);
    ask_for(ACT_LESSON, "never");
    frame();
    ck_assert(text_is_shown("A quiet neuron"));
    ck_assert(text_is_shown("How easily it speaks"));
    ck_assert(!is_done("never", "silent"));
    set("b -3.5");
    ck_assert(!is_done("never", "silent"));
    set("b -4");
    ck_assert(is_done("never", "silent"));
    ck_assert(text_is_shown("Silence. The largest sum decides."));
    free(structure);
    free(words);
}
END_TEST

/* ---- those that do not go with their stages -------------------------------------------------- */

static const char words[] = "title T\npage p\nheading H\ntask t\nsay S\nhint 1\nhint 2\n";
static const char words_plus[] = "title T\npage p\nheading H\n%s\ntask t\nsay S\nhint 1\nhint 2\n";

static const struct {
    const char *structure; /* behind "lesson 1\npage p\n" */
    const char *words;     /* on the page; or NULL */
    const char *said;
} broken[] = {
    {"stage theatre\n", NULL, "bad.lesson, line 3: there is no stage \"theatre\""},
    {"stage perceptron\nset w9 1\n", NULL, "bad.lesson, line 4: There is no w9"},
    {"stage perceptron\nset w1 1\nset w1 many\n", NULL, "bad.lesson, line 5: w1 is a number"},
    {"stage perceptron\nset w1 1e9\n", NULL, "bad.lesson, line 4: w1 is a number from -10 to 10"},
    {"stage perceptron\nhide curtain\n", NULL, "bad.lesson, line 2: This page hides \"curtain\""},
    {"stage perceptron\ntask t out77 = 1\nsolution t b 1\n", NULL,
     "bad.lesson, line 4: This page has no figure \"out77\""},
    {"stage perceptron\n", "text The {cost.2}.", "bad.lesson, line 2: A text of this page"},
    {"stage perceptron\n", "figure cost.2 cost", "bad.lesson, line 2: The words of this page"},
    {"stage perceptron\n", "label curtain Curtain", "bad.lesson, line 2: The words of this page"},
};

START_TEST(what_does_not_go_with_its_stage_gets_a_sentence_with_its_line)
{
    char structure[400], text[400];
    bool has_task = strstr(broken[_i].structure, "task t") != NULL;
    snprintf(structure, sizeof structure, "lesson 1\npage p\n%s%s", broken[_i].structure,
             has_task ? "" : "task t b = 1\nsolution t b 1\n");
    snprintf(text, sizeof text, words_plus, broken[_i].words ? broken[_i].words : "");
    write_lesson("bad", structure, broken[_i].words ? text : words);
    load();
    ck_assert_int_eq(app->lessons.list.trouble_count, 1);
    const char *said = app->lessons.list.troubles[0].text;
    ck_assert_msg(strncmp(said, broken[_i].said, strlen(broken[_i].said)) == 0, "%s", said);
    ck_assert_int_eq(lesson_list_find(&app->lessons.list, "bad"), -1);
    ask(ACT_VIEW, APP_LEARN);
    frame();
    ck_assert(app->lessons.stage != NULL); /* the others are there */
}
END_TEST

/* ---- what is solved -------------------------------------------------------------------------- */

static void make_and(void)
{
    ask_for(ACT_LESSON, "perceptron and");
    frame();
    set("w1 2");
    set("w2 2");
    set("b -3");
}

START_TEST(what_is_solved_is_kept_and_comes_to_other_windows)
{
    struct progress other = {.count = 0};
    char path[FILES_PATH_MAX];
    files_user_path(FILES_STATE, "lessons.txt", path);
    load();
    make_and();
    ck_assert_msg(progress_open(&other, path, &err), "%s", err.text);
    ck_assert(progress_has(&other, "perceptron", "and"));
    ck_assert(!progress_has(&other, "perceptron", "or"));
    ck_assert_msg(progress_add(&other, "sigmoid", "nand", &err), "%s", err.text);
    set("b -1");
    ck_assert(is_done("perceptron", "or"));
    ck_assert(is_done("sigmoid", "nand")); /* from the other one */
    close_app();
    open_app(1280, 800);
    load();
    ck_assert(is_done("perceptron", "and") && is_done("sigmoid", "nand"));
    ask(ACT_LESSON_FORGET, 0);
    frame();
    ck_assert(!is_done("perceptron", "and") && is_done("sigmoid", "nand"));
    ask(ACT_LESSONS_FORGET, 0);
    frame();
    progress_close(&other);
    ck_assert(progress_open(&other, path, &err) && other.count == 0);
    progress_close(&other);
}
END_TEST

static const json_t *last_event(void)
{
    for (int i = event_count - 1; i >= 0; i--)
        if (strcmp(json_string_value(json_object_get(events[i], "event")), "lesson") == 0)
            return events[i];
    return NULL;
}

START_TEST(the_log_tells_of_pages_and_tasks)
{
    load();
    ask_for(ACT_LESSON, "perceptron and");
    frame();
    const json_t *event = last_event();
    ck_assert_ptr_nonnull(event);
    ck_assert_int_eq(json_integer_value(json_object_get(event, "number")), 1);
    ck_assert_str_eq(json_string_value(json_object_get(event, "name")), "perceptron");
    ck_assert_str_eq(json_string_value(json_object_get(event, "page")), "gates");
    ck_assert_str_eq(json_string_value(json_object_get(event, "task")), "and");
    ck_assert(json_is_false(json_object_get(event, "done")));
    make_and();
    event = last_event();
    ck_assert_str_eq(json_string_value(json_object_get(event, "task")), "and");
    ck_assert(json_is_true(json_object_get(event, "done")));
    ask_for(ACT_LESSON, "nowhere");
    frame();
    ck_assert(text_is_shown("There is no lesson \"nowhere\"."));
    ask_for(ACT_LESSON, "perceptron nowhere");
    frame();
    ck_assert_str_eq(app->notices.now.text,
                     "The lesson perceptron has neither a page nor a task \"nowhere\".");
}
END_TEST

START_TEST(pages_turn_over_the_ends_of_lessons)
{
    ask(ACT_VIEW, APP_LEARN);
    frame();
    ck_assert_str_eq(lessons_open_page(&app->lessons)->name, "decision");
    key(UI_KEY_PAGE_UP, 0);
    ck_assert_str_eq(lessons_open_page(&app->lessons)->name, "decision");
    int pages = lessons_open_lesson(&app->lessons)->page_count;
    for (int i = 0; i < pages; i++)
        key(UI_KEY_PAGE_DOWN, 0);
    ck_assert_int_eq(app->lessons.lesson, 1);
    ck_assert_int_eq(app->lessons.page, 0);
    key(UI_KEY_PAGE_UP, 0);
    ck_assert_int_eq(app->lessons.page, pages - 1);
    key(UI_KEY_F6, 0);
    ck_assert(shown.zoom == 1.25f);
    ck_assert(app->presenting && !text_is_shown("Lessons") && text_is_shown("It can learn"));
    key(UI_KEY_PAGE_DOWN, 0);
    ck_assert_int_eq(app->lessons.lesson, 1);
    key(UI_KEY_ESCAPE, 0); /* puts the sentence about the first page away */
    ck_assert(app->presenting);
    key(UI_KEY_ESCAPE, 0);
    ck_assert(!app->presenting && shown.zoom == 1);
}
END_TEST

START_TEST(a_slider_and_a_button_do_what_a_script_would)
{
    ask_for(ACT_LESSON, "perceptron rule");
    frame();
    click("set-step");
    frame();
    double steps;
    ck_assert(lessons_figure(&app->lessons, "steps", &steps) && steps == 1);
    ask_for(ACT_LESSON, "perceptron gates");
    frame();
    struct ui_rect rect = rect_of("set-w1");
    sample(UI_PRESS, UI_BUTTON_LEFT, rect.x + rect.w - 8, rect.y + rect.h / 2);
    frame();
    sample(UI_RELEASE, UI_BUTTON_LEFT, rect.x + rect.w - 8, rect.y + rect.h / 2);
    frame();
    double w1;
    ck_assert(lessons_figure(&app->lessons, "w1", &w1) && w1 > 9);
    click("page-restart");
    frame();
    ck_assert(lessons_figure(&app->lessons, "w1", &w1) && w1 == 1);
}
END_TEST

static void remove_lessons(void)
{
    char lessons[FILES_PATH_MAX], command[FILES_PATH_MAX + 32];
    files_user_path(FILES_DATA, "lessons", lessons);
    snprintf(command, sizeof command, "rm -rf '%s'", lessons);
    ck_assert_int_eq(system(command), 0);
    files_user_path(FILES_STATE, "lessons.txt", lessons);
    remove(lessons);
}

Suite *make_suite(void)
{
    Suite *suite = suite_create("own lessons");
    TCase *tcase = tcase_create("own lessons");
    tcase_add_unchecked_fixture(tcase, make_world, remove_world);
    tcase_add_checked_fixture(tcase, remove_lessons, NULL);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, the_lesson_in_the_readme_works);
    tcase_add_loop_test(tcase, what_does_not_go_with_its_stage_gets_a_sentence_with_its_line, 0,
                        sizeof broken / sizeof *broken);
    tcase_add_test(tcase, what_is_solved_is_kept_and_comes_to_other_windows);
    tcase_add_test(tcase, the_log_tells_of_pages_and_tasks);
    tcase_add_test(tcase, pages_turn_over_the_ends_of_lessons);
    tcase_add_test(tcase, a_slider_and_a_button_do_what_a_script_would);
    suite_add_tcase(suite, tcase);
    return suite;
}

/* SPDX-License-Identifier: MIT */
/* The lessons that ship, in the whole program: every task is solved by its solution and refused for
 * a near miss, and every name in them is known. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/shell/lesson_world.h"
#include "app_world.h"
#include "base/files.h"
#include "suite.h"

enum { LINE_MAX = 256, NAME_ROOM = 32 };

static struct err err;

/* Which of the lessons this case is about. */
static const struct lesson *lesson_of(int i)
{
    struct stage_world world = lesson_world(app);
    ck_assert_msg(lessons_load(&app->lessons, &world, &err), "%s", err.text);
    return i < app->lessons.list.count ? app->lessons.list.lessons[i] : NULL;
}

static void settle(void)
{
    frame();
    wait_until(library_state(app->library) != LIBRARY_LOADING);
    frame();
    wait_until(!lessons_busy(&app->lessons));
    frame();
}

static void open_at(const char *lesson, const char *place)
{
    char where[2 * NAME_ROOM];
    snprintf(where, sizeof where, "%s %s", lesson, place);
    ask_for(ACT_LESSON, where);
    frame();
    wait_until(library_state(app->library) != LIBRARY_LOADING);
    frame();
    ck_assert_msg(app->lessons.stage != NULL, "%s: %s", where, app->lessons.trouble.text);
    ck_assert_str_eq(lessons_open_lesson(&app->lessons)->name, lesson);
}

static bool is_done(const char *lesson, const char *task)
{
    return progress_has(&app->lessons.progress, lesson, task);
}

/* ---- tests/lesson/tasks.txt ------------------------------------------------------------------ */

/* Calls `each` with "NAME VALUE, ..." of the lines that begin so, of that lesson. */
static void each_line(const char *word, const struct lesson *lesson,
                      void (*each)(const char *lesson, const char *task, char *sets))
{
    char path[FILES_PATH_MAX], line[LINE_MAX];
    snprintf(path, sizeof path, "%s/tests/lesson/tasks.txt", getenv("INKLING_SOURCE"));
    FILE *in = fopen(path, "r");
    ck_assert_msg(in != NULL, "%s is not there", path);
    while (fgets(line, sizeof line, in)) {
        char first[NAME_ROOM], name[NAME_ROOM], task[NAME_ROOM];
        line[strcspn(line, "\n")] = 0;
        char *sets = strchr(line, ':');
        if (sscanf(line, "%31s %31s %31[^: \n]", first, name, task) == 3 &&
            strcmp(first, word) == 0 && strcmp(name, lesson->name) == 0)
            each(name, task, sets ? sets + 1 : line + strlen(line));
    }
    fclose(in);
}

static void apply(char *sets)
{
    char *rest;
    for (char *set = strtok_r(sets, ",", &rest); set; set = strtok_r(NULL, ",", &rest)) {
        set += strspn(set, " ");
        bool answers = strncmp(set, "answer ", 7) == 0;
        uint64_t said = app->notices.count;
        ask_for(answers ? ACT_ANSWER : ACT_SET, answers ? set + 7 : set);
        settle();
        ck_assert_msg(app->notices.count == said, "%s: %s", set, app->notices.now.text);
    }
}

static char looked_for[NAME_ROOM];
static bool found;

static void find_task(const char *lesson, const char *task, char *sets)
{
    (void)lesson;
    (void)sets;
    found |= strcmp(task, looked_for) == 0;
}

static void use(const char *lesson, const char *task, char *sets)
{
    (void)lesson;
    if (strcmp(task, looked_for) == 0)
        apply(sets);
}

/* ---- what holds ------------------------------------------------------------------------------ */

static void solve(const struct lesson *lesson, const struct lesson_task *task)
{
    snprintf(looked_for, sizeof looked_for, "%s", task->name);
    found = false;
    each_line("apart", lesson, find_task);
    if (found)
        return;
    open_at(lesson->name, task->name);
    ck_assert_msg(!is_done(lesson->name, task->name), "%s %s is solved before anything was done",
                  lesson->name, task->name);
    each_line("use", lesson, use);
    settle();
    ask(ACT_SOLUTION, 0);
    settle();
    ck_assert_msg(is_done(lesson->name, task->name), "%s %s is not solved by its solution: %s",
                  lesson->name, task->name, app->notices.now.text);
}

START_TEST(every_task_is_solved_by_its_solution)
{
    const struct lesson *lesson = lesson_of(_i);
    for (int p = 0; lesson && p < lesson->page_count; p++)
        for (int t = 0; t < lesson->pages[p].task_count; t++)
            solve(lesson, &lesson->pages[p].tasks[t]);
}
END_TEST

static void miss(const char *lesson, const char *task, char *sets)
{
    char said[LINE_MAX];
    snprintf(said, sizeof said, "%s", sets);
    ck_assert_msg(lessons_forget(&app->lessons, true, &err), "%s", err.text);
    open_at(lesson, task);
    apply(sets);
    ck_assert_msg(!is_done(lesson, task), "%s %s is solved by%s", lesson, task, said);
    found = true;
}

START_TEST(a_near_miss_solves_nothing)
{
    const struct lesson *lesson = lesson_of(_i);
    found = !lesson;
    if (lesson)
        each_line("near", lesson, miss);
    ck_assert_msg(found, "there are no near misses of %s", lesson->name);
}
END_TEST

static void know_texts(const struct lesson *lesson, const struct lesson_page *page)
{
    char name[CHECK_NAME_MAX];
    const char *texts[LESSON_TEXTS_MAX + 1] = {page->caption ? page->caption : ""};
    for (int i = 0; i < page->text_count; i++)
        texts[i + 1] = page->texts[i];
    for (int i = 0; i <= page->text_count; i++)
        ck_assert_msg(!lesson_text_stranger(texts[i], lessons_figure, &app->lessons, name),
                      "%s %s: no figure %s", lesson->name, page->name, name);
}

static void know_figures(const struct lesson *lesson, const struct lesson_page *page)
{
    double value;
    for (int i = 0; i < page->figure_count; i++)
        ck_assert_msg(lessons_figure(&app->lessons, page->figures[i].name, &value),
                      "%s %s: no figure %s", lesson->name, page->name, page->figures[i].name);
    for (int t = 0; t < page->task_count; t++) {
        const char *name = check_stranger(&page->tasks[t].check, lessons_figure, &app->lessons);
        ck_assert_msg(!name, "%s %s: no figure %s", lesson->name, page->tasks[t].name, name);
    }
}

START_TEST(every_name_in_it_is_known)
{
    const struct lesson *lesson = lesson_of(_i);
    for (int p = 0; lesson && p < lesson->page_count; p++) {
        open_at(lesson->name, lesson->pages[p].name);
        know_texts(lesson, &lesson->pages[p]);
        know_figures(lesson, &lesson->pages[p]);
    }
    if (lesson) {
        struct stage_world world = lesson_world(app);
        ck_assert_msg(lessons_verify(lesson, &world, &err), "%s", err.text);
    }
}
END_TEST

enum { LESSONS_MOST = 16 };

Suite *make_suite(void)
{
    Suite *suite = suite_create("lessons");
    TCase *tcase = tcase_create("lessons");
    tcase_add_unchecked_fixture(tcase, make_world, remove_world);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, every_task_is_solved_by_its_solution, 0, LESSONS_MOST);
    tcase_add_loop_test(tcase, a_near_miss_solves_nothing, 0, LESSONS_MOST);
    tcase_add_loop_test(tcase, every_name_in_it_is_known, 0, LESSONS_MOST);
    tcase_set_timeout(tcase, 120);
    suite_add_tcase(suite, tcase);
    return suite;
}

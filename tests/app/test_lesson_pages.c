/* SPDX-License-Identifier: MIT */
/* Every page of every lesson that ships, at several sizes, with real fonts: nothing is cut, nothing
 * lies over anything else, no control has the name of another. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app/shell/lesson_world.h"
#include "app_fonts.h"
#include "app_world.h"
#include "places.h"
#include "suite.h"

enum { LESSONS_MOST = 16, SCROLLS_MAX = 40 };

/* The last two are a screen of 1920x1200 with text of 250 %, and 1280x800 with text of 80 %. */
static const float sizes[][2] = {{640, 480},   {960, 640}, {1280, 800},
                                 {1920, 1080}, {768, 480}, {1600, 1000}};
enum { SIZES = sizeof sizes / sizeof *sizes };

static struct err err;

static void check_frame(const struct lesson *lesson, const char *page, const char *how)
{
    frame();
    frame();
    const char *wrong = places_find_control();
    if (!wrong)
        wrong = places_find_text();
    ck_assert_msg(!wrong, "%s %s, %s, at %gx%g: %s", lesson->name, page, how, (double)input->width,
                  (double)input->height, wrong);
}

/* From the top of what scrolls to its end. */
static void check_scrolled(const struct lesson *lesson, const char *page, const char *how)
{
    struct page_view *view = &app->learn.page;
    float last_page = -1, last_side = -1;
    for (int i = 0; i < SCROLLS_MAX; i++) {
        check_frame(lesson, page, how);
        if (view->page_scroll == last_page && view->side_scroll == last_side)
            break;
        last_page = view->page_scroll;
        last_side = view->side_scroll;
        view->page_scroll += input->height / 3;
        view->side_scroll += input->height / 3;
        frame();
    }
    view->page_scroll = view->side_scroll = 0;
}

static void open_page(const struct lesson *lesson, const char *page)
{
    char where[80];
    snprintf(where, sizeof where, "%s %s", lesson->name, page);
    ask_for(ACT_LESSON, where);
    frame();
    wait_until(library_state(app->library) != LIBRARY_LOADING);
    frame();
    wait_until(!lessons_busy(&app->lessons));
    ask(ACT_HINT, 0); /* as much as there can be */
    ask(ACT_HINT, 0);
    frame();
    app->notices.now = (struct notice){0};
}

static void look_at(const struct lesson *lesson, const char *page)
{
    open_page(lesson, page);
    for (int i = 0; i < SIZES; i++) {
        input->width = sizes[i][0];
        input->height = sizes[i][1];
        check_scrolled(lesson, page, "as it begins");
        if (i != 1)
            continue;
        app->presenting = true;
        check_scrolled(lesson, page, "presented");
        app->presenting = false;
    }
}

START_TEST(no_page_is_cut_or_crowded_at_any_size)
{
    struct stage_world world = lesson_world(app);
    ck_assert_msg(lessons_load(&app->lessons, &world, &err), "%s", err.text);
    if (_i >= app->lessons.list.count)
        return;
    const struct lesson *lesson = app->lessons.list.lessons[_i];
    for (int p = 0; p < lesson->page_count; p++)
        look_at(lesson, lesson->pages[p].name);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("lesson pages");
    TCase *tcase = tcase_create("pages");
    tcase_add_unchecked_fixture(tcase, measure_fonts, forget_fonts);
    tcase_add_unchecked_fixture(tcase, make_world, remove_world);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, no_page_is_cut_or_crowded_at_any_size, 0, LESSONS_MOST);
    tcase_set_timeout(tcase, 300);
    suite_add_tcase(suite, tcase);
    return suite;
}

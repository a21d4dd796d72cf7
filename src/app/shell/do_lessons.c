/* SPDX-License-Identifier: MIT */
#include "app/shell/do.h"
#include "app/shell/lesson_world.h"
#include "app/shell/state.h"
#include "app/shell/views.h"
#include "base/err.h"

/* The lessons are read when they are first wanted. */
static bool open_lesson(struct app *app, const char *where, struct err *err)
{
    struct stage_world world = lesson_world(app);
    if (app->view != APP_LEARN) {
        canvas_lift(&app->canvas); /* no pen reaches it there */
        app->view = APP_LEARN;
        library_load(app->library);
    }
    return lessons_load(&app->lessons, &world, err) &&
           lessons_open(&app->lessons, &world, where, err);
}

static bool restart(struct app *app, struct err *err)
{
    struct stage_world world = lesson_world(app);
    return lessons_restart(&app->lessons, &world, err);
}

static void turn(struct app *app, int by)
{
    struct stage_world world = lesson_world(app);
    lessons_turn(&app->lessons, &world, by);
}

/* False: it is none of the page's. */
static bool do_on_page(struct app *app, const struct action *action, bool *done, struct err *err)
{
    struct lessons *lessons = &app->lessons;
    switch (action->kind) {
    case ACT_LESSON: *done = open_lesson(app, action->text, err); break;
    case ACT_PAGE_RESTART: *done = restart(app, err); break;
    case ACT_SET: *done = lessons_set(lessons, action->text, err); break;
    case ACT_ANSWER: *done = lessons_answer(lessons, action->text, err); break;
    case ACT_TASK: *done = lessons_choose_task(lessons, action->text, err); break;
    case ACT_HINT: *done = lessons_hint(lessons, err); break;
    case ACT_SOLUTION: *done = lessons_solve(lessons, err); break;
    case ACT_LESSON_FORGET: *done = lessons_forget(lessons, false, err); break;
    case ACT_LESSONS_FORGET: *done = lessons_forget(lessons, true, err); break;
    default: return false;
    }
    return true;
}

bool do_with_lessons(struct app *app, const struct action *action)
{
    struct err err;
    bool done = true;
    if (action->kind == ACT_PAGE_NEXT || action->kind == ACT_PAGE_BEFORE)
        turn(app, action->kind == ACT_PAGE_NEXT ? 1 : -1);
    else if (action->kind == ACT_PRESENT)
        app->presenting = !app->presenting;
    else if ((action->kind == ACT_SET && app->view != APP_LEARN) ||
             !do_on_page(app, action, &done, &err))
        return false;
    if (!done)
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
    return true;
}

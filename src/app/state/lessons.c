/* SPDX-License-Identifier: MIT */
#include "app/state/lessons.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/stage/stage_kinds.h"
#include "app/tell/log.h"
#include "app/tell/notice.h"
#include "base/language.h"

enum { WHERE_MAX = 2 * LESSON_NAME_MAX };

void lessons_begin(struct lessons *lessons, const struct app_means *means)
{
    lessons->means = *means;
    lessons->lesson = lessons->task = -1;
    lessons->answer = NAN;
}

void lessons_end(struct lessons *lessons)
{
    stage_end(lessons->stage);
    lessons->stage = NULL;
    lesson_list_free(&lessons->list);
    progress_close(&lessons->progress);
}

/* ---- looking --------------------------------------------------------------------------------- */

const struct lesson *lessons_open_lesson(const struct lessons *lessons)
{
    return lessons->lesson >= 0 ? lessons->list.lessons[lessons->lesson] : NULL;
}

const struct lesson_page *lessons_open_page(const struct lessons *lessons)
{
    const struct lesson *lesson = lessons_open_lesson(lessons);
    return lesson ? &lesson->pages[lessons->page] : NULL;
}

bool lessons_figure(const void *user, const char *name, double *value)
{
    const struct lessons *lessons = user;
    if (strcmp(name, "answer") == 0) {
        *value = lessons->answer;
        return true;
    }
    return lessons->stage && stage_figure(lessons->stage, name, value);
}

bool lessons_task_done(const struct lessons *lessons, int task)
{
    const struct lesson_page *page = lessons_open_page(lessons);
    return page && progress_has(&lessons->progress, lessons_open_lesson(lessons)->name,
                                page->tasks[task].name);
}

bool lessons_lesson_done(const struct lessons *lessons, int i)
{
    const struct lesson *lesson = lessons->list.lessons[i];
    int tasks = 0;
    for (int p = 0; p < lesson->page_count; p++)
        for (int t = 0; t < lesson->pages[p].task_count; t++, tasks++)
            if (!progress_has(&lessons->progress, lesson->name, lesson->pages[p].tasks[t].name))
                return false;
    return tasks > 0;
}

int lessons_done_count(const struct lessons *lessons)
{
    int count = 0;
    for (int i = 0; i < lessons->list.count; i++)
        count += lessons_lesson_done(lessons, i);
    return count;
}

bool lessons_busy(const struct lessons *lessons)
{
    return lessons->stage && stage_busy(lessons->stage);
}

/* ---- telling --------------------------------------------------------------------------------- */

static void tell(const struct lessons *lessons, int task)
{
    const struct lesson *lesson = lessons_open_lesson(lessons);
    const struct lesson_page *page = lessons_open_page(lessons);
    if (!log_is_on(lessons->means.log))
        return;
    log_event(lessons->means.log,
              json_pack("{s:s, s:i, s:s, s:s, s:s?, s:b}", "event", "lesson", "number",
                        lesson->number, "name", lesson->name, "page", page->name, "task",
                        task >= 0 ? page->tasks[task].name : NULL, "done",
                        task >= 0 && lessons_task_done(lessons, task)));
}

/* ---- a page ---------------------------------------------------------------------------------- */

/* The first task of the page that is not solved, or -1. */
static int first_open_task(const struct lessons *lessons)
{
    const struct lesson_page *page = lessons_open_page(lessons);
    for (int i = 0; i < page->task_count; i++)
        if (!lessons_task_done(lessons, i))
            return i;
    return -1;
}

static bool apply_sets(struct stage *stage, const struct lesson_set *sets, int count,
                       const char *file, struct err *err)
{
    struct err why;
    for (int i = 0; i < count; i++)
        if (!stage_set(stage, sets[i].name, sets[i].value, &why))
            return err_set(err, _("%.80s, line %d: %s"), file, sets[i].line, why.text);
    return true;
}

struct stage *lessons_begin_stage(const struct lesson *lesson, const struct lesson_page *page,
                                  const struct stage_world *world, struct err *err)
{
    char file[LESSON_NAME_MAX + 8];
    const struct stage_kind *kind = stage_kind_find(page->stage);
    snprintf(file, sizeof file, "%s.lesson", lesson->name);
    if (!kind) {
        err_set(err, _("%.80s, line %d: there is no stage \"%s\"."), file, page->stage_line,
                page->stage);
        return NULL;
    }
    struct stage *stage = stage_begin(kind, world, err);
    if (stage && apply_sets(stage, page->sets, page->set_count, file, err))
        return stage;
    stage_end(stage);
    return NULL;
}

static void open_page(struct lessons *lessons, const struct stage_world *world, int lesson,
                      int page)
{
    stage_end(lessons->stage);
    lessons->lesson = lesson;
    lessons->page = page;
    lessons->answer = NAN;
    lessons->pending = NULL;
    lessons->opened++;
    memset(lessons->hints, 0, sizeof lessons->hints);
    memset(lessons->shown, 0, sizeof lessons->shown);
    lessons->stage = lessons_begin_stage(lessons_open_lesson(lessons), lessons_open_page(lessons),
                                         world, &lessons->trouble);
    lessons->task = first_open_task(lessons);
}

/* Those that do not go with their stages are left out, and said. */
static void verify_users(struct lessons *lessons, const struct stage_world *world)
{
    struct err why;
    for (int i = lessons->list.count - 1; i >= 0; i--)
        if (lessons->list.users[i] && !lessons_verify(lessons->list.lessons[i], world, &why))
            lesson_list_refuse(&lessons->list, i, &why);
}

bool lessons_load(struct lessons *lessons, const struct stage_world *world, struct err *err)
{
    char folder[FILES_PATH_MAX], path[FILES_PATH_MAX];
    struct err why;
    if (!lessons->loaded) {
        files_user_path(FILES_DATA, "lessons", folder);
        if (!lesson_list_load(&lessons->list, folder, err))
            return false;
        verify_users(lessons, world);
        if (!progress_open(&lessons->progress, files_user_path(FILES_STATE, "lessons.txt", path),
                           &why))
            notices_say(lessons->means.notices, NOTICE_TROUBLE, "%s", why.text);
        lessons->loaded = true;
    }
    if (lessons->lesson < 0 && lessons->list.count > 0) {
        open_page(lessons, world, 0, 0);
        tell(lessons, lessons->task);
    }
    return true;
}

/* The page and, if it is one's name, the task. */
static bool find_place(const struct lesson *lesson, const char *name, int *page, int *task)
{
    *task = -1;
    *page = name[0] ? lesson_find_page(lesson, name) : 0;
    if (*page < 0)
        *task = lesson_find_task(lesson, name, page);
    return *page < lesson->page_count;
}

bool lessons_open(struct lessons *lessons, const struct stage_world *world, const char *where,
                  struct err *err)
{
    char name[WHERE_MAX];
    int page, task;
    snprintf(name, sizeof name, "%s", where);
    char *place = name + strcspn(name, " ");
    if (*place)
        *place++ = 0;
    int lesson = lesson_list_find(&lessons->list, name);
    if (lesson < 0)
        return err_set(err, _("There is no lesson \"%s\"."), name);
    if (!find_place(lessons->list.lessons[lesson], place, &page, &task))
        return err_set(err, _("The lesson %s has neither a page nor a task \"%s\"."), name, place);
    open_page(lessons, world, lesson, page);
    if (task >= 0)
        lessons->task = task;
    tell(lessons, lessons->task);
    return lessons->stage || err_set(err, "%s", lessons->trouble.text);
}

static bool find_turn(const struct lessons *lessons, int by, int *lesson, int *page)
{
    if (lessons->lesson < 0)
        return false;
    *lesson = lessons->lesson;
    *page = lessons->page + by;
    if (*page < 0 && --*lesson >= 0)
        *page = lessons->list.lessons[*lesson]->page_count - 1;
    else if (*lesson >= 0 && *page == lessons->list.lessons[*lesson]->page_count) {
        ++*lesson;
        *page = 0;
    }
    return *lesson >= 0 && *lesson < lessons->list.count;
}

bool lessons_can_turn(const struct lessons *lessons, int by)
{
    int lesson, page;
    return find_turn(lessons, by, &lesson, &page);
}

bool lessons_turn(struct lessons *lessons, const struct stage_world *world, int by)
{
    int lesson, page;
    if (!find_turn(lessons, by, &lesson, &page))
        return false;
    open_page(lessons, world, lesson, page);
    tell(lessons, lessons->task);
    return true;
}

bool lessons_restart(struct lessons *lessons, const struct stage_world *world, struct err *err)
{
    int task = lessons->task;
    open_page(lessons, world, lessons->lesson, lessons->page);
    lessons->task = task;
    return lessons->stage || err_set(err, "%s", lessons->trouble.text);
}

/* ---- what is done on it ---------------------------------------------------------------------- */

bool lessons_set(struct lessons *lessons, const char *text, struct err *err)
{
    char name[WHERE_MAX];
    size_t length = strcspn(text, " ");
    if (!lessons->stage)
        return err_set(err, _("There is nothing to set on this page."));
    if (length >= sizeof name || !text[length])
        return err_set(err, _("A name and a value are wanted, as in \"w1 -2\", not \"%.40s\"."),
                       text);
    memcpy(name, text, length);
    name[length] = 0;
    return stage_set(lessons->stage, name, text + length + 1, err);
}

bool lessons_answer(struct lessons *lessons, const char *text, struct err *err)
{
    if (!stage_number(_("the answer"), text, -1e9, 1e9, &lessons->answer, err))
        return false;
    if (lessons->task >= 0)
        tell(lessons, lessons->task);
    return true;
}

/* Whether there is a task that is worked on. */
static bool has_task(const struct lessons *lessons, struct err *err)
{
    return lessons->task >= 0 || err_set(err, _("All tasks of this page are solved."));
}

bool lessons_choose_task(struct lessons *lessons, const char *name, struct err *err)
{
    int page = 0;
    int task =
        lessons->lesson >= 0 ? lesson_find_task(lessons_open_lesson(lessons), name, &page) : -1;
    if (task < 0 || page != lessons->page)
        return err_set(err, _("There is no task \"%.40s\" on this page."), name);
    lessons->task = task;
    return true;
}

bool lessons_hint(struct lessons *lessons, struct err *err)
{
    if (!has_task(lessons, err))
        return false;
    int *shown = &lessons->hints[lessons->task];
    if (*shown == lessons_open_page(lessons)->tasks[lessons->task].hint_count)
        return err_set(err, _("All hints are shown."));
    ++*shown;
    return true;
}

/* A number, or the name of a figure, which may yet have to be computed. */
static bool answer_by(struct lessons *lessons, const char *value, struct err *err)
{
    char number[32];
    double figure;
    if (!stage_figure(lessons->stage, value, &figure))
        return lessons_answer(lessons, value, err);
    lessons->pending = isnan(figure) ? value : NULL;
    snprintf(number, sizeof number, "%.9g", figure);
    return isnan(figure) || lessons_answer(lessons, number, err);
}

bool lessons_solve(struct lessons *lessons, struct err *err)
{
    if (!lessons->stage || !has_task(lessons, err))
        return lessons->stage || err_set(err, "%s", lessons->trouble.text);
    const struct lesson_task *task = &lessons_open_page(lessons)->tasks[lessons->task];
    lessons->shown[lessons->task] = true;
    for (int i = 0; i < task->solution_count; i++) {
        const struct lesson_set *set = &task->solution[i];
        bool done = strcmp(set->name, "answer") == 0
                        ? answer_by(lessons, set->value, err)
                        : stage_set(lessons->stage, set->name, set->value, err);
        if (!done)
            return false;
    }
    return true;
}

static void answer_pending(struct lessons *lessons)
{
    struct err err;
    double figure;
    const char *pending = lessons->pending;
    if (pending && stage_figure(lessons->stage, pending, &figure) && !isnan(figure))
        answer_by(lessons, pending, &err);
}

static void look_at_tasks(struct lessons *lessons)
{
    const struct lesson *lesson = lessons_open_lesson(lessons);
    const struct lesson_page *page = lessons_open_page(lessons);
    struct err err;
    for (int i = 0; i < page->task_count; i++) {
        const struct lesson_task *task = &page->tasks[i];
        if (lessons_task_done(lessons, i) || !check_holds(&task->check, lessons_figure, lessons))
            continue;
        if (!progress_add(&lessons->progress, lesson->name, task->name, &err))
            notices_say(lessons->means.notices, NOTICE_TROUBLE, "%s", err.text);
        tell(lessons, i);
        if (lessons->task == i)
            lessons->task = first_open_task(lessons);
    }
}

bool lessons_update(struct lessons *lessons, const struct stage_world *world)
{
    lessons->data = world->train;
    if (!lessons->stage)
        return false;
    bool more = stage_update(lessons->stage, world);
    answer_pending(lessons);
    look_at_tasks(lessons);
    return more;
}

bool lessons_forget(struct lessons *lessons, bool all, struct err *err)
{
    const struct lesson *lesson = lessons_open_lesson(lessons);
    bool done = progress_forget(&lessons->progress, all || !lesson ? NULL : lesson->name, err);
    if (lesson)
        lessons->task = first_open_task(lessons);
    return done;
}

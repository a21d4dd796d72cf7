/* SPDX-License-Identifier: MIT */
/* lesson_verify.c -- whether the stage of each page knows what a lesson says of it. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/state/lessons.h"
#include "base/language.h"

static bool knows(const void *stage, const char *name, double *value)
{
    return strcmp(name, "answer") == 0 || stage_figure(stage, name, value);
}

static bool has_control(const struct stage *stage, const char *name)
{
    struct stage_control controls[STAGE_CONTROLS_MAX];
    int count = stage_controls(stage, controls);
    for (int i = 0; i < count; i++)
        if (strcmp(controls[i].name, name) == 0)
            return true;
    return false;
}

static bool wrong(const struct lesson *lesson, int line, struct err *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static bool wrong(const struct lesson *lesson, int line, struct err *err, const char *format, ...)
{
    char text[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return err_set(err, _("%.80s.lesson, line %d: %s"), lesson->name, line, text);
}

static bool verify_task(const struct lesson *lesson, const struct lesson_task *task,
                        const struct stage *stage, struct err *err)
{
    const char *stranger = check_stranger(&task->check, knows, stage);
    if (stranger)
        return wrong(lesson, task->line, err, _("This page has no figure \"%.40s\"."), stranger);
    return true;
}

/* What the words name stands on no line of the structure: the page's is named. */
static bool verify_words(const struct lesson *lesson, const struct lesson_page *page,
                         const struct stage *stage, struct err *err)
{
    char name[CHECK_NAME_MAX];
    double value;
    for (int i = 0; i < page->text_count; i++)
        if (lesson_text_stranger(page->texts[i], knows, stage, name))
            return wrong(lesson, page->line, err,
                         _("A text of this page asks for a figure \"%.40s\" that it has not."),
                         name);
    for (int i = 0; i < page->figure_count; i++)
        if (!knows(stage, page->figures[i].name, &value))
            return wrong(lesson, page->line, err,
                         _("The words of this page ask for a figure \"%.40s\" that it has not."),
                         page->figures[i].name);
    for (int i = 0; i < page->label_count; i++)
        if (!has_control(stage, page->labels[i].name))
            return wrong(lesson, page->line, err,
                         _("The words of this page name a control \"%.40s\" that it has not."),
                         page->labels[i].name);
    return true;
}

static bool verify_page(const struct lesson *lesson, const struct lesson_page *page,
                        const struct stage_world *world, struct err *err)
{
    struct stage *stage = lessons_begin_stage(lesson, page, world, err);
    bool good = stage != NULL;
    for (int i = 0; good && i < page->hidden_count; i++)
        good = has_control(stage, page->hidden[i]) ||
               wrong(lesson, page->line, err, _("This page hides \"%.40s\", which it has not."),
                     page->hidden[i]);
    for (int i = 0; good && i < page->task_count; i++)
        good = verify_task(lesson, &page->tasks[i], stage, err);
    good = good && verify_words(lesson, page, stage, err);
    stage_end(stage);
    return good;
}

bool lessons_verify(const struct lesson *lesson, const struct stage_world *world, struct err *err)
{
    for (int i = 0; i < lesson->page_count; i++)
        if (!verify_page(lesson, &lesson->pages[i], world, err))
            return false;
    return true;
}

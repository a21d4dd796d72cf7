/* SPDX-License-Identifier: MIT */
#include "lesson/lesson.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "base/text.h"
#include "lesson/lesson_lines.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

bool lesson_is_name(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return islower((unsigned char)name[0]) && !name[length] && length < LESSON_NAME_MAX;
}

/* ---- finding --------------------------------------------------------------------------------- */

int lesson_find_page(const struct lesson *lesson, const char *name)
{
    for (int i = 0; i < lesson->page_count; i++)
        if (strcmp(lesson->pages[i].name, name) == 0)
            return i;
    return -1;
}

static int find_task(const struct lesson_page *page, const char *name)
{
    for (int i = 0; i < page->task_count; i++)
        if (strcmp(page->tasks[i].name, name) == 0)
            return i;
    return -1;
}

int lesson_find_task(const struct lesson *lesson, const char *name, int *page)
{
    for (*page = 0; *page < lesson->page_count; (*page)++) {
        int task = find_task(&lesson->pages[*page], name);
        if (task >= 0)
            return task;
    }
    return -1;
}

const char *lesson_label(const struct lesson_page *page, const char *name)
{
    for (int i = 0; i < page->label_count; i++)
        if (strcmp(page->labels[i].name, name) == 0)
            return page->labels[i].text;
    return NULL;
}

bool lesson_hides(const struct lesson_page *page, const char *name)
{
    for (int i = 0; i < page->hidden_count; i++)
        if (strcmp(page->hidden[i], name) == 0)
            return true;
    return false;
}

/* ---- the structure --------------------------------------------------------------------------- */

/* What is being read: the last page and the last task. */
struct reading {
    struct lesson *lesson;
    struct lesson_page *page;
    struct lesson_task *task;
    struct lesson_lines lines;
    struct err *err;
};

static bool too_many(struct reading *reading, int most)
{
    return lesson_lines_wrong(&reading->lines, reading->err,
                              _("There are too many of \"%.20s\": at most %d."),
                              reading->lines.word, most);
}

static bool take_name(struct reading *reading, const char **name)
{
    *name = lesson_lines_take(&reading->lines);
    return lesson_is_name(*name) ||
           lesson_lines_wrong(&reading->lines, reading->err,
                              _("\"%.40s\" is no name: behind \"%.20s\" stand letters from a to z, "
                                "digits and -, a letter first."),
                              *name, reading->lines.word);
}

static bool need_text(struct reading *reading)
{
    return reading->lines.text[0] ||
           lesson_lines_wrong(&reading->lines, reading->err, _("Nothing stands behind \"%.20s\"."),
                              reading->lines.word);
}

static bool read_number(struct reading *reading)
{
    char after;
    return (sscanf(reading->lines.text, "%d%c", &reading->lesson->number, &after) == 1 &&
            reading->lesson->number > 0) ||
           lesson_lines_wrong(&reading->lines, reading->err,
                              _("Behind \"lesson\" stands its number, 1 or more."));
}

static bool read_page(struct reading *reading)
{
    struct lesson *lesson = reading->lesson;
    const char *name;
    if (!take_name(reading, &name))
        return false;
    if (lesson_find_page(lesson, name) >= 0)
        return lesson_lines_wrong(&reading->lines, reading->err,
                                  _("There is a page \"%s\" already."), name);
    if (lesson->page_count == LESSON_PAGES_MAX)
        return too_many(reading, LESSON_PAGES_MAX);
    size_t size = (size_t)(lesson->page_count + 1) * sizeof *lesson->pages;
    struct lesson_page *grown = realloc(lesson->pages, size);
    if (!grown)
        return err_memory(reading->err, _("the lesson"));
    lesson->pages = grown;
    reading->page = &grown[lesson->page_count++];
    *reading->page = (struct lesson_page){.name = name, .line = reading->lines.number};
    reading->task = NULL;
    return true;
}

static bool read_stage(struct reading *reading)
{
    reading->page->stage_line = reading->lines.number;
    return take_name(reading, &reading->page->stage);
}

static bool read_pair(struct reading *reading, struct lesson_set *sets, int *count)
{
    if (*count == LESSON_SETS_MAX)
        return too_many(reading, LESSON_SETS_MAX);
    struct lesson_set *set = &sets[*count];
    set->line = reading->lines.number;
    if (!take_name(reading, &set->name) || !need_text(reading))
        return false;
    set->value = reading->lines.text;
    (*count)++;
    return true;
}

static bool read_set(struct reading *reading)
{
    return read_pair(reading, reading->page->sets, &reading->page->set_count);
}

static bool read_hide(struct reading *reading)
{
    struct lesson_page *page = reading->page;
    if (page->hidden_count == LESSON_ROWS_MAX)
        return too_many(reading, LESSON_ROWS_MAX);
    return take_name(reading, &page->hidden[page->hidden_count++]);
}

static bool read_task(struct reading *reading)
{
    struct lesson_page *page = reading->page;
    struct err why;
    const char *name;
    int other;
    if (page->task_count == LESSON_TASKS_MAX)
        return too_many(reading, LESSON_TASKS_MAX);
    if (!take_name(reading, &name))
        return false;
    if (lesson_find_task(reading->lesson, name, &other) >= 0)
        return lesson_lines_wrong(&reading->lines, reading->err,
                                  _("There is a task \"%s\" already."), name);
    struct lesson_task *task = &page->tasks[page->task_count++];
    task->name = name;
    task->line = reading->lines.number;
    return check_read(reading->lines.text, &task->check, &why) ||
           lesson_lines_wrong(&reading->lines, reading->err, "%s", why.text);
}

/* The task of the page that is being read by that name. */
static bool take_task(struct reading *reading, struct lesson_task **task)
{
    const char *name;
    if (!take_name(reading, &name))
        return false;
    int found = find_task(reading->page, name);
    if (found < 0)
        return lesson_lines_wrong(&reading->lines, reading->err,
                                  _("There is no task \"%s\" on page \"%s\"."), name,
                                  reading->page->name);
    *task = &reading->page->tasks[found];
    return true;
}

static bool read_solution(struct reading *reading)
{
    struct lesson_task *task = NULL;
    return take_task(reading, &task) && read_pair(reading, task->solution, &task->solution_count);
}

/* ---- the words ------------------------------------------------------------------------------- */

static bool read_title(struct reading *reading)
{
    reading->lesson->title = reading->lines.text;
    return need_text(reading);
}

static bool read_page_words(struct reading *reading)
{
    const char *name;
    if (!take_name(reading, &name))
        return false;
    int found = lesson_find_page(reading->lesson, name);
    if (found < 0)
        return lesson_lines_wrong(&reading->lines, reading->err,
                                  _("There is no page \"%s\" in the lesson's other file."), name);
    reading->page = &reading->lesson->pages[found];
    reading->task = NULL;
    return true;
}

static bool read_heading(struct reading *reading)
{
    reading->page->heading = reading->lines.text;
    return need_text(reading);
}

static bool read_caption(struct reading *reading)
{
    reading->page->caption = reading->lines.text;
    return need_text(reading);
}

static bool read_text(struct reading *reading)
{
    struct lesson_page *page = reading->page;
    if (page->text_count == LESSON_TEXTS_MAX)
        return too_many(reading, LESSON_TEXTS_MAX);
    page->texts[page->text_count++] = reading->lines.text;
    return need_text(reading);
}

static bool read_label(struct reading *reading)
{
    struct lesson_page *page = reading->page;
    if (page->label_count == LESSON_ROWS_MAX)
        return too_many(reading, LESSON_ROWS_MAX);
    struct lesson_label *label = &page->labels[page->label_count++];
    if (!take_name(reading, &label->name))
        return false;
    label->text = reading->lines.text;
    return need_text(reading);
}

/* "cost.3": a name and, behind a point, how many digits. */
static int cut_digits(char *name)
{
    char *point = strchr(name, '.');
    if (!point)
        return 0;
    *point = 0;
    return isdigit((unsigned char)point[1]) && !point[2] ? point[1] - '0' : -1;
}

static bool read_figure(struct reading *reading)
{
    struct lesson_page *page = reading->page;
    if (page->figure_count == LESSON_ROWS_MAX)
        return too_many(reading, LESSON_ROWS_MAX);
    struct lesson_figure *figure = &page->figures[page->figure_count++];
    char *name = lesson_lines_take(&reading->lines);
    figure->digits = cut_digits(name);
    figure->name = name;
    figure->text = reading->lines.text;
    if (!lesson_is_name(name) || figure->digits < 0)
        return lesson_lines_wrong(&reading->lines, reading->err,
                                  _("Behind \"figure\" stand its name, a point and how many digits "
                                    "are shown, as in cost.3."));
    return need_text(reading);
}

static bool read_task_words(struct reading *reading)
{
    return take_task(reading, &reading->task);
}

static bool read_say(struct reading *reading)
{
    reading->task->say = reading->lines.text;
    return need_text(reading);
}

static bool read_done(struct reading *reading)
{
    reading->task->done = reading->lines.text;
    return need_text(reading);
}

static bool read_hint(struct reading *reading)
{
    struct lesson_task *task = reading->task;
    if (task->hint_count == LESSON_HINTS)
        return too_many(reading, LESSON_HINTS);
    task->hints[task->hint_count++] = reading->lines.text;
    return need_text(reading);
}

static bool read_choice(struct reading *reading)
{
    struct lesson_task *task = reading->task;
    if (task->choice_count == LESSON_CHOICES_MAX)
        return too_many(reading, LESSON_CHOICES_MAX);
    struct lesson_choice *choice = &task->choices[task->choice_count++];
    char *end, *word = lesson_lines_take(&reading->lines);
    choice->value = strtod(word, &end);
    choice->text = reading->lines.text;
    if (end == word || *end || !isfinite(choice->value))
        return lesson_lines_wrong(&reading->lines, reading->err,
                                  _("Behind \"choice\" stand a number and what it says."));
    return need_text(reading);
}

/* ---- a file ---------------------------------------------------------------------------------- */

enum within { IN_LESSON, IN_PAGE, IN_TASK };

/* A word that may begin a line, and where. */
struct keyword {
    const char *word;
    enum within within;
    bool (*read)(struct reading *reading);
};

static const struct keyword structure_words[] = {
    {"lesson", IN_LESSON, read_number},   {"page", IN_LESSON, read_page},
    {"stage", IN_PAGE, read_stage},       {"set", IN_PAGE, read_set},
    {"hide", IN_PAGE, read_hide},         {"task", IN_PAGE, read_task},
    {"solution", IN_PAGE, read_solution},
};

static const struct keyword text_words[] = {
    {"title", IN_LESSON, read_title},   {"page", IN_LESSON, read_page_words},
    {"heading", IN_PAGE, read_heading}, {"caption", IN_PAGE, read_caption},
    {"text", IN_PAGE, read_text},       {"label", IN_PAGE, read_label},
    {"figure", IN_PAGE, read_figure},   {"task", IN_PAGE, read_task_words},
    {"say", IN_TASK, read_say},         {"hint", IN_TASK, read_hint},
    {"done", IN_TASK, read_done},       {"choice", IN_TASK, read_choice},
};

static bool read_line(struct reading *reading, const struct keyword *keywords, int count)
{
    const struct lesson_lines *lines = &reading->lines;
    for (int i = 0; i < count; i++) {
        if (strcmp(keywords[i].word, lines->word) != 0)
            continue;
        if (keywords[i].within >= IN_PAGE && !reading->page)
            return lesson_lines_wrong(lines, reading->err,
                                      _("\"%s\" belongs to a page: a line \"page NAME\" comes "
                                        "before it."),
                                      lines->word);
        if (keywords[i].within == IN_TASK && !reading->task)
            return lesson_lines_wrong(lines, reading->err,
                                      _("\"%s\" belongs to a task: a line \"task NAME\" comes "
                                        "before it."),
                                      lines->word);
        return keywords[i].read(reading);
    }
    return lesson_lines_wrong(lines, reading->err, _("No line begins with \"%.40s\"."),
                              lines->word);
}

/* A copy with a zero at its end; NULL with a sentence. */
static char *copy_source(const struct lesson_source *source, struct err *err)
{
    if (source->size > LESSON_SIZE_MAX) {
        err_set(err, _("%.80s is longer than a lesson may be, %d kB."), source->name,
                LESSON_SIZE_MAX >> 10);
        return NULL;
    }
    char *text = malloc(source->size + 1);
    if (!text) {
        err_memory(err, _("the lesson"));
        return NULL;
    }
    memcpy(text, source->data, source->size);
    text[source->size] = 0;
    if (strlen(text) == source->size && text_is_utf8(text))
        return text;
    err_set(err, _("%.80s is no text in UTF-8; save it as that."), source->name);
    free(text);
    return NULL;
}

static bool read_file(struct lesson *lesson, const struct lesson_source *source, char *text,
                      const struct keyword *keywords, int count, struct err *err)
{
    struct reading reading = {.lesson = lesson, .err = err};
    lesson_lines_begin(&reading.lines, source->name, text);
    while (lesson_lines_next(&reading.lines))
        if (!read_line(&reading, keywords, count))
            return false;
    return true;
}

/* ---- what must be there ---------------------------------------------------------------------- */

static bool check_task(const struct lesson_task *task, const char *file, struct err *err)
{
    if (!task->say)
        return lesson_line_wrong(file, task->line, err,
                                 _("This task has no \"say\" in the lesson's words."));
    if (task->solution_count == 0)
        return lesson_line_wrong(file, task->line, err, _("This task has no \"solution\"."));
    return task->hint_count == LESSON_HINTS ||
           lesson_line_wrong(file, task->line, err,
                             _("This task needs two hints in the lesson's words."));
}

static bool check_page(const struct lesson_page *page, const char *file, struct err *err)
{
    if (!page->stage)
        return lesson_line_wrong(file, page->line, err, _("This page has no \"stage\"."));
    if (!page->heading)
        return lesson_line_wrong(file, page->line, err,
                                 _("This page has no \"heading\" in the lesson's words."));
    for (int i = 0; i < page->task_count; i++)
        if (!check_task(&page->tasks[i], file, err))
            return false;
    return true;
}

static bool check_whole(const struct lesson *lesson, const char *file, const char *words,
                        struct err *err)
{
    if (lesson->number == 0)
        return lesson_line_wrong(file, 1, err, _("A line \"lesson NUMBER\" is missing."));
    if (lesson->page_count == 0)
        return lesson_line_wrong(file, 1, err, _("A lesson has at least one page."));
    if (!lesson->title)
        return lesson_line_wrong(words, 1, err, _("A line \"title\" is missing."));
    for (int i = 0; i < lesson->page_count; i++)
        if (!check_page(&lesson->pages[i], file, err))
            return false;
    return true;
}

struct lesson *lesson_read(const char *name, const struct lesson_source *structure,
                           const struct lesson_source *words, struct err *err)
{
    struct lesson *lesson = calloc(1, sizeof *lesson);
    if (!lesson) {
        err_memory(err, _("the lesson"));
        return NULL;
    }
    snprintf(lesson->name, sizeof lesson->name, "%s", name);
    lesson->structure = copy_source(structure, err);
    lesson->words = lesson->structure ? copy_source(words, err) : NULL;
    if (lesson->words &&
        read_file(lesson, structure, lesson->structure, structure_words, COUNT(structure_words),
                  err) &&
        read_file(lesson, words, lesson->words, text_words, COUNT(text_words), err) &&
        check_whole(lesson, structure->name, words->name, err))
        return lesson;
    lesson_free(lesson);
    return NULL;
}

void lesson_free(struct lesson *lesson)
{
    if (!lesson)
        return;
    free(lesson->pages);
    free(lesson->structure);
    free(lesson->words);
    free(lesson);
}

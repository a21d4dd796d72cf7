/* SPDX-License-Identifier: MIT */
#include "lesson/lesson_lines.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"

static const char blanks[] = " \t\r";

void lesson_lines_begin(struct lesson_lines *lines, const char *file, char *text)
{
    *lines = (struct lesson_lines){.file = file, .rest = text, .next = 1};
}

/* Cuts a line off, without the blanks at its end. */
static char *cut_line(struct lesson_lines *lines)
{
    char *line = lines->rest, *end = line + strcspn(line, "\n");
    lines->rest = *end ? end + 1 : end;
    lines->next++;
    while (end > line && strchr(blanks, end[-1]))
        end--;
    *end = 0;
    return line;
}

static bool goes_on(const struct lesson_lines *lines)
{
    const char *at = lines->rest + strspn(lines->rest, blanks);
    return at > lines->rest && *at && *at != '\n';
}

/* Moves the lines that go on with it to its end, a space between them. */
static void join_lines(struct lesson_lines *lines, char *line)
{
    char *end = line + strlen(line);
    while (goes_on(lines)) {
        char *more = cut_line(lines);
        more += strspn(more, blanks);
        size_t length = strlen(more);
        *end++ = ' ';
        memmove(end, more, length + 1);
        end += length;
    }
}

static char *split(char *text)
{
    char *behind = text + strcspn(text, blanks);
    if (*behind)
        *behind++ = 0;
    return behind + strspn(behind, blanks);
}

bool lesson_lines_next(struct lesson_lines *lines)
{
    while (*lines->rest) {
        int number = lines->next;
        char *line = cut_line(lines);
        line += strspn(line, blanks);
        if (!*line || *line == '#')
            continue;
        join_lines(lines, line);
        lines->number = number;
        lines->word = line;
        lines->text = split(line);
        return true;
    }
    return false;
}

char *lesson_lines_take(struct lesson_lines *lines)
{
    char *word = lines->text;
    lines->text = split(word);
    return word;
}

bool lesson_line_wrong(const char *file, int line, struct err *err, const char *sentence)
{
    return err_set(err, _("%.80s, line %d: %s"), file, line, sentence);
}

bool lesson_lines_wrong(const struct lesson_lines *lines, struct err *err, const char *format, ...)
{
    char sentence[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    return lesson_line_wrong(lines->file, lines->number, err, sentence);
}

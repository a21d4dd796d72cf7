/* lesson_lines.h -- a file of a lesson line by line, read where it lies. */
#ifndef LESSON_LESSON_LINES_H
#define LESSON_LESSON_LINES_H

#include <stdarg.h>
#include <stdbool.h>

struct err;

struct lesson_lines {
    const char *file; /* for sentences */
    char *rest;
    int number, next;  /* of the line that was read last, and of the one after it */
    char *word, *text; /* that line: its first word, and what stands behind it, or "" */
};

void lesson_lines_begin(struct lesson_lines *lines, const char *file, char *text);

/* The next line that says something, joined with those that go on with it. False: there is none. */
bool lesson_lines_next(struct lesson_lines *lines);

/* Takes the first word of the line's text, and leaves what stands behind it. "": it is empty. */
char *lesson_lines_take(struct lesson_lines *lines);

/* "FILE, line N: sentence". Returns false. */
bool lesson_lines_wrong(const struct lesson_lines *lines, struct err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool lesson_line_wrong(const char *file, int line, struct err *err, const char *sentence);

#endif

/* show.h -- what the commands share in what they print. */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct err;
struct evaluation;
struct model;

/* Text of any length from outside, such as the name of a file or what stands in one, for people:
 * without what could command their terminal (base/text.h). */
void show_text(FILE *out, const char *text);

/* The sentence on stderr; returns CLI_FAILED. */
int show_failure(const struct err *err);

/* A line on stderr, for people, unless they asked for quiet. */
void show_note(bool quiet, const char *text);

/* The object on one line of stdout; takes it over. NULL is an object that did not fit in memory.
 * Returns the exit status. */
int show_json(json_t *object);

/* Any text, such as the name of a file, as JSON can hold it (base/text.h). */
json_t *show_string(const char *text);

/* A 10 x 10 array of truth by answer; NULL when memory is short. */
json_t *show_confusion_json(const uint32_t confusion[10][10]);
void show_confusion(const uint32_t confusion[10][10]);

/* The model in a file or, where path is NULL, the one that is compiled in. The caller frees it. */
struct model *show_load_model(const char *path, struct err *err);

/* A bar on stderr, from the second second on. All zero and `wanted` is one that has not begun. */
struct progress {
    bool wanted; /* set by progress_new: a terminal, and not --quiet */
    bool drawn;
    double since; /* clock of the first call */
};
struct progress progress_new(bool quiet);
void progress_draw(struct progress *progress, double part, const char *text);
void progress_clear(struct progress *progress); /* takes the bar off the line */

#endif

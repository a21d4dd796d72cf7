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

/* A line, as printf makes it. What came from outside (names, arguments, what a file says of itself)
 * is made fit for a terminal on the way (base/text.h), so that it stays one line. */
void show_line(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Ends the program: the exit status, which is CLI_FAILED with a sentence where not all that went to
 * stdout arrived there. A reader that left a command which then stopped (interrupt.h) is fine. */
int show_end(int status);

/* The sentence on stderr; returns CLI_FAILED. */
int show_failure(const struct err *err);

/* A line on stderr, for people, unless they asked for quiet. */
void show_note(bool quiet, const char *text);

/* The object on one line of stdout; takes it over. NULL is an object that did not fit in memory.
 * Returns the exit status as far as it is known before show_end. */
int show_json(json_t *object);

/* A part of such an object, without a new line. False, and "null" in its place: memory is short;
 * said on stderr. */
bool show_json_part(json_t *part);

/* A 10 x 10 array of truth by answer; NULL when memory is short. */
json_t *show_confusion_json(const uint32_t confusion[10][10]);
void show_confusion(const uint32_t confusion[10][10]);

/* The model in a file, or of a name (model/named.h); where that is NULL, the one that is compiled
 * in. The caller frees it. One that was changed since it was saved is opened with `trust` alone,
 * which the sentence says. */
struct model *show_load_model(const char *typed, bool trust, struct err *err);

/* What --model and --trust do, for the help of the commands that have them. */
extern const char show_model_help[], show_trust_help[];

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

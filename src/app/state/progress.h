/* progress.h -- which tasks of the lessons are solved, in a file of the user's that several windows
 * share: what is solved in one is solved in all.
 */
#ifndef APP_STATE_PROGRESS_H
#define APP_STATE_PROGRESS_H

#include <stdbool.h>

#include "base/files.h"

struct err;

enum { PROGRESS_MAX = 512, PROGRESS_KEY_MAX = 64 };

/* From zeros: nothing is solved, and nothing is kept. */
struct progress {
    char path[FILES_PATH_MAX];                  /* "": not kept */
    char (*done)[PROGRESS_KEY_MAX]; /* "perceptron nand" */
    int count;
};

/* Reads the file. False with a sentence; then nothing is solved. */
bool progress_open(struct progress *progress, const char *path, struct err *err);
void progress_close(struct progress *progress);

bool progress_has(const struct progress *progress, const char *lesson, const char *task);

/* Notes it, and saves it together with what other windows have noted. False with a sentence: it is
 * not saved, but is solved here. */
bool progress_add(struct progress *progress, const char *lesson, const char *task,
                  struct err *err);

/* Forgets all of that lesson, or of all lessons where it is NULL. */
bool progress_forget(struct progress *progress, const char *lesson, struct err *err);

#endif

/* past_runs.h -- the runs before the one in view, since the program began: their curves lie behind
 * its own, and any of them can be opened, repeated, or gone on with.
 */
#ifndef APP_STATE_PAST_RUNS_H
#define APP_STATE_PAST_RUNS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/files.h"
#include "train/history.h"
#include "train/recipe.h"

struct past_run {
    uint64_t number; /* from 1, of its name: "run 2" */
    struct recipe recipe;
    struct history history;
    double seconds;                  /* of training alone */
    char checkpoint[FILES_PATH_MAX]; /* it can go on by, if that is still there */
    bool shown;                      /* its curves are */
    int dashes;                      /* which kind its curves have: no two of the past the same */
};

enum { PAST_RUNS_MAX = 4 }; /* as many as there are kinds of dashes that can be told apart */

/* From zeros. */
struct past_runs {
    int count;
    struct past_run items[PAST_RUNS_MAX]; /* the newest first */
};

/* The new one is shown; the oldest gives way. */
void past_runs_add(struct past_runs *past, const struct past_run *run);

/* The one of that checkpoint goes on, and is none of the past any more. */
void past_runs_drop(struct past_runs *past, const char *checkpoint);

/* The one of that number, or NULL. */
struct past_run *past_runs_find(struct past_runs *past, uint64_t number);

#endif

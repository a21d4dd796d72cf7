/* runs.h -- the trainings that can go on, each a checkpoint in a file of its own.
 *
 * They lie in one folder, which all windows of a person share. Who trains by one holds its lock,
 * an empty file beside it, so that no other window takes it up; the lock goes with the program,
 * however that ends. What nobody holds is offered by every window.
 */
#ifndef APP_STATE_RUNS_H
#define APP_STATE_RUNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/files.h"
#include "train/recipe.h"

struct err;
struct record;

/* So many are kept: a new one takes the place of the oldest that came to its end, or else of the
 * oldest. Those that train in other windows are not counted. */
enum { RUNS_KEPT = 8, RUNS_PROGRESS_MAX = 40 };

struct runs_item {
    char path[FILES_PATH_MAX];
    struct recipe recipe;
    double progress; /* in whole epochs, 0 to 1: that came to its end, and its result is there */
    double seconds;  /* of training so far */
    uint64_t changed; /* when it was written last: nanoseconds since 1970 */
};

/* From zeros. */
struct runs {
    struct runs_item *items; /* the newest first */
    int count;
};

/* Looks again for those that nobody holds, and clears up what killed windows left. Where memory is
 * short there are fewer. */
void runs_find(struct runs *runs);
void runs_clear(struct runs *runs); /* frees all; leaves the files */

/* The one at that path, or NULL. */
const struct runs_item *runs_at(const struct runs *runs, const char *path);

/* The one whose place a new run would take; NULL where there is room. */
const struct runs_item *runs_in_the_way(const struct runs *runs);

bool runs_is_result(const struct runs_item *item); /* it came to its end */

/* "2 of 30 epochs", or "done, not saved"; RUNS_PROGRESS_MAX bytes. Returns text. */
char *runs_progress(const struct runs_item *item, char *text);

/* Writes the path for a new run, makes its folder and takes its lock (base/lock_beside.h, whose
 * lock_beside_leave ends what this and runs_take begin), or leaves *lock at -1 where there can be
 * none: training goes on without, and the trainer says why it cannot save. */
void runs_begin(char path[FILES_PATH_MAX], int *lock);

/* Takes the lock of one to go on with, likewise. False with a sentence: another window holds it, or
 * had it and it is gone. */
bool runs_take(const char *path, int *lock, struct err *err);

/* Throws a run away. False with a sentence, as runs_take. */
bool runs_remove(const char *path, struct err *err);

/* ---- the weights of a model, which its record tells ------------------------------------------ */

bool runs_hold(const struct record *record); /* a checkpoint that nobody holds has them */

/* Adds to a sentence, which says that the model could not be saved, which checkpoint has its
 * weights, where one does. */
void runs_name_checkpoint(const struct record *record, struct err *err);

/* The model is in a file now: the checkpoint of that very run, if it came to its end, is not needed
 * any more. */
void runs_drop_result(const struct record *record);

#endif

/* shelf.h -- the models that there are: built in, shipped, the person's own, and those used before.
 *
 * A job reads what their files say of them, without the weights. shelf_look compares where it is to
 * look with where it looked last, and begins anew where that differs; so it is called in each frame
 * in which the shelf is on show.
 *
 * Only files in the person's own folder of models are changed. What is removed goes to the folder
 * `deleted` in it, from where undo brings it back.
 */
#ifndef APP_STATE_SHELF_H
#define APP_STATE_SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/files.h"
#include "model/record.h"
#include "nn/nn.h"

struct app_host;
struct settings;
struct models;

enum { SHELF_MAX = 64, SHELF_NAME_MAX = 80, SHELF_TROUBLE_MAX = 200 };

enum shelf_from { SHELF_BUILT_IN, SHELF_SHIPS, SHELF_YOURS, SHELF_ELSEWHERE };

struct shelf_model {
    char path[FILES_PATH_MAX]; /* or "builtin:NAME" */
    enum shelf_from from;
    char name[SHELF_NAME_MAX];       /* of its file, or of a built-in one */
    char trouble[SHELF_TROUBLE_MAX]; /* why it cannot be read, and then the rest is empty; or "" */
    struct record record;
    char words[NN_WORDS_MAX];
    size_t params, multiplications;
    uint64_t size; /* bytes of the file, of a built-in one those of its weights; 0: not known */
};

/* Where to look. */
struct shelf_places {
    const struct models *models;     /* those that were found */
    const struct settings *settings; /* those that were used of late */
    uint64_t changes;                /* another number: look again though the places are the same */
};

/* One that can be taken back. */
struct shelf_change {
    char from[FILES_PATH_MAX], to[FILES_PATH_MAX]; /* the file went there; from "": none did */
    bool renamed;                                  /* and the model in it has another name */
};

/* From zeros; all are the window's thread's. */
struct shelf {
    struct shelf_model *models; /* [count] */
    int count;
    bool looked;             /* once at least */
    struct shelf_scan *scan; /* under way, or NULL */
    uint64_t seen;           /* what shelf_places came to when it was begun */
    uint64_t changes;        /* of files, by the calls below */
    char chosen[FILES_PATH_MAX];
    struct shelf_change last;
};

/* Takes in what was found, and begins to look where that is due. `host` wakes the window. */
void shelf_look(struct shelf *shelf, const struct shelf_places *places,
                const struct app_host *host);
void shelf_end(
    struct shelf *shelf); /* frees what it holds; waits for the file that is being read */

/* The one that is looked at; and that of a path, or else of a name. NULL where there is none. */
const struct shelf_model *shelf_chosen(const struct shelf *shelf);
const struct shelf_model *shelf_find(const struct shelf *shelf, const char *path);
void shelf_choose(struct shelf *shelf, const char *path);

/* Whether the file may be renamed and removed: it is the person's own. */
bool shelf_can_change(const struct shelf_model *model, struct err *why);

/* Each changes the chosen one, or the folder, and leaves in shelf->last where a file went. False
 * with a sentence, and nothing changed. A copy of any model goes to the person's folder. */
bool shelf_rename(struct shelf *shelf, const char *name, struct err *err);
bool shelf_duplicate(struct shelf *shelf, struct err *err);
bool shelf_remove(struct shelf *shelf, struct err *err);

/* Whether a path is that of a file that was removed. */
bool shelf_is_deleted(const char *path);

/* Takes the last renaming or removing back: shelf->last is then the way back, which can be taken
 * back in turn. */
bool shelf_undo(struct shelf *shelf, struct err *err);

#endif

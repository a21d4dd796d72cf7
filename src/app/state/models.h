/* models.h -- the model in use: opening, saving, going back. */
#ifndef APP_STATE_MODELS_H
#define APP_STATE_MODELS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/files.h"

struct err;
struct log;
struct model;
struct notices;
struct record;

/* From zeros but for the first two. */
struct models {
    const struct log *log;
    struct notices *notices;
    struct model *current;     /* never NULL but where there is none at all */
    struct model *before;      /* or NULL */
    char path[FILES_PATH_MAX]; /* of the current one; "" if it has no file */
    char before_path[FILES_PATH_MAX];
    char changed_path[FILES_PATH_MAX]; /* of one that was changed since it was saved, and was not
                                        * opened for that; "" if that is not so of the last */
    int builtin, before_builtin; /* which of the built-in ones it is (model/builtin.h), or -1 */
    bool unsaved, before_unsaved;
    uint64_t number;        /* of the current one: no two have the same */
    uint64_t opened, saved; /* how often one was opened from a file; or saved to one */
    int found_count;        /* beside the built-in ones: models_find */
    char (*found)[FILES_PATH_MAX];
};

/* Each says in a notice how it went; where it fails, the model in use stays. A file that was
 * changed since it was saved opens with `trust`, or when the person answers to the notice, which is
 * models_open_changed. */
void models_open(struct models *models, const char *path, bool trust);
void models_open_changed(struct models *models);
void models_open_builtin(struct models *models, int i);                       /* model/builtin.h */
void models_open_named(struct models *models, const char *typed, bool trust); /* model/named.h */
void models_back(struct models *models);

/* Saves the model in use, which is called as its file from then on, and says so. False with a
 * sentence. */
bool models_save(struct models *models, const char *path, struct err *err);

/* At the start: that of the last time, as models_remember wrote it, or, where that is gone, the
 * default one with a word. */
void models_open_last(struct models *models, const char *last);

/* What is in use now is to be so at the next start, unless it would be gone by then: then `kept` is
 * left as it is. FILES_PATH_MAX bytes. */
void models_remember(const struct models *models, char *kept);

/* Takes the model over and puts it in place of the one in use, which becomes the one before. `path`
 * is its file, or "". */
void models_use(struct models *models, struct model *model, const char *path, bool unsaved);

/* A file was moved to `to`, or removed: "". The model in use, and the one before, go by it; whose
 * file is gone is not saved. */
void models_moved(struct models *models, const char *from, const char *to);

/* Looks again which files there are in models/, in the user's folder of models, and where those lie
 * that ship; built-in ones are left out. */
void models_find(struct models *models);

/* The folder with the models that ship, wherever the program was started from; NULL where it is not
 * to be found. FILES_PATH_MAX bytes. */
const char *models_shipped(char *path);

/* Where to look for a model to open: beside the one in use, in the user's folder or among those
 * that ship; NULL where there is nothing of it. FILES_PATH_MAX bytes. */
const char *models_look(const struct models *models, char *path);

/* The proposed file for the model in use, FILES_PATH_MAX bytes. Returns path. */
char *models_propose(const struct models *models, char *path);

void models_clear(struct models *models); /* frees them all */

/* On test images, or on validation images where that is all that is known; -1 where nothing is. */
double models_accuracy(const struct record *record);
const char *models_measured_on(const struct record *record); /* which images; "" if none */
bool models_is_tested(const struct record *record);          /* they are test images */
uint64_t models_size(const struct model *model);      /* bytes of its weights, as in its file */

#endif

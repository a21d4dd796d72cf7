/* models.h -- the model in use: opening, saving, going back. */
#ifndef APP_STATE_MODELS_H
#define APP_STATE_MODELS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/files.h"

struct app;
struct err;
struct model;

/* The model in use, and the one before it. */
struct models {
    struct model *current;     /* never NULL but where there is none at all */
    struct model *before;      /* or NULL */
    char path[FILES_PATH_MAX]; /* of the current one; "" if it has no file */
    char before_path[FILES_PATH_MAX];
    char changed_path[FILES_PATH_MAX]; /* of one that was changed since it was saved, and was not
                                        * opened for that; "" if that is not so of the last */
    int builtin, before_builtin; /* which of the built-in ones it is (model/builtin.h), or -1 */
    bool unsaved, before_unsaved;
    uint64_t number; /* of the current one: no two have the same */
    int found_count; /* beside the built-in ones: models_find */
    char (*found)[FILES_PATH_MAX];
};

/* Each says in a notice how it went; where it fails, the model in use stays. A file that was
 * changed since it was saved opens with `trust`, or when the person answers to the notice, which is
 * models_open_changed. */
void models_open(struct app *app, const char *path, bool trust);
void models_open_changed(struct app *app);
void models_open_builtin(struct app *app, int i); /* model/builtin.h */
void models_open_named(struct app *app, const char *typed, bool trust); /* model/named.h */
void models_back(struct app *app);
void models_save(struct app *app);                      /* asks for a path where there is none */
void models_save_as(struct app *app, const char *path);

/* At the start: that of the last time or, where that is gone, the default one with a word. */
void models_open_last(struct app *app);

/* Whether the model in use is in no file and in no run's checkpoint: then the window takes it along
 * when it closes. */
bool models_at_risk(const struct app *app);

/* Takes the model over and puts it in place of the one in use, which becomes the one before. `path`
 * is its file, or "". */
void models_use(struct app *app, struct model *model, const char *path, bool unsaved);

/* Looks again which files there are in models/, in the user's folder of models, and where those lie
 * that ship; built-in ones are left out. */
void models_find(struct app *app);

/* The folder with the models that ship, wherever the program was started from; NULL where it is not
 * to be found. FILES_PATH_MAX bytes. */
const char *models_shipped(char *path);

/* Where to look for a model to open: beside the one in use, in the user's folder or among those
 * that ship; NULL where there is nothing of it. FILES_PATH_MAX bytes. */
const char *models_look(const struct app *app, char *path);

/* The proposed file for the model in use, FILES_PATH_MAX bytes. Returns path. */
char *models_propose(const struct app *app, char *path);

void models_clear(struct app *app); /* frees them all */

/* On test images, or on validation images where that is all that is known; -1 where nothing is. */
double models_accuracy(const struct model *model);
const char *models_measured_on(const struct model *model); /* which images these are; "" if none */
bool models_is_tested(const struct model *model);     /* they are test images */
uint64_t models_size(const struct model *model);      /* bytes of its weights, as in its file */

#endif

/* SPDX-License-Identifier: MIT */
/* models.c -- which model reads, and where it is kept. */
#include "app/state/models.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/shell/does.h"
#include "app/shell/state.h"
#include "app/state/training.h"
#include "app/tell/log.h"
#include "base/json_text.h"
#include "model/builtin.h"
#include "model/model.h"
#include "model/named.h"

/* ---- the log ------------------------------------------------------------------------------------
 */

static void log_model(const struct app *app)
{
    const struct model *model = app->models.current;
    if (!model)
        return;
    log_event(&app->log,
              json_pack("{s:s, s:o, s:s, s:o, s:o, s:b}", "event", "model", "name",
                        json_any_text(model_name(model)), "words", nn_words(model->net), "path",
                        json_any_text(app->models.path), "accuracy",
                        log_number(models_accuracy(model)), "unsaved", (int)app->models.unsaved));
}

static const char model_ends[] = ".safetensors";
static const char builtin_mark[] = "builtin:"; /* in the settings, before its name */

enum { MODELS_FOUND_MAX = 40 };

double models_accuracy(const struct model *model)
{
    double accuracy;
    if (record_get_number(&model->record, MODEL_TEST_ACCURACY, &accuracy) ||
        record_get_number(&model->record, MODEL_VALID_ACCURACY, &accuracy))
        return accuracy;
    return -1;
}

bool models_is_tested(const struct model *model)
{
    double accuracy;
    return record_get_number(&model->record, MODEL_TEST_ACCURACY, &accuracy);
}

const char *models_measured_on(const struct model *model)
{
    double accuracy;
    if (record_get_number(&model->record, MODEL_TEST_ACCURACY, &accuracy))
        return "test images";
    return record_get_number(&model->record, MODEL_VALID_ACCURACY, &accuracy) ? "validation images"
                                                                              : "";
}

uint64_t models_size(const struct model *model)
{
    return nn_param_len(model->net) * (model->half ? sizeof(float) / 2 : sizeof(float));
}

void models_use(struct app *app, struct model *model, const char *path, bool unsaved)
{
    struct models *models = &app->models;
    model_free(models->before);
    models->before = models->current;
    models->before_unsaved = models->unsaved;
    models->before_builtin = models->builtin;
    strcpy(models->before_path, models->path);
    models->builtin = -1;
    models->current = model;
    models->number++;
    models->unsaved = unsaved;
    snprintf(models->path, sizeof models->path, "%s", path);
    app->canvas.stale = true;
    if (app->settled)
        training_look_back(app); /* the result of a run is offered while no model here is it */
    log_model(app);
}

/* What is in use now is to be so at the next start, unless it would be gone by then. */
static void remember(struct app *app)
{
    const struct models *models = &app->models;
    char *kept = app->settings.model;
    if (models->unsaved)
        return;
    if (models->path[0])
        snprintf(kept, FILES_PATH_MAX, "%s", models->path);
    else if (models->builtin > 0)
        snprintf(kept, FILES_PATH_MAX, "%s%s", builtin_mark, model_builtin_name(models->builtin));
    else
        kept[0] = 0;
}

/* Recent models must be found from any folder. */
static void find_whole_path(const char *path, char full[FILES_PATH_MAX])
{
    if (!realpath(path, full))
        snprintf(full, FILES_PATH_MAX, "%s", path);
}

void models_open_changed(struct app *app)
{
    char path[FILES_PATH_MAX];
    strcpy(path, app->models.changed_path);
    if (path[0])
        models_open(app, path, true);
}

void models_open(struct app *app, const char *path, bool trust)
{
    struct err err;
    bool changed;
    char full[FILES_PATH_MAX];
    find_whole_path(path, full);
    struct model *model = model_open(full, trust, &changed, &err);
    snprintf(app->models.changed_path, FILES_PATH_MAX, "%s", changed ? full : "");
    if (model && !reader_fits(model->net, &err)) {
        model_free(model);
        model = NULL;
    }
    if (!model) {
        notices_say_about(&app->notices, NOTICE_MODEL, NOTICE_TROUBLE, "%s", err.text);
        if (changed)
            notices_offer(&app->notices, "Open it all the same", ACT_MODEL_TRUST);
        return;
    }
    notices_unsay(&app->notices, NOTICE_MODEL);
    models_use(app, model, full, false);
    remember(app);
    settings_add_recent(&app->settings, full);
    notices_say(&app->notices, NOTICE_DONE, "%s reads your drawing now.", model_name(model));
    if (app->models.before)
        notices_offer(&app->notices, "Go back", ACT_MODEL_BACK);
}

static bool use_builtin(struct app *app, int i)
{
    struct err err;
    struct model *model = model_builtin_at(i, &err);
    if (!model) {
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
        return false;
    }
    models_use(app, model, "", false);
    app->models.builtin = i;
    remember(app);
    return true;
}

void models_open_builtin(struct app *app, int i)
{
    if (!use_builtin(app, i))
        return;
    notices_unsay(&app->notices, NOTICE_MODEL);
    notices_say(&app->notices, NOTICE_DONE, "%s reads your drawing now.",
                model_name(app->models.current));
    if (app->models.before)
        notices_offer(&app->notices, "Go back", ACT_MODEL_BACK);
}

void models_open_named(struct app *app, const char *typed, bool trust)
{
    struct model_place place;
    model_find(typed, &place);
    if (place.builtin >= 0)
        models_open_builtin(app, place.builtin);
    else
        models_open(app, place.path, trust);
}

void models_open_last(struct app *app)
{
    char last[FILES_PATH_MAX];
    size_t mark = strlen(builtin_mark);
    int builtin = 0;
    strcpy(last, app->settings.model);
    if (strncmp(last, builtin_mark, mark) == 0) {
        builtin = model_builtin_find(last + mark);
    } else if (last[0] && files_exist(last)) {
        models_open(app, last, false);
        if (app->models.current) {
            notices_put_away(&app->notices);
            return;
        }
    } else if (last[0]) {
        notices_say(&app->notices, NOTICE_WORD,
                    "%s is gone; the built-in model reads your drawing.", last);
    }
    use_builtin(app, builtin > 0 ? builtin : 0);
}

void models_back(struct app *app)
{
    struct models *models = &app->models;
    if (!models->before)
        return;
    char path[FILES_PATH_MAX];
    strcpy(path, models->before_path);
    struct model *model = models->before;
    int builtin = models->before_builtin;
    models->before = NULL;
    notices_unsay(&app->notices, NOTICE_MODEL);
    models_use(app, model, path, models->before_unsaved);
    models->builtin = builtin;
    remember(app);
    notices_say(&app->notices, NOTICE_DONE, "%s reads your drawing again.", model_name(model));
}

char *models_propose(const struct app *app, char *path)
{
    if (app->models.path[0])
        return strcpy(path, app->models.path);
    char name[200];
    snprintf(name, sizeof name, "models/%.120s%s",
             app->models.current ? model_name(app->models.current) : "digits", model_ends);
    for (char *at = name + strlen("models/"); *at; at++)
        if (*at == '/')
            *at = '-';
    return files_user_path(FILES_DATA, name, path);
}

/* A model is called as its file; where it cannot be saved, as before. */
static bool save_named(struct model *model, const char *path, struct err *err)
{
    char before[RECORD_VALUE_MAX];
    snprintf(before, sizeof before, "%s", model_name(model));
    if (model_name_after(model, path, err) && model_save(model, path, err))
        return true;
    record_set(&model->record, MODEL_NAME, before, NULL);
    return false;
}

void models_save_as(struct app *app, const char *path)
{
    struct models *models = &app->models;
    struct err err;
    if (!models->current)
        return;
    if (!save_named(models->current, path, &err)) {
        if (models->unsaved)
            training_name_checkpoint(app, &err);
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    char full[FILES_PATH_MAX];
    find_whole_path(path, full);
    strcpy(models->path, full);
    if (models->unsaved)
        training_result_saved(app);
    models->unsaved = false;
    models->builtin = -1;
    remember(app);
    settings_add_recent(&app->settings, models->path);
    models_find(app);
    notices_say(&app->notices, NOTICE_DONE, "Saved %s.", models->path);
    log_model(app);
}

void models_save(struct app *app)
{
    if (app->models.path[0] && app->models.current)
        models_save_as(app, app->models.path);
    else
        app_act(app, &(struct action){.kind = ACT_MODEL_SAVE_ASK});
}

bool models_at_risk(const struct app *app)
{
    const struct models *models = &app->models;
    return models->current && models->unsaved && !training_holds(&models->current->record);
}

/* ---- files that are there -------------------------------------------------------------------- */

static bool is_model_name(const char *name)
{
    size_t len = strlen(name), end = strlen(model_ends);
    return len > end && strcmp(name + len - end, model_ends) == 0;
}

static bool is_builtin_name(const char *name)
{
    char stem[FILES_PATH_MAX];
    snprintf(stem, sizeof stem, "%.*s", (int)(strlen(name) - strlen(model_ends)), name);
    return model_builtin_find(stem) >= 0;
}

/* Those of the program itself are left out of its own folder. */
static void find_in(struct models *models, const char *folder, bool own)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return;
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (!is_model_name(entry->d_name) || models->found_count == MODELS_FOUND_MAX ||
            (own && is_builtin_name(entry->d_name)))
            continue;
        char path[FILES_PATH_MAX];
        if (snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= (int)sizeof path)
            continue;
        if (realpath(path, models->found[models->found_count]))
            models->found_count++;
    }
    closedir(dir);
}

/* Beside a program in build/src/cli. */
static bool find_beside_program(char path[FILES_PATH_MAX])
{
    static const char up[] = "/../../../models";
    char program[FILES_PATH_MAX], folder[FILES_PATH_MAX + sizeof up];
    ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
    if (len <= 0)
        return false;
    program[len] = 0;
    char *slash = strrchr(program, '/');
    if (slash)
        *slash = 0;
    snprintf(folder, sizeof folder, "%s%s", program, up);
    return realpath(folder, path) && files_is_folder(path);
}

const char *models_shipped(char *path)
{
    if ((realpath(MODELS_FOLDER, path) && files_is_folder(path)) || find_beside_program(path))
        return path;
    return NULL;
}

/* Whether one that was found lies in that folder, whose path is whole. */
static bool is_found_in(const struct models *models, const char *folder)
{
    size_t len = strlen(folder);
    for (int i = 0; i < models->found_count; i++)
        if (strncmp(models->found[i], folder, len) == 0 && models->found[i][len] == '/')
            return true;
    return false;
}

const char *models_look(const struct app *app, char *path)
{
    char user[FILES_PATH_MAX];
    if (app->models.path[0] && files_exist(app->models.path))
        return strcpy(path, app->models.path);
    find_whole_path(files_user_path(FILES_DATA, "models", user), path);
    if (is_found_in(&app->models, path)) /* a folder with nothing in it is no help */
        return path;
    if (models_shipped(path))
        return path;
    return files_is_folder(user) ? strcpy(path, user) : NULL;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(files_name(a), files_name(b));
}

void models_find(struct app *app)
{
    struct models *models = &app->models;
    char user[FILES_PATH_MAX], shipped[FILES_PATH_MAX], here[FILES_PATH_MAX];
    if (!models->found)
        models->found = calloc(MODELS_FOUND_MAX, sizeof *models->found);
    models->found_count = 0;
    if (!models->found)
        return;
    const char *own = models_shipped(shipped);
    if (own)
        find_in(models, own, true);
    if (realpath("models", here) && (!own || strcmp(here, own) != 0))
        find_in(models, here, false);
    find_in(models, files_user_path(FILES_DATA, "models", user), false);
    qsort(models->found, (size_t)models->found_count, sizeof *models->found, compare_paths);
}

void models_clear(struct app *app)
{
    model_free(app->models.current);
    model_free(app->models.before);
    free(app->models.found);
    app->models = (struct models){0};
}

/* SPDX-License-Identifier: MIT */
/* models.c -- which model reads, and where it is kept. */
#include "app/models.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/log.h"
#include "app/train/training.h"
#include "model/builtin.h"
#include "model/model.h"

static const char model_ends[] = ".safetensors";

enum { MODELS_FOUND_MAX = 40 };

double models_accuracy(const struct model *model)
{
    double accuracy;
    if (record_get_number(&model->record, MODEL_TEST_ACCURACY, &accuracy) ||
        record_get_number(&model->record, MODEL_VALID_ACCURACY, &accuracy))
        return accuracy;
    return -1;
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
    strcpy(models->before_path, models->path);
    models->current = model;
    models->number++;
    models->unsaved = unsaved;
    snprintf(models->path, sizeof models->path, "%s", path);
    app->canvas.stale = true;
    if (app->settled)
        training_look_back(app); /* the result of a run is offered while no model here is it */
    log_model(app);
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
        app_say(app, NOTICE_TROUBLE, "%s", err.text);
        if (changed)
            app_offer(app, "Open it all the same", ACT_MODEL_TRUST);
        return;
    }
    models_use(app, model, full, false);
    settings_add_recent(&app->settings, full);
    app_say(app, NOTICE_DONE, "%s reads your drawing now.", model_name(model));
    if (app->models.before)
        app_offer(app, "Go back", ACT_MODEL_BACK);
}

void models_open_default(struct app *app)
{
    struct err err;
    struct model *model = model_builtin(&err);
    if (!model) {
        app_say(app, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    models_use(app, model, "", false);
}

void models_back(struct app *app)
{
    struct models *models = &app->models;
    if (!models->before)
        return;
    char path[FILES_PATH_MAX];
    strcpy(path, models->before_path);
    struct model *model = models->before;
    models->before = NULL;
    models_use(app, model, path, models->before_unsaved);
    app_say(app, NOTICE_DONE, "%s reads your drawing again.", model_name(model));
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
        app_say(app, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    char full[FILES_PATH_MAX];
    find_whole_path(path, full);
    strcpy(models->path, full);
    if (models->unsaved)
        training_result_saved(app);
    models->unsaved = false;
    settings_add_recent(&app->settings, models->path);
    models_find(app);
    app_say(app, NOTICE_DONE, "Saved %s.", models->path);
    log_model(app);
}

void models_save(struct app *app)
{
    if (app->models.path[0] && app->models.current)
        models_save_as(app, app->models.path);
    else
        app_act(app, &(struct action){.kind = ACT_MODEL_SAVE_ASK});
}

/* ---- files that are there -------------------------------------------------------------------- */

static bool is_model_name(const char *name)
{
    size_t len = strlen(name), end = strlen(model_ends);
    return len > end && strcmp(name + len - end, model_ends) == 0;
}

static void find_in(struct models *models, const char *folder)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return;
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (!is_model_name(entry->d_name) || models->found_count == MODELS_FOUND_MAX)
            continue;
        char path[FILES_PATH_MAX];
        if (snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= (int)sizeof path)
            continue;
        if (realpath(path, models->found[models->found_count]))
            models->found_count++;
    }
    closedir(dir);
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(files_name(a), files_name(b));
}

void models_find(struct app *app)
{
    struct models *models = &app->models;
    char user[FILES_PATH_MAX];
    if (!models->found)
        models->found = calloc(MODELS_FOUND_MAX, sizeof *models->found);
    models->found_count = 0;
    if (!models->found)
        return;
    find_in(models, "models");
    find_in(models, files_user_path(FILES_DATA, "models", user));
    qsort(models->found, (size_t)models->found_count, sizeof *models->found, compare_paths);
}

void models_clear(struct app *app)
{
    model_free(app->models.current);
    model_free(app->models.before);
    free(app->models.found);
    app->models = (struct models){0};
}

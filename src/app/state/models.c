/* SPDX-License-Identifier: MIT */
/* models.c -- which model reads, and where it is kept. */
#include "app/state/models.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/state/reader.h"
#include "app/tell/log.h"
#include "app/tell/notice.h"
#include "base/entries.h"
#include "base/json_text.h"
#include "base/language.h"
#include "base/text.h"
#include "model/builtin.h"
#include "model/model.h"
#include "model/named.h"

static const char model_ends[] = ".safetensors";

enum { MODELS_FOUND_MAX = 40 };

double models_accuracy(const struct record *record)
{
    double accuracy;
    if (record_get_number(record, MODEL_TEST_ACCURACY, &accuracy) ||
        record_get_number(record, MODEL_VALID_ACCURACY, &accuracy))
        return accuracy;
    return -1;
}

bool models_is_tested(const struct record *record)
{
    double accuracy;
    return record_get_number(record, MODEL_TEST_ACCURACY, &accuracy);
}

const char *models_measured_on(const struct record *record)
{
    double accuracy;
    if (record_get_number(record, MODEL_TEST_ACCURACY, &accuracy))
        return _("test images");
    return record_get_number(record, MODEL_VALID_ACCURACY, &accuracy) ? _("validation images") : "";
}

uint64_t models_size(const struct model *model)
{
    return nn_param_len(model->net) * (model->half ? sizeof(float) / 2 : sizeof(float));
}

static void log_model(const struct models *models)
{
    const struct model *model = models->current;
    if (!model)
        return;
    log_event(models->log,
              json_pack("{s:s, s:o, s:s, s:o, s:o, s:b}", "event", "model", "name",
                        json_any_text(model_name(model)), "words", nn_words(model->net), "path",
                        json_any_text(models->path), "accuracy",
                        log_number(models_accuracy(&model->record)), "unsaved",
                        (int)models->unsaved));
}

void models_use(struct models *models, struct model *model, const char *path, bool unsaved)
{
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
    log_model(models);
}

void models_remember(const struct models *models, char *kept)
{
    if (models->unsaved)
        return;
    if (models->path[0])
        snprintf(kept, FILES_PATH_MAX, "%s", models->path);
    else if (models->builtin > 0)
        snprintf(kept, FILES_PATH_MAX, "%s", model_builtin_path(models->builtin));
    else
        kept[0] = 0;
}

/* Recent models must be found from any folder. */
static void find_whole_path(const char *path, char full[FILES_PATH_MAX])
{
    if (!realpath(path, full))
        snprintf(full, FILES_PATH_MAX, "%s", path);
}

void models_open_changed(struct models *models)
{
    char path[FILES_PATH_MAX];
    strcpy(path, models->changed_path);
    if (path[0])
        models_open(models, path, true);
}

void models_open(struct models *models, const char *path, bool trust)
{
    struct err err;
    bool changed;
    char full[FILES_PATH_MAX];
    find_whole_path(path, full);
    struct model *model = model_open(full, trust, &changed, &err);
    snprintf(models->changed_path, FILES_PATH_MAX, "%s", changed ? full : "");
    if (model && !reader_fits(model->net, &err)) {
        model_free(model);
        model = NULL;
    }
    if (!model) {
        notices_say_about(models->notices, NOTICE_MODEL, NOTICE_TROUBLE, "%s", err.text);
        if (changed)
            notices_offer(models->notices, _("Open it all the same"), ACT_MODEL_TRUST);
        return;
    }
    notices_unsay(models->notices, NOTICE_MODEL);
    models_use(models, model, full, false);
    models->opened++;
    notices_say(models->notices, NOTICE_DONE, _("%s reads your drawing now."), model_name(model));
    if (models->before)
        notices_offer(models->notices, _("Go back"), ACT_MODEL_BACK);
}

static bool use_builtin(struct models *models, int i)
{
    struct err err;
    struct model *model = model_builtin_at(i, &err);
    if (!model) {
        notices_say(models->notices, NOTICE_TROUBLE, "%s", err.text);
        return false;
    }
    models_use(models, model, "", false);
    models->builtin = i;
    return true;
}

void models_open_builtin(struct models *models, int i)
{
    if (!use_builtin(models, i))
        return;
    notices_unsay(models->notices, NOTICE_MODEL);
    notices_say(models->notices, NOTICE_DONE, _("%s reads your drawing now."),
                model_name(models->current));
    if (models->before)
        notices_offer(models->notices, _("Go back"), ACT_MODEL_BACK);
}

void models_open_named(struct models *models, const char *typed, bool trust)
{
    struct model_place place;
    model_find(typed, &place);
    if (place.builtin >= 0)
        models_open_builtin(models, place.builtin);
    else
        models_open(models, place.path, trust);
}

void models_open_last(struct models *models, const char *last)
{
    int builtin = model_builtin_at_path(last);
    if (builtin < 0 && last[0] && files_exist(last)) {
        models_open(models, last, false);
        if (models->current) {
            notices_put_away(models->notices);
            return;
        }
    } else if (builtin < 0 && last[0]) {
        notices_say(models->notices, NOTICE_WORD,
                    _("%s is gone; the built-in model reads your drawing."), last);
    }
    use_builtin(models, builtin > 0 ? builtin : 0);
}

void models_back(struct models *models)
{
    if (!models->before)
        return;
    char path[FILES_PATH_MAX];
    strcpy(path, models->before_path);
    struct model *model = models->before;
    int builtin = models->before_builtin;
    models->before = NULL;
    notices_unsay(models->notices, NOTICE_MODEL);
    models_use(models, model, path, models->before_unsaved);
    models->builtin = builtin;
    notices_say(models->notices, NOTICE_DONE, _("%s reads your drawing again."), model_name(model));
}

static void follow_file(char *path, bool *unsaved, const char *from, const char *to)
{
    if (strcmp(path, from) != 0)
        return;
    snprintf(path, FILES_PATH_MAX, "%s", to);
    *unsaved = !to[0];
}

void models_moved(struct models *models, const char *from, const char *to)
{
    follow_file(models->path, &models->unsaved, from, to);
    follow_file(models->before_path, &models->before_unsaved, from, to);
    models_find(models);
}

char *models_propose(const struct models *models, char *path)
{
    if (models->path[0])
        return strcpy(path, models->path);
    char name[200];
    snprintf(name, sizeof name, "models/%.120s%s",
             models->current ? model_name(models->current) : "digits", model_ends);
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

bool models_save(struct models *models, const char *path, struct err *err)
{
    char full[FILES_PATH_MAX];
    if (!save_named(models->current, path, err))
        return false;
    find_whole_path(path, full);
    strcpy(models->path, full);
    models->unsaved = false;
    models->builtin = -1;
    models->saved++;
    models_find(models);
    notices_say(models->notices, NOTICE_DONE, _("Saved %s."), models->path);
    log_model(models);
    return true;
}

/* ---- files that are there -------------------------------------------------------------------- */

static bool is_model_name(const char *name)
{
    return strcmp(name, model_ends) != 0 && text_ends_with(name, model_ends);
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
    struct entries *entries = entries_open(folder);
    const char *name;
    while (entries && (name = entries_next(entries)) != NULL) {
        if (!is_model_name(name) || models->found_count == MODELS_FOUND_MAX ||
            (own && is_builtin_name(name)))
            continue;
        char path[FILES_PATH_MAX];
        if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
            continue;
        if (realpath(path, models->found[models->found_count]))
            models->found_count++;
    }
    entries_close(entries);
}

/* Beside a program in build/src/cli. */
static bool find_beside_program(char path[FILES_PATH_MAX])
{
    static const char up[] = "/../../../models";
    char program[FILES_PATH_MAX], folder[FILES_PATH_MAX + sizeof up];
    if (!files_program(program))
        return false;
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

const char *models_look(const struct models *models, char *path)
{
    char user[FILES_PATH_MAX];
    if (models->path[0] && files_exist(models->path))
        return strcpy(path, models->path);
    find_whole_path(files_user_path(FILES_DATA, "models", user), path);
    if (is_found_in(models, path)) /* a folder with nothing in it is no help */
        return path;
    if (models_shipped(path))
        return path;
    return files_is_folder(user) ? strcpy(path, user) : NULL;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(files_name(a), files_name(b));
}

void models_find(struct models *models)
{
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

void models_clear(struct models *models)
{
    model_free(models->current);
    model_free(models->before);
    free(models->found);
    *models = (struct models){0};
}

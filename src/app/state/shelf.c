/* SPDX-License-Identifier: MIT */
#include "app/state/shelf.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/host.h"
#include "app/job/job.h"
#include "app/state/models.h"
#include "app/state/settings.h"
#include "base/hash.h"
#include "base/language.h"
#include "base/paths.h"
#include "model/builtin.h"
#include "model/integrity.h"
#include "model/model.h"
#include "model/safetensors.h"

static const char end[] = ".safetensors";

/* The job's until it is over; then the window's. */
struct shelf_scan {
    struct shelf_model *models;
    int count;
    struct job *job; /* the window's thread's */
};

static void free_models(struct shelf_model *models, int count)
{
    for (int i = 0; i < count; i++)
        record_clear(&models[i].record);
    free(models);
}

/* ---- on the job's thread --------------------------------------------------------------------- */

/* Layers and sizes, which the words tell. */
static bool read_network(struct shelf_model *model, const char *words, struct err *err)
{
    struct nn *net = nn_new(words, err);
    if (!net)
        return false;
    snprintf(model->words, sizeof model->words, "%s", nn_words(net));
    for (int i = 0; i < nn_layer_count(net); i++) {
        model->params += nn_layer(net, i)->params;
        model->multiplications += nn_layer(net, i)->multiplications;
    }
    nn_free(net);
    return true;
}

static bool read_builtin(struct shelf_model *model, struct err *err)
{
    struct model *whole = model_builtin_at(model_builtin_at_path(model->path), err);
    bool done = whole && record_copy(&model->record, &whole->record, err) &&
                read_network(model, nn_words(whole->net), err);
    if (done) {
        model->size = models_size(whole);
        snprintf(model->name, sizeof model->name, "%s", model_name(whole));
    }
    model_free(whole);
    return done;
}

static bool read_file(struct shelf_model *model, struct err *err)
{
    size_t some, whole;
    struct safetensors *file = safetensors_peek(model->path, err);
    const char *words = file && integrity_look(file, INTEGRITY_MODEL, MODEL_FORMAT_VERSION, err)
                            ? record_get(&file->record, "words")
                            : NULL;
    bool done =
        words && record_copy(&model->record, &file->record, err) && read_network(model, words, err);
    unsigned char *start = done ? files_read_start(model->path, 1, &some, &whole, NULL) : NULL;
    model->size = start ? whole : 0;
    free(start);
    safetensors_free(file);
    return done;
}

static void read_models(struct job *job, void *work)
{
    struct shelf_scan *scan = work;
    for (int i = 0; i < scan->count; i++) {
        struct shelf_model *model = &scan->models[i];
        struct err err = {""};
        if (!job_step(job, (double)i / scan->count))
            return;
        bool done =
            model->from == SHELF_BUILT_IN ? read_builtin(model, &err) : read_file(model, &err);
        snprintf(model->trouble, sizeof model->trouble, "%s", done ? "" : err.text);
    }
}

/* ---- where to look --------------------------------------------------------------------------- */

static bool is_in(const char *path, const char *folder)
{
    size_t len = strlen(folder);
    return strncmp(path, folder, len) == 0 && path[len] == '/' && !strchr(path + len + 1, '/');
}

static enum shelf_from find_origin(const char *path)
{
    char own[FILES_PATH_MAX], whole[FILES_PATH_MAX], shipped[FILES_PATH_MAX];
    files_user_path(FILES_DATA, "models", own);
    if (is_in(path, own) || (realpath(own, whole) && is_in(path, whole)))
        return SHELF_YOURS;
    return models_shipped(shipped) && is_in(path, shipped) ? SHELF_SHIPS : SHELF_ELSEWHERE;
}

static void add_model(struct shelf_scan *scan, const char *path, enum shelf_from from)
{
    for (int i = 0; i < scan->count; i++)
        if (strcmp(scan->models[i].path, path) == 0)
            return;
    if (scan->count == SHELF_MAX)
        return;
    struct shelf_model *model = &scan->models[scan->count++];
    const char *colon = from == SHELF_BUILT_IN ? strchr(path, ':') : NULL;
    snprintf(model->path, sizeof model->path, "%s", path);
    snprintf(model->name, sizeof model->name, "%s", colon ? colon + 1 : files_name(path));
    if (paths_have_end(model->name, end))
        model->name[strlen(model->name) - strlen(end)] = 0;
    model->from = from;
}

static void list_models(struct shelf_scan *scan, const struct shelf_places *places)
{
    const struct models *models = places->models;
    const struct settings *settings = places->settings;
    for (int i = 0; i < model_builtin_count(); i++)
        add_model(scan, model_builtin_path(i), SHELF_BUILT_IN);
    for (int i = 0; i < models->found_count; i++)
        add_model(scan, models->found[i], find_origin(models->found[i]));
    for (int i = 0; i < settings->recent_count; i++)
        if (files_exist(settings->recent[i]))
            add_model(scan, settings->recent[i], find_origin(settings->recent[i]));
}

static uint64_t add_text(uint64_t sum, const char *text)
{
    return hash_add(hash_text(sum, text), 0);
}

static uint64_t sum_up(const struct shelf_places *places, const struct shelf *shelf)
{
    uint64_t sum = hash_add(hash_add(HASH_START, places->changes), shelf->changes);
    for (int i = 0; i < places->models->found_count; i++)
        sum = add_text(sum, places->models->found[i]);
    for (int i = 0; i < places->settings->recent_count; i++)
        sum = add_text(sum, places->settings->recent[i]);
    return sum;
}

/* ---- looking --------------------------------------------------------------------------------- */

static void free_scan(struct shelf_scan *scan)
{
    job_end(scan->job);
    free_models(scan->models, scan->count);
    free(scan);
}

/* Without memory, or a thread, what is there stays. */
static void begin_scan(struct shelf *shelf, const struct shelf_places *places,
                       const struct app_host *host)
{
    struct shelf_scan *scan = calloc(1, sizeof *scan);
    if (scan)
        scan->models = calloc(SHELF_MAX, sizeof *scan->models);
    if (!scan || !scan->models) {
        free(scan);
        return;
    }
    list_models(scan, places);
    const struct job_setup setup = {read_models, scan, host->wake, host->user,
                                    _("to look for models")};
    scan->job = job_start(&setup, NULL);
    if (scan->job)
        shelf->scan = scan;
    else
        free_scan(scan);
}

static void take_scan(struct shelf *shelf)
{
    struct shelf_scan *scan = shelf->scan;
    free_models(shelf->models, shelf->count);
    shelf->models = scan->models;
    shelf->count = scan->count;
    shelf->looked = true;
    shelf->scan = NULL;
    scan->models = NULL;
    scan->count = 0;
    free_scan(scan);
}

void shelf_look(struct shelf *shelf, const struct shelf_places *places, const struct app_host *host)
{
    uint64_t sum = sum_up(places, shelf);
    if (shelf->scan && job_is_over(shelf->scan->job))
        take_scan(shelf);
    if (shelf->scan || sum == shelf->seen)
        return;
    shelf->seen = sum;
    begin_scan(shelf, places, host);
}

void shelf_end(struct shelf *shelf)
{
    if (shelf->scan) {
        job_stop(shelf->scan->job);
        free_scan(shelf->scan);
    }
    free_models(shelf->models, shelf->count);
    *shelf = (struct shelf){0};
}

const struct shelf_model *shelf_find(const struct shelf *shelf, const char *path)
{
    for (int i = 0; i < shelf->count; i++)
        if (strcmp(shelf->models[i].path, path) == 0)
            return &shelf->models[i];
    for (int i = 0; i < shelf->count; i++)
        if (strcmp(shelf->models[i].name, path) == 0)
            return &shelf->models[i];
    return NULL;
}

const struct shelf_model *shelf_chosen(const struct shelf *shelf)
{
    return shelf_find(shelf, shelf->chosen);
}

void shelf_choose(struct shelf *shelf, const char *path)
{
    snprintf(shelf->chosen, sizeof shelf->chosen, "%s", path);
}

/* ---- changing -------------------------------------------------------------------------------- */

bool shelf_can_change(const struct shelf_model *model, struct err *why)
{
    if (!model)
        return err_set(why, _("Choose a model first."));
    if (model->from == SHELF_BUILT_IN)
        return err_set(why, _("%s is built in; duplicate it, and change the copy."), model->name);
    return model->from == SHELF_YOURS ||
           err_set(why, _("%s is not in your folder of models; duplicate it, and change the copy."),
                   model->name);
}

static bool check_name(const char *name, struct err *err)
{
    size_t len = strlen(name);
    if (len == 0 || len >= SHELF_NAME_MAX - sizeof end)
        return err_set(err, _("A model's name has 1 to %d letters."),
                       (int)(SHELF_NAME_MAX - sizeof end));
    for (const char *at = name; *at; at++)
        if (*at == '/' || iscntrl((unsigned char)*at))
            return err_set(err, _("A model's name is that of its file: it has no / in it."));
    return name[0] != '.' || err_set(err, _("A model's name does not begin with a dot."));
}

/* NAME.safetensors in a folder of the person's models, which is made. False with a sentence. */
static bool find_own_path(const char *folder, const char *name, char path[FILES_PATH_MAX],
                          struct err *err)
{
    char own[FILES_PATH_MAX];
    if (!files_make_folder(files_user_path(FILES_DATA, folder, own), err))
        return false;
    return snprintf(path, FILES_PATH_MAX, "%s/%s%s", own, name, end) < FILES_PATH_MAX ||
           err_set(err, _("%s is too long for a file's name."), name);
}

/* The same, numbered where that file is there. */
static bool find_free_path(const char *folder, const char *name, char path[FILES_PATH_MAX],
                           struct err *err)
{
    char numbered[SHELF_NAME_MAX + 16];
    bool done = find_own_path(folder, name, path, err);
    for (int i = 2; done && files_exist(path); i++) {
        snprintf(numbered, sizeof numbered, "%s-%d", name, i);
        done = find_own_path(folder, numbered, path, err);
    }
    return done;
}

static void note_change(struct shelf *shelf, const char *from, const char *to, bool renamed)
{
    struct shelf_change change = {.renamed = renamed};
    snprintf(change.from, sizeof change.from, "%s", from);
    snprintf(change.to, sizeof change.to, "%s", to);
    shelf->last = change;
    shelf->changes++;
}

/* The model in a file is called as the file is. */
static bool save_as(const struct model *model, const char *path, struct err *err)
{
    struct model *copy = model_copy(model, err);
    bool done = copy && model_name_after(copy, path, err) && model_save(copy, path, err);
    model_free(copy);
    return done;
}

static bool rename_model(const char *from, const char *to, struct err *err)
{
    struct model *model = model_load(from, err);
    bool done = model && save_as(model, to, err);
    model_free(model);
    if (done)
        remove(from);
    return done;
}

static bool move_file(const char *from, const char *to, struct err *err)
{
    return rename(from, to) == 0 ||
           err_set(err, _("%s cannot be moved; is its folder write-protected?"), files_name(from));
}

bool shelf_rename(struct shelf *shelf, const char *name, struct err *err)
{
    char to[FILES_PATH_MAX];
    const struct shelf_model *model = shelf_chosen(shelf);
    if (!shelf_can_change(model, err) || !check_name(name, err) ||
        !find_own_path("models", name, to, err))
        return false;
    if (strcmp(name, model->name) == 0)
        return true;
    if (files_exist(to))
        return err_set(err, _("There is a model %s already; choose another name."), name);
    if (!rename_model(model->path, to, err))
        return false;
    note_change(shelf, model->path, to, true);
    shelf_choose(shelf, to);
    return true;
}

bool shelf_duplicate(struct shelf *shelf, struct err *err)
{
    char to[FILES_PATH_MAX];
    const struct shelf_model *from = shelf_chosen(shelf);
    if (!from)
        return err_set(err, _("Choose a model first."));
    if (!find_free_path("models", from->name, to, err))
        return false;
    struct model *model = from->from == SHELF_BUILT_IN
                              ? model_builtin_at(model_builtin_at_path(from->path), err)
                              : model_load(from->path, err);
    bool done = model && save_as(model, to, err);
    model_free(model);
    if (done) {
        shelf->changes++;
        shelf_choose(shelf, to);
    }
    return done;
}

/* The next one in the list is chosen, so that Delete can be pressed again. */
static void choose_neighbour(struct shelf *shelf, const struct shelf_model *model)
{
    ptrdiff_t at = model - shelf->models;
    ptrdiff_t next = at + 1 < shelf->count ? at + 1 : at - 1;
    shelf_choose(shelf, next >= 0 ? shelf->models[next].path : "");
}

bool shelf_remove(struct shelf *shelf, struct err *err)
{
    char to[FILES_PATH_MAX];
    const struct shelf_model *model = shelf_chosen(shelf);
    if (!shelf_can_change(model, err) || !find_free_path("models/deleted", model->name, to, err))
        return false;
    if (!move_file(model->path, to, err))
        return false;
    note_change(shelf, model->path, to, false);
    choose_neighbour(shelf, model);
    return true;
}

bool shelf_is_deleted(const char *path)
{
    char folder[FILES_PATH_MAX];
    return is_in(path, files_user_path(FILES_DATA, "models/deleted", folder));
}

bool shelf_undo(struct shelf *shelf, struct err *err)
{
    const struct shelf_change change = shelf->last;
    if (!change.from[0])
        return err_set(err, _("There is nothing to undo."));
    if (files_exist(change.from))
        return err_set(err, _("There is another model %s now; rename it first."),
                       files_name(change.from));
    if (!(change.renamed ? rename_model : move_file)(change.to, change.from, err))
        return false;
    note_change(shelf, change.to, change.from, change.renamed);
    shelf_choose(shelf, change.from);
    return true;
}

/* SPDX-License-Identifier: MIT */
#include "app/state/runs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/entries.h"
#include "base/err.h"
#include "base/language.h"
#include "base/lock_beside.h"
#include "base/text.h"
#include "train/report.h"
#include "train/trainer.h"

static const char folder_name[] = "runs";
static const char ends[] = ".checkpoint", lock_ends[] = ".checkpoint.lock";
static const char only_name[] = "training.checkpoint"; /* of the version that kept but one */

/* A window that only looks holds a lock for a moment, and waits for none itself: it is in the
 * middle of a frame. */
static const double TAKE_SECONDS = 0.1;

enum { NAMES_TRIED = 1000 };

/* ---- locks ----------------------------------------------------------------------------------- */

static bool is_held(const char *path)
{
    char lock_path[LOCK_BESIDE_PATH_MAX];
    int lock;
    if (!files_exist(lock_beside_path(path, lock_path)))
        return false;
    bool taken = lock_beside_take(path, 0, &lock);
    files_unlock(lock);
    return !taken;
}

bool runs_take(const char *path, int *lock, struct err *err)
{
    if (!lock_beside_take(path, TAKE_SECONDS, lock))
        return err_set(err, _("That training goes on in another window; it can go on here once it "
                              "is stopped there."));
    if (files_exist(path))
        return true;
    lock_beside_leave(path, *lock);
    *lock = -1;
    return err_set(err, _("That training is gone: another window finished it or threw it away."));
}

bool runs_remove(const char *path, struct err *err)
{
    int lock;
    if (!runs_take(path, &lock, err))
        return false;
    bool gone = remove(path) == 0;
    int why = errno;
    lock_beside_leave(path, lock);
    return gone || err_set(err, _("%s cannot be removed: %s."), path, strerror(why));
}

/* ---- a new one ------------------------------------------------------------------------------- */

void runs_begin(char path[FILES_PATH_MAX], int *lock)
{
    char folder[FILES_PATH_MAX], name[80], stamp[40];
    time_t now = time(NULL);
    struct tm utc;
    files_make_folder(files_user_path(FILES_STATE, folder_name, folder), NULL);
    strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", gmtime_r(&now, &utc));
    for (int i = 1; i <= NAMES_TRIED; i++) {
        snprintf(name, sizeof name, "%s/%s-%d%s", folder_name, stamp, i, ends);
        files_user_path(FILES_STATE, name, path);
        if (files_exist(path) || !lock_beside_take(path, 0, lock))
            continue;
        if (!files_exist(path))
            return;
        files_unlock(*lock);
    }
    *lock = -1;
}

/* ---- those that are there -------------------------------------------------------------------- */

static bool add_item(struct runs *runs, const char *path)
{
    struct runs_item *more = realloc(runs->items, ((size_t)runs->count + 1) * sizeof *more);
    if (!more)
        return false;
    runs->items = more;
    struct runs_item *item = &more[runs->count];
    snprintf(item->path, sizeof item->path, "%s", path);
    if (is_held(path) ||
        !trainer_peek(path, &item->recipe, &item->progress, &item->seconds, NULL))
        return true;
    item->changed = files_mark(path).changed;
    runs->count++;
    return true;
}

/* A window that was killed before its first epoch left a lock and no run. */
static void clear_lock(const char *lock_path)
{
    char path[FILES_PATH_MAX];
    int lock;
    snprintf(path, sizeof path, "%.*s", (int)(strlen(lock_path) - strlen(".lock")), lock_path);
    if (!files_exist(path) && lock_beside_take(path, 0, &lock))
        lock_beside_leave(path, lock);
}

static void find_in(struct runs *runs, const char *folder)
{
    char path[FILES_PATH_MAX];
    struct entries *entries = entries_open(folder);
    const char *name;
    while (entries && (name = entries_next(entries)) != NULL) {
        if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
            continue;
        if (text_ends_with(name, lock_ends))
            clear_lock(path);
        else if (text_ends_with(name, ends) && !add_item(runs, path))
            break;
    }
    entries_close(entries);
}

static int compare_age(const void *a, const void *b)
{
    const struct runs_item *first = a, *second = b;
    if (first->changed != second->changed)
        return first->changed < second->changed ? 1 : -1;
    return strcmp(second->path, first->path);
}

void runs_find(struct runs *runs)
{
    char path[FILES_PATH_MAX];
    runs->count = 0;
    find_in(runs, files_user_path(FILES_STATE, folder_name, path));
    if (files_exist(files_user_path(FILES_STATE, only_name, path)))
        add_item(runs, path);
    if (runs->count > 0)
        qsort(runs->items, (size_t)runs->count, sizeof *runs->items, compare_age);
}

void runs_clear(struct runs *runs)
{
    free(runs->items);
    *runs = (struct runs){0};
}

const struct runs_item *runs_at(const struct runs *runs, const char *path)
{
    for (int i = 0; i < runs->count; i++)
        if (strcmp(runs->items[i].path, path) == 0)
            return &runs->items[i];
    return NULL;
}

bool runs_is_result(const struct runs_item *item)
{
    return item->progress >= 1;
}

const struct runs_item *runs_in_the_way(const struct runs *runs)
{
    if (runs->count < RUNS_KEPT)
        return NULL;
    for (int i = runs->count - 1; i >= 0; i--)
        if (runs_is_result(&runs->items[i]))
            return &runs->items[i];
    return &runs->items[runs->count - 1];
}

char *runs_progress(const struct runs_item *item, char *text)
{
    if (runs_is_result(item))
        snprintf(text, RUNS_PROGRESS_MAX, _("done, not saved"));
    else
        snprintf(text, RUNS_PROGRESS_MAX, "%.0f of %d epochs",
                 item->progress * item->recipe.epochs, item->recipe.epochs);
    return text;
}

/* ---- the weights of a model ------------------------------------------------------------------ */

/* The first with those weights, from item i on, or NULL. */
static const struct runs_item *find_of(const struct runs *runs, int i, const struct record *record)
{
    for (; i < runs->count; i++)
        if (report_is_of(record, &runs->items[i].recipe, runs->items[i].seconds))
            return &runs->items[i];
    return NULL;
}

bool runs_hold(const struct record *record)
{
    struct runs runs = {0};
    runs_find(&runs);
    bool held = find_of(&runs, 0, record) != NULL;
    runs_clear(&runs);
    return held;
}

void runs_name_checkpoint(const struct record *record, struct err *err)
{
    struct runs runs = {0};
    runs_find(&runs);
    const struct runs_item *item = find_of(&runs, 0, record);
    if (item)
        report_name_checkpoint(item->path, err);
    runs_clear(&runs);
}

void runs_drop_result(const struct record *record)
{
    struct runs runs = {0};
    const struct runs_item *item;
    runs_find(&runs);
    for (int i = 0; (item = find_of(&runs, i, record)) != NULL; i = (int)(item - runs.items) + 1)
        if (runs_is_result(item))
            runs_remove(item->path, NULL);
    runs_clear(&runs);
}

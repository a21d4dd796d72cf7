/* SPDX-License-Identifier: MIT */
/* settings_file.c -- several windows, one file: setting by setting, the later wish counts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/state/settings.h"
#include "app/state/settings_json.h"
#include "base/err.h"
#include "base/json_text.h"
#include "base/language.h"

enum { LOCK_SECONDS = 2 };
static const char changed_key[] = "changed"; /* in the file: when each setting was */

static json_int_t milliseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (json_int_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void settings_open(struct settings_file *file, struct settings *settings, const char *path)
{
    *file = (struct settings_file){.changed = json_object()};
    strncpy(file->path, path, sizeof file->path - 1);
    settings_load(settings, path);
    memcpy(&file->read, settings, sizeof *settings);
    memcpy(&file->seen, settings, sizeof *settings);
}

void settings_close(struct settings_file *file)
{
    json_decref(file->changed);
    *file = (struct settings_file){0};
}

/* Notes at `now` every key under which the two differ. */
static bool note_changes(json_t *changed, json_t *before, json_t *after, json_int_t now)
{
    const char *key;
    json_t *value;
    json_object_foreach(after, key, value) {
        if (!json_equal(value, json_object_get(before, key)) &&
            json_object_set_new(changed, key, json_integer(now)) != 0)
            return false;
    }
    return true;
}

bool settings_watch(struct settings_file *file, const struct settings *settings)
{
    if (memcmp(&file->seen, settings, sizeof *settings) == 0)
        return true;
    json_t *before = settings_pack(&file->seen), *after = settings_pack(settings);
    bool noted = before && after && note_changes(file->changed, before, after, milliseconds_now());
    if (noted)
        memcpy(&file->seen, settings, sizeof *settings);
    json_decref(before);
    json_decref(after);
    return noted;
}

/* ---- writing --------------------------------------------------------------------------------- */

/* The file as it is now; where there is none, or a damaged one, an empty object. NULL where it
 * could not be read: nothing may be written over it then. As jansson does not always say that it
 * was for want of memory that it failed, what is damaged must be so twice. */
static json_t *read_file(const char *path, struct err *err)
{
    size_t size;
    if (!files_exist(path))
        return json_object();
    unsigned char *text = files_read(path, SETTINGS_SIZE_MAX, &size, err);
    if (!text)
        return NULL;
    json_t *root = json_loadb((const char *)text, size, 0, NULL);
    if (!root)
        root = json_loadb((const char *)text, size, 0, NULL);
    free(text);
    if (json_is_object(root))
        return root;
    json_decref(root);
    return json_object();
}

/* How many of the recent models were opened here: the first ones, up to those that stand in the
 * order in which the file had them. */
static int count_opened(const struct settings *ours, const struct settings *read)
{
    int i = ours->recent_count, at = read->recent_count;
    for (; i > 0; i--) {
        while (at > 0 && strcmp(read->recent[at - 1], ours->recent[i - 1]) != 0)
            at--;
        if (at == 0)
            break;
        at--;
    }
    return i;
}

/* The file's recent models, and over them those that were opened here. */
static bool merge_recent(const struct settings_file *file, const struct settings *ours,
                         json_t *root)
{
    struct settings *merged = malloc(sizeof *merged);
    if (!merged)
        return false;
    settings_usual(merged);
    settings_unpack(merged, root);
    for (int i = count_opened(ours, &file->read) - 1; i >= 0; i--)
        settings_add_recent(merged, ours->recent[i]);
    json_t *all = settings_pack(merged);
    bool done = all && json_object_set(root, "recent", json_object_get(all, "recent")) == 0;
    json_decref(all);
    free(merged);
    return done;
}

/* When a setting was changed by what the file says; 0 where it does not say so. A time that is yet
 * to come is damage, and would keep every wish until then from the file. */
static json_int_t changed_at(const json_t *changed, const char *key, json_int_t now)
{
    json_int_t at = json_integer_value(json_object_get(changed, key));
    return at <= now ? at : 0;
}

/* Puts our values into the file's object where ours are the later wish, or the only one. */
static bool merge_all(const struct settings_file *file, const struct settings *settings,
                      json_t *ours, json_t *root)
{
    const char *key;
    json_t *value, *changed = json_object_get(root, changed_key);
    json_int_t now = milliseconds_now();
    bool ok = json_is_object(changed) ||
              json_object_set_new(root, changed_key, changed = json_object()) == 0;
    json_object_foreach(ours, key, value) {
        json_t *here = json_object_get(file->changed, key);
        bool known = json_object_get(root, key) != NULL;
        bool later = here && json_integer_value(here) >= changed_at(changed, key, now);
        if (known && here && strcmp(key, "recent") == 0)
            ok = ok && merge_recent(file, settings, root);
        else if (!known || later)
            ok = ok && json_object_set(root, key, value) == 0;
        if (later)
            ok = ok && json_object_set(changed, key, here) == 0;
    }
    return ok;
}

static bool write_object(const char *path, const json_t *root, struct err *err)
{
    struct files_part part = {0};
    char *text = json_text(root, JSON_INDENT(2) | JSON_REAL_PRECISION(6), &part.size);
    part.data = text;
    if (!text)
        return err_memory(err, _("the settings"));
    bool done = files_write(path, &part, 1, err);
    free(text);
    return done;
}

bool settings_write(struct settings_file *file, const struct settings *settings, struct err *err)
{
    char lock_path[FILES_PATH_MAX + 8];
    int lock;
    err_memory(err, _("the settings"));
    if (!settings_watch(file, settings))
        return false;
    if (json_object_size(file->changed) == 0 && files_exist(file->path))
        return true;
    snprintf(lock_path, sizeof lock_path, "%s.lock", file->path);
    if (!files_lock(lock_path, LOCK_SECONDS, &lock, err))
        return false;
    json_t *root = read_file(file->path, err), *ours = settings_pack(settings);
    bool done = root && ours && merge_all(file, settings, ours, root) &&
                write_object(file->path, root, err);
    files_unlock(lock);
    if (done) {
        memcpy(&file->read, settings, sizeof *settings);
        json_object_clear(file->changed);
    }
    json_decref(ours);
    json_decref(root);
    return done;
}

/* SPDX-License-Identifier: MIT */
#include "app/state/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/err.h"
#include "base/language.h"

enum { LOCK_SECONDS = 2 };

static const char first_line[] = "inkling lessons 1";

/* ---- in memory ------------------------------------------------------------------------------- */

static void write_key(const char *lesson, const char *task, char key[PROGRESS_KEY_MAX])
{
    snprintf(key, PROGRESS_KEY_MAX, "%s %s", lesson, task);
}

static bool has_key(const struct progress *progress, const char *key)
{
    for (int i = 0; i < progress->count; i++)
        if (strcmp(progress->done[i], key) == 0)
            return true;
    return false;
}

bool progress_has(const struct progress *progress, const char *lesson, const char *task)
{
    char key[PROGRESS_KEY_MAX];
    write_key(lesson, task, key);
    return has_key(progress, key);
}

static bool add_key(struct progress *progress, const char *key, struct err *err)
{
    if (has_key(progress, key))
        return true;
    if (!progress->done)
        progress->done = calloc(PROGRESS_MAX, sizeof *progress->done);
    if (!progress->done)
        return err_memory(err, _("the progress"));
    if (progress->count == PROGRESS_MAX)
        return err_set(err, _("More than %d solved tasks are not kept."), PROGRESS_MAX);
    snprintf(progress->done[progress->count++], PROGRESS_KEY_MAX, "%s", key);
    return true;
}

static void forget(struct progress *progress, const char *lesson)
{
    size_t length = lesson ? strlen(lesson) : 0;
    int kept = 0;
    for (int i = 0; i < progress->count; i++) {
        const char *key = progress->done[i];
        if (lesson && (strncmp(key, lesson, length) != 0 || key[length] != ' '))
            memmove(progress->done[kept++], key, PROGRESS_KEY_MAX);
    }
    progress->count = kept;
}

/* ---- the file -------------------------------------------------------------------------------- */

/* Adds what the file says. A line that is no task is left out: the next save mends it. */
static bool load(struct progress *progress, struct err *err)
{
    size_t size, most = (size_t)PROGRESS_MAX * PROGRESS_KEY_MAX * 2;
    if (!files_exist(progress->path))
        return true;
    char *text = (char *)files_read(progress->path, most, &size, err), *rest;
    if (!text)
        return false;
    bool done = true;
    for (char *line = strtok_r(text, "\n", &rest); line && done; line = strtok_r(NULL, "\n", &rest))
        if (strcmp(line, first_line) != 0 && strchr(line, ' ') && strlen(line) < PROGRESS_KEY_MAX)
            done = add_key(progress, line, err);
    free(text);
    return done;
}

static bool save(const struct progress *progress, struct err *err)
{
    struct buffer buffer = {0};
    struct files_part part;
    buffer_print(&buffer, "%s\n", first_line);
    for (int i = 0; i < progress->count; i++)
        buffer_print(&buffer, "%s\n", progress->done[i]);
    char *text = buffer_take(&buffer, &part.size);
    part.data = text;
    bool saved =
        text ? files_write(progress->path, &part, 1, err) : err_memory(err, _("the progress"));
    free(text);
    return saved;
}

static bool make_folder(const char *path, struct err *err)
{
    char folder[FILES_PATH_MAX];
    snprintf(folder, sizeof folder, "%.*s", (int)(files_name(path) - path - 1), path);
    return files_make_folder(folder, err);
}

/* Under the lock: what others noted is kept, but of a lesson that is to be forgotten. */
static bool change(struct progress *progress, bool forgets, const char *lesson, struct err *err)
{
    char lock_path[FILES_PATH_MAX + 8];
    int lock = -1;
    if (!progress->path[0])
        return true;
    snprintf(lock_path, sizeof lock_path, "%s.lock", progress->path);
    if (!make_folder(progress->path, err) || !files_lock(lock_path, LOCK_SECONDS, &lock, err))
        return false;
    bool done = load(progress, err);
    if (forgets)
        forget(progress, lesson);
    done = done && save(progress, err);
    files_unlock(lock);
    return done;
}

bool progress_open(struct progress *progress, const char *path, struct err *err)
{
    progress_close(progress);
    snprintf(progress->path, sizeof progress->path, "%s", path);
    return !path[0] || load(progress, err);
}

void progress_close(struct progress *progress)
{
    free(progress->done);
    *progress = (struct progress){.count = 0};
}

bool progress_add(struct progress *progress, const char *lesson, const char *task, struct err *err)
{
    char key[PROGRESS_KEY_MAX];
    write_key(lesson, task, key);
    return add_key(progress, key, err) && change(progress, false, NULL, err);
}

bool progress_forget(struct progress *progress, const char *lesson, struct err *err)
{
    forget(progress, lesson);
    return change(progress, true, lesson, err);
}

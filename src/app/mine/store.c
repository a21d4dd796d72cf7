/* SPDX-License-Identifier: MIT */
#include "app/mine/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/mine.h"

enum {
    ASIDE_MAX = 1000,
    LOCK_SECONDS = 3, /* another window's save takes a tenth of one */
};

void store_clear(struct store *store)
{
    mine_traces_clear(&store->base);
    store->mark = (struct files_mark){0};
}

void store_forget(struct store *store)
{
    store_clear(store);
}

/* ---- a damaged file -------------------------------------------------------------------------- */

/* A second name of the file, under which it stays when the first is given to a new one; where there
 * are no second names it gets another. */
static bool name_anew(const char *path, const char *aside)
{
    return linkat(AT_FDCWD, path, AT_FDCWD, aside, AT_SYMLINK_FOLLOW) == 0 ||
           rename(path, aside) == 0;
}

/* Keeps a damaged file under a name that is free. */
static bool put_aside(const char *path, char aside[FILES_PATH_MAX], struct err *err)
{
    for (int i = 1; i < ASIDE_MAX; i++) {
        if (snprintf(aside, FILES_PATH_MAX, "%s.damaged-%d", path, i) >= FILES_PATH_MAX)
            break;
        if (files_exist(aside))
            continue;
        if (name_anew(path, aside))
            return true;
        break;
    }
    return err_set(err, "%s is damaged and cannot be put aside: %s.", path, strerror(errno));
}

static void say_salvaged(struct err *said, uint32_t read, uint32_t lost, const char *aside)
{
    if (read == 0)
        err_set(said, "Your digits could not be read and begin anew; the old file is kept as %s.",
                files_name(aside));
    else
        err_set(said, "The file of your digits was damaged: %u could be read, %u could not; the "
                "old file is kept as %s.", read, lost, files_name(aside));
}

/* ---- reading and writing --------------------------------------------------------------------- */

/* Another window that saves has to wait, so that nothing comes between reading and writing. Where
 * there can be no lock it is done without. */
static bool take_lock(const char *path, int *lock, struct err *err)
{
    char lock_path[FILES_PATH_MAX + 8];
    snprintf(lock_path, sizeof lock_path, "%s.lock", path);
    return files_lock(lock_path, LOCK_SECONDS, lock, err);
}

/* Writes over a file that is damaged, once it is put aside. */
static bool replace_damaged(const char *path, const struct mine_digit *const *digits,
                            uint32_t count, char aside[FILES_PATH_MAX], struct err *err)
{
    if (!put_aside(path, aside, err))
        return false;
    if (mine_save(path, digits, count, err))
        return true;
    if (files_exist(path))
        unlink(aside); /* it is there under its own name */
    return false;
}

/* Without memory for that, all that is in the file is joined the next time. */
static void remember(struct store *store, const char *path, const struct mine_digit *const *digits,
                     uint32_t count)
{
    if (mine_traces_set(&store->base, digits, count, NULL))
        store->mark = files_mark(path);
    else
        store_forget(store);
}

static bool is_unchanged(const struct store *store, const char *path)
{
    struct files_mark now = files_mark(path);
    return files_same_mark(&now, &store->mark);
}

/* Where another window was quicker, the next save joins what it wrote. */
static void mend_file(struct store *store, const char *path,
                      const struct mine_digit *const *digits, uint32_t count, uint32_t lost,
                      struct err *said)
{
    char aside[FILES_PATH_MAX];
    struct err why;
    int lock = -1;
    bool mine = take_lock(path, &lock, &why), unchanged = mine && is_unchanged(store, path);
    if (unchanged && replace_damaged(path, digits, count, aside, &why)) {
        say_salvaged(said, count, lost, aside);
        remember(store, path, digits, count);
    } else if (unchanged || !mine) {
        err_set(said, "The file of your digits is damaged: %u could be read. %s", count, why.text);
        store_forget(store);
    }
    files_unlock(lock);
}

struct mine *store_load(struct store *store, const char *path, struct err *said, struct err *err)
{
    bool damaged = false;
    uint32_t lost = 0;
    said->text[0] = 0;
    store_forget(store);
    struct files_mark mark = files_mark(path);
    struct mine *mine = files_exist(path) ? mine_load_own(path, &damaged, &lost, err)
                                          : mine_new(err);
    const struct mine_digit **digits = mine ? mine_digits(mine, err) : NULL;
    if (!digits || !mine_traces_set(&store->base, digits, mine_count(mine), err)) {
        free(digits);
        mine_free(mine);
        return NULL;
    }
    store->mark = mark;
    if (damaged)
        mend_file(store, path, (const struct mine_digit *const *)digits, mine_count(mine), lost,
                  said);
    free(digits);
    return mine;
}

/* What the file holds now, if that is not what this window left in it; else NULL. False where it
 * cannot be read. */
static bool read_others(struct store *store, const char *path, struct mine **theirs, bool *damaged,
                        uint32_t *lost, struct err *err)
{
    *theirs = NULL;
    *damaged = false;
    if (is_unchanged(store, path) || !files_exist(path))
        return true;
    *theirs = mine_load_own(path, damaged, lost, err);
    return *theirs != NULL;
}

static bool write_merged(struct store *store, const char *path, const struct mine_merged *merged,
                         bool damaged, char aside[FILES_PATH_MAX], struct err *err)
{
    const struct mine_digit *const *list = (const struct mine_digit *const *)merged->list;
    bool done = damaged ? replace_damaged(path, list, merged->count, aside, err)
                        : mine_save(path, list, merged->count, err);
    if (done)
        remember(store, path, list, merged->count);
    return done;
}

static bool save_locked(struct store *store, const char *path,
                        const struct mine_digit *const *digits, uint32_t count,
                        struct mine_news *news, struct err *said, struct err *err)
{
    struct mine_merged merged;
    struct mine *theirs;
    bool damaged;
    uint32_t lost = 0;
    char aside[FILES_PATH_MAX];
    if (!read_others(store, path, &theirs, &damaged, &lost, err))
        return false;
    uint32_t read = theirs ? mine_count(theirs) : 0;
    if (!mine_merge(&store->base, digits, count, theirs, !damaged, &merged, news, err))
        return false;
    bool done = write_merged(store, path, &merged, damaged, aside, err);
    if (done && damaged && count > 0) /* what the window held is written again */
        err_set(said,
                "The file of your digits was damaged meanwhile; nothing that this window shows is "
                "lost, and the old file is kept as %s.",
                files_name(aside));
    else if (done && damaged)
        say_salvaged(said, read, lost, aside);
    if (!done)
        mine_news_clear(news);
    mine_merged_clear(&merged);
    return done;
}

static bool make_folder_of(const char *path, struct err *err)
{
    char folder[FILES_PATH_MAX];
    snprintf(folder, sizeof folder, "%.*s", (int)(files_name(path) - path), path);
    return files_make_folder(folder, err);
}

bool store_save(struct store *store, const char *path, const struct mine_digit *const *digits,
                uint32_t count, struct mine_news *news, struct err *said, struct err *err)
{
    struct err why;
    int lock = -1;
    said->text[0] = 0;
    *news = (struct mine_news){0};
    bool done = make_folder_of(path, &why) && take_lock(path, &lock, &why) &&
                save_locked(store, path, digits, count, news, said, &why);
    files_unlock(lock);
    return done || err_set(err, "Your digits are not saved yet. %s", why.text);
}

/* SPDX-License-Identifier: MIT */
#include "app/state/digit_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "data/my_digits.h"

enum {
    ASIDE_MAX = 1000,
    LOCK_SECONDS = 3, /* another window's save takes a tenth of one */
};

void digit_file_forget(struct digit_file *file)
{
    my_digits_traces_clear(&file->base);
    file->mark = (struct files_mark){0};
}

/* ---- a damaged file -------------------------------------------------------------------------- */

/* Where a damaged file is kept. */
struct aside {
    char name[FILES_PATH_MAX];
    char real[FILES_PATH_MAX]; /* where it was, behind all links */
    bool moved;                /* it is there no more */
};

/* The first name that is free; false with errno. */
static bool name_beside(const char *path, struct aside *aside)
{
    for (int i = 1; i < ASIDE_MAX; i++) {
        if (snprintf(aside->name, FILES_PATH_MAX, "%s.damaged-%d", path, i) >= FILES_PATH_MAX) {
            errno = ENAMETOOLONG;
            return false;
        }
        if (files_add_name(aside->real, aside->name, &aside->moved))
            return true;
        if (errno != EEXIST)
            return false;
    }
    return false;
}

/* Keeps a damaged file under a name that is free, beside a link to it if that can be. */
static bool put_aside(const char *path, struct aside *aside, struct err *err)
{
    aside->moved = false;
    bool done = realpath(path, aside->real) &&
                (name_beside(path, aside) || (errno == EXDEV && name_beside(aside->real, aside)));
    if (done)
        return true;
    if (errno == EEXIST)
        return err_set(err,
                       _("%s is damaged, and so many damaged ones are kept beside it that there "
                         "is no name left for it; delete some of %s.damaged-1 and so on."),
                       path, files_name(path));
    return err_set(err, _("%s is damaged and cannot be put aside: %s."), path, strerror(errno));
}

/* Nothing was written in its place: it gets its own name back. */
static void take_back(const char *path, const struct aside *aside)
{
    if (aside->moved)
        rename(aside->name, aside->real);
    else if (files_exist(path))
        remove(aside->name);
}

static void say_salvaged(struct err *said, uint32_t read, uint32_t lost, const char *aside)
{
    if (read == 0)
        err_set(said,
                _("Your digits could not be read and begin anew; the old file is kept as %s."),
                files_name(aside));
    else
        err_set(said,
                _("The file of your digits was damaged: %u could be read, %u could not; the "
                  "old file is kept as %s."),
                read, lost, files_name(aside));
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
static bool replace_damaged(const char *path, const struct my_digit *const *digits, uint32_t count,
                            struct aside *aside, struct err *err)
{
    if (!put_aside(path, aside, err))
        return false;
    if (my_digits_save(path, digits, count, err))
        return true;
    take_back(path, aside);
    return false;
}

/* Without memory for that, all that is in the file is joined the next time. */
static void remember(struct digit_file *file, const char *path,
                     const struct my_digit *const *digits, uint32_t count)
{
    if (my_digits_traces_set(&file->base, digits, count, NULL))
        file->mark = files_mark(path);
    else
        digit_file_forget(file);
}

static bool is_unchanged(const struct digit_file *file, const char *path)
{
    struct files_mark now = files_mark(path);
    return files_same_mark(&now, &file->mark);
}

/* Where another window was quicker, the next save joins what it wrote. */
static void mend_file(struct digit_file *file, const char *path,
                      const struct my_digit *const *digits, uint32_t count, uint32_t lost,
                      struct err *said)
{
    struct aside aside;
    struct err why;
    int lock = -1;
    bool locked = take_lock(path, &lock, &why), unchanged = locked && is_unchanged(file, path);
    if (unchanged && replace_damaged(path, digits, count, &aside, &why)) {
        say_salvaged(said, count, lost, aside.name);
        remember(file, path, digits, count);
    } else if (unchanged || !locked) {
        err_set(said, _("The file of your digits is damaged: %u could be read. %s"), count,
                why.text);
        digit_file_forget(file);
    }
    files_unlock(lock);
}

struct my_digits *digit_file_load(struct digit_file *file, const char *path, struct err *said,
                                  struct err *err)
{
    bool damaged = false;
    uint32_t lost = 0;
    said->text[0] = 0;
    digit_file_forget(file);
    struct files_mark mark = files_mark(path);
    struct my_digits *my =
        files_exist(path) ? my_digits_load_own(path, &damaged, &lost, err) : my_digits_new(err);
    const struct my_digit **digits = my ? my_digits_all(my, err) : NULL;
    if (!digits || !my_digits_traces_set(&file->base, digits, my_digits_count(my), err)) {
        free(digits);
        my_digits_free(my);
        return NULL;
    }
    file->mark = mark;
    if (damaged)
        mend_file(file, path, (const struct my_digit *const *)digits, my_digits_count(my), lost,
                  said);
    free(digits);
    return my;
}

/* What the file holds now, if that is not what this window left in it; else NULL. False where it
 * cannot be read. */
static bool read_others(struct digit_file *file, const char *path, struct my_digits **theirs,
                        bool *damaged, uint32_t *lost, struct err *err)
{
    *theirs = NULL;
    *damaged = false;
    if (is_unchanged(file, path) || !files_exist(path))
        return true;
    *theirs = my_digits_load_own(path, damaged, lost, err);
    return *theirs != NULL;
}

/* Whether another window has written just that already. */
static bool is_written(const struct my_digits *theirs, const struct my_digit *const *list,
                       uint32_t count)
{
    struct my_digits_traces there = {0};
    const struct my_digit **digits = theirs ? my_digits_all(theirs, NULL) : NULL;
    bool same = digits &&
                my_digits_traces_set(&there, (const struct my_digit *const *)digits,
                                     my_digits_count(theirs), NULL) &&
                my_digits_traces_hold(&there, list, count);
    my_digits_traces_clear(&there);
    free(digits);
    return same;
}

static bool write_merged(struct digit_file *file, const char *path,
                         const struct my_digits_merged *merged, const struct my_digits *theirs,
                         bool damaged, struct aside *aside, struct err *err)
{
    const struct my_digit *const *list = (const struct my_digit *const *)merged->list;
    bool done = damaged ? replace_damaged(path, list, merged->count, aside, err)
                        : is_written(theirs, list, merged->count) ||
                              my_digits_save(path, list, merged->count, err);
    if (done)
        remember(file, path, list, merged->count);
    return done;
}

static bool save_locked(struct digit_file *file, const char *path,
                        const struct my_digit *const *digits, uint32_t count,
                        struct my_digits_news *news, struct err *said, struct err *err)
{
    struct my_digits_merged merged;
    struct my_digits *theirs;
    bool damaged;
    uint32_t lost = 0;
    struct aside aside;
    if (!read_others(file, path, &theirs, &damaged, &lost, err))
        return false;
    uint32_t read = theirs ? my_digits_count(theirs) : 0;
    if (!my_digits_merge(&file->base, digits, count, theirs, !damaged, &merged, news, err))
        return false;
    bool done = write_merged(file, path, &merged, theirs, damaged, &aside, err);
    if (done && damaged && count > 0) /* what the window held is written again */
        err_set(
            said,
            _("The file of your digits was damaged meanwhile; nothing that this window shows is "
              "lost, and the old file is kept as %s."),
            files_name(aside.name));
    else if (done && damaged)
        say_salvaged(said, read, lost, aside.name);
    if (!done)
        my_digits_news_clear(news);
    my_digits_merged_clear(&merged);
    return done;
}

static bool make_folder_of(const char *path, struct err *err)
{
    char folder[FILES_PATH_MAX];
    snprintf(folder, sizeof folder, "%.*s", (int)(files_name(path) - path), path);
    return files_make_folder(folder, err);
}

bool digit_file_save(struct digit_file *file, const char *path,
                     const struct my_digit *const *digits, uint32_t count,
                     struct my_digits_news *news, struct err *said, struct err *err)
{
    struct err why;
    int lock = -1;
    said->text[0] = 0;
    *news = (struct my_digits_news){0};
    if (is_unchanged(file, path) && my_digits_traces_hold(&file->base, digits, count))
        return true; /* it is in the file, and nobody else was there */
    bool done = make_folder_of(path, &why) && take_lock(path, &lock, &why) &&
                save_locked(file, path, digits, count, news, said, &why);
    files_unlock(lock);
    return done || err_set(err, _("Your digits are not saved yet. %s"), why.text);
}

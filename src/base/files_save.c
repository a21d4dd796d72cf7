/* SPDX-License-Identifier: MIT */
/* files_save.c -- saving: a temporary file beside the old one, flushed, then put in its place.
 *
 * Temporary files have short names of their own, ".inkling-PID-NUMBER", so that any name can be
 * saved under. Each is locked while it is written: one that nobody holds, of a process that is
 * gone, was left by a save that was killed.
 */
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "base/paths.h"
#include "base/process.h"

enum { LINKS_MAX = 40, NAME_ROOM = 40, TRIES = 100 };

static const char temporary_name[] = ".inkling-%d-%u";

/* A file that is being written. */
struct save {
    const char *path;                        /* as it was asked for */
    char target[FILES_PATH_MAX];             /* what is replaced: where the links of `path` end */
    char temporary[FILES_PATH_MAX + NAME_ROOM]; /* "" where there is none */
    int fd;                                  /* of it, or -1 once it is written */
};

/* ---- what is replaced ------------------------------------------------------------------------ */

/* Puts what the link at `path` says in its place. */
static bool follow_link(char path[FILES_PATH_MAX])
{
    char link[FILES_PATH_MAX];
    ssize_t len = readlink(path, link, sizeof link - 1);
    if (len <= 0)
        return false;
    size_t folder = link[0] == '/' ? 0 : (size_t)(files_name(path) - path);
    if (folder + (size_t)len >= FILES_PATH_MAX) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(path + folder, link, (size_t)len);
    path[folder + (size_t)len] = 0;
    return true;
}

/* The file at the end of the links, whether it is there or not. */
static bool follow_links(char path[FILES_PATH_MAX])
{
    struct stat st;
    for (int i = 0; i < LINKS_MAX; i++) {
        if (lstat(path, &st) != 0 || !S_ISLNK(st.st_mode))
            return true;
        if (!follow_link(path))
            return false;
    }
    errno = ELOOP;
    return false;
}

/* Whether a file may be replaced. A person who took away every right to write means it, whatever
 * the administrator could do. */
static bool may_replace(const char *path, const struct stat *st, struct err *err)
{
    if (!S_ISREG(st->st_mode))
        return err_set(err, _("%s is %s, which no file can replace; choose another name."), path,
                       S_ISDIR(st->st_mode) ? "a folder" : _("no ordinary file"));
    if ((st->st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0 ||
        faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
        return err_set(err,
                       _("%s is write-protected; choose another name, or allow it to be "
                         "written."),
                       path);
    return true;
}

/* Why a new file cannot be made at `target`, in words that name what stands in the way: where a
 * folder lacks, it could often not be made because the one above it may not be written. */
static bool explain(const struct save *save, int why, struct err *err)
{
    char folder[FILES_PATH_MAX];
    strcpy(folder, save->target);
    paths_cut_name(folder);
    if (why != ENOENT && why != EACCES && why != EPERM)
        return err_set(err, _("%s cannot be written: %s."), save->path, strerror(why));
    char missing[FILES_PATH_MAX] = "";
    while (folder[0] && !files_exist(folder)) {
        strcpy(missing, folder);
        paths_cut_name(folder);
    }
    if (faccessat(AT_FDCWD, folder[0] ? folder : ".", W_OK | X_OK, AT_EACCESS) != 0)
        return err_set(err,
                       _("%s cannot be written: you may not write in the folder %s; choose "
                         "another place."),
                       save->path, folder[0] ? folder : ".");
    if (missing[0])
        return err_set(err, _("%s cannot be written: there is no folder %s; choose another place."),
                       save->path, missing);
    return err_set(err, _("%s cannot be written: %s."), save->path, strerror(why));
}

/* ---- temporary files ------------------------------------------------------------------------- */

/* Makes a new file beside the target. Where that is there, nobody else gets to see it before it has
 * its rights; a new one has those that the user's mask allows. */
static bool open_temporary(struct save *save, bool replaces)
{
    static atomic_uint serial;
    int folder = (int)(files_name(save->target) - save->target);
    char name[NAME_ROOM];
    for (int tries = 0; tries < TRIES; tries++) {
        snprintf(name, sizeof name, temporary_name, (int)getpid(), atomic_fetch_add(&serial, 1));
        snprintf(save->temporary, sizeof save->temporary, "%.*s%s", folder, save->target, name);
        save->fd = open(save->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                        replaces ? 0600 : 0666);
        if (save->fd >= 0) {
            flock(save->fd, LOCK_EX | LOCK_NB);
            return true;
        }
        if (errno != EEXIST)
            break;
    }
    save->temporary[0] = 0;
    return false;
}

/* Removes the file of that name if it was left by a save that was killed. */
static void sweep_file(int folder, const char *name)
{
    struct stat st;
    int pid, end = 0;
    unsigned number;
    if (sscanf(name, ".inkling-%d-%u%n", &pid, &number, &end) != 2 || name[end] || pid <= 0)
        return;
    if (process_lives(pid))
        return;
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
        flock(fd, LOCK_EX | LOCK_NB) == 0)
        unlinkat(folder, name, 0);
    close(fd);
}

void files_sweep(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir && (entry = readdir(dir)) != NULL)
        sweep_file(dirfd(dir), entry->d_name);
    if (dir)
        closedir(dir);
}

/* ---- saving ---------------------------------------------------------------------------------- */

/* The rights of the file that is replaced, and where it is another's, as far as that is allowed,
 * its owner. */
static bool copy_rights(int fd, const struct stat *old)
{
    struct stat now;
    if (fstat(fd, &now) != 0)
        return false;
    bool same = now.st_uid == old->st_uid && now.st_gid == old->st_gid;
    bool given = same || fchown(fd, old->st_uid, old->st_gid) == 0 ||
                 fchown(fd, (uid_t)-1, old->st_gid) == 0;
    mode_t most = given ? 0777 : 0707; /* what was the old group's is not another's */
    return fchmod(fd, old->st_mode & most) == 0;
}

/* Opens the temporary file; on failure there is none. */
static bool begin_save(struct save *save, const char *path, struct err *err)
{
    struct stat old;
    *save = (struct save){.path = path, .fd = -1};
    if (!path[0])
        return err_set(err, _("The name of the file to write is empty; give one."));
    if (strlen(path) >= FILES_PATH_MAX)
        return err_set(err, _("The path is too long; choose a shorter one."));
    strcpy(save->target, path);
    if (!follow_links(save->target))
        return err_set(err, _("%s cannot be written: %s."), path, strerror(errno));
    bool replaces = stat(save->target, &old) == 0;
    if (replaces && !may_replace(save->target, &old, err))
        return false;
    if (strlen(files_name(save->target)) > NAME_MAX)
        return err_set(err, _("%s cannot be written: %s."), path, strerror(ENAMETOOLONG));
    if (!open_temporary(save, replaces))
        return explain(save, errno, err);
    if (!replaces || copy_rights(save->fd, &old))
        return true;
    err_set(err, _("%s cannot be written: %s."), path, strerror(errno));
    return false;
}

/* Takes the temporary file away, if there is one. */
static void abandon_save(struct save *save)
{
    if (save->fd >= 0)
        close(save->fd);
    if (save->temporary[0])
        unlink(save->temporary);
}

static bool write_all(int fd, const struct files_part *parts, int count)
{
    for (int i = 0; i < count; i++) {
        const char *at = parts[i].data;
        size_t left = parts[i].size;
        while (left > 0) {
            ssize_t n = write(fd, at, left);
            if (n < 0 && errno == EINTR)
                continue;
            if (n <= 0)
                return false;
            at += n;
            left -= (size_t)n;
        }
    }
    return fsync(fd) == 0;
}

static bool finish_writing(struct save *save, const struct files_file *file, struct err *err)
{
    bool ok = write_all(save->fd, file->parts, file->count);
    int why = errno;
    if (close(save->fd) != 0 && ok) {
        ok = false;
        why = errno;
    }
    save->fd = -1;
    return ok || err_set(err, _("%s cannot be written: %s."), save->path, strerror(why));
}

static bool commit_save(struct save *save, struct err *err)
{
    if (rename(save->temporary, save->target) != 0)
        return err_set(err, _("%s cannot be written: %s."), save->path, strerror(errno));
    save->temporary[0] = 0;
    return true;
}

bool files_write_together(const struct files_file *files, int count, struct err *err)
{
    struct save saves[FILES_TOGETHER_MAX];
    bool ok = true;
    int begun = 0, done = 0;
    assert(count <= FILES_TOGETHER_MAX);
    while (ok && begun < count) {
        ok = begin_save(&saves[begun], files[begun].path, err) &&
             finish_writing(&saves[begun], &files[begun], err);
        begun++;
    }
    while (ok && done < count)
        ok = commit_save(&saves[done++], err);
    for (int i = 0; i < begun; i++)
        abandon_save(&saves[i]);
    return ok;
}

bool files_write(const char *path, const struct files_part *parts, int count, struct err *err)
{
    struct files_file file = {path, parts, count};
    return files_write_together(&file, 1, err);
}

bool files_can_write(const char *path, struct err *err)
{
    struct save save;
    bool ok = begin_save(&save, path, err);
    abandon_save(&save);
    if (ok) {
        paths_cut_name(save.target);
        files_sweep(save.target[0] ? save.target : ".");
    }
    return ok;
}

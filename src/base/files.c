/* SPDX-License-Identifier: MIT */
#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"

enum { LOCK_PAUSE = 10000000 }; /* nanoseconds between two tries */

/* Reads to the end rather than trusting the size in the directory: pipes and /proc have none. */
static unsigned char *read_all(FILE *file, size_t max, size_t *size)
{
    size_t room = 1 << 16, used = 0;
    unsigned char *data = malloc(room + 1);
    while (data) {
        used += fread(data + used, 1, room - used, file);
        if (used < room)
            break;
        if (room > max) {
            used = room;
            break;
        }
        unsigned char *more = realloc(data, 2 * room + 1);
        if (!more) {
            free(data);
            return NULL;
        }
        data = more;
        room *= 2;
    }
    if (data)
        data[used] = 0;
    *size = used;
    return data;
}

static void refuse_large(const char *path, size_t max, struct err *err)
{
    err_set(err, "%s is larger than the %zu MB that are read; is it the right file?", path,
            max >> 20);
}

/* A pipe that nobody writes to would keep open() waiting for ever. */
int files_open(const char *path, struct err *err)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 || fcntl(fd, F_SETFL, 0) != 0)
        err_set(err, "%s cannot be opened: %s.", path, strerror(errno));
    else if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
        err_set(err, "%s is a folder, not a file.", path);
    else
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* NULL with a sentence. */
static FILE *open_to_read(const char *path, struct err *err)
{
    int fd = files_open(path, err);
    FILE *file = fd >= 0 ? fdopen(fd, "rb") : NULL;
    if (fd >= 0 && !file) {
        err_memory(err, path);
        close(fd);
    }
    return file;
}

bool files_can_read(const char *path, struct err *err)
{
    FILE *file = open_to_read(path, err);
    return file && fclose(file) == 0;
}

unsigned char *files_read(const char *path, size_t max, size_t *size, struct err *err)
{
    FILE *file = open_to_read(path, err);
    struct stat st;
    if (!file)
        return NULL;
    unsigned char *data = NULL;
    bool known = fstat(fileno(file), &st) == 0;
    if (known && S_ISREG(st.st_mode) && (uintmax_t)st.st_size > max)
        refuse_large(path, max, err);
    else if ((data = read_all(file, max, size)) == NULL)
        err_memory(err, path);
    else if (ferror(file))
        err_set(err, "%s cannot be read: %s.", path, strerror(errno));
    else if (*size > max)
        refuse_large(path, max, err);
    else {
        fclose(file);
        return data;
    }
    free(data);
    fclose(file);
    return NULL;
}

unsigned char *files_read_start(const char *path, size_t most, size_t *size, size_t *whole,
                                struct err *err)
{
    FILE *file = open_to_read(path, err);
    struct stat st;
    if (!file)
        return NULL;
    unsigned char *data = NULL;
    if (fstat(fileno(file), &st) != 0 || !S_ISREG(st.st_mode))
        err_set(err, "%s is not a plain file.", path);
    else if ((data = malloc(most + 1)) == NULL)
        err_memory(err, path);
    else {
        *size = fread(data, 1, most, file);
        *whole = (size_t)st.st_size;
    }
    fclose(file);
    return data;
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

/* Makes a new file beside `path` and writes its name to `temporary`. Not mkstemp, whose files are
 * for the owner alone: this one has the rights that the user's mask allows. */
static int open_temporary(const char *path, char *temporary, size_t size)
{
    static atomic_uint serial;
    for (int tries = 0; tries < 100; tries++) {
        snprintf(temporary, size, "%s.%d-%u", path, (int)getpid(), atomic_fetch_add(&serial, 1));
        int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

/* Writes to `target` the file that a save to `path` replaces: the one that a link leads to. What is
 * no ordinary file must not be replaced by one. */
static bool find_target(const char *path, char target[PATH_MAX], struct err *err)
{
    struct stat st;
    if (!path[0])
        return err_set(err, "The name of the file to write is empty; give one.");
    if (strlen(path) >= FILES_PATH_MAX)
        return err_set(err, "The path is too long; choose a shorter one.");
    if (!realpath(path, target))
        strcpy(target, path);
    else if (stat(target, &st) == 0 && !S_ISREG(st.st_mode))
        return err_set(err, "%s is %s, which no file can replace; choose another name.", path,
                       S_ISDIR(st.st_mode) ? "a folder" : "no ordinary file");
    return true;
}

bool files_can_write(const char *path, struct err *err)
{
    char temporary[FILES_PATH_MAX + 32], target[PATH_MAX];
    if (!find_target(path, target, err))
        return false;
    int fd = open_temporary(target, temporary, sizeof temporary);
    if (fd < 0)
        return err_set(err, "%s cannot be written: %s.", path, strerror(errno));
    close(fd);
    unlink(temporary);
    return true;
}

bool files_write(const char *path, const struct files_part *parts, int count, struct err *err)
{
    char temporary[FILES_PATH_MAX + 32], target[PATH_MAX];
    if (!find_target(path, target, err))
        return false;
    int fd = open_temporary(target, temporary, sizeof temporary);
    if (fd < 0)
        return err_set(err, "%s cannot be written: %s.", path, strerror(errno));
    bool ok = write_all(fd, parts, count);
    int why = errno;
    if (close(fd) != 0 && ok) {
        ok = false;
        why = errno;
    }
    if (ok && rename(temporary, target) != 0) {
        ok = false;
        why = errno;
    }
    if (!ok) {
        unlink(temporary);
        return err_set(err, "%s cannot be written: %s.", path, strerror(why));
    }
    return true;
}

struct files_mark files_mark(const char *path)
{
    struct stat s;
    if (stat(path, &s) != 0)
        return (struct files_mark){0};
    return (struct files_mark){
        .device = s.st_dev, .inode = s.st_ino, .size = (uint64_t)s.st_size,
        .changed = (uint64_t)s.st_mtim.tv_sec * 1000000000u + (uint64_t)s.st_mtim.tv_nsec};
}

bool files_same_mark(const struct files_mark *a, const struct files_mark *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->changed == b->changed;
}

bool files_lock(const char *path, double seconds, int *lock, struct err *err)
{
    double until = clock_seconds() + seconds;
    const struct timespec pause = {.tv_nsec = LOCK_PAUSE};
    *lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);
    while (*lock >= 0 && flock(*lock, LOCK_EX | LOCK_NB) != 0) {
        bool held = errno == EWOULDBLOCK;
        if (held && clock_seconds() < until) {
            nanosleep(&pause, NULL);
        } else if (held || errno != EINTR) {
            close(*lock);
            *lock = -1;
            return !held ||
                   err_set(err, "Another program holds %s; close it and try again.", path);
        }
    }
    return true;
}

void files_unlock(int lock)
{
    if (lock >= 0)
        close(lock);
}

bool files_exist(const char *path)
{
    return access(path, F_OK) == 0;
}

bool files_is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool files_make_folder(const char *path, struct err *err)
{
    char part[FILES_PATH_MAX];
    size_t len = strlen(path);
    if (len >= sizeof part)
        return err_set(err, "The path is too long; choose a shorter one.");
    for (size_t i = 1; i <= len; i++) {
        if (path[i] != '/' && path[i] != 0)
            continue;
        memcpy(part, path, i);
        part[i] = 0;
        if (mkdir(part, 0777) != 0 && errno != EEXIST)
            return err_set(err, "The folder %s cannot be made: %s.", part, strerror(errno));
    }
    if (!files_is_folder(path))
        return err_set(err, "%s is in the way: it is not a folder.", path);
    return true;
}

char *files_user_path(enum files_place place, const char *name, char *path)
{
    static const struct {
        const char *variable, *folder;
    } places[] = {
        [FILES_DATA] = {"XDG_DATA_HOME", ".local/share"},
        [FILES_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
        [FILES_STATE] = {"XDG_STATE_HOME", ".local/state"},
    };
    const char *root = getenv(places[place].variable), *home = getenv("HOME");
    int n;
    if (root && root[0] == '/') /* the specification wants relative ones ignored */
        n = snprintf(path, FILES_PATH_MAX, "%s/inkling", root);
    else
        n = snprintf(path, FILES_PATH_MAX, "%s/%s/inkling", home ? home : ".",
                     places[place].folder);
    if (name && n > 0 && n < FILES_PATH_MAX)
        snprintf(path + n, (size_t)(FILES_PATH_MAX - n), "/%s", name);
    return path;
}

const char *files_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* SPDX-License-Identifier: MIT */
#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
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
#include "base/language.h"

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
    err_set(err, _("%s is larger than the %zu MB that are read; is it the right file?"), path,
            max >> 20);
}

/* A pipe that nobody writes to would keep open() waiting for ever. */
int files_open(const char *path, struct err *err)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 || fcntl(fd, F_SETFL, 0) != 0)
        err_set(err, _("%s cannot be opened: %s."), path, strerror(errno));
    else if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
        err_set(err, _("%s is a folder, not a file."), path);
    else
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

FILE *files_open_stream(const char *path, struct err *err)
{
    int fd = files_open(path, err);
    FILE *file = fd >= 0 ? fdopen(fd, "rb") : NULL;
    if (fd >= 0 && !file) {
        err_memory(err, path);
        close(fd);
    }
    return file;
}

bool files_length(int fd, uint64_t *length)
{
    struct stat st;
    bool known = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    *length = known ? (uint64_t)st.st_size : 0;
    return known;
}

size_t files_head(int fd, void *head, size_t room)
{
    ssize_t got = pread(fd, head, room, 0);
    return got > 0 ? (size_t)got : 0;
}

void files_close(int fd)
{
    close(fd);
}

unsigned char *files_read(const char *path, size_t max, size_t *size, struct err *err)
{
    FILE *file = files_open_stream(path, err);
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
        err_set(err, _("%s cannot be read: %s."), path, strerror(errno));
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
    FILE *file = files_open_stream(path, err);
    struct stat st;
    if (!file)
        return NULL;
    unsigned char *data = NULL;
    if (fstat(fileno(file), &st) != 0 || !S_ISREG(st.st_mode))
        err_set(err, _("%s is not a plain file."), path);
    else if ((data = malloc(most + 1)) == NULL)
        err_memory(err, path);
    else {
        *size = fread(data, 1, most, file);
        *whole = (size_t)st.st_size;
        if (ferror(file)) {
            err_set(err, _("%s cannot be read: %s."), path, strerror(errno));
            free(data);
            data = NULL;
        }
    }
    fclose(file);
    return data;
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
                   err_set(err, _("Another program holds %s; close it and try again."), path);
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

bool files_hidden(const char *path)
{
    return access(path, files_is_folder(path) ? X_OK : F_OK) != 0 && errno == EACCES;
}

bool files_is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool files_is_link(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

bool files_add_name(const char *path, const char *name, bool *moved)
{
    *moved = false;
    if (link(path, name) == 0)
        return true;
    if (errno != EPERM && errno != EOPNOTSUPP && errno != EMLINK && errno != ENOSYS)
        return false;
    bool taken = files_exist(name) || files_is_link(name);
    *moved = !taken && rename(path, name) == 0;
    if (taken)
        errno = EEXIST;
    return *moved;
}

const char *files_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

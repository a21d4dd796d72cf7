/* SPDX-License-Identifier: MIT */
#include "base/lock_beside.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

char *lock_beside_path(const char *checkpoint, char path[LOCK_BESIDE_PATH_MAX])
{
    snprintf(path, LOCK_BESIDE_PATH_MAX, "%s.lock", checkpoint);
    return path;
}

/* Whoever cleared up between our opening and our locking took the name away from what we hold. */
static bool is_at(int lock, const char *path)
{
    struct stat held, there;
    return fstat(lock, &held) == 0 && stat(path, &there) == 0 &&
           held.st_dev == there.st_dev && held.st_ino == there.st_ino;
}

bool lock_beside_take(const char *checkpoint, double seconds, int *lock)
{
    enum { TRIES = 10 };
    char path[LOCK_BESIDE_PATH_MAX];
    lock_beside_path(checkpoint, path);
    for (int i = 0; i < TRIES; i++) {
        if (!files_lock(path, seconds, lock, NULL))
            return false;
        if (*lock < 0 || is_at(*lock, path))
            return true;
        files_unlock(*lock);
        *lock = -1;
    }
    return false;
}

void lock_beside_leave(const char *checkpoint, int lock)
{
    char path[LOCK_BESIDE_PATH_MAX];
    if (lock >= 0)
        unlink(lock_beside_path(checkpoint, path));
    files_unlock(lock);
}

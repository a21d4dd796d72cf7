/* SPDX-License-Identifier: MIT */
#include "train/run_lock.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

char *run_lock_path(const char *checkpoint, char path[RUN_LOCK_PATH_MAX])
{
    snprintf(path, RUN_LOCK_PATH_MAX, "%s.lock", checkpoint);
    return path;
}

/* Whoever cleared up between our opening and our locking took the name away from what we hold. */
static bool is_at(int lock, const char *path)
{
    struct stat held, there;
    return fstat(lock, &held) == 0 && stat(path, &there) == 0 &&
           held.st_dev == there.st_dev && held.st_ino == there.st_ino;
}

bool run_lock_take(const char *checkpoint, double seconds, int *lock)
{
    enum { TRIES = 10 };
    char path[RUN_LOCK_PATH_MAX];
    run_lock_path(checkpoint, path);
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

void run_lock_leave(const char *checkpoint, int lock)
{
    char path[RUN_LOCK_PATH_MAX];
    if (lock >= 0)
        unlink(run_lock_path(checkpoint, path));
    files_unlock(lock);
}

/* run_lock.h -- one program at a time trains by a checkpoint.
 *
 * Who does holds its lock, an empty file beside it; the lock goes with the program, however that
 * ends.
 */
#ifndef TRAIN_RUN_LOCK_H
#define TRAIN_RUN_LOCK_H

#include <stdbool.h>

#include "base/files.h"

enum { RUN_LOCK_PATH_MAX = FILES_PATH_MAX + 8 };

/* Writes the path of the lock. Returns path. */
char *run_lock_path(const char *checkpoint, char path[RUN_LOCK_PATH_MAX]);

/* False where somebody holds it still after so many seconds (0: does not wait); true with *lock at
 * -1 where there can be no lock, as in a folder that may not be written. Ends with run_lock_leave. */
bool run_lock_take(const char *checkpoint, double seconds, int *lock);

/* The file goes, too. `lock` may be -1. */
void run_lock_leave(const char *checkpoint, int lock);

#endif

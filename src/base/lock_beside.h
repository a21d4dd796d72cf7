/* lock_beside.h -- a file, such as a checkpoint, that one program at a time works by.
 *
 * Who does holds its lock, an empty file beside it; the lock goes with the program, however that
 * ends.
 */
#ifndef BASE_LOCK_BESIDE_H
#define BASE_LOCK_BESIDE_H

#include <stdbool.h>

#include "base/files.h"

enum { LOCK_BESIDE_PATH_MAX = FILES_PATH_MAX + 8 };

/* Writes the path of the lock. Returns path. */
char *lock_beside_path(const char *checkpoint, char path[LOCK_BESIDE_PATH_MAX]);

/* False where somebody holds it still after so many seconds (0: does not wait); true with *lock at
 * -1 where there can be no lock, as in a folder that may not be written. Ends with
 * lock_beside_leave. */
bool lock_beside_take(const char *checkpoint, double seconds, int *lock);

/* The file goes, too. `lock` may be -1. */
void lock_beside_leave(const char *checkpoint, int lock);

#endif

/* paths.h -- paths put together and taken apart by their text alone. */
#ifndef BASE_PATHS_H
#define BASE_PATHS_H

#include <stdbool.h>
#include <stddef.h>

/* Writes folder/name to `path`, which has FILES_PATH_MAX bytes. False where it does not fit. */
bool paths_join(const char *folder, const char *name, char *path);

/* Takes the last name off; "/" stays, and a name alone leaves "". */
void paths_cut_name(char *path);

/* The bytes of a path without slashes at its end; "/" stays. */
size_t paths_length(const char *path);

/* Writes the folder that a file is in to `folder`, which has FILES_PATH_MAX bytes: "." for a name
 * alone. False where it does not fit. */
bool paths_folder_of(const char *path, char *folder);

/* What was typed as an absolute path without "//", "." and "..": ~ is the home folder, the rest
 * starts at `folder`. A link's parent is where the person came from. False where it does not fit.
 */
bool paths_absolute(const char *folder, const char *typed, char *path);

/* Whether the name ends in one of those, ".png .jpg", whatever the case, and is more than that. */
bool paths_have_end(const char *name, const char *ends);

#endif

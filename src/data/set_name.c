/* SPDX-License-Identifier: MIT */
#include "data/set_name.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/files.h"
#include "base/paths.h"

static bool says_nothing(const char *name)
{
    static const char *const names[] = {"raw", "gzip", "processed", ".", "..", "", "/"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcasecmp(name, names[i]) == 0)
            return true;
    return strstr(name, "idx3-ubyte") || strstr(name, "idx1-ubyte") || strstr(name, "idx2-int");
}

/* The last part of a path that says something, cutting off what follows it; or "". */
static const char *find_word(char *path)
{
    path[paths_length(path)] = 0;
    const char *last = files_name(path);
    while (says_nothing(last)) {
        if (last <= path + 1)
            return "";
        path[last - path - 1] = 0;
        path[paths_length(path)] = 0;
        last = files_name(path);
    }
    return last;
}

void set_name_of(const char *folder, char *name, size_t size)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s", folder);
    const char *word = find_word(path);
    if (!word[0] && realpath(folder, path)) /* "." and the like */
        word = find_word(path);
    if (!word[0])
        word = folder;
    snprintf(name, size, "%s", strcasecmp(word, "mnist") == 0 ? "MNIST" : word);
}

/* FEMNIST, for one, is another set. */
static bool has_emnist(const char *name)
{
    for (const char *at = name; (at = strcasestr(at, "emnist")) != NULL; at++)
        if (at == name || !isalpha((unsigned char)at[-1]))
            return true;
    return false;
}

bool set_name_says_emnist(const char *path)
{
    char folder[FILES_PATH_MAX], name[FILES_PATH_MAX];
    const char *file = files_name(path);
    if (has_emnist(file))
        return true;
    if (file == path)
        return false;
    if (!paths_folder_of(path, folder))
        return false;
    set_name_of(folder, name, sizeof name);
    return has_emnist(name);
}

/* SPDX-License-Identifier: MIT */
#include "base/paths.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/files.h"

bool paths_join(const char *folder, const char *name, char *path)
{
    const char *slash = folder[0] && folder[strlen(folder) - 1] == '/' ? "" : "/";
    int n = snprintf(path, FILES_PATH_MAX, "%s%s%s", folder, slash, name);
    return n > 0 && n < FILES_PATH_MAX;
}

void paths_cut_name(char *path)
{
    char *slash = strrchr(path, '/');
    if (slash)
        slash[slash == path] = 0;
    else
        path[0] = 0;
}

size_t paths_length(const char *path)
{
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/')
        len--;
    return len;
}

bool paths_folder_of(const char *path, char *folder)
{
    int len = (int)(files_name(path) - path);
    int n = len > 0 ? snprintf(folder, FILES_PATH_MAX, "%.*s", len, path)
                    : snprintf(folder, FILES_PATH_MAX, ".");
    if (n >= FILES_PATH_MAX)
        return false;
    folder[paths_length(folder)] = 0;
    return true;
}

static void tidy_path(char *path)
{
    char tidy[FILES_PATH_MAX] = "/";
    for (char *part = strtok(path, "/"); part; part = strtok(NULL, "/")) {
        char longer[FILES_PATH_MAX];
        if (strcmp(part, "..") == 0)
            paths_cut_name(tidy);
        else if (strcmp(part, ".") != 0 && paths_join(tidy, part, longer))
            strcpy(tidy, longer);
    }
    strcpy(path, tidy);
}

bool paths_absolute(const char *folder, const char *typed, char *path)
{
    char home[FILES_PATH_MAX];
    bool fits;
    if (typed[0] == '~' && (typed[1] == '/' || !typed[1]))
        fits = paths_join(files_home(home), typed + 1 + (typed[1] == '/'), path);
    else if (typed[0] == '/')
        fits = snprintf(path, FILES_PATH_MAX, "%s", typed) < FILES_PATH_MAX;
    else
        fits = paths_join(folder, typed, path);
    if (fits)
        tidy_path(path);
    return fits;
}

bool paths_have_end(const char *name, const char *ends)
{
    size_t len = strlen(name);
    for (size_t n; *ends; ends += n + (ends[n] == ' ')) {
        n = strcspn(ends, " ");
        if (n && len > n && strncasecmp(name + len - n, ends, n) == 0)
            return true;
    }
    return false;
}

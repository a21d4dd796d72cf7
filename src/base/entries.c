/* SPDX-License-Identifier: MIT */
#include "base/entries.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct entries {
    DIR *dir;
};

struct entries *entries_open(const char *folder)
{
    struct entries *entries = malloc(sizeof *entries);
    DIR *dir = entries ? opendir(folder) : NULL;
    if (dir) {
        entries->dir = dir;
        return entries;
    }
    int why = entries ? errno : ENOMEM;
    free(entries);
    errno = why;
    return NULL;
}

const char *entries_next(struct entries *entries)
{
    const struct dirent *item;
    while ((item = readdir(entries->dir)) != NULL)
        if (strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0)
            return item->d_name;
    return NULL;
}

bool entries_look(const struct entries *entries, const char *name, struct entry *entry)
{
    struct stat st;
    if (fstatat(dirfd(entries->dir), name, &st, 0) != 0)
        return false;
    *entry = (struct entry){
        .folder = S_ISDIR(st.st_mode),
        .plain = S_ISREG(st.st_mode),
        .size = (uint64_t)st.st_size,
        .changed = st.st_mtime,
    };
    return true;
}

void entries_close(struct entries *entries)
{
    if (!entries)
        return;
    closedir(entries->dir);
    free(entries);
}

/* ---- names ----------------------------------------------------------------------------------- */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool add_name(char ***names, int *count, int *room, const char *name)
{
    if (*count == *room) {
        int more = *room ? 2 * *room : 64;
        char **grown = realloc(*names, (size_t)more * sizeof *grown);
        if (!grown)
            return false;
        *names = grown;
        *room = more;
    }
    char *own = strdup(name);
    if (own)
        (*names)[(*count)++] = own;
    return own != NULL;
}

char **entries_names(const char *folder, int *count)
{
    int room = 0;
    char **names = calloc(1, sizeof *names);
    struct entries *entries = names ? entries_open(folder) : NULL;
    const char *name = NULL;
    bool fits = entries != NULL;
    int why = names ? errno : ENOMEM;
    *count = 0;
    while (fits && (name = entries_next(entries)) != NULL)
        if (!add_name(&names, count, &room, name)) {
            fits = false;
            why = ENOMEM;
        }
    entries_close(entries);
    if (fits) {
        qsort(names, (size_t)*count, sizeof *names, compare_names);
        return names;
    }
    entries_free_names(names, *count);
    errno = why;
    return NULL;
}

void entries_free_names(char **names, int count)
{
    for (int i = 0; i < count; i++)
        free(names[i]);
    free(names);
}

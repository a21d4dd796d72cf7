/* SPDX-License-Identifier: MIT */
/* files_user.c -- folders: made, and those where the user's files stand. */
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/entries.h"
#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "base/paths.h"

enum { ENTRY_SIZE = 4096 }; /* of the password database */

/* ---- making ---------------------------------------------------------------------------------- */

static bool make_folders(const char *path, mode_t mode, struct err *err)
{
    char part[FILES_PATH_MAX];
    size_t len = strlen(path);
    if (len >= sizeof part)
        return err_set(err, _("The path is too long; choose a shorter one."));
    for (size_t i = 1; i <= len; i++) {
        if (path[i] != '/' && path[i] != 0)
            continue;
        memcpy(part, path, i);
        part[i] = 0;
        int why = mkdir(part, mode) == 0 ? 0 : errno;
        if (why != 0 && why != EEXIST && !files_is_folder(part))
            return err_set(err, _("The folder %s cannot be made: %s."), part, strerror(why));
    }
    if (!files_is_folder(path))
        return err_set(err, _("%s is in the way: it is not a folder."), path);
    return true;
}

bool files_make_folder(const char *path, struct err *err)
{
    return make_folders(path, 0700, err);
}

bool files_make_open_folder(const char *path, struct err *err)
{
    return make_folders(path, 0777, err);
}

/* ---- the user's ------------------------------------------------------------------------------ */

char *files_home(char *path)
{
    const char *home = getenv("HOME");
    char text[ENTRY_SIZE];
    struct passwd entry, *found = NULL;
    if (!home || home[0] != '/')
        home = getpwuid_r(getuid(), &entry, text, sizeof text, &found) == 0 && found
                   ? found->pw_dir : NULL;
    bool fits = home && home[0] == '/' && strlen(home) < FILES_PATH_MAX;
    return strcpy(path, fits ? home : "/");
}

bool files_here(char *path)
{
    return getcwd(path, FILES_PATH_MAX) != NULL;
}

bool files_program(char *path)
{
    ssize_t len = readlink("/proc/self/exe", path, FILES_PATH_MAX - 1);
    path[len > 0 ? len : 0] = 0;
    return len > 0;
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
    const char *root = getenv(places[place].variable);
    char home[FILES_PATH_MAX];
    int n;
    if (root && root[0] == '/') /* the specification wants relative ones ignored */
        n = snprintf(path, FILES_PATH_MAX, "%s/inkling", root);
    else
        n = snprintf(path, FILES_PATH_MAX, "%s/%s/inkling", files_home(home),
                     places[place].folder);
    if (name && n > 0 && n < FILES_PATH_MAX)
        snprintf(path + n, (size_t)(FILES_PATH_MAX - n), "/%s", name);
    return path;
}

static void sweep_with_folders(const char *path)
{
    struct entries *entries = entries_open(path);
    const char *name;
    while (entries && (name = entries_next(entries)) != NULL) {
        char inner[FILES_PATH_MAX];
        if (name[0] != '.' && paths_join(path, name, inner) && files_is_folder(inner))
            files_sweep(inner);
    }
    entries_close(entries);
    files_sweep(path);
}

void files_sweep_user(void)
{
    char path[FILES_PATH_MAX];
    for (int place = FILES_DATA; place <= FILES_STATE; place++)
        sweep_with_folders(files_user_path((enum files_place)place, NULL, path));
}

/* SPDX-License-Identifier: MIT */
#include "cli/out.h"

#include <stdio.h>

#include "base/err.h"
#include "base/language.h"

enum { COPIES_MAX = 9999 };

/* A training that goes on, or may, has a lock or a checkpoint long before it has a model. */
static bool is_taken(const char *stem)
{
    static const char *const ends[] = {".safetensors", ".checkpoint", ".checkpoint.lock"};
    char file[200], path[FILES_PATH_MAX];
    bool taken = false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends && !taken; i++) {
        snprintf(file, sizeof file, "models/%s%s", stem, ends[i]);
        taken = files_exist(files_user_path(FILES_DATA, file, path));
    }
    return taken;
}

bool out_free(const char *name, struct out *out, struct err *err)
{
    char stem[100], file[200];
    int copy = 1;
    struct err why;
    *out = (struct out){0};
    if (!files_make_folder(files_user_path(FILES_DATA, "models", out->path), &why))
        return err_set(err, _("%s Say with --out where to save the model."), why.text);
    snprintf(stem, sizeof stem, "%s", name);
    while (is_taken(stem) && copy < COPIES_MAX)
        snprintf(stem, sizeof stem, "%s-%d", name, ++copy);
    if (copy == COPIES_MAX)
        return err_set(err,
                       _("There are too many models called %s in %s; choose a file with --out."),
                       name, out->path);
    out->renamed = copy > 1;
    snprintf(file, sizeof file, "models/%s.safetensors", stem);
    files_user_path(FILES_DATA, file, out->path);
    return true;
}

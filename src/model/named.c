/* SPDX-License-Identifier: MIT */
#include "model/named.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/builtin.h"

static bool is_file(const char *path)
{
    return files_exist(path) && !files_is_folder(path);
}

static bool find_own(const char *typed, char path[FILES_PATH_MAX])
{
    static const char ends[] = ".safetensors";
    char file[FILES_PATH_MAX];
    int len = snprintf(file, sizeof file, "models/%s%s", typed,
                       text_ends_with(typed, ends) ? "" : ends);
    return len < (int)sizeof file && is_file(files_user_path(FILES_DATA, file, path));
}

void model_find(const char *typed, struct model_place *place)
{
    place->builtin = model_builtin_at_path(typed);
    if (place->builtin < 0 && typed[0] && !is_file(typed) && !strchr(typed, '/')) {
        if (find_own(typed, place->path))
            return;
        place->builtin = strcmp(typed, "best") == 0 ? model_builtin_find("default")
                                                    : model_builtin_find(typed);
    }
    snprintf(place->path, sizeof place->path, "%s", place->builtin < 0 ? typed : "");
}

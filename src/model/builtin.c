/* SPDX-License-Identifier: MIT */
#include "model/builtin.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "model/model.h"

#define MARK "builtin:"

#ifdef MODEL_HAS_DEFAULT

/* Written by embed.c when the program is built. */
extern const uint64_t model_default[], model_nielsen_30[], model_nielsen_100[];
extern const size_t model_default_size, model_nielsen_30_size, model_nielsen_100_size;

static const struct {
    const char *path;
    const uint64_t *data;
    const size_t *size;
} builtins[] = {
    {MARK "default", model_default, &model_default_size},
    {MARK "nielsen-30", model_nielsen_30, &model_nielsen_30_size},
    {MARK "nielsen-100", model_nielsen_100, &model_nielsen_100_size},
};

int model_builtin_count(void)
{
    return sizeof builtins / sizeof *builtins;
}

const char *model_builtin_name(int i)
{
    return builtins[i].path + strlen(MARK);
}

const char *model_builtin_path(int i)
{
    return builtins[i].path;
}

struct model *model_builtin_at(int i, struct err *err)
{
    char what[80];
    if (i > 0)
        snprintf(what, sizeof what, _("The built-in model %s"), model_builtin_name(i));
    else
        snprintf(what, sizeof what, "%s", _("The built-in model"));
    return model_load_memory(what, builtins[i].data, *builtins[i].size, err);
}

#else

int model_builtin_count(void)
{
    return 0;
}

const char *model_builtin_name(int i)
{
    (void)i;
    return "";
}

const char *model_builtin_path(int i)
{
    (void)i;
    return "";
}

struct model *model_builtin_at(int i, struct err *err)
{
    (void)i;
    err_set(err, _("This program was built without a model; open one or train one."));
    return NULL;
}

#endif

int model_builtin_at_path(const char *path)
{
    size_t mark = strlen(MARK);
    return strncmp(path, MARK, mark) == 0 ? model_builtin_find(path + mark) : -1;
}

struct model *model_builtin(struct err *err)
{
    return model_builtin_at(0, err);
}

int model_builtin_find(const char *name)
{
    for (int i = 0; i < model_builtin_count(); i++)
        if (strcmp(model_builtin_name(i), name) == 0)
            return i;
    return -1;
}

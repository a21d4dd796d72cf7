/* SPDX-License-Identifier: MIT */
#include "model/builtin.h"

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/model.h"

#ifdef MODEL_HAS_DEFAULT

/* Written by embed.c when the program is built. */
extern const uint64_t model_default[];
extern const size_t model_default_size;

struct model *model_builtin(struct err *err)
{
    return model_load_memory("The built-in model", model_default, model_default_size, err);
}

#else

struct model *model_builtin(struct err *err)
{
    err_set(err, "This program was built without a model; open one or train one.");
    return NULL;
}

#endif

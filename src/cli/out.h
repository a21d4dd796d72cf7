/* out.h -- where a command saves a model when it was not told: what is there is never lost. */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include <stdbool.h>

#include "base/files.h"

struct err;

struct out {
    char path[FILES_PATH_MAX];
    bool renamed; /* the plain name was taken */
};

/* NAME.safetensors in the user's folder of models, which is made; where that, or the checkpoint of
 * a training that ends there, is there already, NAME-2.safetensors and so on. */
bool out_free(const char *name, struct out *out, struct err *err);

#endif

/* named.h -- a model as a person names it: by its file, or by the name of one of their own or of
 * one that is built in. */
#ifndef MODEL_NAMED_H
#define MODEL_NAMED_H

#include "base/files.h"

struct model_place {
    int builtin; /* its number (builtin.h), or -1: */
    char path[FILES_PATH_MAX];
};

/* "builtin:NAME" is a built-in one (builtin.h). Else a file of that name comes first; then, of a
 * name without a folder, NAME or NAME.safetensors in the user's folder of models; then a built-in
 * one, of which "best" is another name for the default. Where there is none of them, the path is
 * what was typed. */
void model_find(const char *typed, struct model_place *place);

#endif

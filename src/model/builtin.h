/* builtin.h -- the models that are compiled into the program: those of models/, the default one
 * first. */
#ifndef MODEL_BUILTIN_H
#define MODEL_BUILTIN_H

struct err;
struct model;

enum { MODEL_BUILTINS_MAX = 8 };

/* The names of their files, without the end; none where the program was built without them. */
int model_builtin_count(void);
const char *model_builtin_name(int i);
int model_builtin_find(const char *name); /* or -1 */

/* "builtin:NAME", which no other model is called: where a path is asked for. */
const char *model_builtin_path(int i);
int model_builtin_at_path(const char *path); /* or -1 */

/* A copy of that model; the caller frees it. NULL, with a sentence, when memory is short. */
struct model *model_builtin_at(int i, struct err *err);

/* A copy of the default one. NULL also when the program was built without one. */
struct model *model_builtin(struct err *err);

#endif

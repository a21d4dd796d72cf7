/* builtin.h -- the model that is compiled into the program, models/default.safetensors. */
#ifndef MODEL_BUILTIN_H
#define MODEL_BUILTIN_H

struct err;
struct model;

/* A copy of the default model; the caller frees it. NULL, with a sentence, when memory is short or
 * when the program was built without one. */
struct model *model_builtin(struct err *err);

#endif

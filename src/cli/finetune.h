/* finetune.h -- `inkling train --tune`: a trained model learns one person's hand. */
#ifndef CLI_FINETUNE_H
#define CLI_FINETUNE_H

#include <stdbool.h>

struct kern;

struct finetune_wishes {
    const char *model;   /* file to begin with */
    const char *strokes; /* UNIPEN file of the digits; NULL: those taught in the window */
    const char *writers; /* of these alone; NULL: all */
    const char *data, *out;
    int threads;
    bool trust; /* the model, though it was changed since it was saved */
    bool json, quiet, transpose;
};

/* Returns the exit status. */
int cli_finetune(const struct finetune_wishes *wishes, const struct kern *kern);

#endif

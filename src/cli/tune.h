/* tune.h -- `inkling train --tune`: a trained model learns one person's hand. */
#ifndef CLI_TUNE_H
#define CLI_TUNE_H

#include <stdbool.h>

struct kern;

struct tune_wishes {
    const char *model;   /* file to begin with */
    const char *strokes; /* UNIPEN file of the digits; NULL: those taught in the window */
    const char *writers; /* of these alone; NULL: all */
    const char *data, *out;
    int threads;
    bool trust; /* the model, though it was changed since it was saved */
    bool json, quiet, transpose;
};

/* Returns the exit status. */
int cli_tune(const struct tune_wishes *wishes, const struct kern *kern);

#endif

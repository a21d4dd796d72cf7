/* compared.h -- a second model that reads the same drawing as the one in use. */
#ifndef APP_STATE_COMPARED_H
#define APP_STATE_COMPARED_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/reader.h"
#include "ink/fit.h"

struct kern;
struct model;
struct notices;

/* From zeros. */
struct compared {
    struct model *model; /* NULL: none was chosen */
    struct answer answer;

    /* Its own. */
    struct reader *reader;
    bool any, read;
    uint8_t pixels[FIT_LEN]; /* that the answer is to */
};

void compared_end(struct compared *compared); /* frees what it holds */

/* As a person names a model: a file, one of their own, a built-in one; "" is none. Says what goes
 * wrong; then the one that was chosen before stays. */
void compared_choose(struct compared *compared, const struct kern *kern, struct notices *notices,
                     const char *named);

/* Reads the drawing, if it is another than the last one. */
void compared_read(struct compared *compared, struct notices *notices, const struct ink_fit *fit);

#endif

/* strokes.h -- pen strokes for a command: a file of them, parted by writer. */
#ifndef CLI_STROKES_H
#define CLI_STROKES_H

#include <stdbool.h>

struct err;
struct unipen;

/* Loads a file, and says on stderr what of it was passed over, unless they asked for quiet. Of the
 * digits, those of the writers in the list (data/writers.h; NULL: of all) are returned, and the
 * rest, maybe none, goes to *others; the caller frees both. NULL with a sentence, and nothing in
 * *others: no such file or a bad one, a list that is none, nobody of the list there. */
struct unipen *strokes_load(const char *path, const char *writers, bool quiet,
                            struct unipen **others, struct err *err);

#endif

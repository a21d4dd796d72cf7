/* train_wishes.h -- what `inkling train` was asked for: its options, read and written. */
#ifndef CLI_TRAIN_WISHES_H
#define CLI_TRAIN_WISHES_H

#include <stddef.h>

#include "cli/options.h"

enum { TRAIN_SETTINGS = 23 };

/* The settings are recipe_set's, by train_setting_key. What was not given is NULL. */
struct train_wishes {
    const char *recipe, *data, *strokes, *writers, *out, *resume, *threads, *progress, *json,
        *quiet, *tune, *transpose, *trust;
    const char *settings[TRAIN_SETTINGS];
};

const char *train_setting_key(int i);

enum options_result train_wishes_read(int argc, char **argv, struct train_wishes *wishes);

/* What to type, in any shell, to go on from the checkpoint with the same images and strokes. `out`
 * is the file to write where the checkpoint's name does not say that, else NULL. Returns text. */
char *train_wishes_resume(const struct train_wishes *wishes, const char *checkpoint,
                          const char *out, char *text, size_t size);

#endif

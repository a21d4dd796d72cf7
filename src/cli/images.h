/* images.h -- labelled images for a command. */
#ifndef CLI_IMAGES_H
#define CLI_IMAGES_H

#include <stdbool.h>

#include "data/dataset.h"

struct err;

/* Loads a split from a place (data/find.h), sets it upright where its images lie on their side, and
 * says on stderr what the person should know of where it came from, unless they asked for quiet.
 * That the program drew it is for the caller to say. NULL with a sentence. */
struct dataset *images_load(const char *place, enum dataset_split split, bool transpose, bool quiet,
                            struct err *err);

#endif

/* corrections.h -- labels of training images that a person has corrected, and images that are to be
 * left out: a list beside the data, which itself stays as it is.
 *
 * The list is a text in the user's folder, corrections/ and the images' fingerprint, so that the
 * same images find it wherever they lie. Its lines are "inkling corrections 1", the name of the
 * images, and for each image its number, from 0, and a digit or "out". Windows that share it read
 * it anew before each change.
 */
#ifndef DATA_CORRECTIONS_H
#define DATA_CORRECTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/files.h"

struct dataset;
struct err;

enum {
    CORRECTION_OUT = 10, /* instead of a digit: the image is left out */
    CORRECTION_NONE,     /* it is as it came */
};

struct correction {
    uint32_t image;
    uint8_t label; /* a digit or CORRECTION_OUT; in a list to be undone CORRECTION_NONE, too */
};

/* From zeros: of no images. */
struct corrections {
    char path[FILES_PATH_MAX];
    char name[64];            /* of the images, */
    uint32_t images;          /* and how many there are */
    struct correction *items; /* [count], by rising image */
    uint32_t count, room;
    struct correction
        *undo; /* [undo_count]: what was there before each change, the last at the end */
    uint32_t undo_count, undo_room;
    uint64_t changes; /* up by one with each change */
};

/* Opens the list for these images, and forgets the one before. True without a file, too; false with
 * a sentence that names the line: the list cannot be read, and none is kept in memory. */
bool corrections_open(struct corrections *list, const struct dataset *set, struct err *err);
void corrections_close(struct corrections *list); /* frees what it holds */

/* A digit, CORRECTION_OUT or CORRECTION_NONE. */
uint8_t corrections_of(const struct corrections *list, uint32_t image);

/* Changes one, and saves the list. False with a sentence; then nothing is changed. */
bool corrections_set(struct corrections *list, uint32_t image, uint8_t label, struct err *err);

/* Takes the last change back, and saves. There must be one (undo_count). */
bool corrections_undo(struct corrections *list, struct err *err);

/* How many images are left out, and how many have another label. */
void corrections_count(const struct corrections *list, uint32_t *out, uint32_t *relabelled);

/* The images with their corrections, which the caller frees: those that are left in, in their
 * order; the name says how many corrections there are. NULL with a sentence: no memory. */
struct dataset *corrections_apply(const struct corrections *list, const struct dataset *set,
                                  struct err *err);

#endif

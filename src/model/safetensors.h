/* safetensors.h -- the container that models are kept in: arrays of numbers with names and shapes,
 * and a record of strings, in one file that Python's `safetensors` package opens too.
 *
 *   8 bytes    length of the header, little-endian
 *   header     JSON, padded with spaces to a multiple of 8 bytes:
 *              {"__metadata__": {"key": "text", ...},
 *               "name": {"dtype": "F32", "shape": [784, 30], "data_offsets": [begin, end]}, ...}
 *   data       the arrays, row by row, little-endian, one after the other without gaps
 *
 * (https://github.com/huggingface/safetensors#format). A file is taken for hostile: each rule of
 * the format is checked before a number is used, and a file that breaks one is refused. Texts of
 * the metadata that are too long for a record are passed over.
 *
 * The format itself does not notice a changed weight, so files that are written here carry a
 * checksum in their metadata, which counts what the file says and not how the JSON is laid out:
 * "crc32" is eight hexadecimal digits, zlib's CRC-32 of
 *
 *   key 0 text 0               for each other pair of the metadata, in the order of the keys' bytes
 *   name 0 dtype 0 d1,d2 0 data   for each array, in the order of the names' bytes
 *
 * where 0 is a zero byte and d1,d2 stands for the decimal numbers of the shape.
 */
#ifndef MODEL_SAFETENSORS_H
#define MODEL_SAFETENSORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/record.h"

struct err;

enum {
    SAFETENSORS_HEADER_MAX = 4 << 20, /* bytes; the format itself allows 100 MB */
    SAFETENSORS_COUNT_MAX = 4096,     /* arrays */
    SAFETENSORS_NAME_MAX = 128,       /* bytes of a name, with the zero at the end */
    SAFETENSORS_RANK_MAX = 8,
    SAFETENSORS_LABEL_MAX = 160,      /* bytes of a file's name in a sentence */
};

#define SAFETENSORS_CHECKSUM "crc32" /* the key of the checksum */

struct safetensors_array {
    char name[SAFETENSORS_NAME_MAX];
    const char *dtype; /* "F32" and so on: one of the format's names; lives for ever */
    int rank;          /* 0 for a single number */
    size_t shape[SAFETENSORS_RANK_MAX];
    size_t len;        /* numbers: the product of the shape */
    size_t begin;      /* where its bytes begin in the file's data */
    const void *data;  /* of any alignment; see safetensors_floats; NULL after safetensors_peek */
    size_t size;       /* bytes */
};

/* A file in memory. Its arrays are in the order of their names. */
struct safetensors {
    char label[SAFETENSORS_LABEL_MAX]; /* what sentences call the file */
    struct safetensors_array *arrays;
    int count;
    struct record record;
    unsigned char *owned; /* the file's bytes, when it was loaded from a path */
};

/* Loads a file of at most `max` bytes. NULL, with a sentence that names the file, what is wrong and
 * the remedy, for anything that breaks the format's rules. */
struct safetensors *safetensors_load(const char *path, size_t max, struct err *err);

/* The same from the file's header alone, which is checked by the same rules. The arrays have no
 * data, so the checksum tells nothing. */
struct safetensors *safetensors_peek(const char *path, struct err *err);

/* The same as safetensors_load from memory, which stays the caller's and must outlive the result.
 * `label` is what sentences call it. */
struct safetensors *safetensors_open(const char *label, const void *bytes, size_t size,
                                     struct err *err);
void safetensors_free(struct safetensors *file); /* NULL is fine */

/* Whether the file carries a checksum and is what was once saved. */
bool safetensors_verify(const struct safetensors *file, struct err *err);

/* The array of that name, or NULL. */
const struct safetensors_array *safetensors_find(const struct safetensors *file, const char *name);

/* Writes array->len floats to `to`, from F32, F16 or BF16. False, with a sentence, for other
 * kinds of number. */
bool safetensors_floats(const struct safetensors *file, const struct safetensors_array *array,
                        float *to, struct err *err);

/* An F32 array to be written. `data` is borrowed. */
struct safetensors_array safetensors_array(const char *name, int rank, const int *shape,
                                           const float *data);

/* Turns an F32 array into an F16 one, its numbers, rounded to the nearest, in `halves` (array->len
 * of them, borrowed). False, and nothing changed, where one of them is too large for a half. */
bool safetensors_halve(struct safetensors_array *array, uint16_t *halves);

/* Writes a file, atomically (see files_write): the arrays, in the order of their names (they are
 * sorted in place), and the record with the checksum. The same contents give the same bytes. */
bool safetensors_save(const char *path, struct safetensors_array *arrays, int count,
                      const struct record *record, struct err *err);

#endif

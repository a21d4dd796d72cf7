/* checkpoint.h -- everything that a killed training needs to go on, in one file.
 *
 * A checkpoint is a bundle whose contents the trainer chooses: networks and arrays of floats under
 * names, and a record of strings. What comes out of checkpoint_load() is what went into
 * checkpoint_save(), to the bit. For example
 *
 *   struct checkpoint *point = checkpoint_new(err);
 *   checkpoint_add_net(point, "net", net, err);
 *   checkpoint_add_net(point, "best", best, err);
 *   checkpoint_add_floats(point, "optim", optim_state(optim, &len), len, err);
 *   record_set_count(&point->record, "optim_steps", optim_steps(optim), err);
 *   record_set_bits(&point->record, "rng", rng.s, 4, err);
 *   checkpoint_save(point, path, err);
 *   checkpoint_free(point);
 *
 * The file is a safetensors file: the arrays of a network have its name and a dot before their
 * own, as in "net.1.weight", and its words stand in the metadata as "words.net".
 */
#ifndef MODEL_CHECKPOINT_H
#define MODEL_CHECKPOINT_H

#include <stdbool.h>
#include <stddef.h>

#include "model/record.h"

struct err;
struct nn;

enum {
    CHECKPOINT_FORMAT_VERSION = 1,
    CHECKPOINT_ITEMS_MAX = 64, /* networks and arrays together */
    CHECKPOINT_NAME_MAX = 48,  /* bytes of a name, with the zero at the end */
};

struct checkpoint_item;

struct checkpoint {
    struct record record; /* without "format", "format_version", "crc32", "words...": the file's */
    struct checkpoint_item *items;
    int count;
};

struct checkpoint *checkpoint_new(struct err *err); /* empty */
void checkpoint_free(struct checkpoint *point);     /* NULL is fine */

/* Adds something under a name of its own: letters, digits, '-' and '_'. It is borrowed: it must
 * live until checkpoint_save(), which writes what it then holds. `len` may be 0. The weights of a
 * network must be finite to be saved; other floats may be anything. */
bool checkpoint_add_net(struct checkpoint *point, const char *name, const struct nn *net,
                        struct err *err);
bool checkpoint_add_floats(struct checkpoint *point, const char *name, const float *data,
                           size_t len, struct err *err);

/* Saves atomically: the last checkpoint survives any failure. */
bool checkpoint_save(const struct checkpoint *point, const char *path, struct err *err);

/* NULL, with a sentence that names the file and the remedy, for whatever is no sound checkpoint. */
struct checkpoint *checkpoint_load(const char *path, struct err *err);

/* Copies the record alone, clearing `record` first; the words of the networks stay in it. The
 * arrays are not read, and damage to them is not noticed. False with a sentence as above. */
bool checkpoint_peek(const char *path, struct record *record, struct err *err);

/* What stands under a name; NULL, with a sentence, when there is none. Floats stay the checkpoint's
 * (*len of them, and not NULL when that is 0); a network is a copy that the caller frees. */
struct nn *checkpoint_net(const struct checkpoint *point, const char *name, struct err *err);
const float *checkpoint_floats(const struct checkpoint *point, const char *name, size_t *len,
                               struct err *err);

#endif

/* integrity.h -- what a safetensors file of ours says of itself: what it is, in which version, and
 * a checksum.
 */
#ifndef MODEL_INTEGRITY_H
#define MODEL_INTEGRITY_H

#include <stdbool.h>

struct err;
struct record;
struct safetensors;

enum integrity_kind { INTEGRITY_MODEL, INTEGRITY_CHECKPOINT };

/* Writes kind and version into the record of a file to be saved. */
bool integrity_seal(struct record *record, enum integrity_kind kind, int version, struct err *err);

/* Whether the file is of that kind and of a version from 1 to `version`; the second, also whether
 * it is as it was saved, which needs its data. The sentence tells a file of somebody else's, one of
 * the other kind, one of a newer version and a damaged one apart. */
bool integrity_look(const struct safetensors *file, enum integrity_kind kind, int version,
                    struct err *err);
bool integrity_open(const struct safetensors *file, enum integrity_kind kind, int version,
                    struct err *err);

/* For a file that another program may have saved anew: whether it is not plainly something else,
 * namely of the other kind or of a newer version; and the texts of ours that are missing in it or
 * hold something else, of which there are at most INTEGRITY_KEYS: returns how many. */
enum { INTEGRITY_KEYS = 3 };
bool integrity_suits(const struct safetensors *file, enum integrity_kind kind, int version,
                     struct err *err);
int integrity_missing(const struct safetensors *file, enum integrity_kind kind,
                      const char *keys[INTEGRITY_KEYS]);

/* Takes kind, version and checksum out of the record of a loaded file. Always true. */
bool integrity_strip(struct record *record);

#endif

/* envelope.h -- what a safetensors file of ours says of itself: what it is, in which version, and a
 * checksum.
 */
#ifndef MODEL_ENVELOPE_H
#define MODEL_ENVELOPE_H

#include <stdbool.h>

struct err;
struct record;
struct safetensors;

enum envelope_kind { ENVELOPE_MODEL, ENVELOPE_CHECKPOINT };

/* Writes kind and version into the record of a file to be saved. */
bool envelope_seal(struct record *record, enum envelope_kind kind, int version, struct err *err);

/* Whether the file is of that kind and of a version from 1 to `version`; the second, also whether
 * it is as it was saved, which needs its data. The sentence tells a file of somebody else's, one of
 * the other kind, one of a newer version and a damaged one apart. */
bool envelope_look(const struct safetensors *file, enum envelope_kind kind, int version,
                   struct err *err);
bool envelope_open(const struct safetensors *file, enum envelope_kind kind, int version,
                   struct err *err);

/* For a file that another program may have saved anew: whether it is not plainly something else,
 * namely of the other kind or of a newer version; and the texts of ours that are missing in it or
 * hold something else, of which there are at most ENVELOPE_KEYS: returns how many. */
enum { ENVELOPE_KEYS = 3 };
bool envelope_suits(const struct safetensors *file, enum envelope_kind kind, int version,
                    struct err *err);
int envelope_missing(const struct safetensors *file, enum envelope_kind kind,
                     const char *keys[ENVELOPE_KEYS]);

/* Takes kind, version and checksum out of the record of a loaded file. Always true. */
bool envelope_strip(struct record *record);

#endif

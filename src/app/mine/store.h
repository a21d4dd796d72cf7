/* store.h -- the file of a person's digits, which several windows may share and which may be
 * damaged: read, joined with a list, and written. */
#ifndef APP_MINE_STORE_H
#define APP_MINE_STORE_H

#include "base/err.h"
#include "base/files.h"
#include "data/mine_merge.h"

/* What one window knows of the file. Used by one thread at a time. */
struct store {
    struct files_mark mark;  /* as it was last read or written, */
    struct mine_traces base; /* and what it held */
};

void store_clear(struct store *store);

/* Forgets what the file held, so that the next save joins all of it. */
void store_forget(struct store *store);

/* Reads the digits; no file is an empty list. A damaged file is put aside, and what could be read
 * of it is written anew; `said` tells so, and is "" otherwise. NULL with a sentence where it may be
 * sound and yet cannot be read: then nothing may be saved over it. */
struct mine *store_load(struct store *store, const char *path, struct err *said, struct err *err);

/* Writes a list, joined with what others wrote since, which goes to `news`; `said` as above. False
 * with a sentence, and nothing lost: the file stays as it was. */
bool store_save(struct store *store, const char *path, const struct mine_digit *const *digits,
                uint32_t count, struct mine_news *news, struct err *said, struct err *err);

#endif

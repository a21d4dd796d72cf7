/* keeper.h -- loads, saves, imports and exports a person's digits on threads of its own, so that no
 * frame waits for a disk.
 *
 * It is asked, and keeper_poll gives back what came of it. Loads and saves come one after the other,
 * and so do imports and exports, beside them: a digit that is taught is saved while a large folder
 * is still being read.
 *
 * Two windows may be open. A save that finds another file than the keeper last read or wrote joins
 * it with the list (data/mine_merge.h), and hands over what the other window did. A damaged file is
 * put aside under another name; what can be read of it is kept.
 */
#ifndef APP_MINE_KEEPER_H
#define APP_MINE_KEEPER_H

#include <stdbool.h>
#include <stdint.h>

#include "app/mine/exchange.h"
#include "base/err.h"
#include "base/files.h"
#include "data/mine_merge.h"

struct keeper;
struct mine;

/* `wake` is called on the keeper's threads when something is finished, or further on. */
struct keeper *keeper_new(const struct exchange_pictures *pictures, void (*wake)(void *user),
                          void *user, struct err *err);

/* Stops imports and finishes all else that was asked for. NULL is fine. */
void keeper_free(struct keeper *keeper);

/* Ask; without memory for that, false. The digits of `mine` must live until it is answered, and a
 * save must be answered, and its news taken, before the next is asked for. */
bool keeper_load(struct keeper *keeper, const char *path);
bool keeper_save(struct keeper *keeper, const char *path, const struct mine *mine);
bool keeper_import(struct keeper *keeper, const char *path);
bool keeper_export(struct keeper *keeper, const char *path, enum exchange_format format,
                   const struct mine *mine);

enum keeper_kind { KEEPER_LOADED, KEEPER_SAVED, KEEPER_IMPORTED, KEEPER_EXPORTED };

struct keeper_answer {
    enum keeper_kind kind;
    bool done;                 /* else err says why not */
    struct err err;            /* where it is done: what else is to be said, or "" */
    char path[FILES_PATH_MAX];
    uint32_t count;            /* digits */
    uint64_t changes;          /* saved, exported: mine_changes() of what was */
    struct mine *mine;         /* loaded or imported: whoever polls frees it. NULL where it could not
                                * be read, and nothing may be saved over it */
    struct mine_news news;     /* saved: what other windows did; whoever polls clears it */
    struct exchange_passed passed; /* imported */
    bool stopped;                  /* the import, as was asked */
};

/* True when there is an answer; ask again until there is none. Nothing but a load is answered while
 * one is under way. keeper_wait waits for it, until all that was asked for is done. */
bool keeper_poll(struct keeper *keeper, struct keeper_answer *answer);
bool keeper_wait(struct keeper *keeper, struct keeper_answer *answer);

/* The next save joins whatever is in the file: news could not be taken. */
void keeper_forget(struct keeper *keeper);

/* How far an import is, in pictures; false when there is none. */
bool keeper_importing(const struct keeper *keeper, uint32_t *done, uint32_t *all);

bool keeper_exporting(const struct keeper *keeper);

/* Gives up all imports or exports: within a picture, and then they are answered. */
void keeper_stop_imports(struct keeper *keeper);
void keeper_stop_exports(struct keeper *keeper);

#endif

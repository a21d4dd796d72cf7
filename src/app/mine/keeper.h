/* keeper.h -- loads, saves, imports and exports a person's digits, one after the other on a thread
 * of its own, so that no frame waits for a disk.
 *
 * It is asked, and keeper_poll gives back what came of it, in the order in which it was asked. A
 * save that has not begun is replaced by the next one: only the newest list matters.
 *
 * Two windows may be open. A save that finds another file than the keeper last read or wrote takes
 * in what was filed there: digits that this window never had are written behind its own, and handed
 * over with the answer.
 */
#ifndef APP_MINE_KEEPER_H
#define APP_MINE_KEEPER_H

#include <stdbool.h>
#include <stdint.h>

#include "app/mine/exchange.h"
#include "base/err.h"
#include "base/files.h"

struct keeper;
struct mine;

/* `wake` is called on the keeper's thread when something is finished. */
struct keeper *keeper_new(const struct exchange_pictures *pictures, void (*wake)(void *user),
                          void *user, struct err *err);

/* Finishes all that was asked for. NULL is fine. */
void keeper_free(struct keeper *keeper);

/* Asks; without memory for that, nothing comes of it. The digits of `mine`
 * must live until it is answered. */
void keeper_load(struct keeper *keeper, const char *path);
void keeper_save(struct keeper *keeper, const char *path, const struct mine *mine);
void keeper_import(struct keeper *keeper, const char *path);
void keeper_export(struct keeper *keeper, const char *path, enum exchange_format format,
                   const struct mine *mine);

enum keeper_kind { KEEPER_LOADED, KEEPER_SAVED, KEEPER_IMPORTED, KEEPER_EXPORTED };

struct keeper_answer {
    enum keeper_kind kind;
    bool done;                 /* else err says why not */
    struct err err;
    char path[FILES_PATH_MAX];
    uint32_t count;            /* digits */
    uint64_t changes;          /* saved: mine_changes() of what was */
    struct mine *mine;         /* loaded or imported: whoever polls frees it. A damaged file is put
                                * aside under another name, which err tells, and the list is empty;
                                * NULL where even that failed, and nothing may be saved over it.
                                * Saved: what another window had filed, or NULL */
};

/* True when there is an answer; ask again until there is none. keeper_wait waits for it, until all
 * that was asked for is done. */
bool keeper_poll(struct keeper *keeper, struct keeper_answer *answer);
bool keeper_wait(struct keeper *keeper, struct keeper_answer *answer);

#endif

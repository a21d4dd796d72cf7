/* digit_store.h -- the digits that the person taught, as the window has them: the list, and its
 * file.
 *
 * The list (data/my_digits.h) is changed by the window's thread alone. Other threads load, save,
 * import and export it (digit_jobs.h); fine-tuning (finetuning.h) learns from a copy. What goes
 * wrong, and what came of imports and exports, is said.
 */
#ifndef APP_STATE_DIGIT_STORE_H
#define APP_STATE_DIGIT_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/exchange.h"
#include "base/err.h"

struct app_host;
struct digit_jobs;
struct log;
struct my_digits;
struct notices;

/* What it needs of the rest of the program; all outlives it. */
struct digit_store_means {
    const struct app_host *host; /* loads and saves pictures, wakes */
    const struct log *log;
    struct notices *notices;
};

/* From zeros: digit_store_begin. */
struct digit_store {
    struct digit_store_means means;
    struct my_digits *list; /* never NULL */
    struct digit_jobs *jobs;
    bool loaded;             /* before that, nothing can be filed */
    bool saving;             /* a save is not answered yet */
    uint64_t import_version; /* my_digits_version() after the last import */
    uint64_t given_changes;  /* my_digits_changes() that were last given to be saved, */
    uint64_t saved_changes;  /* and that are saved; or exported, when that was to keep them */
    struct err trouble;      /* why the last save failed */

    bool closing;              /* the window is about to close: an export may keep what cannot be
                                * saved, */
    struct err export_trouble; /* and why one failed meanwhile is not to be overlooked; or "" */
};

/* To the log: "taught", "relabelled", "deleted" ...; the label, or -1. */
void digit_store_log(const struct digit_store *store, const char *what, int label);

bool digit_store_begin(struct digit_store *store, const struct digit_store_means *means,
                       struct err *err);

/* Stops imports and waits until all that was changed is saved, or cannot be. `gone`: whatever is
 * lost, so that nothing is tried again. */
void digit_store_finish(struct digit_store *store, bool gone);

/* After digit_store_finish: frees what it holds. */
void digit_store_end(struct digit_store *store);

/* Takes in what other threads finished, and has changes saved. */
void digit_store_poll(struct digit_store *store);

/* Whether digits can be filed; if not, says why. */
bool digit_store_is_open(const struct digit_store *store);

/* Whether there is something that is not saved; and has it saved, or loaded, once more. */
bool digit_store_unsaved(const struct digit_store *store);
bool digit_store_is_idle(const struct digit_store *store); /* no file is read or written */
bool digit_store_exporting(const struct digit_store *store);
void digit_store_try_again(struct digit_store *store);

/* Takes in what other windows did to the file, if they did. */
void digit_store_look(struct digit_store *store);

/* Give the digit at that place another label, or remove it. False where nothing was changed. */
bool digit_store_relabel(struct digit_store *store, uint32_t at, int label);
bool digit_store_remove(struct digit_store *store, uint32_t at);

void digit_store_import(struct digit_store *store, const char *path);

/* Gives an import up, if there is one. */
bool digit_store_stop_import(struct digit_store *store);

/* instead: to keep what cannot be saved, while the window closes. */
void digit_store_export(struct digit_store *store, const char *path, enum exchange_format format,
                        bool instead);

#endif

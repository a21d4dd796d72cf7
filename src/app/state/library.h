/* library.h -- the pictures to train and test on, loaded by a job (job/job.h).
 *
 * The job has no share in anything but the loading: it is given where to look, and its result is
 * taken by library_poll on the window's thread. Nothing here waits for a loading under way but
 * library_free; one that library_set makes useless ends by itself and library_poll clears it up.
 */
#ifndef APP_STATE_LIBRARY_H
#define APP_STATE_LIBRARY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/files.h"

struct dataset;
struct err;

enum library_source {
    LIBRARY_USUAL,     /* the usual places (data/find.h), or else drawn by the program */
    LIBRARY_FOLDER,
    LIBRARY_SYNTHETIC,
};

enum library_state { LIBRARY_IDLE, LIBRARY_LOADING, LIBRARY_READY, LIBRARY_FAILED };

struct library;

/* `wake` is called on the job's thread when it has finished. */
struct library *library_new(void (*wake)(void *context), void *context, struct err *err);
void library_free(struct library *library); /* NULL is fine; gives up drawing, waits for files */

/* Sets where the data comes from and forgets what was loaded, or is being loaded. Nobody may be
 * using the sets. */
void library_set(struct library *library, enum library_source source, const char *folder);

/* Begins to load, unless it is loading or ready. */
void library_load(struct library *library);

/* True when the state changed since the last call. */
bool library_poll(struct library *library);

enum library_state library_state(const struct library *library);
enum library_source library_source(const struct library *library);
const char *library_folder(const struct library *library); /* "" unless LIBRARY_FOLDER */
const char *library_trouble(const struct library *library); /* the sentence of LIBRARY_FAILED */

/* Goes up with each library_set: another number, other data. */
uint64_t library_number(const struct library *library);

/* What to call the data: its name when loaded, before that what will probably be found. */
const char *library_name(const struct library *library);
bool library_drawn(const struct library *library); /* by the program, or probably so */

/* What there is to say of where it was found (struct dataset.note); "" where nothing is. */
const char *library_note(const struct library *library);

/* NULL until ready; the test set also when the place has none. They last until library_set. */
const struct dataset *library_train(const struct library *library);
const struct dataset *library_test(const struct library *library);

#endif

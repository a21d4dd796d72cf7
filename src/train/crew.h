/* crew.h -- a few threads that share out a piece of work and then sleep.
 *
 * A job is cut into parts. The calling thread and the crew's take parts one after the other until
 * none is left, so a thread that gets no core holds up nobody. Which thread does which part is
 * left to chance: for the same result every time, let a part write to a place of its own, and add
 * up afterwards in a fixed order.
 *
 * Idle threads park after a few microseconds: spinning threads collapse when another program wants
 * the core. And where such a program holds the others up so much that the caller is quicker alone,
 * it does the work alone. So a part must never wait for another part.
 */
#ifndef TRAIN_CREW_H
#define TRAIN_CREW_H

#include <stdbool.h>

struct crew;
struct err;

enum { CREW_THREADS_MAX = 256, CREW_PARTS_MAX = 65535 };

/* The cores that this process may use. */
int crew_cores(void);

/* A crew of `threads`, the caller among them; 0 is one for each core. With `background` the crew's
 * own threads step back when others want the core. NULL where threads cannot be started. */
struct crew *crew_new(int threads, bool background, struct err *err);
void crew_free(struct crew *crew); /* NULL is fine; not while a job runs */

int crew_threads(const struct crew *crew);

/* Runs job(context, part, thread) for each part 0 .. parts - 1, and returns when all are done.
 * `thread`, 0 .. crew_threads() - 1, is the caller's own for scratch memory. A single part runs at
 * once on the calling thread. One thread at a time may give jobs, and a job may give none. */
void crew_run(struct crew *crew, void (*job)(void *context, int part, int thread), void *context,
              int parts);

/* Lowers the priority of the calling thread, so that a window's frame is never late for it. */
void crew_step_back(void);

#endif

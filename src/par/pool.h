/* pool.h -- a few threads that share out a piece of work and then sleep.
 *
 * A job is cut into parts. The calling thread and the pool's take parts one after the other until
 * none is left, so a thread that gets no core holds up nobody. Which thread does which part is
 * left to chance: for the same result every time, let a part write to a place of its own, and add
 * up afterwards in a fixed order.
 *
 * Idle threads park after a few microseconds: spinning threads collapse when another program wants
 * the core. And where such a program holds the others up so much that the caller is quicker alone,
 * it does the work alone. So a part must never wait for another part.
 */
#ifndef PAR_POOL_H
#define PAR_POOL_H

#include <stdbool.h>

struct pool;
struct err;

enum { POOL_THREADS_MAX = 256, POOL_PARTS_MAX = 65535 };

/* The cores that this process may use. */
int pool_cores(void);

/* A pool of `threads`, the caller among them; 0 is one for each core. With `background` the pool's
 * own threads step back when others want the core. NULL where threads cannot be started. */
struct pool *pool_new(int threads, bool background, struct err *err);
void pool_free(struct pool *pool); /* NULL is fine; not while a job runs */

int pool_threads(const struct pool *pool);

/* Runs job(context, part, thread) for each part 0 .. parts - 1, and returns when all are done.
 * `thread`, 0 .. pool_threads() - 1, is the caller's own for scratch memory. A single part runs at
 * once on the calling thread. One thread at a time may give jobs, and a job may give none. */
void pool_run(struct pool *pool, void (*job)(void *context, int part, int thread), void *context,
              int parts);

#endif

/* thread.h -- a thread of one's own.
 *
 *     struct thread *thread = thread_start(work, context, true);
 *     ...
 *     thread_join(thread);
 *
 * Whoever starts one joins it: nothing is detached.
 */
#ifndef PAR_THREAD_H
#define PAR_THREAD_H

#include <stdbool.h>

struct thread;

/* Runs work(context) on a new thread. With `background` it steps back when others want the core, so
 * that a window's frame is never late for it. NULL where no thread can be had. */
struct thread *thread_start(void (*work)(void *context), void *context, bool background);

/* Waits until it has ended, and frees it. NULL is fine. */
void thread_join(struct thread *thread);

/* Lowers the priority of the calling thread. */
void thread_step_back(void);

#endif

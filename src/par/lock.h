/* lock.h -- a lock over what threads share, and waiting for somebody to change it.
 *
 *     lock_take(&shared->lock);
 *     while (!shared->ready)
 *         lock_wait(&shared->lock);
 *     ...
 *     lock_give(&shared->lock);
 *
 * It covers copies and swaps of pointers alone: no allocation, drawing, sleeping or file access.
 */
#ifndef PAR_LOCK_H
#define PAR_LOCK_H

#include <pthread.h>
#include <stdbool.h>

struct lock {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
};

void lock_init(struct lock *lock);
void lock_clear(struct lock *lock); /* nobody may hold it, or wait */

void lock_take(struct lock *lock);
void lock_give(struct lock *lock);

/* To be called by one who holds it, who gives it up until lock_wake, or without a cause; so what
 * was waited for is to be looked at again. */
void lock_wait(struct lock *lock);

/* The same until a moment of clock_seconds() at the latest: false when that has come. */
bool lock_wait_until(struct lock *lock, double moment);

/* Wakes all who wait. Whoever calls holds it. */
void lock_wake(struct lock *lock);

#endif

/* SPDX-License-Identifier: MIT */
#include "par/lock.h"

#include <math.h>
#include <time.h>

void lock_init(struct lock *lock)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&lock->changed, &attr);
    pthread_condattr_destroy(&attr);
    pthread_mutex_init(&lock->mutex, NULL);
}

void lock_clear(struct lock *lock)
{
    pthread_cond_destroy(&lock->changed);
    pthread_mutex_destroy(&lock->mutex);
}

void lock_take(struct lock *lock)
{
    pthread_mutex_lock(&lock->mutex);
}

void lock_give(struct lock *lock)
{
    pthread_mutex_unlock(&lock->mutex);
}

void lock_wait(struct lock *lock)
{
    pthread_cond_wait(&lock->changed, &lock->mutex);
}

bool lock_wait_until(struct lock *lock, double moment)
{
    double whole = floor(moment);
    struct timespec until = {.tv_sec = (time_t)whole, .tv_nsec = (long)(1e9 * (moment - whole))};
    return pthread_cond_timedwait(&lock->changed, &lock->mutex, &until) == 0;
}

void lock_wake(struct lock *lock)
{
    pthread_cond_broadcast(&lock->changed);
}

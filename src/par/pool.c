/* SPDX-License-Identifier: MIT */
#include "par/pool.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clamp.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/language.h"
#include "par/load.h"
#include "par/thread.h"

enum { SPINS = 400 }; /* looks at a word before parking: some ten microseconds */

/* The ticket says at once which job is on, how many parts it has and which is next:
 *
 *   job number (32 bits) | parts (16) | next part (16)
 *
 * A thread takes a part by counting the ticket up. That succeeds only while the job is the same and
 * a part is left; from then until the part is reported done the job cannot end, so its fields may
 * be read. A thread that wakes up late for a job that is over thus touches nothing. */
struct pool {
    /* Set before the threads start. */
    int threads;
    bool background;
    struct member *members; /* [threads - 1] */

    /* The caller alone. */
    struct load load;

    /* Written by the caller between jobs; read by whoever holds a part. */
    void (*job)(void *context, int part, int thread);
    void *context;

    /* Any thread, atomically. */
    _Alignas(64) _Atomic uint64_t ticket;
    _Alignas(64) atomic_int left; /* parts of this job that are not done */
    atomic_int parked;            /* members asleep, or about to be */
    atomic_bool caller_parked;
    atomic_bool over;

    /* Only for sleeping and waking. */
    pthread_mutex_t lock;
    pthread_cond_t work_there, work_done;
};

struct member {
    struct pool *pool;
    int thread; /* its number, from 1 */
    pthread_t id;
};

int pool_cores(void)
{
#ifdef __linux__
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0)
        return CPU_COUNT(&set) < POOL_THREADS_MAX ? CPU_COUNT(&set) : POOL_THREADS_MAX;
#endif
    return clamp_int((int)sysconf(_SC_NPROCESSORS_ONLN), 1, POOL_THREADS_MAX);
}

static void relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static bool has_part(uint64_t ticket)
{
    return (ticket & 0xffff) < ((ticket >> 16) & 0xffff);
}

/* Takes parts and does them until none is left; returns how many it did. */
static int work_through(struct pool *pool, int thread)
{
    int done = 0;
    uint64_t ticket = atomic_load(&pool->ticket);
    while (has_part(ticket)) {
        if (!atomic_compare_exchange_weak(&pool->ticket, &ticket, ticket + 1))
            continue;
        pool->job(pool->context, (int)(ticket & 0xffff), thread);
        if (atomic_fetch_sub(&pool->left, 1) == 1 && atomic_load(&pool->caller_parked)) {
            pthread_mutex_lock(&pool->lock);
            pthread_cond_signal(&pool->work_done);
            pthread_mutex_unlock(&pool->lock);
        }
        ticket = atomic_load(&pool->ticket);
        done++;
    }
    return done;
}

static bool is_wanted(struct pool *pool)
{
    return has_part(atomic_load(&pool->ticket)) || atomic_load(&pool->over);
}

static void *live_as_member(void *context)
{
    struct member *member = context;
    struct pool *pool = member->pool;
    if (pool->background)
        thread_step_back();
    while (!atomic_load(&pool->over)) {
        for (int i = 0; i < SPINS && !is_wanted(pool); i++)
            relax();
        if (!is_wanted(pool)) {
            pthread_mutex_lock(&pool->lock);
            atomic_fetch_add(&pool->parked, 1); /* before the last look: see wake_members */
            while (!is_wanted(pool))
                pthread_cond_wait(&pool->work_there, &pool->lock);
            atomic_fetch_sub(&pool->parked, 1);
            pthread_mutex_unlock(&pool->lock);
        }
        work_through(pool, member->thread);
    }
    return NULL;
}

/* A member announces that it parks and then looks for work once more; the caller announces work and
 * then looks for parked members. One of them sees the other, all being sequentially consistent. */
static void wake_members(struct pool *pool)
{
    if (atomic_load(&pool->parked) == 0)
        return;
    pthread_mutex_lock(&pool->lock);
    pthread_cond_broadcast(&pool->work_there);
    pthread_mutex_unlock(&pool->lock);
}

static void wait_for_parts(struct pool *pool)
{
    for (int i = 0; i < SPINS && atomic_load(&pool->left) > 0; i++)
        relax();
    if (atomic_load(&pool->left) == 0)
        return;
    pthread_mutex_lock(&pool->lock);
    atomic_store(&pool->caller_parked, true);
    while (atomic_load(&pool->left) > 0)
        pthread_cond_wait(&pool->work_done, &pool->lock);
    atomic_store(&pool->caller_parked, false);
    pthread_mutex_unlock(&pool->lock);
}

/* Returns how many parts the caller did, and in which time. */
static int run_shared(struct pool *pool, int parts, double *own)
{
    atomic_store(&pool->left, parts);
    uint64_t number = (atomic_load(&pool->ticket) >> 32) + 1;
    atomic_store(&pool->ticket, number << 32 | (uint64_t)parts << 16);
    wake_members(pool);
    double begin = clock_seconds();
    int own_parts = work_through(pool, 0);
    *own = clock_seconds() - begin;
    wait_for_parts(pool);
    return own_parts;
}

static void run_alone(void (*job)(void *context, int part, int thread), void *context, int parts)
{
    for (int i = 0; i < parts; i++)
        job(context, i, 0);
}

void pool_run(struct pool *pool, void (*job)(void *context, int part, int thread), void *context,
              int parts)
{
    assert(parts >= 0 && parts <= POOL_PARTS_MAX);
    if (parts <= 1 || pool->threads == 1) {
        run_alone(job, context, parts);
        return;
    }
    struct load_kind *kind = load_find(&pool->load, job, parts);
    double begin = clock_seconds(), own = 0;
    int own_parts = 0;
    if (kind && pool->load.way == LOAD_ALONE) {
        run_alone(job, context, parts);
    } else {
        pool->job = job;
        pool->context = context;
        own_parts = run_shared(pool, parts, &own);
    }
    if (kind)
        load_weigh(&pool->load, kind, own_parts, own, clock_seconds() - begin);
}

struct pool *pool_new(int threads, bool background, struct err *err)
{
    if (threads <= 0)
        threads = pool_cores();
    if (threads > POOL_THREADS_MAX)
        threads = POOL_THREADS_MAX;
    struct pool *pool = aligned_alloc(_Alignof(struct pool), sizeof *pool);
    struct member *members = calloc((size_t)threads, sizeof *members);
    if (!pool || !members) {
        free(pool);
        free(members);
        err_memory(err, _("the worker threads"));
        return NULL;
    }
    *pool = (struct pool){.threads = 1, .background = background, .members = members};
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work_there, NULL);
    pthread_cond_init(&pool->work_done, NULL);
    for (int i = 1; i < threads; i++) {
        struct member *member = &members[i - 1];
        *member = (struct member){.pool = pool, .thread = i};
        if (pthread_create(&member->id, NULL, live_as_member, member) != 0) {
            err_set(err, _("Thread %d of %d cannot be started; ask for fewer threads."), i + 1,
                    threads);
            pool_free(pool);
            return NULL;
        }
        pool->threads = i + 1;
    }
    return pool;
}

void pool_free(struct pool *pool)
{
    if (!pool)
        return;
    atomic_store(&pool->over, true);
    wake_members(pool);
    for (int i = 1; i < pool->threads; i++)
        pthread_join(pool->members[i - 1].id, NULL);
    pthread_cond_destroy(&pool->work_there);
    pthread_cond_destroy(&pool->work_done);
    pthread_mutex_destroy(&pool->lock);
    free(pool->members);
    free(pool);
}

int pool_threads(const struct pool *pool)
{
    return pool->threads;
}

/* SPDX-License-Identifier: MIT */
#include "train/crew.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "train/balance.h"

enum {
    SPINS = 400,   /* looks at a word before parking: some ten microseconds */
    NICENESS = 10, /* how far background threads step back */
};

/* The ticket says at once which job is on, how many parts it has and which is next:
 *
 *   job number (32 bits) | parts (16) | next part (16)
 *
 * A thread takes a part by counting the ticket up. That succeeds only while the job is the same and
 * a part is left; from then until the part is reported done the job cannot end, so its fields may
 * be read. A thread that wakes up late for a job that is over thus touches nothing. */
struct crew {
    /* Set before the threads start. */
    int threads;
    bool background;
    struct member *members; /* [threads - 1] */

    /* The caller alone. */
    struct balance balance;

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
    struct crew *crew;
    int thread; /* its number, from 1 */
    pthread_t id;
};

int crew_cores(void)
{
#ifdef __linux__
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0)
        return CPU_COUNT(&set) < CREW_THREADS_MAX ? CPU_COUNT(&set) : CREW_THREADS_MAX;
#endif
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > CREW_THREADS_MAX ? CREW_THREADS_MAX : (int)n;
}

void crew_step_back(void)
{
#ifdef __linux__
    setpriority(PRIO_PROCESS, (id_t)gettid(), NICENESS); /* on Linux a thread has its own */
#endif
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
static int work_through(struct crew *crew, int thread)
{
    int done = 0;
    uint64_t ticket = atomic_load(&crew->ticket);
    while (has_part(ticket)) {
        if (!atomic_compare_exchange_weak(&crew->ticket, &ticket, ticket + 1))
            continue;
        crew->job(crew->context, (int)(ticket & 0xffff), thread);
        if (atomic_fetch_sub(&crew->left, 1) == 1 && atomic_load(&crew->caller_parked)) {
            pthread_mutex_lock(&crew->lock);
            pthread_cond_signal(&crew->work_done);
            pthread_mutex_unlock(&crew->lock);
        }
        ticket = atomic_load(&crew->ticket);
        done++;
    }
    return done;
}

static bool is_wanted(struct crew *crew)
{
    return has_part(atomic_load(&crew->ticket)) || atomic_load(&crew->over);
}

static void *live_as_member(void *context)
{
    struct member *member = context;
    struct crew *crew = member->crew;
    if (crew->background)
        crew_step_back();
    while (!atomic_load(&crew->over)) {
        for (int i = 0; i < SPINS && !is_wanted(crew); i++)
            relax();
        if (!is_wanted(crew)) {
            pthread_mutex_lock(&crew->lock);
            atomic_fetch_add(&crew->parked, 1); /* before the last look: see wake_members */
            while (!is_wanted(crew))
                pthread_cond_wait(&crew->work_there, &crew->lock);
            atomic_fetch_sub(&crew->parked, 1);
            pthread_mutex_unlock(&crew->lock);
        }
        work_through(crew, member->thread);
    }
    return NULL;
}

/* A member announces that it parks and then looks for work once more; the caller announces work and
 * then looks for parked members. One of them sees the other, all being sequentially consistent. */
static void wake_members(struct crew *crew)
{
    if (atomic_load(&crew->parked) == 0)
        return;
    pthread_mutex_lock(&crew->lock);
    pthread_cond_broadcast(&crew->work_there);
    pthread_mutex_unlock(&crew->lock);
}

static void wait_for_parts(struct crew *crew)
{
    for (int i = 0; i < SPINS && atomic_load(&crew->left) > 0; i++)
        relax();
    if (atomic_load(&crew->left) == 0)
        return;
    pthread_mutex_lock(&crew->lock);
    atomic_store(&crew->caller_parked, true);
    while (atomic_load(&crew->left) > 0)
        pthread_cond_wait(&crew->work_done, &crew->lock);
    atomic_store(&crew->caller_parked, false);
    pthread_mutex_unlock(&crew->lock);
}

/* Returns how many parts the caller did, and in which time. */
static int run_shared(struct crew *crew, int parts, double *own)
{
    atomic_store(&crew->left, parts);
    uint64_t number = (atomic_load(&crew->ticket) >> 32) + 1;
    atomic_store(&crew->ticket, number << 32 | (uint64_t)parts << 16);
    wake_members(crew);
    double begin = clock_seconds();
    int own_parts = work_through(crew, 0);
    *own = clock_seconds() - begin;
    wait_for_parts(crew);
    return own_parts;
}

static void run_alone(void (*job)(void *context, int part, int thread), void *context, int parts)
{
    for (int i = 0; i < parts; i++)
        job(context, i, 0);
}

void crew_run(struct crew *crew, void (*job)(void *context, int part, int thread), void *context,
              int parts)
{
    assert(parts >= 0 && parts <= CREW_PARTS_MAX);
    if (parts <= 1 || crew->threads == 1) {
        run_alone(job, context, parts);
        return;
    }
    struct balance_kind *kind = balance_find(&crew->balance, job, parts);
    double begin = clock_seconds(), own = 0;
    int own_parts = 0;
    if (kind && crew->balance.way == BALANCE_ALONE) {
        run_alone(job, context, parts);
    } else {
        crew->job = job;
        crew->context = context;
        own_parts = run_shared(crew, parts, &own);
    }
    if (kind)
        balance_weigh(&crew->balance, kind, own_parts, own, clock_seconds() - begin);
}

struct crew *crew_new(int threads, bool background, struct err *err)
{
    if (threads <= 0)
        threads = crew_cores();
    if (threads > CREW_THREADS_MAX)
        threads = CREW_THREADS_MAX;
    struct crew *crew = aligned_alloc(_Alignof(struct crew), sizeof *crew);
    struct member *members = calloc((size_t)threads, sizeof *members);
    if (!crew || !members) {
        free(crew);
        free(members);
        err_memory(err, "the worker threads");
        return NULL;
    }
    *crew = (struct crew){.threads = 1, .background = background, .members = members};
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->work_there, NULL);
    pthread_cond_init(&crew->work_done, NULL);
    for (int i = 1; i < threads; i++) {
        struct member *member = &members[i - 1];
        *member = (struct member){.crew = crew, .thread = i};
        if (pthread_create(&member->id, NULL, live_as_member, member) != 0) {
            err_set(err, "Thread %d of %d cannot be started; ask for fewer threads.", i + 1,
                    threads);
            crew_free(crew);
            return NULL;
        }
        crew->threads = i + 1;
    }
    return crew;
}

void crew_free(struct crew *crew)
{
    if (!crew)
        return;
    atomic_store(&crew->over, true);
    wake_members(crew);
    for (int i = 1; i < crew->threads; i++)
        pthread_join(crew->members[i - 1].id, NULL);
    pthread_cond_destroy(&crew->work_there);
    pthread_cond_destroy(&crew->work_done);
    pthread_mutex_destroy(&crew->lock);
    free(crew->members);
    free(crew);
}

int crew_threads(const struct crew *crew)
{
    return crew->threads;
}

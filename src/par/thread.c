/* SPDX-License-Identifier: MIT */
#include "par/thread.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

enum { NICENESS = 10 }; /* how far background threads step back */

struct thread {
    void (*work)(void *context);
    void *context;
    bool background;
    pthread_t id;
};

void thread_step_back(void)
{
#ifdef __linux__
    setpriority(PRIO_PROCESS, (id_t)gettid(), NICENESS); /* on Linux a thread has its own */
#endif
}

static void *live(void *context)
{
    struct thread *thread = context;
    if (thread->background)
        thread_step_back();
    thread->work(thread->context);
    return NULL;
}

struct thread *thread_start(void (*work)(void *context), void *context, bool background)
{
    struct thread *thread = malloc(sizeof *thread);
    if (!thread)
        return NULL;
    *thread = (struct thread){.work = work, .context = context, .background = background};
    if (pthread_create(&thread->id, NULL, live, thread) == 0)
        return thread;
    free(thread);
    return NULL;
}

void thread_join(struct thread *thread)
{
    if (!thread)
        return;
    pthread_join(thread->id, NULL);
    free(thread);
}

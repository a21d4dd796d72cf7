/* SPDX-License-Identifier: MIT */
#include "par/signals.h"

#include <stddef.h>

#include "base/err.h"
#include "base/language.h"

enum {
    PATIENCE = 2,          /* signals that are borne */
    STOP_SIGNAL = SIGUSR1, /* ends the thread that waits for the others */
};

static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
enum { END_COUNT = sizeof ends / sizeof ends[0] };

/* Somebody who asks for the third time wants the end at any price. */
static void end_at_once(int number)
{
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    signal(number, SIG_DFL);
    raise(number);
    pthread_sigmask(SIG_UNBLOCK, &only, NULL);
}

static void *wait_for_signals(void *context)
{
    struct signals *s = context;
    int number, count = 0;
    while (sigwait(&s->held, &number) == 0 && !atomic_load(&s->closing)) {
        if (++count > PATIENCE)
            end_at_once(number);
        s->tell(s->user);
    }
    return NULL;
}

void signals_hold(struct signals *s)
{
    struct sigaction before;
    sigemptyset(&s->held);
    sigaddset(&s->held, STOP_SIGNAL);
    for (int i = 0; i < END_COUNT; i++)
        if (sigaction(ends[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaddset(&s->held, ends[i]);
    pthread_sigmask(SIG_BLOCK, &s->held, &s->before);
}

bool signals_start(struct signals *s, void (*tell)(void *user), void *user, struct err *err)
{
    s->tell = tell;
    s->user = user;
    s->runs = pthread_create(&s->thread, NULL, wait_for_signals, s) == 0;
    return s->runs || err_memory(err, _("a thread"));
}

void signals_stop(struct signals *s)
{
    if (!s->runs)
        return;
    atomic_store(&s->closing, true);
    pthread_kill(s->thread, STOP_SIGNAL);
    pthread_join(s->thread, NULL);
    s->runs = false;
}

void signals_release(struct signals *s)
{
    for (int i = 0; i < END_COUNT; i++) {
        sigset_t pending;
        if (!sigismember(&s->held, ends[i]) || sigpending(&pending) != 0 ||
            !sigismember(&pending, ends[i]))
            continue;
        signal(ends[i], SIG_IGN); /* which forgets it */
        signal(ends[i], SIG_DFL);
    }
    pthread_sigmask(SIG_SETMASK, &s->before, NULL);
}

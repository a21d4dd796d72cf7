/* signals.h -- SIGINT, SIGTERM and SIGHUP as a call to whoever can end in order.
 *
 * A handler could do next to nothing safely, so the signals are blocked, and a thread waits for
 * them. Those that were ignored before, as nohup does, stay ignored. The third that comes ends the
 * program at once.
 *
 *     signals_hold(&signals);                 before any thread that shall not get them
 *     signals_start(&signals, tell, user, err);
 *     ...
 *     signals_stop(&signals);                 before what `tell` uses is gone
 *     signals_release(&signals);              when nothing is left to lose
 */
#ifndef PAR_SIGNALS_H
#define PAR_SIGNALS_H

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

struct err;

struct signals {
    /* Set before the thread starts, and only read from then on. */
    sigset_t held, before;
    void (*tell)(void *user);
    void *user;

    /* The starter's thread alone. */
    pthread_t thread;
    bool runs;

    /* Any thread. */
    atomic_bool closing; /* the thread is to end */
};

void signals_hold(struct signals *signals);

/* `tell` is called by a thread of its own. False where there can be none. */
bool signals_start(struct signals *signals, void (*tell)(void *user), void *user, struct err *err);
void signals_stop(struct signals *signals); /* also where it was not started */

/* What came meanwhile is forgotten. */
void signals_release(struct signals *signals);

#endif

/* cores.h -- which cores a thread may run on. Where a program cannot choose (only on Linux it can),
 * the system does. */
#ifndef PAR_CORES_H
#define PAR_CORES_H

#include <sched.h>

struct cores {
#ifdef __linux__
    cpu_set_t set;
#endif
    char unused; /* elsewhere nothing can be said */
};

struct cores cores_allowed(void); /* to the calling thread */

/* The first `count` of `from`, or all where it has fewer. */
struct cores cores_first(const struct cores *from, int count);

/* Keeps the calling thread, and those that it will start, on these. */
void cores_keep_to(const struct cores *cores);

#endif

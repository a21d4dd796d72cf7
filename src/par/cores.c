/* SPDX-License-Identifier: MIT */
#include "par/cores.h"

struct cores cores_allowed(void)
{
    struct cores all = {0};
#ifdef __linux__
    sched_getaffinity(0, sizeof all.set, &all.set);
#endif
    return all;
}

struct cores cores_first(const struct cores *from, int count)
{
    struct cores some = *from;
#ifdef __linux__
    CPU_ZERO(&some.set);
    for (int i = 0; i < CPU_SETSIZE && CPU_COUNT(&some.set) < count; i++)
        if (CPU_ISSET(i, &from->set))
            CPU_SET(i, &some.set);
#else
    (void)count;
#endif
    return some;
}

void cores_keep_to(const struct cores *cores)
{
#ifdef __linux__
    sched_setaffinity(0, sizeof cores->set, &cores->set);
#else
    (void)cores;
#endif
}

/* load.h -- whether a pool's work is quicker shared or done by the caller alone.
 *
 * Where another program wants a core too, a member that has to give it up keeps the part that it
 * took, and everybody waits for milliseconds: two threads can then be slower than one. So what
 * parts took is kept either way. Working alone is tried where the pool took longer than the
 * caller's own quickest parts say that it would have needed by itself, and what was quicker is
 * stayed with.
 *
 * What it gains: LeNet-5 on two cores of a Zen 5, one of them busy with another program, trains at
 * 0.97 of one thread's speed with it and at 0.59 without.
 *
 * Only the pool's caller touches it. All zeros is a fresh one.
 */
#ifndef PAR_LOAD_H
#define PAR_LOAD_H

#include <stdbool.h>

enum load_way { LOAD_SHARED, LOAD_ALONE };

/* Jobs of one kind are parts of the same function, as many of them. */
struct load_kind {
    void (*job)(void *context, int part, int thread);
    int parts;
    double mean[2];  /* seconds for a part either way, late windows above all; 0: not known */
    long done;       /* parts in this window, */
    double took;     /* the seconds that their jobs took, */
    double quickest; /* and the least that one took, as the mean over the caller's own of a job */
};

enum { LOAD_KINDS = 4 };

struct load {
    enum load_way way; /* for the next job: the only field for others to read */

    struct load_kind kinds[LOAD_KINDS];
    int kind_count;
    bool trying;  /* this way, for one window */
    double took;  /* seconds of this window's jobs */
    double until; /* clock: no other way is tried before */
    double wait;
};

/* The entry for such jobs, which belongs to `load`; NULL: there are too many kinds to keep, and
 * the job is to be shared and not weighed. */
struct load_kind *load_find(struct load *load, void (*job)(void *context, int part, int thread),
                            int parts);

/* A job is over: it took so many seconds, and the caller `own` of them for own_parts of its parts
 * (0 where nothing was shared). */
void load_weigh(struct load *load, struct load_kind *kind, int own_parts, double own, double took);

#endif

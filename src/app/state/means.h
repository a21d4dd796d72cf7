/* means.h -- what a part that works on a thread of its own needs of the rest of the program. All of
 * it outlives the part.
 */
#ifndef APP_STATE_MEANS_H
#define APP_STATE_MEANS_H

struct app_host;
struct kern;
struct log;
struct notices;

struct app_means {
    const struct app_host *host; /* wakes */
    const struct log *log;
    struct notices *notices;
    const struct kern *kern;
    int threads; /* 0: one for each core */
};

#endif

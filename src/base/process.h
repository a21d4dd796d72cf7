/* process.h -- other programs: whether one runs still, and one that is asked for what it prints. */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a process of that number may be alive: not whether it is the one that was meant. */
bool process_lives(int pid);

/* A question under way. */
struct process {
    int pid, pipe; /* 0 and -1: it was not asked */
};

/* Starts a program that is looked for in $PATH; the caller goes on meanwhile. `command` ends in
 * NULL. */
struct process process_ask(char *const command[]);

/* All that it prints, into text[room], if it ends within so many microseconds; else it is ended,
 * and false. Its errors go nowhere. */
bool process_answer(struct process *process, char *text, size_t room, uint64_t patience);

#endif

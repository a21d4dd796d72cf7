/* short_memory.h -- an allocator that fails when it is told to, for the test program that is linked
 * with --wrap for malloc, calloc, realloc, strdup and strndup: it is our own code's, and jansson's.
 */
#ifndef TESTS_SHORT_MEMORY_H
#define TESTS_SHORT_MEMORY_H

#include <stdbool.h>

/* From here on the n-th allocation fails, counted from 1, or with `all` every one from there on. */
void memory_fail(int n, bool all);

/* Ends that; how many allocations have failed. */
int memory_restore(void);

#endif

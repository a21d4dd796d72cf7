/* hush.h -- libraries that write remarks of their own to stderr, and can't be told not to.
 *
 * Between the two calls what anybody in the program writes there goes nowhere, so keep it short. One
 * thread at a time has it; another waits.
 */
#ifndef SYS_HUSH_H
#define SYS_HUSH_H

/* What hush_end takes: the stream's own place, or -1 where it could not be had, and it is not quiet. */
int hush_begin(void);
void hush_end(int kept);

#endif

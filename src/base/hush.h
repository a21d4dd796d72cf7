/* hush.h -- libraries that write remarks of their own to stderr, and cannot be told not to.
 *
 * Between the two calls what anybody in the program writes there goes nowhere, so keep it short.
 */
#ifndef BASE_HUSH_H
#define BASE_HUSH_H

/* What hush_end takes: where the stream led, or -1 where another thread has it quiet already, or it
 * could not be had. */
int hush_begin(void);
void hush_end(int kept);

#endif

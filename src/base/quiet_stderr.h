/* quiet_stderr.h -- libraries that write remarks of their own to stderr, and cannot be told not to.
 *
 * Between the two calls what anybody in the program writes there goes nowhere, so keep it short.
 */
#ifndef BASE_QUIET_STDERR_H
#define BASE_QUIET_STDERR_H

/* What quiet_stderr_end takes: where the stream led, or -1 where another thread has it quiet
 * already, or it could not be had. */
int quiet_stderr_begin(void);
void quiet_stderr_end(int kept);

#endif

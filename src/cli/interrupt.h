/* interrupt.h -- Ctrl-C as a question that a command asks when it suits.
 *
 * The first one (or a SIGTERM) is noted, so that the command can end in order; a second one ends
 * the program at once.
 */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

/* To be called once, before there is anything that an early Ctrl-C could lose. */
void interrupt_catch(void);

bool interrupt_noted(void);

#endif

/* interrupt.h -- Ctrl-C as a question that a command asks when it suits.
 *
 * SIGINT, SIGTERM, SIGHUP (the terminal is closed) and SIGPIPE (whoever read the answers left, as
 * `| head` does) are noted, so that the command can end in order and save what there is. A second
 * signal changes nothing; the third ends the program at once. What the parent chose to ignore, as
 * nohup does, stays ignored.
 */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

/* To be called once, before there is anything that an early Ctrl-C could lose. */
void interrupt_catch(void);

bool interrupt_noted(void);

#endif

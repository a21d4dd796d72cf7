/* SPDX-License-Identifier: MIT */
#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>

enum { PATIENCE = 2 }; /* signals that are borne */

static volatile sig_atomic_t noted;

/* The signal is blocked in here, so that raising it again ends the program just after. A reader
 * that left is told with each line, and never in a hurry. */
static void note_interrupt(int number)
{
    if (number == SIGPIPE && noted)
        return;
    noted = noted + 1;
    if (noted <= PATIENCE)
        return;
    signal(number, SIG_DFL);
    raise(number);
}

void interrupt_catch(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    struct sigaction before, action = {.sa_handler = note_interrupt, .sa_flags = SA_RESTART};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            sigaction(numbers[i], &action, NULL);
}

bool interrupt_noted(void)
{
    return noted > 0;
}

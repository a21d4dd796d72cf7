/* clock.h -- how long something took: a clock that only goes forward, from no particular moment. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

double clock_seconds(void);
uint64_t clock_microseconds(void); /* the clock of struct ui_input.now, too */

#endif

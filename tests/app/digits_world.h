/* digits_world.h -- the whole program (app_world.h) with an empty list of my digits, and pictures
 * that are read and written as slowly as a test likes.
 */
#ifndef TESTS_DIGITS_WORLD_H
#define TESTS_DIGITS_WORLD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "app/state/exchange.h"

extern char store[400];           /* the file of my digits */
extern atomic_int loaded, saved;  /* pictures that were, */
extern atomic_int pause_ms;       /* each so slowly */
extern atomic_bool saves_fail;    /* of pictures */
extern const struct exchange_pictures slow;

void begin_digits(void); /* fixtures of each test; make_world and remove_world are those of all */
void end_digits(void);

void rest(int milliseconds);
void teach(int digit);               /* draws something and files it */
void expect_stored(uint32_t wanted); /* digits in the file */
bool is_there(const char *name);     /* the control */
void close_window(void);             /* by its cross: a frame */
bool finish(void);                   /* app_finish: false where digits are lost */

/* Frames until that is so, or that takes too long. */
void wait_for_control(const char *name); /* or the window may close */
void wait_for_end(void);
void wait_for_text(const char *text);

#endif

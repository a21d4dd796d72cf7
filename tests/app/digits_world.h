/* digits_world.h -- the whole program (app_world.h) with an empty list of my digits. Its pictures
 * are those of app_world.h, or read and written as slowly as a test likes.
 */
#ifndef TESTS_DIGITS_WORLD_H
#define TESTS_DIGITS_WORLD_H

#include <jansson.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "app/state/exchange.h"

struct my_digit;
struct my_digits;

extern char store[400];           /* the file of my digits */
extern atomic_int loaded, saved;  /* pictures that were, */
extern atomic_int pause_ms;       /* each so slowly */
extern atomic_bool saves_fail;    /* of pictures */
extern const struct exchange_pictures slow;

/* Fixtures of each test; make_world and remove_world are those of all. */
void begin_my_digits(void);
void begin_digits(void); /* with pictures that may be slow */
void end_digits(void);

void rest(int milliseconds);
void teach(int digit);               /* draws something and files it */
void teach_ten(void);                /* ten drawings, one under each digit */
void draw_one(float x);              /* a 1 in this part of the canvas's width */
void expect_stored(uint32_t wanted); /* digits in the file */
bool is_there(const char *name);     /* the control */
void close_window(void);             /* by its cross: a frame */
bool finish(void);                   /* app_finish: false where digits are lost */

/* Frames until that is so, or that takes too long. */
void wait_for_control(const char *name); /* or the window may close */
void wait_for_end(void);
void wait_for_text(const char *text);

/* Frames until the log has such an event after its first `from` ones. */
const json_t *wait_for_event(const char *kind, const char *key_name, const char *value, int from);

uint32_t digit_count(void); /* in the list */
const struct my_digit *last_digit(void);

/* Another window, or another file, gets a digit that no other is like. */
void file_in(const char *path, struct my_digits *other, int label);

#endif

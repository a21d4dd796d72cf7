/* text.h -- text from outside, fit to be shown; and how text ends. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>

/* Puts a question mark in the place of every byte that is no UTF-8 (names of files need not be) or
 * that could command a terminal. Returns text. */
char *text_mend(char *text);

bool text_ends_with(const char *text, const char *end);

#endif

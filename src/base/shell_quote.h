/* shell_quote.h -- words for a shell, whatever is in them. */
#ifndef BASE_SHELL_QUOTE_H
#define BASE_SHELL_QUOTE_H

#include <stdbool.h>
#include <stddef.h>

/* Appends a space and the word to a command, so that a POSIX shell takes it as that one word: as it
 * is where nothing in it means anything to a shell, else between single quotes. `room` is that of
 * the whole command, with the zero at its end. False, and the command as it was, where the word
 * does not fit: a command must never end within quotes. */
bool shell_quote_add(char *command, size_t room, const char *word);

#endif

/* err.h -- one sentence for the person at the window.
 *
 * A function that can fail for a reason outside the program (no such file, out of memory, a word
 * that makes no sense) returns false or NULL and leaves one sentence here: it names the thing and
 * the remedy. Nothing is printed. What it quotes from outside is made fit to be shown (text.h).
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

struct err {
    char text[400];
};

/* Writes the sentence, as printf does, cutting it where it is too long. Always returns false, so
 * that a failing function can end in `return err_set(err, ...)`. `err` may be NULL. */
bool err_set(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The sentence for an allocation that failed; `what` names the thing that did not fit. */
bool err_memory(struct err *err, const char *what);

#endif

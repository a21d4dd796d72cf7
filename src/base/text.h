/* text.h -- text from outside, fit to be shown; and how text ends.
 *
 * Names of files and what stands in files may be any bytes. Before a person or a terminal
 * gets them they pass through here: what is no UTF-8, and what commands a terminal or turns the
 * order of the text around it (control characters, those of two directions, ends of lines), is
 * taken out. JSON can carry all that is UTF-8.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the UTF-8 character that begins at `at`, in a text that ends in a zero byte; its number
 * in *code (may be NULL); 0: none begins there (RFC 3629), or the text ends. */
size_t text_character(const char *at, uint32_t *code);

/* The same in a text of len bytes, which may go on after them, or end in anything. */
size_t text_character_of(const char *at, size_t len, uint32_t *code);

/* Writes a character, which must be one that text_character reads, and returns its bytes. */
size_t text_write_character(char to[4], uint32_t code);

/* Whether a byte is within a character, not its first. */
bool text_continues(char c);

/* From one place between two characters to the next, at most `len`, and to the one before. What is
 * broken goes with the character before it. */
size_t text_next(const char *text, size_t len, size_t at);
size_t text_before(const char *text, size_t at);

/* Whether it is UTF-8 from beginning to end. */
bool text_is_utf8(const char *text);

/* As text_character, but 0 for a character that must not be shown, too. */
size_t text_shown_character(const char *at);

/* Puts a question mark in the place of every byte that must not be shown. Returns text. */
char *text_mend(char *text);

/* Puts a question mark in the place of every byte that is no UTF-8, and leaves all else: for JSON
 * in ASCII, which carries any character as it is and commands nobody. Returns text. */
char *text_make_utf8(char *text);

/* As text_mend of a copy, cut behind the last character that fits in room - 1 bytes. Returns `to`.
 */
char *text_mend_copy(const char *from, char *to, size_t room);

bool text_ends_with(const char *text, const char *end);

#endif

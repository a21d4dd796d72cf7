/* json_text.h -- text as JSON, and JSON as text, whole or not at all.
 *
 * json_text is in place of json_dumps, which leaves out keys for which there is no memory, and
 * succeeds.
 */
#ifndef BASE_JSON_TEXT_H
#define BASE_JSON_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Any text, such as the name of a file, as a string: the bytes that are no UTF-8 are question
 * marks, all others are kept, so that a name is the file's. NULL: no memory. */
struct json_t *json_any_text(const char *text);

struct buffer;
struct json_t;

/* Writes the value (NULL is one that did not fit in memory) at the end of `out`, which remembers
 * whether it failed. Flags are jansson's. */
void json_text_add(const struct json_t *value, size_t flags, struct buffer *out);

/* The same as a text of *size bytes (may be NULL), which the caller frees. NULL: no memory. */
char *json_text(const struct json_t *value, size_t flags, size_t *size);

#endif

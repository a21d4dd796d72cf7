/* json_text.h -- JSON as text, whole or not at all.
 *
 * In place of json_dumps, which leaves out keys for which there is no memory, and succeeds.
 */
#ifndef BASE_JSON_TEXT_H
#define BASE_JSON_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct json_t;

/* Writes the value (NULL is one that did not fit in memory) at the end of `out`, which remembers
 * whether it failed. Flags are jansson's. */
void json_text_add(const struct json_t *value, size_t flags, struct buffer *out);

/* The same as a text of *size bytes (may be NULL), which the caller frees. NULL: no memory. */
char *json_text(const struct json_t *value, size_t flags, size_t *size);

#endif

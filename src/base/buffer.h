/* buffer.h -- bytes in memory that grow as they are written.
 *
 *     struct buffer out = {0};
 *     buffer_print(&out, "%d digits\n", count);
 *     char *text = buffer_take(&out, &size);
 *
 * What does not fit in memory is remembered, so that it is enough to ask once, at the end. (A
 * stream of open_memstream drops what does not fit and says so to nobody who asks at its end.)
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct buffer { /* all zero is an empty one */
    char *data;
    size_t size, room;
    bool failed;
};

void buffer_add(struct buffer *buffer, const void *data, size_t size);
void buffer_print(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The *size bytes (may be NULL), which a zero byte follows; the caller frees them. NULL where
 * anything did not fit. The buffer is empty then. */
char *buffer_take(struct buffer *buffer, size_t *size);

#endif

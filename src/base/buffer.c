/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM_FIRST = 256 };

/* Room for `size` bytes more and a zero byte. */
static bool grow(struct buffer *buffer, size_t size)
{
    size_t need = buffer->size + size + 1, room = buffer->room ? buffer->room : ROOM_FIRST;
    while (room < need)
        room *= 2;
    if (room == buffer->room)
        return true;
    char *more = buffer->failed ? NULL : realloc(buffer->data, room);
    buffer->failed = more == NULL;
    if (!more)
        return false;
    buffer->data = more;
    buffer->room = room;
    return true;
}

void buffer_add(struct buffer *buffer, const void *data, size_t size)
{
    if (!grow(buffer, size))
        return;
    if (size > 0)
        memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
}

void buffer_print(struct buffer *buffer, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    if (grow(buffer, 0)) {
        size_t left = buffer->room - buffer->size;
        int len = vsnprintf(buffer->data + buffer->size, left, format, args);
        if (len < 0)
            buffer->failed = true;
        else if ((size_t)len >= left && grow(buffer, (size_t)len))
            len = vsnprintf(buffer->data + buffer->size, (size_t)len + 1, format, again);
        buffer->failed |= len < 0;
        buffer->size += buffer->failed ? 0 : (size_t)len;
    }
    va_end(again);
    va_end(args);
}

char *buffer_take(struct buffer *buffer, size_t *size)
{
    bool whole = grow(buffer, 0) && !buffer->failed;
    char *data = buffer->data;
    if (whole)
        data[buffer->size] = 0;
    else
        free(data);
    if (size)
        *size = whole ? buffer->size : 0;
    *buffer = (struct buffer){0};
    return whole ? data : NULL;
}

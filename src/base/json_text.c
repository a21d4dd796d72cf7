/* SPDX-License-Identifier: MIT */
#include "base/json_text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

json_t *json_any_text(const char *text)
{
    char *copy = strdup(text);
    json_t *string = copy ? json_string(text_make_utf8(copy)) : NULL;
    free(copy);
    return string;
}

static int add_piece(const char *data, size_t size, void *out)
{
    buffer_add(out, data, size);
    return ((struct buffer *)out)->failed ? -1 : 0;
}

void json_text_add(const json_t *value, size_t flags, struct buffer *out)
{
    if (!value || json_dump_callback(value, add_piece, out, flags) != 0)
        out->failed = true;
}

char *json_text(const json_t *value, size_t flags, size_t *size)
{
    struct buffer out = {0};
    json_text_add(value, flags, &out);
    return buffer_take(&out, size);
}

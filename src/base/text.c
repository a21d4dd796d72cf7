/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <string.h>

size_t text_character_of(const char *at, size_t len, uint32_t *code)
{
    static const struct {
        unsigned char mask, lead;
        uint32_t least; /* that needs so many bytes */
    } forms[] = {{0x80, 0, 1}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
    const unsigned char *byte = (const unsigned char *)at;
    for (size_t i = 0; i < 4 && i < len; i++) {
        if ((byte[0] & forms[i].mask) != forms[i].lead)
            continue;
        uint32_t number = byte[0] & (unsigned char)~forms[i].mask;
        for (size_t k = 1; k <= i; k++) {
            if (!text_continues(at[k]))
                return 0;
            number = number << 6 | (byte[k] & 0x3f);
        }
        bool surrogate = number >= 0xd800 && number <= 0xdfff;
        if (code)
            *code = number;
        return number < forms[i].least || number > 0x10ffff || surrogate ? 0 : i + 1;
    }
    return 0;
}

size_t text_character(const char *at, uint32_t *code)
{
    return text_character_of(at, SIZE_MAX, code);
}

size_t text_write_character(char to[4], uint32_t code)
{
    static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--, code >>= 6)
        to[i] = (char)(0x80 | (code & 0x3f));
    to[0] = (char)(leads[size] | code);
    return size;
}

bool text_continues(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

size_t text_next(const char *text, size_t len, size_t at)
{
    if (at < len)
        at++;
    while (at < len && text_continues(text[at]))
        at++;
    return at;
}

size_t text_before(const char *text, size_t at)
{
    if (at > 0)
        at--;
    while (at > 0 && text_continues(text[at]))
        at--;
    return at;
}

bool text_is_utf8(const char *text)
{
    for (size_t size; *text; text += size)
        if ((size = text_character(text, NULL)) == 0)
            return false;
    return true;
}

/* Commands to a terminal, ends of lines, and what writes the text after it in the other direction
 * (Unicode's Bidi_Control). */
static bool is_command(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x61c || code == 0x200e ||
           code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

size_t text_shown_character(const char *at)
{
    uint32_t code = 0;
    size_t size = text_character(at, &code);
    return is_command(code) ? 0 : size;
}

char *text_make_utf8(char *text)
{
    for (char *at = text; *at;) {
        size_t size = text_character(at, NULL);
        if (size == 0)
            *at = '?';
        at += size ? size : 1;
    }
    return text;
}

char *text_mend(char *text)
{
    for (char *at = text; *at;) {
        size_t size = text_shown_character(at);
        if (size == 0)
            *at = '?';
        at += size ? size : 1;
    }
    return text;
}

char *text_mend_copy(const char *from, char *to, size_t room)
{
    size_t used = 0;
    while (*from) {
        size_t size = text_shown_character(from), step = size ? size : 1;
        if (used + step + 1 > room)
            break;
        memcpy(to + used, size ? from : "?", step);
        used += step;
        from += step;
    }
    to[used] = 0;
    return to;
}

bool text_ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);
    return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

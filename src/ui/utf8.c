/* SPDX-License-Identifier: MIT */
/* From character to character in text. */
#include "ui/inside.h"

static bool continues(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

size_t ui_utf8_next(const char *text, size_t len, size_t at)
{
    if (at < len)
        at++;
    while (at < len && continues(text[at]))
        at++;
    return at;
}

size_t ui_utf8_before(const char *text, size_t at)
{
    if (at > 0)
        at--;
    while (at > 0 && continues(text[at]))
        at--;
    return at;
}

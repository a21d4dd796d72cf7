/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <stdint.h>
#include <string.h>

/* Bytes of the character at `at`, which ends in a zero byte; 0 if it must not be shown. */
static int measure(const unsigned char *at)
{
    static const struct {
        unsigned char mask, lead;
        uint32_t least; /* that needs so many bytes */
    } forms[] = {{0x80, 0, 0x20}, {0xe0, 0xc0, 0xa0}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
    for (int i = 0; i < 4; i++) {
        if ((at[0] & forms[i].mask) != forms[i].lead)
            continue;
        uint32_t code = at[0] & (unsigned char)~forms[i].mask;
        for (int k = 1; k <= i; k++) {
            if ((at[k] & 0xc0) != 0x80)
                return 0;
            code = code << 6 | (at[k] & 0x3f);
        }
        bool shown = code >= forms[i].least && code <= 0x10ffff && code != 0x7f &&
                     !(code >= 0xd800 && code <= 0xdfff);
        return shown ? i + 1 : 0;
    }
    return 0;
}

char *text_mend(char *text)
{
    for (char *at = text; *at;) {
        int len = measure((const unsigned char *)at);
        if (len == 0)
            *at = '?';
        at += len ? len : 1;
    }
    return text;
}

bool text_ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);
    return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

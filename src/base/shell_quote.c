/* SPDX-License-Identifier: MIT */
#include "base/shell_quote.h"

#include <string.h>

/* Letters and digits, and signs that mean nothing anywhere in a word; not "~", which does at its
 * beginning, nor "=", which makes a first word a variable. */
static bool is_plain(const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "-_./:,+@%";
    return word[0] && word[strspn(word, plain)] == 0;
}

/* Between single quotes everything is itself but the quote, which stands outside of them. */
static const char *piece_of(char c, size_t *size)
{
    static const char quote[] = "'\\''";
    *size = sizeof quote - 1;
    return c == '\'' ? quote : NULL;
}

static size_t quoted_size(const char *word)
{
    size_t size = 2, piece;
    for (; *word; word++)
        size += piece_of(*word, &piece) ? piece : 1;
    return size;
}

static char *write_quoted(char *at, const char *word)
{
    *at++ = '\'';
    for (; *word; word++) {
        size_t size;
        const char *piece = piece_of(*word, &size);
        if (piece) {
            memcpy(at, piece, size);
            at += size;
        } else {
            *at++ = *word;
        }
    }
    *at++ = '\'';
    return at;
}

bool shell_quote_add(char *command, size_t room, const char *word)
{
    size_t used = strlen(command);
    bool plain = is_plain(word);
    size_t size = plain ? strlen(word) : quoted_size(word);
    if (size + 2 > room - used)
        return false;
    char *at = command + used;
    *at++ = ' ';
    if (plain)
        memcpy(at, word, size + 1);
    else
        *write_quoted(at, word) = 0;
    return true;
}

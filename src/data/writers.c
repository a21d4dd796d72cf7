/* SPDX-License-Identifier: MIT */
#include "data/writers.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/language.h"

enum { WRITER_DIGITS_MAX = 7 };

/* A whole number without sign or space; NULL where there is none, else where it ends. */
static const char *read_writer(const char *text, int *writer)
{
    char *end;
    if (!isdigit((unsigned char)*text))
        return NULL;
    *writer = (int)strtol(text, &end, 10);
    return end - text <= WRITER_DIGITS_MAX ? end : NULL;
}

/* "7" or "7-9"; NULL where it is neither. */
static const char *read_range(const char *text, struct writers_range *range)
{
    const char *end = read_writer(text, &range->first);
    range->last = range->first;
    if (end && *end == '-')
        end = read_writer(end + 1, &range->last);
    return end && range->last >= range->first ? end : NULL;
}

bool writers_parse(const char *text, struct writers *writers, struct err *err)
{
    struct writers read = {0};
    const char *at = text;
    while (at && read.count < WRITERS_RANGES_MAX) {
        at = read_range(at, &read.ranges[read.count++]);
        if (at && *at == 0) {
            *writers = read;
            return true;
        }
        at = at && *at == ',' ? at + 1 : NULL;
    }
    return err_set(
        err, _("\"%.40s\" names no writers; give their numbers, such as 1-24 or 3,5,7-9."), text);
}

bool writers_have(const struct writers *writers, int writer)
{
    for (int i = 0; i < writers->count; i++)
        if (writer >= writers->ranges[i].first && writer <= writers->ranges[i].last)
            return true;
    return false;
}

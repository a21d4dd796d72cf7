/* SPDX-License-Identifier: MIT */
/* lesson_fill.c -- the numbers in a text: "{cost.3}". */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lesson/lesson.h"

struct slot {
    char name[CHECK_NAME_MAX];
    int digits;
};

/* Whether a number belongs at `text`; then *end is what comes behind it. */
static bool read_slot(const char *text, struct slot *slot, const char **end)
{
    const char *close = *text == '{' ? strchr(text, '}') : NULL;
    size_t length = close ? strcspn(text + 1, ".}") : 0;
    if (length == 0 || length >= sizeof slot->name)
        return false;
    memcpy(slot->name, text + 1, length);
    slot->name[length] = 0;
    slot->digits = 0;
    const char *point = text + 1 + length;
    if (*point == '.') {
        if (!isdigit((unsigned char)point[1]) || point[2] != '}')
            return false;
        slot->digits = point[1] - '0';
    }
    *end = close + 1;
    return lesson_is_name(slot->name);
}

/* "60,000.5" from "60000.5" */
static void write_grouped(const char *plain, char *to, size_t room)
{
    size_t whole = strcspn(plain, "."), at = 0;
    for (size_t i = 0; plain[i] && at + 2 < room; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            to[at++] = ',';
        to[at++] = plain[i];
    }
    to[at] = 0;
}

/* With a real minus, and none before a zero. */
static void write_number(double value, int digits, char *to, size_t room)
{
    char plain[64];
    if (!isfinite(value)) {
        snprintf(to, room, "\u2026");
        return;
    }
    snprintf(plain, sizeof plain, "%.*f", digits, fabs(value));
    bool zero = strspn(plain, "0.") == strlen(plain);
    int at = snprintf(to, room, "%s", value < 0 && !zero ? "\u2212" : "");
    write_grouped(plain, to + at, room - (size_t)at);
}

char *lesson_fill(const char *text, check_figure *figure, const void *user, char *to, size_t room)
{
    size_t at = 0;
    struct slot slot;
    const char *end;
    while (*text && at + 1 < room) {
        double value;
        if (!read_slot(text, &slot, &end)) {
            to[at++] = *text++;
            continue;
        }
        to[at] = 0;
        write_number(figure(user, slot.name, &value) ? value : NAN, slot.digits, to + at,
                     room - at);
        at += strlen(to + at);
        text = end;
    }
    to[at] = 0;
    return to;
}

bool lesson_text_stranger(const char *text, check_figure *figure, const void *user,
                          char name[CHECK_NAME_MAX])
{
    struct slot slot;
    const char *end;
    double value;
    for (; *text; text++) {
        if (!read_slot(text, &slot, &end) || figure(user, slot.name, &value))
            continue;
        memcpy(name, slot.name, CHECK_NAME_MAX);
        return true;
    }
    return false;
}

/* writers.h -- which of the people in a strokes file are meant: "1-24", "3,5,7-9".
 *
 * Digits of one hand resemble each other, so what is to tell how well a network reads strangers
 * must be parted from what it learns by writer, never by digit.
 */
#ifndef DATA_WRITERS_H
#define DATA_WRITERS_H

#include <stdbool.h>

struct err;

enum { WRITERS_RANGES_MAX = 32 };

struct writers {
    int count;
    struct writers_range {
        int first, last;
    } ranges[WRITERS_RANGES_MAX];
};

/* False with a sentence that says how it is written. */
bool writers_parse(const char *text, struct writers *writers, struct err *err);

bool writers_have(const struct writers *writers, int writer);

#endif

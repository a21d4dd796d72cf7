/* digits.h -- digits in and out of files in few words, for tests. */
#ifndef TESTS_DIGITS_H
#define TESTS_DIGITS_H

#include "data/my_digits.h"
#include "data/unipen.h"

/* Adds a digit of strokes alone, numbered by its place. */
static inline bool add_strokes(struct unipen *unipen, int label, int writer, const struct ink *ink,
                               struct err *err)
{
    struct unipen_digit digit = {
        .label = label, .writer = writer, .number = (int)unipen->count, .ink = *ink};
    return unipen_add_digit(unipen, &digit, err);
}

static inline struct my_digits *load_digits(const char *path, struct err *err)
{
    struct unipen_passed passed;
    return my_digits_import(path, &passed, err);
}

#endif

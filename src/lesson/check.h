/* check.h -- when a task of a lesson is solved: comparisons of figures, all of which must hold.
 *
 *     out00 = 1, steps <= 10, answer = delta within 0.001
 *
 * On each side of an operator (= != < <= > >=) stands a figure's name or a number. `within` says
 * how far apart two may be that count as equal; without it they must be equal to a billionth.
 */
#ifndef LESSON_CHECK_H
#define LESSON_CHECK_H

#include <stdbool.h>

struct err;

enum { CHECK_TERMS_MAX = 16, CHECK_NAME_MAX = 24 };

struct check_side {
    char name[CHECK_NAME_MAX]; /* of a figure; "": a number */
    double number;
};

enum check_operator { CHECK_IS, CHECK_IS_NOT, CHECK_BELOW, CHECK_AT_MOST, CHECK_ABOVE,
                      CHECK_AT_LEAST };

struct check_term {
    struct check_side left, right;
    enum check_operator operator;
    double within;
};

struct check {
    struct check_term terms[CHECK_TERMS_MAX];
    int count;
};

/* False with a sentence that quotes what is wrong. */
bool check_read(const char *text, struct check *check, struct err *err);

/* Who knows the figures. False: there is none of that name; what is not known yet is NAN. */
typedef bool check_figure(const void *user, const char *name, double *value);

/* Whether all terms hold. A figure that is not there, or not known, holds in none. */
bool check_holds(const struct check *check, check_figure *figure, const void *user);

/* The first name in it that `figure` doesn't know; NULL: it knows them all. */
const char *check_stranger(const struct check *check, check_figure *figure, const void *user);

#endif

/* SPDX-License-Identifier: MIT */
#include "lesson/check.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"

static const double usual_within = 1e-9;

static const struct {
    const char *text; /* the longer one first */
    enum check_operator operator;
} operators[] = {
    {"!=", CHECK_IS_NOT},   {"<=", CHECK_AT_MOST}, {">=", CHECK_AT_LEAST},
    {"=", CHECK_IS},        {"<", CHECK_BELOW},    {">", CHECK_ABOVE},
};

/* ---- reading --------------------------------------------------------------------------------- */

static void skip_blank(const char **text)
{
    *text += strspn(*text, " \t");
}

static size_t word_length(const char *text)
{
    return strcspn(text, " \t,=!<>");
}

static bool read_side(const char **text, struct check_side *side, struct err *err)
{
    char *end;
    skip_blank(text);
    size_t length = word_length(*text);
    double number = strtod(*text, &end);
    *side = (struct check_side){.number = number};
    if (length == 0)
        return err_set(err, _("A figure or a number is missing before \"%.40s\"."), *text);
    if (end == *text + length && isfinite(number)) {
        *text = end;
        return true;
    }
    if (length >= sizeof side->name || !islower((unsigned char)**text))
        return err_set(err, _("\"%.*s\" is neither a number nor the name of a figure."),
                       (int)(length < 40 ? length : 40), *text);
    memcpy(side->name, *text, length);
    *text += length;
    return true;
}

static bool read_operator(const char **text, enum check_operator *operator, struct err *err)
{
    skip_blank(text);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        size_t length = strlen(operators[i].text);
        if (strncmp(*text, operators[i].text, length) == 0) {
            *operator = operators[i].operator;
            *text += length;
            return true;
        }
    }
    return err_set(err, _("One of = != < <= > >= is missing before \"%.40s\"."), *text);
}

static bool read_within(const char **text, double *within, struct err *err)
{
    static const char word[] = "within";
    struct check_side side;
    skip_blank(text);
    *within = usual_within;
    if (word_length(*text) != strlen(word) || strncmp(*text, word, strlen(word)) != 0)
        return true;
    *text += strlen(word);
    if (!read_side(text, &side, err))
        return false;
    if (side.name[0] || side.number < 0)
        return err_set(err, _("Behind \"within\" stands a number that is not negative."));
    *within = side.number;
    return true;
}

/* *more: a comma says that there is another. */
static bool read_term(const char **text, struct check_term *term, bool *more, struct err *err)
{
    if (!read_side(text, &term->left, err) || !read_operator(text, &term->operator, err) ||
        !read_side(text, &term->right, err) || !read_within(text, &term->within, err))
        return false;
    skip_blank(text);
    *more = **text == ',';
    *text += *more;
    if (!*more && **text)
        return err_set(err, _("\"%.40s\" is in the way: a comma stands between two checks."),
                       *text);
    return true;
}

bool check_read(const char *text, struct check *check, struct err *err)
{
    bool more;
    check->count = 0;
    do {
        if (check->count == CHECK_TERMS_MAX)
            return err_set(err, _("A task has at most %d checks."), CHECK_TERMS_MAX);
        if (!read_term(&text, &check->terms[check->count++], &more, err))
            return false;
    } while (more);
    return true;
}

/* ---- whether it holds ------------------------------------------------------------------------ */

static double value_of(const struct check_side *side, check_figure *figure, const void *user)
{
    double value;
    if (!side->name[0])
        return side->number;
    return figure(user, side->name, &value) ? value : NAN;
}

static bool term_holds(const struct check_term *term, check_figure *figure, const void *user)
{
    double left = value_of(&term->left, figure, user);
    double right = value_of(&term->right, figure, user);
    bool equal = fabs(left - right) <= term->within;
    if (isnan(left) || isnan(right))
        return false;
    switch (term->operator) {
    case CHECK_IS: return equal || left == right;
    case CHECK_IS_NOT: return !equal && left != right;
    case CHECK_BELOW: return left < right;
    case CHECK_AT_MOST: return left <= right;
    case CHECK_ABOVE: return left > right;
    case CHECK_AT_LEAST: return left >= right;
    }
    return false;
}

bool check_holds(const struct check *check, check_figure *figure, const void *user)
{
    for (int i = 0; i < check->count; i++)
        if (!term_holds(&check->terms[i], figure, user))
            return false;
    return check->count > 0;
}

const char *check_stranger(const struct check *check, check_figure *figure, const void *user)
{
    double value;
    for (int i = 0; i < check->count; i++) {
        const struct check_term *term = &check->terms[i];
        if (term->left.name[0] && !figure(user, term->left.name, &value))
            return term->left.name;
        if (term->right.name[0] && !figure(user, term->right.name, &value))
            return term->right.name;
    }
    return NULL;
}

/* SPDX-License-Identifier: MIT */
/* my_digits_files.c -- lists of digits in files, and as data sets. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "data/my_digits_inside.h"
#include "data/unipen.h"

static struct my_digit *take_digit(struct my_digits *my, const struct unipen_digit *from,
                                   uint32_t number, struct err *err)
{
    struct ink_fit fit;
    if (!from->picture)
        ink_fit(&from->ink, &fit);
    return my_digits_make(my, from->label, number, &from->ink,
                          from->picture ? from->picture : fit.pixels, err);
}

/* The numbers of our own files are kept; where they do not rise, all are given anew. */
static bool numbers_are_good(const struct unipen *unipen)
{
    for (uint32_t i = 1; i < unipen->count; i++)
        if (unipen->digits[i].number <= unipen->digits[i - 1].number)
            return false;
    return true;
}

/* Puts the digits of a file into an empty list, which then has no step to undo. */
static bool take_all(struct my_digits *my, const struct unipen *unipen, struct err *err)
{
    struct list *list = &my->lists[0];
    list->digits = my_digits_copy_list(my, unipen->count, err);
    if (!list->digits)
        return false;
    bool numbered = numbers_are_good(unipen);
    for (uint32_t i = 0; i < unipen->count; i++) {
        uint32_t number = numbered ? (uint32_t)unipen->digits[i].number : i;
        const struct my_digit *digit = take_digit(my, &unipen->digits[i], number, err);
        if (!digit)
            return false;
        list->digits[list->count++] = digit;
        my->next_number = number + 1;
    }
    return my_digits_settle_ids(my, NULL, 0, unipen->count, err);
}

/* Of at most `most` digits; frees what was read. */
static struct my_digits *make_list(struct unipen *unipen, uint32_t most, struct err *err)
{
    struct my_digits *my = unipen ? my_digits_new(err) : NULL;
    if (my && unipen->count > most)
        my_digits_has_room(my, unipen->count, err);
    if (my && (unipen->count > most || !take_all(my, unipen, err))) {
        my_digits_free(my);
        my = NULL;
    }
    unipen_free(unipen);
    return my;
}

struct my_digits *my_digits_import(const char *path, struct unipen_passed *passed, struct err *err)
{
    struct unipen *unipen = unipen_load(path, err);
    if (unipen)
        *passed = unipen->passed;
    return make_list(unipen, MY_DIGITS_MAX, err);
}

struct my_digits *my_digits_load_own(const char *path, bool *damaged, uint32_t *lost,
                                     struct err *err)
{
    struct my_digits *my = make_list(unipen_salvage(path, lost, err), UINT32_MAX, err);
    *damaged = my && (*lost > 0 || (my_digits_count(my) == 0 && !unipen_has_beginning(path)));
    return my;
}

bool my_digits_save(const char *path, const struct my_digit *const *digits, uint32_t count,
                    struct err *err)
{
    struct unipen *unipen = unipen_new(err);
    bool ok = unipen != NULL;
    for (uint32_t i = 0; i < count && ok; i++) {
        struct unipen_digit digit = {
            .label = digits[i]->label,
            .number = (int)digits[i]->number,
            .ink = digits[i]->ink,
            .picture = (uint8_t *)digits[i]->pixels, /* which is copied, not changed */
        };
        ok = unipen_add_digit(unipen, &digit, err);
    }
    ok = ok && unipen_save(path, unipen, err);
    unipen_free(unipen);
    return ok;
}

/* ---- what a list has that others have not ---------------------------------------------------- */

/* A digit by its picture alone. */
struct look {
    uint64_t pixels; /* a number made of them */
    const struct my_digit *digit;
};

static int compare_looks(const void *a, const void *b)
{
    uint64_t x = ((const struct look *)a)->pixels, y = ((const struct look *)b)->pixels;
    return (x > y) - (x < y);
}

static struct look *make_looks(const struct my_digit *const *digits, uint32_t count)
{
    struct look *looks = malloc(((size_t)count + 1) * sizeof *looks);
    for (uint32_t i = 0; looks && i < count; i++)
        looks[i] = (struct look){my_digits_content_id(NULL, digits[i]->pixels), digits[i]};
    if (looks)
        qsort(looks, count, sizeof *looks, compare_looks);
    return looks;
}

/* What went through a file of pictures has lost its strokes. */
static bool may_be_same_ink(const struct ink *a, const struct ink *b)
{
    return a->point_count == 0 || b->point_count == 0 || a->point_count == b->point_count;
}

static bool is_among(const struct my_digit *digit, const struct look *looks, uint32_t count)
{
    const struct look key = {.pixels = my_digits_content_id(NULL, digit->pixels)},
                      *end = looks + count;
    const struct look *look = count ? bsearch(&key, looks, count, sizeof key, compare_looks) : NULL;
    while (look && look > looks && look[-1].pixels == key.pixels)
        look--; /* the first of those that look alike */
    for (; look && look < end && look->pixels == key.pixels; look++)
        if (may_be_same_ink(&look->digit->ink, &digit->ink))
            return true;
    return false;
}

static bool take_unknown(struct my_digits *unknown, const struct my_digits *of,
                         const struct look *looks, uint32_t known_count, struct err *err)
{
    struct list *list = &unknown->lists[0];
    list->digits = my_digits_copy_list(unknown, my_digits_count(of), err);
    if (!list->digits)
        return false;
    for (uint32_t i = 0; i < my_digits_count(of); i++) {
        const struct my_digit *digit = my_digits_at(of, i);
        if (is_among(digit, looks, known_count))
            continue;
        list->digits[list->count] = my_digits_make(unknown, digit->label, unknown->next_number,
                                                   &digit->ink, digit->pixels, err);
        if (!list->digits[list->count])
            return false;
        list->count++;
        unknown->next_number++;
    }
    return my_digits_settle_ids(unknown, NULL, 0, list->count, err);
}

struct my_digits *my_digits_unknown(const struct my_digits *of, const struct my_digit *const *known,
                                    uint32_t known_count, struct err *err)
{
    struct my_digits *unknown = my_digits_new(err);
    struct look *looks = make_looks(known, known_count);
    for (uint32_t i = 0; unknown && i < known_count; i++)
        if (known[i]->number >= unknown->next_number)
            unknown->next_number = known[i]->number + 1;
    bool ok = unknown && (looks || err_memory(err, _("your digits"))) &&
              take_unknown(unknown, of, looks, known_count, err);
    free(looks);
    if (ok)
        return unknown;
    my_digits_free(unknown);
    return NULL;
}

/* ---- data sets ------------------------------------------------------------------------------- */

struct my_digits *my_digits_from_set(const struct dataset *set, struct err *err)
{
    struct my_digits *my = my_digits_new(err);
    bool ok = my && my_digits_has_room(my, set->count, err);
    const struct my_digit **digits = ok ? my_digits_copy_list(my, set->count, err) : NULL;
    for (uint32_t i = 0; digits && i < set->count; i++) {
        digits[i] =
            my_digits_make(my, set->labels[i], i, NULL, set->pixels + (size_t)i * FIT_LEN, err);
        ok = ok && digits[i];
    }
    if (!digits || !ok || !my_digits_settle_ids(my, NULL, 0, set->count, err)) {
        free(digits);
        my_digits_free(my);
        return NULL;
    }
    my->lists[0] = (struct list){digits, set->count, 0};
    my->next_number = set->count;
    return my;
}

struct dataset *my_digits_to_set(const struct my_digit *const *digits, uint32_t count,
                                 struct err *err)
{
    struct dataset *set = dataset_new("my digits", count, err);
    for (uint32_t i = 0; set && i < count; i++) {
        memcpy(set->pixels + (size_t)i * FIT_LEN, digits[i]->pixels, FIT_LEN);
        set->labels[i] = (uint8_t)digits[i]->label;
    }
    return set;
}

/* my_digits.h -- the digits that a person taught: a list that can be changed, undone, kept and
 * handed on.
 *
 * Every change makes a new list beside the old one, which undo goes back to; a digit itself never
 * changes once it is in a list. So another thread may save the list of a moment (my_digits_all)
 * while this one goes on, for as long as the struct is there.
 *
 * The file is UNIPEN text (unipen.h) with a picture for each digit, which stands alone where there
 * were no strokes: digits from IDX files and PNG pictures.
 */
#ifndef DATA_MY_DIGITS_H
#define DATA_MY_DIGITS_H

#include <stdbool.h>
#include <stdint.h>

#include "ink/fit.h"
#include "ink/stroke.h"

struct dataset;
struct err;
struct unipen_passed;

enum {
    MY_DIGITS_MAX = 5000,    /* digits up to which a list can be added to; a file may hold more */
    MY_DIGITS_UNDO_MAX = 64, /* lists that are kept to go back to */
    MY_DIGITS_HELD_OUT = 5,  /* about one in so many is for checking */
};

struct my_digit {
    int label;               /* 0 to 9 */
    uint32_t number;         /* its own for as long as it is kept, in any order of the list */
    uint64_t id;             /* of strokes and picture: what other windows know it by, whatever its
                              * label and number; no two of a list have the same */
    struct ink ink;          /* empty where there is a picture only */
    uint8_t pixels[FIT_LEN]; /* as ink/fit.h leaves them */
};

/* Whether it is kept for checking, and not learnt: by lot from its number, for ever. By lot,
 * because whoever teaches 0 to 9 again and again would else have the same two kinds held out each
 * time. */
bool my_digits_is_held_out(const struct my_digit *digit);

struct my_digits;

struct my_digits *my_digits_new(struct err *err); /* empty */
void my_digits_free(struct my_digits *list);      /* NULL is fine */

/* ---- looking ------------------------------------------------------------------------------- */

uint32_t my_digits_count(const struct my_digits *list);
const struct my_digit *my_digits_at(const struct my_digits *list, uint32_t i);

/* A copy of the list as it is now: the array is freed by the caller, the digits last as long as the
 * struct. NULL when memory is short. */
const struct my_digit **my_digits_all(const struct my_digits *list, struct err *err);

/* Where in the list the digit with that id is, or -1. */
int my_digits_find(const struct my_digits *list, uint64_t id);

/* Goes up with every change, never down. */
uint64_t my_digits_changes(const struct my_digits *list);

/* Which list it is: undo goes back to an earlier one's, and no two lists have the same. */
uint64_t my_digits_version(const struct my_digits *list);

/* ---- changing --------------------------------------------------------------------------------
 *
 * Each is one step of undo. False with a sentence, and nothing changed: too many digits, no
 * memory. */

/* Appends a digit. `ink` may be NULL or empty; pixels are [FIT_LEN]. */
bool my_digits_add(struct my_digits *list, int label, const struct ink *ink, const uint8_t *pixels,
                   struct err *err);

/* Appends copies of all digits of another, with new numbers. */
bool my_digits_add_all(struct my_digits *list, const struct my_digits *from, struct err *err);

bool my_digits_relabel(struct my_digits *list, uint32_t i, int label, struct err *err);
bool my_digits_remove(struct my_digits *list, uint32_t i, struct err *err);

bool my_digits_can_undo(const struct my_digits *list);
bool my_digits_can_redo(const struct my_digits *list);
bool my_digits_undo(struct my_digits *list); /* these two tell whether there was a step to take */
bool my_digits_redo(struct my_digits *list);

/* ---- files ----------------------------------------------------------------------------------- */

/* Reads a UNIPEN file of any origin, and tells what else was in it: where it has no pictures, they
 * are made of the strokes. NULL with a sentence; more than MY_DIGITS_MAX digits are one reason. */
struct my_digits *my_digits_import(const char *path, struct unipen_passed *passed, struct err *err);

/* Reads the person's own file, however many digits it holds, and of a damaged one what is whole:
 * then *damaged is true, and *lost counts the digits that could not be read, as far as one can
 * tell. NULL with a sentence where it may be sound and yet cannot be read: no such file, no memory,
 * a folder. */
struct my_digits *my_digits_load_own(const char *path, bool *damaged, uint32_t *lost,
                                     struct err *err);

/* Writes the digits of my_digits_all, atomically. */
bool my_digits_save(const char *path, const struct my_digit *const *digits, uint32_t count,
                    struct err *err);

/* Those digits of a list whose pixels none of `known` has, or none with as many points, whatever
 * their names; one without strokes may be any.
 * They are numbered on from the known. NULL: no memory. The caller frees the result. */
struct my_digits *my_digits_unknown(const struct my_digits *of, const struct my_digit *const *known,
                                    uint32_t known_count, struct err *err);

/* Digits without strokes, from a set and back. The caller frees the result. */
struct my_digits *my_digits_from_set(const struct dataset *set, struct err *err);
struct dataset *my_digits_to_set(const struct my_digit *const *digits, uint32_t count,
                                 struct err *err);

#endif

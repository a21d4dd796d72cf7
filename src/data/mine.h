/* mine.h -- the digits that a person taught: a list that can be changed, undone, kept and handed
 * on.
 *
 * Every change makes a new list beside the old one, which undo goes back to; a digit itself never
 * changes once it is in a list. So another thread may save the list of a moment (mine_digits) while
 * this one goes on, for as long as the struct is there.
 *
 * The file is UNIPEN text (unipen.h) with a picture for each digit, which stands alone where there
 * were no strokes: digits from IDX files and PNG pictures.
 */
#ifndef DATA_MINE_H
#define DATA_MINE_H

#include <stdbool.h>
#include <stdint.h>

#include "ink/fit.h"
#include "ink/stroke.h"

struct dataset;
struct err;
struct unipen_passed;

enum {
    MINE_MAX = 5000,      /* digits up to which a list can be added to; a file may hold more */
    MINE_UNDO_MAX = 64,   /* lists that are kept to go back to */
    MINE_HELD_OUT = 5,    /* about one in so many is for checking */
};

struct mine_digit {
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
bool mine_is_held_out(const struct mine_digit *digit);

struct mine;

struct mine *mine_new(struct err *err); /* empty */
void mine_free(struct mine *mine);      /* NULL is fine */

/* ---- looking ------------------------------------------------------------------------------- */

uint32_t mine_count(const struct mine *mine);
const struct mine_digit *mine_at(const struct mine *mine, uint32_t i);

/* A copy of the list as it is now: the array is freed by the caller, the digits last as long as the
 * struct. NULL when memory is short. */
const struct mine_digit **mine_digits(const struct mine *mine, struct err *err);

/* Where in the list the digit with that id is, or -1. */
int mine_find(const struct mine *mine, uint64_t id);

/* Goes up with every change, never down. */
uint64_t mine_changes(const struct mine *mine);

/* Which list it is: undo goes back to an earlier one's, and no two lists have the same. */
uint64_t mine_version(const struct mine *mine);

/* ---- changing --------------------------------------------------------------------------------
 *
 * Each is one step of undo. False with a sentence, and nothing changed: too many digits, no
 * memory. */

/* Appends a digit. `ink` may be NULL or empty; pixels are [FIT_LEN]. */
bool mine_add(struct mine *mine, int label, const struct ink *ink, const uint8_t *pixels,
              struct err *err);

/* Appends copies of all digits of another, with new numbers. */
bool mine_add_all(struct mine *mine, const struct mine *from, struct err *err);

bool mine_relabel(struct mine *mine, uint32_t i, int label, struct err *err);
bool mine_remove(struct mine *mine, uint32_t i, struct err *err);

bool mine_can_undo(const struct mine *mine);
bool mine_can_redo(const struct mine *mine);
bool mine_undo(struct mine *mine); /* these two tell whether there was a step to take */
bool mine_redo(struct mine *mine);

/* ---- files ----------------------------------------------------------------------------------- */

/* Reads a UNIPEN file of any origin: where it has no pictures, they are made of the strokes. NULL
 * with a sentence; more than MINE_MAX digits are one reason. */
struct mine *mine_load(const char *path, struct err *err);

/* The same, and tells what else was in the file. */
struct mine *mine_import(const char *path, struct unipen_passed *passed, struct err *err);

/* Reads the person's own file, however many digits it holds, and of a damaged one what is whole:
 * then *damaged is true, and *lost counts the digits that could not be read, as far as one can
 * tell. NULL with a sentence where it may be sound and yet cannot be read: no such file, no memory,
 * a folder. */
struct mine *mine_load_own(const char *path, bool *damaged, uint32_t *lost, struct err *err);

/* Writes the digits of mine_digits, atomically. */
bool mine_save(const char *path, const struct mine_digit *const *digits, uint32_t count,
               struct err *err);

/* Those digits of a list whose pixels none of `known` has, or none with as many points, whatever
 * their names; one without strokes may be any.
 * They are numbered on from the known. NULL: no memory. The caller frees the result. */
struct mine *mine_unknown(const struct mine *of, const struct mine_digit *const *known,
                          uint32_t known_count, struct err *err);

/* Digits without strokes, from a set and back. The caller frees the result. */
struct mine *mine_from_set(const struct dataset *set, struct err *err);
struct dataset *mine_to_set(const struct mine_digit *const *digits, uint32_t count,
                            struct err *err);

#endif

/* my_digits_inside.h -- what a list of digits is made of, for the files that change it. */
#ifndef DATA_MY_DIGITS_INSIDE_H
#define DATA_MY_DIGITS_INSIDE_H

#include "data/my_digits.h"

/* A list of a moment. It is never changed once it stands in the history. */
struct list {
    const struct my_digit **digits;
    uint32_t count;
    uint64_t version;
};

struct my_digits {
    struct my_digit **made; /* every digit that was ever in a list, to be freed */
    uint32_t made_count, made_room;
    uint32_t next_number;
    uint64_t changes, next_version;
    struct list lists[MY_DIGITS_UNDO_MAX + 1]; /* the history; never empty */
    int list_count, list_at;                   /* the current one is lists[list_at] */
};

/* A digit of the list's own, not yet in any list of the history. NULL with a sentence. */
struct my_digit *my_digits_make(struct my_digits *my, int label, uint32_t number,
                                const struct ink *ink, const uint8_t *pixels, struct err *err);

/* A copy of the current list with room for `more`. NULL with a sentence. */
const struct my_digit **my_digits_copy_list(const struct my_digits *my, uint32_t more,
                                            struct err *err);

bool my_digits_has_room(const struct my_digits *my, uint32_t more, struct err *err);

/* ---- identity (my_digits_id.c)
 * -------------------------------------------------------------------- */

/* By strokes and picture alone. */
uint64_t my_digits_content_id(const struct ink *ink, const uint8_t *pixels);

/* Gives the `fresh_count` digits that were made last ids that none of `before` has, nor one of
 * themselves: of digits that are drawn alike the second gets another. False without memory. */
bool my_digits_settle_ids(struct my_digits *my, const struct my_digit *const *before,
                          uint32_t count, uint32_t fresh_count, struct err *err);

#endif

/* my_digits_merge.h -- one file of digits, changed in several windows: what each of them wished
 * counts, digit by digit, and the later wish where two are about the same one.
 *
 * Three lists are compared: the file as this window last read or wrote it (the base), this window's
 * list, and the file as it is now (theirs). What differs from the base was changed there; what is
 * not in it is new. Digits are known by their id.
 *
 *     my_digits_merge(&base, digits, count, theirs, true, &merged, &news, &err);
 *     ... write merged.list; its traces are the next base ...
 *     my_digits_take_news(my, &news, &err);      on the thread that changes the list
 */
#ifndef DATA_MY_DIGITS_MERGE_H
#define DATA_MY_DIGITS_MERGE_H

#include "data/my_digits.h"

/* A digit as it was. */
struct my_digits_trace {
    uint64_t id;
    int label;
};

struct my_digits_traces {
    struct my_digits_trace *items; /* by id */
    uint32_t count;
};

/* What there was is freed. False with a sentence, and nothing changed. */
bool my_digits_traces_set(struct my_digits_traces *traces, const struct my_digit *const *digits,
                          uint32_t count, struct err *err);
void my_digits_traces_clear(struct my_digits_traces *traces);

/* The trace of that id, or NULL. */
const struct my_digits_trace *my_digits_find_trace(const struct my_digits_traces *traces,
                                                   uint64_t id);

/* Whether these are the digits, under the same labels. */
bool my_digits_traces_hold(const struct my_digits_traces *traces,
                           const struct my_digit *const *digits, uint32_t count);

/* Something that another window did to a digit of this one's; or another number, as its own was
 * given in the other window, too. */
struct my_digits_change {
    uint64_t id;
    int from, label; /* as it was in the list that was merged, and as it is now */
    uint32_t number;
    bool gone;
};

struct my_digits_news {
    struct my_digits *theirs; /* or NULL: the file had not changed */
    const struct my_digit **added;
    uint32_t added_count;
    struct my_digits_change *changes; /* by id */
    uint32_t change_count;
};

void my_digits_news_clear(struct my_digits_news *news);

/* The one about that id in a list sorted by them, or NULL. */
struct my_digits_change *my_digits_find_change(struct my_digits_change *changes, uint32_t count,
                                               uint64_t id);

/* The digits to write, their numbers rising. They share the strokes of those that were merged. */
struct my_digits_merged {
    struct my_digit *digits;
    const struct my_digit **list;
    uint32_t count;
};

void my_digits_merged_clear(struct my_digits_merged *merged);

/* theirs: NULL where the file is as this window left it; the news have it afterwards. whole: false
 * where it was damaged, so that what is not in it was not deleted, nor named anew. False with a
 * sentence: then `theirs` is freed, and `merged` and `news` are empty. */
bool my_digits_merge(const struct my_digits_traces *base, const struct my_digit *const *ours,
                     uint32_t count, struct my_digits *theirs, bool whole,
                     struct my_digits_merged *merged, struct my_digits_news *news, struct err *err);

/* Does to every list of the history what others did, so that undo takes back this window's own
 * changes only. What was changed here since the merge stays. False with a sentence, and nothing
 * changed. */
bool my_digits_take_news(struct my_digits *my, const struct my_digits_news *news, struct err *err);

#endif

/* mine_merge.h -- one file of digits, changed in several windows: what each of them wished counts,
 * digit by digit, and the later wish where two are about the same one.
 *
 * Three lists are compared: the file as this window last read or wrote it (the base), this window's
 * list, and the file as it is now (theirs). What differs from the base was changed there; what is
 * not in it is new. Digits are known by their id.
 *
 *     mine_merge(&base, digits, count, theirs, true, &merged, &news, &err);
 *     ... write merged.list; its traces are the next base ...
 *     mine_take_news(mine, &news, &err);      on the thread that changes the list
 */
#ifndef DATA_MINE_MERGE_H
#define DATA_MINE_MERGE_H

#include "data/mine.h"

/* A digit as it was. */
struct mine_trace {
    uint64_t id;
    int label;
};

struct mine_traces {
    struct mine_trace *items; /* by id */
    uint32_t count;
};

/* What there was is freed. False with a sentence, and nothing changed. */
bool mine_traces_set(struct mine_traces *traces, const struct mine_digit *const *digits,
                     uint32_t count, struct err *err);
void mine_traces_clear(struct mine_traces *traces);

/* The trace of that id, or NULL. */
const struct mine_trace *mine_find_trace(const struct mine_traces *traces, uint64_t id);

/* Whether these are the digits, under the same labels. */
bool mine_traces_hold(const struct mine_traces *traces, const struct mine_digit *const *digits,
                      uint32_t count);

/* Something that another window did to a digit of this one's; or another number, as its own was
 * given in the other window, too. */
struct mine_change {
    uint64_t id;
    int from, label; /* as it was in the list that was merged, and as it is now */
    uint32_t number;
    bool gone;
};

struct mine_news {
    struct mine *theirs; /* or NULL: the file had not changed */
    const struct mine_digit **added;
    uint32_t added_count;
    struct mine_change *changes; /* by id */
    uint32_t change_count;
};

void mine_news_clear(struct mine_news *news);

/* The one about that id in a list sorted by them, or NULL. */
struct mine_change *mine_find_change(struct mine_change *changes, uint32_t count, uint64_t id);

/* The digits to write, their numbers rising. They share the strokes of those that were merged. */
struct mine_merged {
    struct mine_digit *digits;
    const struct mine_digit **list;
    uint32_t count;
};

void mine_merged_clear(struct mine_merged *merged);

/* theirs: NULL where the file is as this window left it; the news have it afterwards. whole: false
 * where it was damaged, so that what is not in it was not deleted, nor named anew. False with a
 * sentence: then `theirs` is freed, and `merged` and `news` are empty. */
bool mine_merge(const struct mine_traces *base, const struct mine_digit *const *ours,
                uint32_t count, struct mine *theirs, bool whole, struct mine_merged *merged,
                struct mine_news *news, struct err *err);

/* Does to every list of the history what others did, so that undo takes back this window's own
 * changes only. What was changed here since the merge stays. False with a sentence, and nothing
 * changed. */
bool mine_take_news(struct mine *mine, const struct mine_news *news, struct err *err);

#endif

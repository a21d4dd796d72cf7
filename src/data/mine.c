/* SPDX-License-Identifier: MIT */
#include "data/mine.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "data/dataset.h"
#include "data/unipen.h"

enum { HELD_OUT_SEED = 5 };

/* A list of a moment. It is never changed once it stands in the history. */
struct list {
    const struct mine_digit **digits;
    uint32_t count;
    uint64_t version;
};

struct mine {
    struct mine_digit **made; /* every digit that was ever in a list, to be freed */
    uint32_t made_count, made_room;
    uint32_t next_number;
    uint64_t changes, next_version;
    struct list lists[MINE_UNDO_MAX + 1]; /* the history; never empty */
    int list_count, list_at;              /* the current one is lists[list_at] */
};

bool mine_is_held_out(const struct mine_digit *digit)
{
    struct rng rng = rng_new(HELD_OUT_SEED, digit->number);
    return rng_below(&rng, MINE_HELD_OUT) == 0;
}

struct mine *mine_new(struct err *err)
{
    struct mine *mine = calloc(1, sizeof *mine);
    if (!mine) {
        err_memory(err, "your digits");
        return NULL;
    }
    mine->list_count = 1;
    mine->next_version = 1;
    return mine;
}

static void free_digit(struct mine_digit *digit)
{
    if (digit)
        ink_free(&digit->ink);
    free(digit);
}

void mine_free(struct mine *mine)
{
    if (!mine)
        return;
    for (uint32_t i = 0; i < mine->made_count; i++)
        free_digit(mine->made[i]);
    for (int i = 0; i < mine->list_count; i++)
        free(mine->lists[i].digits);
    free(mine->made);
    free(mine);
}

/* ---- looking ------------------------------------------------------------------------------- */

static const struct list *current_list(const struct mine *mine)
{
    return &mine->lists[mine->list_at];
}

uint32_t mine_count(const struct mine *mine)
{
    return current_list(mine)->count;
}

const struct mine_digit *mine_at(const struct mine *mine, uint32_t i)
{
    assert(i < mine_count(mine));
    return current_list(mine)->digits[i];
}

/* A copy of the current list with room for `more`. NULL with a sentence. */
static const struct mine_digit **copy_list(const struct mine *mine, uint32_t more, struct err *err)
{
    const struct list *list = current_list(mine);
    size_t room = (size_t)list->count + more + 1;
    const struct mine_digit **digits = malloc(room * sizeof *digits);
    if (!digits) {
        err_memory(err, "your digits");
        return NULL;
    }
    if (list->count > 0)
        memcpy(digits, list->digits, list->count * sizeof *digits);
    return digits;
}

const struct mine_digit **mine_digits(const struct mine *mine, struct err *err)
{
    return copy_list(mine, 0, err);
}

const struct mine_digit **mine_known(const struct mine *mine, uint32_t *count, struct err *err)
{
    const struct mine_digit **known = malloc((mine->made_count + 1) * sizeof *known);
    if (!known) {
        err_memory(err, "your digits");
        return NULL;
    }
    for (uint32_t i = 0; i < mine->made_count; i++)
        known[i] = mine->made[i];
    *count = mine->made_count;
    return known;
}

uint64_t mine_changes(const struct mine *mine)
{
    return mine->changes;
}

uint64_t mine_version(const struct mine *mine)
{
    return current_list(mine)->version;
}

/* ---- changing ------------------------------------------------------------------------------ */

/* A digit of our own, not yet in any list. NULL with a sentence. */
static struct mine_digit *make_digit(struct mine *mine, int label, uint32_t number,
                                     const struct ink *ink, const uint8_t *pixels, struct err *err)
{
    struct mine_digit *digit = calloc(1, sizeof *digit);
    if (mine->made_count == mine->made_room) {
        uint32_t room = 2 * mine->made_room + 64;
        struct mine_digit **more = realloc(mine->made, room * sizeof *more);
        if (more) {
            mine->made = more;
            mine->made_room = room;
        }
    }
    if (!digit || mine->made_count == mine->made_room ||
        (ink && !ink_copy(&digit->ink, ink, NULL))) {
        free_digit(digit);
        err_memory(err, "the digit");
        return NULL;
    }
    digit->label = label;
    digit->number = number;
    memcpy(digit->pixels, pixels, FIT_LEN);
    mine->made[mine->made_count++] = digit;
    return digit;
}

/* The list, which it takes over, becomes the current one; what could be redone is forgotten, and
 * the oldest list where there are too many. */
static void push_list(struct mine *mine, const struct mine_digit **digits, uint32_t count)
{
    while (mine->list_count > mine->list_at + 1)
        free(mine->lists[--mine->list_count].digits);
    if (mine->list_count == MINE_UNDO_MAX + 1) {
        free(mine->lists[0].digits);
        memmove(mine->lists, mine->lists + 1, MINE_UNDO_MAX * sizeof *mine->lists);
        mine->list_count--;
    }
    mine->lists[mine->list_count++] = (struct list){digits, count, mine->next_version++};
    mine->list_at = mine->list_count - 1;
    mine->changes++;
}

static bool has_room(const struct mine *mine, uint32_t more, struct err *err)
{
    if (mine_count(mine) + more <= MINE_MAX)
        return true;
    return err_set(err, "%u more digits would be more than the %d that are kept; delete or export "
                   "some first.", more, MINE_MAX);
}

bool mine_add(struct mine *mine, int label, const struct ink *ink, const uint8_t *pixels,
              struct err *err)
{
    if (!has_room(mine, 1, err))
        return false;
    const struct mine_digit **digits = copy_list(mine, 1, err);
    struct mine_digit *digit =
        digits ? make_digit(mine, label, mine->next_number, ink, pixels, err) : NULL;
    if (!digit) {
        free(digits);
        return false;
    }
    mine->next_number++;
    uint32_t count = mine_count(mine);
    digits[count] = digit;
    push_list(mine, digits, count + 1);
    return true;
}

bool mine_add_all(struct mine *mine, const struct mine *from, struct err *err)
{
    uint32_t count = mine_count(mine), more = mine_count(from);
    if (!has_room(mine, more, err))
        return false;
    const struct mine_digit **digits = copy_list(mine, more, err);
    for (uint32_t i = 0; digits && i < more; i++) {
        const struct mine_digit *digit = mine_at(from, i);
        digits[count + i] =
            make_digit(mine, digit->label, mine->next_number, &digit->ink, digit->pixels, err);
        if (!digits[count + i]) {
            free(digits);
            return false;
        }
        mine->next_number++;
    }
    if (digits)
        push_list(mine, digits, count + more);
    return digits != NULL;
}

bool mine_relabel(struct mine *mine, uint32_t i, int label, struct err *err)
{
    const struct mine_digit *old = mine_at(mine, i);
    const struct mine_digit **digits = copy_list(mine, 0, err);
    struct mine_digit *digit =
        digits ? make_digit(mine, label, old->number, &old->ink, old->pixels, err) : NULL;
    if (!digit) {
        free(digits);
        return false;
    }
    digits[i] = digit;
    push_list(mine, digits, mine_count(mine));
    return true;
}

bool mine_remove(struct mine *mine, uint32_t i, struct err *err)
{
    uint32_t count = mine_count(mine);
    assert(i < count);
    const struct mine_digit **digits = copy_list(mine, 0, err);
    if (!digits)
        return false;
    memmove(digits + i, digits + i + 1, (count - i - 1) * sizeof *digits);
    push_list(mine, digits, count - 1);
    return true;
}

bool mine_can_undo(const struct mine *mine)
{
    return mine->list_at > 0;
}

bool mine_can_redo(const struct mine *mine)
{
    return mine->list_at + 1 < mine->list_count;
}

bool mine_undo(struct mine *mine)
{
    if (!mine_can_undo(mine))
        return false;
    mine->list_at--;
    mine->changes++;
    return true;
}

bool mine_redo(struct mine *mine)
{
    if (!mine_can_redo(mine))
        return false;
    mine->list_at++;
    mine->changes++;
    return true;
}

/* ---- files --------------------------------------------------------------------------------- */

static struct mine_digit *take_digit(struct mine *mine, const struct unipen_digit *from,
                                     uint32_t number, struct err *err)
{
    struct ink_fit fit;
    if (!from->picture)
        ink_fit(&from->ink, &fit);
    return make_digit(mine, from->label, number, &from->ink,
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
static bool take_all(struct mine *mine, const struct unipen *unipen, struct err *err)
{
    if (!has_room(mine, unipen->count, err))
        return false;
    struct list *list = &mine->lists[0];
    list->digits = copy_list(mine, unipen->count, err);
    if (!list->digits)
        return false;
    bool numbered = numbers_are_good(unipen);
    for (uint32_t i = 0; i < unipen->count; i++) {
        uint32_t number = numbered ? (uint32_t)unipen->digits[i].number : i;
        const struct mine_digit *digit = take_digit(mine, &unipen->digits[i], number, err);
        if (!digit)
            return false;
        list->digits[list->count++] = digit;
        mine->next_number = number + 1;
    }
    return true;
}

struct mine *mine_load(const char *path, struct err *err)
{
    struct unipen *unipen = unipen_load(path, err);
    struct mine *mine = unipen ? mine_new(err) : NULL;
    if (mine && !take_all(mine, unipen, err)) {
        mine_free(mine);
        mine = NULL;
    }
    unipen_free(unipen);
    return mine;
}

bool mine_save(const char *path, const struct mine_digit *const *digits, uint32_t count,
               struct err *err)
{
    struct unipen *unipen = unipen_new(err);
    bool ok = unipen != NULL;
    for (uint32_t i = 0; i < count && ok; i++) {
        struct unipen_digit digit = {
            .label = digits[i]->label, .number = (int)digits[i]->number, .ink = digits[i]->ink,
            .picture = (uint8_t *)digits[i]->pixels, /* which is copied, not changed */
        };
        ok = unipen_add_digit(unipen, &digit, err);
    }
    ok = ok && unipen_save(path, unipen, err);
    unipen_free(unipen);
    return ok;
}

/* What went through a file of pictures has lost its strokes. */
static bool may_be_same_ink(const struct ink *a, const struct ink *b)
{
    return a->point_count == 0 || b->point_count == 0 || a->point_count == b->point_count;
}

static bool is_among(const struct mine_digit *digit, const struct mine_digit *const *known,
                     uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (memcmp(known[i]->pixels, digit->pixels, FIT_LEN) == 0 &&
            may_be_same_ink(&known[i]->ink, &digit->ink))
            return true;
    return false;
}

struct mine *mine_unknown(const struct mine *of, const struct mine_digit *const *known,
                          uint32_t known_count, struct err *err)
{
    struct mine *unknown = mine_new(err);
    for (uint32_t i = 0; unknown && i < known_count; i++)
        if (known[i]->number >= unknown->next_number)
            unknown->next_number = known[i]->number + 1;
    for (uint32_t i = 0; unknown && i < mine_count(of); i++) {
        const struct mine_digit *digit = mine_at(of, i);
        if (is_among(digit, known, known_count) ||
            mine_add(unknown, digit->label, &digit->ink, digit->pixels, err))
            continue;
        mine_free(unknown);
        unknown = NULL;
    }
    return unknown;
}

struct mine *mine_from_set(const struct dataset *set, struct err *err)
{
    struct mine *mine = mine_new(err);
    bool ok = mine && has_room(mine, set->count, err);
    const struct mine_digit **digits = ok ? copy_list(mine, set->count, err) : NULL;
    for (uint32_t i = 0; digits && i < set->count; i++) {
        digits[i] = make_digit(mine, set->labels[i], i, NULL,
                               set->pixels + (size_t)i * FIT_LEN, err);
        ok = ok && digits[i];
    }
    if (!digits || !ok) {
        free(digits);
        mine_free(mine);
        return NULL;
    }
    mine->lists[0] = (struct list){digits, set->count, 0};
    mine->next_number = set->count;
    return mine;
}

struct dataset *mine_to_set(const struct mine_digit *const *digits, uint32_t count,
                            struct err *err)
{
    struct dataset *set = dataset_new("my digits", count, err);
    for (uint32_t i = 0; set && i < count; i++) {
        memcpy(set->pixels + (size_t)i * FIT_LEN, digits[i]->pixels, FIT_LEN);
        set->labels[i] = (uint8_t)digits[i]->label;
    }
    return set;
}

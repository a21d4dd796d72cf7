/* SPDX-License-Identifier: MIT */
#include "data/mine.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "data/mine_inside.h"

enum { HELD_OUT_SEED = 5 };

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

const struct mine_digit **mine_copy_list(const struct mine *mine, uint32_t more, struct err *err)
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
    return mine_copy_list(mine, 0, err);
}

int mine_find(const struct mine *mine, uint64_t id)
{
    const struct list *list = current_list(mine);
    for (uint32_t i = 0; i < list->count; i++)
        if (list->digits[i]->id == id)
            return (int)i;
    return -1;
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

struct mine_digit *mine_make(struct mine *mine, int label, uint32_t number, const struct ink *ink,
                             const uint8_t *pixels, struct err *err)
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
    digit->id = mine_content_id(ink, pixels);
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

bool mine_has_room(const struct mine *mine, uint32_t more, struct err *err)
{
    if (mine_count(mine) + more <= MINE_MAX)
        return true;
    return err_set(err, "%u more digits would be more than the %d that are kept; delete or export "
                   "some first.", more, MINE_MAX);
}

bool mine_add(struct mine *mine, int label, const struct ink *ink, const uint8_t *pixels,
              struct err *err)
{
    if (!mine_has_room(mine, 1, err))
        return false;
    const struct mine_digit **digits = mine_copy_list(mine, 1, err);
    struct mine_digit *digit =
        digits ? mine_make(mine, label, mine->next_number, ink, pixels, err) : NULL;
    uint32_t count = mine_count(mine);
    if (!digit || !mine_settle_ids(mine, digits, count, 1, err)) {
        free(digits);
        return false;
    }
    mine->next_number++;
    digits[count] = digit;
    push_list(mine, digits, count + 1);
    return true;
}

bool mine_add_all(struct mine *mine, const struct mine *from, struct err *err)
{
    uint32_t count = mine_count(mine), more = mine_count(from);
    if (!mine_has_room(mine, more, err))
        return false;
    const struct mine_digit **digits = mine_copy_list(mine, more, err);
    for (uint32_t i = 0; digits && i < more; i++) {
        const struct mine_digit *digit = mine_at(from, i);
        digits[count + i] =
            mine_make(mine, digit->label, mine->next_number, &digit->ink, digit->pixels, err);
        if (!digits[count + i]) {
            free(digits);
            return false;
        }
        mine->next_number++;
    }
    if (!digits || !mine_settle_ids(mine, digits, count, more, err)) {
        free(digits);
        return false;
    }
    push_list(mine, digits, count + more);
    return true;
}

bool mine_relabel(struct mine *mine, uint32_t i, int label, struct err *err)
{
    const struct mine_digit *old = mine_at(mine, i);
    const struct mine_digit **digits = mine_copy_list(mine, 0, err);
    struct mine_digit *digit =
        digits ? mine_make(mine, label, old->number, &old->ink, old->pixels, err) : NULL;
    if (!digit) {
        free(digits);
        return false;
    }
    digit->id = old->id;
    digits[i] = digit;
    push_list(mine, digits, mine_count(mine));
    return true;
}

bool mine_remove(struct mine *mine, uint32_t i, struct err *err)
{
    uint32_t count = mine_count(mine);
    assert(i < count);
    const struct mine_digit **digits = mine_copy_list(mine, 0, err);
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

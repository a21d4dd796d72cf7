/* SPDX-License-Identifier: MIT */
#include "data/my_digits.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "base/rng.h"
#include "data/my_digits_inside.h"

enum { HELD_OUT_SEED = 5 };

bool my_digits_is_held_out(const struct my_digit *digit)
{
    struct rng rng = rng_new(HELD_OUT_SEED, digit->number);
    return rng_below(&rng, MY_DIGITS_HELD_OUT) == 0;
}

struct my_digits *my_digits_new(struct err *err)
{
    struct my_digits *my = calloc(1, sizeof *my);
    if (!my) {
        err_memory(err, _("your digits"));
        return NULL;
    }
    my->list_count = 1;
    my->next_version = 1;
    return my;
}

static void free_digit(struct my_digit *digit)
{
    if (digit)
        ink_free(&digit->ink);
    free(digit);
}

void my_digits_free(struct my_digits *my)
{
    if (!my)
        return;
    for (uint32_t i = 0; i < my->made_count; i++)
        free_digit(my->made[i]);
    for (int i = 0; i < my->list_count; i++)
        free(my->lists[i].digits);
    free(my->made);
    free(my);
}

/* ---- looking ------------------------------------------------------------------------------- */

static const struct list *current_list(const struct my_digits *my)
{
    return &my->lists[my->list_at];
}

uint32_t my_digits_count(const struct my_digits *my)
{
    return current_list(my)->count;
}

const struct my_digit *my_digits_at(const struct my_digits *my, uint32_t i)
{
    assert(i < my_digits_count(my));
    return current_list(my)->digits[i];
}

const struct my_digit **my_digits_copy_list(const struct my_digits *my, uint32_t more,
                                            struct err *err)
{
    const struct list *list = current_list(my);
    size_t room = (size_t)list->count + more + 1;
    const struct my_digit **digits = malloc(room * sizeof *digits);
    if (!digits) {
        err_memory(err, _("your digits"));
        return NULL;
    }
    if (list->count > 0)
        memcpy(digits, list->digits, list->count * sizeof *digits);
    return digits;
}

const struct my_digit **my_digits_all(const struct my_digits *my, struct err *err)
{
    return my_digits_copy_list(my, 0, err);
}

int my_digits_find(const struct my_digits *my, uint64_t id)
{
    const struct list *list = current_list(my);
    for (uint32_t i = 0; i < list->count; i++)
        if (list->digits[i]->id == id)
            return (int)i;
    return -1;
}

uint64_t my_digits_changes(const struct my_digits *my)
{
    return my->changes;
}

uint64_t my_digits_version(const struct my_digits *my)
{
    return current_list(my)->version;
}

/* ---- changing ------------------------------------------------------------------------------ */

struct my_digit *my_digits_make(struct my_digits *my, int label, uint32_t number,
                                const struct ink *ink, const uint8_t *pixels, struct err *err)
{
    struct my_digit *digit = calloc(1, sizeof *digit);
    if (my->made_count == my->made_room) {
        uint32_t room = 2 * my->made_room + 64;
        struct my_digit **more = realloc(my->made, room * sizeof *more);
        if (more) {
            my->made = more;
            my->made_room = room;
        }
    }
    if (!digit || my->made_count == my->made_room || (ink && !ink_copy(&digit->ink, ink, NULL))) {
        free_digit(digit);
        err_memory(err, _("the digit"));
        return NULL;
    }
    digit->label = label;
    digit->number = number;
    digit->id = my_digits_content_id(ink, pixels);
    memcpy(digit->pixels, pixels, FIT_LEN);
    my->made[my->made_count++] = digit;
    return digit;
}

/* The list, which it takes over, becomes the current one; what could be redone is forgotten, and
 * the oldest list where there are too many. */
static void push_list(struct my_digits *my, const struct my_digit **digits, uint32_t count)
{
    while (my->list_count > my->list_at + 1)
        free(my->lists[--my->list_count].digits);
    if (my->list_count == MY_DIGITS_UNDO_MAX + 1) {
        free(my->lists[0].digits);
        memmove(my->lists, my->lists + 1, MY_DIGITS_UNDO_MAX * sizeof *my->lists);
        my->list_count--;
    }
    my->lists[my->list_count++] = (struct list){digits, count, my->next_version++};
    my->list_at = my->list_count - 1;
    my->changes++;
}

bool my_digits_has_room(const struct my_digits *my, uint32_t more, struct err *err)
{
    if (my_digits_count(my) + more <= MY_DIGITS_MAX)
        return true;
    return err_set(err,
                   _("%u more digits would be more than the %d that are kept; delete or export "
                     "some first."),
                   more, MY_DIGITS_MAX);
}

bool my_digits_add(struct my_digits *my, int label, const struct ink *ink, const uint8_t *pixels,
                   struct err *err)
{
    if (!my_digits_has_room(my, 1, err))
        return false;
    const struct my_digit **digits = my_digits_copy_list(my, 1, err);
    struct my_digit *digit =
        digits ? my_digits_make(my, label, my->next_number, ink, pixels, err) : NULL;
    uint32_t count = my_digits_count(my);
    if (!digit || !my_digits_settle_ids(my, digits, count, 1, err)) {
        free(digits);
        return false;
    }
    my->next_number++;
    digits[count] = digit;
    push_list(my, digits, count + 1);
    return true;
}

bool my_digits_add_all(struct my_digits *my, const struct my_digits *from, struct err *err)
{
    uint32_t count = my_digits_count(my), more = my_digits_count(from);
    if (!my_digits_has_room(my, more, err))
        return false;
    const struct my_digit **digits = my_digits_copy_list(my, more, err);
    for (uint32_t i = 0; digits && i < more; i++) {
        const struct my_digit *digit = my_digits_at(from, i);
        digits[count + i] =
            my_digits_make(my, digit->label, my->next_number, &digit->ink, digit->pixels, err);
        if (!digits[count + i]) {
            free(digits);
            return false;
        }
        my->next_number++;
    }
    if (!digits || !my_digits_settle_ids(my, digits, count, more, err)) {
        free(digits);
        return false;
    }
    push_list(my, digits, count + more);
    return true;
}

bool my_digits_relabel(struct my_digits *my, uint32_t i, int label, struct err *err)
{
    const struct my_digit *old = my_digits_at(my, i);
    const struct my_digit **digits = my_digits_copy_list(my, 0, err);
    struct my_digit *digit =
        digits ? my_digits_make(my, label, old->number, &old->ink, old->pixels, err) : NULL;
    if (!digit) {
        free(digits);
        return false;
    }
    digit->id = old->id;
    digits[i] = digit;
    push_list(my, digits, my_digits_count(my));
    return true;
}

bool my_digits_remove(struct my_digits *my, uint32_t i, struct err *err)
{
    uint32_t count = my_digits_count(my);
    assert(i < count);
    const struct my_digit **digits = my_digits_copy_list(my, 0, err);
    if (!digits)
        return false;
    memmove(digits + i, digits + i + 1, (count - i - 1) * sizeof *digits);
    push_list(my, digits, count - 1);
    return true;
}

bool my_digits_can_undo(const struct my_digits *my)
{
    return my->list_at > 0;
}

bool my_digits_can_redo(const struct my_digits *my)
{
    return my->list_at + 1 < my->list_count;
}

bool my_digits_undo(struct my_digits *my)
{
    if (!my_digits_can_undo(my))
        return false;
    my->list_at--;
    my->changes++;
    return true;
}

bool my_digits_redo(struct my_digits *my)
{
    if (!my_digits_can_redo(my))
        return false;
    my->list_at++;
    my->changes++;
    return true;
}

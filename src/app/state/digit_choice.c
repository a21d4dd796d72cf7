/* SPDX-License-Identifier: MIT */
#include "app/state/digit_choice.h"

#include <stdlib.h>
#include <string.h>

#include "app/state/digit_store.h"
#include "base/err.h"
#include "base/language.h"
#include "data/my_digits.h"

bool digit_choice_begin(struct digit_choice *choice, const struct kern *kern, struct err *err)
{
    choice->only = -1;
    choice->reader = reader_new(kern);
    return choice->reader || err_memory(err, _("your digits"));
}

void digit_choice_end(struct digit_choice *choice)
{
    reader_free(choice->reader);
    *choice = (struct digit_choice){0};
}

int digit_choice_at(const struct digit_choice *choice, const struct my_digits *list)
{
    return choice->any ? my_digits_find(list, choice->id) : -1;
}

static void select_digit(struct digit_choice *choice, const struct my_digit *digit)
{
    choice->any = digit != NULL;
    if (digit)
        choice->id = digit->id;
}

void digit_choice_select(struct digit_choice *choice, const struct my_digits *list, uint32_t number)
{
    for (uint32_t i = 0; i < my_digits_count(list); i++)
        if (my_digits_at(list, i)->number == number)
            select_digit(choice, my_digits_at(list, i));
}

void digit_choice_show_only(struct digit_choice *choice, int digit)
{
    choice->only = digit;
    choice->page = 0;
}

void digit_choice_pass_on(struct digit_choice *choice, const struct my_digits *list, uint32_t at)
{
    const struct my_digit *next = NULL;
    for (uint32_t i = 0; i < my_digits_count(list); i++) {
        const struct my_digit *digit = my_digits_at(list, i);
        if (choice->only >= 0 && digit->label != choice->only)
            continue;
        next = digit;
        if (i >= at)
            break;
    }
    select_digit(choice, next);
}

/* ---- undo ------------------------------------------------------------------------------------ */

static void select_changed(struct digit_choice *choice, const struct my_digits *list,
                           const struct my_digit *const *before, uint32_t count)
{
    uint32_t at = 0, now = my_digits_count(list);
    while (at < count && at < now && before[at] == my_digits_at(list, at))
        at++;
    if (now < count || at == now) {
        if (choice->any && digit_choice_at(choice, list) < 0)
            digit_choice_pass_on(choice, list, at);
        return;
    }
    select_digit(choice, my_digits_at(list, at));
    if (choice->only >= 0 && choice->only != my_digits_at(list, at)->label)
        digit_choice_show_only(choice, -1);
}

static void take_step(struct digit_choice *choice, struct digit_store *store,
                      bool (*step)(struct my_digits *list), const char *word)
{
    uint32_t count = my_digits_count(store->list);
    const struct my_digit **before = my_digits_all(store->list, NULL);
    if (step(store->list)) {
        if (before)
            select_changed(choice, store->list, before, count);
        digit_store_log(store, word, -1);
    }
    free(before);
}

void digit_choice_undo(struct digit_choice *choice, struct digit_store *store)
{
    take_step(choice, store, my_digits_undo, "undone");
}

void digit_choice_redo(struct digit_choice *choice, struct digit_store *store)
{
    take_step(choice, store, my_digits_redo, "redone");
}

/* ---- reading --------------------------------------------------------------------------------- */

void digit_choice_read(struct digit_choice *choice, const struct my_digits *list,
                       const struct reading_by *by)
{
    int at = digit_choice_at(choice, list);
    uint64_t changes = my_digits_changes(list);
    if (at < 0 || !by->net ||
        (choice->read.id == choice->id && choice->read.changes == changes &&
         choice->read.model == by->model))
        return;
    struct ink_fit fit = {.any = true};
    memcpy(fit.pixels, my_digits_at(list, (uint32_t)at)->pixels, FIT_LEN);
    reader_read(choice->reader, by, &fit, &choice->answer, NULL);
    choice->read.id = choice->id;
    choice->read.changes = changes;
    choice->read.model = by->model;
}

/* digit_choice.h -- which of my digits are looked at: those of one kind or all, a page of them, and
 * the selected one with what the model in use reads in it.
 */
#ifndef APP_STATE_DIGIT_CHOICE_H
#define APP_STATE_DIGIT_CHOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/reader.h"

struct digit_store;
struct err;
struct kern;
struct my_digits;
struct reading_by;

/* From zeros: digit_choice_begin. */
struct digit_choice {
    int only; /* the digit that is shown alone, or -1 for all */
    int page;
    uint64_t id;          /* of the selected one (struct my_digit); it may be gone */
    bool any;             /* one is selected */
    struct answer answer; /* what the model reads in it */

    struct reader *reader;
    struct { /* what the answer goes by */
        uint64_t id, changes, model;
    } read;
};

bool digit_choice_begin(struct digit_choice *choice, const struct kern *kern, struct err *err);
void digit_choice_end(struct digit_choice *choice); /* frees what it holds */

/* The place of the selected digit in the list, or -1. */
int digit_choice_at(const struct digit_choice *choice, const struct my_digits *list);

void digit_choice_select(struct digit_choice *choice, const struct my_digits *list,
                         uint32_t number);
void digit_choice_show_only(struct digit_choice *choice, int digit); /* -1: all */

/* The digit at that place was removed: the next of those that are shown becomes the selected one,
 * so that Delete can be pressed again. */
void digit_choice_pass_on(struct digit_choice *choice, const struct my_digits *list, uint32_t at);

/* Undoes or redoes a change of the list. What that brings back, or names anew, is the selected one
 * from then on, and is shown. */
void digit_choice_undo(struct digit_choice *choice, struct digit_store *store);
void digit_choice_redo(struct digit_choice *choice, struct digit_store *store);

/* Reads the selected one, where that, or the model, is not what was read last. */
void digit_choice_read(struct digit_choice *choice, const struct my_digits *list,
                       const struct reading_by *by);

#endif

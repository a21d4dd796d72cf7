/* SPDX-License-Identifier: MIT */
#include "app/job/hold.h"

#include <assert.h>

#include "base/err.h"
#include "base/language.h"

bool hold_is_free(const struct hold *hold, struct err *why)
{
    static const char *const sentences[] = {
        [HOLD_TRAINING] = N_("A training is under way; stop it first."),
        [HOLD_FINETUNING] =
            N_("Your hand is being learnt; wait for that, or stop it in My digits."),
    };
    return hold->holder == HOLD_FREE || err_set(why, "%s", sentences[hold->holder]);
}

void hold_take(struct hold *hold, enum hold_holder holder)
{
    assert(hold->holder == HOLD_FREE);
    *hold = (struct hold){holder, true};
}

void hold_begin(struct hold *hold)
{
    hold->waiting = false;
}

void hold_give(struct hold *hold, enum hold_holder holder)
{
    if (hold->holder == holder)
        *hold = (struct hold){HOLD_FREE, false};
}

/* SPDX-License-Identifier: MIT */
#include "app/job/hold.h"

#include <assert.h>

#include "base/err.h"
#include "base/language.h"

bool hold_is_free(const struct hold *hold, struct err *why)
{
    const char *const sentences[] = {
        [HOLD_TRAINING] = _("A training is under way; stop it first."),
        [HOLD_FINETUNING] = _("Your hand is being learnt; wait for that, or stop it in My digits."),
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

/* SPDX-License-Identifier: MIT */
#include "app/tell/notice.h"

#include <stdarg.h>
#include <stdio.h>

#include "app/tell/log.h"
#include "base/text.h"

/* A trouble that can be mended stays until it is, or is put away. */
static bool is_to_be_mended(const struct notice *notice)
{
    return notice->kind == NOTICE_TROUBLE && notice->offers[0].label;
}

static void say(struct notices *notices, enum notice_about about, enum notice_kind kind,
                const char *format, va_list args)
{
    bool waits = kind != NOTICE_TROUBLE && is_to_be_mended(&notices->now);
    struct notice *said = waits ? &notices->waiting : &notices->now;
    *said = (struct notice){.kind = kind, .about = about, .number = ++notices->count};
    vsnprintf(said->text, sizeof said->text, format, args);
    text_mend(said->text);
    notices->said = said;
    if (kind != NOTICE_TROUBLE)
        return;
    notices->trouble = *said;
    log_error(notices->log, said->text);
}

void notices_say(struct notices *notices, enum notice_kind kind, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(notices, NOTICE_ANYTHING, kind, format, args);
    va_end(args);
}

void notices_say_about(struct notices *notices, enum notice_about about, enum notice_kind kind,
                       const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(notices, about, kind, format, args);
    va_end(args);
}

/* Where the sentence waits, the two change places: it asks for an answer, too. */
static void bring_forward(struct notices *notices)
{
    if (notices->said == &notices->now)
        return;
    struct notice before = notices->now;
    notices->now = notices->waiting;
    notices->waiting = before;
    notices->said = &notices->now;
}

void notices_offer_text(struct notices *notices, const char *label, enum action_kind action,
                        const char *text)
{
    bring_forward(notices);
    for (int i = 0; i < NOTICE_OFFERS_MAX; i++) {
        struct notice_offer *offer = &notices->now.offers[i];
        if (offer->label)
            continue;
        offer->label = label;
        offer->action = action;
        snprintf(offer->text, sizeof offer->text, "%s", text);
        return;
    }
}

void notices_offer(struct notices *notices, const char *label, enum action_kind action)
{
    notices_offer_text(notices, label, action, "");
}

void notices_put_away(struct notices *notices)
{
    notices->now = notices->waiting;
    notices->waiting = (struct notice){0};
}

void notices_unsay(struct notices *notices, enum notice_about about)
{
    if (notices->waiting.about == about)
        notices->waiting = (struct notice){0};
    if (notices->now.about == about)
        notices_put_away(notices);
}

/* SPDX-License-Identifier: MIT */
#include "app/tell/notice.h"

#include <stdarg.h>
#include <stdio.h>

#include "app/app.h"
#include "app/tell/log.h"
#include "base/text.h"

/* A trouble that can be mended stays until it is, or is put away. */
static bool is_to_be_mended(const struct notice *notice)
{
    return notice->kind == NOTICE_TROUBLE && notice->offers[0].label;
}

static void say(struct app *app, enum notice_about about, enum notice_kind kind,
                const char *format, va_list args)
{
    bool waits = kind != NOTICE_TROUBLE && is_to_be_mended(&app->notice);
    app->said = waits ? &app->waiting : &app->notice;
    *app->said = (struct notice){.kind = kind, .about = about, .number = ++app->notices};
    vsnprintf(app->said->text, sizeof app->said->text, format, args);
    text_mend(app->said->text);
    if (kind == NOTICE_TROUBLE)
        log_error(app, app->said->text);
}

void app_say(struct app *app, enum notice_kind kind, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(app, NOTICE_ANYTHING, kind, format, args);
    va_end(args);
}

void app_say_about(struct app *app, enum notice_about about, enum notice_kind kind,
                   const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(app, about, kind, format, args);
    va_end(args);
}

/* Where the sentence waits, the two change places: it asks for an answer, too. */
static void bring_forward(struct app *app)
{
    if (app->said == &app->notice)
        return;
    struct notice before = app->notice;
    app->notice = app->waiting;
    app->waiting = before;
    app->said = &app->notice;
}

void app_offer_text(struct app *app, const char *label, enum action_kind action, const char *text)
{
    bring_forward(app);
    for (int i = 0; i < NOTICE_OFFERS_MAX; i++) {
        struct notice_offer *offer = &app->notice.offers[i];
        if (offer->label)
            continue;
        offer->label = label;
        offer->action = action;
        snprintf(offer->text, sizeof offer->text, "%s", text);
        return;
    }
}

void app_offer(struct app *app, const char *label, enum action_kind action)
{
    app_offer_text(app, label, action, "");
}

void app_put_away(struct app *app)
{
    app->notice = app->waiting;
    app->waiting = (struct notice){0};
}

void app_unsay(struct app *app, enum notice_about about)
{
    if (app->waiting.about == about)
        app->waiting = (struct notice){0};
    if (app->notice.about == about)
        app_put_away(app);
}

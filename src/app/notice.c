/* SPDX-License-Identifier: MIT */
#include "app/notice.h"

#include <stdarg.h>
#include <stdio.h>

#include "app/app.h"
#include "app/log.h"
#include "base/text.h"

void app_say(struct app *app, enum notice_kind kind, const char *format, ...)
{
    va_list args;
    app->notice = (struct notice){.kind = kind, .number = ++app->notices};
    va_start(args, format);
    vsnprintf(app->notice.text, sizeof app->notice.text, format, args);
    va_end(args);
    text_mend(app->notice.text);
    if (kind == NOTICE_TROUBLE)
        log_error(app, app->notice.text);
}

void app_offer_text(struct app *app, const char *label, enum action_kind action, const char *text)
{
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

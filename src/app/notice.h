/* notice.h -- what is said to the person: one sentence, until it is dismissed, fades, or another
 * takes its place. How it looks: notice_view.h.
 */
#ifndef APP_NOTICE_H
#define APP_NOTICE_H

#include <stdint.h>

#include "app/action.h"
#include "base/err.h"
#include "base/files.h"

struct app;

enum notice_kind { NOTICE_NONE, NOTICE_WORD, NOTICE_DONE, NOTICE_TROUBLE };

enum { NOTICE_OFFERS_MAX = 2 };

struct notice {
    enum notice_kind kind;
    char text[sizeof((struct err *)0)->text];
    struct notice_offer {      /* a button that does something about it; NULL label: none */
        const char *label;
        enum action_kind action;
        char text[FILES_PATH_MAX]; /* what the action is about; "": nothing more */
    } offers[NOTICE_OFFERS_MAX];
    uint64_t number;           /* no two have the same; 0: none */
};

/* Shows a sentence; troubles go to the log too. app_offer adds a button to the one just shown, and
 * app_offer_text one whose action is about that text. */
void app_say(struct app *app, enum notice_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void app_offer(struct app *app, const char *label, enum action_kind action);
void app_offer_text(struct app *app, const char *label, enum action_kind action, const char *text);

#endif

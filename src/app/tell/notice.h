/* notice.h -- what is said to the person: one sentence, until it is dismissed, fades, or another
 * takes its place. How it looks: frame/notice_view.h.
 */
#ifndef APP_TELL_NOTICE_H
#define APP_TELL_NOTICE_H

#include <stdint.h>

#include "app/act/action.h"
#include "base/err.h"
#include "base/files.h"

struct log;

enum notice_kind { NOTICE_NONE, NOTICE_WORD, NOTICE_DONE, NOTICE_TROUBLE };

enum { NOTICE_OFFERS_MAX = 2 };

enum notice_about {
    NOTICE_ANYTHING,
    NOTICE_STORE,    /* my digits are not saved, or not loaded */
    NOTICE_IMPORT,   /* one is under way */
    NOTICE_IMPORTED, /* it is done, and can be undone */
    NOTICE_MODEL,    /* something about it calls for another */
};

struct notice {
    enum notice_kind kind;
    enum notice_about about;
    char text[sizeof((struct err *)0)->text];
    struct notice_offer {      /* a button that does something about it; NULL label: none */
        const char *label;
        enum action_kind action;
        char text[FILES_PATH_MAX]; /* what the action is about; "": nothing more */
    } offers[NOTICE_OFFERS_MAX];
    uint64_t number;           /* no two have the same; 0: none */
};

/* From zeros but for the log. Must not be moved once something was said. */
struct notices {
    const struct log *log;
    struct notice now, waiting; /* waiting: comes when that one is put away */
    struct notice *said;        /* the last one of them, for notices_offer */
    struct notice trouble;      /* a copy of the last one that was a trouble */
    uint64_t count;             /* that were ever said */
};

/* Shows a sentence; troubles go to the log too. One that offers nothing waits while a trouble
 * stands that does: that one stays until it is mended or put away. Where both do, the trouble
 * waits. */
void notices_say(struct notices *notices, enum notice_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void notices_say_about(struct notices *notices, enum notice_about about, enum notice_kind kind,
                       const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Adds a button to the sentence that was just said; notices_offer_text one whose action is about
 * that text. */
void notices_offer(struct notices *notices, const char *label, enum action_kind action);
void notices_offer_text(struct notices *notices, const char *label, enum action_kind action,
                        const char *text);

/* Puts the sentence away, so that one that waits comes; and all that are about something. */
void notices_put_away(struct notices *notices);
void notices_unsay(struct notices *notices, enum notice_about about);

#endif

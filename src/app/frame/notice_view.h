/* notice_view.h -- one sentence laid over what can wait: the dock, and what is above it as far as
 * the sentence needs room, never the canvas. Nothing moves for it.
 *
 * What was merely done fades after a time that is enough to read it, but not while the pointer is
 * over it or the focus in it. Troubles, and what has an offer, stay until they are dismissed.
 */
#ifndef APP_FRAME_NOTICE_VIEW_H
#define APP_FRAME_NOTICE_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/layout.h"

struct actions;
struct notice;
struct ui;

/* The view's own state: which notice it shows, and since when, on the clock of ui_input.now. */
struct notice_view {
    uint64_t number, since;
    bool heeded; /* the pointer was over it, or the focus in it */
    struct ui_rect rect;
};

struct notice_shown {
    const struct notice *notice;
    struct ui_rect canvas; /* to be kept clear of, or nothing */
    bool left_runs;        /* the dock has their menu */
};

/* `window` is all of it. Call it after the view, whose tools it keeps clear of. */
void notice_show(struct notice_view *view, const struct notice_shown *shown, struct ui *ui,
                 struct ui_rect window, struct actions *actions);

#endif

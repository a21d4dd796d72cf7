/* leave_dialog.h -- the question that is asked before something is lost with the window. */
#ifndef APP_FRAME_LEAVE_DIALOG_H
#define APP_FRAME_LEAVE_DIALOG_H

#include <stdbool.h>

struct actions;
struct ui;

struct leave_shown {
    const char *title, *why;
    bool again;  /* my digits are not saved: that can be tried once more, */
    bool export; /* or they be exported elsewhere */
    bool model;  /* a model is in no file: it can be saved */
};

void leave_dialog_show(const struct leave_shown *shown, struct ui *ui, struct actions *actions);

#endif

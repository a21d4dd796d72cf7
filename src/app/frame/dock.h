/* dock.h -- under every view: the run, its progress, its figures, and its buttons. */
#ifndef APP_FRAME_DOCK_H
#define APP_FRAME_DOCK_H

#include <stdbool.h>

#include "ui/layout.h"

struct actions;
struct finetuning;
struct training;
struct ui;

enum { DOCK_HEIGHT = 72 };

struct dock_shown {
    const struct training *training;
    const struct finetuning *finetuning;
    const char *model; /* the name of the one in use, or NULL; */
    bool edited;       /* weights of it were changed by hand */
};

void dock_show(const struct dock_shown *shown, struct ui *ui, struct ui_rect rect,
               struct actions *actions);

#endif

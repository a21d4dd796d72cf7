/* clipboard.h -- the system's clipboard as the ui wants it. */
#ifndef SYS_CLIPBOARD_H
#define SYS_CLIPBOARD_H

#include "ui/ui.h"

/* From zeros. */
struct clipboard {
    char *text; /* that was read last */
};

/* For as long as SDL's video is started. */
struct ui_clipboard clipboard_open(struct clipboard *clipboard);
void clipboard_clear(struct clipboard *clipboard); /* frees what it holds */

#endif

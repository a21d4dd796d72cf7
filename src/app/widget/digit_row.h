/* digit_row.h -- ten buttons that say which digit it is. */
#ifndef APP_WIDGET_DIGIT_ROW_H
#define APP_WIDGET_DIGIT_ROW_H

#include <stdbool.h>

#include "app/act/action.h"
#include "ui/layout.h"

struct ui;

/* The names of the buttons are `name`-0 to `name`-9; a click adds `kind` with the digit. The button
 * of `chosen` (-1: none) is down; `off`: nothing to be named. */
struct digit_row {
    const char *name;
    const char *tip; /* the digit and its key are put behind it */
    enum action_kind kind;
    int chosen;
    bool off;
};
void digit_row_show(const struct digit_row *row, struct ui *ui, struct ui_rect rect,
                    struct actions *actions);

#endif

/* teach_row.h -- ten buttons that say which digit it is. */
#ifndef APP_WIDGET_TEACH_ROW_H
#define APP_WIDGET_TEACH_ROW_H

#include <stdbool.h>

#include "app/act/action.h"
#include "ui/layout.h"

struct app;
struct ui;

/* The names of the buttons are `name`-0 to `name`-9; a click adds `kind` with the digit. The button
 * of `chosen` (-1: none) is down; `off`: nothing to be named. */
struct teach_row {
    const char *name;
    const char *tip; /* the digit and its key are put behind it */
    enum action_kind kind;
    int chosen;
    bool off;
};
void teach_row_show(const struct teach_row *row, struct ui *ui, struct ui_rect rect,
                    struct actions *actions);

/* The one under the bars of the Draw view: "Wrong? It is a". */
void teach_row_of_drawing(const struct app *app, struct ui *ui, struct ui_rect rect,
                          struct actions *actions);

#endif

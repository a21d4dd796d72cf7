/* action_button.h -- the button of an action: it says what the action's row says, with the keys;
 * where the action is not possible now it is off, and its tooltip is the reason.
 */
#ifndef APP_WIDGET_ACTION_BUTTON_H
#define APP_WIDGET_ACTION_BUTTON_H

#include "app/act/action.h"
#include "ui/layout.h"

struct ui;

struct action_button {
    const char *name;     /* of the control */
    struct action action; /* that a click adds */
    const char *label;    /* NULL: the row's */
    const char *sentence; /* in the tooltip, before the keys; NULL: the row's */
    unsigned flags;       /* as of ui_button */
};

enum { ACTION_TIP_MAX = 400, ACTION_PARTS_MAX = 8 };

/* What it says, and how wide it is to be for that. */
const char *action_button_label(const struct action_button *button);
float action_button_width(const struct action_button *button, struct ui *ui);

/* True where it was pressed: then the action is in the list. */
bool action_button_show(const struct action_button *button, struct ui *ui, struct ui_rect rect,
                        struct actions *actions);

/* Several side by side, as wide as they must be, in a group of that name. Returns what is left of
 * the row. */
struct ui_rect action_choice_show(const char *name, const struct action_button *buttons, int count,
                                  struct ui *ui, struct ui_rect row, struct actions *actions);

/* Actions of which one holds, each as a button that stays down while it does. */
struct action_part {
    const char *name; /* of the control */
    enum action_kind kind;
};
struct ui_rect action_parts_show(const char *name, const struct action_part *parts, int count,
                                 int on, unsigned flags, struct ui *ui, struct ui_rect row,
                                 struct actions *actions);

/* What stands in the tooltip of anything that asks for an action: the sentence (NULL: the row's)
 * with the keys, or the reason why it is not possible now. Returns tip. */
char *action_tip(const struct action *action, const char *sentence, const struct actions *actions,
                 char tip[ACTION_TIP_MAX]);

#endif

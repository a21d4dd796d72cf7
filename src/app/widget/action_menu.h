/* action_menu.h -- a menu whose items ask for actions: with their keys, and off where they are not
 * possible now.
 *
 *     struct action_menu menu = {.actions = actions};
 *     action_menu_add(&menu, (struct ui_item){.name = "model-open"}, (struct action){ACT_MODEL});
 *     action_menu_show(&menu, ui, "model", rect, parts, 2);
 */
#ifndef APP_WIDGET_ACTION_MENU_H
#define APP_WIDGET_ACTION_MENU_H

#include "app/act/action.h"
#include "app/act/keys.h"
#include "ui/ui.h"

enum { ACTION_MENU_MAX = 64 };

struct action_menu {
    struct actions *actions; /* where the chosen one goes, and what can be asked */

    /* As laid by the calls below; more than there is room for are dropped. */
    struct ui_item items[ACTION_MENU_MAX];
    struct action does[ACTION_MENU_MAX];
    char keys[ACTION_MENU_MAX][KEYS_TEXT_MAX];
    int count;
};

/* An item. Without a label it says what the action's row says, without a detail the keys; the texts
 * that it has must live until the menu was shown. */
void action_menu_add(struct action_menu *menu, struct ui_item item, struct action action);

/* A row that cannot be chosen, over those that it names. */
void action_menu_heading(struct action_menu *menu, const char *text);

/* A line, but not at the beginning, nor two in a row. */
void action_menu_line(struct action_menu *menu);

/* The menu's button says `parts`. */
void action_menu_show(struct action_menu *menu, struct ui *ui, const char *name,
                      struct ui_rect rect, const struct ui_part *parts, int part_count);

#endif

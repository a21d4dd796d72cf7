/* SPDX-License-Identifier: MIT */
#include "app/widget/action_menu.h"

#include "base/language.h"

static void add_item(struct action_menu *menu, const struct ui_item *item,
                     const struct action *action)
{
    if (menu->count == ACTION_MENU_MAX)
        return;
    menu->items[menu->count] = *item;
    menu->does[menu->count++] = *action;
}

void action_menu_add(struct action_menu *menu, struct ui_item item, struct action action)
{
    if (menu->count == ACTION_MENU_MAX)
        return;
    if (!item.label)
        item.label = _(action_row(action.kind)->label);
    if (!item.detail)
        item.detail = keys_text(action.kind, menu->keys[menu->count]);
    item.off |= !actions_can(menu->actions, &action, NULL);
    add_item(menu, &item, &action);
}

void action_menu_heading(struct action_menu *menu, const char *text)
{
    add_item(menu, &(struct ui_item){.label = text, .off = true}, &(struct action){0});
}

void action_menu_line(struct action_menu *menu)
{
    if (menu->count > 0 && menu->items[menu->count - 1].label)
        add_item(menu, &(struct ui_item){0}, &(struct action){0});
}

void action_menu_show(struct action_menu *menu, struct ui *ui, const char *name,
                      struct ui_rect rect, const struct ui_part *parts, int part_count)
{
    if (menu->count > 0 && !menu->items[menu->count - 1].label)
        menu->count--; /* a line at the end divides nothing */
    int chosen = ui_menu(ui, name, rect, parts, part_count, menu->items, menu->count, 0);
    if (chosen >= 0)
        action_push(menu->actions, &menu->does[chosen]);
}

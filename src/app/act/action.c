/* SPDX-License-Identifier: MIT */
/* action.c -- a list of actions, and the names of views. */
#include "app/act/action.h"

const char *view_name(enum app_view view)
{
    static const char *const names[] = {[APP_DRAW] = "draw", [APP_TRAIN] = "train",
                                       [APP_MINE] = "mine"};
    return names[view];
}

static void push_action(struct actions *actions, struct action action)
{
    if (actions->count < ACTIONS_MAX)
        actions->items[actions->count++] = action;
}

void action_add(struct actions *actions, enum action_kind kind)
{
    push_action(actions, (struct action){.kind = kind});
}

void action_add_number(struct actions *actions, enum action_kind kind, double number)
{
    push_action(actions, (struct action){.kind = kind, .number = number});
}

void action_add_text(struct actions *actions, enum action_kind kind, const char *text)
{
    push_action(actions, (struct action){.kind = kind, .text = text});
}

void action_add_recipe(struct actions *actions, enum action_kind kind, const struct recipe *recipe)
{
    push_action(actions, (struct action){.kind = kind, .recipe = recipe});
}

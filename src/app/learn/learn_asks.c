/* SPDX-License-Identifier: MIT */
#include "app/learn/learn_asks.h"

#include <stdio.h>

#include "app/act/action.h"

void learn_ask(struct learn_asks *asks, const char *name, const char *value)
{
    if (asks->count == LEARN_ASKS_MAX)
        return;
    char *text = asks->texts[asks->count++];
    snprintf(text, LEARN_ASK_MAX, "%s %s", name, value);
    action_add_text(asks->actions, ACT_SET, text);
}

void learn_ask_number(struct learn_asks *asks, const char *name, double value)
{
    char number[32];
    snprintf(number, sizeof number, "%.9g", value);
    learn_ask(asks, name, number);
}

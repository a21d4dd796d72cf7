/* SPDX-License-Identifier: MIT */
#include "app/widget/action_button.h"

#include <assert.h>
#include <stdio.h>

#include "app/act/keys.h"
#include "base/err.h"
#include "base/language.h"
#include "ui/ui.h"

char *action_tip(const struct action *action, const char *sentence, const struct actions *actions,
                 char tip[ACTION_TIP_MAX])
{
    struct err why;
    char keys[KEYS_TEXT_MAX];
    if (!actions_can(actions, action, &why))
        snprintf(tip, ACTION_TIP_MAX, "%s", why.text);
    else if (keys_text(action->kind, keys)[0])
        snprintf(tip, ACTION_TIP_MAX, "%s (%s)",
                 sentence ? sentence : _(action_row(action->kind)->sentence), keys);
    else
        snprintf(tip, ACTION_TIP_MAX, "%s",
                 sentence ? sentence : _(action_row(action->kind)->sentence));
    return tip;
}

const char *action_button_label(const struct action_button *button)
{
    return button->label ? button->label : _(action_row(button->action.kind)->label);
}

float action_button_width(const struct action_button *button, struct ui *ui)
{
    return ui_button_width(ui, action_button_label(button), button->flags);
}

bool action_button_show(const struct action_button *button, struct ui *ui, struct ui_rect rect,
                        struct actions *actions)
{
    const struct action *action = &button->action;
    unsigned off = actions_can(actions, action, NULL) ? 0 : UI_OFF;
    char tip[ACTION_TIP_MAX];
    bool pressed =
        ui_button(ui, button->name, rect, action_button_label(button), button->flags | off);
    if (pressed)
        action_push(actions, action);
    ui_tip(ui, action_tip(action, button->sentence, actions, tip));
    return pressed;
}

struct ui_rect action_choice_show(const char *name, const struct action_button *buttons, int count,
                                  struct ui *ui, struct ui_rect row, struct actions *actions)
{
    ui_group_begin(ui, name);
    for (int i = 0; i < count; i++) {
        float width = action_button_width(&buttons[i], ui);
        action_button_show(&buttons[i], ui, ui_cut_left(&row, width), actions);
        ui_cut_left(&row, UI_GAP);
    }
    ui_group_end(ui);
    return row;
}

struct ui_rect action_parts_show(const char *name, const struct action_part *parts, int count,
                                 int on, unsigned flags, struct ui *ui, struct ui_rect row,
                                 struct actions *actions)
{
    struct action_button buttons[ACTION_PARTS_MAX];
    assert(count <= ACTION_PARTS_MAX);
    for (int i = 0; i < count; i++)
        buttons[i] = (struct action_button){parts[i].name,
                                            {.kind = parts[i].kind},
                                            .flags = flags | UI_TOGGLE | (i == on ? UI_ON : 0)};
    return action_choice_show(name, buttons, count, ui, row, actions);
}

/* SPDX-License-Identifier: MIT */
#include "app/frame/leave_dialog.h"

#include "app/widget/action_button.h"
#include "base/language.h"
#include "ui/layout.h"
#include "ui/ui.h"

enum { WIDTH = 620, HEIGHT = 214 };

/* From the right. */
static void show_choices(const struct leave_shown *shown, struct ui *ui, struct ui_rect row,
                         struct actions *actions)
{
    const struct {
        bool offered;
        struct action_button button;
    } choices[] = {
        {shown->again, {"leave-again", {.kind = ACT_LEAVE_AGAIN}, .flags = UI_PRIMARY}},
        {shown->export, {"leave-export", {.kind = ACT_LEAVE_EXPORT}}},
        {shown->model, {"leave-model", {.kind = ACT_LEAVE_MODEL}, .flags = UI_PRIMARY}},
        {true, {"leave-anyway", {.kind = ACT_LEAVE_ANYWAY}}},
        {true,
         {"leave-stay",
          {.kind = ACT_LEAVE_STAY},
          .sentence = _("Do not close the window (Escape)")}},
    };
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        struct action_button button = choices[i].button;
        if (!choices[i].offered)
            continue;
        button.flags |= UI_CENTER;
        struct ui_rect rect = ui_cut_right(&row, action_button_width(&button, ui));
        ui_cut_right(&row, UI_GAP);
        action_button_show(&button, ui, rect, actions);
    }
}

void leave_dialog_show(const struct leave_shown *shown, struct ui *ui, struct actions *actions)
{
    struct ui_rect rect = ui_modal_begin(ui, "leave", WIDTH, HEIGHT, shown->title);
    struct ui_rect row = ui_cut_bottom(&rect, UI_ROW);
    ui_cut_bottom(&rect, UI_GAP);
    ui_area(ui, "leave-why", rect, UI_ROLE_VALUE, shown->why);
    ui_wrapped(ui, rect, 0, shown->why);
    show_choices(shown, ui, row, actions);
    if (ui_modal_end(ui))
        action_add(actions, ACT_LEAVE_STAY);
}

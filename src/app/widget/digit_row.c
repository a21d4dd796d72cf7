/* SPDX-License-Identifier: MIT */
#include "app/widget/digit_row.h"

#include <math.h>
#include <stdio.h>

#include "ui/ui.h"

enum { BUTTON_MOST = 44 };

void digit_row_show(const struct digit_row *row, struct ui *ui, struct ui_rect rect,
                    struct actions *actions)
{
    float gap = rect.w < 300 ? 3 : UI_GAP;
    rect.w = fminf(rect.w, 10 * (BUTTON_MOST + gap));
    ui_group_begin(ui, row->name);
    for (int digit = 0; digit < 10; digit++) {
        char name[32], label[8], tip[120];
        snprintf(name, sizeof name, "%s-%d", row->name, digit);
        snprintf(label, sizeof label, "%d", digit);
        snprintf(tip, sizeof tip, "%s %d (%d)", row->tip, digit, digit);
        unsigned flags = UI_TOGGLE | (digit == row->chosen ? UI_ON : 0) | (row->off ? UI_OFF : 0);
        if (ui_button(ui, name, ui_column(rect, digit, 10, gap), label, flags))
            action_add_number(actions, row->kind, digit);
        ui_tip(ui, tip);
    }
    ui_group_end(ui);
}

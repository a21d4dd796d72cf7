/* SPDX-License-Identifier: MIT */
#include "app/widget/teach_row.h"

#include <math.h>
#include <stdio.h>

#include "app/shell/state.h"
#include "app/state/canvas.h"
#include "ui/ui.h"

enum { WORDS_WIDTH = 76, BUTTON_MOST = 44 };

void teach_row_show(const struct teach_row *row, struct ui *ui, struct ui_rect rect,
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

void teach_row_of_drawing(const struct app *app, struct ui *ui, struct ui_rect rect,
                          struct actions *actions)
{
    int filed = my_digits_filed(app);
    const struct teach_row row = {
        .name = "teach", .tip = "File the drawing under my digits as a", .kind = ACT_TEACH,
        .chosen = filed, .off = canvas_is_empty(app),
    };
    struct ui_rect words = ui_middle(ui_cut_left(&rect, WORDS_WIDTH), WORDS_WIDTH, 36);
    ui_cut_left(&rect, UI_GAP);
    ui_label(ui, ui_cut_top(&words, 18), filed >= 0 ? UI_GOOD : UI_QUIET,
             filed >= 0 ? "Filed in" : "Wrong?");
    ui_label(ui, ui_cut_top(&words, 18), filed >= 0 ? UI_GOOD : UI_QUIET,
             filed >= 0 ? "my digits" : "It is a");
    teach_row_show(&row, ui, ui_middle(rect, rect.w, UI_ROW), actions);
}

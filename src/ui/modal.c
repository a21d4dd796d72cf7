/* SPDX-License-Identifier: MIT */
/* Dialogs. */
#include "ui/inside.h"

enum { RADIUS = 14, INSIDE = 24, TITLE = 36 };

struct ui_rect ui_modal_begin(struct ui *ui, const char *name, float w, float h, const char *title)
{
    const struct ui_theme *theme = ui->theme;
    struct ui_rect window = ui_window(ui);
    ui->modal_next = ui_hash(name);
    ui_layer_begin(ui, UI_LAYER_DIALOG);
    ui_push_box(ui_shapes(ui), window, 0, theme->shade, 0, 0);
    struct ui_rect rect = ui_middle(ui_inset(window, 12), w, h);
    ui_push_box(ui_shapes(ui), rect, RADIUS, theme->card, theme->field_edge, 1);
    ui_area(ui, name, rect, UI_ROLE_DIALOG, title);
    struct ui_rect inside = ui_inset(rect, INSIDE);
    struct ui_rect head = ui_cut_top(&inside, TITLE);
    if (title)
        ui_label(ui, head, UI_BOLD | UI_TOP, title);
    return inside;
}

bool ui_modal_end(struct ui *ui)
{
    bool escaped = ui->modal == ui->modal_next && !ui->popup_open && ui_key(ui, UI_KEY_ESCAPE, 0);
    ui_layer_end(ui);
    return escaped;
}

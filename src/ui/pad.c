/* SPDX-License-Identifier: MIT */
/* A surface that the view draws itself: it gets every sample of each gesture that begins inside. */
#include "ui/inside.h"

struct ui_pad ui_pad(struct ui *ui, const char *name, struct ui_rect rect, const char *label,
                     enum ui_cursor cursor)
{
    bool held = ui->captured == ui_hash(name);
    struct ui_touch touch = ui_enter(ui, name, rect, UI_ROLE_CANVAS, label, 0);
    struct ui_pad pad = {.moves = ui->pad_moves, .focus = touch.focus, .x = ui->x, .y = ui->y};
    for (int i = 0; i < ui->move_count; i++) {
        const struct ui_move *move = &ui->moves[i];
        if (move->kind == UI_PRESS)
            held = ui_reaches(ui, rect, move->x, move->y);
        if (held)
            ui->pad_moves[pad.count++] = *move;
        if (held && move->kind == UI_PRESS)
            ui->focus_claimed = true;
        if (move->kind == UI_RELEASE)
            held = false;
    }
    if (held)
        ui->captured_next = touch.id;
    pad.held = held;
    bool free = ui->gesture == UI_BUTTON_NONE || held;
    pad.hover = ui->present && free && ui_reaches(ui, rect, ui->x, ui->y);
    if (pad.hover || held)
        ui->cursor = cursor;
    ui_draw_ring(ui, &touch, rect, 6);
    return pad;
}

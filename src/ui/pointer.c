/* SPDX-License-Identifier: MIT */
/* Whose the pointer is. */
#include "ui/inside.h"

/* Whether a sample belongs to a gesture, and keeps track of which button that is. */
static bool follow_gesture(struct ui *ui, struct ui_move *move)
{
    if (move->kind == UI_PRESS) {
        if (ui->gesture != UI_BUTTON_NONE && move->button != ui->gesture)
            return false;
        ui->gesture = move->button;
    } else if (move->kind == UI_RELEASE) {
        if (move->button != ui->gesture)
            return false;
        ui->gesture = UI_BUTTON_NONE;
    } else {
        move->button = ui->gesture;
    }
    return true;
}

void ui_begin_pointer(struct ui *ui)
{
    const struct ui_input *in = ui->input;
    ui->captured = ui->captured_next;
    ui->captured_next = 0;
    ui->move_count = 0;
    ui->pressed = ui->focus_claimed = ui->wheel_used = ui->moved = false;
    for (int i = 0; i < in->move_count; i++) {
        struct ui_move move = in->moves[i];
        ui->moved |= !ui->present || move.x != ui->x || move.y != ui->y;
        ui->present = true;
        if (move.kind != UI_MOVE || move.x != ui->x || move.y != ui->y)
            ui->tip_by_key = false;
        ui->x = move.x;
        ui->y = move.y;
        if (!follow_gesture(ui, &move))
            continue;
        ui->moves[ui->move_count++] = move;
        if (move.kind == UI_PRESS) {
            ui->pressed = true;
            ui->keyboard = false;
        }
    }
    if (in->left)
        ui->present = false;
    if (ui->pressed)
        ui->hover_since = UI_NEVER; /* no tip for what was just pressed */
}

bool ui_reaches(const struct ui *ui, struct ui_rect rect, float x, float y)
{
    int top = ui->popup_open ? UI_LAYER_POPUP : ui->modal ? UI_LAYER_DIALOG : UI_LAYER_BASE;
    bool covered = ui->layer == UI_LAYER_BASE && ui_rect_has(ui->over, x, y);
    return ui->layer >= top && !covered && ui_rect_has(rect, x, y) &&
           ui_rect_has(ui->clips[ui->clip_count - 1], x, y);
}

/* Each control looks at all samples by itself: a press inside makes the gesture its own, whatever
 * other controls made of the gestures before it. */
struct ui_touch ui_touch_at(struct ui *ui, uint64_t id, struct ui_rect rect, bool off)
{
    struct ui_touch touch = {.id = id, .x = ui->x, .y = ui->y};
    bool held = ui->captured == id && !off;
    for (int i = 0; i < ui->move_count && !off; i++) {
        const struct ui_move *move = &ui->moves[i];
        if (move->button != UI_BUTTON_LEFT)
            continue;
        bool inside = ui_reaches(ui, rect, move->x, move->y);
        if (move->kind == UI_PRESS) {
            held = inside;
            touch.pressed |= inside;
            touch.doubled |= inside && move->clicks == 2;
        } else if (move->kind == UI_RELEASE) {
            touch.released |= held;
            touch.clicked |= held && inside;
        }
        if (held) {
            touch.x = move->x;
            touch.y = move->y;
        }
        held &= move->kind != UI_RELEASE;
    }
    if (held)
        ui->captured_next = id;
    touch.held = held;
    bool free = ui->gesture == UI_BUTTON_NONE || held;
    touch.hover = ui->present && free && ui_reaches(ui, rect, ui->x, ui->y);
    return touch;
}

float ui_take_wheel(struct ui *ui, struct ui_rect rect)
{
    if (ui->wheel_used || ui->input->wheel == 0 || !ui_reaches(ui, rect, ui->x, ui->y))
        return 0;
    ui->wheel_used = true;
    return ui->input->wheel;
}

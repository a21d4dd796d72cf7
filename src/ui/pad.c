/* SPDX-License-Identifier: MIT */
/* A surface that the view draws itself: it gets every sample of each gesture that begins inside.
 * Where the keyboard has brought the focus there, keys move a pen, which leaves samples like any
 * other. */
#include "ui/inside.h"

#include "base/clamp.h"
#include "base/language.h"

enum { PEN_STEPS = 28 }; /* from side to side; with Shift four times as many */

static void add_sample(struct ui *ui, struct ui_pad *pad, struct ui_rect rect,
                       enum ui_move_kind kind)
{
    const struct ui_pen *pen = &ui->pen;
    if (pad->count < UI_MOVES_MAX)
        ui->pad_moves[pad->count++] = (struct ui_move){
            kind, UI_BUTTON_LEFT, rect.x + pen->x * rect.w, rect.y + pen->y * rect.h, 1,
            ui->input->now};
}

static void lift_pen(struct ui *ui, struct ui_pad *pad, struct ui_rect rect)
{
    if (ui->pen.down)
        add_sample(ui, pad, rect, UI_RELEASE);
    ui->pen.down = false;
}

/* By all the arrows that are held, so that two of them lead slantwise. */
static void move_pen(struct ui *ui, const struct ui_key *key)
{
    unsigned arrows = ui->input->arrows | UI_ARROW(key->key);
    float step = (key->mods & UI_SHIFT ? 0.25f : 1) / PEN_STEPS;
    float x = (float)(!!(arrows & UI_ARROW(UI_KEY_RIGHT)) - !!(arrows & UI_ARROW(UI_KEY_LEFT)));
    float y = (float)(!!(arrows & UI_ARROW(UI_KEY_DOWN)) - !!(arrows & UI_ARROW(UI_KEY_UP)));
    ui->pen.x = clamp_float(ui->pen.x + x * step, 0, 1);
    ui->pen.y = clamp_float(ui->pen.y + y * step, 0, 1);
}

/* Any other key than the pen's own lifts it, and then does what it does. */
static void follow_keys(struct ui *ui, struct ui_pad *pad, struct ui_rect rect)
{
    struct ui_key *key;
    for (int i = 0; (key = ui_next_key(ui, &i));) {
        bool arrow = key->key >= UI_KEY_LEFT && key->key <= UI_KEY_DOWN;
        bool press = (key->key == ' ' || key->key == UI_KEY_ENTER) && ui->keyboard;
        bool leave = key->key == UI_KEY_ESCAPE && ui->keyboard;
        if (key->mods & ~(unsigned)UI_SHIFT || !(arrow || press || leave)) {
            lift_pen(ui, pad, rect);
            continue;
        }
        ui_use_key(ui, key);
        ui->keyboard = true;
        if (arrow)
            move_pen(ui, key);
        if (arrow && ui->pen.down)
            add_sample(ui, pad, rect, UI_MOVE);
        if ((press && !key->repeat && ui->pen.down) || leave) {
            lift_pen(ui, pad, rect);
        } else if (press && !key->repeat) {
            ui->pen.down = true;
            add_sample(ui, pad, rect, UI_PRESS);
        }
        if (leave)
            ui->focus = 0;
    }
}

static void show_pen(struct ui *ui, struct ui_pad *pad, struct ui_rect rect)
{
    pad->hover = true;
    pad->held |= ui->pen.down;
    pad->x = rect.x + ui->pen.x * rect.w;
    pad->y = rect.y + ui->pen.y * rect.h;
    if (ui->tip_by_key)
        ui_tip(ui, _("Arrows move the pen, with Shift in small steps; Space puts it down and lifts "
                     "it; Escape leaves"));
}

/* Lifts the pen where the keys no longer reach it, or a pointer begins to draw. */
static void begin_pen(struct ui *ui, const struct ui_touch *touch, struct ui_pad *pad,
                      struct ui_rect rect)
{
    if (!ui_hears(ui, touch) || ui->pressed)
        lift_pen(ui, pad, rect);
    ui->pen.seen = true;
}

struct ui_pad ui_pad(struct ui *ui, const char *name, struct ui_rect rect, const char *label,
                     enum ui_cursor cursor)
{
    bool held = ui->captured == ui_hash(name);
    struct ui_touch touch = ui_enter(ui, name, rect, UI_ROLE_CANVAS, label, 0);
    struct ui_pad pad = {.moves = ui->pad_moves, .focus = touch.focus, .x = ui->x, .y = ui->y};
    begin_pen(ui, &touch, &pad, rect);
    for (int i = 0; i < ui->move_count; i++) {
        const struct ui_move *move = &ui->moves[i];
        if (move->kind == UI_PRESS)
            held = ui_reaches(ui, rect, move->x, move->y);
        if (held && pad.count < UI_MOVES_MAX)
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
    if (ui_hears(ui, &touch) && !held)
        follow_keys(ui, &pad, rect);
    if (ui->focus == touch.id && ui->keyboard && !held)
        show_pen(ui, &pad, rect);
    return pad;
}

/* SPDX-License-Identifier: MIT */
/* The explanation of a control: when it is due, and how it looks. */
#include "ui/inside.h"

#include <stdio.h>

enum { TIP_DELAY = 500000 }; /* microseconds */

/* Since when the pointer has been over the control called last. What lies under it, such as the
 * area that it scrolls in, was over too: the last one counts, and it is known at the end alone. */
static uint64_t hovered_since(const struct ui *ui)
{
    if (ui->hover_next == ui->hover && !ui->hover_unmoved)
        return ui->hover_since;
    return ui->moved && ui->gesture == UI_BUTTON_NONE && !ui->pressed ? ui->input->now : UI_NEVER;
}

/* What came under a pointer that rests, as when a dialog closed, waits for it to move. */
void ui_end_hover(struct ui *ui)
{
    ui->hover_since = hovered_since(ui);
    ui->hover_unmoved = (ui->hover_next != ui->hover || ui->hover_unmoved) && !ui->moved &&
                        !ui->pressed;
    ui->hover = ui->hover_next;
}

void ui_tip(struct ui *ui, const char *text)
{
    if (ui->last < 0 || !text || !text[0])
        return;
    struct ui_entry *entry = &ui->entries[!ui->done].items[ui->last];
    if (!entry->shown.tip[0])
        snprintf(entry->shown.tip, sizeof entry->shown.tip, "%s", text);
    if (entry->id == ui->tip_of)
        return;
    bool by_key = ui->tip_by_key && ui->keyboard && entry->id == ui->focus;
    uint64_t since = hovered_since(ui);
    bool by_hover = entry->id == ui->hover_next && since != UI_NEVER;
    if (by_hover && ui->input->now < since + TIP_DELAY) {
        ui_wake_at(ui, since + TIP_DELAY);
        by_hover = false;
    }
    if (!by_key && !by_hover)
        return;
    snprintf(ui->tip, sizeof ui->tip, "%s", text);
    ui->tip_anchor = entry->shown.rect;
    ui->tip_of = entry->id;
}

/* A rectangle of w x h below the anchor, or above it, or where neither has room at a side of it, in
 * the window: what is explained stays in sight. */
static struct ui_rect place_beside(struct ui *ui, struct ui_rect anchor, float w, float h)
{
    struct ui_rect room = ui_inset(ui_window(ui), 4);
    struct ui_rect rect = {anchor.x + anchor.w / 2 - w / 2, anchor.y + anchor.h + 8, w, h};
    float above = anchor.y - 8 - h, right = anchor.x + anchor.w + 8, left = anchor.x - 8 - w;
    if (rect.y + h <= room.y + room.h)
        return ui_inside(rect, room);
    if (above >= room.y) {
        rect.y = above;
    } else if (right + w <= room.x + room.w || left >= room.x) {
        rect.x = right + w <= room.x + room.w ? right : left;
        rect.y = anchor.y + (anchor.h - h) / 2;
    }
    return ui_inside(rect, room);
}

void ui_draw_tip(struct ui *ui)
{
    float most = 288;
    float w = ui_label_width(ui, UI_LITTLE, ui->tip);
    if (w > most)
        w = most;
    float h = ui_wrapped_height(ui, w + 1, UI_LITTLE, ui->tip);
    struct ui_rect rect = place_beside(ui, ui->tip_anchor, w + 21, h + 12);
    ui_layer_begin(ui, UI_LAYER_TIP);
    ui_push_box(ui_shapes(ui), rect, 8, ui->theme->field_hover, ui->theme->field_edge, 1);
    ui_wrapped(ui, ui_inset_xy(rect, 10, 6), UI_LITTLE, ui->tip);
    ui_layer_end(ui);
}

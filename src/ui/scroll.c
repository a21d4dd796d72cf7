/* SPDX-License-Identifier: MIT */
/* Parts of the screen that scroll, and the bar at their side. */
#include "ui/inside.h"

#include <math.h>
#include <stdio.h>

#include "base/clamp.h"

enum { BAR = 8, THUMB_MIN = 24, WHEEL_LINE = 40 };

void ui_scroll_bar(struct ui *ui, uint64_t id, struct ui_rect view, float content, float *scroll)
{
    float most = fmaxf(0, content - view.h);
    if (most > 0 && view.h > THUMB_MIN && view.w > BAR) {
        struct ui_rect track = {view.x + view.w - BAR, view.y, BAR, view.h};
        float thumb = fminf(view.h, fmaxf(THUMB_MIN, view.h * view.h / content));
        struct ui_touch touch = ui_touch_at(ui, id, track, false);
        if (touch.pressed)
            ui->focus_claimed = true;
        if (touch.pressed || touch.held || touch.released)
            *scroll = (touch.y - view.y - thumb / 2) / fmaxf(1, view.h - thumb) * most;
        *scroll = clamp_float(*scroll, 0, most);
        float y = view.y + (view.h - thumb) * *scroll / most;
        bool near = touch.hover || touch.held;
        ui_color color = near ? ui->theme->quiet : ui->theme->field_edge;
        ui_push_box(ui_shapes(ui), (struct ui_rect){track.x + 2, y + 2, BAR - 4, thumb - 4}, 2,
                    color, 0, 0);
    }
    *scroll = clamp_float(*scroll, 0, most);
}

struct ui_rect ui_scroll_begin(struct ui *ui, const char *name, struct ui_rect rect, float content,
                               float *scroll)
{
    *scroll = clamp_float(*scroll, 0, fmaxf(0, content - rect.h));
    ui_area(ui, name, rect, UI_ROLE_AREA, NULL);
    snprintf(ui->area.name, sizeof ui->area.name, "%s", name);
    ui->area.id = ui_hash(name);
    ui->area.first = ui->entries[!ui->done].count;
    ui->area.content = content;
    ui->area.scroll = scroll;
    ui->area.rect = rect;
    ui_clip_begin(ui, rect);
    float bar = content > rect.h ? BAR + UI_STEP : 0;
    return (struct ui_rect){rect.x, rect.y - roundf(*scroll), fmaxf(0, rect.w - bar), content};
}

/* Scrolls as little as shows the control to which the keyboard moved the focus. */
static void follow_focus(struct ui *ui)
{
    const struct ui_entries *list = &ui->entries[!ui->done];
    struct ui_rect view = ui->area.rect;
    if (!ui->tip_by_key) /* the focus did not come by the keyboard just now */
        return;
    for (int i = ui->area.first; i < list->count; i++) {
        const struct ui_entry *entry = &list->items[i];
        if (entry->id != ui->focus)
            continue;
        float above = view.y - (entry->whole.y - 8);
        float below = entry->whole.y + entry->whole.h + 8 - (view.y + view.h);
        if (above > 0 || entry->whole.h + 16 > view.h) /* of what is too high, the top */
            *ui->area.scroll -= above;
        else if (below > 0)
            *ui->area.scroll += below;
    }
}

void ui_scroll_end(struct ui *ui)
{
    float before = *ui->area.scroll;
    ui_clip_end(ui);
    follow_focus(ui);
    *ui->area.scroll -= ui_take_wheel(ui, ui->area.rect) * WHEEL_LINE;
    ui_scroll_bar(ui, ui_hash_index(ui->area.id, -1), ui->area.rect, ui->area.content,
                  ui->area.scroll);
    if (*ui->area.scroll != before)
        ui_wake_at(ui, 0);
}

/* SPDX-License-Identifier: MIT */
/* The list of controls: who is on screen, and where. */
#include "ui/inside.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct ui_entry *add_entry(struct ui *ui)
{
    static const struct ui_entry empty;
    struct ui_entries *list = &ui->entries[!ui->done];
    if (list->count == list->room) {
        int room = list->room ? 2 * list->room : 128;
        struct ui_entry *items = realloc(list->items, (size_t)room * sizeof *items);
        if (!items) {
            ui->last = -1;
            if (list->count == 0)
                return NULL;
            list->count--;
        } else {
            list->items = items;
            list->room = room;
        }
    }
    ui->last = list->count++;
    list->items[ui->last] = empty;
    return &list->items[ui->last];
}

static void fill_entry(struct ui *ui, struct ui_entry *entry, const char *name,
                       struct ui_rect rect, enum ui_role role, const char *label)
{
    snprintf(entry->shown.name, sizeof entry->shown.name, "%s", name);
    snprintf(entry->shown.label, sizeof entry->shown.label, "%s", label ? label : "");
    entry->whole = rect;
    entry->shown.tip[0] = 0;
    entry->shown.rect = ui_rect_meet(rect, ui->clips[ui->clip_count - 1]);
    if (entry->shown.rect.w <= 0 || entry->shown.rect.h <= 0)
        entry->shown.rect.w = entry->shown.rect.h = 0;
    entry->shown.role = role;
    entry->shown.over = ui->layer > UI_LAYER_BASE;
    entry->id = ui_hash(name);
    entry->group = ui->group;
    entry->in_grid = ui->group && ui->grid;
    entry->layer = ui->layer;
}

struct ui_touch ui_enter(struct ui *ui, const char *name, struct ui_rect rect, enum ui_role role,
                         const char *label, unsigned flags)
{
    uint64_t id = ui_hash(name);
    bool off = flags & UI_OFF;
    struct ui_touch touch = ui_touch_at(ui, id, rect, off);
    if (touch.hover)
        ui->hover_next = id;
    if (touch.pressed) {
        ui->focus = flags & UI_NO_FOCUS ? ui->focus : id;
        ui->focus_claimed = true;
    }
    if (off && ui->focus == id)
        ui->focus = 0;
    touch.focus = ui->focus == id;
    touch.ring = touch.focus && ui->keyboard;
    struct ui_entry *entry = add_entry(ui);
    if (entry) {
        fill_entry(ui, entry, name, rect, role, label);
        entry->tab_stop = !off && !(flags & UI_NO_FOCUS);
        entry->shown.focus = touch.focus;
        entry->shown.off = off;
        entry->shown.on = flags & UI_ON;
    }
    if (off)
        touch.hover = false;
    else if (touch.hover)
        ui->cursor = UI_CURSOR_HAND;
    return touch;
}

bool ui_area(struct ui *ui, const char *name, struct ui_rect rect, enum ui_role role,
             const char *label)
{
    bool over = ui->present && ui_reaches(ui, rect, ui->x, ui->y);
    struct ui_entry *entry = add_entry(ui);
    if (entry)
        fill_entry(ui, entry, name, rect, role, label);
    if (over)
        ui->hover_next = ui_hash(name);
    return over;
}

int ui_control_count(const struct ui *ui)
{
    return ui->entries[ui->done].count;
}

const struct ui_control *ui_control(const struct ui *ui, int i)
{
    assert(i >= 0 && i < ui_control_count(ui));
    return &ui->entries[ui->done].items[i].shown;
}

const struct ui_control *ui_find_control(const struct ui *ui, const char *name)
{
    for (int i = 0; i < ui_control_count(ui); i++)
        if (strcmp(ui_control(ui, i)->name, name) == 0)
            return ui_control(ui, i);
    return NULL;
}

bool ui_layout_changed(const struct ui *ui)
{
    return ui->layout_changed;
}

static uint64_t hash_layout(const struct ui_entries *list)
{
    uint64_t hash = (uint64_t)list->count;
    for (int i = 0; i < list->count; i++) {
        const struct ui_rect *r = &list->items[i].shown.rect;
        const float sides[4] = {r->x, r->y, r->w, r->h};
        uint32_t bits[4];
        memcpy(bits, sides, sizeof bits);
        hash = ui_hash_index(hash ^ list->items[i].id, i);
        for (int k = 0; k < 4; k++)
            hash = ui_hash_index(hash ^ bits[k], k);
    }
    return hash;
}

void ui_end_controls(struct ui *ui)
{
    ui->done = !ui->done;
    ui->last = -1;
    uint64_t hash = hash_layout(&ui->entries[ui->done]);
    ui->layout_changed = hash != ui->layout_hash;
    ui->layout_hash = hash;
    ui->over = ui->over_next;
    strcpy(ui->cut, ui->cut_next);
}

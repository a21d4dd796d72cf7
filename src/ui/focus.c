/* SPDX-License-Identifier: MIT */
/* Keys, and who hears them. */
#include "ui/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

static int find_entry(const struct ui_entries *list, uint64_t id)
{
    for (int i = 0; i < list->count; i++)
        if (list->items[i].id == id)
            return i;
    return -1;
}

/* The grid that the focus is in, or 0. */
static uint64_t find_grid(const struct ui *ui)
{
    const struct ui_entries *list = &ui->entries[ui->done];
    int at = find_entry(list, ui->focus);
    return at >= 0 && list->items[at].in_grid ? list->items[at].group : 0;
}

/* Moves the focus `step` controls on: within `group`, or, where that is 0, beyond the grid that it
 * is in. */
static void move_focus(struct ui *ui, int step, uint64_t group)
{
    struct ui_entries *list = &ui->entries[ui->done];
    int least = ui->modal ? UI_LAYER_DIALOG : UI_LAYER_BASE;
    int most = ui->modal ? UI_LAYER_DIALOG : UI_LAYER_OVER;
    int count = ui_find_tab_order(list), at = 0;
    uint64_t left = group ? 0 : find_grid(ui);
    while (at < count && list->items[list->items[at].turn].id != ui->focus)
        at++;
    if (at == count && step > 0)
        at = -1;
    for (int n = 0; n < count; n++) {
        at = (at + step + count) % count;
        const struct ui_entry *entry = &list->items[list->items[at].turn];
        bool here = entry->layer >= least && entry->layer <= most;
        if (here && (group ? entry->group == group : !left || entry->group != left)) {
            ui->focus = entry->id;
            break;
        }
    }
    ui->keyboard = ui->tip_by_key = true;
}

/* Down and Up go by rows where the group is a grid, Home and End to its ends. */
static void move_in_group(struct ui *ui, int key, int from, uint64_t group)
{
    const struct ui_entries *list = &ui->entries[ui->done];
    bool down = key == UI_KEY_DOWN, grid = false;
    int to = -1;
    if (down || key == UI_KEY_UP)
        to = ui_find_across(list, from, down, &grid);
    for (int i = 0; i < list->count && (key == UI_KEY_HOME || key == UI_KEY_END); i++)
        if (list->items[i].group == group && list->items[i].tab_stop &&
            (to < 0 || key == UI_KEY_END))
            to = i;
    if (to >= 0)
        ui->focus = list->items[to].id;
    else if (!grid)
        move_focus(ui, key == UI_KEY_LEFT || key == UI_KEY_UP ? -1 : 1, group);
    ui->keyboard = ui->tip_by_key = true;
}

/* Whether the key moves the focus, and if so moves it when `now`. */
static bool key_moves_focus(struct ui *ui, const struct ui_key *key, bool now)
{
    uint64_t group = 0;
    int at = -1;
    if (key->key != UI_KEY_TAB) {
        at = find_entry(&ui->entries[ui->done], ui->focus);
        group = at < 0 || ui->popup.owner ? 0 : ui->entries[ui->done].items[at].group;
        bool moves = key->key >= UI_KEY_LEFT && key->key <= UI_KEY_END;
        if (!group || !moves || key->mods)
            return false;
    } else if (key->mods & ~(unsigned)UI_SHIFT) {
        return false;
    }
    if (now) {
        ui_close_popup(ui);
        if (group)
            move_in_group(ui, key->key, at, group);
        else
            move_focus(ui, key->mods & UI_SHIFT ? -1 : 1, 0);
    }
    return true;
}

/* Moves the first character of `from` to to[8]. */
static void take_character(char *to, char *from)
{
    size_t len = strlen(from), n = text_next(from, len, 0);
    snprintf(to, 8, "%.*s", (int)(n < 7 ? n : 7), from);
    memmove(from, from + n, len - n + 1);
}

/* Enter and Escape do what they do once, however long they are held: what they led to must not be
 * entered or left as well. */
static bool fires_once(const struct ui_key *key)
{
    return key->key == UI_KEY_ENTER || key->key == UI_KEY_ESCAPE;
}

static void queue_keys(struct ui *ui)
{
    const struct ui_input *in = ui->input;
    for (int i = 0; i < in->key_count && ui->queue_count < UI_QUEUE_MAX; i++)
        if (!in->keys[i].repeat || !fires_once(&in->keys[i]))
            ui->queue[ui->queue_count++] = in->keys[i];
    size_t used = strlen(ui->typed_queue);
    snprintf(ui->typed_queue + used, sizeof ui->typed_queue - used, "%s", in->typed);
}

/* Takes keys from the queue up to the next one that moves the focus, so that what was typed before
 * it goes to one control and what comes after it to another. */
void ui_begin_keys(struct ui *ui)
{
    int taken = 0;
    queue_keys(ui);
    ui->key_count = 0;
    ui->typed[0] = 0;
    for (; taken < ui->queue_count && ui->key_count < UI_KEYS_MAX; taken++) {
        const struct ui_key *key = &ui->queue[taken];
        bool moves = key_moves_focus(ui, key, ui->key_count == 0);
        if (moves && ui->key_count > 0)
            break;
        if (moves)
            continue;
        int i = ui->key_count++;
        ui->keys[i] = *key;
        ui->key_used[i] = ui->tip_by_key = false;
        ui->key_text[i][0] = 0;
        if (key->key >= ' ' && key->key < UI_KEY_ENTER && !(key->mods & (UI_CTRL | UI_ALT)))
            take_character(ui->key_text[i], ui->typed_queue);
    }
    ui->queue_count -= taken;
    memmove(ui->queue, ui->queue + taken, (size_t)ui->queue_count * sizeof *ui->queue);
    if (ui->queue_count == 0) {
        strcpy(ui->typed, ui->typed_queue);
        ui->typed_queue[0] = 0;
    } else {
        ui_wake_at(ui, 0);
    }
}

struct ui_key *ui_next_key(struct ui *ui, int *i)
{
    while (*i < ui->key_count) {
        int at = (*i)++;
        if (!ui->key_used[at])
            return &ui->keys[at];
    }
    return NULL;
}

void ui_use_key(struct ui *ui, const struct ui_key *key)
{
    ui->key_used[key - ui->keys] = true;
}

bool ui_key(struct ui *ui, int key, unsigned mods)
{
    struct ui_key *pressed;
    bool fresh = false;
    for (int i = 0; !fresh && (pressed = ui_next_key(ui, &i));) {
        if (pressed->key != key || pressed->mods != mods)
            continue;
        ui_use_key(ui, pressed);
        fresh = !pressed->repeat;
    }
    return fresh;
}

int ui_key_held(struct ui *ui, int key, unsigned mods)
{
    struct ui_key *pressed;
    int count = 0;
    for (int i = 0; (pressed = ui_next_key(ui, &i));) {
        if (pressed->key != key || pressed->mods != mods)
            continue;
        ui_use_key(ui, pressed);
        count++;
    }
    return count;
}

bool ui_hears(const struct ui *ui, const struct ui_touch *touch)
{
    bool reached = ui->layer == UI_LAYER_DIALOG || !ui->modal;
    return touch->focus && reached && !ui->popup_open;
}

bool ui_activated(struct ui *ui, const struct ui_touch *touch)
{
    if (touch->clicked)
        return true;
    if (!ui_hears(ui, touch))
        return false;
    if (!ui_key(ui, UI_KEY_ENTER, 0) && !ui_key(ui, ' ', 0))
        return false;
    ui->keyboard = true;
    return true;
}

void ui_focus(struct ui *ui, const char *name)
{
    ui->focus = name ? ui_hash(name) : 0;
    ui->focus_claimed = true;
    if (ui->edit.id == ui->focus)
        ui->edit.id = 0; /* that field begins anew */
}

bool ui_has_focus(const struct ui *ui, const char *name)
{
    return ui->focus == ui_hash(name);
}

void ui_show_focus(struct ui *ui)
{
    ui->keyboard = true;
    ui_wake_at(ui, 0);
}

bool ui_types(const struct ui *ui, char character)
{
    for (int i = 0; i < ui->key_count; i++)
        if (!ui->key_used[i] && ui->key_text[i][0])
            return ui->key_text[i][0] == character;
    return ui->typed[0] == character;
}

void ui_group_begin(struct ui *ui, const char *name)
{
    ui->group = ui_hash(name);
    ui->grid = false;
}

void ui_grid_begin(struct ui *ui, const char *name)
{
    ui->group = ui_hash(name);
    ui->grid = true;
}

void ui_group_end(struct ui *ui)
{
    ui->group = 0;
}

/* The dialog that was there gives the focus back; a new one takes it. */
void ui_end_modal(struct ui *ui)
{
    if (ui->modal == ui->modal_next)
        return;
    const struct ui_entries *list = &ui->entries[!ui->done];
    int at = find_entry(list, ui->focus);
    bool inside = at >= 0 && list->items[at].layer == UI_LAYER_DIALOG;
    if (!ui->modal) {
        ui->focus_below = ui->focus_before;
        if (!inside)
            ui->focus = 0;
    } else if (!ui->modal_next) {
        ui->focus = ui->focus_below;
    }
    ui->modal = ui->modal_next;
    ui_wake_at(ui, 0);
}

void ui_end_focus(struct ui *ui)
{
    if (ui->pressed && !ui->focus_claimed && !ui->popup_open)
        ui->focus = 0;
    if (ui->focus != ui->focus_before)
        ui_wake_at(ui, 0);
}

/* SPDX-License-Identifier: MIT */
/* The core: frames, who gets the input, layers, the list of controls, focus and keys. */
#include "ui/inside.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

enum { TIP_DELAY = 500000 }; /* microseconds */

struct ui *ui_new(const struct ui_metrics *metrics, const struct ui_clipboard *clipboard,
                  struct err *err)
{
    struct ui *ui = calloc(1, sizeof *ui);
    if (!ui) {
        err_memory(err, "the window's controls");
        return NULL;
    }
    ui->metrics = *metrics;
    if (clipboard)
        ui->clipboard = *clipboard;
    ui->theme = ui_theme_dark();
    ui->pen = (struct ui_pen){.x = 0.5f, .y = 0.5f};
    return ui;
}

void ui_free(struct ui *ui)
{
    if (!ui)
        return;
    for (int i = 0; i < UI_LAYER_COUNT; i++)
        ui_shapes_free(&ui->layers[i]);
    ui_shapes_free(&ui->frame);
    free(ui->entries[0].items);
    free(ui->entries[1].items);
    free(ui->own_clip);
    free(ui);
}

uint64_t ui_hash(const char *name)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 0x100000001b3u;
    return hash ? hash : 1;
}

uint64_t ui_hash_index(uint64_t id, int i)
{
    uint64_t hash = (id ^ (uint64_t)(unsigned)i) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 29;
    return hash ? hash : 1;
}

struct ui_rect ui_window(const struct ui *ui)
{
    return (struct ui_rect){0, 0, ui->input->width, ui->input->height};
}

void ui_wake_at(struct ui *ui, uint64_t when)
{
    if (when < ui->wake)
        ui->wake = when;
}

void ui_again(struct ui *ui)
{
    ui_wake_at(ui, 0);
}

/* ---- the pointer ---- */

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

static void begin_pointer(struct ui *ui)
{
    const struct ui_input *in = ui->input;
    ui->captured = ui->captured_next;
    ui->captured_next = 0;
    ui->move_count = 0;
    ui->pressed = ui->focus_claimed = ui->wheel_used = false;
    for (int i = 0; i < in->move_count; i++) {
        struct ui_move move = in->moves[i];
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

/* ---- the list of controls ---- */

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
    entry->shown.rect = ui_rect_meet(rect, ui->clips[ui->clip_count - 1]);
    if (entry->shown.rect.w <= 0 || entry->shown.rect.h <= 0)
        entry->shown.rect.w = entry->shown.rect.h = 0;
    entry->shown.role = role;
    entry->shown.over = ui->layer > UI_LAYER_BASE;
    entry->id = ui_hash(name);
    entry->group = ui->group;
    entry->layer = ui->layer;
}

/* Since when the pointer has been over the control called last. What lies under it, such as the
 * area that it scrolls in, was over too: the last one counts, and it is known at the end alone. */
static uint64_t hovered_since(const struct ui *ui)
{
    if (ui->hover_next == ui->hover)
        return ui->hover_since;
    return ui->gesture == UI_BUTTON_NONE && !ui->pressed ? ui->input->now : UI_NEVER;
}

static void end_hover(struct ui *ui)
{
    ui->hover_since = hovered_since(ui);
    ui->hover = ui->hover_next;
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

const char *ui_role_name(enum ui_role role)
{
    static const char *const names[] = {
        [UI_ROLE_BUTTON] = "button", [UI_ROLE_TOGGLE] = "toggle", [UI_ROLE_TAB] = "tab",
        [UI_ROLE_FIELD] = "field", [UI_ROLE_NUMBER] = "number", [UI_ROLE_SLIDER] = "slider",
        [UI_ROLE_CHECK] = "check", [UI_ROLE_SELECT] = "select", [UI_ROLE_OPTION] = "option",
        [UI_ROLE_MENU] = "menu", [UI_ROLE_LIST] = "list", [UI_ROLE_PROGRESS] = "progress",
        [UI_ROLE_VALUE] = "value", [UI_ROLE_CANVAS] = "canvas", [UI_ROLE_PLOT] = "plot",
        [UI_ROLE_DIALOG] = "dialog", [UI_ROLE_AREA] = "area",
    };
    return names[role];
}

bool ui_layout_changed(const struct ui *ui)
{
    return ui->layout_changed;
}

const char *ui_cut_text(const struct ui *ui)
{
    return ui->cut[0] ? ui->cut : NULL;
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

/* ---- keys and focus ---- */

static int find_entry(const struct ui_entries *list, uint64_t id)
{
    for (int i = 0; i < list->count; i++)
        if (list->items[i].id == id)
            return i;
    return -1;
}

/* Moves the focus `step` controls on, within `group` unless that is 0. */
static void move_focus(struct ui *ui, int step, uint64_t group)
{
    struct ui_entries *list = &ui->entries[ui->done];
    int least = ui->modal ? UI_LAYER_DIALOG : UI_LAYER_BASE;
    int most = ui->modal ? UI_LAYER_DIALOG : UI_LAYER_OVER;
    int count = ui_find_turns(list), at = 0;
    while (at < count && list->items[list->items[at].turn].id != ui->focus)
        at++;
    if (at == count && step > 0)
        at = -1;
    for (int n = 0; n < count; n++) {
        at = (at + step + count) % count;
        const struct ui_entry *entry = &list->items[list->items[at].turn];
        bool here = entry->layer >= least && entry->layer <= most;
        if (here && (!group || entry->group == group)) {
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
    size_t len = strlen(from), n = ui_utf8_next(from, len, 0);
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
static void begin_keys(struct ui *ui)
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

void ui_group_begin(struct ui *ui, const char *name)
{
    ui->group = ui_hash(name);
}

void ui_group_end(struct ui *ui)
{
    ui->group = 0;
}

/* ---- layers and clips ---- */

static void set_clip(struct ui *ui, struct ui_rect clip)
{
    ui_push_clip(&ui->layers[ui->layer], clip);
}

void ui_clip_begin(struct ui *ui, struct ui_rect rect)
{
    assert(ui->clip_count < UI_CLIPS_MAX);
    ui->clips[ui->clip_count] = ui_rect_meet(rect, ui->clips[ui->clip_count - 1]);
    set_clip(ui, ui->clips[ui->clip_count++]);
}

void ui_clip_end(struct ui *ui)
{
    assert(ui->clip_count > 1);
    set_clip(ui, ui->clips[--ui->clip_count - 1]);
}

/* Another layer starts with the whole window; the clip of the one below stays as it is. */
void ui_layer_begin(struct ui *ui, int layer)
{
    assert(ui->layer_depth < UI_LAYER_COUNT && ui->clip_count < UI_CLIPS_MAX);
    ui->layers_below[ui->layer_depth++] = ui->layer;
    ui->layer = layer;
    ui->clips[ui->clip_count++] = ui_window(ui);
    set_clip(ui, ui_window(ui));
}

void ui_layer_end(struct ui *ui)
{
    ui->clip_count--;
    ui->layer = ui->layers_below[--ui->layer_depth];
}

void ui_over_begin(struct ui *ui, struct ui_rect rect)
{
    ui->over_next = rect;
    ui_layer_begin(ui, UI_LAYER_OVER);
}

void ui_over_end(struct ui *ui, float strength)
{
    ui_shapes_fade(ui_shapes(ui), strength);
    ui_layer_end(ui);
}

struct ui_shapes *ui_shapes(struct ui *ui)
{
    return &ui->layers[ui->layer];
}

/* ---- a frame ---- */

/* A press outside an open list closes it, and is used up by that: popup_open, which keeps input
 * from what lies below, stays true for this frame. */
static void begin_popup(struct ui *ui)
{
    struct ui_popup *popup = &ui->popup;
    ui->popup_open = popup->owner != 0;
    popup->seen = popup->fresh = false;
    for (int i = 0; i < ui->move_count && popup->owner; i++)
        if (ui->moves[i].kind == UI_PRESS &&
            !ui_rect_has(popup->rect, ui->moves[i].x, ui->moves[i].y))
            ui_close_popup(ui);
}

void ui_close_popup(struct ui *ui)
{
    if (ui->popup.owner)
        ui_wake_at(ui, 0);
    ui->popup.owner = 0;
}

void ui_begin(struct ui *ui, const struct ui_input *input, const struct ui_theme *theme)
{
    ui->input = input;
    ui->theme = theme;
    ui->wake = UI_NEVER;
    ui->cursor = UI_CURSOR_ARROW;
    for (int i = 0; i < UI_LAYER_COUNT; i++)
        ui_shapes_reset(&ui->layers[i]);
    ui->layer = ui->layer_depth = 0;
    ui->clips[0] = ui_window(ui);
    ui->clip_count = 1;
    set_clip(ui, ui->clips[0]);
    ui->entries[!ui->done].count = 0;
    ui->last = -1;
    ui->group = ui->hover_next = ui->modal_next = 0;
    ui->over_next = (struct ui_rect){0};
    ui->cut_next[0] = 0;
    ui->text_focus_next = ui->pen.seen = false;
    ui->tip[0] = 0;
    ui->tip_of = 0;
    ui->focus_before = ui->focus;
    begin_pointer(ui);
    begin_popup(ui);
    begin_keys(ui);
}

/* The dialog that was there gives the focus back; a new one takes it. */
static void end_modal(struct ui *ui)
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

/* A rectangle of w x h below the anchor, or above it, in the window. */
static struct ui_rect place_beside(struct ui *ui, struct ui_rect anchor, float w, float h)
{
    struct ui_rect rect = {anchor.x + anchor.w / 2 - w / 2, anchor.y + anchor.h + 8, w, h};
    if (rect.y + h > ui->input->height - 4)
        rect.y = anchor.y - 8 - h;
    return ui_inside(rect, ui_inset(ui_window(ui), 4));
}

static void draw_tip(struct ui *ui)
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

void ui_tip(struct ui *ui, const char *text)
{
    if (ui->last < 0 || !text || !text[0])
        return;
    const struct ui_entry *entry = &ui->entries[!ui->done].items[ui->last];
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

static void end_focus(struct ui *ui)
{
    if (ui->pressed && !ui->focus_claimed && !ui->popup_open)
        ui->focus = 0;
    if (ui->focus != ui->focus_before)
        ui_wake_at(ui, 0);
    ui->text_focus = ui->text_focus_next;
}

static void end_controls(struct ui *ui)
{
    ui->done = !ui->done;
    ui->last = -1;
    uint64_t hash = hash_layout(&ui->entries[ui->done]);
    ui->layout_changed = hash != ui->layout_hash;
    ui->layout_hash = hash;
    ui->over = ui->over_next;
    strcpy(ui->cut, ui->cut_next);
}

const struct ui_shapes *ui_end(struct ui *ui)
{
    assert(ui->clip_count == 1 && ui->layer_depth == 0);
    if (ui->popup.owner && !ui->popup.seen)
        ui_close_popup(ui);
    if (ui->popup.fresh)
        ui_wake_at(ui, 0);
    if (ui->tip[0] && !ui->popup.owner)
        draw_tip(ui);
    ui->pen.down &= ui->pen.seen;
    end_focus(ui);
    end_modal(ui);
    end_hover(ui);
    end_controls(ui);
    ui_shapes_reset(&ui->frame);
    for (int i = 0; i < UI_LAYER_COUNT; i++)
        ui_shapes_append(&ui->frame, &ui->layers[i]);
    return &ui->frame;
}

uint64_t ui_wake(const struct ui *ui)
{
    return ui->wake;
}

enum ui_cursor ui_cursor(const struct ui *ui)
{
    return ui->cursor;
}

bool ui_wants_text(const struct ui *ui)
{
    return ui->text_focus;
}

const struct ui_theme *ui_theme(const struct ui *ui)
{
    return ui->theme;
}

const struct ui_metrics *ui_metrics(const struct ui *ui)
{
    return &ui->metrics;
}

const struct ui_input *ui_input(const struct ui *ui)
{
    return ui->input;
}

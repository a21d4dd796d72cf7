/* SPDX-License-Identifier: MIT */
/* Lists that open over the others: drop-down lists and menus. */
#include "ui/inside.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ROW = 32, LINE_ROW = 9, PAD = 4, SIDE = 12, TICK = 22, DETAIL_GAP = 24, ARROW = 20 };

/* The rows of an open list, however its owner keeps them. */
struct rows {
    const struct ui_item *items;     /* a menu's, or */
    const char *const *labels;       /* a drop-down list's */
    int count, current;
    const char *name;                /* the owner's */
};

static struct ui_item row_at(const struct rows *rows, int i)
{
    if (rows->items)
        return rows->items[i];
    return (struct ui_item){.label = rows->labels[i], .on = i == rows->current};
}

static float row_height(const struct rows *rows, int i)
{
    return row_at(rows, i).label ? ROW : LINE_ROW;
}

static float rows_height(const struct rows *rows, int count)
{
    float h = 0;
    for (int i = 0; i < count; i++)
        h += row_height(rows, i);
    return h;
}

static bool can_choose(const struct rows *rows, int i)
{
    struct ui_item item = row_at(rows, i);
    return item.label && !item.off;
}

static float rows_width(struct ui *ui, const struct rows *rows)
{
    float widest = 0;
    for (int i = 0; i < rows->count; i++) {
        struct ui_item item = row_at(rows, i);
        float w = item.label ? ui_label_width(ui, 0, item.label) : 0;
        if (item.detail)
            w += DETAIL_GAP + ui_label_width(ui, UI_QUIET, item.detail);
        widest = fmaxf(widest, w);
    }
    return ceilf(widest) + TICK + 2 * SIDE + 2 * PAD;
}

/* Below its owner, or above where there is more room. */
static struct ui_rect place_popup(struct ui *ui, struct ui_rect owner, const struct rows *rows)
{
    struct ui_rect window = ui_inset(ui_window(ui), 4);
    float w = fminf(window.w, fmaxf(owner.w, rows_width(ui, rows)));
    float h = rows_height(rows, rows->count) + 2 * PAD, y = owner.y + owner.h + 4;
    float below = window.y + window.h - y, above = owner.y - 4 - window.y;
    if (h > below && above > below) {
        h = fminf(h, above);
        y = owner.y - 4 - h;
    } else {
        h = fminf(h, fmaxf(0, below));
    }
    float x = owner.x + w > window.x + window.w ? owner.x + owner.w - w : owner.x;
    return ui_inside((struct ui_rect){x, y, w, h}, window);
}

/* ---- keys ---- */

/* The next row from `from` on, `step` by `step`, that can be chosen; `from - step` if none. */
static int next_row(const struct rows *rows, int from, int step)
{
    for (int i = from; i >= 0 && i < rows->count; i += step)
        if (can_choose(rows, i))
            return i;
    return from - step;
}

static void show_marked(struct ui *ui, const struct rows *rows)
{
    struct ui_popup *popup = &ui->popup;
    if (popup->marked < 0 || popup->marked >= rows->count)
        return;
    float top = rows_height(rows, popup->marked), view = popup->rect.h - 2 * PAD;
    popup->scroll = fminf(popup->scroll, top);
    popup->scroll = fmaxf(popup->scroll, top + ROW - view);
}

/* Returns the row that the keys chose, or -1. */
static int read_keys(struct ui *ui, const struct rows *rows)
{
    struct ui_popup *popup = &ui->popup;
    struct ui_key *key;
    int chosen = -1;
    for (int i = 0; popup->owner && (key = ui_next_key(ui, &i));) {
        if (key->mods & (UI_CTRL | UI_ALT)) { /* a shortcut: not the list's */
            ui_close_popup(ui);
            continue;
        }
        ui_use_key(ui, key);
        ui->keyboard = true;
        if (key->key == UI_KEY_DOWN)
            popup->marked = next_row(rows, popup->marked + 1, 1);
        else if (key->key == UI_KEY_UP && popup->marked > 0)
            popup->marked = next_row(rows, popup->marked - 1, -1);
        else if (key->key == UI_KEY_HOME)
            popup->marked = next_row(rows, 0, 1);
        else if (key->key == UI_KEY_END)
            popup->marked = next_row(rows, rows->count - 1, -1);
        else if (key->key == UI_KEY_ESCAPE)
            ui_close_popup(ui);
        else if ((key->key == UI_KEY_ENTER || key->key == ' ') && !key->repeat &&
                 popup->marked >= 0 && popup->marked < rows->count &&
                 can_choose(rows, popup->marked))
            chosen = popup->marked;
        else
            continue;
        show_marked(ui, rows);
    }
    return chosen;
}

/* ---- rows ---- */

static void draw_row_tick(struct ui *ui, struct ui_rect box)
{
    float x = box.x + 2, y = box.y + box.h / 2;
    const float points[] = {x, y, x + 4, y + 4, x + 11, y - 4};
    ui_push_line(ui_shapes(ui), points, 3, 2, ui->theme->accent);
}

static void draw_row(struct ui *ui, struct ui_rect rect, const struct ui_item *item, bool marked)
{
    if (marked && !item->off)
        ui_push_box(ui_shapes(ui), rect, 6, ui->theme->selection, 0, 0);
    struct ui_rect inside = ui_inset_xy(rect, SIDE, 0), tick = ui_cut_left(&inside, TICK);
    if (item->on)
        draw_row_tick(ui, tick);
    unsigned off = item->off ? UI_OFF : 0;
    if (item->detail) {
        float room = inside.w - ui_label_width(ui, 0, item->label) - DETAIL_GAP;
        float w = fminf(ui_label_width(ui, 0, item->detail), fmaxf(room, inside.w / 2));
        ui_label(ui, ui_cut_right(&inside, ceilf(w)), UI_RIGHT | UI_QUIET | off, item->detail);
        ui_cut_right(&inside, UI_GAP);
    }
    ui_label(ui, inside, off, item->label);
}

static bool run_row(struct ui *ui, const struct rows *rows, int i, struct ui_rect rect)
{
    struct ui_item item = row_at(rows, i);
    char name[48];
    if (!item.label) {
        ui_separator(ui, rect);
        return false;
    }
    snprintf(name, sizeof name, "%.36s/%d", rows->name, i);
    unsigned flags = UI_NO_FOCUS | (item.off ? UI_OFF : 0) | (item.on ? UI_ON : 0);
    struct ui_touch touch =
        ui_enter(ui, item.name ? item.name : name, rect, UI_ROLE_OPTION, item.label, flags);
    if (touch.hover && ui->input->move_count > 0)
        ui->popup.marked = i;
    draw_row(ui, rect, &item, ui->popup.marked == i);
    return touch.clicked;
}

/* Draws the open list and returns the row that was chosen, or -1. */
static int run_popup(struct ui *ui, struct ui_rect owner, const struct rows *rows)
{
    struct ui_popup *popup = &ui->popup;
    popup->seen = true;
    popup->rect = place_popup(ui, owner, rows);
    if (popup->fresh)
        show_marked(ui, rows);
    int chosen = popup->fresh ? -1 : read_keys(ui, rows);
    ui_layer_begin(ui, UI_LAYER_POPUP);
    ui_push_box(ui_shapes(ui), popup->rect, 10, ui->theme->card, ui->theme->field_edge, 1);
    struct ui_rect view = ui_inset(popup->rect, PAD);
    ui_clip_begin(ui, view);
    float content = rows_height(rows, rows->count), y = view.y - roundf(popup->scroll);
    popup->scroll -= ui_take_wheel(ui, popup->rect) * ROW;
    for (int i = 0; i < rows->count; i++) {
        float h = row_height(rows, i);
        if (run_row(ui, rows, i, (struct ui_rect){view.x, y, view.w, h}))
            chosen = i;
        y += h;
    }
    ui_scroll_bar(ui, ui_hash_index(popup->owner, -1), view, content, &popup->scroll);
    ui_clip_end(ui);
    ui_layer_end(ui);
    if (chosen >= 0)
        ui_close_popup(ui);
    return chosen;
}

static void open_popup(struct ui *ui, uint64_t owner, int marked)
{
    ui->popup = (struct ui_popup){.owner = owner, .marked = marked, .seen = true, .fresh = true};
    ui->focus = owner;
}

/* ---- drop-down lists and menus ---- */

static void draw_arrow(struct ui *ui, struct ui_rect rect, unsigned flags)
{
    float x = rect.x + rect.w - SIDE - 5, y = rect.y + rect.h / 2;
    const float points[] = {x - 4, y - 2, x, y + 2, x + 4, y - 2};
    if (rect.w >= ARROW + SIDE)
        ui_push_line(ui_shapes(ui), points, 3, 1.6f, flags & UI_OFF ? ui->theme->off
                                                                   : ui->theme->quiet);
}

static void draw_owner(struct ui *ui, const struct ui_touch *touch, struct ui_rect rect,
                       const struct ui_part *parts, int count, unsigned flags)
{
    struct ui_rect inside = ui_inset_xy(rect, SIDE, 0);
    ui_draw_box(ui, touch, rect, flags & ~(unsigned)UI_ON);
    draw_arrow(ui, rect, flags);
    ui_cut_right(&inside, ARROW);
    ui_parts(ui, inside, flags & UI_OFF, parts, count);
}

/* Arrow down opens a list as Enter does. */
static bool wants_open(struct ui *ui, const struct ui_touch *touch, unsigned flags)
{
    if (flags & UI_OFF || ui->popup.owner)
        return false;
    return ui_activated(ui, touch) || (ui_hears(ui, touch) && ui_key(ui, UI_KEY_DOWN, 0));
}

static int run_owner(struct ui *ui, const struct ui_touch *touch, struct ui_rect rect,
                     const struct rows *rows, unsigned flags)
{
    if (flags & UI_OFF && ui->popup.owner == touch->id)
        ui_close_popup(ui);
    if (wants_open(ui, touch, flags))
        open_popup(ui, touch->id, rows->current);
    return ui->popup.owner == touch->id ? run_popup(ui, rect, rows) : -1;
}

bool ui_select(struct ui *ui, const char *name, struct ui_rect rect, const char *label,
               const char *const *items, int count, int *chosen, unsigned flags)
{
    bool known = *chosen >= 0 && *chosen < count;
    struct ui_part part = {known ? items[*chosen] : "\u2013", 0};
    struct ui_touch touch = ui_enter(ui, name, rect, UI_ROLE_SELECT, label, flags);
    int last = ui->last;
    draw_owner(ui, &touch, rect, &part, 1, flags);
    struct rows rows = {.labels = items, .count = count, .current = *chosen, .name = name};
    int row = run_owner(ui, &touch, rect, &rows, flags);
    ui->last = last;
    if (row < 0 || row == *chosen)
        return false;
    *chosen = row;
    return true;
}

int ui_menu(struct ui *ui, const char *name, struct ui_rect rect, const struct ui_part *parts,
            int part_count, const struct ui_item *items, int count, unsigned flags)
{
    char label[80] = "";
    for (int i = 0; i < part_count; i++)
        strncat(label, parts[i].text, sizeof label - strlen(label) - 1);
    struct ui_touch touch = ui_enter(ui, name, rect, UI_ROLE_MENU, label, flags);
    int last = ui->last;
    draw_owner(ui, &touch, rect, parts, part_count, flags);
    struct rows rows = {.items = items, .count = count, .current = -1, .name = name};
    int row = run_owner(ui, &touch, rect, &rows, flags);
    ui->last = last;
    return row;
}

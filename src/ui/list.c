/* SPDX-License-Identifier: MIT */
/* A scrolling list, such as the files of a folder. */
#include "ui/inside.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { ROW = 32, PAD = 4, SIDE = 10, FIND_PAUSE = 1000000 /* microseconds */ };

struct rows {
    struct ui_row (*row)(void *user, int i);
    void *user;
    int count;
};

static int put_within(int i, int count)
{
    if (i >= count)
        i = count - 1;
    return i < 0 && count > 0 ? 0 : i;
}

/* ---- typing to find ---- */

static int find_row(const struct rows *rows, int from, const char *text)
{
    for (int n = 0; n < rows->count; n++) {
        int i = (from + n) % rows->count;
        if (strncasecmp(rows->row(rows->user, i).text, text, strlen(text)) == 0)
            return i;
    }
    return -1;
}

/* What is typed within a second is one word. */
static int find_typed(struct ui *ui, uint64_t id, const struct rows *rows, int selected,
                      const char *typed)
{
    bool go_on = ui->find_list == id && ui->input->now - ui->find_at < FIND_PAUSE;
    if (!go_on)
        ui->find[0] = 0;
    ui->find_list = id;
    ui->find_at = ui->input->now;
    size_t len = strlen(ui->find);
    snprintf(ui->find + len, sizeof ui->find - len, "%s", typed);
    int from = selected < 0 ? 0 : go_on ? selected : selected + 1;
    int found = find_row(rows, from, ui->find);
    return found >= 0 ? found : selected;
}

/* ---- keys ---- */

/* Where a key takes the selection, or false. */
static bool key_target(int key, int selected, int page, int count, int *to)
{
    switch (key) {
    case UI_KEY_UP:
        *to = selected - 1;
        break;
    case UI_KEY_DOWN:
        *to = selected + 1;
        break;
    case UI_KEY_PAGE_UP:
        *to = selected - page;
        break;
    case UI_KEY_PAGE_DOWN:
        *to = selected + page;
        break;
    case UI_KEY_HOME:
        *to = 0;
        break;
    case UI_KEY_END:
        *to = count - 1;
        break;
    default:
        return false;
    }
    *to = put_within(*to, count);
    return true;
}

/* Returns whether Enter chose the selected row. */
static bool read_keys(struct ui *ui, uint64_t id, const struct rows *rows, struct ui_list *list,
                      int page)
{
    bool chosen = false;
    struct ui_key *key;
    for (int i = 0; (key = ui_next_key(ui, &i));) {
        const char *typed = ui->key_text[key - ui->keys];
        if (key->mods & (UI_CTRL | UI_ALT))
            continue;
        if (key->key == UI_KEY_ENTER && list->selected >= 0)
            chosen = true;
        else if (typed[0] && rows->count > 0)
            list->selected = find_typed(ui, id, rows, list->selected, typed);
        else if (!key_target(key->key, list->selected, page, rows->count, &list->selected))
            continue;
        ui_use_key(ui, key);
        ui->keyboard = true;
    }
    return chosen;
}

/* ---- rows ---- */

/* A press selects, a double one chooses. */
static int read_pointer(struct ui *ui, const struct ui_touch *touch, struct ui_rect view,
                        struct ui_list *list, int count)
{
    int event = UI_LIST_NONE;
    for (int i = 0; touch->pressed && i < ui->move_count; i++) {
        const struct ui_move *move = &ui->moves[i];
        int row = (int)floorf((move->y - view.y + list->scroll) / ROW);
        bool here = move->kind == UI_PRESS && move->button == UI_BUTTON_LEFT &&
                    ui_reaches(ui, view, move->x, move->y) && row >= 0 && row < count;
        if (!here)
            continue;
        event = move->clicks == 2 && list->selected == row ? UI_LIST_CHOSEN : UI_LIST_SELECTED;
        list->selected = row;
    }
    return event;
}

static void draw_row(struct ui *ui, struct ui_rect rect, const struct ui_row *row, bool selected,
                     bool hover)
{
    const struct ui_theme *theme = ui->theme;
    if (selected || hover)
        ui_push_box(ui_shapes(ui), rect, 6, selected ? theme->selection : theme->field, 0, 0);
    struct ui_rect inside = ui_inset_xy(rect, SIDE, 0);
    if (row->detail) {
        float w = ceilf(fminf(ui_label_width(ui, 0, row->detail), inside.w / 2));
        ui_label(ui, ui_cut_right(&inside, w), UI_RIGHT | UI_QUIET, row->detail);
        ui_cut_right(&inside, UI_GAP);
    }
    ui_label(ui, inside, row->flags, row->text);
}

static void draw_rows(struct ui *ui, struct ui_rect view, const struct rows *rows,
                      const struct ui_list *list, bool hover)
{
    int first = (int)(list->scroll / ROW), last = (int)((list->scroll + view.h) / ROW);
    bool bar = (float)rows->count * ROW > view.h;
    for (int i = first; i <= last && i < rows->count; i++) {
        float y = view.y + (float)i * ROW - roundf(list->scroll);
        struct ui_rect rect = {view.x, y, fmaxf(0, view.w - (bar ? 12 : 0)), ROW};
        struct ui_row row = rows->row(rows->user, i);
        draw_row(ui, rect, &row, i == list->selected,
                 hover && ui_reaches(ui, rect, ui->x, ui->y));
    }
}

static void show_selected(struct ui_list *list, float view)
{
    float top = (float)list->selected * ROW;
    if (list->selected < 0)
        return;
    list->scroll = fminf(list->scroll, top);
    list->scroll = fmaxf(list->scroll, top + ROW - view);
}

/* ---- the list ---- */

int ui_list(struct ui *ui, const char *name, struct ui_rect rect, const char *label,
            struct ui_list *list, int count, struct ui_row (*row)(void *user, int i), void *user)
{
    struct rows rows = {row, user, count};
    struct ui_touch touch = ui_enter(ui, name, rect, UI_ROLE_LIST, label, 0);
    struct ui_rect view = ui_inset(rect, PAD);
    int before = list->selected, event;
    if (list->selected >= count)
        list->selected = count - 1;
    ui->cursor = touch.hover ? UI_CURSOR_ARROW : ui->cursor;
    ui_push_box(ui_shapes(ui), rect, 8, ui->theme->well, ui->theme->field_edge, 1);
    ui_draw_ring(ui, &touch, rect, 8);
    ui_clip_begin(ui, view);
    list->scroll -= ui_take_wheel(ui, view) * ROW;
    ui_scroll_bar(ui, ui_hash_index(touch.id, -1), view, (float)count * ROW, &list->scroll);
    struct ui_rect rows_view = view;
    if ((float)count * ROW > view.h)
        ui_cut_right(&rows_view, 12); /* the bar's */
    event = read_pointer(ui, &touch, rows_view, list, count);
    if (ui_hears(ui, &touch)) {
        int page = (int)fmaxf(1, view.h / ROW - 1), selected = list->selected;
        if (read_keys(ui, touch.id, &rows, list, page))
            event = UI_LIST_CHOSEN;
        if (list->selected != selected)
            show_selected(list, view.h);
        list->scroll = fmaxf(0, list->scroll);
    }
    draw_rows(ui, view, &rows, list, touch.hover);
    ui_clip_end(ui);
    if (event == UI_LIST_NONE && list->selected != before)
        event = UI_LIST_SELECTED;
    return event;
}

/* SPDX-License-Identifier: MIT */
/* Text fields of one line or several. Positions are bytes of UTF-8 text and always lie between two
 * characters. */
#include "ui/inside.h"

#include "base/clamp.h"
#include "base/text.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE = 10, TOP = 8, RADIUS = 8, LINES_MAX = 128 };

/* A field while it is being worked: its text, where it stands, how it breaks into lines. */
struct work {
    struct ui *ui;
    struct ui_edit *edit;
    char *text;
    size_t room;
    unsigned flags;
    struct ui_style style;
    struct ui_rect inside;
    float line_height;
    struct {
        size_t at, shown, used;
    } lines[LINES_MAX];
    int line_count;
};

/* ---- lines ---- */

static void break_lines(struct work *w)
{
    size_t at = 0, len = strlen(w->text);
    bool several = w->flags & UI_LINES;
    w->line_count = 0;
    do {
        size_t used = len - at, shown = used;
        if (several && w->line_count < LINES_MAX - 1)
            shown = ui_next_line(w->ui, &w->style, w->inside.w, w->text + at, &used);
        w->lines[w->line_count].at = at;
        w->lines[w->line_count].shown = shown;
        w->lines[w->line_count++].used = used;
        at += used;
    } while (at < len);
    if (several && len && w->text[len - 1] == '\n' && w->line_count < LINES_MAX) {
        w->lines[w->line_count].at = len;
        w->lines[w->line_count].shown = w->lines[w->line_count].used = 0;
        w->line_count++;
    }
}

static int line_of(const struct work *w, size_t at)
{
    int i = w->line_count - 1;
    while (i > 0 && w->lines[i].at > at)
        i--;
    return i;
}

static float x_of(const struct work *w, int line, size_t at)
{
    return ui_style_width(w->ui, &w->style, w->text + w->lines[line].at, at - w->lines[line].at);
}

/* The position in `line` nearest to x, which counts from the beginning of the line. */
static size_t at_x(const struct work *w, int line, float x)
{
    size_t begin = w->lines[line].at, end = begin + w->lines[line].shown, at = begin;
    while (at < end) {
        size_t next = text_next(w->text, end, at);
        if (x < (x_of(w, line, at) + x_of(w, line, next)) / 2)
            break;
        at = next;
    }
    return at;
}

static size_t at_point(const struct work *w, float x, float y)
{
    float row = (y - w->inside.y + w->edit->scroll_y) / w->line_height;
    int line = (int)clamp_float(row, 0, (float)(w->line_count - 1));
    return at_x(w, line, x - w->inside.x + w->edit->scroll_x);
}

/* ---- editing ---- */

static size_t selection_begin(const struct ui_edit *edit)
{
    return edit->caret < edit->anchor ? edit->caret : edit->anchor;
}

static size_t selection_end(const struct ui_edit *edit)
{
    return edit->caret < edit->anchor ? edit->anchor : edit->caret;
}

static void erase(struct work *w, size_t begin, size_t end)
{
    if (begin == end)
        return;
    memmove(w->text + begin, w->text + end, strlen(w->text + end) + 1);
    w->edit->caret = w->edit->anchor = begin;
    w->edit->changed = true;
}

/* Puts text in place of the selection: as many whole characters as there is room for. */
static void insert(struct work *w, const char *text)
{
    struct ui_edit *edit = w->edit;
    erase(w, selection_begin(edit), selection_end(edit));
    size_t len = strlen(text), left = w->room - 1 - strlen(w->text);
    for (size_t at = 0, next; at < len; at = next) {
        next = text_next(text, len, at);
        bool line = text[at] == '\n' && w->flags & UI_LINES;
        bool control = (unsigned char)text[at] < ' ' || text[at] == 127;
        if (next - at > left || (control && !line))
            continue;
        char *to = w->text + edit->caret;
        memmove(to + (next - at), to, strlen(to) + 1);
        memcpy(to, text + at, next - at);
        left -= next - at;
        edit->caret += next - at;
        edit->changed = true;
    }
    edit->anchor = edit->caret;
}

static size_t word_before(const char *text, size_t at)
{
    while (at > 0 && isspace((unsigned char)text[at - 1]))
        at--;
    while (at > 0 && !isspace((unsigned char)text[at - 1]))
        at--;
    return at;
}

static size_t word_after(const char *text, size_t at)
{
    while (text[at] && !isspace((unsigned char)text[at]))
        at++;
    while (isspace((unsigned char)text[at]))
        at++;
    return at;
}

/* ---- the clipboard ---- */

static void copy_selection(struct work *w)
{
    size_t begin = selection_begin(w->edit), len = selection_end(w->edit) - begin;
    char *copy = len ? strndup(w->text + begin, len) : NULL;
    if (!copy)
        return;
    if (w->ui->clipboard.set)
        w->ui->clipboard.set(w->ui->clipboard.user, copy);
    free(w->ui->own_clip);
    w->ui->own_clip = copy;
}

static void paste(struct work *w)
{
    const struct ui_clipboard *clipboard = &w->ui->clipboard;
    const char *text = clipboard->get ? clipboard->get(clipboard->user) : w->ui->own_clip;
    if (text)
        insert(w, text);
}

/* ---- keys ---- */

static size_t line_up_or_down(struct work *w, int step)
{
    int line = line_of(w, w->edit->caret), to = line + step;
    if (to < 0)
        return 0;
    if (to >= w->line_count)
        return strlen(w->text);
    return at_x(w, to, x_of(w, line, w->edit->caret));
}

/* Where a key takes the caret, or false if it does not move it. */
static bool caret_target(struct work *w, const struct ui_key *key, size_t *to)
{
    size_t at = w->edit->caret, len = strlen(w->text);
    bool word = key->mods & UI_CTRL, several = w->flags & UI_LINES;
    int line = line_of(w, at);
    if (key->key == UI_KEY_LEFT)
        *to = word ? word_before(w->text, at) : text_before(w->text, at);
    else if (key->key == UI_KEY_RIGHT)
        *to = word ? word_after(w->text, at) : text_next(w->text, len, at);
    else if (key->key == UI_KEY_HOME)
        *to = word ? 0 : w->lines[line].at;
    else if (key->key == UI_KEY_END)
        *to = word ? len : w->lines[line].at + w->lines[line].shown;
    else if (several && (key->key == UI_KEY_UP || key->key == UI_KEY_DOWN))
        *to = line_up_or_down(w, key->key == UI_KEY_UP ? -1 : 1);
    else
        return false;
    return true;
}

static bool move_caret(struct work *w, const struct ui_key *key)
{
    struct ui_edit *edit = w->edit;
    size_t to;
    if (key->mods & UI_ALT || !caret_target(w, key, &to))
        return false;
    bool plain = !(key->mods & (UI_SHIFT | UI_CTRL)) && edit->caret != edit->anchor;
    if (plain && key->key == UI_KEY_LEFT)
        to = selection_begin(edit);
    if (plain && key->key == UI_KEY_RIGHT)
        to = selection_end(edit);
    edit->caret = to;
    if (!(key->mods & UI_SHIFT))
        edit->anchor = to;
    return true;
}

static bool erase_by_key(struct work *w, const struct ui_key *key)
{
    struct ui_edit *edit = w->edit;
    bool back = key->key == UI_KEY_BACKSPACE, word = key->mods & UI_CTRL;
    if (!back && key->key != UI_KEY_DELETE)
        return false;
    if (edit->caret != edit->anchor) {
        erase(w, selection_begin(edit), selection_end(edit));
        return true;
    }
    size_t at = edit->caret;
    if (back)
        erase(w, word ? word_before(w->text, at) : text_before(w->text, at), at);
    else
        erase(w, at, word ? word_after(w->text, at) : text_next(w->text, strlen(w->text), at));
    return true;
}

static bool use_clipboard(struct work *w, const struct ui_key *key)
{
    if (key->mods != UI_CTRL)
        return false;
    if (key->key == 'a') {
        w->edit->anchor = 0;
        w->edit->caret = strlen(w->text);
    } else if (key->key == 'c' || key->key == 'x') {
        copy_selection(w);
        if (key->key == 'x')
            erase(w, selection_begin(w->edit), selection_end(w->edit));
    } else if (key->key == 'v') {
        paste(w);
    } else {
        return key->key == 'z' || key->key == 'y'; /* not for what lies behind the field */
    }
    return true;
}

/* Whether the key enters what was typed: Enter, or Ctrl Enter where Enter is a new line. */
static bool enters(const struct work *w, const struct ui_key *key)
{
    return key->key == UI_KEY_ENTER && (!(w->flags & UI_LINES) || key->mods & UI_CTRL);
}

/* Returns the events that the keys caused. */
static unsigned read_keys(struct work *w)
{
    struct ui *ui = w->ui;
    struct ui_key *key;
    unsigned events = 0;
    for (int i = 0; (key = ui_next_key(ui, &i));) {
        const char *typed = ui->key_text[key - ui->keys];
        bool plain = key->key < UI_KEY_ENTER && !(key->mods & (UI_CTRL | UI_ALT));
        bool used = plain || move_caret(w, key) || erase_by_key(w, key) || use_clipboard(w, key);
        if (plain)
            insert(w, typed);
        if (key->key == UI_KEY_ENTER) {
            events |= enters(w, key) ? UI_FIELD_ENTERED : 0;
            if (!enters(w, key))
                insert(w, "\n");
            used = true;
        }
        if (!used)
            continue;
        ui_use_key(ui, key);
        break_lines(w);
    }
    if (ui->typed[0])
        insert(w, ui->typed);
    ui->typed[0] = 0;
    return events;
}

/* ---- the pointer ---- */

static void select_word(struct work *w)
{
    size_t at = w->edit->caret;
    while (at > 0 && !isspace((unsigned char)w->text[at - 1]))
        at--;
    w->edit->anchor = at;
    while (w->text[w->edit->caret] && !isspace((unsigned char)w->text[w->edit->caret]))
        w->edit->caret++;
}

/* A press sets the caret, a drag selects from there. The press is looked for by itself, since press
 * and drag may come in one frame. */
static void follow_pointer(struct work *w, const struct ui_touch *touch)
{
    struct ui *ui = w->ui;
    for (int i = 0; i < ui->move_count; i++) {
        const struct ui_move *move = &ui->moves[i];
        if (move->kind == UI_PRESS) {
            w->edit->dragging = touch->pressed && move->button == UI_BUTTON_LEFT &&
                                ui_reaches(ui, w->inside, move->x, move->y);
            if (w->edit->dragging)
                w->edit->anchor = at_point(w, move->x, move->y);
        }
        if (w->edit->dragging)
            w->edit->caret = at_point(w, move->x, move->y);
        if (move->kind == UI_RELEASE)
            w->edit->dragging = false;
    }
    if (touch->doubled)
        select_word(w);
}

/* ---- focus ---- */

static void gain_focus(struct work *w, uint64_t id, bool by_key)
{
    struct ui *ui = w->ui;
    if (ui->edit.id && ui->edit.changed)
        ui->left = ui->edit;
    ui->edit = (struct ui_edit){.id = id, .caret = strlen(w->text)};
    ui->edit.anchor = by_key && !(w->flags & UI_LINES) ? 0 : ui->edit.caret;
}

/* Whether the focus went to another control after something had been changed here. */
static bool lost_focus(struct ui *ui, const struct ui_touch *touch)
{
    bool lost = false;
    if (ui->left.id == touch->id) {
        lost = true;
        ui->left.id = 0;
    }
    if (ui->edit.id == touch->id && !touch->focus) {
        lost = ui->edit.changed;
        ui->edit.id = 0;
    }
    return lost;
}

/* ---- drawing ---- */

/* Scrolls so that the caret can be seen, and no further than the text goes. */
static void show_caret(struct work *w)
{
    struct ui_edit *edit = w->edit;
    int line = line_of(w, edit->caret);
    float x = x_of(w, line, edit->caret), y = (float)line * w->line_height;
    float wide = (w->flags & UI_LINES) ? 0 : x_of(w, 0, strlen(w->text)) + 2;
    float high = (float)w->line_count * w->line_height;
    edit->scroll_x = fminf(edit->scroll_x, x);
    edit->scroll_x = fmaxf(edit->scroll_x, x + 2 - w->inside.w);
    edit->scroll_x = fmaxf(0, fminf(edit->scroll_x, wide - w->inside.w));
    edit->scroll_y = fminf(edit->scroll_y, y);
    edit->scroll_y = fmaxf(edit->scroll_y, y + w->line_height - w->inside.h);
    edit->scroll_y = fmaxf(0, fminf(edit->scroll_y, high - w->inside.h));
}

static void draw_selection(struct work *w, int i, float x, float y)
{
    size_t begin = selection_begin(w->edit), end = selection_end(w->edit);
    size_t first = w->lines[i].at, last = first + w->lines[i].shown;
    begin = begin < first ? first : begin;
    end = end > last ? last : end;
    if (begin >= end)
        return;
    float x0 = x_of(w, i, begin), x1 = x_of(w, i, end);
    ui_push_box(ui_shapes(w->ui), (struct ui_rect){x + x0, y, x1 - x0, w->line_height}, 2,
                w->ui->theme->selection, 0, 0);
}

static void draw_lines(struct work *w, bool focus)
{
    struct ui *ui = w->ui;
    float x = w->inside.x - (focus ? w->edit->scroll_x : 0);
    float y = w->inside.y - (focus ? w->edit->scroll_y : 0);
    float lead = floorf((w->line_height - ui_style_height(ui, &w->style)) / 2);
    for (int i = 0; i < w->line_count; i++, y += w->line_height) {
        if (focus)
            draw_selection(w, i, x, y);
        ui_draw_run(ui, x, y + lead, &w->style, w->text + w->lines[i].at, w->lines[i].shown);
        if (focus && line_of(w, w->edit->caret) == i) {
            float at = x + x_of(w, i, w->edit->caret);
            ui_push_box(ui_shapes(ui), (struct ui_rect){at, y + 2, 1.5f, w->line_height - 4}, 0,
                        ui->theme->accent, 0, 0);
        }
    }
}

static void draw_frame(struct ui *ui, const struct ui_touch *touch, struct ui_rect rect,
                       bool wrong, unsigned flags)
{
    const struct ui_theme *theme = ui->theme;
    ui_color fill = flags & UI_LINES ? theme->well : theme->field;
    ui_color edge = theme->field_edge;
    if (flags & UI_OFF)
        fill = ui_color_mix(theme->field, theme->card, 0.6f);
    else if (touch->focus)
        edge = theme->accent;
    else if (touch->hover)
        edge = theme->quiet;
    ui_push_box(ui_shapes(ui), rect, RADIUS, fill, wrong ? theme->second : edge, wrong ? 2 : 1);
    ui_draw_ring(ui, touch, rect, RADIUS);
}

/* A "!" at the right of a field whose text makes no sense. */
static void draw_mark(struct ui *ui, struct ui_rect rect)
{
    struct ui_rect mark = {rect.x + rect.w - 20, rect.y, 12, fminf(rect.h, UI_ROW)};
    if (rect.w > 40)
        ui_label(ui, mark, UI_BOLD | UI_SECOND | UI_CENTER, "!");
}

static void lay_out(struct work *w, struct ui_rect rect, bool wrong)
{
    w->inside = ui_inset_xy(rect, SIDE, w->flags & UI_LINES ? TOP : 0);
    if (wrong)
        ui_cut_right(&w->inside, 16);
    w->line_height = w->flags & UI_LINES ? 20 : w->inside.h;
    w->style = ui_style_of(w->ui, w->flags & (UI_MONO | UI_OFF), 14);
    if (w->flags & UI_MONO)
        w->style.size = 13;
    break_lines(w);
}

static void draw_text(struct work *w, const struct ui_field *field, bool focus)
{
    struct ui *ui = w->ui;
    ui_clip_begin(ui, w->inside);
    draw_lines(w, focus);
    if (!w->text[0] && field->placeholder) {
        struct ui_rect line = w->inside;
        line.h = w->line_height;
        ui_label(ui, line, UI_QUIET | (w->flags & UI_MONO), field->placeholder);
    }
    ui_clip_end(ui);
}

/* ---- the field ---- */

/* Whether a position is between two characters of the text, or at an end of it. */
static bool is_between(const char *text, size_t len, size_t at)
{
    return at <= len && (at == 0 || text_next(text, len, text_before(text, at)) == at);
}

static unsigned edit_text(struct work *w, const struct ui_touch *touch)
{
    struct ui *ui = w->ui;
    size_t len = strlen(w->text);
    unsigned events = 0;
    if (ui->edit.id != touch->id)
        gain_focus(w, touch->id, !touch->pressed);
    if (!is_between(w->text, len, w->edit->caret) || !is_between(w->text, len, w->edit->anchor))
        w->edit->caret = w->edit->anchor = len; /* the caller changed the text */
    bool before = w->edit->changed;
    w->edit->changed = false;
    follow_pointer(w, touch);
    if (ui_hears(ui, touch))
        events = read_keys(w);
    if (w->edit->changed)
        events |= UI_FIELD_CHANGED;
    w->edit->changed |= before && !(events & UI_FIELD_ENTERED);
    break_lines(w);
    show_caret(w);
    return events;
}

unsigned ui_run_field(struct ui *ui, const struct ui_touch *touch, struct ui_rect rect, char *text,
                      size_t room, const struct ui_field *field, unsigned flags)
{
    struct work w = {.ui = ui, .edit = &ui->edit, .text = text, .room = room, .flags = flags};
    bool off = flags & UI_OFF;
    unsigned events = lost_focus(ui, touch) ? UI_FIELD_ENTERED : 0;
    assert(strnlen(text, room) < room);
    if (touch->hover && !off)
        ui->cursor = UI_CURSOR_TEXT;
    lay_out(&w, rect, field->error != NULL);
    if (touch->focus && !off)
        events |= edit_text(&w, touch);
    draw_frame(ui, touch, rect, field->error != NULL, flags);
    draw_text(&w, field, touch->focus && !off);
    if (field->error) {
        draw_mark(ui, rect);
        ui_tip(ui, field->error);
    }
    return events;
}

unsigned ui_field(struct ui *ui, const char *name, struct ui_rect rect, char *text, size_t room,
                  const struct ui_field *field, unsigned flags)
{
    struct ui_touch touch = ui_enter(ui, name, rect, UI_ROLE_FIELD, field->label, flags);
    return ui_run_field(ui, &touch, rect, text, room, field, flags);
}

/* SPDX-License-Identifier: MIT */
#include "app/frame/keys_sheet.h"

#include <math.h>
#include <string.h>

#include "app/act/keys.h"
#include "base/clamp.h"
#include "base/language.h"
#include "ui/layout.h"
#include "ui/ui.h"

enum {
    COLUMN = 344,
    COLUMNS_MOST = 3,
    COLUMNS_GAP = 36,
    FRAME = 20 + 34, /* of the dialog, with its title: not for the rows */
    LINE = 27,
    HEADING = 42,
    TEXT_MAX = 120,
    PARTS_MAX = 16,
};

#define KEYS_PART 0.55f /* of a line's width, at the most */

/* A heading, or a line: an action, or what is none and says its keys. */
struct line {
    const char *heading;
    enum action_kind kind;
    const char *sentence, *keys;
};

static const struct line lines[] = {
#define GROUP(title)           {.heading = title},
#define GESTURE(combos, words) {.keys = combos, .sentence = words},
#define ACTION(which, name, argument, views, combos, label, words)                                 \
    {.kind = ACT_##which, .sentence = words},
#include "app/act/actions.def"
};

static bool is_shown(const struct line *line)
{
    return line->heading || line->keys || action_row(line->kind)->keys[0];
}

static float height_of(const struct line *line)
{
    return !is_shown(line) ? 0 : line->heading ? HEADING : LINE;
}

/* ---- columns --------------------------------------------------------------------------------- */

/* Where a group ends: its lines stay together. */
static size_t end_of_group(size_t from)
{
    size_t end = from + 1;
    while (end < sizeof lines / sizeof *lines && !lines[end].heading)
        end++;
    return end;
}

static bool any_line(size_t from, size_t end)
{
    bool any = false;
    for (size_t i = from + 1; i < end; i++)
        any |= is_shown(&lines[i]);
    return any;
}

static float height_of_group(size_t from, size_t end)
{
    float height = 0;
    for (size_t i = from; any_line(from, end) && i < end; i++)
        height += height_of(&lines[i]);
    return height;
}

/* Whether the groups, one after the other, fit into so many columns of that height. */
static bool fits(float high, int columns)
{
    float used = 0;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i = end_of_group(i)) {
        float height = height_of_group(i, end_of_group(i));
        columns -= used > 0 && used + height > high;
        used = used > 0 && used + height > high ? height : used + height;
    }
    return columns > 0 && used <= high;
}

static float find_height(int columns)
{
    float high = LINE;
    while (!fits(high, columns))
        high += LINE;
    return high;
}

/* ---- a line ---------------------------------------------------------------------------------- */

/* "Ctrl Shift Z, Ctrl Y" as pictures of keys, as many as leave room for what they do. Cuts the
 * text. */
static void show_keys(struct ui *ui, struct ui_rect *rest, char *text)
{
    struct ui_part parts[PARTS_MAX];
    int count = 0;
    for (char *key = text; key && count + 2 < PARTS_MAX;) {
        char *comma = strstr(key, ", ");
        if (comma)
            *comma = 0;
        if (count > 0)
            parts[count++] = (struct ui_part){"  ", 0};
        parts[count++] = (struct ui_part){key, UI_KEYCAP};
        key = comma ? comma + 2 : NULL;
    }
    while (count > 1 && ui_parts_width(ui, parts, count) > rest->w * KEYS_PART)
        count -= 2;
    float width = ceilf(ui_parts_width(ui, parts, count));
    ui_parts(ui, ui_cut_right(rest, width), 0, parts, count);
    ui_cut_right(rest, UI_GAP);
}

static void show_line(struct ui *ui, struct ui_rect rect, const struct line *line)
{
    char text[TEXT_MAX];
    if (line->heading) {
        ui_cut_top(&rect, HEADING - UI_HEADING);
        ui_heading(ui, rect, line->heading);
        return;
    }
    if (line->keys)
        strcpy(text, line->keys);
    else
        keys_list(line->kind, text, sizeof text);
    show_keys(ui, &rect, text);
    const char *const words[] = {_(line->sentence), _(action_row(line->kind)->label)};
    ui_label_fitting(ui, rect, UI_QUIET, words, line->keys ? 1 : 2);
}

static void show_columns(struct ui *ui, struct ui_rect rect, int columns, float high)
{
    int column = 0;
    struct ui_rect rest = ui_column(rect, 0, columns, COLUMNS_GAP);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i = end_of_group(i)) {
        size_t end = end_of_group(i);
        float used = rest.y - rect.y;
        if (used > 0 && used + height_of_group(i, end) > high && column + 1 < columns)
            rest = ui_column(rect, ++column, columns, COLUMNS_GAP);
        for (size_t k = i; any_line(i, end) && k < end; k++)
            if (is_shown(&lines[k]))
                show_line(ui, ui_cut_top(&rest, height_of(&lines[k])), &lines[k]);
    }
}

/* ---- all of it ------------------------------------------------------------------------------- */

static bool is_pressed_beside(struct ui *ui, struct ui_rect rect)
{
    const struct ui_input *input = ui_input(ui);
    bool beside = false;
    for (int i = 0; i < input->move_count; i++) {
        const struct ui_move *move = &input->moves[i];
        beside |= move->kind == UI_PRESS && !ui_rect_has(rect, move->x, move->y);
    }
    return beside;
}

void keys_sheet_show(struct keys_sheet *sheet, struct ui *ui, struct actions *actions)
{
    const struct ui_input *input = ui_input(ui);
    int columns = (int)((input->width - 2 * UI_BETWEEN) / (COLUMN + COLUMNS_GAP));
    columns = clamp_int(columns, 1, COLUMNS_MOST);
    float high = find_height(columns);
    float width = (float)(columns * (COLUMN + COLUMNS_GAP) - COLUMNS_GAP);
    float height = fminf(high + FRAME + 2 * UI_ROW + UI_GAP, input->height - 24);
    struct ui_rect dialog = ui_middle((struct ui_rect){0, 0, input->width, input->height},
                                      width + 2 * UI_BETWEEN, height);
    struct ui_rect inside = ui_modal_begin(ui, "keys", dialog.w, dialog.h, _("Keys"));
    struct ui_rect row = ui_cut_bottom(&inside, UI_ROW);
    ui_cut_bottom(&inside, UI_GAP);
    struct ui_rect page = ui_scroll_begin(ui, "keys-page", inside, high, &sheet->scroll);
    show_columns(ui, page, columns, high);
    ui_scroll_end(ui);
    struct ui_rect close = ui_cut_right(&row, ui_button_width(ui, _("Close"), UI_PRIMARY));
    bool away = ui_button(ui, "keys-close", close, _("Close"), UI_PRIMARY | UI_CENTER);
    ui_tip(ui, _("Away with the keys (Escape, F1)"));
    away |= is_pressed_beside(ui, dialog);
    away |= ui_modal_end(ui);
    if (away)
        action_add(actions, ACT_KEYS);
}

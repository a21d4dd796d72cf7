/* SPDX-License-Identifier: MIT */
#include "app/act/keys.h"

#include <stdio.h>
#include <string.h>

#include "ui/ui.h"

enum { DIGIT = -1 }; /* any of the keys 0 to 9 */

/* One way to ask for an action. */
struct way {
    bool held; /* while it is held, again and again */
    unsigned mods;
    int key; /* as in struct ui_key, or DIGIT */
};

static const struct {
    const char *name;
    int key;
} names[] = {
    {"Space", ' '},
    {"Escape", UI_KEY_ESCAPE},
    {"Delete", UI_KEY_DELETE},
    {"Page Up", UI_KEY_PAGE_UP},
    {"Page Down", UI_KEY_PAGE_DOWN},
    {"F1", UI_KEY_F1},
    {"F5", UI_KEY_F5},
    {"F6", UI_KEY_F6},
    {"F11", UI_KEY_F11},
};

/* Whether the text begins with the word; then it is passed over. */
static bool take_word(const char **text, const char *word)
{
    size_t len = strlen(word);
    if (strncmp(*text, word, len) != 0)
        return false;
    *text += len;
    return true;
}

/* A character as it is typed, a letter as a small one. */
static int read_key(const char *text, size_t len)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == len && strncmp(names[i].name, text, len) == 0)
            return names[i].key;
    if (*text == '#')
        return DIGIT;
    return *text >= 'A' && *text <= 'Z' ? *text - 'A' + 'a' : *text;
}

/* Takes the next way from `keys`, which is then behind it. False: there is none. */
static bool take_way(const char **keys, struct way *way)
{
    const char *at = *keys;
    if (!*at)
        return false;
    *way = (struct way){.held = take_word(&at, "held ")};
    for (unsigned before = ~0u; before != way->mods;) {
        before = way->mods;
        way->mods |= take_word(&at, "Ctrl ") ? UI_CTRL : 0;
        way->mods |= take_word(&at, "Alt ") ? UI_ALT : 0;
        way->mods |= take_word(&at, "Shift ") ? UI_SHIFT : 0;
    }
    size_t len = strcspn(at, "|");
    way->key = read_key(at, len);
    *keys = at + len + (at[len] == '|');
    return true;
}

/* ---- what was pressed ------------------------------------------------------------------------ */

/* A view is called by its key, a digit by itself. */
static void take_digits(struct ui *ui, enum action_kind kind, unsigned mods,
                        struct actions *actions)
{
    bool view = action_row(kind)->argument == ARGUMENT_VIEW;
    int count = view ? APP_VIEW_COUNT : 10;
    for (int i = 0; i < count; i++)
        if (ui_key(ui, '0' + (view ? view_key((enum app_view)i) : i), mods))
            action_add_number(actions, kind, i);
}

static void take_pressed(struct ui *ui, enum action_kind kind, const struct way *way,
                         struct actions *actions)
{
    if (way->key == DIGIT) {
        take_digits(ui, kind, way->mods, actions);
        return;
    }
    int count = way->held ? ui_key_held(ui, way->key, way->mods) : ui_key(ui, way->key, way->mods);
    for (; count > 0; count--)
        action_add(actions, kind);
}

void keys_take(struct ui *ui, enum app_view view, bool dialog, struct actions *actions)
{
    for (int kind = ACT_NONE + 1; kind < ACTION_COUNT; kind++) {
        const struct action_row *row = action_row((enum action_kind)kind);
        unsigned wanted = dialog ? (unsigned)ACTION_OVER_DIALOGS : 1u << view;
        const char *keys = row->keys;
        struct way way;
        while (row->views & wanted && take_way(&keys, &way))
            take_pressed(ui, (enum action_kind)kind, &way, actions);
    }
}

/* ---- what to write of them ------------------------------------------------------------------- */

char *keys_text(enum action_kind kind, char text[KEYS_TEXT_MAX])
{
    const char *keys = action_row(kind)->keys;
    take_word(&keys, "held ");
    snprintf(text, KEYS_TEXT_MAX, "%.*s", (int)strcspn(keys, "|"), keys);
    return text;
}

/* "Ctrl 1, 2, 3" for the views, "0 to 9" for the digits. */
static int list_digits(enum action_kind kind, const char *mods, int mods_len, char *text, int size)
{
    int len = 0;
    if (action_row(kind)->argument != ARGUMENT_VIEW)
        return snprintf(text, (size_t)size, "%.*s0 to 9", mods_len, mods);
    for (int view = 0; view < APP_VIEW_COUNT && len < size; view++)
        len += snprintf(text + len, (size_t)(size - len), "%.*s%d", view == 0 ? mods_len : 2,
                        view == 0 ? mods : ", ", view_key((enum app_view)view));
    return len;
}

char *keys_list(enum action_kind kind, char *text, int size)
{
    const char *keys = action_row(kind)->keys;
    int len = 0;
    text[0] = 0;
    while (*keys && len < size) {
        take_word(&keys, "held ");
        int part = (int)strcspn(keys, "|#");
        if (len > 0)
            len += snprintf(text + len, (size_t)(size - len), ", ");
        if (len < size && keys[part] == '#')
            len += list_digits(kind, keys, part, text + len, size - len);
        else if (len < size)
            len += snprintf(text + len, (size_t)(size - len), "%.*s", part, keys);
        keys += part + (keys[part] == '#');
        keys += *keys == '|';
    }
    return text;
}

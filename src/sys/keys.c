/* SPDX-License-Identifier: MIT */
#include "sys/keys.h"

#include <SDL.h>
#include <string.h>

#include "base/text.h"
#include "ui/input.h"

/* ---- characters ------------------------------------------------------------------------------ */

/* The only character of a text; 0 where there is none, or more than one. */
static int only_character(const char *text)
{
    uint32_t code;
    size_t size = text_character(text, &code);
    return size > 0 && code >= ' ' && !text[size] ? (int)code : 0;
}

static bool is_ascii(int c)
{
    return c >= ' ' && c < 0x7f;
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static int make_small(int c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static bool is_letter(int c)
{
    return make_small(c) >= 'a' && make_small(c) <= 'z';
}

/* ---- places ---------------------------------------------------------------------------------- */

/* What the key in that place of a US keyboard types; 0 for one that types nothing. */
static int place_of(int scancode)
{
    static const struct {
        int scancode;
        char types;
    } signs[] = {
        {SDL_SCANCODE_0, '0'},            {SDL_SCANCODE_MINUS, '-'},
        {SDL_SCANCODE_EQUALS, '='},       {SDL_SCANCODE_LEFTBRACKET, '['},
        {SDL_SCANCODE_RIGHTBRACKET, ']'}, {SDL_SCANCODE_BACKSLASH, '\\'},
        {SDL_SCANCODE_SEMICOLON, ';'},    {SDL_SCANCODE_APOSTROPHE, '\''},
        {SDL_SCANCODE_GRAVE, '`'},        {SDL_SCANCODE_COMMA, ','},
        {SDL_SCANCODE_PERIOD, '.'},       {SDL_SCANCODE_SLASH, '/'},
        {SDL_SCANCODE_SPACE, ' '},
    };
    if (scancode >= SDL_SCANCODE_A && scancode <= SDL_SCANCODE_Z)
        return 'a' + (scancode - SDL_SCANCODE_A);
    if (scancode >= SDL_SCANCODE_1 && scancode <= SDL_SCANCODE_9)
        return '1' + (scancode - SDL_SCANCODE_1);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].scancode == scancode)
            return signs[i].types;
    return 0;
}

bool keys_are_latin(const int *codes)
{
    int count = 0;
    for (int i = 0; i < 26; i++)
        count += is_letter(codes[i]);
    return count >= 13;
}

/* ---- keys that type nothing ------------------------------------------------------------------ */

static int name_of(int code)
{
    static const struct {
        int code, key;
    } names[] = {
        {SDLK_RETURN, UI_KEY_ENTER},        {SDLK_KP_ENTER, UI_KEY_ENTER},
        {SDLK_ESCAPE, UI_KEY_ESCAPE},       {SDLK_TAB, UI_KEY_TAB},
        {SDLK_BACKSPACE, UI_KEY_BACKSPACE}, {SDLK_DELETE, UI_KEY_DELETE},
        {SDLK_LEFT, UI_KEY_LEFT},           {SDLK_RIGHT, UI_KEY_RIGHT},
        {SDLK_UP, UI_KEY_UP},               {SDLK_DOWN, UI_KEY_DOWN},
        {SDLK_HOME, UI_KEY_HOME},           {SDLK_END, UI_KEY_END},
        {SDLK_PAGEUP, UI_KEY_PAGE_UP},      {SDLK_PAGEDOWN, UI_KEY_PAGE_DOWN},
        {SDLK_F1, UI_KEY_F1},               {SDLK_F5, UI_KEY_F5},
        {SDLK_F6, UI_KEY_F6},
        {SDLK_F11, UI_KEY_F11},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].code == code)
            return names[i].key;
    return 0;
}

bool keys_may_type(int code)
{
    return name_of(code) == 0;
}

/* ---- the number pad -------------------------------------------------------------------------- */

/* With NumLock a key types its digit, without it stands for the key that is written under it; Shift
 * turns that round. What is typed tells; where nothing may be, for Ctrl is held, the lock does. */
static bool read_pad(const struct keys_press *press, struct ui_key *key)
{
    static const struct {
        int code, types, without;
    } pad[] = {
        {SDLK_KP_0, '0', 0},                {SDLK_KP_1, '1', UI_KEY_END},
        {SDLK_KP_2, '2', UI_KEY_DOWN},      {SDLK_KP_3, '3', UI_KEY_PAGE_DOWN},
        {SDLK_KP_4, '4', UI_KEY_LEFT},      {SDLK_KP_5, '5', 0},
        {SDLK_KP_6, '6', UI_KEY_RIGHT},     {SDLK_KP_7, '7', UI_KEY_HOME},
        {SDLK_KP_8, '8', UI_KEY_UP},        {SDLK_KP_9, '9', UI_KEY_PAGE_UP},
        {SDLK_KP_PERIOD, '.', UI_KEY_DELETE}, {SDLK_KP_PLUS, '+', '+'},
        {SDLK_KP_MINUS, '-', '-'},          {SDLK_KP_MULTIPLY, '*', '*'},
        {SDLK_KP_DIVIDE, '/', '/'},         {SDLK_KP_EQUALS, '=', '='},
    };
    bool shift = press->held & KMOD_SHIFT, locked = press->held & KMOD_NUM;
    bool types = press->text[0] || (locked && !shift);
    for (size_t i = 0; i < sizeof pad / sizeof *pad; i++) {
        if (pad[i].code != press->code)
            continue;
        key->key = types ? pad[i].types : pad[i].without;
        key->mods = keys_mods(press->held);
        if (types || locked)
            key->mods &= ~(unsigned)UI_SHIFT;
        return true;
    }
    return false;
}

/* ---- keys that type -------------------------------------------------------------------------- */

/* AltGr types a third character. Where it types the first one, it is a plain right Alt key. */
static void read_alt_gr(const struct keys_press *press, struct ui_key *key)
{
    int typed = only_character(press->text);
    bool same = make_small(typed) == press->code && typed != ' ' && !(press->held & KMOD_CTRL);
    *key = (struct ui_key){make_small(typed), 0};
    if (same)
        key->mods = UI_ALT | (press->held & KMOD_SHIFT ? UI_SHIFT : 0);
}

/* A character is shown by its own key, a letter with Shift. */
static void use_character(struct ui_key *key, int c)
{
    key->key = make_small(c);
    if (!is_letter(c) && c != ' ')
        key->mods &= ~(unsigned)UI_SHIFT;
}

/* A key of the row of digits that types another sign by itself: where that sign has a use, it
 * counts, else the place does, and so it does with Shift. Of its code there is nothing to be
 * learnt, for SDL tells a digit for some. */
static bool read_digit_place(const struct keys_press *press, int typed, struct ui_key *key)
{
    int place = place_of(press->scancode), sign = typed ? typed : press->code;
    bool shortcut = key->mods & (UI_CTRL | UI_ALT), shift = key->mods & UI_SHIFT;
    bool used = sign == '[' || sign == ']' ||
                (key->mods & UI_CTRL && (sign == '-' || sign == (shift ? '+' : '=')));
    bool another = shift && is_ascii(typed) && !shortcut; /* such as the ! over a 1 */
    if (!is_digit(place) || is_digit(typed) || used || another)
        return false;
    key->key = place;
    key->mods &= ~(unsigned)UI_SHIFT;
    return true;
}

static void read_character(const struct keys_press *press, struct ui_key *key)
{
    int typed = only_character(press->text), place = place_of(press->scancode);
    int code = press->code & SDLK_SCANCODE_MASK ? 0 : press->code;
    *key = (struct ui_key){0, keys_mods(press->held)};
    if (is_letter(typed))
        use_character(key, typed);
    else if (!press->latin && is_letter(place))
        key->key = place;
    else if (is_letter(code))
        key->key = code;
    else if (read_digit_place(press, typed, key))
        return;
    else if (is_ascii(typed))
        use_character(key, typed);
    else if (!press->latin && place && code && !is_ascii(code))
        key->key = place;
    else
        key->key = typed ? typed : code >= ' ' ? code : 0;
}

bool keys_translate(const struct keys_press *press, struct ui_key *key, bool *types)
{
    *key = (struct ui_key){name_of(press->code), keys_mods(press->held)};
    *types = false;
    if (key->key)
        return true;
    if (read_pad(press, key))
        ;
    else if (press->held & (KMOD_RALT | KMOD_MODE))
        read_alt_gr(press, key);
    else
        read_character(press, key);
    *types = key->key < UI_KEY_ENTER && !(key->mods & (UI_CTRL | UI_ALT));
    return key->key != 0;
}

bool keys_of_text(const char *text, struct ui_key *key)
{
    int typed = only_character(text);
    *key = (struct ui_key){make_small(typed), make_small(typed) != typed ? UI_SHIFT : 0};
    return typed != 0;
}

unsigned keys_mods(unsigned held)
{
    unsigned mods = held & KMOD_SHIFT ? UI_SHIFT : 0;
    if (held & (KMOD_RALT | KMOD_MODE))
        return mods;
    if (held & (KMOD_CTRL | KMOD_GUI))
        mods |= UI_CTRL;
    if (held & KMOD_LALT)
        mods |= UI_ALT;
    return mods;
}

unsigned keys_arrows(const unsigned char *down, unsigned held)
{
    static const struct {
        int scancode, pad, key;
    } arrows[] = {
        {SDL_SCANCODE_LEFT, SDL_SCANCODE_KP_4, UI_KEY_LEFT},
        {SDL_SCANCODE_RIGHT, SDL_SCANCODE_KP_6, UI_KEY_RIGHT},
        {SDL_SCANCODE_UP, SDL_SCANCODE_KP_8, UI_KEY_UP},
        {SDL_SCANCODE_DOWN, SDL_SCANCODE_KP_2, UI_KEY_DOWN},
    };
    unsigned bits = 0;
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++)
        if (down[arrows[i].scancode] || (down[arrows[i].pad] && !(held & KMOD_NUM)))
            bits |= UI_ARROW(arrows[i].key);
    return bits;
}

/* SPDX-License-Identifier: MIT */
/* What keys mean on the keyboards of the world: each row is what SDL tells of one press there. */
#include <SDL.h>
#include <check.h>
#include <string.h>

#include "sys/keys.h"
#include "test_sys_window.h"
#include "ui/input.h"

enum { LATIN = 1, OTHER = 0 };

struct row {
    const char *what;
    SDL_Scancode place;
    int code;
    unsigned held;
    int latin;
    const char *text;
    int key; /* 0: means nothing */
    unsigned mods;
};

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct row *r = &rows[i];
        const struct keys_press press = {.scancode = (int)r->place, .code = r->code,
                                         .held = r->held, .latin = r->latin, .text = r->text};
        struct ui_key key;
        bool types, any = keys_translate(&press, &key, &types);
        ck_assert_msg(any == (r->key != 0) && (!any || (key.key == r->key && key.mods == r->mods)),
                      "%s: is %s key 0x%x with modifiers %u", r->what, any ? "the" : "no", key.key,
                      key.mods);
        bool text = r->key < UI_KEY_ENTER && !(r->mods & (UI_CTRL | UI_ALT));
        ck_assert_msg(!any || types == text, "%s: text", r->what);
    }
}

#define CHECK_ROWS(...)                                                                           \
    do {                                                                                          \
        static const struct row rows[] = {__VA_ARGS__};                                           \
        check_rows(rows, sizeof rows / sizeof *rows);                                             \
    } while (0)

START_TEST(a_letter_is_a_small_one_and_shift_is_told)
{
    CHECK_ROWS(
        {"US c", SDL_SCANCODE_C, 'c', 0, LATIN, "c", 'c', 0},
        {"US Shift c", SDL_SCANCODE_C, 'c', KMOD_LSHIFT, LATIN, "C", 'c', UI_SHIFT},
        {"US c, Caps Lock", SDL_SCANCODE_C, 'c', KMOD_CAPS, LATIN, "C", 'c', 0},
        {"US Ctrl z", SDL_SCANCODE_Z, 'z', KMOD_LCTRL, LATIN, "", 'z', UI_CTRL},
        {"US Ctrl Shift z", SDL_SCANCODE_Z, 'z', KMOD_RCTRL | KMOD_LSHIFT, LATIN, "", 'z',
         UI_CTRL | UI_SHIFT},
        {"a Mac's Cmd z", SDL_SCANCODE_Z, 'z', KMOD_LGUI, LATIN, "z", 'z', UI_CTRL},
        {"German Ctrl z lies elsewhere", SDL_SCANCODE_Y, 'z', KMOD_LCTRL, LATIN, "", 'z', UI_CTRL},
        {"French Ctrl a lies elsewhere", SDL_SCANCODE_Q, 'a', KMOD_LCTRL, LATIN, "", 'a', UI_CTRL},
        {"Dvorak c", SDL_SCANCODE_I, 'c', 0, LATIN, "c", 'c', 0},
        {"no text at all", SDL_SCANCODE_S, 's', 0, LATIN, "", 's', 0});
}
END_TEST

START_TEST(alt_gr_counts_by_what_it_types_and_nothing_else)
{
    CHECK_ROWS(
        {"German AltGr 8", SDL_SCANCODE_8, '8', KMOD_RALT, LATIN, "[", '[', 0},
        {"German AltGr 9", SDL_SCANCODE_9, '9', KMOD_RALT, LATIN, "]", ']', 0},
        {"German AltGr 7", SDL_SCANCODE_7, '7', KMOD_RALT, LATIN, "{", '{', 0},
        {"German AltGr 2", SDL_SCANCODE_2, '2', KMOD_RALT, LATIN, "\u00b2", 0xb2, 0},
        {"German AltGr q", SDL_SCANCODE_Q, 'q', KMOD_RALT, LATIN, "@", '@', 0},
        {"French AltGr (", SDL_SCANCODE_5, '(', KMOD_RALT, LATIN, "[", '[', 0},
        {"French AltGr )", SDL_SCANCODE_MINUS, ')', KMOD_RALT, LATIN, "]", ']', 0},
        {"Spanish AltGr 1", SDL_SCANCODE_1, '1', KMOD_MODE, LATIN, "|", '|', 0},
        {"Windows tells Ctrl too", SDL_SCANCODE_8, '8', KMOD_LCTRL | KMOD_RALT, LATIN, "[", '[', 0},
        {"Polish AltGr c", SDL_SCANCODE_C, 'c', KMOD_RALT, LATIN, "\u0107", 0x107, 0},
        {"it types nothing", SDL_SCANCODE_8, '8', KMOD_RALT, LATIN, "", 0, 0},
        {"and not with Ctrl", SDL_SCANCODE_Z, 'z', KMOD_LCTRL | KMOD_RALT, LATIN, "", 0, 0},
        {"AltGr and Space", SDL_SCANCODE_SPACE, ' ', KMOD_RALT, LATIN, " ", ' ', 0},
        {"a right Alt that is no AltGr", SDL_SCANCODE_1, '1', KMOD_RALT, LATIN, "1", '1', UI_ALT});
}
END_TEST

START_TEST(the_number_pad_types_with_num_lock_and_moves_without)
{
    CHECK_ROWS(
        {"7", 0, SDLK_KP_7, KMOD_NUM, LATIN, "7", '7', 0},
        {"Home", 0, SDLK_KP_7, 0, LATIN, "", UI_KEY_HOME, 0},
        {"Up", 0, SDLK_KP_8, 0, LATIN, "", UI_KEY_UP, 0},
        {"Page up", 0, SDLK_KP_9, 0, LATIN, "", UI_KEY_PAGE_UP, 0},
        {"Left", 0, SDLK_KP_4, 0, LATIN, "", UI_KEY_LEFT, 0},
        {"5 without a lock", 0, SDLK_KP_5, 0, LATIN, "", 0, 0},
        {"Right", 0, SDLK_KP_6, 0, LATIN, "", UI_KEY_RIGHT, 0},
        {"End", 0, SDLK_KP_1, 0, LATIN, "", UI_KEY_END, 0},
        {"Down", 0, SDLK_KP_2, 0, LATIN, "", UI_KEY_DOWN, 0},
        {"Page down", 0, SDLK_KP_3, 0, LATIN, "", UI_KEY_PAGE_DOWN, 0},
        {"Insert", 0, SDLK_KP_0, 0, LATIN, "", 0, 0},
        {"Delete", 0, SDLK_KP_PERIOD, 0, LATIN, "", UI_KEY_DELETE, 0},
        {"Shift types without the lock", 0, SDLK_KP_7, KMOD_LSHIFT, LATIN, "7", '7', 0},
        {"Shift moves with it", 0, SDLK_KP_7, KMOD_NUM | KMOD_LSHIFT, LATIN, "", UI_KEY_HOME, 0},
        {"a point", 0, SDLK_KP_PERIOD, KMOD_NUM, LATIN, ",", '.', 0},
        {"Ctrl +", 0, SDLK_KP_PLUS, KMOD_LCTRL, LATIN, "+", '+', UI_CTRL},
        {"Ctrl -", 0, SDLK_KP_MINUS, KMOD_LCTRL, LATIN, "", '-', UI_CTRL},
        {"Ctrl 0", 0, SDLK_KP_0, KMOD_LCTRL | KMOD_NUM, LATIN, "0", '0', UI_CTRL},
        {"Ctrl 2", 0, SDLK_KP_2, KMOD_LCTRL | KMOD_NUM, LATIN, "", '2', UI_CTRL},
        {"Enter", 0, SDLK_KP_ENTER, 0, LATIN, "", UI_KEY_ENTER, 0});
}
END_TEST

START_TEST(without_latin_letters_the_place_of_a_key_counts)
{
    CHECK_ROWS(
        {"Russian Ctrl z", SDL_SCANCODE_Z, 0x44f, KMOD_LCTRL, OTHER, "", 'z', UI_CTRL},
        {"Russian Ctrl z with text", SDL_SCANCODE_Z, 0x44f, KMOD_LCTRL, OTHER, "\u044f", 'z',
         UI_CTRL},
        {"Russian Ctrl Shift z", SDL_SCANCODE_Z, 0x44f, KMOD_LCTRL | KMOD_LSHIFT, OTHER, "", 'z',
         UI_CTRL | UI_SHIFT},
        {"Russian c", SDL_SCANCODE_C, 0x441, 0, OTHER, "\u0441", 'c', 0},
        {"Russian [", SDL_SCANCODE_LEFTBRACKET, 0x445, 0, OTHER, "\u0445", '[', 0},
        {"Russian ]", SDL_SCANCODE_RIGHTBRACKET, 0x44a, 0, OTHER, "\u044a", ']', 0},
        {"Russian 7", SDL_SCANCODE_7, '7', 0, OTHER, "7", '7', 0},
        {"Greek Ctrl o", SDL_SCANCODE_O, 0x3bf, KMOD_LCTRL, OTHER, "", 'o', UI_CTRL},
        {"Greek Ctrl q types a sign", SDL_SCANCODE_Q, ';', KMOD_LCTRL, OTHER, ";", 'q', UI_CTRL},
        {"Greek s", SDL_SCANCODE_S, 0x3c3, 0, OTHER, "\u03c3", 's', 0},
        {"Arabic Ctrl z", SDL_SCANCODE_Z, 0x626, KMOD_LCTRL, OTHER, "", 'z', UI_CTRL},
        {"Arabic e", SDL_SCANCODE_E, 0x62b, 0, OTHER, "\u062b", 'e', 0},
        {"Arabic b types two letters", SDL_SCANCODE_B, 0, 0, OTHER, "\u0644\u0627", 'b', 0},
        {"Arabic 7, Arabic figures", SDL_SCANCODE_7, 0x667, 0, OTHER, "\u0667", '7', 0},
        {"Persian Ctrl 2", SDL_SCANCODE_2, 0x6f2, KMOD_LCTRL, OTHER, "", '2', UI_CTRL},
        {"Hebrew c", SDL_SCANCODE_C, 0x5d1, 0, OTHER, "\u05d1", 'c', 0},
        {"Hebrew Ctrl q types a sign", SDL_SCANCODE_Q, '/', KMOD_LCTRL, OTHER, "", 'q', UI_CTRL},
        {"Hebrew ] lies at [", SDL_SCANCODE_LEFTBRACKET, ']', 0, OTHER, "]", ']', 0},
        {"another group than SDL thinks", SDL_SCANCODE_Z, 0x44f, 0, OTHER, "z", 'z', 0},
        {"German \u00fc is not [", SDL_SCANCODE_LEFTBRACKET, 0xfc, 0, LATIN, "\u00fc", 0xfc, 0},
        {"Spanish \u00f1 is not ;", SDL_SCANCODE_SEMICOLON, 0xf1, 0, LATIN, "\u00f1", 0xf1, 0});
}
END_TEST

START_TEST(a_row_of_signs_over_the_digits_counts_both_ways)
{
    CHECK_ROWS(
        {"French &", SDL_SCANCODE_1, '&', 0, LATIN, "&", '1', 0},
        {"French Shift &", SDL_SCANCODE_1, '&', KMOD_LSHIFT, LATIN, "1", '1', 0},
        {"French \u00e9", SDL_SCANCODE_2, 0xe9, 0, LATIN, "\u00e9", '2', 0},
        {"French Shift \u00e9", SDL_SCANCODE_2, 0xe9, KMOD_RSHIFT, LATIN, "2", '2', 0},
        {"French -", SDL_SCANCODE_6, '-', 0, LATIN, "-", '6', 0},
        {"French \u00e0", SDL_SCANCODE_0, 0xe0, 0, LATIN, "\u00e0", '0', 0},
        {"French )", SDL_SCANCODE_MINUS, ')', 0, LATIN, ")", ')', 0},
        {"French Ctrl &", SDL_SCANCODE_1, '&', KMOD_LCTRL, LATIN, "&", '1', UI_CTRL},
        {"French Ctrl Shift \u00e9", SDL_SCANCODE_2, 0xe9, KMOD_LCTRL | KMOD_LSHIFT, LATIN, "", '2',
         UI_CTRL},
        {"French Alt &", SDL_SCANCODE_1, '&', KMOD_LALT, LATIN, "&", '1', UI_ALT},
        {"French, Caps Lock", SDL_SCANCODE_7, 0xe8, KMOD_CAPS, LATIN, "7", '7', 0},
        {"French Shift _, as SDL tells it", SDL_SCANCODE_8, '8', KMOD_LSHIFT, LATIN, "8", '8', 0},
        {"French _, as SDL tells it", SDL_SCANCODE_8, '8', 0, LATIN, "_", '8', 0},
        {"French Ctrl &, SDL's way", SDL_SCANCODE_1, '1', KMOD_LCTRL, LATIN, "&", '1', UI_CTRL},
        {"French Ctrl \u00e9, SDL's way", SDL_SCANCODE_2, '2', KMOD_LCTRL, LATIN, "\u00e9", '2',
         UI_CTRL},
        {"French Ctrl -, SDL's way", SDL_SCANCODE_6, '6', KMOD_LCTRL, LATIN, "-", '-', UI_CTRL},
        {"Czech +", SDL_SCANCODE_1, '+', 0, LATIN, "+", '1', 0},
        {"Czech Ctrl +", SDL_SCANCODE_1, '+', KMOD_LCTRL, LATIN, "+", '1', UI_CTRL},
        {"Czech \u0161", SDL_SCANCODE_3, 0x161, 0, LATIN, "\u0161", '3', 0},
        {"Czech Shift \u0161", SDL_SCANCODE_3, 0x161, KMOD_LSHIFT, LATIN, "3", '3', 0},
        {"Dvorak for programmers, [", SDL_SCANCODE_2, '[', 0, LATIN, "[", '[', 0},
        {"US 1", SDL_SCANCODE_1, '1', 0, LATIN, "1", '1', 0},
        {"US !", SDL_SCANCODE_1, '1', KMOD_LSHIFT, LATIN, "!", '!', 0},
        {"Hungarian 0", SDL_SCANCODE_GRAVE, '0', 0, LATIN, "0", '0', 0});
}
END_TEST

START_TEST(ctrl_and_plus_minus_nought_work_wherever_they_lie)
{
    CHECK_ROWS(
        {"US Ctrl =", SDL_SCANCODE_EQUALS, '=', KMOD_LCTRL, LATIN, "=", '=', UI_CTRL},
        {"US Ctrl Shift =", SDL_SCANCODE_EQUALS, '=', KMOD_LCTRL | KMOD_LSHIFT, LATIN, "+", '+',
         UI_CTRL},
        {"US Ctrl -", SDL_SCANCODE_MINUS, '-', KMOD_LCTRL, LATIN, "-", '-', UI_CTRL},
        {"US Ctrl 0", SDL_SCANCODE_0, '0', KMOD_LCTRL, LATIN, "0", '0', UI_CTRL},
        {"German Ctrl +", SDL_SCANCODE_RIGHTBRACKET, '+', KMOD_LCTRL, LATIN, "+", '+', UI_CTRL},
        {"Swiss Ctrl Shift 1", SDL_SCANCODE_1, '1', KMOD_LCTRL | KMOD_LSHIFT, LATIN, "+", '+',
         UI_CTRL},
        {"French Ctrl -", SDL_SCANCODE_6, '-', KMOD_LCTRL, LATIN, "-", '-', UI_CTRL},
        {"French Ctrl \u00e0", SDL_SCANCODE_0, 0xe0, KMOD_LCTRL, LATIN, "\u00e0", '0', UI_CTRL},
        {"Russian Ctrl =", SDL_SCANCODE_EQUALS, '=', KMOD_LCTRL, OTHER, "=", '=', UI_CTRL},
        {"without text", SDL_SCANCODE_EQUALS, '=', KMOD_LCTRL, LATIN, "", '=', UI_CTRL},
        {"Ctrl [ types an escape", SDL_SCANCODE_LEFTBRACKET, '[', KMOD_LCTRL, LATIN, "", '[',
         UI_CTRL});
}
END_TEST

START_TEST(a_dead_key_means_nothing)
{
    CHECK_ROWS(
        {"French ^", SDL_SCANCODE_LEFTBRACKET, SDL_SCANCODE_TO_KEYCODE(SDL_SCANCODE_LEFTBRACKET), 0,
         LATIN, "", 0, 0},
        {"Greek tonos", SDL_SCANCODE_SEMICOLON, SDL_SCANCODE_TO_KEYCODE(SDL_SCANCODE_SEMICOLON), 0,
         OTHER, "", 0, 0},
        {"Shift alone", SDL_SCANCODE_LSHIFT, SDLK_LSHIFT, KMOD_LSHIFT, LATIN, "", 0, 0},
        {"AltGr alone", SDL_SCANCODE_RALT, SDLK_RALT, KMOD_RALT, LATIN, "", 0, 0});
}
END_TEST

START_TEST(a_layout_is_latin_by_its_letters)
{
    int codes[26], cyrillic[26];
    for (int i = 0; i < 26; i++) {
        codes[i] = 'a' + i;
        cyrillic[i] = 0x430 + i;
    }
    ck_assert(keys_are_latin(codes));
    codes[8] = 0x131; /* a Turkish one */
    ck_assert(keys_are_latin(codes));
    ck_assert(!keys_are_latin(cyrillic));
}
END_TEST

START_TEST(text_of_an_input_method_is_a_key_if_it_is_one_character)
{
    struct ui_key key;
    ck_assert(keys_of_text("c", &key) && key.key == 'c' && key.mods == 0);
    ck_assert(keys_of_text("C", &key) && key.key == 'c' && key.mods == UI_SHIFT);
    ck_assert(keys_of_text("7", &key) && key.key == '7' && key.mods == 0);
    ck_assert(keys_of_text("\u4f60", &key) && key.key == 0x4f60);
    ck_assert(!keys_of_text("\u4f60\u597d", &key));
    ck_assert(!keys_of_text("", &key));
    ck_assert(!keys_of_text("\xc3", &key));
    ck_assert(!keys_of_text("\xc0\xaf", &key)); /* a slash written too long */
    ck_assert(!keys_of_text("\xed\xa0\x80", &key));
    ck_assert(!keys_of_text("\xf8\x88\x80\x80", &key));
}
END_TEST

START_TEST(arrows_that_are_held_are_told_those_of_the_number_pad_too)
{
    static unsigned char down[SDL_NUM_SCANCODES];
    ck_assert_uint_eq(keys_arrows(down, 0), 0);
    down[SDL_SCANCODE_RIGHT] = down[SDL_SCANCODE_KP_8] = 1;
    ck_assert_uint_eq(keys_arrows(down, 0), UI_ARROW(UI_KEY_RIGHT) | UI_ARROW(UI_KEY_UP));
    ck_assert_uint_eq(keys_arrows(down, KMOD_NUM), UI_ARROW(UI_KEY_RIGHT));
}
END_TEST

void add_key_tests(Suite *suite)
{
    TCase *layouts = tcase_create("layouts");
    tcase_add_test(layouts, a_letter_is_a_small_one_and_shift_is_told);
    tcase_add_test(layouts, alt_gr_counts_by_what_it_types_and_nothing_else);
    tcase_add_test(layouts, the_number_pad_types_with_num_lock_and_moves_without);
    tcase_add_test(layouts, without_latin_letters_the_place_of_a_key_counts);
    tcase_add_test(layouts, a_row_of_signs_over_the_digits_counts_both_ways);
    tcase_add_test(layouts, ctrl_and_plus_minus_nought_work_wherever_they_lie);
    tcase_add_test(layouts, a_dead_key_means_nothing);
    tcase_add_test(layouts, a_layout_is_latin_by_its_letters);
    tcase_add_test(layouts, text_of_an_input_method_is_a_key_if_it_is_one_character);
    tcase_add_test(layouts, arrows_that_are_held_are_told_those_of_the_number_pad_too);
    suite_add_tcase(suite, layouts);
}

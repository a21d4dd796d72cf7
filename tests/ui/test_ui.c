/* SPDX-License-Identifier: MIT */
/* The widgets without a window: frames of input go in, shapes and events come out. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "look.h"
#include "suite.h"
#include "ui/format.h"
#include "ui/plot.h"
#include "ui/ui.h"

/* ---- a font in which every character is half as wide as it is high, but for a narrow 1 ---- */

static float fake_width(void *user, enum ui_font font, float size, const char *text, size_t len)
{
    (void)user, (void)font;
    float w = 0;
    for (size_t i = 0; i < len; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            w += text[i] == '1' ? size / 4 : size / 2;
    return w;
}

static float fake_ascent(void *user, enum ui_font font, float size)
{
    (void)user, (void)font;
    return size;
}

static float fake_height(void *user, enum ui_font font, float size)
{
    (void)user, (void)font;
    return size * 1.25f;
}

static const struct ui_metrics metrics = {NULL, fake_width, fake_ascent, fake_height};

/* ---- frames ---- */

static struct ui *ui;
static struct ui_input input;
static const struct ui_shapes *shapes;

static void set_up(void)
{
    ui = ui_new(&metrics, NULL, NULL);
    ck_assert_ptr_nonnull(ui);
    memset(&input, 0, sizeof input);
    input.width = 640;
    input.height = 480;
    input.scale = 1;
    input.now = 1000000;
}

static void tear_down(void)
{
    ui_free(ui);
}

static void begin(void)
{
    ui_begin(ui, &input, ui_theme_dark());
}

/* Ends the frame; the next one begins 10 ms later with no input. */
static void end(void)
{
    shapes = ui_end(ui);
    input.move_count = input.key_count = 0;
    input.typed[0] = 0;
    input.wheel = 0;
    input.left = false;
    input.now += 10000;
}

static void sample(enum ui_move_kind kind, enum ui_button button, float x, float y, int clicks)
{
    input.moves[input.move_count++] =
        (struct ui_move){kind, button, x, y, clicks, input.now};
}

static void move_to(float x, float y)
{
    sample(UI_MOVE, UI_BUTTON_NONE, x, y, 0);
}

static void press(float x, float y)
{
    sample(UI_PRESS, UI_BUTTON_LEFT, x, y, 1);
}

static void release(float x, float y)
{
    sample(UI_RELEASE, UI_BUTTON_LEFT, x, y, 1);
}

static void click(float x, float y)
{
    press(x, y);
    release(x, y);
}

static void key(int which, unsigned mods)
{
    input.keys[input.key_count++] = (struct ui_key){which, mods};
}

/* Types ASCII text: keys and characters, as a window brings them. */
static void type(const char *text)
{
    for (; *text; text++) {
        size_t len = strlen(input.typed);
        input.typed[len] = *text;
        input.typed[len + 1] = 0;
        key(*text, 0);
    }
}

static bool text_is_shown(const char *text)
{
    for (size_t i = 0; i < shapes->count; i++)
        if (strcmp(ui_shape_text(shapes, &shapes->items[i]), text) == 0)
            return true;
    return false;
}

/* ---- buttons ---- */

static const struct ui_rect here = {100, 100, 80, 32};

static bool button_frame(void)
{
    begin();
    bool clicked = ui_button(ui, "clear", here, "Clear", 0);
    end();
    return clicked;
}

START_TEST(a_button_fires_on_release_inside)
{
    press(110, 110);
    ck_assert(!button_frame());
    release(120, 112);
    ck_assert(button_frame());
    ck_assert(!button_frame());
}
END_TEST

START_TEST(sliding_off_the_button_cancels)
{
    press(110, 110);
    ck_assert(!button_frame());
    move_to(300, 300);
    ck_assert(!button_frame());
    release(300, 300);
    ck_assert(!button_frame());
    release(110, 110);
    ck_assert(!button_frame());
}
END_TEST

START_TEST(a_press_elsewhere_that_slides_on_is_no_click)
{
    press(10, 10);
    move_to(110, 110);
    release(110, 110);
    ck_assert(!button_frame());
}
END_TEST

START_TEST(a_press_and_a_release_in_one_frame_are_a_click)
{
    click(110, 110);
    ck_assert(button_frame());
}
END_TEST

START_TEST(the_right_button_does_not_click)
{
    sample(UI_PRESS, UI_BUTTON_RIGHT, 110, 110, 1);
    sample(UI_RELEASE, UI_BUTTON_RIGHT, 110, 110, 1);
    ck_assert(!button_frame());
}
END_TEST

START_TEST(a_button_that_is_off_does_nothing)
{
    click(110, 110);
    begin();
    ck_assert(!ui_button(ui, "clear", here, "Clear", UI_OFF));
    end();
    key(UI_KEY_TAB, 0);
    key(UI_KEY_ENTER, 0);
    begin();
    ck_assert(!ui_button(ui, "clear", here, "Clear", UI_OFF));
    end();
    ck_assert(!ui_has_focus(ui, "clear"));
}
END_TEST

static ui_color button_fill(unsigned flags)
{
    begin();
    ui_button(ui, "clear", here, "Clear", flags);
    end();
    for (size_t i = 0; i < shapes->count; i++)
        if (shapes->items[i].kind == UI_SHAPE_BOX)
            return shapes->items[i].fill;
    return 0;
}

START_TEST(the_four_states_of_a_button_look_different)
{
    ui_color seen[4];
    seen[0] = button_fill(0);
    move_to(110, 110);
    seen[1] = button_fill(0);
    press(110, 110);
    seen[2] = button_fill(0);
    release(300, 300);
    button_fill(0);
    seen[3] = button_fill(UI_OFF);
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < i; j++)
            ck_assert_msg(seen[i] != seen[j], "states %d and %d are the same", i, j);
}
END_TEST

/* ---- keys and focus ---- */

static const char *const three[] = {"one", "two", "three"};

static int three_frame(void)
{
    int clicked = -1;
    begin();
    for (int i = 0; i < 3; i++)
        if (ui_button(ui, three[i], (struct ui_rect){10, 10 + 40 * (float)i, 80, 32}, three[i], 0))
            clicked = i;
    end();
    return clicked;
}

START_TEST(tab_moves_the_focus_round)
{
    three_frame();
    const char *const order[] = {"one", "two", "three", "one"};
    for (int i = 0; i < 4; i++) {
        key(UI_KEY_TAB, 0);
        three_frame();
        ck_assert_msg(ui_has_focus(ui, order[i]), "step %d", i);
    }
    key(UI_KEY_TAB, UI_SHIFT);
    three_frame();
    ck_assert(ui_has_focus(ui, "three"));
}
END_TEST

START_TEST(enter_and_space_press_the_button_with_the_focus)
{
    three_frame();
    key(UI_KEY_TAB, 0);
    key(UI_KEY_TAB, 0);
    key(UI_KEY_ENTER, 0);
    ck_assert_int_eq(three_frame(), 1);
    key(' ', 0);
    ck_assert_int_eq(three_frame(), 1);
}
END_TEST

START_TEST(keys_after_a_tab_wait_for_the_next_frame)
{
    three_frame();
    key(UI_KEY_TAB, 0);
    key(UI_KEY_ENTER, 0);
    key(UI_KEY_TAB, 0);
    key(UI_KEY_ENTER, 0);
    ck_assert_int_eq(three_frame(), 0);
    ck_assert(ui_wake(ui) <= input.now);
    ck_assert_int_eq(three_frame(), 1);
    ck_assert_int_eq(three_frame(), -1);
}
END_TEST

static size_t rings(void)
{
    size_t count = 0;
    for (size_t i = 0; i < shapes->count; i++)
        if (shapes->items[i].kind == UI_SHAPE_BOX && shapes->items[i].width == 2 &&
            shapes->items[i].edge == ui_theme_dark()->accent)
            count++;
    return count;
}

START_TEST(the_focus_ring_shows_only_after_the_keyboard_was_used)
{
    click(20, 20);
    three_frame();
    three_frame();
    ck_assert(ui_has_focus(ui, "one"));
    ck_assert_uint_eq(rings(), 0);
    key(UI_KEY_TAB, 0);
    three_frame();
    ck_assert_uint_eq(rings(), 1);
}
END_TEST

START_TEST(arrows_move_within_a_group_and_not_beyond)
{
    for (int frame = 0; frame < 4; frame++) {
        if (frame == 1)
            key(UI_KEY_TAB, 0);
        if (frame > 1)
            key(UI_KEY_RIGHT, 0);
        begin();
        ui_group_begin(ui, "digits");
        ui_button(ui, "0", (struct ui_rect){10, 10, 30, 30}, "0", 0);
        ui_button(ui, "1", (struct ui_rect){50, 10, 30, 30}, "1", 0);
        ui_group_end(ui);
        ui_button(ui, "after", (struct ui_rect){90, 10, 30, 30}, "a", 0);
        end();
        if (frame > 0)
            ck_assert(ui_has_focus(ui, frame == 2 ? "1" : "0"));
    }
}
END_TEST

START_TEST(in_a_grid_arrows_go_by_rows_and_home_and_end_to_its_ends)
{
    static const struct { int key, at; } steps[] = {
        {UI_KEY_TAB, 0}, {UI_KEY_DOWN, 3}, {UI_KEY_RIGHT, 4}, {UI_KEY_DOWN, 7}, {UI_KEY_DOWN, 7},
        {UI_KEY_UP, 4}, {UI_KEY_UP, 1}, {UI_KEY_UP, 1}, {UI_KEY_RIGHT, 2}, {UI_KEY_RIGHT, 3},
        {UI_KEY_UP, 0}, {UI_KEY_END, 7}, {UI_KEY_HOME, 0}, {UI_KEY_END, 7}, {UI_KEY_UP, 4},
        {UI_KEY_RIGHT, 5}, {UI_KEY_DOWN, 7},
    };
    for (int frame = -1; frame < (int)(sizeof steps / sizeof *steps); frame++) {
        if (frame >= 0)
            key(steps[frame].key, 0);
        begin();
        ui_group_begin(ui, "grid");
        for (int i = 0; i < 8; i++) { /* three, three, two */
            const char name[] = {(char)('0' + i), 0};
            ui_button(ui, name, (struct ui_rect){10 + 40 * (float)(i % 3),
                      10 + 40 * (float)(i / 3), 30, 30}, name, 0);
        }
        ui_group_end(ui);
        end();
        const char wanted[] = {frame < 0 ? '0' : (char)('0' + steps[frame].at), 0};
        ck_assert_msg(frame < 0 || ui_has_focus(ui, wanted), "step %d", frame);
    }
}
END_TEST

START_TEST(a_shortcut_is_heard_only_when_no_field_takes_the_key)
{
    char text[16] = "";
    struct ui_field field = {.label = "Name"};
    for (int focused = 0; focused < 2; focused++) {
        type("c");
        begin();
        if (focused)
            ui_focus(ui, "name");
        ui_field(ui, "name", here, text, sizeof text, &field, 0);
        ck_assert_int_eq(ui_key(ui, 'c', 0), !focused);
        end();
    }
    ck_assert_str_eq(text, "c");
}
END_TEST

/* ---- fields ---- */

static char field_text[32];
static unsigned field_events;

static void field_frame(unsigned flags)
{
    struct ui_field field = {.label = "Network"};
    begin();
    field_events = ui_field(ui, "net", (struct ui_rect){100, 100, 200, 32}, field_text,
                            sizeof field_text, &field, flags);
    ui_button(ui, "other", (struct ui_rect){400, 100, 80, 32}, "Other", 0);
    end();
}

static void focus_field(const char *text)
{
    strcpy(field_text, text);
    click(295, 110);
    field_frame(0);
}

START_TEST(a_field_takes_text_where_the_caret_is)
{
    focus_field("784-10");
    key(UI_KEY_LEFT, 0);
    key(UI_KEY_LEFT, 0);
    type("30-");
    field_frame(0);
    ck_assert_str_eq(field_text, "784-30-10");
    ck_assert_uint_eq(field_events, UI_FIELD_CHANGED);
}
END_TEST

START_TEST(keys_and_text_of_one_frame_keep_their_order)
{
    focus_field("old");
    key('a', UI_CTRL);
    type("new");
    key(UI_KEY_BACKSPACE, 0);
    type("t");
    field_frame(0);
    ck_assert_str_eq(field_text, "net");
}
END_TEST

START_TEST(backspace_takes_a_whole_character)
{
    focus_field("3\u00d73\u00d7");
    key(UI_KEY_BACKSPACE, 0);
    field_frame(0);
    ck_assert_str_eq(field_text, "3\u00d73");
    key(UI_KEY_HOME, 0);
    key(UI_KEY_RIGHT, 0);
    key(UI_KEY_DELETE, 0);
    field_frame(0);
    ck_assert_str_eq(field_text, "33");
}
END_TEST

START_TEST(words_are_jumped_and_erased_with_ctrl)
{
    focus_field("dense 30 sigmoid");
    key(UI_KEY_BACKSPACE, UI_CTRL);
    field_frame(0);
    ck_assert_str_eq(field_text, "dense 30 ");
    key(UI_KEY_LEFT, UI_CTRL);
    key(UI_KEY_DELETE, UI_CTRL);
    type("4 ");
    field_frame(0);
    ck_assert_str_eq(field_text, "dense 4 ");
}
END_TEST

START_TEST(cut_copy_and_paste_work_on_the_selection)
{
    focus_field("abcdef");
    key(UI_KEY_LEFT, UI_SHIFT);
    key(UI_KEY_LEFT, UI_SHIFT);
    key('x', UI_CTRL);
    key(UI_KEY_HOME, 0);
    key('v', UI_CTRL);
    field_frame(0);
    ck_assert_str_eq(field_text, "efabcd");
    key('a', UI_CTRL);
    key('c', UI_CTRL);
    key(UI_KEY_END, 0);
    key('v', UI_CTRL);
    field_frame(0);
    ck_assert_str_eq(field_text, "efabcdefabcd");
}
END_TEST

START_TEST(a_drag_selects_with_the_mouse)
{
    focus_field("abcdef"); /* characters are 7 points wide and begin at 110 */
    press(110 + 7, 110);
    move_to(110 + 28, 110);
    release(110 + 28, 110);
    type("_");
    field_frame(0);
    ck_assert_str_eq(field_text, "a_ef");
}
END_TEST

START_TEST(a_double_click_selects_a_word)
{
    focus_field("dense 30");
    sample(UI_PRESS, UI_BUTTON_LEFT, 120, 110, 2);
    release(120, 110);
    field_frame(0);
    type("conv");
    field_frame(0);
    ck_assert_str_eq(field_text, "conv 30");
}
END_TEST

START_TEST(a_field_never_overflows)
{
    focus_field("");
    memset(input.typed, 'x', UI_TYPED_MAX - 1);
    field_frame(0);
    ck_assert_uint_eq(strlen(field_text), sizeof field_text - 1);
    key(UI_KEY_BACKSPACE, 0);
    field_frame(0);
    strcpy(input.typed, "\u00d7"); /* two bytes where there is room for one */
    field_frame(0);
    ck_assert_uint_eq(strlen(field_text), sizeof field_text - 2);
}
END_TEST

START_TEST(a_long_text_scrolls_so_that_the_caret_is_seen)
{
    focus_field("0123456789012345678901234567890"); /* 217 points in a field of 180 */
    field_frame(0);
    bool seen = false;
    for (size_t i = 0; i < shapes->count; i++) {
        const struct ui_shape *s = &shapes->items[i];
        if (s->kind == UI_SHAPE_BOX && s->fill == ui_theme_dark()->accent && s->rect.w < 2)
            seen = s->rect.x > 280 && s->rect.x + s->rect.w <= 290;
    }
    ck_assert(seen);
}
END_TEST

START_TEST(enter_and_leaving_enter_what_was_typed)
{
    focus_field("a");
    type("b");
    key(UI_KEY_ENTER, 0);
    field_frame(0);
    ck_assert_uint_eq(field_events, UI_FIELD_CHANGED | UI_FIELD_ENTERED);
    type("c");
    field_frame(0);
    click(420, 110);
    field_frame(0);
    ck_assert(ui_wake(ui) <= input.now);
    field_frame(0);
    ck_assert_uint_eq(field_events, UI_FIELD_ENTERED);
    field_frame(0);
    ck_assert_uint_eq(field_events, 0);
}
END_TEST

START_TEST(a_field_of_several_lines_moves_up_and_down)
{
    struct ui_field field = {.label = "Words"};
    char text[64] = "conv 16\npool 2\ndense 10";
    for (int frame = 0; frame < 2; frame++) {
        if (frame == 1) {
            key(UI_KEY_UP, 0);
            key(UI_KEY_END, 0);
            key(UI_KEY_ENTER, 0);
            type("x");
        }
        begin();
        ui_focus(ui, "words");
        ui_field(ui, "words", (struct ui_rect){10, 10, 200, 100}, text, sizeof text, &field,
                 UI_LINES | UI_MONO);
        end();
    }
    ck_assert_str_eq(text, "conv 16\npool 2\nx\ndense 10");
}
END_TEST

/* ---- numbers and sliders ---- */

static double number_value;

static bool number_frame(bool times)
{
    struct ui_number number = {.label = "Rate", .min = 0.001, .max = 100, .step = 1, .digits = -1,
                               .times = times};
    begin();
    bool changed = ui_number(ui, "rate", here, &number_value, &number, 0);
    ui_button(ui, "other", (struct ui_rect){400, 100, 80, 32}, "Other", 0);
    end();
    return changed;
}

START_TEST(a_number_is_put_within_its_limits_when_entered)
{
    number_value = 5;
    key(UI_KEY_TAB, 0);
    number_frame(false);
    number_frame(false);
    key(UI_KEY_TAB, 0);
    number_frame(false);
    key('a', UI_CTRL);
    type("1000");
    ck_assert(!number_frame(false));
    key(UI_KEY_ENTER, 0);
    ck_assert(number_frame(false));
    ck_assert_double_eq(number_value, 100);
}
END_TEST

START_TEST(what_is_no_number_leaves_the_value)
{
    number_value = 5;
    click(110, 110);
    number_frame(false);
    type("x");
    number_frame(false);
    click(420, 110);
    number_frame(false);
    ck_assert(!number_frame(false));
    ck_assert_double_eq(number_value, 5);
    ck_assert(ui_wake(ui) <= input.now);
    number_frame(false);
    ck_assert(text_is_shown("5"));
}
END_TEST

/* What the ui says of what was typed, in the frame in which it was entered; NULL if nothing. */
static const char *enter_number(const char *typed, int digits)
{
    struct ui_number number = {.label = "Rate", .min = 1, .max = 100, .step = 1, .digits = digits};
    number_value = 5;
    for (int frame = 0; frame < 4; frame++) {
        if (frame == 0)
            click(110, 110);
        if (frame == 2)
            key('a', UI_CTRL);
        if (frame == 2)
            type(typed);
        if (frame == 3)
            key(UI_KEY_ENTER, 0);
        begin();
        ui_number(ui, "rate", here, &number_value, &number, 0);
        ck_assert(frame == 3 || !ui_refused(ui));
        end();
    }
    return ui_refused(ui);
}

START_TEST(a_number_that_is_not_taken_as_it_stands_can_be_said)
{
    ck_assert_str_eq(enter_number("abc", -1), "abc");
    ck_assert_double_eq(number_value, 5);
    ck_assert_str_eq(enter_number("0", -1), "0");
    ck_assert_double_eq(number_value, 1);
    ck_assert_str_eq(enter_number("1e9", -1), "1e9");
    ck_assert_double_eq(number_value, 100);
    ck_assert_str_eq(enter_number("2.6", 0), "2.6");
    ck_assert_double_eq(number_value, 3);
    ck_assert_ptr_null(enter_number("2,5", -1));
    ck_assert_double_eq(number_value, 2.5);
    ck_assert_ptr_null(enter_number("100", 0));
}
END_TEST

START_TEST(a_field_called_earlier_does_not_rob_the_number_that_was_typed)
{
    struct ui_number number = {.label = "Rate", .min = 0, .max = 100, .step = 1, .digits = 0};
    double first = 1, second = 2;
    for (int frame = 0; frame < 4; frame++) {
        if (frame == 0)
            click(175, 210);
        if (frame == 1)
            type("3");
        if (frame == 2)
            click(110, 110);
        begin();
        ui_number(ui, "first", here, &first, &number, 0);
        ui_number(ui, "second", (struct ui_rect){100, 200, 80, 32}, &second, &number, 0);
        end();
    }
    ck_assert_double_eq(first, 1);
    ck_assert_double_eq(second, 23);
}
END_TEST

START_TEST(arrows_and_wheel_step_a_number)
{
    number_value = 5;
    click(110, 110);
    number_frame(false);
    key(UI_KEY_UP, 0);
    ck_assert(number_frame(false));
    ck_assert_double_eq(number_value, 6);
    input.wheel = -2;
    ck_assert(number_frame(false));
    ck_assert_double_eq(number_value, 4);
    number_value = 0.003;
    click(420, 110);
    number_frame(true);
    number_frame(true);
    move_to(110, 110); /* over it is not enough: the wheel is for the page */
    input.wheel = 1;
    number_frame(true);
    ck_assert_double_eq_tol(number_value, 0.003, 1e-9);
    click(110, 110);
    number_frame(true);
    input.wheel = 1;
    number_frame(true);
    ck_assert_double_eq_tol(number_value, 0.005, 1e-9);
    input.wheel = -2;
    number_frame(true);
    ck_assert_double_eq_tol(number_value, 0.001, 1e-9);
}
END_TEST

START_TEST(the_slider_follows_mouse_and_arrows)
{
    double value = 0;
    struct ui_rect rect = {100, 100, 114, 20}; /* the knob's way is 100 points from 107 */
    struct ui_range range = {0, 10, 1};
    for (int frame = 0; frame < 4; frame++) {
        if (frame == 0)
            press(107 + 52, 110);
        if (frame == 1)
            release(900, 110);
        if (frame == 2)
            key(UI_KEY_LEFT, 0);
        if (frame == 3)
            key(UI_KEY_HOME, 0);
        begin();
        bool changed = ui_slider(ui, "brush", rect, "Brush", &value, range, 0);
        end();
        const double expected[] = {5, 10, 9, 0};
        ck_assert(changed);
        ck_assert_double_eq(value, expected[frame]);
    }
}
END_TEST

START_TEST(a_check_box_and_a_switch_change_once_a_click)
{
    bool on = false, wide = true;
    click(110, 110);
    click(110, 210);
    begin();
    ck_assert(ui_check(ui, "check", here, "Shift", &on, 0));
    ck_assert(ui_switch(ui, "wide", (struct ui_rect){100, 200, 200, 32}, "Wide", &wide, 0));
    end();
    ck_assert(on && !wide);
}
END_TEST

/* ---- lists that open ---- */

static const char *const colours[] = {"red", "green", "blue"};
static int colour;
static bool below_clicked, colour_changed;

static void select_frame(void)
{
    begin();
    colour_changed = ui_select(ui, "colour", (struct ui_rect){10, 10, 120, 32}, "Colour", colours,
                               3, &colour, 0);
    below_clicked = ui_button(ui, "below", (struct ui_rect){10, 60, 120, 200}, "Below", 0);
    end();
}

START_TEST(a_popup_takes_the_click_that_lies_over_a_button)
{
    colour = 0;
    click(20, 20);
    select_frame();
    select_frame();
    const struct ui_control *row = ui_find_control(ui, "colour/2");
    ck_assert_ptr_nonnull(row);
    float x = row->rect.x + 5, y = row->rect.y + 5;
    ck_assert(ui_rect_has((struct ui_rect){10, 60, 120, 200}, x, y));
    click(x, y);
    select_frame();
    ck_assert(colour_changed && !below_clicked);
    ck_assert_int_eq(colour, 2);
    select_frame();
    ck_assert_ptr_null(ui_find_control(ui, "colour/2"));
    click(x, y);
    select_frame();
    ck_assert(below_clicked);
}
END_TEST

START_TEST(a_click_outside_only_closes_the_popup)
{
    click(20, 20);
    select_frame();
    click(20, 250);
    select_frame();
    ck_assert(!below_clicked);
    select_frame();
    ck_assert_ptr_null(ui_find_control(ui, "colour/0"));
}
END_TEST

START_TEST(a_popup_is_worked_by_keys)
{
    colour = 0;
    select_frame();
    key(UI_KEY_TAB, 0);
    key(UI_KEY_DOWN, 0);
    select_frame();
    key(UI_KEY_DOWN, 0);
    key(UI_KEY_ENTER, 0);
    select_frame();
    ck_assert_int_eq(colour, 1);
    key(UI_KEY_ENTER, 0);
    select_frame();
    key(UI_KEY_DOWN, 0);
    key(UI_KEY_ESCAPE, 0);
    select_frame();
    ck_assert_int_eq(colour, 1);
    select_frame();
    ck_assert_ptr_null(ui_find_control(ui, "colour/0"));
}
END_TEST

START_TEST(a_menu_returns_what_was_chosen_and_skips_what_is_off)
{
    const struct ui_item items[] = {{"open", "Open", "Ctrl O", true, false},
                                    {NULL, NULL, NULL, false, false},
                                    {"save", "Save", "Ctrl S", false, false}};
    const struct ui_part part = {"Model", 0};
    int chosen = -1;
    for (int frame = 0; frame < 2; frame++) {
        if (frame == 0)
            click(110, 110);
        if (frame == 1)
            key(UI_KEY_DOWN, 0);
        if (frame == 1)
            key(UI_KEY_ENTER, 0);
        begin();
        chosen = ui_menu(ui, "model", here, &part, 1, items, 3, 0);
        end();
    }
    ck_assert_int_eq(chosen, 2);
}
END_TEST

START_TEST(a_popup_at_the_bottom_opens_upwards_within_the_window)
{
    int chosen = 0;
    for (int frame = 0; frame < 2; frame++) {
        if (frame == 0)
            click(620, 450);
        begin();
        ui_select(ui, "colour", (struct ui_rect){600, 440, 36, 32}, "", colours, 3, &chosen, 0);
        end();
    }
    for (int i = 0; i < 3; i++) {
        char name[16];
        snprintf(name, sizeof name, "colour/%d", i);
        struct ui_rect r = ui_find_control(ui, name)->rect;
        ck_assert(r.h == 32 && r.x >= 0 && r.x + r.w <= 640 && r.y >= 0 && r.y + r.h <= 440);
    }
}
END_TEST

START_TEST(the_tip_of_a_long_open_list_belongs_to_its_owner)
{
    static const char *items[400];
    int chosen = 399;
    for (int i = 0; i < 400; i++)
        items[i] = "row";
    for (int frame = 0; frame < 4; frame++) {
        if (frame == 0)
            click(20, 20);
        if (frame == 2)
            key(UI_KEY_ESCAPE, 0);
        if (frame == 3) {
            key(UI_KEY_TAB, 0);
            key(UI_KEY_TAB, UI_SHIFT);
        }
        begin();
        ui_select(ui, "long", (struct ui_rect){10, 10, 120, 32}, "Long", items, 400, &chosen, 0);
        ui_tip(ui, "Which one");
        end();
        ck_assert_int_eq(ui_control_count(ui), frame < 3 ? 401 : 1);
    }
    ck_assert(text_is_shown("Which one"));
}
END_TEST

/* ---- scrolling lists ---- */

static struct ui_row row_of(void *user, int i)
{
    static char text[24];
    snprintf(text, sizeof text, "%c-file %d", 'a' + i % 26, i);
    (void)user;
    return (struct ui_row){text, "1 kB", 0};
}

static struct ui_list list;

static int list_frame(int count)
{
    begin();
    int event = ui_list(ui, "files", (struct ui_rect){10, 10, 300, 168}, "Files", &list, count,
                        row_of, NULL);
    end();
    return event;
}

START_TEST(a_list_is_worked_by_keys_and_keeps_the_selection_in_sight)
{
    list = (struct ui_list){-1, 0};
    list_frame(100);
    key(UI_KEY_TAB, 0);
    key(UI_KEY_DOWN, 0);
    ck_assert_int_eq(list_frame(100), UI_LIST_SELECTED);
    ck_assert_int_eq(list.selected, 0);
    key(UI_KEY_PAGE_DOWN, 0);
    list_frame(100);
    ck_assert_int_eq(list.selected, 4);
    key(UI_KEY_END, 0);
    list_frame(100);
    ck_assert_int_eq(list.selected, 99);
    ck_assert(text_is_shown("v-file 99"));
    key(UI_KEY_HOME, 0);
    list_frame(100);
    ck_assert(list.selected == 0 && list.scroll == 0);
    key(UI_KEY_ENTER, 0);
    ck_assert_int_eq(list_frame(100), UI_LIST_CHOSEN);
}
END_TEST

START_TEST(typing_in_a_list_finds_a_row)
{
    list = (struct ui_list){-1, 0};
    list_frame(26);
    key(UI_KEY_TAB, 0);
    type("q-f");
    list_frame(26);
    ck_assert_int_eq(list.selected, 16);
    input.now += 2000000;
    type("c");
    list_frame(26);
    ck_assert_int_eq(list.selected, 2);
    input.now += 2000000;
    type("c"); /* the next one */
    list_frame(100);
    ck_assert_int_eq(list.selected, 28);
}
END_TEST

START_TEST(a_list_selects_by_click_and_chooses_by_double_click)
{
    list = (struct ui_list){-1, 0};
    click(30, 14 + 32 + 5);
    ck_assert_int_eq(list_frame(100), UI_LIST_SELECTED);
    ck_assert_int_eq(list.selected, 1);
    sample(UI_PRESS, UI_BUTTON_LEFT, 30, 14 + 32 + 5, 2);
    ck_assert_int_eq(list_frame(100), UI_LIST_CHOSEN);
    release(30, 51);
    input.wheel = -3;
    list_frame(100);
    ck_assert_float_eq(list.scroll, 96);
    input.wheel = -1000;
    list_frame(100);
    ck_assert_float_eq(list.scroll, 100 * 32 - 160);
}
END_TEST

START_TEST(a_list_that_became_shorter_loses_no_footing)
{
    list = (struct ui_list){50, 1500};
    list_frame(3);
    ck_assert_int_eq(list.selected, 2);
    ck_assert_float_eq(list.scroll, 0);
    list_frame(0);
    ck_assert_int_eq(list.selected, -1);
}
END_TEST

/* ---- layers ---- */

static bool base_clicked, dialog_clicked, escaped;

static void dialog_frame(bool open)
{
    begin();
    base_clicked = ui_button(ui, "base", (struct ui_rect){0, 0, 640, 480}, "Base", 0);
    if (open) {
        struct ui_rect inside = ui_modal_begin(ui, "dialog", 300, 200, "Save");
        dialog_clicked = ui_button(ui, "ok", inside, "OK", 0);
        escaped = ui_modal_end(ui);
    }
    end();
}

START_TEST(a_dialog_keeps_input_from_what_lies_below)
{
    dialog_frame(true);
    click(5, 5);
    dialog_frame(true);
    ck_assert(!base_clicked && !dialog_clicked);
    click(320, 250);
    dialog_frame(true);
    ck_assert(!base_clicked && dialog_clicked);
    key(UI_KEY_TAB, 0);
    dialog_frame(true);
    ck_assert(ui_has_focus(ui, "ok"));
    key(UI_KEY_TAB, 0);
    dialog_frame(true);
    ck_assert(ui_has_focus(ui, "ok"));
    key(UI_KEY_ESCAPE, 0);
    dialog_frame(true);
    ck_assert(escaped);
}
END_TEST

START_TEST(a_closed_dialog_gives_focus_and_input_back)
{
    key(UI_KEY_TAB, 0);
    dialog_frame(false);
    key(UI_KEY_TAB, 0);
    dialog_frame(false);
    ck_assert(ui_has_focus(ui, "base"));
    dialog_frame(true);
    ck_assert(!ui_has_focus(ui, "base"));
    dialog_frame(false);
    ck_assert(ui_has_focus(ui, "base"));
    click(5, 5);
    dialog_frame(false);
    ck_assert(base_clicked);
}
END_TEST

START_TEST(what_is_clipped_away_cannot_be_clicked)
{
    click(110, 125);
    begin();
    ui_clip_begin(ui, (struct ui_rect){0, 0, 640, 120});
    ck_assert(!ui_button(ui, "clear", here, "Clear", 0));
    ui_clip_end(ui);
    end();
    ck_assert_float_eq(ui_find_control(ui, "clear")->rect.h, 20);
}
END_TEST

START_TEST(a_scrolled_part_brings_the_focus_into_sight)
{
    float scroll = 0;
    for (int frame = 0; frame < 5; frame++) {
        if (frame == 1)
            key(UI_KEY_TAB, UI_SHIFT);
        begin();
        struct ui_rect in = ui_scroll_begin(ui, "part", (struct ui_rect){0, 0, 200, 100}, 400,
                                            &scroll);
        ui_button(ui, "first", (struct ui_rect){in.x, in.y, 80, 32}, "First", 0);
        ui_button(ui, "last", (struct ui_rect){in.x, in.y + 350, 80, 32}, "Last", 0);
        ui_scroll_end(ui);
        end();
    }
    ck_assert(ui_has_focus(ui, "last"));
    ck_assert_float_eq(ui_find_control(ui, "last")->rect.h, 32);
}
END_TEST

/* ---- tips ---- */

static void tip_frame(void)
{
    begin();
    ui_button(ui, "clear", (struct ui_rect){600, 450, 36, 28}, "C", 0);
    ui_tip(ui, "Start again");
    end();
}

START_TEST(a_tip_comes_after_half_a_second_of_hover_inside_the_window)
{
    move_to(610, 460);
    tip_frame();
    ck_assert(!text_is_shown("Start again"));
    uint64_t wake = ui_wake(ui);
    ck_assert_uint_eq(wake, input.now - 10000 + 500000);
    input.now = wake;
    tip_frame();
    ck_assert(text_is_shown("Start again"));
    const struct ui_shape *last = &shapes->items[shapes->count - 1];
    ck_assert(last->rect.x >= 0 && last->rect.x + last->rect.w <= 640);
    ck_assert(last->rect.y >= 0 && last->rect.y + last->rect.h <= 450);
    ck_assert(ui_wake(ui) == UI_NEVER);
    move_to(10, 10);
    tip_frame();
    ck_assert(!text_is_shown("Start again"));
    ck_assert(ui_wake(ui) == UI_NEVER);
}
END_TEST

START_TEST(what_comes_under_a_resting_pointer_shows_no_tip_until_it_moves)
{
    begin();
    end();
    move_to(610, 460);
    begin(); /* nothing there yet, as under a dialog */
    end();
    input.now += 100000;
    tip_frame();
    input.now += 2000000;
    tip_frame();
    ck_assert(!text_is_shown("Start again"));
    move_to(611, 460);
    tip_frame();
    input.now += 600000;
    tip_frame();
    ck_assert(text_is_shown("Start again"));
}
END_TEST

START_TEST(a_tip_comes_at_once_with_the_keyboard_focus)
{
    tip_frame();
    key(UI_KEY_TAB, 0);
    tip_frame();
    ck_assert(text_is_shown("Start again"));
}
END_TEST

START_TEST(a_pressed_button_shows_no_tip)
{
    move_to(610, 460);
    tip_frame();
    click(610, 460);
    tip_frame();
    input.now += 5000000;
    tip_frame();
    ck_assert(!text_is_shown("Start again"));
}
END_TEST

/* ---- the canvas ---- */

START_TEST(the_canvas_gets_every_sample_in_order_until_the_release)
{
    struct ui_pad pad;
    move_to(5, 5);
    press(110, 110);
    move_to(120, 111);
    move_to(900, 900);
    for (int frame = 0; frame < 2; frame++) {
        begin();
        pad = ui_pad(ui, "canvas", (struct ui_rect){100, 100, 200, 200}, "Canvas",
                     UI_CURSOR_CROSS);
        if (frame == 0) {
            ck_assert_int_eq(pad.count, 3);
            ck_assert(pad.moves[0].kind == UI_PRESS && pad.moves[2].x == 900);
            ck_assert(pad.held);
        } else {
            ck_assert_int_eq(pad.count, 2);
            ck_assert(pad.moves[1].kind == UI_RELEASE && !pad.held);
        }
        end();
        move_to(130, 130);
        release(131, 131);
        move_to(140, 140);
    }
}
END_TEST

START_TEST(the_canvas_gets_the_right_button_and_two_strokes_in_one_frame)
{
    sample(UI_PRESS, UI_BUTTON_RIGHT, 110, 110, 1);
    sample(UI_RELEASE, UI_BUTTON_RIGHT, 115, 110, 1);
    click(120, 120);
    begin();
    struct ui_pad pad = ui_pad(ui, "canvas", (struct ui_rect){100, 100, 200, 200}, "Canvas",
                               UI_CURSOR_CROSS);
    ck_assert_int_eq(pad.count, 4);
    ck_assert_int_eq(pad.moves[0].button, UI_BUTTON_RIGHT);
    ck_assert_int_eq(pad.moves[3].button, UI_BUTTON_LEFT);
    end();
}
END_TEST

/* ---- the list of controls ---- */

START_TEST(the_layout_is_known_by_name_and_changes_are_noticed)
{
    three_frame();
    ck_assert(ui_layout_changed(ui));
    three_frame();
    ck_assert(!ui_layout_changed(ui));
    ck_assert_int_eq(ui_control_count(ui), 3);
    ck_assert_str_eq(ui_control(ui, 1)->name, "two");
    ck_assert_float_eq(ui_find_control(ui, "two")->rect.y, 50);
    ck_assert_int_eq(ui_control(ui, 1)->role, UI_ROLE_BUTTON);
    button_frame();
    ck_assert(ui_layout_changed(ui));
}
END_TEST

/* ---- text ---- */

static float right_most(void)
{
    float most = 0;
    for (size_t i = 0; i < shapes->count; i++)
        if (shapes->items[i].kind == UI_SHAPE_TEXT)
            most = fmaxf(most, shapes->items[i].rect.x + shapes->items[i].rect.w);
    return most;
}

START_TEST(a_text_with_ellipsis_never_exceeds_its_rectangle)
{
    const char *text = "Stra\u00dfe 3\u00d73 \u2212 a long text that is cut somewhere";
    const unsigned aligns[] = {0, UI_CENTER, UI_RIGHT, UI_FIGURES, UI_BIG};
    for (int a = 0; a < 5; a++)
        for (float w = 0; w < 400; w += 3) {
            begin();
            float used = ui_label(ui, (struct ui_rect){10, 10, w, 20}, aligns[a], text);
            end();
            ck_assert_msg(used <= w && right_most() <= 10 + w + 0.01f, "width %g: %g", (double)w,
                          (double)right_most());
        }
    ck_assert(text_is_shown("\u2026"));
}
END_TEST

START_TEST(of_several_texts_the_first_that_fits_is_shown_a_size_smaller_where_that_is_asked)
{
    static const char *const texts[] = {"abcdefghijkl", "abcdefghij"}; /* 7 points a letter, or 6 */
    static const struct {
        float width;
        unsigned flags;
        const char *shown; /* NULL: none is */
        float drawn;
    } cases[] = {
        {84, 0, "abcdefghijkl", 84},         {83, 0, "abcdefghij", 70},
        {69, 0, "abcdefgh", 63}, /* cut, with an ellipsis */
        {84, UI_SHRINK, "abcdefghijkl", 84}, {83, UI_SHRINK, "abcdefghijkl", 72},
        {70, UI_SHRINK, "abcdefghij", 70},   {69, UI_SHRINK, "abcdefghij", 60},
        {59, UI_SHRINK, NULL, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin();
        float drawn = ui_label_fitting(ui, (struct ui_rect){0, 0, cases[i].width, 20},
                                       cases[i].flags, texts, 2);
        end();
        ck_assert_float_eq(drawn, cases[i].drawn);
        ck_assert_float_eq(right_most(), cases[i].drawn);
        ck_assert(!cases[i].shown || text_is_shown(cases[i].shown));
    }
}
END_TEST

START_TEST(a_wrapped_text_keeps_its_width_and_its_height)
{
    const char *text = "A perceptron adds up its inputs,\neach times its weight, and "
                       "fireswhenthesumandthebiasexceed zero.";
    for (float w = 7; w < 300; w += 5) {
        begin();
        float high = ui_wrapped_height(ui, w, 0, text);
        ck_assert_float_eq(ui_wrapped(ui, (struct ui_rect){0, 0, w, 10000}, 0, text), high);
        ck_assert(ui_wrapped(ui, (struct ui_rect){0, 0, w, 50}, 0, text) <= 50);
        end();
        ck_assert_msg(right_most() <= w + 0.01f, "width %g: %g", (double)w, (double)right_most());
    }
}
END_TEST

START_TEST(figures_stand_still_when_the_number_changes)
{
    float x[2];
    const char *const values[] = {"11.1 %", "95.1 %"};
    for (int i = 0; i < 2; i++) {
        begin();
        struct ui_bar bar = {"7", values[i], "100.0 %", 0.5f, true};
        ui_value_bar(ui, "bar-7", (struct ui_rect){10, 10, 300, 30}, &bar);
        end();
        x[i] = shapes->items[shapes->count - 2].rect.x;
    }
    ck_assert_float_eq(x[0], x[1]);
    ck_assert_float_eq(right_most(), 310);
}
END_TEST

/* ---- themes ---- */

START_TEST(text_of_both_themes_has_a_contrast_of_4_5)
{
    const struct ui_theme *const themes[] = {ui_theme_dark(), ui_theme_light()};
    for (int t = 0; t < 2; t++) {
        const struct ui_theme *m = themes[t];
        const ui_color texts[] = {m->text, m->quiet, m->accent, m->second, m->good};
        const ui_color grounds[] = {m->ground, m->bar, m->card, m->field, m->well};
        for (int i = 0; i < 5; i++)
            for (int j = 0; j < 5; j++)
                ck_assert_msg(ui_contrast(texts[i], grounds[j]) >= 4.5, "theme %d, %d on %d: %.2f",
                              t, i, j, ui_contrast(texts[i], grounds[j]));
        const ui_color under[] = {m->field_hover, m->field_held, m->selection};
        for (int i = 0; i < 3; i++)
            ck_assert(ui_contrast(m->text, under[i]) >= 4.5);
        const ui_color primary[] = {m->primary, m->primary_hover, m->primary_held};
        for (int i = 0; i < 3; i++)
            ck_assert_msg(ui_contrast(m->on_primary, primary[i]) >= (i == 1 ? 4.0 : 4.5),
                          "theme %d, primary %d: %.2f", t, i,
                          ui_contrast(m->on_primary, primary[i]));
    }
    ck_assert_double_eq_tol(ui_contrast(0xffffffff, 0x000000ff), 21, 1e-9);
}
END_TEST

/* ---- numbers ---- */

START_TEST(numbers_are_written_as_people_read_them)
{
    ck_assert_str_eq(ui_percent(0.951, 1).text, "95.1 %");
    ck_assert_str_eq(ui_percent(1, 1).text, "100.0 %");
    ck_assert_str_eq(ui_percent(NAN, 1).text, "\u2013");
    ck_assert_str_eq(ui_thousands(61400).text, "61,400");
    ck_assert_str_eq(ui_thousands(999).text, "999");
    ck_assert_str_eq(ui_thousands(-1234567).text, "\u22121,234,567");
    ck_assert_str_eq(ui_thousands(INT64_MIN).text, "\u22129,223,372,036,854,775,808");
    ck_assert_str_eq(ui_fixed(-1.4, 2).text, "\u22121.40");
    ck_assert_str_eq(ui_fixed(-0.001, 1).text, "0.0");
    ck_assert_str_eq(ui_plain(0.003).text, "0.003");
    ck_assert_str_eq(ui_plain(128).text, "128");
    ck_assert_str_eq(ui_plain(100000).text, "100000");
    ck_assert_str_eq(ui_plain(0.00005).text, "0.00005");
    ck_assert_str_eq(ui_plain(1e-6).text, "0.000001");
    ck_assert_str_eq(ui_plain(-0.0000125).text, "-0.0000125");
    ck_assert_str_eq(ui_plain(1e-12).text, "1e-12");
    ck_assert_str_eq(ui_duration(4.2).text, "0:04");
    ck_assert_str_eq(ui_duration(3723).text, "1:02:03");
    ck_assert_str_eq(ui_duration(INFINITY).text, "\u2013");
    ck_assert_str_eq(ui_microseconds(38.2).text, "38 \u00b5s");
    ck_assert_str_eq(ui_microseconds(1234).text, "1.2 ms");
    ck_assert_str_eq(ui_bytes(46000).text, "46 kB");
    ck_assert_str_eq(ui_bytes(1234567).text, "1.2 MB");
}
END_TEST

/* ---- layout ---- */

START_TEST(cut_rectangles_make_up_the_whole)
{
    struct ui_rect rest = {10, 20, 100, 50}, left = ui_cut_left(&rest, 30);
    ck_assert(left.x == 10 && left.w == 30 && rest.x == 40 && rest.w == 70);
    struct ui_rect bottom = ui_cut_bottom(&rest, 500);
    ck_assert(bottom.h == 50 && rest.h == 0);
    struct ui_rect whole = {0, 0, 101, 10};
    for (int i = 0; i < 3; i++) {
        struct ui_rect a = ui_column(whole, i, 4, 8), b = ui_column(whole, i + 1, 4, 8);
        ck_assert_float_eq(a.x + a.w + 8, b.x);
        ck_assert(i < 2 || b.x + b.w == 101);
    }
}
END_TEST

/* ---- the plot ---- */

START_TEST(ticks_stand_at_round_numbers_and_enclose_the_range)
{
    struct rng rng = rng_new(5, 0);
    for (int i = 0; i < 20000; i++) {
        double size = pow(10, (double)rng_range(&rng, -6, 6));
        double min = size * (double)rng_range(&rng, -1, 1);
        double max = min + size * (double)rng_float(&rng);
        int most = 2 + (int)rng_below(&rng, 12);
        struct ui_ticks t = ui_ticks(min, max, most);
        double last = t.first + t.step * (t.count - 1);
        double lead = t.step / pow(10, floor(log10(t.step) + 1e-9));
        bool nice = fabs(lead - 1) < 1e-6 || fabs(lead - 2) < 1e-6 || fabs(lead - 5) < 1e-6;
        bool ok = nice && t.first <= min + 1e-6 * t.step && last >= max - 1e-6 * t.step &&
                  t.count >= 2 && t.count <= (most < 3 ? 3 : most);
        ck_assert_msg(ok, "%g to %g, %d: %g + %d * %g", min, max, most, t.first, t.count, t.step);
    }
    struct ui_ticks t = ui_ticks(92, 100, 6);
    ck_assert_double_eq(t.first, 92);
    ck_assert_double_eq(t.step, 2);
    ck_assert_int_eq(t.count, 5);
    t = ui_ticks(3, 3, 5);
    ck_assert(t.count >= 2);
}
END_TEST

START_TEST(thinning_keeps_the_spike)
{
    enum { COUNT = 100000, COLUMNS = 300 };
    struct ui_point *points = calloc(COUNT, sizeof *points);
    struct ui_point out[4 * COLUMNS + 2];
    for (int i = 0; i < COUNT; i++)
        points[i] = (struct ui_point){(float)i, sinf((float)i / 5000)};
    points[44444].y = 17;
    points[55555].y = -9;
    size_t count = ui_thin(points, COUNT, 0, COUNT, COLUMNS, out);
    ck_assert(count <= 4 * COLUMNS + 2);
    bool high = false, low = false, rising = true;
    for (size_t i = 0; i < count; i++) {
        high |= out[i].x == 44444 && out[i].y == 17;
        low |= out[i].x == 55555 && out[i].y == -9;
        rising &= i == 0 || out[i].x > out[i - 1].x;
    }
    ck_assert(high && low && rising);
    ck_assert(out[0].x == 0 && out[count - 1].x == COUNT - 1);
    count = ui_thin(points, COUNT, 10, 19, COLUMNS, out);
    ck_assert_uint_eq(count, 12);
    free(points);
}
END_TEST

static struct ui_plot small_plot(void)
{
    static const struct ui_point points[] = {{0, 0.1f}, {1, 0.5f}, {2, NAN}, {3, 0.9f}, {4, 0.95f}};
    static const struct ui_series series[] = {
        {"validation", 0xe69f00ff, points, 5, false},
        {"previous run", 0x5d6672ff, points, 2, true},
    };
    return (struct ui_plot){.heading = "Accuracy", .series = series, .series_count = 2,
                            .percent = true, .x_max = 10, .has_current = true, .current = 4,
                            .x_name = "epoch", .empty = "Nothing has been trained yet."};
}

START_TEST(a_plot_leaves_a_gap_where_there_is_no_value)
{
    struct ui_plot plot = small_plot();
    struct ui_shapes picture = {0};
    ui_plot_draw(&picture, &metrics, ui_theme_dark(), (struct ui_rect){0, 0, 500, 300}, &plot,
                 NULL);
    unsigned points = 0;
    for (size_t i = 0; i < picture.count; i++)
        if (picture.items[i].kind == UI_SHAPE_LINE && picture.items[i].fill == 0xe69f00ff)
            points += picture.items[i].count;
    ck_assert_uint_eq(points, 4);
    ui_shapes_free(&picture);
}
END_TEST

START_TEST(a_plot_stays_in_its_rectangle)
{
    struct ui_plot plot = small_plot();
    struct ui_shapes picture = {0};
    struct ui_rect rect = {50, 60, 500, 300};
    float at = 3;
    plot.y_min = 0.4f, plot.y_max = 0.92f; /* cuts the curve on all four sides */
    plot.x_min = 0.9f, plot.x_max = 3.9f;
    ui_plot_draw(&picture, &metrics, ui_theme_light(), rect, &plot, &at);
    int lines = 0;
    for (size_t i = 0; i < picture.count; i++) {
        struct ui_rect b = look_bounds(&picture, &picture.items[i]);
        lines += picture.items[i].kind == UI_SHAPE_LINE && picture.items[i].fill == 0xe69f00ff;
        if (picture.items[i].kind != UI_SHAPE_TEXT)
            ck_assert_msg(b.x >= 48 && b.y >= 58 && b.x + b.w <= 552 && b.y + b.h <= 362,
                          "shape %zu", i);
    }
    ck_assert_int_eq(lines, 2);
    ui_shapes_free(&picture);
}
END_TEST

/* Counts the numbers along the x axis, in the lowest line of text; none touches another. */
static int count_x_labels(const struct ui_shapes *picture)
{
    float lowest = 0, end = -1;
    int count = 0;
    for (size_t i = 0; i < picture->count; i++)
        if (picture->items[i].kind == UI_SHAPE_TEXT)
            lowest = fmaxf(lowest, picture->items[i].rect.y);
    for (size_t i = 0; i < picture->count; i++) {
        const struct ui_shape *text = &picture->items[i];
        if (text->kind != UI_SHAPE_TEXT || text->rect.y < lowest)
            continue;
        ck_assert(text->rect.x > end);
        end = text->rect.x + text->rect.w;
        count++;
    }
    return count;
}

START_TEST(the_x_axis_of_a_narrow_plot_has_more_than_one_number)
{
    const float ranges[] = {1, 2, 3, 5, 8, 10, 12, 20, 30, 40, 60, 100};
    struct ui_plot plot = small_plot();
    plot.x_name = NULL;
    for (int i = 0; i < 12; i++)
        for (float width = 210; width < 700; width += 35) {
            struct ui_shapes picture = {0};
            plot.x_max = ranges[i];
            ui_plot_draw(&picture, &metrics, ui_theme_dark(), (struct ui_rect){0, 0, width, 300},
                         &plot, NULL);
            int count = count_x_labels(&picture);
            ck_assert_msg(count >= 2, "%d to %g at %g points", count, (double)ranges[i],
                          (double)width);
            ui_shapes_free(&picture);
        }
}
END_TEST

START_TEST(a_plot_shows_the_values_at_the_pointer)
{
    struct ui_plot plot = small_plot();
    move_to(250, 150);
    begin();
    ui_plot(ui, "accuracy", (struct ui_rect){0, 0, 600, 300}, &plot);
    end();
    ck_assert(text_is_shown("epoch 4"));
    ck_assert(text_is_shown("95.00 %"));
    ck_assert(!text_is_shown("50.00 %")); /* the previous run ended before */
    key(UI_KEY_TAB, 0);
    move_to(620, 400);
    for (int frame = 0; frame < 3; frame++) {
        begin();
        ui_plot(ui, "accuracy", (struct ui_rect){0, 0, 600, 300}, &plot);
        end();
        if (frame < 2)
            key(UI_KEY_LEFT, 0);
    }
    ck_assert(text_is_shown("epoch 3"));
    ck_assert(text_is_shown("90.00 %"));
}
END_TEST

START_TEST(an_empty_plot_says_so)
{
    struct ui_plot plot = small_plot();
    plot.series_count = 0;
    begin();
    ui_plot(ui, "accuracy", (struct ui_rect){0, 0, 600, 300}, &plot);
    end();
    ck_assert(text_is_shown("Nothing has been trained yet."));
}
END_TEST

/* ---- everything at once ---- */

struct everything {
    char name[24], words[64];
    double number, slider;
    bool check, wide, dialog;
    int colour, tab;
    struct ui_list list;
    float scroll;
};

/* A frame with every widget; each rectangle is at most `most` wide. */
static void everything_frame(struct everything *e, float most)
{
    static const struct ui_tab tabs[] = {{"tab-draw", "Draw", "Draw"},
                                         {"tab-train", "Train", NULL}};
    static const struct ui_part parts[] = {{"Ctrl Z", UI_KEYCAP}, {" undo", UI_QUIET}};
    static const struct ui_item items[] = {{"open", "Open", "O", false, true},
                                           {NULL, NULL, NULL, false, false},
                                           {NULL, "Save", NULL, true, false}};
    struct ui_rect r[24];
    for (int i = 0; i < 24; i++)
        r[i] = (struct ui_rect){(float)(i % 4) * 150, (float)(i / 4) * 70, fminf(140, most), 60};
    struct ui_field field = {"Name", "your name", e->name[0] == 'x' ? "No x." : NULL};
    struct ui_number number = {"Rate", -5, 100, 0.5, 2, e->check};
    struct ui_plot plot = small_plot();
    plot.log_y = e->wide;
    begin();
    e->tab = ui_tabs(ui, r[0], tabs, 2, e->tab);
    ui_field(ui, "name", r[1], e->name, sizeof e->name, &field, e->wide ? UI_OFF : 0);
    ui_tip(ui, "The name");
    ui_field(ui, "words", r[2], e->words, sizeof e->words, &field, UI_LINES | UI_MONO);
    ui_number(ui, "number", r[3], &e->number, &number, 0);
    ui_slider(ui, "slider", r[4], "Slider", &e->slider, (struct ui_range){0, 1, 0}, 0);
    ui_check(ui, "check", r[5], "Check", &e->check, 0);
    ui_switch(ui, "wide", r[6], "Wide", &e->wide, 0);
    ui_select(ui, "colour", r[7], "Colour", colours, 3, &e->colour, 0);
    ui_menu(ui, "menu", r[8], parts, 2, items, 3, 0);
    ui_list(ui, "list", r[9], "List", &e->list, 40, row_of, NULL);
    ui_plot(ui, "plot", r[10], &plot);
    ui_pad(ui, "canvas", r[11], "Canvas", UI_CURSOR_CROSS);
    struct ui_bar bar = {"7", "9.9 %", "100.0 %", 0.1f, true};
    ui_value_bar(ui, "bar", r[12], &bar);
    ui_progress(ui, "progress", r[13], NAN);
    ui_heading(ui, ui_card(ui, r[14], "Heading"), "\u00e4nd more");
    ui_wrapped(ui, r[15], UI_QUIET, "Some text that is broken into lines, one after another.");
    ui_sparkline(ui_shapes(ui), r[16], plot.series);
    ui_separator(ui, r[17]);
    ui_parts(ui, r[18], UI_RIGHT, parts, 2);
    struct ui_rect in = ui_scroll_begin(ui, "part", r[19], 200, &e->scroll);
    e->dialog |= ui_button(ui, "ask", (struct ui_rect){in.x, in.y + 20, in.w, 30}, "Ask", 0);
    ui_scroll_end(ui);
    ui_button_parts(ui, "main", r[20], parts, 2, UI_PRIMARY);
    ui_button(ui, "bare", r[21], "Bare", UI_BARE | UI_TOGGLE | UI_ON);
    if (e->dialog) {
        struct ui_rect inside = ui_modal_begin(ui, "dialog", most * 2, 200, "Sure?");
        e->dialog &= !ui_button(ui, "yes", ui_cut_top(&inside, 30), "Yes", 0);
        ui_select(ui, "in-dialog", ui_cut_top(&inside, 30), "In", colours, 3, &e->colour, 0);
        e->dialog &= !ui_modal_end(ui);
    }
    end();
}

static bool inside_limits(const struct everything *e)
{
    return e->number >= -5 && e->number <= 100 && e->slider >= 0 && e->slider <= 1 &&
           e->colour >= 0 && e->colour < 3 && e->list.selected >= -1 && e->list.selected < 40 &&
           strlen(e->name) < sizeof e->name && strlen(e->words) < sizeof e->words &&
           e->tab >= 0 && e->tab < 2;
}

START_TEST(no_widget_minds_being_of_no_width)
{
    struct everything e = {.name = "x", .words = "a b\nc", .list = {3, 0}};
    for (int i = 0; i < 40; i++) {
        key(i % 2 ? UI_KEY_TAB : UI_KEY_ENTER, 0);
        move_to((float)(i % 4) * 150, (float)(i / 4) * 70);
        everything_frame(&e, (float)(i % 8));
    }
    ck_assert(inside_limits(&e));
    input.width = input.height = 0;
    everything_frame(&e, 100);
    everything_frame(&e, 0);
    ck_assert(inside_limits(&e));
}
END_TEST

static void random_input(struct rng *rng)
{
    static const char *const texts[] = {"a", "7", "\u00d7", "-", ".", " ", "\xff", "x\ny", "12345"};
    for (int n = (int)rng_below(rng, 6); n > 0; n--)
        sample((enum ui_move_kind)rng_below(rng, 3),
               rng_below(rng, 8) ? UI_BUTTON_LEFT : UI_BUTTON_RIGHT, rng_range(rng, -20, 660),
               rng_range(rng, -20, 500), 1 + (int)rng_below(rng, 2));
    for (int n = (int)rng_below(rng, 5); n > 0; n--) {
        static const int keys[] = {'a', 'c', 'v', 'x', ' ', '7', 'z'};
        int which = rng_below(rng, 2) ? keys[rng_below(rng, 7)]
                                      : UI_KEY_ENTER + (int)rng_below(rng, 16);
        key(which, rng_below(rng, 3) ? 0 : rng_below(rng, 8));
    }
    if (rng_below(rng, 2))
        strcpy(input.typed, texts[rng_below(rng, 9)]);
    if (rng_below(rng, 4) == 0)
        input.wheel = rng_range(rng, -30, 30);
    input.left = rng_below(rng, 50) == 0;
    input.now += rng_below(rng, 1000000);
    if (rng_below(rng, 100) == 0)
        input.width = rng_range(rng, 0, 2000);
}

START_TEST(thousands_of_random_inputs_break_nothing)
{
    struct everything e = {.list = {-1, 0}};
    int dialogs = 0, focuses = 0, popups = 0;
    for (uint64_t run = 0; run < 20; run++) {
        struct rng rng = rng_new(run, 0);
        for (int frame = 0; frame < 400; frame++) {
            random_input(&rng);
            everything_frame(&e, rng_below(&rng, 50) ? 140 : rng_range(&rng, 0, 140));
            dialogs += e.dialog;
            popups += ui_find_control(ui, "colour/0") != NULL;
            for (int i = 0; i < ui_control_count(ui); i++)
                focuses += ui_control(ui, i)->focus;
            ck_assert_msg(inside_limits(&e), "run %d, frame %d", (int)run, frame);
        }
    }
    ck_assert_msg(dialogs > 40 && focuses > 1000 && popups > 20, "%d %d %d", dialogs, focuses,
                  popups); /* the inputs reach what they are to shake */
}
END_TEST

/* ---- running ---- */

#define ADD(name) tcase_add_test(tc, name)

static void add_controls(TCase *tc)
{
    ADD(a_button_fires_on_release_inside);
    ADD(sliding_off_the_button_cancels);
    ADD(a_press_elsewhere_that_slides_on_is_no_click);
    ADD(a_press_and_a_release_in_one_frame_are_a_click);
    ADD(the_right_button_does_not_click);
    ADD(a_button_that_is_off_does_nothing);
    ADD(the_four_states_of_a_button_look_different);
    ADD(tab_moves_the_focus_round);
    ADD(enter_and_space_press_the_button_with_the_focus);
    ADD(keys_after_a_tab_wait_for_the_next_frame);
    ADD(the_focus_ring_shows_only_after_the_keyboard_was_used);
    ADD(arrows_move_within_a_group_and_not_beyond);
    ADD(in_a_grid_arrows_go_by_rows_and_home_and_end_to_its_ends);
    ADD(a_shortcut_is_heard_only_when_no_field_takes_the_key);
    ADD(a_number_is_put_within_its_limits_when_entered);
    ADD(what_is_no_number_leaves_the_value);
    ADD(a_number_that_is_not_taken_as_it_stands_can_be_said);
    ADD(a_field_called_earlier_does_not_rob_the_number_that_was_typed);
    ADD(arrows_and_wheel_step_a_number);
    ADD(the_slider_follows_mouse_and_arrows);
    ADD(a_check_box_and_a_switch_change_once_a_click);
}

static void add_fields(TCase *tc)
{
    ADD(a_field_takes_text_where_the_caret_is);
    ADD(keys_and_text_of_one_frame_keep_their_order);
    ADD(backspace_takes_a_whole_character);
    ADD(words_are_jumped_and_erased_with_ctrl);
    ADD(cut_copy_and_paste_work_on_the_selection);
    ADD(a_drag_selects_with_the_mouse);
    ADD(a_double_click_selects_a_word);
    ADD(a_field_never_overflows);
    ADD(a_long_text_scrolls_so_that_the_caret_is_seen);
    ADD(enter_and_leaving_enter_what_was_typed);
    ADD(a_field_of_several_lines_moves_up_and_down);
}

static void add_layers(TCase *tc)
{
    ADD(a_popup_takes_the_click_that_lies_over_a_button);
    ADD(a_click_outside_only_closes_the_popup);
    ADD(a_popup_is_worked_by_keys);
    ADD(a_menu_returns_what_was_chosen_and_skips_what_is_off);
    ADD(a_popup_at_the_bottom_opens_upwards_within_the_window);
    ADD(the_tip_of_a_long_open_list_belongs_to_its_owner);
    ADD(a_list_is_worked_by_keys_and_keeps_the_selection_in_sight);
    ADD(typing_in_a_list_finds_a_row);
    ADD(a_list_selects_by_click_and_chooses_by_double_click);
    ADD(a_list_that_became_shorter_loses_no_footing);
    ADD(a_dialog_keeps_input_from_what_lies_below);
    ADD(a_closed_dialog_gives_focus_and_input_back);
    ADD(what_is_clipped_away_cannot_be_clicked);
    ADD(a_scrolled_part_brings_the_focus_into_sight);
    ADD(a_tip_comes_after_half_a_second_of_hover_inside_the_window);
    ADD(a_tip_comes_at_once_with_the_keyboard_focus);
    ADD(what_comes_under_a_resting_pointer_shows_no_tip_until_it_moves);
    ADD(a_pressed_button_shows_no_tip);
    ADD(the_canvas_gets_every_sample_in_order_until_the_release);
    ADD(the_canvas_gets_the_right_button_and_two_strokes_in_one_frame);
}

static void add_pictures(TCase *tc)
{
    ADD(the_layout_is_known_by_name_and_changes_are_noticed);
    ADD(a_text_with_ellipsis_never_exceeds_its_rectangle);
    ADD(of_several_texts_the_first_that_fits_is_shown_a_size_smaller_where_that_is_asked);
    ADD(a_wrapped_text_keeps_its_width_and_its_height);
    ADD(figures_stand_still_when_the_number_changes);
    ADD(text_of_both_themes_has_a_contrast_of_4_5);
    ADD(numbers_are_written_as_people_read_them);
    ADD(cut_rectangles_make_up_the_whole);
    ADD(ticks_stand_at_round_numbers_and_enclose_the_range);
    ADD(thinning_keeps_the_spike);
    ADD(a_plot_leaves_a_gap_where_there_is_no_value);
    ADD(a_plot_stays_in_its_rectangle);
    ADD(the_x_axis_of_a_narrow_plot_has_more_than_one_number);
    ADD(a_plot_shows_the_values_at_the_pointer);
    ADD(an_empty_plot_says_so);
    ADD(no_widget_minds_being_of_no_width);
    ADD(thousands_of_random_inputs_break_nothing);
}

Suite *make_suite(void)
{
    static void (*const add[])(TCase *) = {add_controls, add_fields, add_layers, add_pictures};
    Suite *suite = suite_create("ui");
    for (size_t i = 0; i < sizeof add / sizeof *add; i++) {
        TCase *tc = tcase_create("ui");
        tcase_add_checked_fixture(tc, set_up, tear_down);
        tcase_set_timeout(tc, 120);
        add[i](tc);
        suite_add_tcase(suite, tc);
    }
    return suite;
}

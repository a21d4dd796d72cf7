/* SPDX-License-Identifier: MIT */
#include "frames.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

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

const struct ui_metrics metrics = {NULL, fake_width, fake_ascent, fake_height};

struct ui *ui;
struct ui_input input;
const struct ui_shapes *shown;

void set_up(void)
{
    ui = ui_new(&metrics, NULL, NULL);
    ck_assert_ptr_nonnull(ui);
    memset(&input, 0, sizeof input);
    input.width = 640;
    input.height = 480;
    input.scale = 1;
    input.now = 1000000;
}

void tear_down(void)
{
    ui_free(ui);
}

void begin(void)
{
    ui_begin(ui, &input, ui_theme_dark());
}

void end(void)
{
    shown = ui_end(ui);
    input.move_count = input.key_count = 0;
    input.typed[0] = 0;
    input.wheel = 0;
    input.left = false;
    input.now += 10000;
}

void sample(enum ui_move_kind kind, enum ui_button button, float x, float y, int clicks)
{
    input.moves[input.move_count++] = (struct ui_move){kind, button, x, y, clicks, input.now};
}

void move_to(float x, float y)
{
    sample(UI_MOVE, UI_BUTTON_NONE, x, y, 0);
}

void press(float x, float y)
{
    sample(UI_PRESS, UI_BUTTON_LEFT, x, y, 1);
}

void release(float x, float y)
{
    sample(UI_RELEASE, UI_BUTTON_LEFT, x, y, 1);
}

void click(float x, float y)
{
    press(x, y);
    release(x, y);
}

void key(int which, unsigned mods)
{
    input.keys[input.key_count++] = (struct ui_key){which, mods};
}

void type(const char *text)
{
    for (; *text; text++) {
        size_t len = strlen(input.typed);
        input.typed[len] = *text;
        input.typed[len + 1] = 0;
        key(*text, 0);
    }
}

bool text_is_shown(const char *text)
{
    for (size_t i = 0; i < shown->count; i++)
        if (strcmp(ui_shape_text(shown, &shown->items[i]), text) == 0)
            return true;
    return false;
}

const struct ui_rect here = {100, 100, 80, 32};

const char *const colours[3] = {"red", "green", "blue"};

struct ui_row row_of(void *user, int i)
{
    static char text[24];
    snprintf(text, sizeof text, "%c-file %d", 'a' + i % 26, i);
    (void)user;
    return (struct ui_row){text, "1 kB", 0};
}

struct ui_plot small_plot(void)
{
    static const struct ui_point points[] = {{0, 0.1f}, {1, 0.5f}, {2, NAN}, {3, 0.9f}, {4, 0.95f}};
    static const struct ui_series series[] = {
        {"validation", 0xe69f00ff, points, 5, false},
        {"previous run", 0x5d6672ff, points, 2, true},
    };
    return (struct ui_plot){.heading = "Accuracy",
                            .series = series,
                            .series_count = 2,
                            .percent = true,
                            .x_max = 10,
                            .has_current = true,
                            .current = 4,
                            .x_name = "epoch",
                            .empty = "Nothing has been trained yet."};
}

/* SPDX-License-Identifier: MIT */
#include "robot.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAME = 10000, FRAMES_MOST = 20 };

static float fake_width(void *user, enum ui_font font, float size, const char *text, size_t len)
{
    (void)user, (void)font;
    float w = 0;
    for (size_t i = 0; i < len; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            w += size / 2;
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

const struct ui_metrics robot_metrics = {NULL, fake_width, fake_ascent, fake_height};

void robot_begin(struct robot *h, float width, float height,
                 void (*show)(void *user, struct ui *ui), void *user)
{
    memset(h, 0, sizeof *h);
    h->ui = ui_new(&robot_metrics, NULL, NULL);
    ck_assert_ptr_nonnull(h->ui);
    h->show = show;
    h->user = user;
    h->input.width = width;
    h->input.height = height;
    h->input.scale = 1;
    h->input.now = 1000000;
    robot_frame(h);
}

void robot_end(struct robot *h)
{
    ui_free(h->ui);
}

static void show_once(struct robot *h)
{
    ui_begin(h->ui, &h->input, ui_theme_dark());
    h->show(h->user, h->ui);
    h->shapes = ui_end(h->ui);
    h->input.move_count = h->input.key_count = 0;
    h->input.typed[0] = 0;
    h->input.wheel = 0;
    h->input.left = false;
    h->input.now += FRAME;
}

void robot_frame(struct robot *h)
{
    show_once(h);
    int frames = 1;
    while (ui_wake(h->ui) <= h->input.now - FRAME && frames++ < FRAMES_MOST)
        show_once(h);
    ck_assert_msg(frames < FRAMES_MOST, "the view asks for frames without end");
}

static void add_move(struct robot *h, enum ui_move_kind kind, enum ui_button button, float x,
                     float y, int clicks)
{
    h->input.moves[h->input.move_count++] =
        (struct ui_move){kind, button, x, y, clicks, h->input.now};
}

static const struct ui_control *find(const struct robot *h, const char *name)
{
    const struct ui_control *control = ui_find_control(h->ui, name);
    ck_assert_msg(control != NULL, "there is no control \"%s\"", name);
    return control;
}

void robot_move(struct robot *h, float x, float y)
{
    add_move(h, UI_MOVE, UI_BUTTON_NONE, x, y, 0);
    robot_frame(h);
}

void robot_wait(struct robot *h, uint64_t microseconds)
{
    h->input.now += microseconds;
    robot_frame(h);
}

void robot_click(struct robot *h, const char *name)
{
    struct ui_rect rect = find(h, name)->rect;
    float x = rect.x + rect.w / 2, y = rect.y + rect.h / 2;
    ck_assert_msg(rect.w > 0, "\"%s\" cannot be seen", name);
    add_move(h, UI_PRESS, UI_BUTTON_LEFT, x, y, 1);
    robot_frame(h);
    add_move(h, UI_RELEASE, UI_BUTTON_LEFT, x, y, 1);
    robot_frame(h);
}

void robot_double_click(struct robot *h, float x, float y)
{
    for (int clicks = 1; clicks <= 2; clicks++) {
        add_move(h, UI_PRESS, UI_BUTTON_LEFT, x, y, clicks);
        robot_frame(h);
        add_move(h, UI_RELEASE, UI_BUTTON_LEFT, x, y, clicks);
        robot_frame(h);
    }
}

void robot_key(struct robot *h, int key, unsigned mods)
{
    h->input.keys[h->input.key_count++] = (struct ui_key){key, mods};
    robot_frame(h);
}

void robot_type(struct robot *h, const char *text)
{
    for (; *text; text++) {
        snprintf(h->input.typed, sizeof h->input.typed, "%c", *text);
        robot_key(h, *text, 0);
    }
}

void robot_write(struct robot *h, const char *name, const char *text)
{
    robot_click(h, name);
    robot_key(h, 'a', UI_CTRL);
    robot_key(h, UI_KEY_DELETE, 0);
    robot_type(h, text);
}

void robot_choose(struct robot *h, const char *name, int i)
{
    char row[64];
    robot_click(h, name);
    snprintf(row, sizeof row, "%s/%d", name, i);
    robot_click(h, row);
}

bool robot_has(const struct robot *h, const char *name)
{
    return ui_find_control(h->ui, name) != NULL;
}

bool robot_off(const struct robot *h, const char *name)
{
    return find(h, name)->off;
}

/* ---- seeing -------------------------------------------------------------------------------- */

static void append_dense(char *out, size_t room, const char *text)
{
    size_t at = strlen(out);
    for (; *text && at + 1 < room; text++)
        if (*text != ' ' && *text != '\n')
            out[at++] = *text;
    out[at] = 0;
}

bool robot_see(const struct robot *h, const char *text)
{
    enum { ROOM = 1 << 16 };
    static char all[ROOM];
    char wanted[1000] = "";
    all[0] = 0;
    append_dense(wanted, sizeof wanted, text);
    for (size_t i = 0; i < h->shapes->count; i++)
        if (h->shapes->items[i].kind == UI_SHAPE_TEXT)
            append_dense(all, ROOM, ui_shape_text(h->shapes, &h->shapes->items[i]));
    return strstr(all, wanted) != NULL;
}

static bool stands_alone(const struct ui_control *control)
{
    return control->rect.w > 0 && control->role != UI_ROLE_AREA && control->role != UI_ROLE_DIALOG;
}

const char *robot_find_overlap(const struct robot *h, int first)
{
    static char sentence[200];
    for (int i = first; i < ui_control_count(h->ui); i++) {
        const struct ui_control *a = ui_control(h->ui, i);
        if (a->rect.w <= 0)
            continue;
        if (a->rect.x < 0 || a->rect.y < 0 || a->rect.x + a->rect.w > h->input.width ||
            a->rect.y + a->rect.h > h->input.height) {
            snprintf(sentence, sizeof sentence, "%s leaves the window", a->name);
            return sentence;
        }
        for (int k = first; k < i; k++) {
            const struct ui_control *b = ui_control(h->ui, k);
            struct ui_rect both = ui_rect_meet(a->rect, b->rect);
            if (!stands_alone(a) || !stands_alone(b) || both.w <= 0 || both.h <= 0)
                continue;
            snprintf(sentence, sizeof sentence, "%s lies over %s", a->name, b->name);
            return sentence;
        }
    }
    return NULL;
}

/* ---- any input ----------------------------------------------------------------------------- */

static uint32_t draw(uint64_t *seed, uint32_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % below;
}

static void add_random_key(struct robot *h, uint64_t *seed)
{
    int key = draw(seed, 3) ? (int)(UI_KEY_ENTER + draw(seed, 17)) : (int)(' ' + draw(seed, 95));
    unsigned mods = draw(seed, 4) ? 0 : draw(seed, 8);
    size_t len = strlen(h->input.typed);
    h->input.keys[h->input.key_count++] = (struct ui_key){key, mods};
    if (key < UI_KEY_ENTER && !(mods & (UI_CTRL | UI_ALT)))
        snprintf(h->input.typed + len, sizeof h->input.typed - len, "%c", key);
}

void robot_random(struct robot *h, uint64_t *seed)
{
    for (uint32_t i = draw(seed, 4); i > 0; i--) {
        float x = (float)draw(seed, (uint32_t)h->input.width);
        float y = (float)draw(seed, (uint32_t)h->input.height);
        enum ui_move_kind kind = (enum ui_move_kind)draw(seed, 3);
        add_move(h, kind, kind == UI_MOVE ? UI_BUTTON_NONE : UI_BUTTON_LEFT, x, y,
                 1 + (int)draw(seed, 2));
    }
    for (uint32_t i = draw(seed, 3); i > 0; i--)
        add_random_key(h, seed);
    h->input.wheel = (float)draw(seed, 3) - 1;
    h->input.now += draw(seed, 600000);
    robot_frame(h);
}

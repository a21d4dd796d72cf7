/* SPDX-License-Identifier: MIT */
#include "places.h"

#include <check.h>
#include <stdio.h>

#include "app_world.h"

enum { FIGURE = 30 }; /* larger letters are pictures: their line is higher than they are */

static char sentence[400];

bool places_overlap(struct ui_rect a, struct ui_rect b)
{
    const float play = 0.5f;
    return a.x + play < b.x + b.w && b.x + play < a.x + a.w && a.y + play < b.y + b.h &&
           b.y + play < a.y + a.h;
}

static bool leaves_window(struct ui_rect r)
{
    const float play = 0.01f;
    return r.x < -play || r.y < -play || r.x + r.w > input->width + play ||
           r.y + r.h > input->height + play;
}

static bool holds(struct ui_rect outer, struct ui_rect inner)
{
    const float play = 0.5f;
    return inner.x >= outer.x - play && inner.y >= outer.y - play &&
           inner.x + inner.w <= outer.x + outer.w + play &&
           inner.y + inner.h <= outer.y + outer.h + play;
}

const char *places_find_control(void)
{
    for (int i = 0; i < ui_control_count(app->ui); i++) {
        const struct ui_control *a = ui_control(app->ui, i);
        if (a->rect.w == 0 || a->role == UI_ROLE_AREA)
            continue;
        if (leaves_window(a->rect)) {
            snprintf(sentence, sizeof sentence, "%s leaves the window", a->name);
            return sentence;
        }
        for (int j = 0; j < i; j++) {
            const struct ui_control *b = ui_control(app->ui, j);
            if (b->role == UI_ROLE_AREA || b->rect.w == 0 || a->over != b->over ||
                !places_overlap(a->rect, b->rect))
                continue;
            snprintf(sentence, sizeof sentence, "%s lies over %s", a->name, b->name);
            return sentence;
        }
    }
    return NULL;
}

/* Whether an opaque box between those two shapes hides where they meet. */
static bool is_hidden(size_t below, size_t above, struct ui_rect where)
{
    for (size_t i = below + 1; i < above; i++) {
        const struct ui_shape *box = &shown.shapes->items[i];
        if (box->kind == UI_SHAPE_BOX && (box->fill & 0xff) == 0xff && holds(box->rect, where))
            return true;
    }
    return false;
}

static const char *say_of(const char *what, const struct ui_shape *a, const char *other)
{
    snprintf(sentence, sizeof sentence, "\"%.120s\" %s %.120s", ui_shape_text(shown.shapes, a),
             what, other);
    return sentence;
}

static bool has_edge(const struct ui_control *control)
{
    return control->rect.w > 0 && control->role != UI_ROLE_AREA && control->role != UI_ROLE_VALUE &&
           control->role != UI_ROLE_TAB && control->role != UI_ROLE_DIALOG;
}

/* A text lies in a control or outside. */
static const char *find_crossing(size_t at, struct ui_rect text)
{
    const struct ui_shape *a = &shown.shapes->items[at];
    const struct ui_control *notice = ui_find_control(app->ui, "notice");
    text.y += 2; /* no letter reaches the edge of its line */
    text.h -= 4;
    for (int i = 0; i < ui_control_count(app->ui); i++) {
        const struct ui_control *control = ui_control(app->ui, i);
        if (notice && !control->over && holds(notice->rect, text))
            continue; /* that control lies under the notice */
        if (has_edge(control) && places_overlap(text, control->rect) &&
            !holds(control->rect, text) &&
            !is_hidden(at, shown.shapes->count, ui_rect_meet(text, control->rect)))
            return say_of("lies across the edge of", a, control->name);
    }
    return NULL;
}

/* What is to be seen of each text; w = 0 for what is no text. */
static struct ui_rect seen[20000];

static void find_seen(void)
{
    struct ui_rect clip = {0, 0, input->width, input->height};
    for (size_t i = 0; i < shown.shapes->count && i < 20000; i++) {
        const struct ui_shape *shape = &shown.shapes->items[i];
        if (shape->kind == UI_SHAPE_CLIP)
            clip = shape->rect;
        seen[i] = (struct ui_rect){0};
        if (shape->kind == UI_SHAPE_TEXT && shape->size <= FIGURE)
            seen[i] = ui_rect_meet(shape->rect, clip);
    }
}

const char *places_find_text(void)
{
    const struct ui_shapes *s = shown.shapes;
    if (ui_cut_text(app->ui)) {
        snprintf(sentence, sizeof sentence, "\"%s\" is cut", ui_cut_text(app->ui));
        return sentence;
    }
    find_seen();
    for (size_t i = 0; i < s->count; i++) {
        const struct ui_shape *a = &s->items[i];
        if (seen[i].w <= 0 || seen[i].h <= 0)
            continue;
        if (seen[i].w < a->rect.w - 0.5f)
            return say_of("is cut at its side", a, "");
        if (find_crossing(i, seen[i]))
            return sentence;
        for (size_t j = 0; j < i; j++)
            if (seen[j].w > 0 && seen[j].h > 0 && places_overlap(seen[i], seen[j]) &&
                !is_hidden(j, i, ui_rect_meet(seen[i], seen[j])))
                return say_of("runs into", a, ui_shape_text(s, &s->items[j]));
    }
    return NULL;
}

static void expect_none(const char *wrong, const char *where)
{
    ck_assert_msg(!wrong, "%s at %gx%g: %s", where, (double)input->width, (double)input->height,
                  wrong);
}

void places_check_controls(const char *where)
{
    expect_none(places_find_control(), where);
}

void places_check_texts(const char *where)
{
    expect_none(places_find_text(), where);
}

const float places_sizes[PLACES_SIZES][2] = {
    {960, 640}, {1100, 640}, {1280, 800}, {1920, 1080}, {1000, 1400}};

static void check_frame(const char *state)
{
    const char *wrong = places_find_control();
    if (!wrong)
        wrong = places_find_text();
    ck_assert_msg(!wrong, "%s at %gx%g of %g: %s", state, (double)input->width,
                  (double)input->height, (double)input->scale, wrong);
}

void places_check_sizes(const char *state)
{
    static const float sizes[][3] = {{640, 480, 1},   {960, 640, 1},   {1280, 720, 1},
                                     {1280, 800, 1},  {1280, 800, 2},  {1920, 1080, 1},
                                     {1920, 1080, 2}, {2560, 1440, 1}, {3840, 2160, 1}};
    for (size_t i = 0; i < 2 * sizeof sizes / sizeof *sizes; i++) {
        input->width = sizes[i / 2][0];
        input->height = sizes[i / 2][1];
        input->scale = sizes[i / 2][2];
        ask(ACT_THEME, 1 + i % 2);
        frame();
        frame();
        check_frame(state);
        sample(UI_MOVE, UI_BUTTON_NONE, 12, 200); /* beside the cards: all of it scrolls */
        input->wheel = -100;
        frame();
        frame();
        check_frame(state);
        input->wheel = 100;
        frame();
    }
}

/* SPDX-License-Identifier: MIT */
/* draw_view.c -- the canvas grows first; what the network sees stands beside it, the answer at the
 * right. In a narrow window the middle column folds into the canvas's card. */
#include "app/draw/draw_view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/draw/canvas.h"
#include "app/draw/steps_card.h"
#include "app/mine/teach_row.h"
#include "ink/drawing.h"
#include "ink/stroke.h"
#include "train/answer.h"
#include "ui/format.h"

enum {
    FOLD_BELOW = 1100,      /* a window that is less wide has no middle column */
    SIDE_PIXEL_MIN = 8, SIDE_PIXEL_MAX = 11, /* points for a pixel of what the network sees */
    ANSWER_WIDTH_MIN = 360, ANSWER_WIDTH_MAX = 640,
    FOLDED_SIDE_MIN = 120, FOLDED_SIDE_MAX = 220,
    UNDER_CANVAS = 16 + UI_ROW + 16 + 2 * 26, /* buttons and help */
    FACE_HEIGHT_MIN = 96, FACE_HEIGHT_MAX = 150, /* the answer, over the bars */
    BAR_ROW_MAX = 72,
    TEACH_HEIGHT = 36 + 17, /* the row under the bars, with its line */
    TILE_MIN = 20, TILE_MAX = 80,
};

void draw_view_clear(struct draw_view *view)
{
    free(view->pixels);
    *view = (struct draw_view){0};
}

/* ---- where things lie ------------------------------------------------------------------------------ */

struct places {
    struct ui_rect canvas_card, canvas, controls;
    struct ui_rect sees, layer; /* cards, or parts of the canvas's card where `folded` */
    struct ui_rect answer;
    bool folded;
};

/* The side of a picture of whole points for each of 28 pixels, with an edge around. */
static float pixel_side(float side)
{
    return floorf((side - 2) / FIT_SIZE) * FIT_SIZE + 2;
}

static void place_columns(struct ui_rect rect, float side_by_height, struct places *places)
{
    const float least = SIDE_PIXEL_MIN * FIT_SIZE + 2, most = SIDE_PIXEL_MAX * FIT_SIZE + 2;
    float answer = fminf(fmaxf(floorf(rect.w * 0.364f), ANSWER_WIDTH_MIN), ANSWER_WIDTH_MAX);
    float room = rect.w - least - answer - 2 * UI_BETWEEN - 4 * UI_INSIDE;
    float side = floorf(fminf(side_by_height, room));
    places->canvas_card = ui_cut_left(&rect, side + 2 * UI_INSIDE);
    ui_cut_left(&rect, UI_BETWEEN);
    float middle = (rect.w - UI_BETWEEN) * 0.35f - 2 * UI_INSIDE;
    middle = pixel_side(fminf(fmaxf(middle, least), most));
    struct ui_rect column = ui_cut_left(&rect, middle + 2 * UI_INSIDE);
    ui_cut_left(&rect, UI_BETWEEN);
    places->answer = rect;
    float sees = pixel_side(fminf(middle, column.h * 0.45f));
    places->sees = ui_cut_top(&column, sees + 2 * UI_INSIDE + UI_HEADING + UI_GAP + 2 * UI_LINE);
    ui_cut_top(&column, UI_BETWEEN);
    places->layer = column;
    places->canvas = ui_inset(places->canvas_card, UI_INSIDE);
    places->controls = places->canvas;
    places->canvas.h = places->canvas.w;
}

static void place_folded(struct ui_rect rect, float side_by_height, struct places *places)
{
    float answer = fmaxf(floorf(rect.w * 0.374f), ANSWER_WIDTH_MIN);
    places->answer = ui_cut_right(&rect, answer);
    ui_cut_right(&rect, UI_BETWEEN);
    places->canvas_card = rect;
    places->controls = ui_inset(rect, UI_INSIDE);
    struct ui_rect inside = places->controls;
    float side = floorf(fminf(side_by_height, inside.w - UI_BETWEEN - FOLDED_SIDE_MIN));
    places->canvas = ui_cut_left(&inside, side);
    places->canvas.h = side;
    ui_cut_left(&inside, UI_BETWEEN);
    inside.h = side;
    inside.w = fminf(inside.w, FOLDED_SIDE_MAX);
    places->sees = ui_cut_top(&inside, fminf(inside.w, side / 2) + UI_HEADING);
    ui_cut_top(&inside, UI_BETWEEN - UI_STEP);
    places->layer = inside;
    places->folded = true;
}

static struct places place_all(struct ui_rect rect)
{
    struct places places = {.folded = false};
    struct ui_rect inside = ui_inset(rect, UI_BETWEEN);
    float side = inside.h - 2 * UI_INSIDE - UNDER_CANVAS;
    if (rect.w < FOLD_BELOW)
        place_folded(inside, side, &places);
    else
        place_columns(inside, side, &places);
    places.controls.y = places.canvas.y + places.canvas.h;
    places.controls.h = UNDER_CANVAS;
    return places;
}

/* ---- the canvas -------------------------------------------------------------------------------------- */

static void draw_grid(struct ui_shapes *shapes, struct ui_rect at, ui_color color)
{
    for (int i = 1; i < CANVAS_CELLS; i++) {
        float x = floorf(at.x + at.w * (float)i / CANVAS_CELLS);
        float y = floorf(at.y + at.h * (float)i / CANVAS_CELLS);
        ui_push_box(shapes, (struct ui_rect){x, at.y, 1, at.h}, 0, color, 0, 0);
        ui_push_box(shapes, (struct ui_rect){at.x, y, at.w, 1}, 0, color, 0, 0);
    }
}

/* Where a digit of MNIST lies: 20 cells of the 28. */
static void draw_guide(struct ui_shapes *shapes, struct ui_rect at, ui_color color)
{
    enum { DASH = 5, GAP = 4 };
    float cell = at.w / CANVAS_CELLS, side = floorf(cell * FIT_BOX);
    float left = floorf(at.x + (at.w - side) / 2), top = floorf(at.y + (at.h - side) / 2);
    for (float d = 0; d < side; d += DASH + GAP) {
        float length = fminf(DASH, side - d);
        ui_push_box(shapes, (struct ui_rect){left + d, top, length, 1}, 0, color, 0, 0);
        ui_push_box(shapes, (struct ui_rect){left + d, top + side, length, 1}, 0, color, 0, 0);
        ui_push_box(shapes, (struct ui_rect){left, top + d, 1, length}, 0, color, 0, 0);
        ui_push_box(shapes, (struct ui_rect){left + side, top + d, 1, length}, 0, color, 0, 0);
    }
}

/* Points of a line on their way to the list of shapes. */
enum { LINE_POINTS = 512 };

struct line {
    struct ui_shapes *shapes;
    float width;
    ui_color color;
    float xy[2 * LINE_POINTS];
    uint32_t count;
};

/* A long line goes out in pieces that share a point; round ends hide the joint. */
static void push_line(struct line *line)
{
    uint32_t last = line->count - 1;
    ui_push_line(line->shapes, line->xy, line->count, line->width, line->color);
    line->xy[0] = line->xy[2 * last];
    line->xy[1] = line->xy[2 * last + 1];
    line->count = 1;
}

static void add_point(struct line *line, float x, float y)
{
    if (line->count == LINE_POINTS)
        push_line(line);
    line->xy[2 * line->count] = x;
    line->xy[2 * line->count + 1] = y;
    line->count++;
}

/* From the line's end by a parabola that starts towards b, and ends at c (Bezier). */
static void add_bend(struct line *line, struct ink_point b, struct ink_point c)
{
    enum { STEPS = 4 };
    struct ink_point a = {line->xy[2 * line->count - 2], line->xy[2 * line->count - 1]};
    for (int i = 1; i <= STEPS; i++) {
        float t = (float)i / STEPS, u = 1 - t;
        add_point(line, u * u * a.x + 2 * u * t * b.x + t * t * c.x,
                  u * u * a.y + 2 * u * t * b.y + t * t * c.y);
    }
}

static struct ink_point put_on_screen(struct ink_point p, struct ui_rect at)
{
    float cell = at.w / CANVAS_CELLS;
    return (struct ink_point){at.x + p.x * cell, at.y + p.y * cell};
}

/* A mouse knows whole pixels only: bending from middle to middle of its steps takes the corners off
 * that this leaves, and moves nothing by more than a quarter of a step. */
static void draw_stroke(struct line *line, const struct ink_point *points, uint32_t count,
                        struct ui_rect at)
{
    struct ink_point first = put_on_screen(points[0], at), last = first;
    if (count == 1) {
        ui_push_dot(line->shapes, first.x, first.y, line->width / 2, line->color);
        return;
    }
    line->count = 0;
    add_point(line, first.x, first.y);
    for (uint32_t i = 1; i < count; i++) {
        struct ink_point next = put_on_screen(points[i], at);
        struct ink_point middle = {(last.x + next.x) / 2, (last.y + next.y) / 2};
        if (i > 1)
            add_bend(line, last, middle);
        last = next;
    }
    add_point(line, last.x, last.y);
    push_line(line);
}

static void draw_ink(const struct app *app, struct ui_shapes *shapes, struct ui_rect at)
{
    const struct ink *ink = drawing_ink(app->canvas.drawing);
    struct line line = {
        .shapes = shapes, .width = (float)app->settings.brush * at.w / CANVAS_CELLS,
        .color = app->theme->ink,
    };
    for (uint32_t i = 0; i < ink->stroke_count; i++)
        draw_stroke(&line, ink->points + ink->strokes[i].at, ink->strokes[i].count, at);
}

/* The whole picture, as large as it fits. */
static void draw_picture(const struct app *app, struct ui_shapes *shapes, struct ui_rect at)
{
    const struct picture_shown *shown = &app->canvas.picture;
    float scale = fminf(at.w / (float)shown->cols, at.h / (float)shown->rows);
    float w = (float)shown->cols * scale, h = (float)shown->rows * scale;
    struct ui_image image = {shown->rows, shown->cols, shown->pixels,
                             .smooth = shown->rows > 2 * CANVAS_CELLS};
    ui_push_image(shapes, ui_middle(at, w, h), image);
}

static void draw_ring(const struct app *app, struct ui_shapes *shapes, struct ui_rect at,
                      const struct ui_pad *pad)
{
    float cell = at.w / CANVAS_CELLS, radius = (float)app->settings.brush * cell;
    if (!app->canvas.eraser)
        radius /= 2;
    struct ui_rect ring = {pad->x - radius, pad->y - radius, 2 * radius, 2 * radius};
    ui_color color = app->canvas.eraser ? app->theme->second : app->theme->accent;
    ui_push_box(shapes, ring, radius, 0, color, 1.5f);
}

static void show_canvas(struct draw_view *view, const struct app *app, struct ui *ui,
                        struct ui_rect at, struct actions *actions)
{
    const struct ui_theme *theme = app->theme;
    struct ui_shapes *shapes = ui_shapes(ui);
    view->canvas = at;
    ui_push_box(shapes, at, 8, theme->paper, theme->field_edge, 1);
    view->pad = ui_pad(ui, "canvas", at, "Canvas", UI_CURSOR_CROSS);
    if (view->pad.count > 0)
        action_add(actions, ACT_PEN);
    struct ui_rect inside = ui_inset(at, 1);
    ui_clip_begin(ui, inside);
    draw_grid(shapes, at, ui_color_mix(theme->paper, theme->ink, 0.07f));
    draw_guide(shapes, at, ui_color_mix(theme->paper, theme->ink, 0.22f));
    if (app->canvas.picture.any)
        draw_picture(app, shapes, inside);
    else
        draw_ink(app, shapes, at);
    if (app->steps_open)
        steps_mark_canvas(app, ui, app->canvas.picture.any ? inside : at);
    if (view->pad.hover || view->pad.held)
        draw_ring(app, shapes, at, &view->pad);
    ui_clip_end(ui);
}

/* ---- under the canvas ---------------------------------------------------------------------------------- */

static void show_button(struct ui *ui, struct ui_rect *rest, const char *name, const char *label,
                        const char *tip, unsigned flags, enum action_kind kind,
                        struct actions *actions)
{
    struct ui_rect rect = ui_cut_left(rest, ui_button_width(ui, label, 0));
    ui_cut_left(rest, UI_GAP);
    if (ui_button(ui, name, rect, label, flags))
        action_add(actions, kind);
    ui_tip(ui, tip);
}

static void show_brush(const struct app *app, struct ui *ui, struct ui_rect rect,
                       struct actions *actions)
{
    double brush = app->settings.brush;
    const struct ui_range range = {CANVAS_BRUSH_MIN, CANVAS_BRUSH_MAX, 0.25};
    float label = ceilf(ui_label_width(ui, 0, "Brush"));
    ui_cut_left(&rect, UI_GAP);
    struct ui_rect slider = ui_cut_right(&rect, fminf(120, rect.w - label - UI_GAP));
    ui_cut_right(&rect, UI_GAP);
    ui_label(ui, rect, UI_QUIET | UI_RIGHT, "Brush");
    if (ui_slider(ui, "brush", slider, "Brush", &brush, range, 0))
        action_add_number(actions, ACT_BRUSH, brush);
    ui_tip(ui, "How wide the pen draws; the network sees every pen alike ([ and ])");
}

static void show_controls(const struct app *app, struct ui *ui, struct ui_rect rect,
                          struct actions *actions)
{
    struct ui_rect rest = rect;
    const struct canvas *canvas = &app->canvas;
    ui_cut_top(&rest, 16);
    struct ui_rect row = ui_cut_top(&rest, UI_ROW);
    show_button(ui, &row, "undo", "Undo", "Take the last step back (Ctrl Z)",
                canvas_can_undo(app) ? 0 : UI_OFF, ACT_UNDO, actions);
    show_button(ui, &row, "redo", "Redo", "Do it again (Ctrl Shift Z)",
                canvas_can_redo(app) ? 0 : UI_OFF, ACT_REDO, actions);
    show_button(ui, &row, "erase", "Erase", "The left button erases, as the right one does (E)",
                UI_TOGGLE | (canvas->eraser ? UI_ON : 0), ACT_ERASER, actions);
    show_button(ui, &row, "clear", "Clear", "Start again with an empty canvas (C)",
                canvas_is_empty(app) ? UI_OFF : 0, ACT_CLEAR, actions);
    show_brush(app, ui, row, actions);
    ui_cut_top(&rest, 16);
    static const struct ui_part keys[] = {
        {"Ctrl Z", UI_KEYCAP}, {" undo   ", UI_QUIET}, {"C", UI_KEYCAP}, {" clear   ", UI_QUIET},
        {"E", UI_KEYCAP}, {" erase   ", UI_QUIET}, {"0", UI_KEYCAP}, {"\u2013", UI_QUIET},
        {"9", UI_KEYCAP}, {" teach   ", UI_QUIET}, {"S", UI_KEYCAP}, {" steps", UI_QUIET},
    };
    ui_label(ui, ui_cut_top(&rest, 26), UI_QUIET,
             "Draw with the mouse, a pen or a finger. Right button erases.");
    ui_parts(ui, ui_cut_top(&rest, 26), 0, keys, sizeof keys / sizeof *keys);
}

/* ---- what the network sees --------------------------------------------------------------------------------- */

/* Pixels for `count` images' sake; NULL where memory is short. */
static uint32_t *take_pixels(struct draw_view *view, size_t count)
{
    if (count > view->pixel_room) {
        uint32_t *more = realloc(view->pixels, count * sizeof *more);
        if (!more)
            return NULL;
        view->pixels = more;
        view->pixel_room = count;
    }
    return view->pixels;
}

/* "shift +1.4, −0.6 px": from the middle of the ink's box to where its mass put it. */
static void write_shift(const struct ink_fit *fit, char *text, size_t size)
{
    float x = fit->scale * (fit->box.x0 + fit->box.x1) / 2 + fit->x0 - FIT_SIZE / 2;
    float y = fit->scale_y * (fit->box.y0 + fit->box.y1) / 2 + fit->y0 - FIT_SIZE / 2;
    snprintf(text, size, "shift %s%s, %s%s px", x >= 0.05f ? "+" : "", ui_fixed((double)x, 1).text,
             y >= 0.05f ? "+" : "", ui_fixed((double)y, 1).text);
}

/* Fills pixels[FIT_LEN]; they must live until the frame is painted. */
static void show_fit(const struct app *app, struct ui *ui, struct ui_rect rect, uint32_t *pixels)
{
    const struct ui_theme *theme = app->theme;
    ui_push_box(ui_shapes(ui), rect, 6, theme->paper, theme->field_edge, 1);
    ui_area(ui, "sees", rect, UI_ROLE_VALUE, "What the network sees");
    ui_tip(ui, "Your drawing as 28 by 28 pixels: the only thing that the network is given");
    if (!pixels || !app->canvas.fit.any)
        return;
    for (int i = 0; i < FIT_LEN; i++)
        pixels[i] = ui_color_mix(theme->paper, theme->ink, (float)app->canvas.fit.pixels[i] / 255);
    struct ui_image image = {FIT_SIZE, FIT_SIZE, pixels, .smooth = false};
    ui_push_image(ui_shapes(ui), ui_inset(rect, 1), image);
    if (app->steps_open)
        steps_mark_picture(app, ui, ui_inset(rect, 1));
}

static void show_sees(const struct app *app, struct ui *ui, struct ui_rect rect, bool folded,
                      uint32_t *pixels, struct actions *actions)
{
    struct ui_rect inside = rect;
    if (folded)
        ui_heading(ui, ui_cut_top(&inside, UI_HEADING), "Seen");
    else
        inside = ui_card(ui, rect, "The network sees");
    struct ui_rect heading = {inside.x, inside.y - UI_HEADING, inside.w, UI_HEADING};
    steps_show_button(app, ui, heading, actions);
    float side = pixel_side(fminf(inside.w, folded ? inside.h
                                                   : inside.h - UI_GAP - 2 * UI_LINE));
    struct ui_rect picture = ui_cut_top(&inside, side);
    picture.w = side;
    show_fit(app, ui, picture, pixels);
    if (folded)
        return;
    char shift[120] = "";
    ui_cut_top(&inside, UI_GAP);
    if (app->canvas.fit.any && app->canvas.steps == FIT_ALL)
        write_shift(&app->canvas.fit, shift, sizeof shift);
    ui_label(ui, ui_cut_top(&inside, UI_LINE), UI_QUIET,
             !app->canvas.fit.any             ? "Nothing yet."
             : app->canvas.steps == FIT_ALL ? "20\u00d720 box, centred by mass"
                                            : "Not as it was trained");
    ui_label(ui, ui_cut_top(&inside, UI_LINE), UI_QUIET | UI_FIGURES, shift);
}

/* ---- the first layer ------------------------------------------------------------------------------------------- */

/* Most values are far from the greatest one: below 1 this lifts them out of the ground. */
#define TILE_GAMMA 0.5f

/* Accent for what speaks for a feature, the second colour for what speaks against it. */
static ui_color color_value(const struct ui_theme *theme, float value)
{
    ui_color ground = theme->well;
    if (!(fabsf(value) <= 1))
        return ground;
    float strength = powf(fabsf(value), TILE_GAMMA);
    return ui_color_mix(ground, value > 0 ? theme->accent : theme->second, strength);
}

/* Tiles of a size, side by side, as many of `count` as fit. */
struct tiles {
    float size, gap;
    int columns, shown;
};

static struct tiles lay_tiles(struct ui_rect rect, float size, float gap, int count)
{
    int columns = ui_columns_fit(rect, size, gap), rows = (int)((rect.h + gap) / (size + gap));
    int room = rows * columns;
    if (count <= room && rows > 0)
        columns = (count + rows - 1) / rows; /* as even as the height allows */
    return (struct tiles){size, gap, columns, count < room ? count : room};
}

/* The largest that all fit, else the smallest, `least`. */
static struct tiles choose_tiles(struct ui_rect rect, int count, float least)
{
    struct tiles tiles = {0};
    for (float size = TILE_MAX; size >= least; size -= 2) {
        tiles = lay_tiles(rect, size, size >= 34 ? UI_GAP : UI_STEP, count);
        if (tiles.shown == count)
            break;
    }
    return tiles;
}

/* Fills pixels[count of all maps' values]. */
static void show_tiles(const struct app *app, struct ui *ui, struct ui_rect rect,
                       const struct reader_maps *maps, uint32_t *pixels)
{
    float least = maps->neurons ? FIT_SIZE : TILE_MIN; /* a stroke's pixels are not to be lost */
    struct tiles tiles = choose_tiles(rect, maps->count, least);
    size_t len = (size_t)maps->rows * (size_t)maps->cols;
    for (int i = 0; i < tiles.shown; i++) {
        struct ui_rect cell = ui_cell(rect, i, tiles.columns, tiles.size, tiles.size, tiles.gap);
        uint32_t *own = pixels + (size_t)i * len;
        for (size_t j = 0; j < len; j++)
            own[j] = color_value(app->theme, app->canvas.fit.any
                                                 ? maps->values[(size_t)i * len + j] : 0);
        struct ui_image image = {maps->rows, maps->cols, own, .smooth = false};
        ui_push_image(ui_shapes(ui), cell, image);
    }
}

static void show_first_layer(const struct app *app, struct ui *ui, struct ui_rect rect, bool folded,
                             uint32_t *pixels)
{
    struct reader_maps maps = reader_first_layer(app->reader);
    const struct nn *net = app_net(app);
    struct ui_rect inside = rect;
    if (folded)
        ui_heading(ui, ui_cut_top(&inside, UI_HEADING), "First layer");
    else
        inside = ui_card(ui, rect, "First layer, live");
    ui_area(ui, "first-layer", inside, UI_ROLE_VALUE, "First layer");
    ui_tip(ui, maps.neurons ? "What each pixel tells a neuron of the first layer: blue speaks for "
                              "it, orange against it"
                            : "What each filter of the first layer finds in your drawing");
    if (!folded && net && inside.h > 2 * UI_LINE + TILE_MIN) {
        ui_label(ui, ui_cut_bottom(&inside, UI_LINE), UI_QUIET, nn_layer(net, 0)->words);
        ui_cut_bottom(&inside, UI_GAP);
    }
    if (pixels && maps.count > 0)
        show_tiles(app, ui, inside, &maps, pixels);
}

/* ---- the answer --------------------------------------------------------------------------------------------------- */

/* Two digits compete, or it is likely none: said calmly, and the bars tell the rest. */
static void say_verdict(const struct answer *answer, char *text, size_t size)
{
    const char *percent = ui_percent((double)answer->probability[answer->order[0]], 1).text;
    if (answer->verdict == ANSWER_SURE)
        snprintf(text, size, "%s sure", percent);
    else
        snprintf(text, size, "%d or %d?", answer->order[0], answer->order[1]);
}

/* Whose weights read, where that is not the model that the top bar names. */
static const char *find_learner(const struct app *app)
{
    return app->canvas.read_weights > 0 ? app->run.view.recipe.name : NULL;
}

static void show_words(const struct answer *answer, const char *learner, struct ui *ui,
                       struct ui_rect rect)
{
    char verdict[60], next[120], took[200];
    const float *p = answer->probability;
    const int *order = answer->order;
    int from = answer->verdict == ANSWER_SURE ? 1 : 0;
    say_verdict(answer, verdict, sizeof verdict);
    snprintf(next, sizeof next, "%s%d (%s), %d (%s)", from ? "then " : "", order[from],
             ui_percent((double)p[order[from]], 1).text, order[from + 1],
             ui_percent((double)p[order[from + 1]], 1).text);
    snprintf(took, sizeof took, "read in %s%s%s", ui_microseconds(answer->microseconds).text,
             learner ? " by the new " : "", learner ? learner : "");
    rect = ui_middle(rect, rect.w, 36 + 2 * UI_LINE);
    ui_label(ui, ui_cut_top(&rect, 36), UI_BIG | UI_BOLD | UI_FIGURES, verdict);
    ui_label(ui, ui_cut_top(&rect, UI_LINE), UI_QUIET | UI_FIGURES, next);
    ui_label(ui, ui_cut_top(&rect, UI_LINE), UI_QUIET | UI_FIGURES, took);
}

static void show_no_digit(const struct answer *answer, struct ui *ui, struct ui_rect rect)
{
    char nearest[80];
    snprintf(nearest, sizeof nearest, "The nearest would be %d (%s).", answer->order[0],
             ui_percent((double)answer->probability[answer->order[0]], 1).text);
    rect = ui_middle(rect, rect.w, 36 + 2 * UI_LINE);
    ui_label(ui, ui_cut_top(&rect, 36), UI_BIG | UI_BOLD, "No digit?");
    ui_label(ui, ui_cut_top(&rect, UI_LINE), UI_QUIET, "This looks like no digit to me.");
    ui_label(ui, rect, UI_QUIET | UI_FIGURES, nearest);
}

static void show_hint(const struct app *app, struct ui *ui, struct ui_rect rect)
{
    bool lost = app->canvas.picture.any;
    rect = ui_middle(rect, rect.w, 36 + UI_LINE);
    ui_label(ui, ui_cut_top(&rect, 36), UI_BIG | UI_BOLD,
             !app_net(app) ? "No model" : lost ? "No ink found" : "Draw a digit");
    ui_label(ui, rect, UI_QUIET, !app_net(app) ? "Open one, or train one." :
             lost ? "Try a picture of one digit on even paper." : "It is read while you draw.");
}

static void show_bars(const struct app *app, struct ui *ui, struct ui_rect rect)
{
    const struct answer *answer = &app->canvas.answer;
    float row = fminf(floorf(rect.h / 10), BAR_ROW_MAX);
    for (int digit = 0; digit < 10; digit++) {
        char name[20], label[8];
        float part = answer->any ? answer->probability[digit] : 0;
        snprintf(name, sizeof name, "digit-%d", digit);
        snprintf(label, sizeof label, "%d", digit);
        struct ui_number_text value = ui_percent((double)part, 1);
        struct ui_bar bar = {
            .label = label, .value = answer->any ? value.text : "\u2013", .widest = "100.0 %",
            .fraction = part,
            .top = answer->any && answer->verdict != ANSWER_NO_DIGIT && digit == answer->order[0],
        };
        ui_value_bar(ui, name, ui_cut_top(&rect, row), &bar);
    }
}

static void show_answer(const struct app *app, struct ui *ui, struct ui_rect rect,
                        struct actions *actions)
{
    const struct answer *answer = &app->canvas.answer;
    struct ui_rect inside = ui_card(ui, rect, NULL);
    float height = fminf(fmaxf(floorf(inside.h * 0.17f), FACE_HEIGHT_MIN), FACE_HEIGHT_MAX);
    struct ui_rect face = ui_cut_top(&inside, height);
    struct ui_rect digit = ui_cut_left(&face, floorf(height * 0.87f));
    bool sure = answer->verdict == ANSWER_SURE;
    char text[8] = "";
    if (answer->any && answer->verdict == ANSWER_NO_DIGIT) {
        show_no_digit(answer, ui, (struct ui_rect){digit.x, face.y, digit.w + face.w, face.h});
    } else if (answer->any) {
        snprintf(text, sizeof text, "%d", answer->order[0]);
        digit.y -= floorf(height / 8); /* the line of a figure is taller than the figure */
        digit.h += 2 * floorf(height / 8);
        ui_label(ui, digit, UI_HUGE | UI_BOLD | (sure ? UI_ACCENT : UI_QUIET), text);
        show_words(answer, find_learner(app), ui, face);
    } else {
        show_hint(app, ui, (struct ui_rect){digit.x, face.y, digit.w + face.w, face.h});
    }
    ui_cut_top(&inside, 16);
    struct ui_rect teach = ui_cut_bottom(&inside, TEACH_HEIGHT);
    show_bars(app, ui, inside);
    ui_separator(ui, ui_cut_top(&teach, TEACH_HEIGHT - 36));
    teach_row_of_drawing(app, ui, teach, actions);
}

/* ---- all of it ---------------------------------------------------------------------------------------------------- */

void draw_view_show(struct draw_view *view, const struct app *app, struct ui *ui,
                    struct ui_rect rect, struct actions *actions)
{
    struct places places = place_all(rect);
    struct reader_maps maps = reader_first_layer(app->reader);
    size_t len = (size_t)maps.count * (size_t)maps.rows * (size_t)maps.cols;
    uint32_t *pixels = take_pixels(view, FIT_LEN + len);
    ui_card(ui, places.canvas_card, NULL);
    show_canvas(view, app, ui, places.canvas, actions);
    show_controls(app, ui, places.controls, actions);
    show_sees(app, ui, places.sees, places.folded, pixels, actions);
    if (app->steps_open)
        steps_show(app, ui, places.layer, places.folded, actions);
    else
        show_first_layer(app, ui, places.layer, places.folded, pixels ? pixels + FIT_LEN : NULL);
    show_answer(app, ui, places.answer, actions);
}

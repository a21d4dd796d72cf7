/* SPDX-License-Identifier: MIT */
#include "app/draw/draw_view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/act/action.h"
#include "app/draw/answer_card.h"
#include "app/draw/draw_shown.h"
#include "app/draw/layer_card.h"
#include "app/draw/draw_layout.h"
#include "app/draw/steps_card.h"
#include "app/state/canvas.h"
#include "app/state/settings.h"
#include "app/widget/action_button.h"
#include "app/widget/part.h"
#include "base/language.h"
#include "ink/drawing.h"
#include "ink/stroke.h"
#include "ui/format.h"

enum { PEN_RESTS = 600000 }; /* microseconds after which a drawing counts as done */

enum { BESIDE_GAP = 16, FIT_WORDS_MIN = 130 }; /* of the words beside a picture in a low window */

void draw_view_clear(struct draw_view *view)
{
    pixels_clear(&view->pixels);
    layer_view_clear(&view->layer);
    *view = (struct draw_view){0};
}

/* ---- the canvas ------------------------------------------------------------------------------ */

static void show_canvas(struct draw_view *view, const struct draw_shown *shown, struct ui *ui,
                        struct ui_rect at, struct actions *actions)
{
    canvas_pad_show(&view->canvas, &shown->drawn, ui, at, actions);
    struct ui_rect inside = ui_inset(at, 1);
    ui_clip_begin(ui, inside);
    if (shown->steps_open)
        steps_mark_canvas(shown, ui, shown->canvas->picture.any ? inside : at);
    ui_clip_end(ui);
    canvas_pad_show_pen(&view->canvas, &shown->drawn, ui);
}

bool draw_pen(const struct canvas_pad *pad, int i, bool eraser, struct pen_move *pen)
{
    static const enum pen_kind kinds[] = {
        [UI_PRESS] = PEN_DOWN, [UI_MOVE] = PEN_ON, [UI_RELEASE] = PEN_UP};
    const struct ui_move *move = &pad->pad.moves[i];
    struct ui_rect at = pad->at;
    bool left = move->button == UI_BUTTON_LEFT, erase = eraser || !left;
    *pen = (struct pen_move){
        kinds[move->kind],
        erase,
        {(move->x - at.x) / at.w * CANVAS_CELLS, (move->y - at.y) / at.h * CANVAS_CELLS}};
    return move->kind != UI_PRESS || left || move->button == UI_BUTTON_RIGHT;
}

/* ---- under the canvas ------------------------------------------------------------------------ */

static void show_button(struct ui *ui, struct ui_rect *rest, const struct action_button *button,
                        struct actions *actions)
{
    struct ui_rect rect = ui_cut_left(rest, ui_button_width(ui, button->label, 0));
    ui_cut_left(rest, UI_GAP);
    action_button_show(button, ui, rect, actions);
}

static void show_brush(const struct draw_shown *shown, struct ui *ui, struct ui_rect rect,
                       struct actions *actions)
{
    double brush = shown->brush;
    const struct ui_range range = {BRUSH_MIN, BRUSH_MAX, 0.25};
    float label = ceilf(ui_label_width(ui, 0, _("Brush")));
    ui_cut_left(&rect, UI_GAP);
    struct ui_rect slider = ui_cut_right(&rect, fminf(120, rect.w - label - UI_GAP));
    ui_cut_right(&rect, UI_GAP);
    ui_label(ui, rect, UI_QUIET | UI_RIGHT, _("Brush"));
    if (ui_slider(ui, "brush", slider, _("Brush"), &brush, range, 0))
        action_add_number(actions, ACT_BRUSH, brush);
    ui_tip(ui, _("How wide the pen draws; the network sees every pen alike ([ and ])"));
}

/* As much as the width allows. */
static void show_help(struct ui *ui, struct ui_rect rest)
{
    const char *const words[] = {
        _("Draw with the mouse, a pen or a finger. Right button erases."),
        _("Draw here; the right button erases."),
        _("Draw here."),
    };
    static const struct ui_part keys[] = {
        {"Ctrl Z", UI_KEYCAP}, {" undo   ", UI_QUIET}, {"C", UI_KEYCAP}, {" clear   ", UI_QUIET},
        {"E", UI_KEYCAP}, {" erase   ", UI_QUIET}, {"0", UI_KEYCAP}, {"\u2013", UI_QUIET},
        {"9", UI_KEYCAP}, {" teach   ", UI_QUIET}, {"S", UI_KEYCAP}, {" steps", UI_QUIET},
    };
    int count = sizeof keys / sizeof *keys;
    while (count > 0 && ui_parts_width(ui, keys, count) > rest.w)
        count -= count == 10 ? 4 : 2; /* a key goes with its word */
    ui_label_fitting(ui, ui_cut_top(&rest, 26), UI_QUIET, words, sizeof words / sizeof *words);
    ui_parts(ui, ui_cut_top(&rest, 26), 0, keys, count);
}

static void show_controls(const struct draw_shown *shown, struct ui *ui, struct ui_rect rect,
                          bool help, struct actions *actions)
{
    const unsigned eraser = UI_TOGGLE | (shown->canvas->eraser ? UI_ON : 0);
    const struct action_button buttons[] = {
        {"undo", {.kind = ACT_UNDO}, _("Undo"), _("Take the last step back"), 0},
        {"redo", {.kind = ACT_REDO}, _("Redo"), _("Do it again"), 0},
        {"erase",
         {.kind = ACT_ERASER},
         _("Erase"),
         _("The left button erases, as the right one does"),
         eraser},
        {"clear", {.kind = ACT_CLEAR}, _("Clear"), _("Start again with an empty canvas"), 0},
    };
    ui_cut_top(&rect, 16);
    struct ui_rect row = ui_cut_top(&rect, UI_ROW);
    for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++)
        show_button(ui, &row, &buttons[i], actions);
    show_brush(shown, ui, row, actions);
    ui_cut_top(&rect, 16);
    if (help)
        show_help(ui, rect);
}

/* ---- what the network sees ------------------------------------------------------------------- */

/* Fills pixels[FIT_LEN]. */
static void show_fit(const struct draw_shown *shown, struct ui *ui, struct ui_rect rect,
                     uint32_t *pixels)
{
    const struct ui_theme *theme = ui_theme(ui);
    ui_push_box(ui_shapes(ui), rect, 6, theme->paper, theme->field_edge, 1);
    ui_area(ui, "sees", rect, UI_ROLE_VALUE, _("What the network sees"));
    ui_tip(ui, _("Your drawing as 28 by 28 pixels: the only thing that the network is given"));
    if (!pixels || !shown->canvas->fit.any)
        return;
    digit_picture_show(ui, ui_inset(rect, 1), shown->canvas->fit.pixels, pixels);
    if (shown->steps_open)
        steps_mark_picture(shown, ui, ui_inset(rect, 1));
}

/* Two lines: how it was fitted, and how far that moved it. */
static void show_fit_words(const struct draw_shown *shown, struct ui *ui, struct ui_rect rect)
{
    const char *const nothing[] = {_("Nothing yet.")};
    const char *const whole[] = {_("20\u00d720 box, centred by mass"), _("20\u00d720, centred")};
    const char *const other[] = {_("Not as it was trained"), _("Not as trained")};
    bool any = shown->canvas->fit.any, all = shown->canvas->steps == FIT_ALL;
    char shift[120] = "";
    if (any && all)
        snprintf(shift, sizeof shift, _("shift %s px"),
                 part_shift(&shown->canvas->fit, &shown->canvas->fit.box).text);
    ui_label_fitting(ui, ui_cut_top(&rect, UI_LINE), UI_QUIET | UI_SHRINK,
                     !any  ? nothing
                     : all ? whole
                           : other,
                     any ? 2 : 1);
    ui_label(ui, ui_cut_top(&rect, UI_LINE), UI_QUIET | UI_FIGURES, shift);
}

static void show_sees(const struct draw_shown *shown, struct ui *ui, struct ui_rect rect,
                      bool folded, uint32_t *pixels, struct actions *actions)
{
    struct ui_rect inside = part_begin(ui, rect, folded, _("Seen"), _("The network sees"));
    steps_show_button(shown, ui, inside, actions);
    float side = fminf(inside.w, folded ? inside.h : inside.h - UI_GAP - 2 * UI_LINE);
    side = floorf((side - 2) / FIT_SIZE) * FIT_SIZE + 2; /* whole points for each pixel */
    struct ui_rect picture = ui_cut_top(&inside, side);
    struct ui_rect beside = picture;
    picture.w = side;
    ui_cut_left(&beside, side + BESIDE_GAP);
    show_fit(shown, ui, picture, pixels);
    ui_cut_top(&inside, UI_GAP);
    if (!folded)
        show_fit_words(shown, ui, inside);
    else if (beside.w >= FIT_WORDS_MIN)
        show_fit_words(shown, ui, beside);
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* Whether the pen has been up for a while, so that what is drawn is likely all of the digit. Asks
 * for a frame when that will be so. */
static bool is_resting(const struct draw_view *view, const struct draw_shown *shown, struct ui *ui)
{
    uint64_t now = ui_input(ui)->now, rests = view->canvas.pen_at + PEN_RESTS;
    if (view->canvas.pad.held || view->canvas.pen_at == 0 || shown->canvas->picture.any)
        return !view->canvas.pad.held;
    if (now < rests)
        ui_wake_at(ui, rests);
    return now >= rests;
}

/* That it is no digit is not said of half of a 7. */
static enum answer_words choose_words(const struct draw_view *view, const struct draw_shown *shown,
                                      struct ui *ui)
{
    const struct answer *answer = &shown->canvas->answer;
    bool none = answer->any && answer->verdict == VERDICT_NO_DIGIT;
    return none && !is_resting(view, shown, ui) ? ANSWER_WORDS_UNFINISHED : ANSWER_WORDS;
}

static void show_layer(struct draw_view *view, const struct draw_shown *shown, struct ui *ui,
                       const struct draw_layout *places, struct actions *actions)
{
    if (shown->steps_open)
        steps_show(shown, ui, places->layer, places->layer_folded, actions);
    else
        layer_card_show(&view->layer, shown, ui, places->layer, places->layer_folded);
}

/* What lies beside the canvas in its card comes before what lies under it: so Tab goes, too. */
static void show_parts(struct draw_view *view, const struct draw_shown *shown, struct ui *ui,
                       const struct draw_layout *places, struct actions *actions)
{
    uint32_t *pixels = pixels_take(&view->pixels, FIT_LEN);
    bool beside = places->words.w > 0; /* the words have a place of their own */
    ui_card(ui, places->canvas_card, NULL);
    show_canvas(view, shown, ui, places->canvas, actions);
    enum answer_words words = choose_words(view, shown, ui);
    if (places->sees_folded)
        show_sees(shown, ui, places->sees, true, pixels, actions);
    if (places->layer_folded)
        show_layer(view, shown, ui, places, actions);
    show_controls(shown, ui, places->controls, places->help, actions);
    if (!places->sees_folded)
        show_sees(shown, ui, places->sees, false, pixels, actions);
    if (beside)
        answer_words_show(shown, words, ui, places->words);
    if (!places->layer_folded)
        show_layer(view, shown, ui, places, actions);
    answer_card_show(shown, beside ? ANSWER_WORDS_ELSEWHERE : words, ui, places->answer, actions);
}

void draw_view_show(struct draw_view *view, const struct draw_shown *shown, struct ui *ui,
                    struct ui_rect rect, struct actions *actions)
{
    struct draw_layout places = draw_layout_find(rect, rect.w, shown->steps_open);
    struct ui_rect page = ui_scroll_begin(ui, "draw-page", rect, places.height, &view->scroll);
    if (places.height > rect.h)
        places = draw_layout_find(rect, page.w, shown->steps_open);
    draw_layout_move(&places, page.y - rect.y);
    show_parts(view, shown, ui, &places, actions);
    ui_scroll_end(ui);
}

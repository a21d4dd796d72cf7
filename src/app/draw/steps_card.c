/* SPDX-License-Identifier: MIT */
#include "app/draw/steps_card.h"

#include <math.h>
#include <stdio.h>

#include "app/act/action.h"
#include "app/draw/draw_shown.h"
#include "app/widget/part.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum { SWITCH_ROOM = 43, SWITCH_HEIGHT = 26, DETAIL_HEIGHT = 20, ROW_GAP = 12, DOT = 8, CROSS = 9 };

static bool is_on(const struct draw_shown *shown, unsigned step)
{
    return shown->canvas->steps & step;
}

/* ---- figures --------------------------------------------------------------------------------- */

/* What becomes the square: the ink's box, or all of the paper. In the units of the ink. */
static struct ink_box find_frame(const struct draw_shown *shown)
{
    const struct picture_shown *picture = &shown->canvas->picture;
    if (is_on(shown, FIT_TIGHT))
        return shown->canvas->fit.box;
    if (picture->any)
        return (struct ink_box){0, 0, (float)picture->grey.cols, (float)picture->grey.rows};
    return (struct ink_box){0, 0, CANVAS_CELLS, CANVAS_CELLS};
}

/* The same as it is marked on the canvas: a tight box of strokes is that of their mark, as the pen
 * is seen. The figures are of what is marked. */
static struct ink_box find_marked(const struct draw_shown *shown)
{
    struct ink_box box = find_frame(shown);
    if (!is_on(shown, FIT_TIGHT) || shown->canvas->picture.any)
        return box;
    float reach = (float)shown->brush / 2;
    return (struct ink_box){box.x0 - reach, box.y0 - reach, box.x1 + reach, box.y1 + reach};
}

static void write_size(char *text, size_t size, float width, float height)
{
    snprintf(text, size, "%s \u00d7 %s", ui_fixed((double)width, 1).text,
             ui_fixed((double)height, 1).text);
}

/* What the step does to this drawing. */
static void write_done(const struct draw_shown *shown, unsigned step, char *text, size_t size)
{
    const struct ink_fit *fit = &shown->canvas->fit;
    struct ink_box frame = find_frame(shown), box = find_marked(shown);
    float width = box.x1 - box.x0, height = box.y1 - box.y0, longer = fmaxf(width, height);
    if (step == FIT_TIGHT)
        write_size(text, size, width, height);
    else if (step == FIT_SQUARE)
        write_size(text, size, longer, longer);
    else if (step == FIT_TWENTY)
        snprintf(text, size, _("made %s times as large"),
                 ui_fixed((double)(FIT_BOX / longer), 2).text);
    else
        snprintf(text, size, _("moved by %s"), part_shift(fit, &frame).text);
}

/* What is taken instead of it. */
static void write_left_out(const struct draw_shown *shown, unsigned step, char *text, size_t size)
{
    struct ink_box box = find_marked(shown);
    float width = box.x1 - box.x0, height = box.y1 - box.y0, longer = fmaxf(width, height);
    if (step == FIT_TIGHT)
        snprintf(text, size, _("all of the paper instead"));
    else if (step == FIT_SQUARE)
        snprintf(text, size, _("stretched %s times as wide"),
                 ui_fixed((double)(height / width), 1).text);
    else if (step == FIT_TWENTY)
        snprintf(text, size, _("all 28 instead, %s times as large"),
                 ui_fixed((double)(FIT_SIZE / longer), 2).text);
    else
        snprintf(text, size, _("the middle of the box instead"));
}

/* ---- the switches ---------------------------------------------------------------------------- */

struct step {
    unsigned step;
    const char *name, *label, *brief, *tip;
};

static const struct step steps[] = {
    {FIT_TIGHT, "step-box", N_("Box"), N_("Box"),
     N_("The tight box around the ink; without it all of the paper is taken, and place and size "
        "matter")},
    {FIT_SQUARE, "step-square", N_("Square"), N_("Square"),
     N_("The shorter side is extended to a square; without it the box is stretched, and a 1 "
        "becomes "
        "a block")},
    {FIT_TWENTY, "step-twenty", "20\u00d720", "20\u00d720",
     N_("The square becomes 20 by 20 pixels, as in MNIST; without it, it fills all 28")},
    {FIT_MASS, "step-mass", N_("Centre of mass"), N_("Mass"),
     N_("Put where its centre of mass is in the middle; without it, the middle of the box is")},
};
enum { STEPS = sizeof steps / sizeof *steps };

/* The colour of a step in a theme. Canvas and picture are black in either: marks on them are the
 * dark one's. */
static ui_color color_of(const struct ui_theme *theme, unsigned step)
{
    return step == FIT_TIGHT    ? theme->accent
           : step == FIT_SQUARE ? theme->second
           : step == FIT_TWENTY ? theme->quiet
                                : theme->good;
}

static void show_step(const struct draw_shown *shown, struct ui *ui, struct ui_rect rect,
                      const struct step *step, bool details, struct actions *actions)
{
    bool on = is_on(shown, step->step);
    struct ui_rect row = ui_cut_top(&rect, fminf(rect.h, SWITCH_HEIGHT));
    struct ui_rect dot = ui_middle(ui_cut_left(&row, DOT), DOT, DOT);
    ui_push_box(ui_shapes(ui), dot, DOT / 2, color_of(ui_theme(ui), step->step), 0, 0);
    ui_cut_left(&row, UI_GAP);
    bool fits = ui_label_width(ui, 0, _(step->label)) + SWITCH_ROOM <= row.w;
    if (ui_switch(ui, step->name, row, _(fits ? step->label : step->brief), &on, 0))
        action_add_number(actions, ACT_STEP, step->step);
    ui_tip(ui, _(step->tip));
    if (!details)
        return;
    char text[160] = "";
    if (shown->canvas->fit.any)
        (on ? write_done : write_left_out)(shown, step->step, text, sizeof text);
    struct ui_rect line = ui_cut_top(&rect, DETAIL_HEIGHT);
    ui_cut_left(&line, DOT + UI_GAP);
    ui_label_fitting(ui, line, UI_LITTLE | UI_FIGURES | (on ? UI_QUIET : UI_SECOND),
                     (const char *[]){text, ""}, 2);
}

void steps_show(const struct draw_shown *shown, struct ui *ui, struct ui_rect rect, bool folded,
                struct actions *actions)
{
    struct ui_rect inside = part_begin(ui, rect, folded, _("Steps"), _("Step by step"));
    if (part_button(ui, inside, "steps-all", _("All on"),
                    shown->canvas->steps == FIT_ALL ? UI_OFF : 0))
        action_add(actions, ACT_STEPS_ALL);
    ui_tip(ui, _("Switch every step on again"));
    bool details = inside.h >= STEPS * (SWITCH_HEIGHT + DETAIL_HEIGHT);
    float most = SWITCH_HEIGHT + (details ? DETAIL_HEIGHT + ROW_GAP : 0);
    float height = fminf(floorf(inside.h / STEPS), most);
    for (int i = 0; i < STEPS; i++)
        show_step(shown, ui, ui_cut_top(&inside, height), &steps[i], details, actions);
}

void steps_show_button(const struct draw_shown *shown, struct ui *ui, struct ui_rect inside,
                       struct actions *actions)
{
    if (part_button(ui, inside, "steps", _("Steps"), UI_TOGGLE | (shown->steps_open ? UI_ON : 0)))
        action_add(actions, ACT_STEPS);
    ui_tip(ui, shown->steps_open
                   ? _("Back to the whole rule, all steps on (S)")
                   : _("How the picture is made, step by step, each with a switch (S)"));
}

/* ---- marks ----------------------------------------------------------------------------------- */

static void draw_frame(struct ui_shapes *shapes, struct ui_rect at, ui_color color)
{
    ui_push_box(shapes, at, 0, 0, color, 1.5f);
}

static void draw_cross(struct ui_shapes *shapes, float x, float y, float reach, ui_color color)
{
    ui_push_box(shapes, (struct ui_rect){x - reach, y - 0.75f, 2 * reach, 1.5f}, 0, color, 0, 0);
    ui_push_box(shapes, (struct ui_rect){x - 0.75f, y - reach, 1.5f, 2 * reach}, 0, color, 0, 0);
}

/* From the units of the ink to the screen: the picture is shown as large as it fits. */
struct view_map {
    float x, y, scale;
};

static struct view_map map_canvas(const struct draw_shown *shown, struct ui_rect at)
{
    const struct picture_shown *picture = &shown->canvas->picture;
    if (!picture->any)
        return (struct view_map){at.x, at.y, at.w / CANVAS_CELLS};
    float cols = (float)picture->grey.cols, rows = (float)picture->grey.rows;
    float scale = fminf(at.w / cols, at.h / rows);
    struct ui_rect rect = ui_middle(at, cols * scale, rows * scale);
    return (struct view_map){rect.x, rect.y, scale};
}

void steps_mark_canvas(const struct draw_shown *shown, struct ui *ui, struct ui_rect at)
{
    const struct ink_fit *fit = &shown->canvas->fit;
    struct ui_shapes *shapes = ui_shapes(ui);
    struct view_map map = map_canvas(shown, at);
    struct ink_box frame = find_marked(shown);
    if (!fit->any)
        return;
    struct ui_rect box = {map.x + frame.x0 * map.scale, map.y + frame.y0 * map.scale,
                          (frame.x1 - frame.x0) * map.scale, (frame.y1 - frame.y0) * map.scale};
    float side = fmaxf(box.w, box.h);
    struct ui_rect square = {box.x + (box.w - side) / 2, box.y + (box.h - side) / 2, side, side};
    if (is_on(shown, FIT_SQUARE))
        ui_push_dashes(shapes, square, 1.5f, color_of(ui_theme_dark(), FIT_SQUARE));
    if (is_on(shown, FIT_TIGHT))
        draw_frame(shapes, box, color_of(ui_theme_dark(), FIT_TIGHT));
    if (is_on(shown, FIT_MASS))
        draw_cross(shapes, map.x + fit->mass_x * map.scale, map.y + fit->mass_y * map.scale, CROSS,
                   color_of(ui_theme_dark(), FIT_MASS));
}

void steps_mark_picture(const struct draw_shown *shown, struct ui *ui, struct ui_rect at)
{
    const struct ink_fit *fit = &shown->canvas->fit;
    struct ui_shapes *shapes = ui_shapes(ui);
    struct ink_box frame = find_frame(shown);
    float pixel = at.w / FIT_SIZE;
    if (!fit->any)
        return;
    float side = is_on(shown, FIT_TWENTY) ? FIT_BOX : FIT_SIZE;
    float left = fit->scale * (frame.x0 + frame.x1) / 2 + fit->x0 - side / 2;
    float top = fit->scale_y * (frame.y0 + frame.y1) / 2 + fit->y0 - side / 2;
    struct ui_rect box = {at.x + left * pixel, at.y + top * pixel, side * pixel, side * pixel};
    ui_clip_begin(ui, at);
    draw_frame(shapes, box, color_of(ui_theme_dark(), FIT_TWENTY));
    if (is_on(shown, FIT_MASS))
        draw_cross(shapes, at.x + (fit->scale * fit->mass_x + fit->x0) * pixel,
                   at.y + (fit->scale_y * fit->mass_y + fit->y0) * pixel, at.w,
                   color_of(ui_theme_dark(), FIT_MASS));
    ui_clip_end(ui);
}

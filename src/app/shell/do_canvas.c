/* SPDX-License-Identifier: MIT */
#include "app/shell/do.h"

#include <math.h>

#include "app/shell/state.h"
#include "app/shell/views.h"
#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "data/unipen.h"
#include "ui/ui.h"

/* Where the drawing is filed, the next stroke begins another digit. */
static void follow_pen(struct app *app)
{
    const struct canvas_pad *drawn_on = views_pad(app);
    const struct ui_pad *pad = &drawn_on->pad;
    struct canvas *canvas = &app->canvas;
    struct pen_move move;
    for (int i = 0; i < pad->count; i++) {
        if (!draw_pen(drawn_on, i, canvas->eraser, &move))
            continue;
        bool down = move.kind == PEN_DOWN;
        bool filed = down && teaching_filed(&app->teaching, canvas, &app->store) >= 0;
        if (down)
            teaching_forget_redo(&app->teaching, canvas);
        canvas_pen(canvas, &move, (float)app->settings.brush, filed);
    }
    if (pad->count > 0 && app->unlogged.moved == 0)
        app->unlogged.moved = pad->moves[0].microseconds;
}

/* A digit of a file of strokes, as large as the rule makes it, on an empty canvas. */
static void draw_digit(struct app *app, const char *path, double number)
{
    struct err err;
    struct unipen *file = unipen_load(path, &err);
    if (!file || number >= file->count || file->digits[(uint32_t)number].ink.stroke_count == 0) {
        if (file)
            err_set(&err, _("%s has no strokes of a digit %.0f; it holds %u, counted from 0."),
                    files_name(path), number, file->count);
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
    } else {
        teaching_forget_redo(&app->teaching, &app->canvas);
        canvas_draw(&app->canvas, &file->digits[(uint32_t)number].ink);
    }
    unipen_free(file);
}

/* On the view of suspects it is a correction that is undone (does.c). */
static void undo(struct app *app)
{
    if (app->view == APP_INSPECT && app->inspect_part == INSPECT_IMAGES)
        suspecting_undo(&app->suspecting);
    else if (!teaching_undo(&app->teaching, &app->canvas, &app->store))
        canvas_undo(&app->canvas);
}

static void redo(struct app *app)
{
    if (!teaching_redo(&app->teaching, &app->canvas, &app->store))
        canvas_redo(&app->canvas);
}

/* Whoever does not see the steps must not be read without one of them. */
static void turn_steps(struct app *app)
{
    app->steps_open = !app->steps_open;
    canvas_set_steps(&app->canvas, FIT_ALL);
}

static void set_brush(struct app *app, double brush)
{
    app->settings.brush = fmin(fmax(brush, BRUSH_MIN), BRUSH_MAX);
}

bool do_on_canvas(struct app *app, const struct action *action)
{
    static const double brush_step = 0.25;
    struct canvas *canvas = &app->canvas;
    int number = (int)action->number;
    switch (action->kind) {
    case ACT_PEN: follow_pen(app); break;
    case ACT_DRAW: draw_digit(app, action->text, action->number); break;
    case ACT_CLEAR: canvas_clear(canvas); break;
    case ACT_UNDO: undo(app); break;
    case ACT_REDO: redo(app); break;
    case ACT_ERASER: canvas->eraser = !canvas->eraser; break;
    case ACT_BRUSH: set_brush(app, action->number); break;
    case ACT_THICKER: set_brush(app, app->settings.brush + brush_step); break;
    case ACT_THINNER: set_brush(app, app->settings.brush - brush_step); break;
    case ACT_PICTURE: canvas_open_picture(canvas, action->text); break;
    case ACT_STEPS: turn_steps(app); break;
    case ACT_STEP: canvas_set_steps(canvas, canvas->steps ^ (unsigned)number); break;
    case ACT_STEPS_ALL: canvas_set_steps(canvas, FIT_ALL); break;
    case ACT_TEACH: teaching_file(&app->teaching, canvas, &app->store, number); break;
    default: return false;
    }
    return true;
}

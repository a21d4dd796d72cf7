/* SPDX-License-Identifier: MIT */
/* canvas.c -- from the pen to the answer. */
#include "app/state/canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/shell/state.h"
#include "app/tell/log.h"
#include "base/clock.h"
#include "eval/verdict.h"
#include "ink/drawing.h"
#include "ink/plane.h"
#include "ink/stroke.h"
#include "model/model.h"
#include "train/rule.h"

/* ---- the log ------------------------------------------------------------------------------------
 */

static void log_steps(const struct app *app)
{
    unsigned on = app->canvas.steps;
    log_event(&app->log,
              json_pack("{s:s, s:b, s:b, s:b, s:b}", "event", "steps", "box",
                        (int)(on & FIT_TIGHT) != 0, "square", (int)(on & FIT_SQUARE) != 0, "twenty",
                        (int)(on & FIT_TWENTY) != 0, "mass", (int)(on & FIT_MASS) != 0));
}

enum { SHOWN_SIDE_MAX = 448 }; /* pixels of a side that a picture is shown with */

static const struct ink_box paper = {0, 0, CANVAS_CELLS, CANVAS_CELLS};

bool canvas_start(struct app *app, struct err *err)
{
    app->canvas.drawing = drawing_new(err);
    app->canvas.stale = true;
    app->canvas.steps = FIT_ALL;
    return app->canvas.drawing != NULL;
}

void canvas_free(struct app *app)
{
    drawing_free(app->canvas.drawing);
    free(app->canvas.picture.pixels);
    free(app->canvas.picture.grey.pixels);
    app->canvas = (struct canvas){0};
}

static void drop_picture(struct canvas *canvas)
{
    free(canvas->picture.pixels);
    free(canvas->picture.grey.pixels);
    canvas->picture = (struct picture_shown){0};
    canvas->stale = true;
}

/* ---- the pen --------------------------------------------------------------------------------- */

static void begin_gesture(struct app *app, enum ui_button button, struct ink_point at)
{
    struct canvas *canvas = &app->canvas;
    struct err err;
    bool erase = button == UI_BUTTON_RIGHT || (button == UI_BUTTON_LEFT && canvas->eraser);
    if (button != UI_BUTTON_LEFT && !erase)
        return;
    canvas->pen = at;
    bool filed = my_digits_filed(app) >= 0; /* then the next digit begins */
    my_digits_forget_redo(app);
    if (canvas->picture.any)
        drop_picture(canvas);
    else if (filed && !erase)
        drawing_clear(canvas->drawing, NULL);
    bool done = erase ? drawing_begin_erasing(canvas->drawing, at.x, at.y,
                                              (float)app->settings.brush, &err)
                      : drawing_begin(canvas->drawing, at.x, at.y, &err);
    if (!done)
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

static void follow_pen(struct app *app, float x, float y)
{
    struct canvas *canvas = &app->canvas;
    struct err err;
    if (drawing_move(canvas->drawing, x, y, &err))
        return;
    drawing_end(canvas->drawing); /* the sentence is said once, not for each point */
    notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

static bool same_point(struct ink_point a, struct ink_point b)
{
    return a.x == b.x && a.y == b.y;
}

/* The pen moves from where it was to `to`; what lies beside the canvas leaves nothing there, and
 * where it comes back another stroke begins. */
static void move_pen(struct app *app, struct ink_point to)
{
    struct drawing *drawing = app->canvas.drawing;
    const struct ink_point from = app->canvas.pen;
    struct ink_point a = from, b = to;
    app->canvas.pen = to;
    bool met = ink_clip_line(&paper, &a, &b);
    if (!met || (same_point(a, b) && !same_point(from, to))) {
        drawing_lift(drawing);
        return;
    }
    if (!same_point(a, from)) {
        drawing_lift(drawing);
        follow_pen(app, a.x, a.y);
    }
    follow_pen(app, b.x, b.y);
    if (!same_point(b, to))
        drawing_lift(drawing);
}

void canvas_pen(struct app *app)
{
    const struct ui_pad *pad = &app->draw.pad;
    struct ui_rect at = app->draw.canvas;
    for (int i = 0; i < pad->count; i++) {
        const struct ui_move *move = &pad->moves[i];
        struct ink_point to = {(move->x - at.x) / at.w * CANVAS_CELLS,
                               (move->y - at.y) / at.h * CANVAS_CELLS};
        if (move->kind == UI_PRESS)
            begin_gesture(app, move->button, to);
        else if (drawing_active(app->canvas.drawing))
            move_pen(app, to);
        if (move->kind == UI_RELEASE)
            drawing_end(app->canvas.drawing);
    }
    if (pad->count > 0 && app->unlogged.moved == 0)
        app->unlogged.moved = pad->moves[0].microseconds;
}

/* ---- its history ----------------------------------------------------------------------------- */

bool canvas_is_empty(const struct app *app)
{
    return !app->canvas.picture.any && drawing_ink(app->canvas.drawing)->stroke_count == 0;
}

bool canvas_can_undo(const struct app *app)
{
    return app->canvas.picture.any || drawing_can_undo(app->canvas.drawing) ||
           my_digits_can_undo_teaching(app);
}

void canvas_clear(struct app *app)
{
    struct err err;
    if (app->canvas.picture.any)
        drop_picture(&app->canvas);
    else if (!drawing_clear(app->canvas.drawing, &err))
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

bool canvas_can_redo(const struct app *app)
{
    return !app->canvas.picture.any && (drawing_can_redo(app->canvas.drawing) ||
                                        my_digits_can_redo_teaching(app));
}

void canvas_undo(struct app *app)
{
    struct canvas *canvas = &app->canvas;
    if (my_digits_undo_teaching(app))
        return;
    bool strokes_return = !canvas->picture.any || canvas->picture.cleared;
    if (canvas->picture.any)
        drop_picture(canvas);
    if (strokes_return)
        drawing_undo(canvas->drawing);
}

void canvas_redo(struct app *app)
{
    if (!my_digits_redo_teaching(app) && !app->canvas.picture.any)
        drawing_redo(app->canvas.drawing);
}

/* ---- pictures -------------------------------------------------------------------------------- */

/* The picture for the screen: small enough, and ink light on dark as on the canvas. */
static bool show_picture(struct picture_shown *shown, const struct app_grey *grey, bool invert,
                         struct err *err)
{
    int side = grey->rows > grey->cols ? grey->rows : grey->cols;
    int factor = (side + SHOWN_SIDE_MAX - 1) / SHOWN_SIDE_MAX;
    struct plane small = {(grey->rows + factor - 1) / factor, (grey->cols + factor - 1) / factor,
                          NULL};
    size_t count = (size_t)small.rows * (size_t)small.cols;
    uint32_t *pixels = malloc(count * sizeof *pixels);
    small.grey = malloc(count * sizeof *small.grey);
    if (!pixels || !small.grey) {
        free(pixels);
        free(small.grey);
        return err_memory(err, "the picture");
    }
    fit_shrink(grey->pixels, grey->rows, grey->cols, grey->cols, factor, &small);
    for (size_t i = 0; i < count; i++) {
        uint32_t value = (uint32_t)small.grey[i];
        pixels[i] = (invert ? 255 - value : value) * 0x01010100u | 0xffu;
    }
    free(small.grey);
    *shown = (struct picture_shown){
        .any = true, .rows = small.rows, .cols = small.cols, .pixels = pixels};
    return true;
}

/* Takes what was read of the file over onto the canvas, and where it succeeds `grey` with it. */
static bool place_picture(struct app *app, struct app_grey *grey, struct err *err)
{
    struct canvas *canvas = &app->canvas;
    struct picture_shown shown;
    struct ink_fit fit;
    double start = clock_seconds();
    if (!ink_fit_picture(grey->pixels, grey->rows, grey->cols, grey->cols, &fit, err))
        return false;
    double end = clock_seconds();
    if (!show_picture(&shown, grey, fit.dark_on_light, err))
        return false;
    shown.cleared = canvas->picture.any ? canvas->picture.cleared : !canvas_is_empty(app);
    if (canvas->picture.any)
        drop_picture(canvas);
    drawing_clear(canvas->drawing, NULL);
    canvas->picture = shown;
    canvas->picture.grey = *grey;
    canvas->picture.fit = fit;
    canvas->picture.number = ++canvas->pictures;
    *grey = (struct app_grey){0};
    canvas->fit_microseconds = 1e6 * (end - start);
    canvas->stale = true;
    return true;
}

void canvas_open_picture(struct app *app, const char *path)
{
    struct app_grey grey = {0};
    struct err err;
    if (!app->host.load_picture)
        notices_say(&app->notices, NOTICE_TROUBLE, "%s: pictures cannot be read here.",
                    files_name(path));
    else if (!app->host.load_picture(app->host.user, path, &grey, &err) ||
             !place_picture(app, &grey, &err))
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
    else if (!app->canvas.picture.fit.any)
        notices_say(&app->notices, NOTICE_TROUBLE,
                    "There is no ink to be found in %s; a picture should show one "
                    "digit on even paper.",
                    files_name(path));
    else if (app->canvas.picture.fit.several)
        notices_say(&app->notices, NOTICE_TROUBLE,
                    "There is more than one digit in %s; the largest was read. "
                    "Cut the picture down to one.",
                    files_name(path));
    free(grey.pixels);
}

/* ---- reading --------------------------------------------------------------------------------- */

static bool is_read(const struct app *app, uint64_t weights)
{
    const struct canvas *canvas = &app->canvas;
    return !canvas->stale && canvas->read_weights == weights &&
           canvas->read_changes == drawing_changes(canvas->drawing);
}

static void fit_strokes(struct canvas *canvas)
{
    const struct ink *ink = drawing_ink(canvas->drawing);
    double start = clock_seconds();
    if (canvas->steps == FIT_ALL)
        ink_fit(ink, &canvas->fit);
    else
        ink_fit_steps(ink, paper, canvas->steps, &canvas->fit);
    canvas->fit_microseconds = 1e6 * (clock_seconds() - start);
}

/* By the whole rule it is fitted already. Without memory for another way that one stays. */
static void fit_picture(struct canvas *canvas)
{
    const struct picture_shown *shown = &canvas->picture;
    struct ink_fit fit;
    canvas->fit = shown->fit;
    if (canvas->steps != FIT_ALL &&
        ink_fit_picture_steps(shown->grey.pixels, shown->grey.rows, shown->grey.cols,
                              shown->grey.cols, canvas->steps, &fit, NULL))
        canvas->fit = fit;
}

void canvas_set_steps(struct app *app, unsigned steps)
{
    if (steps == app->canvas.steps)
        return;
    app->canvas.steps = steps;
    app->canvas.stale = true;
    log_steps(app);
}

/* Of whose weights read: the run's newest, or else those of the model in use. */
static void tell_slow(struct app *app, bool newest)
{
    const struct models *models = &app->models;
    double seconds = app->canvas.answer.microseconds / 1e6;
    uint64_t *told = newest ? &app->canvas.told_slow_run : &app->canvas.told_slow;
    uint64_t number = newest ? app->training.number : models->number;
    char title[RECIPE_TITLE_MAX];
    if (seconds < VERDICT_SLOW_SECONDS || *told == number)
        return;
    *told = number;
    notices_say_about(&app->notices, NOTICE_MODEL, NOTICE_TROUBLE,
                      "%s takes %.1f s to read a drawing, and the window waits for it.",
                      newest ? recipe_title(&app->training.view.recipe, title)
                             : model_name(models->current),
                      seconds);
    if (!newest && models->before)
        notices_offer(&app->notices, "Go back", ACT_MODEL_BACK);
}

bool canvas_read(struct app *app)
{
    struct canvas *canvas = &app->canvas;
    const struct nn *net = app_net(app);
    bool newest = app->models.current == NULL || net != app->models.current->net;
    uint64_t weights = newest && net ? app->training.view.weights : 0;
    struct err err;
    if (is_read(app, weights))
        return false;
    bool redrawn = canvas->stale || canvas->read_changes != drawing_changes(canvas->drawing);
    if (redrawn)
        (canvas->picture.any ? fit_picture : fit_strokes)(canvas);
    canvas->stale = false;
    canvas->read_weights = weights;
    canvas->read_changes = drawing_changes(canvas->drawing);
    bool before = canvas->answer.any;
    canvas->answer = (struct answer){0};
    struct verdict_rule rule = newest ? verdict_usual : rule_read(&app->models.current->record);
    uint64_t version = newest ? weights : app->models.number;
    if (net && !reader_read(app->reader, net, version, &rule, &canvas->fit, &canvas->answer, &err))
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
    if (canvas->answer.any)
        tell_slow(app, newest);
    canvas->answer.guess =
        canvas->answer.any && (newest || rule_guesses(&app->models.current->record));
    if (canvas->answer.guess)
        canvas->answer.verdict = verdict_of_guess(canvas->answer.verdict);
    if (canvas->fit.several) /* of which it is not known which one is meant */
        canvas->answer.verdict = VERDICT_NO_DIGIT;
    canvas->answer.microseconds += canvas->fit_microseconds;
    app->unlogged.prediction |= before || canvas->answer.any;
    return true;
}

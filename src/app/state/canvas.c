/* SPDX-License-Identifier: MIT */
/* canvas.c -- from the pen to the answer. */
#include "app/state/canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/tell/log.h"
#include "app/tell/notice.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/language.h"
#include "eval/verdict.h"
#include "ink/drawing.h"
#include "ink/plane.h"
#include "ink/stroke.h"

enum { SHOWN_SIDE_MAX = 448 }; /* pixels of a side that a picture is shown with */

static const struct ink_box paper = {0, 0, CANVAS_CELLS, CANVAS_CELLS};

bool canvas_begin(struct canvas *canvas, const struct canvas_means *means, struct err *err)
{
    canvas->means = *means;
    canvas->drawing = drawing_new(err);
    canvas->steps = FIT_ALL;
    return canvas->drawing != NULL;
}

static void drop_picture(struct canvas *canvas)
{
    free(canvas->picture.pixels);
    free(canvas->picture.grey.pixels);
    canvas->picture = (struct picture_shown){0};
}

void canvas_end(struct canvas *canvas)
{
    drawing_free(canvas->drawing);
    drop_picture(canvas);
    *canvas = (struct canvas){0};
}

static void say_trouble(struct canvas *canvas, const struct err *err)
{
    notices_say(canvas->means.notices, NOTICE_TROUBLE, "%s", err->text);
}

/* ---- the pen --------------------------------------------------------------------------------- */

static void begin_gesture(struct canvas *canvas, const struct pen_move *move, float brush,
                          bool anew)
{
    struct err err;
    struct ink_point at = move->at;
    canvas->pen = at;
    if (canvas->picture.any)
        drop_picture(canvas);
    else if (anew && !move->erase)
        drawing_clear(canvas->drawing, NULL);
    bool done = move->erase ? drawing_begin_erasing(canvas->drawing, at.x, at.y, brush, &err)
                            : drawing_begin(canvas->drawing, at.x, at.y, &err);
    if (!done)
        say_trouble(canvas, &err);
}

static void follow_pen(struct canvas *canvas, float x, float y)
{
    struct err err;
    if (drawing_move(canvas->drawing, x, y, &err))
        return;
    drawing_end(canvas->drawing); /* the sentence is said once, not for each point */
    say_trouble(canvas, &err);
}

static bool same_point(struct ink_point a, struct ink_point b)
{
    return a.x == b.x && a.y == b.y;
}

/* The pen moves from where it was to `to`; what lies beside the canvas leaves nothing there, and
 * where it comes back another stroke begins. */
static void move_pen(struct canvas *canvas, struct ink_point to)
{
    const struct ink_point from = canvas->pen;
    struct ink_point a = from, b = to;
    canvas->pen = to;
    bool met = ink_clip_line(&paper, &a, &b);
    if (!met || (same_point(a, b) && !same_point(from, to))) {
        drawing_lift(canvas->drawing);
        return;
    }
    if (!same_point(a, from)) {
        drawing_lift(canvas->drawing);
        follow_pen(canvas, a.x, a.y);
    }
    follow_pen(canvas, b.x, b.y);
    if (!same_point(b, to))
        drawing_lift(canvas->drawing);
}

void canvas_pen(struct canvas *canvas, const struct pen_move *move, float brush, bool anew)
{
    if (move->kind == PEN_DOWN)
        begin_gesture(canvas, move, brush, anew);
    else if (drawing_active(canvas->drawing))
        move_pen(canvas, move->at);
    if (move->kind == PEN_UP)
        drawing_end(canvas->drawing);
}

void canvas_lift(struct canvas *canvas)
{
    drawing_end(canvas->drawing);
}

/* ---- its history ----------------------------------------------------------------------------- */

bool canvas_is_empty(const struct canvas *canvas)
{
    return !canvas->picture.any && drawing_ink(canvas->drawing)->stroke_count == 0;
}

bool canvas_can_undo(const struct canvas *canvas)
{
    return canvas->picture.any || drawing_can_undo(canvas->drawing);
}

bool canvas_can_redo(const struct canvas *canvas)
{
    return !canvas->picture.any && drawing_can_redo(canvas->drawing);
}

void canvas_clear(struct canvas *canvas)
{
    struct err err;
    if (canvas->picture.any)
        drop_picture(canvas);
    else if (!drawing_clear(canvas->drawing, &err))
        say_trouble(canvas, &err);
}

void canvas_undo(struct canvas *canvas)
{
    bool strokes_return = !canvas->picture.any || canvas->picture.cleared;
    if (canvas->picture.any)
        drop_picture(canvas);
    if (strokes_return)
        drawing_undo(canvas->drawing);
}

void canvas_redo(struct canvas *canvas)
{
    if (!canvas->picture.any)
        drawing_redo(canvas->drawing);
}

/* A dot has no sides: it is drawn in the middle. */
void canvas_draw(struct canvas *canvas, const struct ink *ink)
{
    const float middle = CANVAS_CELLS / 2.0f;
    struct ink_box box = {0};
    if (canvas->picture.any)
        drop_picture(canvas);
    canvas_clear(canvas);
    if (!ink_bounds(ink, &box))
        return;
    float side = fmaxf(box.x1 - box.x0, box.y1 - box.y0);
    float scale = side > 0 ? FIT_BOX / side : 1;
    for (uint32_t s = 0; s < ink->stroke_count; s++) {
        const struct ink_stroke *stroke = &ink->strokes[s];
        struct pen_move move = {.kind = PEN_DOWN};
        for (uint32_t i = 0; i < stroke->count; i++) {
            struct ink_point p = ink->points[stroke->at + i];
            move.at.x = middle + scale * (p.x - (box.x0 + box.x1) / 2);
            move.at.y = middle + scale * (p.y - (box.y0 + box.y1) / 2);
            canvas_pen(canvas, &move, 0, false);
            move.kind = PEN_ON;
        }
        canvas_lift(canvas);
    }
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
        return err_memory(err, _("the picture"));
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
static bool place_picture(struct canvas *canvas, struct app_grey *grey, struct err *err)
{
    struct picture_shown shown;
    struct ink_fit fit;
    double start = clock_seconds();
    if (!ink_fit_picture(grey->pixels, grey->rows, grey->cols, grey->cols, &fit, err))
        return false;
    double end = clock_seconds();
    if (!show_picture(&shown, grey, fit.dark_on_light, err))
        return false;
    shown.cleared = canvas->picture.any ? canvas->picture.cleared : !canvas_is_empty(canvas);
    if (canvas->picture.any)
        drop_picture(canvas);
    drawing_clear(canvas->drawing, NULL);
    canvas->picture = shown;
    canvas->picture.grey = *grey;
    canvas->picture.fit = fit;
    canvas->picture.number = ++canvas->pictures;
    *grey = (struct app_grey){0};
    canvas->fit_microseconds = 1e6 * (end - start);
    return true;
}

void canvas_open_picture(struct canvas *canvas, const char *path)
{
    const struct app_host *host = canvas->means.host;
    struct notices *notices = canvas->means.notices;
    struct app_grey grey = {0};
    struct err err;
    if (!host->load_picture)
        notices_say(notices, NOTICE_TROUBLE, _("%s: pictures cannot be read here."),
                    files_name(path));
    else if (!host->load_picture(host->user, path, &grey, &err) ||
             !place_picture(canvas, &grey, &err))
        notices_say(notices, NOTICE_TROUBLE, "%s", err.text);
    else if (!canvas->picture.fit.any)
        notices_say(notices, NOTICE_TROUBLE,
                    _("There is no ink to be found in %s; a picture should show one "
                      "digit on even paper."),
                    files_name(path));
    else if (canvas->picture.fit.several)
        notices_say(notices, NOTICE_TROUBLE,
                    _("There is more than one digit in %s; the largest was read. "
                      "Cut the picture down to one."),
                    files_name(path));
    free(grey.pixels);
}

void canvas_show_image(struct canvas *canvas, const uint8_t *pixels)
{
    struct app_grey grey = {FIT_SIZE, FIT_SIZE, malloc(FIT_LEN)};
    struct err err;
    if (grey.pixels)
        memcpy(grey.pixels, pixels, FIT_LEN);
    if (!grey.pixels || !place_picture(canvas, &grey, &err)) {
        notices_say(canvas->means.notices, NOTICE_TROUBLE, "%s",
                    grey.pixels ? err.text : _("There is no memory for the image."));
    } else { /* of the fit, its measures alone are of use */
        memcpy(canvas->picture.fit.pixels, pixels, FIT_LEN);
        canvas->picture.fit.several = false;
        canvas->picture.fit.any = true;
    }
    free(grey.pixels);
}

/* ---- reading --------------------------------------------------------------------------------- */

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

bool canvas_fit(const struct canvas *canvas, struct ink_fit *fit)
{
    if (canvas->picture.any)
        *fit = canvas->picture.fit;
    else
        ink_fit(drawing_ink(canvas->drawing), fit);
    return fit->any;
}

static void log_steps(const struct canvas *canvas)
{
    unsigned on = canvas->steps;
    log_event(canvas->means.log,
              json_pack("{s:s, s:b, s:b, s:b, s:b}", "event", "steps", "box",
                        (int)(on & FIT_TIGHT) != 0, "square", (int)(on & FIT_SQUARE) != 0, "twenty",
                        (int)(on & FIT_TWENTY) != 0, "mass", (int)(on & FIT_MASS) != 0));
}

void canvas_set_steps(struct canvas *canvas, unsigned steps)
{
    if (steps == canvas->steps)
        return;
    canvas->steps = steps;
    log_steps(canvas);
}

static struct reading_of find_reading(const struct canvas *canvas, const struct reading_by *by)
{
    return (struct reading_of){
        .changes = drawing_changes(canvas->drawing),
        .picture = canvas->picture.any ? canvas->picture.number : 0,
        .steps = canvas->steps,
        .model = by->model,
        .weights = by->weights,
    };
}

static bool same_picture(const struct reading_of *a, const struct reading_of *b)
{
    return a->changes == b->changes && a->picture == b->picture && a->steps == b->steps;
}

bool canvas_read(struct canvas *canvas, struct reader *reader, const struct reading_by *by)
{
    const struct reading_of now = find_reading(canvas, by), *last = &canvas->read;
    bool redrawn = !canvas->any_reading || !same_picture(&now, last);
    struct err err;
    if (!redrawn && now.model == last->model && now.weights == last->weights)
        return false;
    if (redrawn)
        (canvas->picture.any ? fit_picture : fit_strokes)(canvas);
    canvas->read = now;
    canvas->any_reading = true;
    canvas->answer = (struct answer){0};
    if (by->net && !reader_read(reader, by, &canvas->fit, &canvas->answer, &err))
        say_trouble(canvas, &err);
    if (canvas->fit.several) /* of which it is not known which one is meant */
        canvas->answer.verdict = VERDICT_NO_DIGIT;
    canvas->answer.microseconds += canvas->fit_microseconds;
    return true;
}

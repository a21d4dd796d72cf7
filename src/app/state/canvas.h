/* canvas.h -- what is drawn, and the answer to it. */
#ifndef APP_STATE_CANVAS_H
#define APP_STATE_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "app/host.h"
#include "app/state/reader.h"
#include "ink/fit.h"
#include "ink/stroke.h"

struct app;
struct drawing;
struct err;

/* A picture on the canvas in place of strokes. */
struct picture_shown {
    bool any;
    bool cleared; /* strokes were cleared away for it; undo brings them back */
    int rows, cols;
    uint32_t *pixels; /* [rows][cols], 0xRRGGBBAA, ink light on dark; a large one made smaller */
    struct app_grey grey; /* as it came from the file */
    struct ink_fit fit;   /* by the whole rule */
    uint64_t number;      /* from 1, up by one with each picture */
};

/* What is drawn and how it is read. */
struct canvas {
    struct drawing *drawing; /* in units of the grid (draw_view.h) */
    struct ink_point pen;    /* where it is while it draws or erases; beside the canvas, too */
    struct picture_shown picture;
    bool eraser;             /* the left button erases */
    uint64_t pictures;       /* that were ever shown */
    unsigned steps;          /* of the fit that are on: enum fit_step */
    struct ink_fit fit;      /* of drawing or picture, by those steps */
    double fit_microseconds; /* that the fit took */
    struct answer answer;
    uint64_t read_changes;  /* drawing_changes() when it was read last */
    uint64_t told_slow;     /* number of the model of which it was said that it reads slowly */
    uint64_t read_weights;  /* the snapshot it was read by; 0: the model in use */
    uint64_t told_slow_run; /* the same of a run, whose newest weights do */
    bool stale;             /* must be read again whatever these say */
};

bool canvas_start(struct app *app, struct err *err);
void canvas_free(struct app *app);

/* Applies what happened on the canvas in this frame (app->draw.pad). */
void canvas_pen(struct app *app);

/* Undo and redo go through strokes and filings (mine/my_digits.h) in the order in which they came.
 */
void canvas_clear(struct app *app);
void canvas_undo(struct app *app);
void canvas_redo(struct app *app);
bool canvas_can_undo(const struct app *app);
bool canvas_can_redo(const struct app *app);
bool canvas_is_empty(const struct app *app);

/* Puts a picture from a file on the canvas in place of what is drawn. Says what goes wrong. */
void canvas_open_picture(struct app *app, const char *path);

/* Which steps of the fit are taken: enum fit_step. */
void canvas_set_steps(struct app *app, unsigned steps);

/* Reads what is there if it, or the network, is not what was read last. True if it was read. Says,
 * once for each model and each run, that a reading took longer than a second. */
bool canvas_read(struct app *app);

#endif

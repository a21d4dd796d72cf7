/* canvas.h -- what is drawn, and the answer to it.
 *
 * It knows no network: who reads comes with each reading (struct reading_by), and what was read
 * last is compared by numbers, so that nobody has to say that something is stale.
 */
#ifndef APP_STATE_CANVAS_H
#define APP_STATE_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "app/host.h"
#include "app/state/reader.h"
#include "ink/fit.h"
#include "ink/stroke.h"

struct drawing;
struct err;
struct log;
struct notices;

enum { CANVAS_CELLS = 28 }; /* the canvas is 28 x 28 units, one for each cell of its grid */

/* ---- the pen --------------------------------------------------------------------------------- */

enum pen_kind { PEN_DOWN, PEN_ON, PEN_UP };

/* One sample of the pen, in cells of the grid; beside the canvas, too, while it is down. */
struct pen_move {
    enum pen_kind kind;
    bool erase;
    struct ink_point at;
};

/* ---- what is there --------------------------------------------------------------------------- */

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

/* What a reading went by: where any of it differs, what is there is read again. */
struct reading_of {
    uint64_t changes; /* drawing_changes() */
    uint64_t picture; /* its number; 0: strokes */
    unsigned steps;
    uint64_t model, weights; /* of struct reading_by */
};

/* What it needs of the rest of the program; all outlives it. */
struct canvas_means {
    const struct app_host *host; /* loads pictures */
    const struct log *log;
    struct notices *notices;
};

/* What is drawn and how it is read. */
struct canvas {
    struct canvas_means means;
    struct drawing *drawing; /* in cells of the grid */
    struct ink_point pen;    /* where it is while it draws or erases; beside the canvas, too */
    struct picture_shown picture;
    bool eraser;             /* the left button erases */
    uint64_t pictures;       /* that were ever shown */
    unsigned steps;          /* of the fit that are on: enum fit_step */
    struct ink_fit fit;      /* of drawing or picture, by those steps */
    double fit_microseconds; /* that the fit took */
    struct answer answer;
    bool any_reading;
    struct reading_of read; /* what the answer goes by */
};

bool canvas_begin(struct canvas *canvas, const struct canvas_means *means, struct err *err);
void canvas_end(struct canvas *canvas); /* frees what it holds */

/* Follows the pen. `brush` is how wide it erases, in cells; `anew`: what is there is done with, and
 * the first ink of another stroke replaces it. */
void canvas_pen(struct canvas *canvas, const struct pen_move *move, float brush, bool anew);

/* The pen cannot go on: its gesture ends where it is. */
void canvas_lift(struct canvas *canvas);

/* Clears the canvas and draws a copy of the ink there as the pen would, in the middle, its longer
 * side as long as that of MNIST's digits. */
void canvas_draw(struct canvas *canvas, const struct ink *ink);

/* The history of strokes and pictures. */
void canvas_clear(struct canvas *canvas);
void canvas_undo(struct canvas *canvas);
void canvas_redo(struct canvas *canvas);
bool canvas_can_undo(const struct canvas *canvas);
bool canvas_can_redo(const struct canvas *canvas);
bool canvas_is_empty(const struct canvas *canvas);

/* Puts a picture from a file on the canvas in place of what is drawn. Says what goes wrong. */
void canvas_open_picture(struct canvas *canvas, const char *path);

/* Puts an image of a set there, 28x28, 0 paper to 255 ink, which the network sees as it is. Says
 * what goes wrong. */
void canvas_show_image(struct canvas *canvas, const uint8_t *pixels);

/* What is there as the whole rule makes it, whichever of its steps are switched off. False where
 * there is no ink. */
bool canvas_fit(const struct canvas *canvas, struct ink_fit *fit);

/* Which steps of the fit are taken: enum fit_step. */
void canvas_set_steps(struct canvas *canvas, unsigned steps);

/* ---- reading --------------------------------------------------------------------------------- */

/* Reads what is there if it, or who reads, is not what was read last. True if it was read. */
bool canvas_read(struct canvas *canvas, struct reader *reader, const struct reading_by *by);

#endif

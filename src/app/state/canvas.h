/* canvas.h -- what is drawn, and the answer to it. */
#ifndef APP_STATE_CANVAS_H
#define APP_STATE_CANVAS_H

#include <stdbool.h>

struct app;
struct err;

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

/* train_view.h -- the Train view: the form of the next recipe, and the curves. */
#ifndef APP_TRAIN_TRAIN_VIEW_H
#define APP_TRAIN_TRAIN_VIEW_H

#include <stdbool.h>

#include "ui/shape.h"

struct actions;
struct app;
struct err;
struct recipe;
struct train_view;
struct ui;

/* The view's own state: the recipe that is being edited, texts of fields, what is scrolled. */
struct train_view *train_view_new(struct err *err);
void train_view_free(struct train_view *view); /* NULL is fine */

/* Lays the view out in `rect`, which is all between the top bar and the dock. ACT_START carries the
 * recipe of the form; its control is "start", and is off while training_busy(). Pausing and
 * stopping are the dock's ("pause", "stop": no two controls of a frame share a name), and so are
 * progress, speed and the trainer's troubles. What may change on the way (the learning rate) asks
 * by ACT_RATE. */
void train_view_show(struct train_view *view, const struct app *app, struct ui *ui,
                     struct ui_rect rect, struct actions *actions);

/* The recipe that Start would train by, whichever view is shown; it belongs to the view. NULL with
 * the sentence that says what is wrong with the form. */
const struct recipe *train_view_recipe(const struct train_view *view, struct err *err);

/* Which curves leave the window, and how. */
enum train_export { TRAIN_EXPORT_PNG, TRAIN_EXPORT_CSV };

/* Writes the curves of the run (and the one before) to a file: PNG through the host's save_picture,
 * CSV by export_csv_file. */
bool train_view_export(struct train_view *view, const struct app *app, enum train_export what,
                       const char *path, struct err *err);

#endif

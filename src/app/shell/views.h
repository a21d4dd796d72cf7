/* views.h -- a row a view: what it is shown, and what begins with it. */
#ifndef APP_SHELL_VIEWS_H
#define APP_SHELL_VIEWS_H

#include "ui/layout.h"

struct actions;
struct app;
struct canvas_pad;

/* Fills what the view of now is shown, and lets it lay itself out in `rect`. */
void views_show(struct app *app, struct ui_rect rect, struct actions *actions);

/* The view of now was not shown before, or a while ago. */
void views_enter(struct app *app);

/* The canvas of the view of now; in a view without one it lies nowhere, and nothing is drawn. */
struct canvas_pad *views_pad(struct app *app);

/* Frees what the views hold. */
void views_end(struct app *app);

#endif

/* drops.h -- what was dropped on the window: a model, a picture, or a folder of data. */
#ifndef APP_SHELL_DROPS_H
#define APP_SHELL_DROPS_H

struct actions;
struct app;
struct ui_input;

void drops_take(struct app *app, const struct ui_input *input, struct actions *actions);

#endif

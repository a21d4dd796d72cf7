/* bars.h -- what frames the views, and lies over them: filled with what it is shown. */
#ifndef APP_SHELL_BARS_H
#define APP_SHELL_BARS_H

#include "ui/layout.h"

struct actions;
struct app;

void bars_show_top(const struct app *app, struct ui_rect rect, struct actions *actions);
void bars_show_dock(const struct app *app, struct ui_rect rect, struct actions *actions);

/* The sentence over `window`. */
void bars_show_notice(struct app *app, struct ui_rect window, struct actions *actions);

#endif

/* frame.h -- what frames every view: the top bar and the dock.
 *
 * Each lays itself out in `rect` and adds what was asked for to `actions`.
 */
#ifndef APP_FRAME_FRAME_H
#define APP_FRAME_FRAME_H

#include "ui/layout.h"

struct actions;
struct app;
struct ui;

enum { TOP_BAR_HEIGHT = 52, DOCK_HEIGHT = 72 };

void top_bar_show(const struct app *app, struct ui *ui, struct ui_rect rect,
                  struct actions *actions);
void dock_show(const struct app *app, struct ui *ui, struct ui_rect rect, struct actions *actions);

#endif

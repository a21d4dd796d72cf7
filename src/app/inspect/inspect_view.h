/* inspect_view.h -- the Inspect view in two parts: what the network that reads makes of this
 * drawing; and a model read over all the images of a set, whom it takes for whom, and the images
 * themselves. */
#ifndef APP_INSPECT_INSPECT_VIEW_H
#define APP_INSPECT_INSPECT_VIEW_H

#include "app/inspect/drawing_part.h"
#include "app/inspect/matrix_card.h"
#include "app/inspect/wall_card.h"
#include "ui/layout.h"

struct actions;
struct inspect_shown;
struct ui;

/* The view's own state. From zeros. */
struct inspect_view {
    struct matrix_view matrix;
    struct drawing_part drawing;
    struct wall_view wall;
    float scroll;
};

void inspect_view_clear(struct inspect_view *view); /* frees what it holds */

void inspect_view_show(struct inspect_view *view, const struct inspect_shown *shown, struct ui *ui,
                       struct ui_rect rect, struct actions *actions);

#endif

/* inspect_view.h -- the Inspect view in three parts: what the network that reads makes of this
 * drawing; a model read over all the images of a set; and the map of what its last hidden layer
 * makes of them.
 */
#ifndef APP_INSPECT_INSPECT_VIEW_H
#define APP_INSPECT_INSPECT_VIEW_H

#include "app/inspect/drawing_part.h"
#include "app/inspect/images_part.h"
#include "app/inspect/map_part.h"
#include "ui/layout.h"

struct actions;
struct inspect_shown;
struct ui;

/* The view's own state. From zeros. */
struct inspect_view {
    struct drawing_part drawing;
    struct images_part images;
    struct map_part map;
    struct ui_rect at; /* where the part was shown that is on show */
};

void inspect_view_clear(struct inspect_view *view); /* frees what it holds */

void inspect_view_show(struct inspect_view *view, const struct inspect_shown *shown, struct ui *ui,
                       struct ui_rect rect, struct actions *actions);

#endif

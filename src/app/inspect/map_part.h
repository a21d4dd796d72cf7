/* map_part.h -- the map: some thousand images laid out by what the last hidden layer makes of them,
 * and the drawing among them, which moves as it is drawn. */
#ifndef APP_INSPECT_MAP_PART_H
#define APP_INSPECT_MAP_PART_H

#include "app/inspect/map_picture.h"
#include "app/widget/canvas_pad.h"
#include "app/widget/digit_picture.h"
#include "ui/layout.h"

struct actions;
struct inspect_shown;
struct ui;

/* From zeros. */
struct map_part {
    struct canvas_pad canvas;
    struct map_picture picture;
    struct pixels beside; /* of the image under the pointer */
    float scroll;
};

void map_part_clear(struct map_part *part); /* frees what it holds */

/* above: the row over it, in which the layout is chosen. */
void map_part_show(struct map_part *part, const struct inspect_shown *shown, struct ui *ui,
                   struct ui_rect rect, struct ui_rect above, struct actions *actions);

#endif

/* drawing_part.h -- this drawing: the network that reads, drawn whole, and beside it one neuron in
 * full, or why the answer is as it is.
 */
#ifndef APP_INSPECT_DRAWING_PART_H
#define APP_INSPECT_DRAWING_PART_H

#include "app/inspect/network_card.h"
#include "app/inspect/neuron_card.h"
#include "app/widget/canvas_pad.h"
#include "app/widget/digit_picture.h"
#include "ui/layout.h"

struct actions;
struct inspect_shown;
struct ui;

/* From zeros. */
struct drawing_part {
    struct canvas_pad canvas;
    struct network_view network;
    struct neuron_view neuron;
    struct pixels beside; /* of another card beside the network */
    float scroll;
};

void drawing_part_clear(struct drawing_part *part); /* frees what it holds */

/* `above`: the row over it, at whose right end there is room. */
void drawing_part_show(struct drawing_part *part, const struct inspect_shown *shown, struct ui *ui,
                       struct ui_rect rect, struct ui_rect above, struct actions *actions);

#endif

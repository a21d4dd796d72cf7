/* neuron_card.h -- one neuron in full: its weights as a picture, the sum written out, what the
 * activation makes of it; and any of its weights to be changed by dragging.
 */
#ifndef APP_INSPECT_NEURON_CARD_H
#define APP_INSPECT_NEURON_CARD_H

#include <stdbool.h>

#include "app/inspect/weight_row.h"
#include "app/widget/digit_picture.h"
#include "ui/layout.h"

struct actions;
struct inspect_shown;
struct ui;

/* From zeros. */
struct neuron_view {
    struct pixels pixels; /* held until they are painted */
    struct weight_choice weight;
};

void neuron_view_clear(struct neuron_view *view); /* frees what it holds */

float neuron_card_height(void);

/* True while a weight is dragged. */
bool neuron_card_show(struct neuron_view *view, const struct inspect_shown *shown, struct ui *ui,
                      struct ui_rect rect, struct actions *actions);

#endif

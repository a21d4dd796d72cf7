/* layer_card.h -- what the first layer makes of the drawing, live: a tile for each filter or
 * neuron. */
#ifndef APP_LAYER_CARD_H
#define APP_LAYER_CARD_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/layout.h"

struct app;
struct ui;

/* `folded` is a part of another card rather than one of its own. Fills `pixels`, which has room for
 * all values of reader_first_layer() and must live until the frame is painted; NULL: no tiles. */
void layer_card_show(const struct app *app, struct ui *ui, struct ui_rect rect, bool folded,
                     uint32_t *pixels);

#endif

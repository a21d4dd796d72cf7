/* neuron_card.h -- one neuron in full: its weights as a picture, the sum written out, and what the
 * activation makes of it.
 */
#ifndef APP_INSPECT_NEURON_CARD_H
#define APP_INSPECT_NEURON_CARD_H

#include "app/widget/digit_picture.h"
#include "ui/layout.h"

struct activations;
struct neuron_sum;
struct ui;

float neuron_card_height(void);

/* `pixels` holds its pictures until they are painted. */
void neuron_card_show(struct pixels *pixels, const struct activations *activations,
                      const struct neuron_sum *sum, struct ui *ui, struct ui_rect rect);

#endif

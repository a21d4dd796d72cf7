/* network_card.h -- the network that reads, drawn whole: the picture, every layer after it, the
 * weights between its neurons as lines, and the ten outputs as they are.
 */
#ifndef APP_INSPECT_NETWORK_CARD_H
#define APP_INSPECT_NETWORK_CARD_H

#include "app/inspect/network_layer.h"
#include "app/widget/digit_picture.h"
#include "nn/nn.h"
#include "ui/layout.h"

struct actions;
struct activations;
struct canvas_pad;
struct inspect_shown;
struct ui;

/* From zeros. */
struct network_view {
    struct neuron_choice choice;
    int lines;                /* how many are drawn: an item of the choice */
    int first[NN_LAYERS_MAX]; /* of the neurons or maps of a layer, which goes in pages */
    struct pixels pixels;
    char words[NN_WORDS_MAX]; /* of the network that the choice was made in */
};

void network_view_clear(struct network_view *view); /* frees what it holds */

/* Until a neuron is chosen by hand it is the answer's own; before activations_sum() and the card.
 */
void network_view_settle(struct network_view *view, const struct activations *activations);

float network_card_height(void); /* that it needs at least */

/* With the canvas, so that a stroke is seen on its way. */
void network_card_show(struct network_view *view, struct canvas_pad *canvas,
                       const struct inspect_shown *shown, struct ui *ui, struct ui_rect rect,
                       struct actions *actions);

#endif

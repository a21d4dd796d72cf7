/* network_layer.h -- one layer of the network as it is drawn: neurons as circles, the maps of a
 * convolution as pictures, in pages where they do not all fit.
 */
#ifndef APP_INSPECT_NETWORK_LAYER_H
#define APP_INSPECT_NETWORK_LAYER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/layout.h"

struct activations;
struct ui;

/* The neuron that is shown in full. */
struct neuron_choice {
    int layer, place;
    bool by_hand; /* else it is the answer's own */
};

struct point {
    float x, y;
};

/* Where it lies. */
struct layer_place {
    int layer;
    bool neurons, output; /* neurons, else maps; with the digits and their values beside them */
    struct ui_rect head;  /* its words */
    struct ui_rect body, foot;
    int first, shown, total; /* neurons or maps: those from first on are on show */
    int most;                /* that a page holds */
    int columns;
    float step;         /* from one to the next */
    float side, radius; /* of a map; of a neuron */
    int *page;          /* the view's own */
};

struct layer_place layer_lay(const struct activations *activations, int layer, bool output,
                             struct ui_rect rect, int *page);

/* The middle of a neuron. False where it is on another page. */
bool layer_point(const struct layer_place *place, int neuron, struct point *point);

/* How many pixels the maps of all layers need. */
size_t layer_pixels(const struct activations *activations);

/* Shows it, and takes note of what is chosen. Returns the pixels that are left. */
uint32_t *layer_show(struct neuron_choice *choice, const struct activations *activations,
                     const struct layer_place *place, struct ui *ui, uint32_t *pixels);

#endif

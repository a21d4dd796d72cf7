/* weight_row.h -- a weight of the neuron on show, or its bias, that can be changed by dragging. */
#ifndef APP_INSPECT_WEIGHT_ROW_H
#define APP_INSPECT_WEIGHT_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/layout.h"

struct actions;
struct activations;
struct neuron_sum;
struct ui;

/* The weight that is chosen. From zeros. */
struct weight_choice {
    bool any;
    int layer, place; /* of the neuron, */
    int from;         /* its input, or WEIGHT_BIAS */
    double range;     /* how far the slider goes to both sides */
    char text[80];    /* of the action that changes it */
};

/* Another neuron begins with its largest term. */
void weight_choice_settle(struct weight_choice *choice, const struct neuron_sum *sum);
void weight_choose(struct weight_choice *choice, const struct neuron_sum *sum, int from);

/* What an input of the neuron is called: "pixel 16, 8", "neuron 4", "map 2 at 3, 3". */
void weight_write_input(const struct activations *activations, int layer, int from, char *text,
                        size_t size);

/* The slider, in UI_ROW. True while it is dragged. */
bool weight_row_show(struct weight_choice *choice, const struct activations *activations,
                     const struct neuron_sum *sum, struct ui *ui, struct ui_rect rect,
                     struct actions *actions);

#endif

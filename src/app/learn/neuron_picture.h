/* neuron_picture.h -- what one hidden neuron looks for: its weights times the picture, the sum, and
 * all hidden neurons to choose from. Part of the flow picture. */
#ifndef APP_LEARN_NEURON_PICTURE_H
#define APP_LEARN_NEURON_PICTURE_H

#include "ui/layout.h"

struct flow_stage;
struct learn_asks;
struct ui;

void neuron_picture_show(const struct flow_stage *stage, struct learn_asks *asks, struct ui *ui,
                         struct ui_rect rect);

/* The picture that flows. */
void neuron_picture_input(const struct flow_stage *stage, struct ui *ui, struct ui_rect rect);

#endif

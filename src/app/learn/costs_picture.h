/* costs_picture.h -- the cost over many images: of each of them, and along a weight. Part of the
 * cost picture. */
#ifndef APP_LEARN_COSTS_PICTURE_H
#define APP_LEARN_COSTS_PICTURE_H

#include <stdint.h>

#include "ui/layout.h"

struct cost_stage;
struct costs_image;
struct learn_asks;
struct ui;

void costs_picture_many(const struct cost_stage *stage, struct learn_asks *asks, struct ui *ui,
                        struct ui_rect rect);
void costs_picture_weight(const struct cost_stage *stage, struct learn_asks *asks, struct ui *ui,
                          struct ui_rect rect);

/* The image that is looked at, and below it what it is read as. */
void costs_picture_image(const struct cost_stage *stage, struct ui *ui, struct ui_rect rect);

/* The ten outputs as upright bars, the wanted one marked. */
void costs_picture_bars(const struct costs_image *image, struct ui *ui, struct ui_rect rect);

#endif

/* digit_picture.h -- pixels that views hand to the painter, and a digit of 28x28 made of them. */
#ifndef APP_WIDGET_DIGIT_PICTURE_H
#define APP_WIDGET_DIGIT_PICTURE_H

#include <stddef.h>
#include <stdint.h>

#include "ui/layout.h"

struct ui;

/* As many as a frame needs: they must live until it is painted, and are kept for the next. */
struct pixels {
    uint32_t *items;
    size_t room;
};

/* Room for `count`; what was there is then anybody's. NULL where memory is short. */
uint32_t *pixels_take(struct pixels *pixels, size_t count);
void pixels_clear(struct pixels *pixels); /* frees them */

/* Ink on paper, in the colours of the theme. Fills pixels[FIT_LEN]; digit[FIT_LEN] is 0 for paper
 * to 255 for ink. */
void digit_picture_show(struct ui *ui, struct ui_rect rect, const uint8_t *digit, uint32_t *pixels);

#endif

/* value_picture.h -- a number for each pixel of a digit, as a picture: what speaks for and against.
 */
#ifndef APP_WIDGET_VALUE_PICTURE_H
#define APP_WIDGET_VALUE_PICTURE_H

#include <stdint.h>

#include "ui/layout.h"

struct ui;

/* The colours are those of value_color; the strongest of the values is what is strongest. Fills
 * pixels[FIT_LEN]; values[FIT_LEN]. */
void value_picture_show(struct ui *ui, struct ui_rect rect, const float *values, uint32_t *pixels);

#endif

/* SPDX-License-Identifier: MIT */
#include "app/widget/digit_picture.h"

#include <stdlib.h>

#include "ink/fit.h"
#include "ui/ui.h"

uint32_t *pixels_take(struct pixels *pixels, size_t count)
{
    if (count > pixels->room) {
        uint32_t *more = realloc(pixels->items, count * sizeof *more);
        if (!more)
            return NULL;
        pixels->items = more;
        pixels->room = count;
    }
    return pixels->items;
}

void pixels_clear(struct pixels *pixels)
{
    free(pixels->items);
    *pixels = (struct pixels){0};
}

void digit_picture_show(struct ui *ui, struct ui_rect rect, const uint8_t *digit, uint32_t *pixels)
{
    const struct ui_theme *theme = ui_theme(ui);
    for (int i = 0; i < FIT_LEN; i++)
        pixels[i] = ui_color_mix(theme->paper, theme->ink, (float)digit[i] / 255);
    struct ui_image image = {FIT_SIZE, FIT_SIZE, pixels, .smooth = false};
    ui_push_image(ui_shapes(ui), rect, image);
}

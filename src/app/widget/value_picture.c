/* SPDX-License-Identifier: MIT */
#include "app/widget/value_picture.h"

#include <math.h>

#include "app/widget/value_color.h"
#include "ink/fit.h"
#include "ui/ui.h"

void value_picture_show(struct ui *ui, struct ui_rect rect, const float *values, uint32_t *pixels)
{
    const struct ui_theme *theme = ui_theme(ui);
    float most = 0;
    for (int i = 0; i < FIT_LEN; i++)
        most = fmaxf(most, fabsf(values[i]));
    for (int i = 0; i < FIT_LEN; i++)
        pixels[i] = value_color(theme, theme->well, values[i], most);
    ui_push_image(ui_shapes(ui), rect, (struct ui_image){FIT_SIZE, FIT_SIZE, pixels, false});
}

/* SPDX-License-Identifier: MIT */
#include "app/widget/value_color.h"

#include <math.h>

ui_color value_color(const struct ui_theme *theme, ui_color ground, float value, float most)
{
    float part = most > 0 ? fminf(fabsf(value) / most, 1) : 0;
    if (!(part > 0))
        return ground;
    return ui_color_mix(ground, value > 0 ? theme->accent : theme->second, sqrtf(part));
}

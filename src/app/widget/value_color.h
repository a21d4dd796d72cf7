/* value_color.h -- a number as a colour, in pictures of weights and of what a layer finds. */
#ifndef APP_WIDGET_VALUE_COLOR_H
#define APP_WIDGET_VALUE_COLOR_H

#include "ui/theme.h"

/* Accent for what is above 0, the second colour for what is below, the stronger the further: `most`
 * is what is strongest. Most values are far from it: they are lifted out of the ground. Of what is
 * no number the ground is shown. */
ui_color value_color(const struct ui_theme *theme, ui_color ground, float value, float most);

#endif

/* SPDX-License-Identifier: MIT */
#include "app/widget/part.h"

#include <stdio.h>

#include "ink/fit.h"
#include "ui/format.h"
#include "ui/ui.h"

enum { BUTTON_HEIGHT = 24, BUTTON_RISE = 4 }; /* it is higher than the heading's line */

struct ui_rect part_begin(struct ui *ui, struct ui_rect rect, bool folded,
                          const char *short_heading, const char *heading)
{
    if (!folded)
        return ui_card(ui, rect, heading);
    ui_heading(ui, ui_cut_top(&rect, UI_HEADING), short_heading);
    return rect;
}

bool part_button(struct ui *ui, struct ui_rect inside, const char *name, const char *label,
                 unsigned flags)
{
    float width = ui_button_width(ui, label, UI_LITTLE);
    struct ui_rect rect = {inside.x + inside.w - width, inside.y - UI_HEADING - BUTTON_RISE, width,
                           BUTTON_HEIGHT};
    return ui_button(ui, name, rect, label, UI_LITTLE | flags);
}

static const char *sign_of(float value)
{
    return value >= 0.05f ? "+" : "";
}

struct part_text part_shift(const struct ink_fit *fit, const struct ink_box *frame)
{
    struct part_text shift;
    float x = fit->scale * (frame->x0 + frame->x1) / 2 + fit->x0 - FIT_SIZE / 2;
    float y = fit->scale_y * (frame->y0 + frame->y1) / 2 + fit->y0 - FIT_SIZE / 2;
    snprintf(shift.text, sizeof shift.text, "%s%s, %s%s", sign_of(x), ui_fixed((double)x, 1).text,
             sign_of(y), ui_fixed((double)y, 1).text);
    return shift;
}

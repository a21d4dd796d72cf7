/* SPDX-License-Identifier: MIT */
#include "app/inspect/ink_card.h"

#include <math.h>
#include <stdio.h>

#include "app/inspect/inspect_shown.h"
#include "app/widget/digit_row.h"
#include "app/widget/value_picture.h"
#include "base/language.h"
#include "ui/ui.h"

enum {
    CAPTION = 20,
    LEGEND = 118, /* room for what a way can tell, where it is narrow */
};

/* A picture with the name of the way above it, and what that way tells and can't tell below. */
static void show_way(struct ui *ui, struct ui_rect rect, const char *name, const char *way,
                     const char *legend, const float *values, uint32_t *pixels)
{
    float side = fminf(rect.w, rect.h - CAPTION - UI_GAP - LEGEND);
    ui_label_fitting(ui, ui_cut_top(&rect, CAPTION), UI_LITTLE | UI_BOLD, &way, 1);
    struct ui_rect picture = ui_cut_top(&rect, side);
    picture.w = side;
    if (values)
        value_picture_show(ui, picture, values, pixels);
    ui_push_box(ui_shapes(ui), picture, 0, 0, ui_theme(ui)->field_edge, 1);
    ui_area(ui, name, picture, UI_ROLE_VALUE, way);
    ui_tip(ui, _("Blue ink spoke for the digit, orange against it"));
    ui_cut_top(&rect, UI_GAP);
    ui_wrapped(ui, rect, UI_LITTLE | UI_QUIET, legend);
}

void ink_card_show(struct pixels *pixels, const struct inspect_shown *shown, struct ui *ui,
                   struct ui_rect rect, struct actions *actions)
{
    char heading[64];
    snprintf(heading, sizeof heading, _("Ink for and against %d"), shown->digit);
    struct ui_rect inside = ui_card(ui, rect, heading);
    const struct digit_row row = {"ask", _("Which ink spoke for and against"), ACT_ASK_DIGIT,
                                  shown->digit, false};
    digit_row_show(&row, ui, ui_cut_top(&inside, UI_ROW), actions);
    ui_cut_top(&inside, UI_GAP);
    uint32_t *room = pixels_take(pixels, 2 * FIT_LEN);
    if (!room)
        return;
    const struct explained *explained = shown->explained;
    show_way(ui, ui_column(inside, 0, 2, UI_INSIDE), "ink-gradient", "gradient \u00d7 ink",
             _("By how much the sum z of this digit would fall if the pixel faded a little. Empty "
               "paper never has a say, and it tells nothing of taking a whole stroke away."),
             shown->activations->ink.of[shown->digit], room);
    show_way(
        ui, ui_column(inside, 1, 2, UI_INSIDE), "ink-occlusion", "occlusion",
        _("What z loses when a square of 5 \u00d7 5 pixels becomes paper. It can't tell pixels "
          "of one square apart, nor see two far pieces that stand in for one another."),
        explained ? explained->occlusion.of[shown->digit] : NULL, room + FIT_LEN);
}

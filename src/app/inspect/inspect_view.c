/* SPDX-License-Identifier: MIT */
#include "app/inspect/inspect_view.h"

#include "app/inspect/inspect_shown.h"
#include "app/widget/action_button.h"
#include "ui/ui.h"

void inspect_view_clear(struct inspect_view *view)
{
    drawing_part_clear(&view->drawing);
    images_part_clear(&view->images);
    map_part_clear(&view->map);
    *view = (struct inspect_view){0};
}

/* The parts of the view, of which one is on show, and the button that saves it as a picture.
 * Returns what is left of the row. */
static struct ui_rect show_parts(enum inspect_part part, struct ui *ui, struct ui_rect rect,
                                 struct actions *actions)
{
    static const struct action_part parts[] = {
        [INSPECT_DRAWING] = {"part-drawing", ACT_THIS_DRAWING},
        [INSPECT_IMAGES] = {"part-images", ACT_ALL_IMAGES},
        [INSPECT_MAP] = {"part-map", ACT_MAP},
    };
    enum { COUNT = sizeof parts / sizeof *parts };
    rect = action_parts_show("inspect-parts", parts, COUNT, (int)part, 0, ui, rect, actions);
    ui_cut_left(&rect, UI_GAP);
    const struct action_button save = {
        "save-picture", {.kind = ACT_INSPECT_PNG}, .flags = UI_LITTLE};
    action_button_show(&save, ui, ui_cut_left(&rect, action_button_width(&save, ui)), actions);
    ui_cut_left(&rect, UI_GAP);
    return rect;
}

void inspect_view_show(struct inspect_view *view, const struct inspect_shown *shown, struct ui *ui,
                       struct ui_rect rect, struct actions *actions)
{
    ui_cut_top(&rect, UI_BETWEEN - UI_GAP);
    struct ui_rect choices = ui_inset_xy(ui_cut_top(&rect, UI_ROW), UI_BETWEEN, 0);
    choices = show_parts(shown->part, ui, choices, actions);
    ui_cut_top(&rect, UI_BETWEEN - UI_GAP);
    view->at = rect;
    view->at.y -= UI_GAP; /* with some ground above the cards */
    view->at.h += UI_GAP;
    switch (shown->part) {
    case INSPECT_DRAWING:
        drawing_part_show(&view->drawing, shown, ui, rect, choices, actions);
        break;
    case INSPECT_IMAGES:
        images_part_show(&view->images, shown, ui, rect, choices, actions);
        break;
    case INSPECT_MAP:
        map_part_show(&view->map, shown, ui, rect, choices, actions);
        break;
    }
}

/* SPDX-License-Identifier: MIT */
#include "app/inspect/inspect_view.h"

#include <math.h>

#include "app/inspect/inspect_shown.h"
#include "app/widget/action_button.h"
#include "ui/ui.h"

enum { WALL_LEAST = 340 };

void inspect_view_clear(struct inspect_view *view)
{
    drawing_part_clear(&view->drawing);
    wall_view_clear(&view->wall);
    *view = (struct inspect_view){.scroll = 0};
}

static void show_images(struct inspect_view *view, const struct inspect_shown *shown, struct ui *ui,
                        struct ui_rect rect, struct actions *actions)
{
    bool column = rect.w < INSPECT_COLUMN_BELOW;
    float matrix = matrix_card_height();
    float least = matrix + UI_BETWEEN + (column ? WALL_LEAST + UI_BETWEEN : 0);
    struct ui_rect page =
        ui_scroll_begin(ui, "inspect-page", rect, fmaxf(rect.h, least), &view->scroll);
    struct ui_rect wall = ui_inset_xy(page, UI_BETWEEN, 0);
    ui_cut_bottom(&wall, UI_BETWEEN);
    struct ui_rect left = column ? ui_cut_top(&wall, matrix) : ui_cut_left(&wall, MATRIX_WIDTH);
    if (column)
        ui_cut_top(&wall, UI_BETWEEN);
    else
        ui_cut_left(&wall, UI_BETWEEN);
    matrix_card_show(&view->matrix, shown, ui, left, actions);
    wall_card_show(&view->wall, shown, ui, wall, actions);
    ui_scroll_end(ui);
}

/* The two parts of the view, of which one is on show. */
static void show_parts(bool images, struct ui *ui, struct ui_rect rect, struct actions *actions)
{
    const struct action_button parts[] = {
        {"part-drawing", {.kind = ACT_THIS_DRAWING}, .flags = UI_TOGGLE | (images ? 0 : UI_ON)},
        {"part-images", {.kind = ACT_ALL_IMAGES}, .flags = UI_TOGGLE | (images ? UI_ON : 0)},
    };
    action_choice_show("inspect-parts", parts, 2, ui, rect, actions);
}

void inspect_view_show(struct inspect_view *view, const struct inspect_shown *shown, struct ui *ui,
                       struct ui_rect rect, struct actions *actions)
{
    ui_cut_top(&rect, UI_BETWEEN - UI_GAP);
    struct ui_rect choices = ui_inset_xy(ui_cut_top(&rect, UI_ROW), UI_BETWEEN, 0);
    show_parts(shown->images, ui, choices, actions);
    ui_cut_top(&rect, UI_BETWEEN - UI_GAP);
    if (shown->images)
        show_images(view, shown, ui, rect, actions);
    else
        drawing_part_show(&view->drawing, shown, ui, rect, choices, actions);
}

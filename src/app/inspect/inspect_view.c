/* SPDX-License-Identifier: MIT */
#include "app/inspect/inspect_view.h"

#include <math.h>

#include "app/inspect/inspect_shown.h"
#include "app/inspect/matrix_card.h"
#include "ui/ui.h"

enum {
    COLUMN_BELOW = 900, /* a window that is less wide has one column */
    WALL_LEAST = 340,
};

void inspect_view_clear(struct inspect_view *view)
{
    wall_view_clear(&view->wall);
    *view = (struct inspect_view){.set = 0};
}

void inspect_view_show(struct inspect_view *view, const struct inspect_shown *shown, struct ui *ui,
                       struct ui_rect rect, struct actions *actions)
{
    bool column = rect.w < COLUMN_BELOW;
    float matrix = matrix_card_height();
    float least = matrix + 2 * UI_BETWEEN + (column ? WALL_LEAST + UI_BETWEEN : 0);
    struct ui_rect page =
        ui_scroll_begin(ui, "inspect-page", rect, fmaxf(rect.h, least), &view->scroll);
    struct ui_rect wall = ui_inset(page, UI_BETWEEN);
    struct ui_rect left = column ? ui_cut_top(&wall, matrix) : ui_cut_left(&wall, MATRIX_WIDTH);
    if (column)
        ui_cut_top(&wall, UI_BETWEEN);
    else
        ui_cut_left(&wall, UI_BETWEEN);
    matrix_card_show(&view->set, shown, ui, left, actions);
    wall_card_show(&view->wall, shown, ui, wall, actions);
    ui_scroll_end(ui);
}

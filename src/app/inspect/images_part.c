/* SPDX-License-Identifier: MIT */
#include "app/inspect/images_part.h"

#include <math.h>

#include "app/inspect/inspect_shown.h"
#include "app/inspect/reliability_card.h"
#include "app/widget/action_button.h"
#include "ui/ui.h"

enum { BESIDE_LEAST = 340 };

void images_part_clear(struct images_part *part)
{
    wall_view_clear(&part->wall);
    suspects_view_clear(&part->suspects);
    *part = (struct images_part){.scroll = 0};
}

static void show_kinds(enum images_beside beside, struct ui *ui, struct ui_rect rect,
                       struct actions *actions)
{
    static const struct action_part parts[] = {
        [IMAGES_WALL] = {"beside-wall", ACT_SHOW_WALL},
        [IMAGES_ROBUST] = {"beside-robust", ACT_SHOW_ROBUST},
        [IMAGES_RELIABILITY] = {"beside-reliability", ACT_SHOW_RELIABILITY},
        [IMAGES_SUSPECTS] = {"beside-suspects", ACT_SHOW_SUSPECTS},
    };
    enum { COUNT = sizeof parts / sizeof *parts };
    action_parts_show("images-beside", parts, COUNT, (int)beside, UI_LITTLE, ui, rect, actions);
}

static void show_beside(struct images_part *part, const struct inspect_shown *shown, struct ui *ui,
                        struct ui_rect rect, struct actions *actions)
{
    switch (part->beside) {
    case IMAGES_WALL:
        wall_card_show(&part->wall, shown, ui, rect, actions);
        break;
    case IMAGES_ROBUST:
        robust_card_show(&part->robust, shown, ui, rect, actions);
        break;
    case IMAGES_RELIABILITY:
        reliability_card_show(shown, ui, rect);
        break;
    case IMAGES_SUSPECTS:
        suspects_card_show(&part->suspects, shown, ui, rect, actions);
        break;
    }
}

/* The matrix at the left and the rest beside it, with the choice in the row above; or all in one
 * column. What does not fit scrolls. */
void images_part_show(struct images_part *part, const struct inspect_shown *shown, struct ui *ui,
                      struct ui_rect rect, struct ui_rect above, struct actions *actions)
{
    bool column = rect.w < INSPECT_COLUMN_BELOW;
    float matrix = matrix_card_height(), choice = UI_ROW + UI_GAP + UI_STEP;
    float least = matrix + UI_BETWEEN + (column ? choice + BESIDE_LEAST + UI_BETWEEN : 0);
    if (!column) { /* first, as Tab goes from the top to the bottom */
        ui_cut_left(&above, rect.x + MATRIX_WIDTH + 2 * UI_BETWEEN - above.x); /* over it */
        show_kinds(part->beside, ui, above, actions);
    }
    struct ui_rect page =
        ui_scroll_begin(ui, "inspect-page", rect, fmaxf(rect.h, least), &part->scroll);
    struct ui_rect rest = ui_inset_xy(page, UI_BETWEEN, 0);
    ui_cut_bottom(&rest, UI_BETWEEN);
    struct ui_rect left = column ? ui_cut_top(&rest, matrix) : ui_cut_left(&rest, MATRIX_WIDTH);
    if (column)
        ui_cut_top(&rest, UI_BETWEEN);
    else
        ui_cut_left(&rest, UI_BETWEEN);
    matrix_card_show(&part->matrix, shown, ui, left, actions);
    if (column)
        show_kinds(part->beside, ui, ui_cut_top(&rest, UI_ROW), actions);
    if (column)
        ui_cut_top(&rest, UI_GAP + UI_STEP);
    show_beside(part, shown, ui, rest, actions);
    ui_scroll_end(ui);
}

/* SPDX-License-Identifier: MIT */
#include "app/inspect/inspect_view.h"

#include <math.h>

#include "app/inspect/inspect_shown.h"
#include "app/inspect/matrix_card.h"
#include "app/inspect/neuron_card.h"
#include "app/inspect/verdict_card.h"
#include "app/state/activations.h"
#include "app/widget/action_button.h"
#include "ui/ui.h"

enum {
    COLUMN_BELOW = 900, /* a window that is less wide has one column */
    WALL_LEAST = 340,
    NEURON_WIDTH = 410,
};

void inspect_view_clear(struct inspect_view *view)
{
    network_view_clear(&view->network);
    pixels_clear(&view->neuron);
    wall_view_clear(&view->wall);
    *view = (struct inspect_view){.set = 0};
}

/* Both stand side by side, or one below the other; what does not fit scrolls. */
static void show_drawing(struct inspect_view *view, const struct inspect_shown *shown,
                         struct ui *ui, struct ui_rect rect, struct actions *actions)
{
    bool column = rect.w < COLUMN_BELOW;
    float network = network_card_height();
    float verdict = verdict_card_height();
    float neuron = neuron_card_height() + UI_BETWEEN + verdict;
    float least = column ? network + neuron + UI_BETWEEN : fmaxf(network, neuron);
    struct ui_rect page = ui_scroll_begin(ui, "inspect-drawing", rect,
                                          fmaxf(rect.h, least + UI_BETWEEN), &view->drawing_scroll);
    struct ui_rect rest = ui_inset_xy(page, UI_BETWEEN, 0);
    ui_cut_bottom(&rest, UI_BETWEEN);
    struct ui_rect right =
        column ? ui_cut_bottom(&rest, neuron) : ui_cut_right(&rest, NEURON_WIDTH);
    if (column)
        ui_cut_bottom(&rest, UI_BETWEEN);
    else
        ui_cut_right(&rest, UI_BETWEEN);
    network_card_show(&view->network, &view->canvas, shown, ui, rest, actions);
    verdict_card_show(shown, ui, ui_cut_bottom(&right, verdict));
    ui_cut_bottom(&right, UI_BETWEEN);
    if (shown->activations->net)
        neuron_card_show(&view->neuron, shown->activations, &shown->sum, ui, right);
    ui_scroll_end(ui);
}

static void show_images(struct inspect_view *view, const struct inspect_shown *shown, struct ui *ui,
                        struct ui_rect rect, struct actions *actions)
{
    bool column = rect.w < COLUMN_BELOW;
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
    matrix_card_show(&view->set, shown, ui, left, actions);
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
    ui_group_begin(ui, "inspect-parts");
    for (int i = 0; i < 2; i++) {
        float width = ui_button_width(ui, action_row(parts[i].action.kind)->label, 0);
        action_button_show(&parts[i], ui, ui_cut_left(&rect, width), actions);
        ui_cut_left(&rect, UI_GAP);
    }
    ui_group_end(ui);
}

void inspect_view_show(struct inspect_view *view, const struct inspect_shown *shown, struct ui *ui,
                       struct ui_rect rect, struct actions *actions)
{
    ui_cut_top(&rect, UI_BETWEEN - UI_GAP);
    show_parts(shown->images, ui, ui_inset_xy(ui_cut_top(&rect, UI_ROW), UI_BETWEEN, 0), actions);
    ui_cut_top(&rect, UI_BETWEEN - UI_GAP);
    if (shown->images)
        show_images(view, shown, ui, rect, actions);
    else
        show_drawing(view, shown, ui, rect, actions);
}

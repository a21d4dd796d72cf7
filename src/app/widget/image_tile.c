/* SPDX-License-Identifier: MIT */
#include "app/widget/image_tile.h"

#include <math.h>
#include <stdio.h>

#include "app/widget/digit_picture.h"
#include "ui/ui.h"

/* "5 → 8": what it is labelled, and what was read. */
static void show_answer(const struct image_tile *tile, struct ui *ui, struct ui_rect rect)
{
    char label[8], answer[8];
    bool right = tile->label == tile->answer;
    snprintf(label, sizeof label, "%d", tile->label);
    snprintf(answer, sizeof answer, "%d", tile->answer);
    const struct ui_part parts[] = {
        {label, UI_LITTLE | UI_QUIET},
        {" \u2192 ", UI_LITTLE | UI_QUIET},
        {answer, UI_LITTLE | UI_BOLD | (right ? UI_ACCENT : UI_SECOND)},
    };
    float width = ceilf(ui_parts_width(ui, parts, 3));
    ui_parts(ui, ui_middle(rect, fminf(width, rect.w), rect.h), 0, parts, 3);
}

bool image_tile_show(const struct image_tile *tile, struct ui *ui, struct ui_rect rect,
                     uint32_t *pixels)
{
    unsigned on = tile->chosen ? UI_TOGGLE | UI_ON : 0;
    bool pressed = ui_button(ui, tile->name, rect, "", UI_BARE | on);
    ui_tip(ui, tile->tip);
    struct ui_rect inside = ui_inset(rect, TILE_MARGIN);
    digit_picture_show(ui, ui_cut_top(&inside, TILE_PICTURE), tile->digit, pixels);
    if (tile->note)
        ui_label(ui, inside, UI_LITTLE | UI_CENTER | UI_GOOD, tile->note);
    else
        show_answer(tile, ui, inside);
    return pressed;
}

void tile_wall_show(const struct tile_wall *wall, struct ui *ui, struct ui_rect rect, float *scroll,
                    struct pixels *store)
{
    int columns = ui_columns_fit(rect, TILE_WIDTH, TILE_GAP);
    int rows = ((int)wall->count + columns - 1) / columns;
    const float step = TILE_HEIGHT + TILE_GAP;
    struct ui_rect page = ui_scroll_begin(ui, wall->page, rect, (float)rows * step, scroll);
    int first = (int)((rect.y - page.y) / step) - 1, in_sight = (int)(rect.h / step) + 4;
    first = first > 0 ? first : 0;
    uint32_t begin = (uint32_t)(first * columns), most = (uint32_t)(in_sight * columns);
    float across = columns > 1 ? (page.w - TILE_WIDTH) / (float)(columns - 1) : 0;
    uint32_t *pixels = pixels_take(store, (size_t)most * FIT_LEN);
    ui_grid_begin(ui, wall->grid);
    for (uint32_t i = 0; pixels && i < most && begin + i < wall->count; i++) {
        int place = (int)(begin + i);
        struct ui_rect tile = {floorf(page.x + (float)(place % columns) * across),
                               page.y + (float)(place / columns) * step, TILE_WIDTH, TILE_HEIGHT};
        wall->show(wall->user, begin + i, ui, tile, pixels + (size_t)i * FIT_LEN);
    }
    ui_group_end(ui);
    ui_scroll_end(ui);
}

/* SPDX-License-Identifier: MIT */
#include "app/inspect/wall_card.h"

#include <math.h>
#include <stdio.h>

#include "app/act/action.h"
#include "app/inspect/inspect_shown.h"
#include "app/state/gallery.h"
#include "ink/fit.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    PICTURE = 3 * FIT_SIZE,
    MARGIN = 6,
    TILE = PICTURE + 2 * MARGIN,
    TILE_HEIGHT = TILE + 20,
    GAP = 10,
    ORDER_WIDTH = 190,
};

void wall_view_clear(struct wall_view *view)
{
    pixels_clear(&view->pixels);
    *view = (struct wall_view){.scroll = 0};
}

/* ---- what they are --------------------------------------------------------------------------- */

static void write_heading(const struct gallery *gallery, char *text, size_t size)
{
    if (gallery->one_cell && gallery->truth == gallery->answer)
        snprintf(text, size, "%s read right as %d", ui_thousands(gallery->count).text,
                 gallery->answer);
    else if (gallery->one_cell)
        snprintf(text, size, "%s labelled %d, read as %d", ui_thousands(gallery->count).text,
                 gallery->truth, gallery->answer);
    else
        snprintf(text, size, "%s misread", ui_thousands(gallery->count).text);
}

static void show_order(const struct gallery *gallery, struct ui *ui, struct ui_rect rect,
                       struct actions *actions)
{
    static const char *const orders[GALLERY_ORDERS] = {
        [GALLERY_CONFIDENT] = "Most confident first",
        [GALLERY_UNSURE] = "Least confident first",
        [GALLERY_AS_THEY_COME] = "As they come",
    };
    int order = (int)gallery->order;
    if (ui_select(ui, "wall-order", rect, "Order of the images", orders, GALLERY_ORDERS, &order, 0))
        action_add_number(actions, ACT_WALL_ORDER, order);
    ui_tip(ui, "In which order they stand on the wall");
}

/* ---- tiles ----------------------------------------------------------------------------------- */

/* "5 → 8": what it is labelled, and what was read. */
static void show_answer(const struct evaluated *evaluated, uint32_t at, struct ui *ui,
                        struct ui_rect rect)
{
    char label[8], answer[8];
    bool right = evaluated->set->labels[at] == evaluated->best[at];
    snprintf(label, sizeof label, "%d", evaluated->set->labels[at]);
    snprintf(answer, sizeof answer, "%d", evaluated->best[at]);
    const struct ui_part parts[] = {
        {label, UI_LITTLE | UI_QUIET},
        {" \u2192 ", UI_LITTLE | UI_QUIET},
        {answer, UI_LITTLE | UI_BOLD | (right ? UI_ACCENT : UI_SECOND)},
    };
    float width = ceilf(ui_parts_width(ui, parts, 3));
    ui_parts(ui, ui_middle(rect, fminf(width, rect.w), rect.h), 0, parts, 3);
}

static void show_tile(const struct evaluated *evaluated, uint32_t at, struct ui *ui,
                      struct ui_rect rect, uint32_t *pixels, struct actions *actions)
{
    char name[32], tip[160];
    const struct verdict_percent sure = verdict_percent((double)evaluated->confidence[at]);
    snprintf(name, sizeof name, "image-%u", at);
    snprintf(tip, sizeof tip,
             "Image %u: labelled %d, read as %d (%s). Click to put it on the canvas.", at,
             evaluated->set->labels[at], evaluated->best[at], sure.text);
    if (ui_button(ui, name, rect, "", UI_BARE))
        action_add_number(actions, ACT_WALL_IMAGE, at);
    ui_tip(ui, tip);
    struct ui_rect inside = ui_inset(rect, MARGIN);
    digit_picture_show(ui, ui_cut_top(&inside, PICTURE),
                       evaluated->set->pixels + (size_t)at * FIT_LEN, pixels);
    show_answer(evaluated, at, ui, inside);
}

/* Those in sight, and a row beside them, so that the focus finds the way on. */
static void show_tiles(struct wall_view *view, const struct inspect_shown *shown, struct ui *ui,
                       struct ui_rect rect, struct actions *actions)
{
    const struct gallery *gallery = shown->gallery;
    int columns = ui_columns_fit(rect, TILE, GAP);
    int rows = ((int)gallery->count + columns - 1) / columns;
    const float step = TILE_HEIGHT + GAP;
    struct ui_rect page = ui_scroll_begin(ui, "wall-page", rect, (float)rows * step, &view->scroll);
    int first = (int)((rect.y - page.y) / step) - 1, in_sight = (int)(rect.h / step) + 4;
    first = first > 0 ? first : 0;
    uint32_t begin = (uint32_t)(first * columns), most = (uint32_t)(in_sight * columns);
    float across = columns > 1 ? (page.w - TILE) / (float)(columns - 1) : 0;
    uint32_t *pixels = pixels_take(&view->pixels, (size_t)most * FIT_LEN);
    ui_group_begin(ui, "wall");
    for (uint32_t i = 0; pixels && i < most && begin + i < gallery->count; i++) {
        int place = (int)(begin + i);
        struct ui_rect tile = {floorf(page.x + (float)(place % columns) * across),
                               page.y + (float)(place / columns) * step, TILE, TILE_HEIGHT};
        show_tile(shown->evaluating->result, gallery->items[place], ui, tile,
                  pixels + (size_t)i * FIT_LEN, actions);
    }
    ui_group_end(ui);
    ui_scroll_end(ui);
}

void wall_card_show(struct wall_view *view, const struct inspect_shown *shown, struct ui *ui,
                    struct ui_rect rect, struct actions *actions)
{
    const struct gallery *gallery = shown->gallery;
    const struct evaluated *result = shown->evaluating->result;
    char heading[80] = "The images";
    if (result)
        write_heading(gallery, heading, sizeof heading);
    struct ui_rect inside = ui_card(ui, rect, heading);
    if (!result) {
        ui_wrapped(ui, inside, UI_QUIET,
                   "The images that the model misreads stand here once it was evaluated.");
        return;
    }
    struct ui_rect tools = ui_cut_top(&inside, UI_ROW);
    ui_cut_top(&inside, UI_GAP);
    show_order(gallery, ui, ui_cut_left(&tools, ORDER_WIDTH), actions);
    ui_cut_left(&tools, UI_GAP);
    if (gallery->one_cell) {
        float width = ui_button_width(ui, "All that are misread", 0);
        if (ui_button(ui, "wall-misread", ui_cut_left(&tools, width), "All that are misread", 0))
            action_add(actions, ACT_WALL_MISREAD);
        ui_tip(ui, "Back to all images whose answer is not their label");
    }
    if (gallery->count > 0)
        show_tiles(view, shown, ui, inside, actions);
    else
        ui_wrapped(ui, inside, UI_QUIET, "There are none.");
}

/* SPDX-License-Identifier: MIT */
#include "app/inspect/wall_card.h"

#include <math.h>
#include <stdio.h>

#include "app/act/action.h"
#include "app/inspect/inspect_shown.h"
#include "app/state/gallery.h"
#include "app/widget/action_button.h"
#include "base/language.h"
#include "ink/fit.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    PICTURE = 3 * FIT_SIZE,
    MARGIN = 6,
    TILE = PICTURE + 2 * MARGIN,
    TILE_HEIGHT = TILE + 20,
    GAP = 10,
    WHICH_WIDTH = 116,
    DIGIT_WIDTH = 122,
    ORDER_WIDTH = 190,
};

void wall_view_clear(struct wall_view *view)
{
    pixels_clear(&view->pixels);
    *view = (struct wall_view){.scroll = 0};
}

/* ---- what they are --------------------------------------------------------------------------- */

/* "31 misread", "12 labelled 5, misread", "892 labelled 5", "3 labelled 5, read as 3". */
static void write_heading(const struct gallery *gallery, char *text, size_t size)
{
    const struct ui_number_text count = ui_thousands(gallery->count);
    const char *number = count.text;
    int label = gallery_label(gallery), answer = gallery_answer(gallery);
    bool right = gallery->right_too;
    if (label >= 0 && label == answer)
        snprintf(text, size, _("%s read right as %d"), number, answer);
    else if (label >= 0 && answer >= 0)
        snprintf(text, size, _("%s labelled %d, read as %d"), number, label, answer);
    else if (label >= 0)
        snprintf(text, size, "%s labelled %d%s", number, label, right ? "" : ", misread");
    else if (answer >= 0)
        snprintf(text, size, "%s %s as %d", number, right ? "read" : "misread", answer);
    else
        snprintf(text, size, "%s %s", number, right ? "images" : "misread");
}

/* ---- which of them --------------------------------------------------------------------------- */

/* The next `width` of a row of tools, or of another row below where there is no room. */
static struct ui_rect place_tool(struct ui_rect *inside, struct ui_rect *row, float width)
{
    if (row->w < width) {
        *row = ui_cut_top(inside, UI_ROW);
        ui_cut_top(inside, UI_GAP);
    }
    struct ui_rect rect = ui_cut_left(row, width);
    ui_cut_left(row, UI_GAP);
    return rect;
}

static void show_which(const struct gallery *gallery, struct ui *ui, struct ui_rect rect,
                       struct actions *actions)
{
    static const char *const items[] = {N_("Misread"), N_("All images")};
    int which = gallery->right_too;
    if (ui_select(ui, "wall-which", rect, _("Which images"), items, 2, &which, 0))
        action_add(actions, which ? ACT_WALL_ALL : ACT_WALL_MISREAD);
    ui_tip(ui, _("Those whose answer is not their label, or all"));
}

static void show_digit(int digit, const char *words, struct action_button button, struct ui *ui,
                       struct ui_rect rect, struct actions *actions)
{
    char texts[VERDICT_CLASSES][24];
    const char *items[VERDICT_CLASSES + 1] = {button.label};
    for (int i = 0; i < VERDICT_CLASSES; i++) {
        snprintf(texts[i], sizeof texts[i], "%s %d", words, i);
        items[i + 1] = texts[i];
    }
    int chosen = digit + 1;
    if (ui_select(ui, button.name, rect, button.label, items, VERDICT_CLASSES + 1, &chosen, 0))
        action_add_number(actions, button.action.kind, chosen - 1);
    ui_tip(ui, button.sentence);
}

static void show_order(const struct gallery *gallery, struct ui *ui, struct ui_rect rect,
                       struct actions *actions)
{
    static const char *const orders[GALLERY_ORDERS] = {
        [GALLERY_CONFIDENT] = N_("Most confident first"),
        [GALLERY_UNSURE] = N_("Least confident first"),
        [GALLERY_AS_THEY_COME] = N_("As they come"),
        [GALLERY_BY_LABEL] = N_("By label"),
        [GALLERY_BY_ANSWER] = N_("By answer"),
    };
    int order = (int)gallery->order;
    if (ui_select(ui, "wall-order", rect, _("Order of the images"), orders, GALLERY_ORDERS, &order,
                  0))
        action_add_number(actions, ACT_WALL_ORDER, order);
    ui_tip(ui, _("In which order they stand on the wall"));
}

static void show_tools(const struct gallery *gallery, struct ui *ui, struct ui_rect *inside,
                       struct actions *actions)
{
    static const struct action_button label = {
        "wall-label", {.kind = ACT_WALL_LABEL}, N_("Any label"), N_("Those with one label alone")};
    static const struct action_button answer = {"wall-answer",
                                                {.kind = ACT_WALL_ANSWER},
                                                N_("Any answer"),
                                                N_("Those with one answer alone")};
    struct ui_rect row = {.w = 0};
    show_which(gallery, ui, place_tool(inside, &row, WHICH_WIDTH), actions);
    show_digit(gallery_label(gallery), _("Labelled"), label, ui,
               place_tool(inside, &row, DIGIT_WIDTH), actions);
    show_digit(gallery_answer(gallery), _("Read as"), answer, ui,
               place_tool(inside, &row, DIGIT_WIDTH), actions);
    show_order(gallery, ui, place_tool(inside, &row, ORDER_WIDTH), actions);
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
             _("Image %u: labelled %d, read as %d (%s). Click to put it on the canvas."), at,
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
    ui_grid_begin(ui, "wall");
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
    char heading[80] = N_("The images");
    if (result)
        write_heading(gallery, heading, sizeof heading);
    struct ui_rect inside = ui_card(ui, rect, heading);
    if (!result) {
        ui_wrapped(ui, inside, UI_QUIET,
                   _("The images that the model misreads stand here once it was evaluated."));
        return;
    }
    show_tools(gallery, ui, &inside, actions);
    if (gallery->count > 0)
        show_tiles(view, shown, ui, inside, actions);
    else
        ui_wrapped(ui, inside, UI_QUIET, _("There are none."));
}

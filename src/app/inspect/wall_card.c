/* SPDX-License-Identifier: MIT */
#include "app/inspect/wall_card.h"

#include <stdio.h>

#include "app/act/action.h"
#include "app/inspect/inspect_shown.h"
#include "app/state/gallery.h"
#include "app/widget/action_button.h"
#include "app/widget/image_tile.h"
#include "base/language.h"
#include "ink/fit.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
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

struct tiles {
    const struct inspect_shown *shown;
    struct actions *actions;
};

static void show_tile(void *user, uint32_t place, struct ui *ui, struct ui_rect rect,
                      uint32_t *pixels)
{
    const struct tiles *tiles = user;
    const struct evaluated *evaluated = tiles->shown->evaluating->result;
    uint32_t at = tiles->shown->gallery->items[place];
    char name[32], tip[160];
    const struct verdict_percent sure = verdict_percent((double)evaluated->confidence[at]);
    const struct image_tile tile = {name,
                                    tip,
                                    evaluated->set->pixels + (size_t)at * FIT_LEN,
                                    evaluated->set->labels[at],
                                    evaluated->best[at],
                                    false,
                                    NULL};
    snprintf(name, sizeof name, "image-%u", at);
    snprintf(tip, sizeof tip,
             _("Image %u: labelled %d, read as %d (%s). Click to put it on the canvas."), at,
             tile.label, tile.answer, sure.text);
    if (image_tile_show(&tile, ui, rect, pixels))
        action_add_number(tiles->actions, ACT_WALL_IMAGE, at);
}

static void show_tiles(struct wall_view *view, const struct inspect_shown *shown, struct ui *ui,
                       struct ui_rect rect, struct actions *actions)
{
    struct tiles tiles = {shown, actions};
    const struct tile_wall wall = {"wall-page", "wall", shown->gallery->count, show_tile, &tiles};
    tile_wall_show(&wall, ui, rect, &view->scroll, &view->pixels);
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

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
    WHICH_WIDTH = 132,
    DIGIT_WIDTH = 122,
    ORDER_WIDTH = 190,
};

void wall_view_clear(struct wall_view *view)
{
    pixels_clear(&view->pixels);
    *view = (struct wall_view){.scroll = 0};
}

/* ---- what they are --------------------------------------------------------------------------- */

/* Of any digit: "31 misread", "9 that best reads otherwise". */
static void write_which(const struct gallery *gallery, const struct evaluated *result, char *text,
                        size_t size)
{
    const struct ui_number_text count = ui_thousands(gallery->count);
    const char *number = count.text;
    if (gallery->which == GALLERY_MISREAD)
        snprintf(text, size, _("%s misread"), number);
    else if (gallery->which == GALLERY_DIFFERING && result->other)
        snprintf(text, size, _("%s that %s reads otherwise"), number, result->other_model);
    else if (gallery->which == GALLERY_DIFFERING)
        snprintf(text, size, _("%s that another model reads otherwise"), number);
    else if (gallery->which == GALLERY_DOUBTFUL)
        snprintf(text, size, _("%s in doubt"), number);
    else if (gallery->which == GALLERY_NO_DIGIT)
        snprintf(text, size, _("%s taken for no digit"), number);
    else
        snprintf(text, size, P_("%s image", "%s images", gallery->count), number);
}

/* Of a label, an answer or both: "12 of the misread are labelled 5". */
static void write_heading(const struct gallery *gallery, const struct evaluated *result, char *text,
                          size_t size)
{
    const struct ui_number_text count = ui_thousands(gallery->count);
    const char *number = count.text;
    int label = gallery_label(gallery), answer = gallery_answer(gallery);
    if (label < 0 && answer < 0)
        write_which(gallery, result, text, size);
    else if (label >= 0 && label == answer)
        snprintf(text, size, _("%s read right as %d"), number, answer);
    else if (label >= 0 && answer >= 0)
        snprintf(text, size, _("%s labelled %d, read as %d"), number, label, answer);
    else if (gallery->which == GALLERY_MISREAD && label >= 0)
        snprintf(text, size, _("%s labelled %d, misread"), number, label);
    else if (gallery->which == GALLERY_MISREAD)
        snprintf(text, size, _("%s misread as %d"), number, answer);
    else if (label >= 0)
        snprintf(text, size, _("%s labelled %d"), number, label);
    else
        snprintf(text, size, _("%s read as %d"), number, answer);
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
    const char *const items[GALLERY_WHICH] = {
        [GALLERY_MISREAD] = _("Misread"),         [GALLERY_ALL] = _("All images"),
        [GALLERY_DIFFERING] = _("Models differ"), [GALLERY_DOUBTFUL] = _("In doubt"),
        [GALLERY_NO_DIGIT] = _("No digit"),
    };
    static const enum action_kind kinds[GALLERY_WHICH] = {
        [GALLERY_MISREAD] = ACT_WALL_MISREAD,     [GALLERY_ALL] = ACT_WALL_ALL,
        [GALLERY_DIFFERING] = ACT_WALL_DIFFERING, [GALLERY_DOUBTFUL] = ACT_WALL_DOUBTFUL,
        [GALLERY_NO_DIGIT] = ACT_WALL_NO_DIGIT,
    };
    int which = (int)gallery->which;
    if (ui_select(ui, "wall-which", rect, _("Which images"), items, GALLERY_WHICH, &which, 0))
        action_add(actions, kinds[which]);
    ui_tip(ui, _("Those whose answer is not their label, those that the model evaluated before "
                 "answers otherwise, those that are not sure, or all"));
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
    const char *const orders[GALLERY_ORDERS] = {
        [GALLERY_CONFIDENT] = _("Most confident first"),
        [GALLERY_UNSURE] = _("Least confident first"),
        [GALLERY_AS_THEY_COME] = _("As they come"),
        [GALLERY_BY_LABEL] = _("By label"),
        [GALLERY_BY_ANSWER] = _("By answer"),
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
    const struct action_button label = {
        "wall-label", {.kind = ACT_WALL_LABEL}, _("Any label"), _("Those with one label alone")};
    const struct action_button answer = {"wall-answer",
                                         {.kind = ACT_WALL_ANSWER},
                                         _("Any answer"),
                                         _("Those with one answer alone")};
    struct ui_rect row = {.w = 0};
    show_which(gallery, ui, place_tool(inside, &row, WHICH_WIDTH), actions);
    show_digit(gallery_label(gallery), _("Labelled"), label, ui,
               place_tool(inside, &row, DIGIT_WIDTH), actions);
    show_digit(gallery_answer(gallery), _("Read as"), answer, ui,
               place_tool(inside, &row, DIGIT_WIDTH), actions);
    show_order(gallery, ui, place_tool(inside, &row, ORDER_WIDTH), actions);
    const struct action_button save = {"save-list", {.kind = ACT_WALL_CSV}, .flags = UI_LITTLE};
    float width = action_button_width(&save, ui);
    action_button_show(&save, ui, place_tool(inside, &row, width), actions);
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
    char heading[200];
    snprintf(heading, sizeof heading, "%s", _("The images"));
    if (result)
        write_heading(gallery, result, heading, sizeof heading);
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
        ui_wrapped(ui, inside, UI_QUIET,
                   gallery->which == GALLERY_DIFFERING && !result->other
                       ? _("Use another model and evaluate it on the same images: those that the "
                           "two read differently stand here then.")
                       : _("There are none."));
}

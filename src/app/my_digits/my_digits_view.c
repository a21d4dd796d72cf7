/* SPDX-License-Identifier: MIT */
#include "app/my_digits/my_digits_view.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/my_digits/finetuning_card.h"
#include "app/my_digits/my_digits_shown.h"
#include "app/state/digit_choice.h"
#include "app/state/exchange.h"
#include "app/widget/action_button.h"
#include "app/widget/digit_row.h"
#include "base/clamp.h"
#include "base/language.h"
#include "data/my_digits.h"
#include "eval/verdict.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    SIDE_WIDTH_MIN = 360,
    SIDE_WIDTH_MAX = 480,
    CELL = 64,
    CELL_HEIGHT = 82,
    PICTURE = 2 * FIT_SIZE,
    LARGE = 5 * FIT_SIZE,
    SMALL = 3 * FIT_SIZE, /* of the selected digit */
    LOW = 600,            /* a view lower than that has the small one */
    COLUMN_BELOW = 900,   /* a window that is less wide has one column */
    LIST_MIN = 340,
    FINETUNING_HEIGHT = 254,
    ABREAST_LOWEST = 516, /* it scrolls in a lower window */
    SELECT_WIDTH = 150,
    MENU_SIDES = 44, /* of a menu's button beside its text */
};

void my_digits_view_clear(struct my_digits_view *view)
{
    pixels_clear(&view->pixels);
    *view = (struct my_digits_view){0};
}

/* ---- which are shown ------------------------------------------------------------------------- */

static bool is_shown(const struct my_digits_shown *shown, const struct my_digit *digit)
{
    return shown->choice->only < 0 || digit->label == shown->choice->only;
}

static void count_labels(const struct my_digits_shown *shown, uint32_t counts[10])
{
    memset(counts, 0, 10 * sizeof *counts);
    for (uint32_t i = 0; i < my_digits_count(shown->list); i++)
        counts[my_digits_at(shown->list, i)->label]++;
}

/* How the grid is cut into pages; the page in view is one that there is. */
struct pages {
    int columns, rows, per_page, count, page;
    uint32_t shown; /* digits on all pages */
};

static struct pages lay_pages(const struct my_digits_shown *shown, struct ui_rect rect)
{
    struct pages pages = {.columns = ui_columns_fit(rect, CELL, UI_GAP)};
    pages.rows = (int)fmaxf((rect.h + UI_GAP) / (CELL_HEIGHT + UI_GAP), 1);
    pages.per_page = pages.columns * pages.rows;
    for (uint32_t i = 0; i < my_digits_count(shown->list); i++)
        pages.shown += is_shown(shown, my_digits_at(shown->list, i));
    pages.count = ((int)pages.shown + pages.per_page - 1) / pages.per_page;
    int last = pages.count > 0 ? pages.count - 1 : 0;
    pages.page = shown->choice->page < last ? shown->choice->page : last;
    return pages;
}

/* ---- the tools over the grid ----------------------------------------------------------------- */

static void show_select(const struct my_digits_shown *shown, struct ui *ui, struct ui_rect rect,
                        struct actions *actions)
{
    uint32_t counts[10];
    char texts[11][40];
    const char *items[11];
    int chosen = shown->choice->only + 1;
    count_labels(shown, counts);
    snprintf(texts[0], sizeof texts[0], _("All digits (%u)"), my_digits_count(shown->list));
    for (int i = 0; i < 10; i++)
        snprintf(texts[i + 1], sizeof texts[0], "Only %d (%u)", i, counts[i]);
    for (int i = 0; i < 11; i++)
        items[i] = texts[i];
    if (ui_select(ui, "mine-only", rect, _("Which digits are shown"), items, 11, &chosen, 0))
        action_add_number(actions, ACT_DIGITS_ONLY, chosen - 1);
    ui_tip(ui, _("Show all of my digits, or those of one kind"));
}

static void show_import(struct ui *ui, struct ui_rect *rest, struct actions *actions)
{
    const struct ui_part label = {_("Import"), 0};
    const struct ui_item items[] = {
        {.name = "import-file", .label = _("A file\u2026"), .detail = _("UNIPEN, IDX, picture")},
        {.name = "import-folder",
         .label = _("A folder of pictures\u2026"),
         .detail = "7.png, 7/1.png"},
    };
    float width = ceilf(ui_parts_width(ui, &label, 1)) + MENU_SIDES;
    int chosen = ui_menu(ui, "import", ui_cut_right(rest, width), &label, 1, items, 2, 0);
    ui_tip(ui,
           _("Add digits from files; the name of a picture, or of its folder, says which digit it "
             "shows"));
    if (chosen >= 0)
        action_add(actions, chosen == 0 ? ACT_DIGITS_IMPORT : ACT_DIGITS_IMPORT_FOLDER);
    ui_cut_right(rest, UI_GAP);
}

static void show_export(const struct my_digits_shown *shown, struct ui *ui, struct ui_rect *rest,
                        struct actions *actions)
{
    const struct ui_part label = {_("Export"), 0};
    bool none = my_digits_count(shown->list) == 0;
    const struct ui_item items[EXCHANGE_FORMATS] = {
        {.name = "export-unipen", .label = "UNIPEN\u2026", .detail = _("strokes"), .off = none},
        {.name = "export-idx", .label = "IDX\u2026", .detail = _("images, labels"), .off = none},
        {.name = "export-sheet",
         .label = _("PNG, a sheet\u2026"),
         .detail = _("ten rows"),
         .off = none},
        {.name = "export-png",
         .label = _("PNG, one each\u2026"),
         .detail = _("a folder"),
         .off = none},
    };
    static const enum action_kind does[EXCHANGE_FORMATS] = {
        ACT_DIGITS_EXPORT_UNIPEN, ACT_DIGITS_EXPORT_IDX, ACT_DIGITS_EXPORT_SHEET,
        ACT_DIGITS_EXPORT_PNG};
    float width = ceilf(ui_parts_width(ui, &label, 1)) + MENU_SIDES;
    int chosen =
        ui_menu(ui, "export", ui_cut_right(rest, width), &label, 1, items, EXCHANGE_FORMATS, 0);
    ui_tip(ui, _("Save all of my digits for other programs, or for another computer"));
    if (chosen >= 0)
        action_add(actions, does[chosen]);
    ui_cut_right(rest, UI_GAP);
}

static void show_tools(const struct my_digits_shown *shown, struct ui *ui, struct ui_rect rect,
                       struct actions *actions)
{
    show_select(shown, ui, ui_cut_left(&rect, SELECT_WIDTH), actions);
    show_export(shown, ui, &rect, actions);
    show_import(ui, &rect, actions);
    ui_cut_left(&rect, UI_GAP);
    struct ui_rect undo = ui_cut_left(&rect, ui_button_width(ui, _("Undo"), 0));
    ui_cut_left(&rect, UI_GAP);
    struct ui_rect redo = ui_cut_left(&rect, ui_button_width(ui, _("Redo"), 0));
    action_button_show(&(struct action_button){"mine-undo", {.kind = ACT_DIGITS_UNDO}}, ui, undo,
                       actions);
    action_button_show(&(struct action_button){"mine-redo", {.kind = ACT_DIGITS_REDO}}, ui, redo,
                       actions);
}

/* ---- the choice and the ring ----------------------------------------------------------------- */

enum { NAME_SIZE = 32 };

static const char *name_cell(uint32_t number, char name[NAME_SIZE])
{
    snprintf(name, NAME_SIZE, "mine-%u", number);
    return name;
}

/* The digit at that place of all pages, or NULL. */
static const struct my_digit *shown_at(const struct my_digits_shown *shown, int place)
{
    for (uint32_t i = 0; i < my_digits_count(shown->list); i++)
        if (is_shown(shown, my_digits_at(shown->list, i)) && place-- == 0)
            return my_digits_at(shown->list, i);
    return NULL;
}

/* The page of the chosen digit, or -1. */
static int page_of_chosen(const struct my_digits_shown *shown, const struct pages *pages)
{
    int place = 0;
    for (uint32_t i = 0; i < my_digits_count(shown->list); i++) {
        const struct my_digit *digit = my_digits_at(shown->list, i);
        if (!is_shown(shown, digit))
            continue;
        if (digit->id == shown->choice->id)
            return place / pages->per_page;
        place++;
    }
    return -1;
}

/* Whoever goes through the grid with keys chooses what has the ring (show_cell). Where another
 * digit was chosen by other means, as by deleting this one, the ring goes there, and the page is
 * turned to it; where the page is turned, the ring keeps its place. */
static void follow_choice(const struct my_digits_shown *shown, struct my_digits_view *view,
                          struct ui *ui, const struct pages *pages, struct actions *actions)
{
    char name[NAME_SIZE];
    bool ring = view->any_ring && ui_has_focus(ui, name_cell(view->ring, name));
    bool fresh = shown->choice->any && (!view->any_chosen || view->chosen != shown->choice->id);
    int page = fresh ? page_of_chosen(shown, pages) : -1;
    if (page >= 0 && page != pages->page) {
        action_add_number(actions, ACT_DIGITS_PAGE, page);
        return;
    }
    view->any_chosen = shown->choice->any;
    view->chosen = shown->choice->id;
    if (page >= 0 && ring) {
        int at = digit_choice_at(shown->choice, shown->list);
        ui_focus(ui, name_cell(my_digits_at(shown->list, (uint32_t)at)->number, name));
    } else if (ring && pages->page != view->page && pages->shown > 0) {
        int place = pages->page * pages->per_page + view->place, last = (int)pages->shown - 1;
        ui_focus(ui, name_cell(shown_at(shown, place < last ? place : last)->number, name));
    }
    view->any_ring = ring && pages->shown > 0;
}

/* The focus came to that digit: it is chosen. */
static void choose_ringed(const struct my_digits_shown *shown, struct my_digits_view *view,
                          const struct my_digit *digit, struct actions *actions)
{
    if (!shown->choice->any || shown->choice->id != digit->id)
        action_add_number(actions, ACT_DIGITS_SELECT, digit->number);
    view->any_chosen = view->any_ring = true;
    view->chosen = digit->id;
    view->ring = digit->number;
}

/* ---- the grid -------------------------------------------------------------------------------- */

/* A button with a picture on it and its label below. */
static void show_cell(const struct my_digits_shown *shown, struct ui *ui, struct ui_rect cell,
                      const struct my_digit *digit, uint32_t *pixels, struct actions *actions)
{
    char name[NAME_SIZE], tip[100], label[8];
    bool on = shown->choice->any && shown->choice->id == digit->id;
    name_cell(digit->number, name);
    snprintf(tip, sizeof tip,
             on ? _("This %d: another digit's key names it anew, Delete deletes it")
                : _("A %d: click to see it in large, to name it anew or to delete it"),
             digit->label);
    snprintf(label, sizeof label, "%d", digit->label);
    if (ui_button(ui, name, cell, "", UI_TOGGLE | (on ? UI_ON : 0)))
        action_add_number(actions, ACT_DIGITS_SELECT, digit->number);
    ui_tip(ui, tip);
    struct ui_rect inside = ui_inset(cell, (CELL - PICTURE) / 2);
    digit_picture_show(ui, ui_cut_top(&inside, PICTURE), digit->pixels, pixels);
    ui_label(ui, inside, UI_CENTER | UI_LITTLE | (on ? UI_BOLD : UI_QUIET), label);
}

static void show_grid(const struct my_digits_shown *shown, struct my_digits_view *view,
                      struct ui *ui, struct ui_rect rect, const struct pages *pages,
                      struct actions *actions)
{
    int first = pages->page * pages->per_page, place = 0;
    float gap = UI_GAP;
    if (pages->columns > 1)
        gap = fminf((rect.w - (float)(pages->columns * CELL)) / (float)(pages->columns - 1), 14);
    ui_group_begin(ui, "my-digits");
    for (uint32_t i = 0; i < my_digits_count(shown->list); i++) {
        const struct my_digit *digit = my_digits_at(shown->list, i);
        if (!is_shown(shown, digit) || place++ < first || place > first + pages->per_page)
            continue;
        int at = place - 1 - first;
        struct ui_rect cell = {
            floorf(rect.x + (float)(at % pages->columns) * (CELL + gap)),
            floorf(rect.y + (float)(at / pages->columns) * (CELL_HEIGHT + UI_GAP)), CELL,
            CELL_HEIGHT};
        show_cell(shown, ui, cell, digit, view->pixels.items + (size_t)(at + 1) * FIT_LEN, actions);
        char name[NAME_SIZE];
        if (!ui_has_focus(ui, name_cell(digit->number, name)))
            continue;
        view->place = at;
        if (!view->any_ring || view->ring != digit->number)
            choose_ringed(shown, view, digit, actions);
    }
    ui_group_end(ui);
    view->page = pages->page;
}

static void show_pages(struct ui *ui, struct ui_rect rect, const struct pages *pages,
                       struct actions *actions)
{
    char text[80];
    int first = pages->page * pages->per_page;
    int last =
        first + pages->per_page < (int)pages->shown ? first + pages->per_page : (int)pages->shown;
    snprintf(text, sizeof text, "%d to %d of %u", first + 1, last, pages->shown);
    struct ui_rect next = ui_cut_right(&rect, ui_button_width(ui, _("Next"), 0));
    ui_cut_right(&rect, UI_GAP);
    struct ui_rect back = ui_cut_right(&rect, ui_button_width(ui, _("Back"), 0));
    if (pages->shown > 0)
        ui_label(ui, rect, UI_QUIET | UI_FIGURES, text);
    if (ui_button(ui, "page-back", back, _("Back"), pages->page > 0 ? 0 : UI_OFF))
        action_add_number(actions, ACT_DIGITS_PAGE, pages->page - 1);
    ui_tip(ui, _("The page before (Page Up)"));
    if (ui_button(ui, "page-next", next, _("Next"), pages->page + 1 < pages->count ? 0 : UI_OFF))
        action_add_number(actions, ACT_DIGITS_PAGE, pages->page + 1);
    ui_tip(ui, _("The next page (Page Down)"));
}

static void show_list(const struct my_digits_shown *shown, struct ui *ui, struct ui_rect rect,
                      struct my_digits_view *view, struct actions *actions)
{
    struct ui_rect inside = ui_card(ui, rect, _("My digits"));
    show_tools(shown, ui, ui_cut_top(&inside, UI_ROW), actions);
    ui_cut_top(&inside, 16);
    struct ui_rect bottom = ui_cut_bottom(&inside, UI_ROW);
    ui_cut_bottom(&inside, 12);
    struct pages pages = lay_pages(shown, inside);
    view->page_count = pages.count;
    follow_choice(shown, view, ui, &pages, actions);
    if (pixels_take(&view->pixels, ((size_t)pages.per_page + 1) * FIT_LEN)) /* 1: in large */
        show_grid(shown, view, ui, inside, &pages, actions);
    if (pages.shown == 0)
        ui_wrapped(
            ui, inside, UI_QUIET,
            my_digits_count(shown->list) == 0
                ? _("Nothing yet. Draw a digit in the Draw view and press its key, 0 to 9, or "
                    "import some. They stay on this computer.")
                : _("None of this kind."));
    show_pages(ui, bottom, &pages, actions);
}

/* ---- the selected one ------------------------------------------------------------------------ */

/* The same words as on the canvas: "7 (99.1 %)", "7 or 1? (61.0 %)", "no digit? (a 0: 29.7 %)". */
static void write_reading(const struct answer *answer, char *text, size_t size)
{
    text[0] = 0;
    if (!answer->any)
        return;
    struct verdict_percent part = verdict_percent((double)answer->probability[answer->order[0]]);
    struct verdict_words words =
        verdict_words(answer->verdict, answer->guess, answer->order[0], answer->order[1]);
    if (answer->verdict == VERDICT_NO_DIGIT)
        snprintf(text, size, "%s (a %d: %s)", words.text, answer->order[0], part.text);
    else
        snprintf(text, size, "%s (%s)", words.text, part.text);
}

static void show_reading(const struct my_digits_shown *shown, struct ui *ui, struct ui_rect rect,
                         int label)
{
    const struct answer *answer = &shown->choice->answer;
    bool right = answer->any && answer->order[0] == label && answer->verdict != VERDICT_NO_DIGIT;
    char reading[80], whole[100] = "";
    write_reading(answer, reading, sizeof reading);
    if (reading[0])
        snprintf(whole, sizeof whole, _("The model reads: %s"), reading);
    ui_label_fitting(ui, rect, UI_LITTLE | UI_FIGURES | (right ? UI_QUIET : UI_SECOND),
                     (const char *[]){whole, reading}, 2);
}

static void show_facts(const struct my_digits_shown *shown, struct ui *ui, struct ui_rect rect,
                       const struct my_digit *digit, struct actions *actions)
{
    char filed[60];
    snprintf(filed, sizeof filed, _("Filed as a %d"), digit->label);
    struct ui_rect button = ui_cut_bottom(&rect, UI_ROW);
    ui_label(ui, ui_cut_top(&rect, UI_LINE), UI_BOLD, filed);
    show_reading(shown, ui, ui_cut_top(&rect, 20), digit->label);
    if (rect.h >= 18)
        ui_label(ui, ui_cut_top(&rect, 18), UI_LITTLE | UI_QUIET,
                 digit->ink.stroke_count > 0 ? _("Strokes and picture")
                                             : _("A picture, no strokes"));
    if (rect.h >= 18)
        ui_label(ui, ui_cut_top(&rect, 18), UI_LITTLE | UI_QUIET,
                 my_digits_is_held_out(digit) ? _("For checking, from 50 digits on")
                                              : _("For learning"));
    button.w = ui_button_width(ui, _("Delete"), 0);
    action_button_show(&(struct action_button){"mine-delete",
                                               {.kind = ACT_DIGITS_DELETE},
                                               .sentence = _("Delete this digit; Ctrl Z brings it "
                                                             "back")},
                       ui, button, actions);
}

static void show_selected(const struct my_digits_shown *shown, struct ui *ui, struct ui_rect rect,
                          float side, uint32_t *pixels, struct actions *actions)
{
    struct ui_rect inside = ui_card(ui, rect, _("This one"));
    int at = digit_choice_at(shown->choice, shown->list);
    struct ui_rect top = ui_cut_top(&inside, side), picture = ui_cut_left(&top, side);
    ui_push_box(ui_shapes(ui), picture, 6, ui_theme(ui)->paper, ui_theme(ui)->field_edge, 1);
    ui_cut_left(&top, 16);
    ui_cut_top(&inside, 12);
    if (at >= 0) {
        const struct my_digit *digit = my_digits_at(shown->list, (uint32_t)at);
        if (pixels)
            digit_picture_show(ui, picture, digit->pixels, pixels);
        show_facts(shown, ui, top, digit, actions);
    } else {
        ui_wrapped(ui, top, UI_QUIET, _("Choose a digit to see it in large."));
    }
    const struct digit_row row = {
        .name = "label",
        .tip = _("Name it anew: it is a"),
        .kind = ACT_DIGITS_LABEL,
        .chosen = at >= 0 ? my_digits_at(shown->list, (uint32_t)at)->label : -1,
        .off = at < 0,
    };
    digit_row_show(&row, ui, ui_cut_top(&inside, UI_ROW), actions);
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* The list and, beside it or below, the selected digit and learning. */
struct places {
    struct ui_rect list, selected, finetuning;
    float picture; /* side of the selected digit's */
};

static float selected_height(float picture)
{
    return 2 * UI_INSIDE + UI_HEADING + picture + 12 + UI_ROW;
}

static struct places place_abreast(struct ui_rect rect)
{
    struct places places = {.picture = rect.h < LOW ? SMALL : LARGE};
    struct ui_rect inside = ui_inset(rect, UI_BETWEEN);
    float width = clamp_float(floorf(rect.w * 0.36f), SIDE_WIDTH_MIN, SIDE_WIDTH_MAX);
    struct ui_rect side = ui_cut_right(&inside, width);
    ui_cut_right(&inside, UI_BETWEEN);
    places.list = inside;
    places.selected = ui_cut_top(&side, selected_height(places.picture));
    ui_cut_top(&side, UI_BETWEEN);
    places.finetuning = side;
    return places;
}

static struct places place_column(struct ui_rect rect)
{
    struct places places = {.picture = LARGE};
    struct ui_rect inside = ui_inset(rect, UI_BETWEEN);
    places.finetuning = ui_cut_bottom(&inside, FINETUNING_HEIGHT);
    ui_cut_bottom(&inside, UI_BETWEEN);
    places.selected = ui_cut_bottom(&inside, selected_height(LARGE));
    ui_cut_bottom(&inside, UI_BETWEEN);
    places.list = inside;
    return places;
}

void my_digits_view_show(struct my_digits_view *view, const struct my_digits_shown *shown,
                         struct ui *ui, struct ui_rect rect, struct actions *actions)
{
    bool column = rect.w < COLUMN_BELOW;
    float least = column ? LIST_MIN + selected_height(LARGE) + FINETUNING_HEIGHT + 4 * UI_BETWEEN
                         : ABREAST_LOWEST;
    float content = fmaxf(rect.h, least);
    struct ui_rect page = ui_scroll_begin(ui, "mine-page", rect, content, &view->scroll);
    struct places places = column ? place_column(page) : place_abreast(page);
    show_list(shown, ui, places.list, view, actions);
    show_selected(shown, ui, places.selected, places.picture, view->pixels.items, actions);
    finetuning_card_show(shown, ui, places.finetuning, actions);
    ui_scroll_end(ui);
}

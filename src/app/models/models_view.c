/* SPDX-License-Identifier: MIT */
#include "app/models/models_view.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/models/models_shown.h"
#include "app/state/models.h"
#include "app/widget/action_button.h"
#include "base/language.h"
#include "model/model.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    CARD_WIDTH = 380,
    COLUMN_BELOW = 900, /* a window that is less wide has one column */
    LIST_LEAST = 300,
    CARD_HEIGHT = 520,
    ROW_HEIGHT = 40,
    HEAD_HEIGHT = 24,
    SIDE = 10,
    NAME_LEAST = 120,
    COLUMN_GAP = 12,
};

/* ---- the columns ----------------------------------------------------------------------------- */

enum column { NAME, FROM, ACCURACY, NETWORK, MULTIPLICATIONS, SIZE, MADE, COLUMNS };

static const struct {
    const char *heading;
    float width; /* at the least */
    bool right;
} columns[COLUMNS] = {
    [NAME] = {"name", 150, false},
    [FROM] = {"from", 96, false},
    [ACCURACY] = {"accuracy", 142, false},
    [NETWORK] = {"network", 120, false},
    [MULTIPLICATIONS] = {"multiplications", 104, true},
    [SIZE] = {"size", 68, true},
    [MADE] = {"made", 86, true},
};

/* Which goes first where there is no room for all. */
static const enum column dropped[] = {MULTIPLICATIONS, MADE, NETWORK, SIZE, FROM};

struct layout {
    bool shown[COLUMNS];
    float widths[COLUMNS];
};

static float width_of(const struct layout *layout)
{
    float width = 0;
    for (int i = 0; i < COLUMNS; i++)
        if (layout->shown[i])
            width += layout->widths[i] + COLUMN_GAP;
    return width;
}

/* What is left goes to the network's words, or else to the name. */
static struct layout lay_columns(float width)
{
    struct layout layout;
    for (int i = 0; i < COLUMNS; i++) {
        layout.shown[i] = true;
        layout.widths[i] = columns[i].width;
    }
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped && width_of(&layout) > width; i++)
        layout.shown[dropped[i]] = false;
    layout.widths[layout.shown[NETWORK] ? NETWORK : NAME] += fmaxf(width - width_of(&layout), 0);
    return layout;
}

/* The next column's place, from the left of `rest`. */
static struct ui_rect cut_column(const struct layout *layout, enum column column,
                                 struct ui_rect *rest)
{
    struct ui_rect rect = ui_cut_left(rest, fminf(layout->widths[column], rest->w));
    ui_cut_left(rest, COLUMN_GAP);
    return rect;
}

/* ---- a row ----------------------------------------------------------------------------------- */

static const char *const origins[] = {
    [SHELF_BUILT_IN] = N_("built in"),
    [SHELF_SHIPS] = N_("ships"),
    [SHELF_YOURS] = N_("yours"),
    [SHELF_ELSEWHERE] = N_("elsewhere"),
};

static void write_cell(const struct shelf_model *model, enum column column, char *text, size_t size)
{
    const char *date = record_get(&model->record, MODEL_DATE);
    text[0] = 0;
    switch (column) {
    case FROM:
        snprintf(text, size, "%s", _(origins[model->from]));
        break;
    case NETWORK:
        snprintf(text, size, "%s", model->trouble[0] ? _("cannot be read") : model->words);
        break;
    case MULTIPLICATIONS:
        if (model->multiplications > 0)
            snprintf(text, size, "%s", model_count(model->multiplications).text);
        break;
    case SIZE:
        if (model->size > 0)
            snprintf(text, size, "%s", ui_bytes(model->size).text);
        break;
    case MADE:
        snprintf(text, size, "%s", date ? date : "");
        break;
    case NAME:
    case ACCURACY:
    case COLUMNS:
        break;
    }
}

/* "best", in the accent's colour where it reads. */
static void show_name(const struct shelf_model *model, bool in_use, struct ui *ui,
                      struct ui_rect rect)
{
    ui_label_fitting(ui, rect, UI_BOLD | UI_SHRINK | (in_use ? UI_ACCENT : 0),
                     (const char *[]){model->name}, 1);
}

/* "99.69 % test" */
static void show_accuracy(const struct shelf_model *model, struct ui *ui, struct ui_rect rect)
{
    double accuracy = models_accuracy(&model->record);
    if (accuracy < 0)
        return;
    struct ui_number_text figure = ui_percent(accuracy, 2);
    const struct ui_part parts[] = {
        {figure.text, UI_FIGURES},
        {models_is_tested(&model->record) ? " test" : " validation", UI_QUIET}};
    ui_parts(ui, rect, 0, parts, 2);
}

/* All the words, or the first layer and the last, or the first, whichever there is room for. */
static void show_words(struct ui *ui, struct ui_rect rect, const char *words)
{
    char ends[NN_WORDS_MAX + 8], first[NN_WORDS_MAX + 8];
    const char *last = strrchr(words, ',');
    int len = (int)strcspn(words, ",");
    snprintf(first, sizeof first, "%.*s \u2026", len, words);
    snprintf(ends, sizeof ends, "%s%s", first, last ? last + 1 : "");
    ui_label_fitting(ui, rect, UI_QUIET, (const char *[]){words, ends, first, ""}, last ? 4 : 1);
}

static void show_cells(const struct shelf_model *model, bool in_use, const struct layout *layout,
                       struct ui *ui, struct ui_rect rest)
{
    char text[NN_WORDS_MAX];
    for (int i = 0; i < COLUMNS; i++) {
        enum column column = (enum column)i;
        if (!layout->shown[i])
            continue;
        struct ui_rect rect = cut_column(layout, column, &rest);
        write_cell(model, column, text, sizeof text);
        if (column == NAME)
            show_name(model, in_use, ui, rect);
        else if (column == ACCURACY)
            show_accuracy(model, ui, rect);
        else if (column == NETWORK)
            show_words(ui, rect, text);
        else
            ui_label(ui, rect, UI_QUIET | UI_FIGURES | (columns[i].right ? UI_RIGHT : 0), text);
    }
}

/* A button with the cells on it. Whoever comes to it with the keys chooses it. */
static void show_row(const struct models_shown *shown, const struct shelf_model *model,
                     const struct layout *layout, struct ui *ui, struct ui_rect rect,
                     struct actions *actions)
{
    char name[SHELF_NAME_MAX + 40];
    bool on = strcmp(model->path, shown->shelf->chosen) == 0;
    bool in_use = strcmp(model->path, shown->in_use) == 0;
    snprintf(name, sizeof name, "shelf-%s-%s", model->name, origins[model->from]);
    if (ui_button(ui, name, rect, "", UI_BARE | UI_TOGGLE | (on ? UI_ON : 0)) ||
        (!on && ui_has_focus(ui, name)))
        action_add_text(actions, ACT_SHELF_CHOOSE, model->path);
    ui_tip(ui, in_use ? _("It reads your drawing now") : _("Look at it"));
    show_cells(model, in_use, layout, ui, ui_inset_xy(rect, SIDE, 0));
}

/* ---- the shelf ------------------------------------------------------------------------------- */

static void show_heads(const struct layout *layout, struct ui *ui, struct ui_rect rest)
{
    rest = ui_inset_xy(rest, SIDE, 0);
    for (int i = 0; i < COLUMNS; i++) {
        if (!layout->shown[i])
            continue;
        struct ui_rect rect = cut_column(layout, (enum column)i, &rest);
        ui_label(ui, rect, UI_LITTLE | UI_QUIET | (columns[i].right ? UI_RIGHT : 0),
                 columns[i].heading);
    }
}

static void show_shelf(struct models_view *view, const struct models_shown *shown, struct ui *ui,
                       struct ui_rect rect, struct actions *actions)
{
    const struct shelf *shelf = shown->shelf;
    struct ui_rect inside = ui_card(ui, rect, _("Models"));
    struct ui_rect tools = ui_cut_top(&inside, UI_ROW);
    ui_cut_top(&inside, UI_GAP);
    const struct action_button open = {"models-open", {.kind = ACT_MODEL}};
    const struct action_button undo = {"models-undo", {.kind = ACT_SHELF_UNDO}};
    action_button_show(&open, ui, ui_cut_left(&tools, action_button_width(&open, ui)), actions);
    ui_cut_left(&tools, UI_GAP);
    action_button_show(&undo, ui, ui_cut_left(&tools, action_button_width(&undo, ui)), actions);
    struct ui_rect heads = ui_cut_top(&inside, HEAD_HEIGHT);
    float content = (float)shelf->count * ROW_HEIGHT;
    struct ui_rect page = ui_scroll_begin(ui, "shelf-page", inside, content, &view->scroll);
    struct layout layout = lay_columns(page.w - 2 * SIDE + COLUMN_GAP);
    ui_group_begin(ui, "shelf");
    for (int i = 0; i < shelf->count; i++)
        show_row(shown, &shelf->models[i], &layout, ui, ui_cut_top(&page, ROW_HEIGHT), actions);
    ui_group_end(ui);
    ui_scroll_end(ui);
    heads.w = page.w;
    show_heads(&layout, ui, heads);
    if (shelf->count == 0)
        ui_wrapped(ui, inside, UI_QUIET,
                   shelf->looked ? _("There are none.") : _("Looking for them\u2026"));
}

/* ---- all of it ------------------------------------------------------------------------------- */

void models_view_show(struct models_view *view, const struct models_shown *shown, struct ui *ui,
                      struct ui_rect rect, struct actions *actions)
{
    bool column = rect.w < COLUMN_BELOW;
    float least = column ? LIST_LEAST + CARD_HEIGHT + 3 * UI_BETWEEN : 0;
    struct ui_rect page =
        ui_scroll_begin(ui, "models-page", rect, fmaxf(rect.h, least), &view->page_scroll);
    struct ui_rect list = ui_inset(page, UI_BETWEEN);
    struct ui_rect card =
        column ? ui_cut_bottom(&list, CARD_HEIGHT) : ui_cut_right(&list, CARD_WIDTH);
    if (column)
        ui_cut_bottom(&list, UI_BETWEEN);
    else
        ui_cut_right(&list, UI_BETWEEN);
    show_shelf(view, shown, ui, list, actions);
    model_card_show(&view->card, shown, ui, card, actions);
    ui_scroll_end(ui);
}

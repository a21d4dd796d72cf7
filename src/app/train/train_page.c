/* SPDX-License-Identifier: MIT */
#include "app/train/train_page.h"

#include <math.h>
#include <stdio.h>

#include "app/train/train_view.h"
#include "ui/format.h"

/* Sizes in points. */
enum {
    FORM_NARROW = 332, FORM_WIDE = 364, WIDE_WINDOW = 1200,
    CURVE_LEAST = 226, /* of a card's height; lower, and they scroll */
    FOOT = 28, EMPTY_WIDTH = 420,
};

/* The part of the height that the accuracy gets. */
#define ACCURACY_PART 0.54f

void train_page_begin(struct train_page *page)
{
    train_form_choose(&page->card.form, recipe_at(0), 0);
}

/* ---- the curves ---------------------------------------------------------------------------- */

/* "Best validation 97.85 % at epoch 6" */
struct best {
    char epoch[32];
    struct ui_number_text accuracy;
    struct ui_part parts[3];
    int count;
};

static void write_best(const struct train_shown *shown, struct ui *ui, float width,
                       struct best *best)
{
    const struct history_epoch *at = shown->run ? history_best(shown->run) : NULL;
    best->count = 0;
    if (!at)
        return;
    snprintf(best->epoch, sizeof best->epoch, " at epoch %d", at->epoch);
    best->accuracy = ui_percent((double)at->valid_accuracy, 2);
    best->parts[0] = (struct ui_part){"Best validation ", UI_QUIET};
    best->parts[1] = (struct ui_part){best->accuracy.text, UI_FIGURES};
    best->parts[2] = (struct ui_part){best->epoch, UI_QUIET};
    best->count = 3;
    if (ui_parts_width(ui, best->parts, 3) > width)
        best->parts[0].text = "Best ";
}

static const struct {
    const char *name, *label, *brief, *tip;
} exports[] = {
    [TRAIN_EXPORT_PNG] = {"export-png", "Export PNG", "PNG", "Save both plots as a picture"},
    [TRAIN_EXPORT_CSV] = {"export-csv", "Export CSV", "CSV",
                          "Save every point of the curves, with the recipe, as a table for a "
                          "spreadsheet"},
};

static float exports_width(struct ui *ui)
{
    float width = 0;
    for (int i = TRAIN_EXPORT_PNG; i <= TRAIN_EXPORT_CSV; i++)
        width += ui_button_width(ui, exports[i].label, UI_LITTLE) + UI_GAP;
    return width;
}

/* The best epoch stands beside the buttons, or over them where it is narrow. */
static float foot_height(struct ui *ui, float width, const struct best *best)
{
    float both = ui_parts_width(ui, best->parts, best->count) + UI_BETWEEN + exports_width(ui);
    bool abreast = both <= width;
    return abreast ? FOOT : FOOT + UI_LINE;
}

static void show_foot(const struct train_shown *shown, struct ui *ui, struct ui_rect rect,
                      const struct best *best, struct actions *actions)
{
    unsigned off = shown->run && shown->run->point_count ? 0 : UI_OFF;
    struct ui_rect row = ui_cut_bottom(&rect, FOOT), places[2];
    bool brief = exports_width(ui) - UI_GAP > row.w;
    if (rect.h <= 0)
        rect = row;
    ui_parts(ui, rect, 0, best->parts, best->count);
    for (int i = TRAIN_EXPORT_CSV; i >= TRAIN_EXPORT_PNG; i--) {
        const char *label = brief ? exports[i].brief : exports[i].label;
        places[i] = ui_cut_right(&row, ui_button_width(ui, label, UI_LITTLE));
        ui_cut_right(&row, UI_GAP);
    }
    for (int i = TRAIN_EXPORT_PNG; i <= TRAIN_EXPORT_CSV; i++) {
        const char *label = brief ? exports[i].brief : exports[i].label;
        if (ui_button(ui, exports[i].name, places[i], label, UI_LITTLE | UI_CENTER | off))
            action_add(actions, i == TRAIN_EXPORT_PNG ? ACT_CURVES_PNG : ACT_CURVES_CSV);
        ui_tip(ui, exports[i].tip);
    }
}

/* While there is nothing to plot, a sentence says what will be there. */
static void show_plot(struct train_page *page, const struct train_shown *shown, struct ui *ui,
                      const char *name, enum train_measure measure, struct ui_rect rect)
{
    struct train_plot plot;
    train_curves_plot(&page->curves, measure, shown->facts.live, ui_theme(ui), &plot);
    bool waiting = shown->facts.busy && !shown->facts.live;
    const char *empty = waiting ? "The first epoch begins when the data is loaded."
                                : plot.plot.empty;
    plot.plot.empty = NULL;
    ui_plot(ui, name, rect, &plot.plot);
    if (plot.plot.series_count > 0)
        return;
    float width = fminf(EMPTY_WIDTH, rect.w);
    float height = ui_wrapped_height(ui, width, UI_QUIET, empty);
    ui_wrapped(ui, ui_middle(rect, width, height), UI_QUIET | UI_CENTER, empty);
}

static void show_accuracy(struct train_page *page, const struct train_shown *shown, struct ui *ui,
                          struct ui_rect rect)
{
    struct ui_rect inside = ui_card(ui, rect, NULL);
    if (shown->trouble && shown->trouble[0]) {
        float height = ui_wrapped_height(ui, inside.w, UI_SECOND, shown->trouble);
        struct ui_rect trouble = ui_cut_bottom(&inside, height);
        ui_wrapped(ui, trouble, UI_SECOND, shown->trouble);
        ui_area(ui, "trouble", trouble, UI_ROLE_VALUE, shown->trouble);
        ui_cut_bottom(&inside, UI_GAP);
    }
    show_plot(page, shown, ui, "accuracy-curve", TRAIN_ACCURACY, inside);
}

static void show_cost(struct train_page *page, const struct train_shown *shown, struct ui *ui,
                      struct ui_rect rect, struct actions *actions)
{
    struct ui_rect inside = ui_card(ui, rect, NULL);
    struct best best;
    write_best(shown, ui, inside.w, &best);
    struct ui_rect foot = ui_cut_bottom(&inside, foot_height(ui, inside.w, &best));
    ui_cut_bottom(&inside, UI_GAP);
    show_plot(page, shown, ui, "cost-curve", TRAIN_COST, inside);
    show_foot(shown, ui, foot, &best, actions);
}

static void show_curves(struct train_page *page, const struct train_shown *shown, struct ui *ui,
                        struct ui_rect rect, struct actions *actions)
{
    float content = fmaxf(rect.h, 2 * CURVE_LEAST + UI_BETWEEN);
    rect = ui_scroll_begin(ui, "train-curves", rect, content, &page->scroll);
    float height = fmaxf(floorf((content - UI_BETWEEN) * ACCURACY_PART), CURVE_LEAST);
    height = fminf(height, content - UI_BETWEEN - CURVE_LEAST);
    struct ui_rect accuracy = ui_cut_top(&rect, height);
    ui_cut_top(&rect, UI_BETWEEN);
    show_accuracy(page, shown, ui, accuracy);
    show_cost(page, shown, ui, rect, actions);
    ui_scroll_end(ui);
}

/* ---- the page ------------------------------------------------------------------------------ */

/* While a run is under way the form is what it is trained by, wherever it was started from. */
static void follow_run(struct train_page *page, const struct train_shown *shown)
{
    struct train_form *form = &page->card.form;
    if (shown->images != form->images)
        train_form_set_images(form, shown->images);
    if (shown->facts.busy && !page->following && shown->recipe)
        train_form_set(form, shown->recipe);
    page->following = shown->facts.busy;
}

void train_page_show(struct train_page *page, const struct train_shown *shown, struct ui *ui,
                     struct ui_rect rect, struct actions *actions)
{
    follow_run(page, shown);
    rect = ui_inset(rect, UI_BETWEEN);
    float width = ui_input(ui)->width >= WIDE_WINDOW ? FORM_WIDE : FORM_NARROW;
    struct ui_rect form = ui_cut_left(&rect, width);
    ui_cut_left(&rect, UI_BETWEEN);
    train_card_show(&page->card, ui, form, &shown->facts, actions);

    const struct recipe *recipe = shown->recipe ? shown->recipe : &page->card.form.recipe;
    train_curves_fill(&page->curves, shown->run, shown->before, recipe,
                      shown->before_recipe);
    show_curves(page, shown, ui, rect, actions);
}

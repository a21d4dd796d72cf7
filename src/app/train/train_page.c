/* SPDX-License-Identifier: MIT */
#include "app/train/train_page.h"

#include <math.h>
#include <stdio.h>

#include "app/train/train_view.h"
#include "ui/format.h"

/* Sizes in points. */
enum { FORM_NARROW = 332, FORM_WIDE = 364, WIDE_WINDOW = 1200, FOOT = 28, EMPTY_WIDTH = 420 };

/* The part of the height that the accuracy gets. */
#define ACCURACY_PART 0.54f

void train_page_begin(struct train_page *page)
{
    train_form_choose(&page->card.form, recipe_at(0), 0);
}

/* ---- the curves ---------------------------------------------------------------------------- */

/* "Best validation 97.85 % at epoch 6" */
static void show_best(const struct train_shown *shown, struct ui *ui, struct ui_rect rect)
{
    const struct history_epoch *best = shown->run ? history_best(shown->run) : NULL;
    char epoch[32];
    if (!best)
        return;
    snprintf(epoch, sizeof epoch, " at epoch %d", best->epoch);
    struct ui_number_text accuracy = ui_percent((double)best->valid_accuracy, 2);
    const struct ui_part parts[] = {
        {"Best validation ", UI_QUIET}, {accuracy.text, UI_FIGURES}, {epoch, UI_QUIET}};
    ui_parts(ui, rect, 0, parts, 3);
}

static void show_foot(const struct train_shown *shown, struct ui *ui, struct ui_rect rect,
                      struct actions *actions)
{
    static const struct {
        const char *name, *label, *tip;
    } buttons[] = {
        [TRAIN_EXPORT_PNG] = {"export-png", "Export PNG", "Save both plots as a picture"},
        [TRAIN_EXPORT_CSV] = {"export-csv", "Export CSV",
                              "Save every point of the curves, with the recipe, as a table for a "
                              "spreadsheet"},
    };
    unsigned off = shown->run && shown->run->point_count ? 0 : UI_OFF;
    struct ui_rect places[2];
    for (int i = TRAIN_EXPORT_CSV; i >= TRAIN_EXPORT_PNG; i--) {
        places[i] = ui_cut_right(&rect, ui_button_width(ui, buttons[i].label, UI_LITTLE));
        ui_cut_right(&rect, UI_GAP);
    }
    show_best(shown, ui, rect);
    for (int i = TRAIN_EXPORT_PNG; i <= TRAIN_EXPORT_CSV; i++) {
        if (ui_button(ui, buttons[i].name, places[i], buttons[i].label,
                      UI_LITTLE | UI_CENTER | off))
            action_add_number(actions, ACT_EXPORT_ASK, i);
        ui_tip(ui, buttons[i].tip);
    }
}

/* While there is nothing to plot, a sentence says what will be there. */
static void show_plot(struct train_page *page, const struct train_shown *shown, struct ui *ui,
                      const char *name, enum train_measure measure, struct ui_rect rect)
{
    struct train_plot plot;
    train_curves_plot(&page->curves, measure, shown->facts.live, ui_theme(ui), &plot);
    const char *empty = plot.plot.empty;
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
    struct ui_rect foot = ui_cut_bottom(&inside, FOOT);
    ui_cut_bottom(&inside, UI_GAP);
    show_plot(page, shown, ui, "cost-curve", TRAIN_COST, inside);
    show_foot(shown, ui, foot, actions);
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
    struct ui_rect accuracy = ui_cut_top(&rect, floorf((rect.h - UI_BETWEEN) * ACCURACY_PART));
    ui_cut_top(&rect, UI_BETWEEN);
    show_accuracy(page, shown, ui, accuracy);
    show_cost(page, shown, ui, rect, actions);
}

/* SPDX-License-Identifier: MIT */
#include "app/train/train_view.h"

#include <math.h>
#include <stdio.h>

#include "app/widget/action_button.h"
#include "base/language.h"
#include "ui/format.h"

/* Sizes in points. */
enum {
    FORM_NARROW = 332,
    FORM_WIDE = 364,
    WIDE_WINDOW = 1200,
    CURVE_LEAST = 210, /* of a card's height; lower, and they scroll */
    ABREAST = 700,     /* so wide, both curves stand side by side below a mini-batch */
    FOOT = 28,
    EMPTY_WIDTH = 420,
    SCROLLBAR = 16, /* what it takes of the width, at most */
};

/* The part of the height that the accuracy gets. */
#define ACCURACY_PART 0.54f

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
    snprintf(best->epoch, sizeof best->epoch, _(" at epoch %d"), at->epoch);
    best->accuracy = ui_percent((double)at->valid_accuracy, 2);
    best->parts[0] = (struct ui_part){_("Best validation "), UI_QUIET};
    best->parts[1] = (struct ui_part){best->accuracy.text, UI_FIGURES};
    best->parts[2] = (struct ui_part){best->epoch, UI_QUIET};
    best->count = 3;
    if (ui_parts_width(ui, best->parts, 3) > width)
        best->parts[0].text = _("Best ");
}

static const struct {
    const char *name, *label, *brief;
    enum action_kind kind;
} foot_buttons[] = {
    {"whole-curves", _("Beginning"), _("Begin"), ACT_CURVES_WHOLE},
    {"export-png", _("Export PNG"), "PNG", ACT_CURVES_PNG},
    {"export-csv", _("Export CSV"), "CSV", ACT_CURVES_CSV},
};
enum { FOOT_BUTTONS = sizeof foot_buttons / sizeof *foot_buttons };

static float buttons_width(struct ui *ui)
{
    float width = 0;
    for (int i = 0; i < FOOT_BUTTONS; i++)
        width += ui_button_width(ui, foot_buttons[i].label, UI_LITTLE) + UI_GAP;
    return width;
}

/* The best epoch stands beside the buttons, or over them where it is narrow. */
static float foot_height(struct ui *ui, float width, const struct best *best)
{
    float both = ui_parts_width(ui, best->parts, best->count) + UI_BETWEEN + buttons_width(ui);
    bool abreast = both <= width;
    return abreast ? FOOT : FOOT + UI_LINE;
}

static void show_foot(bool whole, struct ui *ui, struct ui_rect rect, const struct best *best,
                      struct actions *actions)
{
    struct ui_rect row = ui_cut_bottom(&rect, FOOT), places[FOOT_BUTTONS];
    bool brief = buttons_width(ui) - UI_GAP > row.w;
    if (rect.h <= 0)
        rect = row;
    ui_parts(ui, rect, 0, best->parts, best->count);
    for (int i = FOOT_BUTTONS - 1; i >= 0; i--) {
        const char *label = brief ? foot_buttons[i].brief : foot_buttons[i].label;
        places[i] = ui_cut_right(&row, ui_button_width(ui, label, UI_LITTLE));
        ui_cut_right(&row, UI_GAP);
    }
    for (int i = 0; i < FOOT_BUTTONS; i++) {
        const struct action_button button = {
            foot_buttons[i].name,
            {.kind = foot_buttons[i].kind},
            brief ? foot_buttons[i].brief : foot_buttons[i].label,
            NULL,
            UI_LITTLE | UI_CENTER |
                (foot_buttons[i].kind == ACT_CURVES_WHOLE ? UI_TOGGLE | (whole ? UI_ON : 0) : 0)};
        action_button_show(&button, ui, places[i], actions);
    }
}

/* While there is nothing to plot, a sentence says what will be there. */
static void show_plot(struct train_view *view, const struct train_shown *shown, struct ui *ui,
                      const char *name, enum train_measure measure, struct ui_rect rect)
{
    struct train_plot plot;
    train_curves_plot(&view->curves, measure, shown->facts.live, ui_theme(ui), &plot);
    bool waiting = shown->facts.busy && !shown->facts.live;
    const char *empty =
        waiting ? _("The first epoch begins when the data is loaded.") : plot.plot.empty;
    plot.plot.empty = NULL;
    ui_plot(ui, name, rect, &plot.plot);
    if (plot.plot.series_count > 0)
        return;
    float width = fminf(EMPTY_WIDTH, rect.w);
    float height = ui_wrapped_height(ui, width, UI_QUIET, empty);
    ui_wrapped(ui, ui_middle(rect, width, height), UI_QUIET | UI_CENTER, empty);
}

static void show_accuracy(struct train_view *view, const struct train_shown *shown, struct ui *ui,
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
    show_plot(view, shown, ui, "accuracy-curve", TRAIN_ACCURACY, inside);
}

static void show_cost(struct train_view *view, const struct train_shown *shown, struct ui *ui,
                      struct ui_rect rect, struct actions *actions)
{
    struct ui_rect inside = ui_card(ui, rect, NULL);
    struct best best;
    write_best(shown, ui, inside.w, &best);
    struct ui_rect foot = ui_cut_bottom(&inside, foot_height(ui, inside.w, &best));
    ui_cut_bottom(&inside, UI_GAP);
    show_plot(view, shown, ui, "cost-curve", TRAIN_COST, inside);
    show_foot(view->curves.whole, ui, foot, &best, actions);
}

/* Its card, so that the cost's is left. */
static struct ui_rect cut_accuracy(struct ui_rect *rest, float room, bool abreast)
{
    struct ui_rect accuracy;
    if (abreast) {
        accuracy = ui_cut_left(rest, floorf((rest->w - UI_BETWEEN) / 2));
        ui_cut_left(rest, UI_BETWEEN);
        return accuracy;
    }
    float height = fmaxf(floorf((room - UI_BETWEEN) * ACCURACY_PART), CURVE_LEAST);
    accuracy = ui_cut_top(rest, fminf(height, room - UI_BETWEEN - CURVE_LEAST));
    ui_cut_top(rest, UI_BETWEEN);
    return accuracy;
}

static void show_curves(struct train_view *view, const struct train_shown *shown, struct ui *ui,
                        struct ui_rect rect, struct actions *actions)
{
    const struct runs_card runs = {shown->past, shown->left};
    float batch = shown->batch ? batch_card_height(shown->batch, ui, rect.w) + UI_BETWEEN : 0;
    bool any = shown->past && shown->past->count > 0;
    float table = any ? runs_card_height(&runs, ui, rect.w - SCROLLBAR) + UI_BETWEEN : 0;
    bool abreast = shown->batch && rect.w >= ABREAST;
    float least = batch + table + (abreast ? CURVE_LEAST : 2 * CURVE_LEAST + UI_BETWEEN);
    float content = fmaxf(rect.h, least);
    rect = ui_scroll_begin(ui, "train-curves", rect, content, &view->scroll);
    if (shown->batch) {
        struct ui_rect card = ui_cut_top(&rect, batch - UI_BETWEEN);
        batch_card_show(shown->batch, ui, card, view->pixels);
        ui_cut_top(&rect, UI_BETWEEN);
    }
    struct ui_rect below = ui_cut_bottom(&rect, table);
    struct ui_rect accuracy = cut_accuracy(&rect, content - batch - table, abreast);
    show_accuracy(view, shown, ui, accuracy);
    show_cost(view, shown, ui, rect, actions);
    ui_cut_top(&below, UI_BETWEEN);
    if (any)
        runs_card_show(&runs, ui, below, actions);
    ui_scroll_end(ui);
}

/* ---- the page ------------------------------------------------------------------------------ */

void train_view_show(struct train_view *view, const struct train_shown *shown, struct ui *ui,
                     struct ui_rect rect, struct actions *actions)
{
    rect = ui_inset(rect, UI_BETWEEN);
    float width = ui_input(ui)->width >= WIDE_WINDOW ? FORM_WIDE : FORM_NARROW;
    struct ui_rect form = ui_cut_left(&rect, width);
    ui_cut_left(&rect, UI_BETWEEN);
    train_card_show(&view->settings, shown->form, &shown->facts, ui, form, actions);

    const struct recipe *recipe = shown->recipe ? shown->recipe : &shown->form->recipe;
    train_curves_fill(&view->curves, shown->run, recipe, shown->past);
    train_curves_mark(&view->curves, shown->run, shown->marks);
    pace_row_show(shown->pace, ui, ui_cut_top(&rect, PACE_ROW), actions);
    ui_cut_top(&rect, UI_GAP);
    show_curves(view, shown, ui, rect, actions);
}

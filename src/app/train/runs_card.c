/* SPDX-License-Identifier: MIT */
#include "app/train/runs_card.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "app/train/train_curves.h"
#include "app/widget/action_button.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

/* Sizes in points. */
enum {
    BUTTON = 28,
    KEY = 26,
    NAME = 74,
    BEST = 72,
    ONE_ROW = 400, /* less wide, the buttons stand in a row of their own */
};

struct recipe_words {
    char text[RECIPE_TITLE_MAX + RECIPE_CHANGES_MAX + 80];
};

/* A small network is trained within a second or two: "0:01" would tell no two apart. */
static struct ui_number_text time_text(double seconds)
{
    return seconds < 60 ? ui_microseconds(seconds * 1e6) : ui_duration(seconds);
}

/* "swift, changed: epochs 3, rate 0.5; seed 7; 3 of 3 epochs in 1.2 s" */
static struct recipe_words write_recipe(const struct past_run *run)
{
    struct recipe_words words;
    char title[RECIPE_TITLE_MAX], changes[RECIPE_CHANGES_MAX];
    int done = run->history.epoch_count, epochs = run->recipe.epochs;
    uint64_t seed = run->recipe.seed;
    const struct ui_number_text time = time_text(run->seconds);
    recipe_title(&run->recipe, title);
    if (recipe_changes(&run->recipe, changes)[0])
        snprintf(words.text, sizeof words.text,
                 P_("%s: %s; seed %" PRIu64 "; %d of %d epoch in %s",
                    "%s: %s; seed %" PRIu64 "; %d of %d epochs in %s", epochs),
                 title, changes, seed, done, epochs, time.text);
    else
        snprintf(words.text, sizeof words.text,
                 P_("%s; seed %" PRIu64 "; %d of %d epoch in %s",
                    "%s; seed %" PRIu64 "; %d of %d epochs in %s", epochs),
                 title, seed, done, epochs, time.text);
    return words;
}

static float row_height(const struct past_run *run, struct ui *ui, float width)
{
    float words = ui_wrapped_height(ui, width - KEY, UI_QUIET, write_recipe(run).text);
    return BUTTON + UI_STEP + words + UI_GAP + (width < ONE_ROW ? BUTTON + UI_STEP : 0);
}

float runs_card_height(const struct runs_card *card, struct ui *ui, float width)
{
    float height = 2 * UI_INSIDE + UI_HEADING - UI_GAP;
    for (int i = 0; i < card->past->count; i++)
        height += row_height(&card->past->items[i], ui, width - 2 * UI_INSIDE);
    return ceilf(height);
}

/* ---- a row ----------------------------------------------------------------------------------- */

/* At the right end of the row. */
static void cut_button(const char *verb, const struct past_run *run, struct action_button button,
                       struct ui *ui, struct ui_rect *row, struct actions *actions)
{
    char name[48];
    snprintf(name, sizeof name, "run-%s-%" PRIu64, verb, run->number);
    button.name = name;
    button.flags = UI_LITTLE | UI_CENTER;
    action_button_show(&button, ui, ui_cut_right(row, action_button_width(&button, ui)), actions);
    ui_cut_right(row, UI_GAP);
}

/* One that came to its end has a result to take. */
static void cut_resume(const struct past_run *run, const struct runs_item *item, struct ui *ui,
                       struct ui_rect *row, struct actions *actions)
{
    struct action_button button = {.action = {.kind = ACT_RESUME, .text = run->checkpoint}};
    if (runs_is_result(item)) {
        button.label = _("Take it");
        button.sentence = _("Make what it learnt the model in use");
    }
    cut_button("resume", run, button, ui, row, actions);
}

static void show_name(const struct past_run *run, struct ui *ui, struct ui_rect *row,
                      struct actions *actions)
{
    char name[48], label[TRAIN_NAME_MAX];
    const struct ui_series key = train_curves_key(run->dashes, ui_theme(ui));
    ui_plot_key(ui, ui_cut_left(row, KEY - UI_GAP), &key);
    ui_cut_left(row, UI_GAP);
    snprintf(name, sizeof name, "run-show-%" PRIu64, run->number);
    const struct action_button button = {name,
                                         {.kind = ACT_RUN_SHOW, .number = (double)run->number},
                                         train_curves_name(run->number, label),
                                         NULL,
                                         UI_LITTLE | UI_CENTER | UI_TOGGLE |
                                             (run->shown ? UI_ON : 0)};
    action_button_show(&button, ui, ui_cut_left(row, NAME), actions);
    ui_cut_left(row, UI_GAP);
}

static void show_best(const struct past_run *run, struct ui *ui, struct ui_rect *row)
{
    const struct history_epoch *best = history_best(&run->history);
    ui_label(ui, ui_cut_left(row, BEST), UI_FIGURES,
             best ? ui_percent((double)best->valid_accuracy, 2).text : "\u2013");
}

static void show_buttons(const struct past_run *run, const struct runs *left, struct ui *ui,
                         struct ui_rect row, struct actions *actions)
{
    const struct runs_item *item = runs_at(left, run->checkpoint);
    const struct action open = {.kind = ACT_RUN_OPEN, .number = (double)run->number};
    const struct action repeat = {.kind = ACT_RUN_REPEAT, .number = (double)run->number};
    if (item)
        cut_resume(run, item, ui, &row, actions);
    cut_button("repeat", run, (struct action_button){.action = repeat}, ui, &row, actions);
    cut_button("open", run, (struct action_button){.action = open}, ui, &row, actions);
}

static void show_row(const struct runs_card *card, int i, struct ui *ui, struct ui_rect rect,
                     struct actions *actions)
{
    const struct past_run *run = &card->past->items[i];
    bool narrow = rect.w < ONE_ROW;
    struct ui_rect row = ui_cut_top(&rect, BUTTON);
    ui_cut_top(&rect, UI_STEP);
    show_name(run, ui, &row, actions);
    show_best(run, ui, &row);
    if (narrow) {
        row = ui_cut_top(&rect, BUTTON);
        ui_cut_top(&rect, UI_STEP);
    }
    show_buttons(run, card->left, ui, row, actions);
    ui_cut_left(&rect, KEY);
    ui_wrapped(ui, rect, UI_QUIET, write_recipe(run).text);
}

void runs_card_show(const struct runs_card *card, struct ui *ui, struct ui_rect rect,
                    struct actions *actions)
{
    struct ui_rect inside = ui_card(ui, rect, _("Earlier runs"));
    for (int i = 0; i < card->past->count; i++) {
        float height = row_height(&card->past->items[i], ui, inside.w);
        show_row(card, i, ui, ui_cut_top(&inside, height), actions);
    }
}

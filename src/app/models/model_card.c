/* SPDX-License-Identifier: MIT */
#include "app/models/model_card.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/models/models_shown.h"
#include "app/state/models.h"
#include "app/widget/action_button.h"
#include "base/language.h"
#include "eval/evaluate.h"
#include "model/model.h"
#include "ui/format.h"
#include "ui/ui.h"

enum { FIGURE_HEIGHT = 40, PARAGRAPH = 16, FACT_MAX = 200 };

struct model_count model_count(size_t count)
{
    struct model_count said;
    if (count < 1000)
        snprintf(said.text, sizeof said.text, "%zu", count);
    else if (count < 1000000)
        snprintf(said.text, sizeof said.text, "%.0f k", (double)count / 1000);
    else
        snprintf(said.text, sizeof said.text, "%s M", ui_fixed((double)count / 1e6, 1).text);
    return said;
}

/* ---- how well it reads ----------------------------------------------------------------------- */

static void write_measure(const struct record *record, char *text, size_t size)
{
    uint64_t count;
    double accuracy = models_accuracy(record);
    if (accuracy < 0)
        snprintf(text, size, _("It was not measured."));
    else if (models_is_tested(record) && record_get_count(record, MODEL_TEST_COUNT, &count) &&
             count > 0)
        snprintf(text, size, _("of %s test images, \u00b1 %s points"),
                 ui_thousands((int64_t)count).text,
                 ui_fixed(100 * evaluate_error(accuracy, count), 2).text);
    else
        snprintf(text, size, _("of the %s"), models_measured_on(record));
}

static void show_line(struct ui *ui, struct ui_rect *rest, unsigned flags, const char *text)
{
    float height = fmaxf(ui_wrapped_height(ui, rest->w, flags, text), UI_LINE);
    ui_wrapped(ui, ui_cut_top(rest, height), flags, text);
}

static void show_figures(const struct shelf_model *model, struct ui *ui, struct ui_rect *rest)
{
    char text[FACT_MAX];
    double accuracy = models_accuracy(&model->record);
    if (accuracy >= 0) {
        struct ui_number_text figure = ui_percent(accuracy, 2);
        struct ui_rect rect = ui_cut_top(rest, FIGURE_HEIGHT);
        ui_label(ui, rect, UI_BIG | UI_BOLD | UI_FIGURES, figure.text);
        ui_area(ui, "model-accuracy", rect, UI_ROLE_VALUE, figure.text);
    }
    write_measure(&model->record, text, sizeof text);
    show_line(ui, rest, UI_QUIET, text);
    snprintf(text, sizeof text, "%s parameters, %s multiplications",
             ui_thousands((int64_t)model->params).text, model_count(model->multiplications).text);
    show_line(ui, rest, UI_QUIET | UI_FIGURES, text);
}

/* ---- what can be done with it ---------------------------------------------------------------- */

/* Buttons beside one another; those that find no room go below. */
static void show_buttons(struct ui *ui, struct ui_rect *rest, const struct action_button *buttons,
                         size_t count, struct actions *actions)
{
    struct ui_rect row = ui_cut_top(rest, UI_ROW);
    for (size_t i = 0; i < count; i++) {
        const struct action_button *button = &buttons[i];
        float width = action_button_width(button, ui);
        if (width > row.w) {
            ui_cut_top(rest, UI_GAP);
            row = ui_cut_top(rest, UI_ROW);
        }
        action_button_show(button, ui, ui_cut_left(&row, fminf(width, row.w)), actions);
        ui_cut_left(&row, UI_GAP);
    }
    ui_cut_top(rest, UI_GAP);
}

static void show_use(const struct models_shown *shown, const struct shelf_model *model,
                     struct ui *ui, struct ui_rect *rest, struct actions *actions)
{
    bool in_use = strcmp(model->path, shown->in_use) == 0;
    bool is_default = strcmp(model->path, shown->default_model) == 0;
    const struct action_button buttons[] = {
        {"model-use",
         {.kind = ACT_MODEL, .text = model->path},
         in_use ? _("In use") : _("Use it"),
         in_use ? _("It reads your drawing now") : _("It reads your drawing from now on"),
         UI_PRIMARY | (in_use ? UI_OFF : 0)},
        {"model-default",
         {.kind = ACT_SHELF_DEFAULT, .text = model->path},
         _("Default"),
         is_default ? _("It reads at the start; let the one that was in use do so again")
                    : _("Let it read at the start, whichever was in use"),
         UI_TOGGLE | (is_default ? UI_ON : 0)},
        {"model-reveal", {.kind = ACT_SHELF_REVEAL}},
    };
    show_buttons(ui, rest, buttons, sizeof buttons / sizeof *buttons, actions);
}

/* Enter renames it, Escape and another choice do not. */
static void show_name_field(struct model_card *card, struct ui *ui, struct ui_rect *rest,
                            struct actions *actions)
{
    const struct ui_field field = {.label = _("Name"), .placeholder = _("a name")};
    struct ui_rect row = ui_cut_top(rest, UI_ROW);
    struct ui_rect button = ui_cut_right(&row, ui_button_width(ui, _("Rename"), 0));
    ui_cut_right(&row, UI_GAP);
    unsigned event = ui_field(ui, "model-name", row, card->name, sizeof card->name, &field, 0);
    ui_tip(ui, _("The name of the model and of its file (Enter)"));
    bool asked = ui_button(ui, "model-rename-now", button, _("Rename"), UI_PRIMARY | UI_CENTER);
    if (asked || event & UI_FIELD_ENTERED) {
        action_add_text(actions, ACT_SHELF_RENAME, card->name);
        card->renaming = false;
    }
    if (ui_key(ui, UI_KEY_ESCAPE, 0))
        card->renaming = false;
    ui_cut_top(rest, UI_GAP);
}

/* The button opens the field; the action comes with the name. */
static void show_rename(struct model_card *card, const struct shelf_model *model, struct ui *ui,
                        struct ui_rect *row, struct actions *actions)
{
    const struct action rename = {.kind = ACT_SHELF_RENAME, .text = model->name};
    char tip[ACTION_TIP_MAX];
    struct ui_rect rect = ui_cut_left(row, ui_button_width(ui, _("Rename"), 0));
    unsigned off = actions_can(actions, &rename, NULL) ? 0 : UI_OFF;
    ui_cut_left(row, UI_GAP);
    if (ui_button(ui, "model-rename", rect, _("Rename"), off)) {
        card->renaming = true;
        snprintf(card->name, sizeof card->name, "%s", model->name);
        snprintf(card->of, sizeof card->of, "%s", model->path);
        ui_again(ui);
    }
    ui_tip(ui, action_tip(&rename, NULL, actions, tip));
}

static void show_changes(struct model_card *card, const struct shelf_model *model, struct ui *ui,
                         struct ui_rect *rest, struct actions *actions)
{
    const struct action_button buttons[] = {
        {"model-duplicate", {.kind = ACT_SHELF_DUPLICATE}},
        {"model-delete", {.kind = ACT_SHELF_DELETE}},
    };
    if (card->renaming && strcmp(card->of, model->path) == 0) {
        show_name_field(card, ui, rest, actions);
        return;
    }
    card->renaming = false;
    struct ui_rect row = ui_cut_top(rest, UI_ROW);
    show_rename(card, model, ui, &row, actions);
    show_buttons(ui, &row, buttons, sizeof buttons / sizeof *buttons, actions);
    ui_cut_top(rest, UI_GAP);
}

/* ---- how it was made ------------------------------------------------------------------------- */

/* "made on 2026-11-26"; nothing where the value is not known. */
static void show_fact(struct ui *ui, struct ui_rect *rest, const char *what, const char *value)
{
    if (!value || !value[0])
        return;
    const struct ui_part parts[] = {{what, UI_QUIET}, {" ", 0}, {value, UI_FIGURES}};
    ui_parts(ui, ui_cut_top(rest, UI_LINE), 0, parts, 3);
}

static void show_learning(const struct record *record, struct ui *ui, struct ui_rect *rest)
{
    char text[FACT_MAX];
    uint64_t epochs, seed, own;
    double seconds;
    const char *recipe = record_get(record, MODEL_RECIPE);
    if (recipe && record_get_count(record, MODEL_EPOCHS, &epochs) &&
        record_get_count(record, MODEL_SEED, &seed)) {
        snprintf(text, sizeof text, "recipe %s, epochs %llu, seed %llu", recipe,
                 (unsigned long long)epochs, (unsigned long long)seed);
        show_line(ui, rest, UI_QUIET | UI_FIGURES, text);
    } else {
        show_fact(ui, rest, _("recipe"), recipe);
    }
    show_fact(ui, rest, _("learnt from"), record_get(record, MODEL_DATA));
    if (record_get_count(record, MODEL_OWN_DIGITS, &own)) {
        snprintf(text, sizeof text, _("own digits that it was tuned on: %llu"),
                 (unsigned long long)own);
        show_line(ui, rest, UI_QUIET | UI_FIGURES, text);
    }
    if (record_get_number(record, MODEL_SECONDS, &seconds))
        show_fact(ui, rest, _("trained for"), ui_duration(seconds).text);
    show_fact(ui, rest, _("made on"), record_get(record, MODEL_DATE));
}

static void show_making(const struct shelf_model *model, struct ui *ui, struct ui_rect *rest,
                        struct actions *actions)
{
    const struct action_button again = {"model-again", {.kind = ACT_SHELF_AGAIN}};
    ui_cut_top(rest, PARAGRAPH);
    ui_heading(ui, ui_cut_top(rest, UI_HEADING), _("How it was made"));
    show_learning(&model->record, ui, rest);
    show_line(ui, rest, UI_QUIET | UI_LITTLE, model->words);
    ui_cut_top(rest, UI_GAP);
    if (record_get(&model->record, MODEL_SETTINGS))
        show_buttons(ui, rest, &again, 1, actions);
}

/* ---- all of it ------------------------------------------------------------------------------- */

void model_card_show(struct model_card *card, const struct models_shown *shown, struct ui *ui,
                     struct ui_rect rect, struct actions *actions)
{
    const struct shelf_model *model = shelf_chosen(shown->shelf);
    struct ui_rect inside = ui_card(ui, rect, model ? model->name : NULL);
    if (!model) {
        ui_wrapped(ui, inside, UI_QUIET, _("Choose a model to see how well it reads."));
        return;
    }
    if (model->trouble[0]) {
        show_line(ui, &inside, UI_SECOND, model->trouble);
        ui_cut_top(&inside, UI_GAP);
    } else {
        show_figures(model, ui, &inside);
        ui_cut_top(&inside, UI_GAP);
        show_use(shown, model, ui, &inside, actions);
    }
    show_changes(card, model, ui, &inside, actions);
    if (!model->trouble[0])
        show_making(model, ui, &inside, actions);
}

/* SPDX-License-Identifier: MIT */
#include "app/inspect/matrix_card.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/inspect/inspect_shown.h"
#include "app/state/gallery.h"
#include "app/widget/action_button.h"
#include "base/language.h"
#include "eval/evaluate.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    DIGITS = 10,
    SELECT_WIDTH = 176,
    HEAD = 26,
    SIDE = 22,
    RIGHT = 62,
    CELL_GAP = 3,
    CELL_LEAST = 22,
    FIGURE_WIDTH = 104,
    FIGURES_HEIGHT = 2 * UI_LINE + UI_GAP,
    RULES_HEIGHT = 2 * UI_LINE,
    MATRIX_LEAST = HEAD + DIGITS * (CELL_LEAST + CELL_GAP),
};

/* A cell with one image in it must be told from an empty one. */
#define FAINTEST 0.25f

float matrix_card_height(void)
{
    return 2 * UI_INSIDE + UI_HEADING + UI_ROW + UI_LINE + 3 * UI_GAP + MATRIX_LEAST +
           FIGURES_HEIGHT + RULES_HEIGHT;
}

/* ---- what is evaluated ----------------------------------------------------------------------- */

/* How the cells are told, and the table that can be saved. */
static void show_choices(const struct matrix_view *view, struct ui *ui, struct ui_rect rect,
                         struct actions *actions)
{
    const struct action_button buttons[] = {
        {"matrix-rows",
         {.kind = ACT_MATRIX_ROWS},
         .flags = UI_TOGGLE | UI_LITTLE | (view->by_row ? UI_ON : 0)},
        {"save-evaluation", {.kind = ACT_EVALUATION_CSV}, .flags = UI_LITTLE},
    };
    action_choice_show("matrix-choices", buttons, 2, ui, rect, actions);
}

/* The chosen set, and the button that evaluates the model in use on it; or how far that is. */
static void show_tools(struct matrix_view *view, const struct inspect_shown *shown, struct ui *ui,
                       struct ui_rect rect, struct actions *actions)
{
    const char *labels[EVALUATING_SETS];
    bool busy = evaluating_busy(shown->evaluating);
    for (int i = 0; i < EVALUATING_SETS; i++)
        labels[i] = evaluating_set_label((enum evaluating_set)i);
    if (ui_select(ui, "evaluate-set", ui_cut_left(&rect, SELECT_WIDTH), _("Which images"), labels,
                  EVALUATING_SETS, &view->set, busy ? UI_OFF : 0))
        ui_again(ui);
    ui_tip(ui, _("On which images the model in use is evaluated"));
    ui_cut_left(&rect, UI_GAP);
    const struct action_button stop = {"evaluate-stop", {.kind = ACT_EVALUATE_STOP}};
    const struct evaluated *result = shown->evaluating->result;
    bool measured = result && !shown->old && (int)result->which == view->set;
    struct action_button start = {
        "evaluate",
        {.kind = ACT_EVALUATE, .text = evaluating_set_name((enum evaluating_set)view->set)},
        .flags = measured ? 0 : UI_PRIMARY};
    if (view->set == EVALUATING_STROKES) /* which file is asked for */
        start.action = (struct action){.kind = ACT_EVALUATE_FILE};
    const char *label = action_row(busy ? ACT_EVALUATE_STOP : start.action.kind)->label;
    struct ui_rect button = ui_cut_left(&rect, ui_button_width(ui, label, UI_PRIMARY));
    action_button_show(busy ? &stop : &start, ui, button, actions);
    ui_cut_left(&rect, 2 * UI_GAP);
    if (busy)
        ui_progress(ui, "evaluate-progress", ui_middle(rect, rect.w, 14),
                    (float)evaluating_progress(shown->evaluating));
    else if (result)
        show_choices(view, ui, rect, actions);
}

/* "nielsen-30 on 10,000 test images of MNIST" */
static void write_subject(const struct evaluated *result, char *text, size_t size)
{
    const char *model = result->model, *set = result->set->name;
    const struct ui_number_text number = ui_thousands(result->set->count);
    const char *count = number.text;
    switch (result->which) {
    case EVALUATING_TEST:
        snprintf(text, size, _("%s on %s test images of %s"), model, count, set);
        break;
    case EVALUATING_TRAIN:
        snprintf(text, size, _("%s on %s training images of %s"), model, count, set);
        break;
    case EVALUATING_HELD_BACK:
        snprintf(text, size, _("%s on %s held-back images of %s"), model, count, set);
        break;
    case EVALUATING_MY_DIGITS:
        snprintf(text, size, _("%s on %s images of %s"), model, count, set);
        break;
    default:
        snprintf(text, size, _("%s on %s digits of %s"), model, count, set);
    }
}

/* What the figures are of, and that they are old, with the reason as a tip. */
static void show_subject(const struct inspect_shown *shown, struct ui *ui, struct ui_rect rect)
{
    char subject[300], whole[320], brief[200], tip[500];
    const struct evaluated *result = shown->evaluating->result;
    write_subject(result, subject, sizeof subject);
    snprintf(whole, sizeof whole, shown->old ? _("Old: %s") : "%s", subject);
    snprintf(brief, sizeof brief, shown->old ? _("Old: %s") : "%s", result->model);
    snprintf(tip, sizeof tip, shown->old ? _("%s. These figures are old: %s") : "%s%s", subject,
             shown->old ? shown->old : "");
    ui_label_fitting(ui, rect, shown->old ? UI_SECOND : UI_QUIET,
                     (const char *[]){whole, brief, ""}, 3);
    ui_area(ui, "evaluation-subject", rect, UI_ROLE_VALUE, whole);
    ui_tip(ui, tip);
}

/* ---- the matrix ------------------------------------------------------------------------------ */

/* The accent where it is right, the second colour where it is not: the more of the row, the
 * stronger. */
static ui_color color_of(const struct ui_theme *theme, bool right, float part)
{
    ui_color color = right ? theme->accent : theme->second;
    return ui_color_mix(theme->well, color, FAINTEST + (1 - FAINTEST) * sqrtf(part));
}

static uint32_t sum_row(const uint32_t row[DIGITS])
{
    uint32_t sum = 0;
    for (int i = 0; i < DIGITS; i++)
        sum += row[i];
    return sum;
}

/* The text over a colour is the one that can be read. */
static ui_color text_over(ui_color ground, const struct ui_theme *theme)
{
    ui_color dark = theme->dark ? theme->ground : theme->text;
    ui_color light = theme->dark ? theme->text : theme->ground;
    return ui_contrast(ground, dark) > ui_contrast(ground, light) ? dark : light;
}

/* In the middle of its cell, as large as it fits. */
static void push_count(struct ui *ui, struct ui_rect rect, const char *text, ui_color color)
{
    const struct ui_metrics *metrics = ui_metrics(ui);
    size_t len = strlen(text);
    float size = 12, width;
    do {
        size -= 1;
        width = metrics->width(metrics->user, UI_FONT_TEXT, size, text, len);
    } while (width > rect.w - 2 && size > 6);
    float height = metrics->height(metrics->user, UI_FONT_TEXT, size);
    ui_push_text(ui_shapes(ui), ui_middle(rect, width, height), UI_FONT_TEXT, size, color, text,
                 len);
}

static void show_cell(const struct inspect_shown *shown, bool by_row, int truth, int answer,
                      struct ui *ui, struct ui_rect rect, struct actions *actions)
{
    const struct evaluation *figures = &shown->evaluating->result->measure.figures;
    const struct gallery *gallery = shown->gallery;
    const struct ui_theme *theme = ui_theme(ui);
    uint32_t count = figures->confusion[truth][answer];
    float part = (float)count / fmaxf((float)sum_row(figures->confusion[truth]), 1);
    bool chosen = gallery_shows_cell(gallery, truth, answer);
    char name[16], tip[140], text[16];
    snprintf(name, sizeof name, "cell-%d-%d", truth, answer);
    snprintf(tip, sizeof tip, _("Labelled %d, read as %d: %u images, %s of the row"), truth, answer,
             count, ui_percent((double)part, 2).text);
    if (by_row)
        snprintf(text, sizeof text, "%.1f", 100 * (double)part);
    else
        snprintf(text, sizeof text, "%u", count);
    if (ui_button(ui, name, rect, "", UI_BARE | (count > 0 ? 0 : UI_OFF)))
        action_add_number(actions, ACT_WALL_CELL, DIGITS * truth + answer);
    ui_tip(ui, tip);
    bool right = truth == answer;
    ui_color ground =
        count > 0 ? color_of(theme, right, right ? part : fminf(part * 20, 1)) : theme->well;
    ui_push_box(ui_shapes(ui), rect, 3, ground, chosen ? theme->text : 0, chosen ? 2 : 0);
    if (count == 0)
        return;
    push_count(ui, rect, text, text_over(ground, theme));
}

/* "98.2 % ±0.4": of the images with that label. */
static void show_row_accuracy(const uint32_t row[DIGITS], int digit, struct ui *ui,
                              struct ui_rect rect)
{
    uint32_t count = sum_row(row);
    if (count == 0)
        return;
    double part = (double)row[digit] / count;
    struct ui_number_text figure = ui_percent(part, 1);
    ui_label(ui, rect, UI_LITTLE | UI_FIGURES | UI_RIGHT | UI_QUIET, figure.text);
    char name[24], tip[200];
    snprintf(name, sizeof name, "accuracy-%d", digit);
    snprintf(tip, sizeof tip, _("%s of the images labelled %d are read right, \u00b1 %s points"),
             figure.text, digit, ui_fixed(100 * evaluate_error(part, count), 1).text);
    ui_area(ui, name, rect, UI_ROLE_VALUE, tip);
    ui_tip(ui, tip);
}

static void show_matrix(const struct inspect_shown *shown, bool by_row, struct ui *ui,
                        struct ui_rect rect, struct actions *actions)
{
    const struct evaluation *figures = &shown->evaluating->result->measure.figures;
    float room = fminf(rect.w - SIDE - RIGHT, rect.h - HEAD);
    float cell = floorf((room + CELL_GAP) / DIGITS) - CELL_GAP;
    char digit[8];
    ui_grid_begin(ui, "matrix");
    for (int i = 0; i < DIGITS; i++) {
        float at = (float)i * (cell + CELL_GAP);
        snprintf(digit, sizeof digit, "%d", i);
        ui_label(ui, (struct ui_rect){rect.x + SIDE + at, rect.y, cell, HEAD}, UI_QUIET | UI_CENTER,
                 digit);
        struct ui_rect row = {rect.x, rect.y + HEAD + at, rect.w, cell};
        ui_label(ui, ui_cut_left(&row, SIDE), UI_QUIET, digit);
        for (int answer = 0; answer < DIGITS; answer++) {
            struct ui_rect place = {row.x + (float)answer * (cell + CELL_GAP), row.y, cell, cell};
            show_cell(shown, by_row, i, answer, ui, place, actions);
        }
        ui_cut_left(&row, DIGITS * (cell + CELL_GAP));
        show_row_accuracy(figures->confusion[i], i, ui, ui_cut_left(&row, RIGHT));
    }
    ui_group_end(ui);
}

/* ---- the figures ----------------------------------------------------------------------------- */

static void show_figure(struct ui *ui, struct ui_rect *rest, const char *name, const char *label,
                        const char *value, const char *tip)
{
    struct ui_rect rect = ui_cut_left(rest, fminf(FIGURE_WIDTH, rest->w)), lines = rect;
    ui_label(ui, ui_cut_top(&lines, UI_LINE), UI_QUIET, label);
    ui_label(ui, ui_cut_top(&lines, UI_LINE + 4), UI_BOLD | UI_FIGURES, value);
    ui_area(ui, name, rect, UI_ROLE_VALUE, value);
    ui_tip(ui, tip);
}

static void show_figures(const struct evaluated *result, struct ui *ui, struct ui_rect rect)
{
    const struct evaluation *figures = &result->measure.figures;
    char tip[200];
    const struct ui_number_text cost = ui_fixed(figures->cost, 4);
    snprintf(tip, sizeof tip,
             _("\u00b1 %s points: its standard error, what another draw of images "
               "would shift"),
             ui_fixed(100 * figures->error, 2).text);
    show_figure(ui, &rect, "eval-accuracy", _("Accuracy"), ui_percent(figures->accuracy, 2).text,
                tip);
    show_figure(ui, &rect, "eval-wrong", _("Wrong"),
                ui_thousands(figures->count - figures->correct).text,
                _("Images whose answer is not their label"));
    show_figure(ui, &rect, "eval-cost", _("Mean cost"), cost.text,
                _("The measure of error that learning made small, as the mean over the images"));
    show_figure(
        ui, &rect, "eval-calibration", _("Calibration"),
        ui_percent(result->measure.verdicts.error, 1).text,
        _("How far confidence is from accuracy, as the mean over the answers: 0 is honest"));
}

/* "Sure of 9,912, of which 99.87 % right; in doubt 61; no digit 27" */
static void show_rules(const struct evaluated *result, struct ui *ui, struct ui_rect rect)
{
    const struct calibrate_report *verdicts = &result->measure.verdicts;
    const uint32_t *count = verdicts->count;
    char text[300];
    if (result->measure.guesses)
        snprintf(text, sizeof text,
                 _("It merely guesses: nothing is known that tells when it is "
                   "sure."));
    else
        snprintf(
            text, sizeof text, _("Sure of %s, of which %s right; in doubt %s; no digit %s."),
            ui_thousands(count[VERDICT_SURE]).text,
            ui_percent(
                count[VERDICT_SURE] ? (double)verdicts->sure_correct / count[VERDICT_SURE] : 0, 2)
                .text,
            ui_thousands(count[VERDICT_DOUBTFUL]).text, ui_thousands(count[VERDICT_NO_DIGIT]).text);
    ui_wrapped(ui, rect, UI_QUIET, text);
}

void matrix_card_show(struct matrix_view *view, const struct inspect_shown *shown, struct ui *ui,
                      struct ui_rect rect, struct actions *actions)
{
    const struct evaluated *result = shown->evaluating->result;
    struct ui_rect inside = ui_card(ui, rect, _("Who is taken for whom"));
    show_tools(view, shown, ui, ui_cut_top(&inside, UI_ROW), actions);
    ui_cut_top(&inside, UI_GAP);
    if (!result) {
        ui_wrapped(ui, inside, UI_QUIET,
                   _("Evaluate the model in use on a whole set of images: how many it reads right, "
                     "which digits it takes for which, and the images themselves."));
        return;
    }
    show_subject(shown, ui, ui_cut_top(&inside, UI_LINE));
    struct ui_rect rules = ui_cut_bottom(&inside, RULES_HEIGHT);
    struct ui_rect figures = ui_cut_bottom(&inside, FIGURES_HEIGHT);
    ui_cut_top(&inside, UI_GAP);
    ui_cut_bottom(&inside, UI_GAP);
    show_matrix(shown, view->by_row, ui, inside, actions);
    show_figures(result, ui, figures);
    show_rules(result, ui, rules);
}

/* SPDX-License-Identifier: MIT */
#include "app/frame/dock.h"

#include <math.h>
#include <stdio.h>

#include "app/frame/left_row.h"
#include "app/state/finetuning.h"
#include "app/state/training.h"
#include "app/widget/action_button.h"
#include "base/clamp.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/plot.h"
#include "ui/ui.h"

enum {
    SPARK_WIDTH = 92, SPARK_HEIGHT = 40,
    PROGRESS_WIDTH = 300, PROGRESS_WIDTH_MIN = 190, PROGRESS_NARROW = 120,
    FIGURES_WIDTH = 190, FIGURES_WIDTH_MIN = 150,
    NARROW = 560, /* less room than that beside the buttons: no spark, and fewer words */
    BUTTON_WIDTH = 78,
};

/* ---- the dock -------------------------------------------------------------------------------- */

/* Validation accuracy where it is measured, else that of the training passes. */
static void show_spark(const struct history *history, struct ui *ui, struct ui_rect rect)
{
    struct ui_point points[256];
    bool checks = history->check_count > 0;
    int count = checks ? history->check_count : history->point_count;
    int step = count / 256 + 1, used = 0;
    for (int i = (count - 1) % step; i < count && i >= 0; i += step, used++)
        points[used] = checks ? (struct ui_point){history->checks[i].epoch,
                                                  history->checks[i].accuracy}
                              : (struct ui_point){history->points[i].epoch,
                                                  history->points[i].accuracy};
    const struct ui_series series = {
        .color = checks ? ui_theme(ui)->second : ui_theme(ui)->accent,
        .points = points,
        .count = (size_t)used,
    };
    if (used > 1)
        ui_sparkline(ui_shapes(ui), ui_middle(rect, SPARK_WIDTH, SPARK_HEIGHT), &series);
}

static const char *stage_word(const struct training *run)
{
    if (run->stage == TRAINING_WAITING)
        return _("Loading the data for");
    if (run->stage == TRAINING_LIVE && run->stopping)
        return _("Stopping\u2026");
    if (run->stage == TRAINING_LIVE)
        return run->view.state == TRAINER_PAUSED ? _("Paused:") : _("Training");
    const char *const words[] = {
        [TRAINER_DONE] = _("Trained"),
        [TRAINER_STOPPED] = _("Stopped:"),
        [TRAINER_FAILED] = _("Failed:"),
    };
    return words[run->view.state];
}

/* Name and epoch over the progress. */
static void show_progress(const struct training *run, struct ui *ui, struct ui_rect rect)
{
    char title[RECIPE_TITLE_MAX], whole[60] = "", brief[60] = "";
    struct ui_rect lines = ui_middle(rect, rect.w, 40), top = ui_cut_top(&lines, UI_LINE);
    const struct ui_part parts[] = {
        {stage_word(run), UI_BOLD}, {" ", UI_BOLD},
        {recipe_title(&run->view.recipe, title), UI_BOLD},
    };
    int first = ui_parts_width(ui, parts, 3) > top.w ? 2 : 0; /* else the name alone */
    float room = top.w - ui_parts_width(ui, parts + first, 3 - first) - UI_GAP;
    if (run->view.epoch > 0) {
        snprintf(whole, sizeof whole, "epoch %d of %d", run->view.epoch, run->view.recipe.epochs);
        snprintf(brief, sizeof brief, "%d/%d", run->view.epoch, run->view.recipe.epochs);
    }
    const char *epoch = ui_label_width(ui, UI_FIGURES, whole) <= room   ? whole
                        : ui_label_width(ui, UI_FIGURES, brief) <= room ? brief
                                                                        : "";
    float width = ceilf(ui_label_width(ui, UI_FIGURES, epoch));
    ui_label(ui, ui_cut_right(&top, width), UI_QUIET | UI_RIGHT | UI_FIGURES, epoch);
    ui_parts(ui, top, 0, parts + first, 3 - first);
    ui_progress(ui, "progress", ui_cut_bottom(&lines, 14), (float)run->view.progress);
}

/* The newest accuracy, or "" before there is any. */
static void write_accuracy(const struct training *run, char *figure, size_t size, const char **of)
{
    const struct history *history = &run->view.history;
    figure[0] = 0;
    *of = "";
    if (history->check_count > 0) {
        double accuracy = (double)history->checks[history->check_count - 1].accuracy;
        snprintf(figure, size, "%s", ui_percent(accuracy, 2).text);
        *of = " validation";
    } else if (history->point_count > 0) {
        double accuracy = (double)history->points[history->point_count - 1].accuracy;
        snprintf(figure, size, "%s", ui_percent(accuracy, 2).text);
        *of = " training";
    }
}

static void show_figures(const struct training *run, struct ui *ui, struct ui_rect rect)
{
    char figure[40], speed[100] = "", left[60] = "";
    const char *of;
    struct ui_rect lines = ui_middle(rect, rect.w, 2 * UI_LINE);
    write_accuracy(run, figure, sizeof figure, &of);
    const struct ui_part parts[] = {{figure, UI_BOLD | UI_FIGURES}, {of, UI_QUIET}};
    ui_parts(ui, ui_cut_top(&lines, UI_LINE), 0, parts, 2);
    if (run->stage == TRAINING_ENDED)
        snprintf(speed, sizeof speed, "in %s", ui_duration(run->view.seconds).text);
    else if (run->pace == TRAINER_STEP)
        snprintf(speed, sizeof speed, _("a mini-batch a click"));
    else if (run->view.images_per_second > 0)
        snprintf(speed, sizeof speed, "%s img/s \u00b7 %s left",
                 ui_thousands((int64_t)(run->view.images_per_second + 0.5)).text,
                 ui_duration(run->view.seconds_left).text);
    if (run->stage != TRAINING_ENDED && run->pace != TRAINER_STEP && speed[0])
        snprintf(left, sizeof left, "%s left", ui_duration(run->view.seconds_left).text);
    const char *const words[] = {speed, left[0] ? left : speed};
    ui_label_fitting(ui, lines, UI_QUIET | UI_FIGURES, words, 2);
}

/* From the right: Pause, then Stop; where no run is under way, Resume and a Stop that is off
 * (left_row.c), so that a second click on Stop meets nothing. */
static struct ui_rect cut_button(struct ui_rect *rest, float width)
{
    struct ui_rect rect = ui_middle(ui_cut_right(rest, width), width, UI_ROW);
    ui_cut_right(rest, UI_GAP);
    return rect;
}

static void show_run_buttons(const struct training *run, struct ui *ui, struct ui_rect *rest,
                             struct actions *actions)
{
    bool paused = run->stage == TRAINING_LIVE && run->view.state == TRAINER_PAUSED;
    struct ui_rect pause = cut_button(rest, BUTTON_WIDTH);
    struct ui_rect stop = cut_button(rest, BUTTON_WIDTH);
    ui_cut_right(rest, UI_BETWEEN - UI_GAP);
    const struct action_button hold = {"pause",
                                       {.kind = ACT_PAUSE},
                                       paused ? _("Go on") : _("Pause"),
                                       paused ? _("Go on training")
                                              : _("Hold the training; nothing is lost"),
                                       run->stopping ? UI_OFF : 0};
    const struct action_button end = {"stop", {.kind = ACT_STOP}};
    action_button_show(&hold, ui, pause, actions);
    action_button_show(&end, ui, stop, actions);
}

/* Who reads the drawing, said at the right where there is room. */
static void show_words(const struct training *run, struct ui *ui, struct ui_rect rect)
{
    char text[160] = "";
    if (run->stage == TRAINING_LIVE && run->view.weights > 0)
        snprintf(text, sizeof text, _("You can keep drawing: the newest weights read you."));
    else if (training_busy(run))
        snprintf(text, sizeof text, _("You can keep drawing meanwhile."));
    if (ui_label_width(ui, UI_QUIET, text) <= rect.w)
        ui_label(ui, rect, UI_QUIET | UI_RIGHT, text);
}

static void show_idle(const struct dock_shown *shown, struct ui *ui, struct ui_rect rect)
{
    struct ui_rect lines = ui_middle(rect, rect.w, 2 * UI_LINE);
    char text[160];
    const char *brief = _("Nothing is being trained.");
    snprintf(text, sizeof text,
             shown->edited ? _("%s, with weights changed by hand, reads your drawing.")
                           : _("%s reads your drawing."),
             shown->model ? shown->model : _("No model"));
    const char *who[] = {text, shown->edited ? _("Weights changed by hand read it.") : text};
    ui_label_fitting(ui, ui_cut_top(&lines, UI_LINE), UI_BOLD, who, 2);
    if (finetuning_stage(shown->finetuning) == FINETUNING_RUNNING) {
        brief = _("Learning your hand.");
        snprintf(text, sizeof text,
                 _("Learning your hand: %s done. You can keep drawing meanwhile."),
                 ui_percent(finetuning_progress(shown->finetuning), 0).text);
    } else if (finetuning_stage(shown->finetuning) == FINETUNING_READY) {
        brief = _("Your hand is learnt: see My digits.");
        snprintf(text, sizeof text,
                 _("Your hand is learnt: take the new model or keep the old in My "
                   "digits."));
    } else if (shown->training->left.count > 0) {
        brief = runs_is_result(&shown->training->left.items[0]) ? _("A result is not saved.")
                                                                : _("A training can go on.");
        left_row_words(&shown->training->left, text, sizeof text);
    } else {
        snprintf(text, sizeof text,
                 _("Nothing is being trained. The Train tab teaches a network in "
                   "the background."));
    }
    ui_label_fitting(ui, lines, UI_QUIET, (const char *[]){text, brief}, 2);
}

void dock_show(const struct dock_shown *shown, struct ui *ui, struct ui_rect rect,
               struct actions *actions)
{
    const struct training *run = shown->training;
    ui_push_box(ui_shapes(ui), rect, 0, ui_theme(ui)->bar, 0, 0);
    ui_push_box(ui_shapes(ui), (struct ui_rect){rect.x, rect.y, rect.w, 1}, 0,
                ui_theme(ui)->card_edge, 0, 0);
    struct ui_rect rest = ui_inset_xy(rect, UI_BETWEEN, 0);
    if (training_busy(run))
        show_run_buttons(run, ui, &rest, actions);
    else if (run->left.count > 0)
        left_row_show(&run->left, ui, &rest, actions);
    if (run->stage == TRAINING_NONE) {
        show_idle(shown, ui, rest);
        return;
    }
    bool narrow = rest.w < NARROW;
    if (!narrow) {
        show_spark(&run->view.history, ui, ui_cut_left(&rest, SPARK_WIDTH));
        ui_cut_left(&rest, UI_BETWEEN);
    }
    float figures = narrow ? FIGURES_WIDTH_MIN : FIGURES_WIDTH;
    float room = rest.w - UI_BETWEEN - figures;
    float least = narrow ? PROGRESS_NARROW : PROGRESS_WIDTH_MIN;
    show_progress(run, ui, ui_cut_left(&rest, clamp_float(room, least, PROGRESS_WIDTH)));
    ui_cut_left(&rest, UI_BETWEEN);
    show_figures(run, ui, ui_cut_left(&rest, figures));
    ui_cut_left(&rest, UI_BETWEEN);
    show_words(run, ui, rest);
}

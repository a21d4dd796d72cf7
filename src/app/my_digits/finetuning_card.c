/* SPDX-License-Identifier: MIT */
#include "app/my_digits/finetuning_card.h"

#include <math.h>
#include <stdio.h>

#include "app/my_digits/my_digits_shown.h"
#include "app/state/finetuning.h"
#include "app/widget/action_button.h"
#include "base/language.h"
#include "data/dataset.h"
#include "data/my_digits.h"
#include "ui/format.h"
#include "ui/ui.h"

enum { FIGURE_WIDTH = 88, HEIGHT_MOST = 190 };

/* ---- before ---------------------------------------------------------------------------------- */

static void show_offer(const struct my_digits_shown *shown, struct ui *ui, struct ui_rect inside,
                       struct actions *actions)
{
    char text[400];
    uint32_t count = my_digits_count(shown->list);
    bool few = count < FINETUNE_DIGITS_LEAST;
    if (few)
        snprintf(text, sizeof text,
                 _("Teach at least %d digits, one of each is best, and the model in "
                   "use can learn your hand from them."),
                 FINETUNE_DIGITS_LEAST);
    else
        snprintf(
            text, sizeof text,
            shown->drawn
                ? _("A copy of the model learns your %u digits, with %s digits gone over again "
                    "so that nothing is forgotten. You decide by the figures whether to take "
                    "it.")
                : _("A copy of the model learns your %u digits, with %s gone over again so "
                    "that nothing is forgotten. You decide by the figures whether to take it."),
            count, shown->data);
    struct ui_rect row = ui_cut_bottom(&inside, UI_ROW);
    ui_cut_bottom(&inside, UI_GAP);
    ui_wrapped(ui, inside, UI_QUIET, text);
    row.w = fminf(row.w, ui_button_width(ui, _("Learn my hand"), UI_PRIMARY) + 20);
    const struct action_button button = {
        "hand-learn",
        {.kind = ACT_HAND_START},
        NULL,
        _("Tune a copy of the model in the background; the old one stays until you take the new"),
        UI_PRIMARY};
    action_button_show(&button, ui, row, actions);
}

/* ---- while it runs --------------------------------------------------------------------------- */

static void show_progress(const struct my_digits_shown *shown, struct ui *ui, struct ui_rect inside,
                          struct actions *actions)
{
    const struct finetuning *finetuning = shown->finetuning;
    bool waiting = finetuning_stage(finetuning) == FINETUNING_WAITING;
    double part = finetuning_progress(finetuning);
    struct ui_rect row = ui_cut_bottom(&inside, UI_ROW);
    struct ui_rect line = ui_cut_top(&inside, UI_LINE);
    ui_label(ui, ui_cut_right(&line, 60), UI_QUIET | UI_RIGHT | UI_FIGURES,
             waiting ? "" : ui_percent(part, 0).text);
    ui_label(ui, line, 0, waiting ? _("Loading the training images") : _("Learning your hand"));
    ui_progress(ui, "hand-progress", ui_cut_top(&inside, 14), (float)part);
    ui_cut_top(&inside, UI_GAP);
    if (inside.h >= UI_LINE)
        ui_wrapped(ui, inside, UI_QUIET, _("You can keep drawing; the old model reads you."));
    row.w = ui_button_width(ui, _("Stop"), 0);
    action_button_show(&(struct action_button){"hand-stop", {.kind = ACT_HAND_STOP}}, ui, row,
                       actions);
}

/* ---- after ----------------------------------------------------------------------------------- */

static void write_right(struct finetune_score score, bool percent, char *text, size_t size)
{
    if (score.count == 0)
        snprintf(text, size, "\u2013");
    else if (percent)
        snprintf(text, size, "%s", ui_percent((double)score.correct / score.count, 2).text);
    else
        snprintf(text, size, "%u of %u", score.correct, score.count);
}

static void show_line(struct ui *ui, struct ui_rect *rest, const char *label, const char *before,
                      const char *after, unsigned flags)
{
    struct ui_rect line = ui_cut_top(rest, UI_LINE);
    ui_label(ui, ui_cut_right(&line, FIGURE_WIDTH), UI_RIGHT | UI_FIGURES | flags, after);
    ui_label(ui, ui_cut_right(&line, FIGURE_WIDTH), UI_RIGHT | UI_FIGURES | UI_QUIET, before);
    ui_label(ui, line, UI_QUIET, label);
}

static void show_scores(const struct my_digits_shown *shown, struct ui *ui, struct ui_rect *rest)
{
    const struct finetune_result *result = finetuning_result(shown->finetuning);
    char before[60], after[60], label[DATASET_NAME_MAX + 20];
    bool few = result->own_before.count < 50;
    show_line(ui, rest, "", "before", "after", UI_QUIET);
    write_right(result->own_before, !few, before, sizeof before);
    write_right(result->own_after, !few, after, sizeof after);
    unsigned colour = result->check == FINETUNE_BY_LEARNT                      ? 0
                      : result->own_after.correct > result->own_before.correct ? UI_GOOD
                      : result->own_after.correct < result->own_before.correct ? UI_SECOND
                                                                               : 0;
    show_line(ui, rest,
              result->check == FINETUNE_BY_LEARNT ? _("Your digits, learnt")
                                                  : _("Your digits, not learnt"),
              before, after, UI_BOLD | colour);
    snprintf(label, sizeof label, "%s, test", finetuning_data(shown->finetuning));
    write_right(result->test_before, true, before, sizeof before);
    write_right(result->test_after, true, after, sizeof after);
    show_line(ui, rest, label, before, after, UI_BOLD);
}

static const char *explain_check(enum finetune_check check)
{
    const char *const texts[] = {
        [FINETUNE_BY_LEARNT] =
            _("So few are all learnt, so nothing is told of others that you will draw; "
              "teach 20 for that."),
        [FINETUNE_CROSSWISE] =
            _("Checked crosswise: each digit was read by a network that had learnt "
              "others only."),
        [FINETUNE_BY_HELD_OUT] = _("Checked on one in five of your digits, which were not learnt."),
    };
    return texts[check];
}

static void show_decision(const struct my_digits_shown *shown, struct ui *ui, struct ui_rect inside,
                          struct actions *actions)
{
    const struct finetune_result *result = finetuning_result(shown->finetuning);
    const char *text = explain_check(result->check);
    enum finetune_advice advice = finetune_advise(result);
    unsigned new_flags = advice == FINETUNE_ADVISE_NEW ? UI_PRIMARY : 0;
    unsigned old_flags = advice == FINETUNE_ADVISE_OLD ? UI_PRIMARY : 0;
    struct ui_rect row = ui_cut_bottom(&inside, UI_ROW);
    ui_cut_bottom(&inside, UI_GAP);
    show_scores(shown, ui, &inside);
    ui_cut_top(&inside, UI_STEP);
    if (inside.h >= ui_wrapped_height(ui, inside.w, UI_LITTLE | UI_QUIET, text))
        ui_wrapped(ui, inside, UI_LITTLE | UI_QUIET, text);
    struct ui_rect take =
        ui_cut_left(&row, ui_button_width(ui, _("Take the new model"), new_flags));
    ui_cut_left(&row, UI_GAP);
    struct ui_rect leave = ui_cut_left(&row, ui_button_width(ui, _("Keep the old"), old_flags));
    const struct action_button accept = {
        "hand-accept", {.kind = ACT_HAND_ACCEPT}, _("Take the new model"), NULL, new_flags};
    const struct action_button discard = {
        "hand-discard", {.kind = ACT_HAND_DISCARD}, NULL, NULL, old_flags};
    action_button_show(&accept, ui, take, actions);
    action_button_show(&discard, ui, leave, actions);
}

void finetuning_card_show(const struct my_digits_shown *shown, struct ui *ui, struct ui_rect rect,
                          struct actions *actions)
{
    struct ui_rect inside = ui_card(ui, rect, _("Learn my hand"));
    inside.h = fminf(inside.h, HEIGHT_MOST); /* the buttons stay near to what they are about */
    enum finetuning_stage stage = finetuning_stage(shown->finetuning);
    if (stage == FINETUNING_READY)
        show_decision(shown, ui, inside, actions);
    else if (stage == FINETUNING_IDLE)
        show_offer(shown, ui, inside, actions);
    else
        show_progress(shown, ui, inside, actions);
}

/* SPDX-License-Identifier: MIT */
#include "app/inspect/verdict_card.h"

#include <stdio.h>
#include <string.h>

#include "app/inspect/inspect_shown.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    ROW = 18,
    VALUE = 64,
    LIMIT = 148,
};

float verdict_card_height(void)
{
    return 2 * UI_INSIDE + UI_HEADING + 3 * ROW;
}

/* A figure, and the limit; in the second colour where it is past it. */
static void show_figure(struct ui *ui, struct ui_rect *rest, const char *name, const char *words,
                        const char *value, const char *limit, bool past)
{
    struct ui_rect row = ui_cut_top(rest, ROW), whole = row;
    struct ui_rect right = ui_cut_right(&row, LIMIT), middle = ui_cut_right(&row, VALUE);
    ui_label_fitting(ui, row, UI_LITTLE | UI_QUIET, (const char *[]){words, ""}, 2);
    ui_label(ui, middle, UI_LITTLE | UI_FIGURES | UI_RIGHT | UI_BOLD | (past ? UI_SECOND : 0),
             value);
    ui_label(ui, right, UI_LITTLE | UI_FIGURES | UI_RIGHT | UI_QUIET, limit);
    ui_area(ui, name, whole, UI_ROLE_VALUE, value);
}

static void show_figures(const struct inspect_shown *shown, struct ui *ui, struct ui_rect rect)
{
    const struct answer *answer = shown->answer;
    const struct verdict_rule *rule = &shown->rule;
    struct verdict_probabilities read = {.best = answer->order[0], .second = answer->order[1]};
    memcpy(read.of, answer->probability, sizeof read.of);
    double likeliest = (double)read.of[read.best];
    double spread = verdict_spread(&read), left = verdict_rest(&read);
    char limit[64];
    snprintf(limit, sizeof limit, _("sure from %s"), verdict_percent(rule->sure).text);
    show_figure(ui, &rect, "verdict-likeliest", _("the likeliest digit"),
                verdict_percent(likeliest).text, limit, likeliest < rule->sure);
    ui_tip(ui, _("The highest of the ten probabilities"));
    snprintf(limit, sizeof limit, _("sure up to %s"), ui_fixed(rule->spread, 2).text);
    show_figure(ui, &rect, "verdict-spread", _("digits that compete"), ui_fixed(spread, 2).text,
                limit, spread > rule->spread);
    ui_tip(ui, _("Over how many digits the answer is spread: e to its entropy, from 1 to 10"));
    snprintf(limit, sizeof limit, _("no digit from %s"), verdict_percent(rule->rest).text);
    show_figure(ui, &rect, "verdict-rest", _("all but the best two"), ui_percent(left, 1).text,
                limit, left >= rule->rest);
    ui_tip(ui,
           _("What is left beside the two likeliest: two digits that compete leave little, what "
             "is no digit leaves much"));
}

void verdict_card_show(const struct inspect_shown *shown, struct ui *ui, struct ui_rect rect)
{
    const struct answer *answer = shown->answer;
    char heading[80];
    if (answer->any)
        snprintf(
            heading, sizeof heading, _("Why it says \u201c%s\u201d"),
            verdict_words(answer->verdict, answer->guess, answer->order[0], answer->order[1]).text);
    struct ui_rect inside = ui_card(ui, rect, answer->any ? heading : _("The answer"));
    if (answer->any)
        show_figures(shown, ui, inside);
    else
        ui_wrapped(ui, inside, UI_QUIET, _("Draw a digit, or choose an image, and see it read."));
}

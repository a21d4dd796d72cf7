/* SPDX-License-Identifier: MIT */
#include "app/draw/answer_card.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>

#include "app/draw/draw_shown.h"
#include "app/widget/digit_row.h"
#include "base/clamp.h"
#include "base/language.h"
#include "eval/verdict.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    FACE_HEIGHT_MIN = 96,
    FACE_HEIGHT_MAX = 150, /* the answer, over the bars */
    COLUMNS_GAP = 28,
    BAR_ROW_MIN = 20,
    BAR_ROW_MAX = 72,
    WORDS_HEIGHT = 36 + 2 * UI_LINE,
    TEACH_HEIGHT = 36 + 17, /* the row under the bars, with its line */
    TEACH_WORDS_WIDTH = 76,
};

/* The first of the texts that fits; the last in little letters, wrapped, where none does. */
static void show_fitting(struct ui *ui, struct ui_rect *rest, float height, unsigned flags,
                         const char *const *texts, int count)
{
    struct ui_rect line = ui_cut_top(rest, height);
    if (ui_label_fitting(ui, line, flags | UI_SHRINK, texts, count) > 0)
        return;
    line.h += rest->h;
    float used = ui_wrapped(ui, line, (flags & ~(unsigned)UI_BIG) | UI_LITTLE, texts[count - 1]);
    ui_cut_top(rest, used - height);
}

/* How sure it is, that two digits compete, or that it guesses; the bars tell the rest. */
static void say_verdict(const struct answer *answer, char *text, size_t size)
{
    if (answer->verdict == VERDICT_SURE && !answer->guess)
        snprintf(text, size, "%s sure",
                 verdict_percent((double)answer->probability[answer->order[0]]).text);
    else
        snprintf(text, size, "%s", verdict_words(answer->verdict, answer->guess, answer->order[0],
                                                 answer->order[1]).text);
    text[0] = (char)toupper((unsigned char)text[0]);
}

static void show_words(const struct answer *answer, const char *learner, struct ui *ui,
                       struct ui_rect rect)
{
    char verdict[60], next[120], one[60], took[200], time[80];
    const float *p = answer->probability;
    const int *order = answer->order;
    int from = answer->verdict == VERDICT_SURE && !answer->guess ? 1 : 0;
    say_verdict(answer, verdict, sizeof verdict);
    snprintf(one, sizeof one, from ? _("then %d (%s)") : _("%d (%s)"), order[from],
             verdict_percent((double)p[order[from]]).text);
    snprintf(next, sizeof next, "%s, %d (%s)", one, order[from + 1],
             verdict_percent((double)p[order[from + 1]]).text);
    snprintf(time, sizeof time, _("read in %s"), ui_microseconds(answer->microseconds).text);
    snprintf(took, sizeof took, learner ? _("read in %s by the new %s") : _("read in %s"),
             ui_microseconds(answer->microseconds).text, learner ? learner : "");
    rect = ui_middle(rect, rect.w, WORDS_HEIGHT);
    show_fitting(ui, &rect, 36, UI_BIG | UI_BOLD | UI_FIGURES, (const char *[]){verdict}, 1);
    show_fitting(ui, &rect, UI_LINE, UI_QUIET | UI_FIGURES, (const char *[]){next, one}, 2);
    show_fitting(ui, &rect, UI_LINE, UI_QUIET | UI_FIGURES, (const char *[]){took, time}, 2);
}

static void show_sentences(struct ui *ui, struct ui_rect rect, const char *title,
                           const char *first, const char *second)
{
    rect = ui_middle(rect, rect.w, 36 + (second ? 2 : 1) * UI_LINE);
    show_fitting(ui, &rect, 36, UI_BIG | UI_BOLD, &title, 1);
    show_fitting(ui, &rect, UI_LINE, UI_QUIET, &first, 1);
    if (second)
        show_fitting(ui, &rect, UI_LINE, UI_QUIET | UI_FIGURES, &second, 1);
}

/* None, or more than one, which is the same to the reader but not to the person. */
static void show_no_digit(const struct answer *answer, bool several, struct ui *ui,
                          struct ui_rect rect)
{
    char nearest[80];
    snprintf(nearest, sizeof nearest, "%s %d (%s).",
             several ? _("The largest is nearest to") : _("The nearest would be"), answer->order[0],
             verdict_percent((double)answer->probability[answer->order[0]]).text);
    show_sentences(ui, rect, several ? _("Several digits?") : _("No digit?"),
                   several ? _("This looks like more than one digit.")
                           : _("This looks like no digit to me."),
                   nearest);
}

static void show_hint(const struct draw_shown *shown, struct ui *ui, struct ui_rect rect)
{
    bool lost = shown->canvas->picture.any;
    show_sentences(ui, rect,
                   !shown->net ? _("No model")
                   : lost      ? _("No ink found")
                               : _("Draw a digit"),
                   !shown->net ? _("Open one, or train one.")
                   : lost      ? _("Try a picture of one digit on even paper.")
                               : _("It is read while you draw."),
                   NULL);
}

/* Half of a 7 is no digit yet: that is no reason to say so. */
static void show_unfinished(struct ui *ui, struct ui_rect rect)
{
    show_sentences(ui, rect, _("Still drawing"), _("It is read while you draw."), NULL);
}

static void show_bar(const struct answer *answer, struct ui *ui, struct ui_rect rect, int digit)
{
    char name[20], label[8];
    float part = answer->any ? answer->probability[digit] : 0;
    snprintf(name, sizeof name, "digit-%d", digit);
    snprintf(label, sizeof label, "%d", digit);
    struct verdict_percent value = verdict_percent((double)part);
    struct ui_bar bar = {
        .label = label,
        .value = answer->any ? value.text : "\u2013",
        .widest = "> 99.9 %",
        .fraction = part,
        .top = answer->any && answer->verdict != VERDICT_NO_DIGIT && digit == answer->order[0],
    };
    ui_value_bar(ui, name, rect, &bar);
}

/* One over the other, or in two columns where that would be too close. */
static void show_bars(const struct draw_shown *shown, struct ui *ui, struct ui_rect rect)
{
    int columns = rect.h < 10 * BAR_ROW_MIN ? 2 : 1, rows = 10 / columns;
    float row = fminf(floorf(rect.h / (float)rows), BAR_ROW_MAX);
    for (int digit = 0; digit < 10; digit++) {
        struct ui_rect place = ui_column(rect, digit / rows, columns, COLUMNS_GAP);
        place.y += row * (float)(digit % rows);
        place.h = row;
        show_bar(&shown->canvas->answer, ui, place, digit);
    }
}

void answer_words_show(const struct draw_shown *shown, enum answer_words words, struct ui *ui,
                       struct ui_rect rect)
{
    const struct answer *answer = &shown->canvas->answer;
    struct ui_rect rest = rect;
    float height = rect.h;
    struct ui_rect digit = ui_cut_left(&rest, floorf(height * 0.87f));
    bool sure = answer->verdict == VERDICT_SURE && !answer->guess;
    char text[8] = "";
    if (!answer->any) {
        show_hint(shown, ui, rect);
    } else if (answer->verdict == VERDICT_NO_DIGIT) {
        if (words == ANSWER_WORDS_UNFINISHED)
            show_unfinished(ui, rect);
        else
            show_no_digit(answer, shown->canvas->fit.several, ui, rect);
    } else {
        snprintf(text, sizeof text, "%d", answer->order[0]);
        digit.y -= floorf(height / 8); /* the line of a figure is taller than the figure */
        digit.h += 2 * floorf(height / 8);
        ui_label(ui, digit, UI_HUGE | UI_BOLD | (sure ? UI_ACCENT : UI_QUIET), text);
        show_words(answer, shown->learner, ui, rest);
    }
}

/* "Wrong? It is a", or where it went. */
static void show_teaching(const struct draw_shown *shown, struct ui *ui, struct ui_rect rect,
                          struct actions *actions)
{
    bool filed = shown->filed >= 0;
    unsigned flags = filed ? UI_GOOD : UI_QUIET;
    const struct digit_row row = {
        .name = "teach",
        .tip = _("File the drawing under my digits as a"),
        .kind = ACT_TEACH,
        .chosen = shown->filed,
        .off = canvas_is_empty(shown->canvas),
    };
    struct ui_rect words = ui_middle(ui_cut_left(&rect, TEACH_WORDS_WIDTH), TEACH_WORDS_WIDTH, 36);
    ui_cut_left(&rect, UI_GAP);
    ui_label(ui, ui_cut_top(&words, 18), flags, filed ? _("Filed in") : _("Wrong?"));
    ui_label(ui, ui_cut_top(&words, 18), flags, filed ? _("my digits") : _("It is a"));
    digit_row_show(&row, ui, ui_middle(rect, rect.w, UI_ROW), actions);
}

void answer_card_show(const struct draw_shown *shown, enum answer_words words, struct ui *ui,
                      struct ui_rect rect, struct actions *actions)
{
    struct ui_rect inside = ui_card(ui, rect, NULL);
    float height = clamp_float(floorf(inside.h * 0.17f), FACE_HEIGHT_MIN, FACE_HEIGHT_MAX);
    if (words != ANSWER_WORDS_ELSEWHERE) {
        answer_words_show(shown, words, ui, ui_cut_top(&inside, height));
        ui_cut_top(&inside, 16);
    }
    struct ui_rect teach = ui_cut_bottom(&inside, TEACH_HEIGHT);
    show_bars(shown, ui, inside);
    ui_separator(ui, ui_cut_top(&teach, TEACH_HEIGHT - 36));
    show_teaching(shown, ui, teach, actions);
}

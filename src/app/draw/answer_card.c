/* SPDX-License-Identifier: MIT */
#include "app/draw/answer_card.h"

#include <math.h>
#include <stdio.h>

#include "app/app.h"
#include "app/mine/teach_row.h"
#include "train/answer.h"
#include "ui/format.h"

enum {
    FACE_HEIGHT_MIN = 96, FACE_HEIGHT_MAX = 150, /* the answer, over the bars */
    BAR_ROW_MAX = 72,
    TEACH_HEIGHT = 36 + 17, /* the row under the bars, with its line */
};

/* Two digits compete, or it is likely none: said calmly, and the bars tell the rest. */
static void say_verdict(const struct answer *answer, char *text, size_t size)
{
    const char *percent = ui_percent((double)answer->probability[answer->order[0]], 1).text;
    if (answer->verdict == ANSWER_SURE)
        snprintf(text, size, "%s sure", percent);
    else
        snprintf(text, size, "%d or %d?", answer->order[0], answer->order[1]);
}

/* Whose weights read, where that is not the model that the top bar names. */
static const char *find_learner(const struct app *app)
{
    return app->canvas.read_weights > 0 ? app->run.title : NULL;
}

static void show_words(const struct answer *answer, const char *learner, struct ui *ui,
                       struct ui_rect rect)
{
    char verdict[60], next[120], took[200];
    const float *p = answer->probability;
    const int *order = answer->order;
    int from = answer->verdict == ANSWER_SURE ? 1 : 0;
    say_verdict(answer, verdict, sizeof verdict);
    snprintf(next, sizeof next, "%s%d (%s), %d (%s)", from ? "then " : "", order[from],
             ui_percent((double)p[order[from]], 1).text, order[from + 1],
             ui_percent((double)p[order[from + 1]], 1).text);
    snprintf(took, sizeof took, "read in %s%s%s", ui_microseconds(answer->microseconds).text,
             learner ? " by the new " : "", learner ? learner : "");
    rect = ui_middle(rect, rect.w, 36 + 2 * UI_LINE);
    ui_label(ui, ui_cut_top(&rect, 36), UI_BIG | UI_BOLD | UI_FIGURES, verdict);
    ui_label(ui, ui_cut_top(&rect, UI_LINE), UI_QUIET | UI_FIGURES, next);
    ui_label(ui, ui_cut_top(&rect, UI_LINE), UI_QUIET | UI_FIGURES, took);
}

static void show_no_digit(const struct answer *answer, struct ui *ui, struct ui_rect rect)
{
    char nearest[80];
    snprintf(nearest, sizeof nearest, "The nearest would be %d (%s).", answer->order[0],
             ui_percent((double)answer->probability[answer->order[0]], 1).text);
    rect = ui_middle(rect, rect.w, 36 + 2 * UI_LINE);
    ui_label(ui, ui_cut_top(&rect, 36), UI_BIG | UI_BOLD, "No digit?");
    ui_label(ui, ui_cut_top(&rect, UI_LINE), UI_QUIET, "This looks like no digit to me.");
    ui_label(ui, rect, UI_QUIET | UI_FIGURES, nearest);
}

static void show_hint(const struct app *app, struct ui *ui, struct ui_rect rect)
{
    bool lost = app->canvas.picture.any;
    rect = ui_middle(rect, rect.w, 36 + UI_LINE);
    ui_label(ui, ui_cut_top(&rect, 36), UI_BIG | UI_BOLD,
             !app_net(app) ? "No model" : lost ? "No ink found" : "Draw a digit");
    ui_label(ui, rect, UI_QUIET, !app_net(app) ? "Open one, or train one." :
             lost ? "Try a picture of one digit on even paper." : "It is read while you draw.");
}

static void show_bars(const struct app *app, struct ui *ui, struct ui_rect rect)
{
    const struct answer *answer = &app->canvas.answer;
    float row = fminf(floorf(rect.h / 10), BAR_ROW_MAX);
    for (int digit = 0; digit < 10; digit++) {
        char name[20], label[8];
        float part = answer->any ? answer->probability[digit] : 0;
        snprintf(name, sizeof name, "digit-%d", digit);
        snprintf(label, sizeof label, "%d", digit);
        struct ui_number_text value = ui_percent((double)part, 1);
        struct ui_bar bar = {
            .label = label, .value = answer->any ? value.text : "\u2013", .widest = "100.0 %",
            .fraction = part,
            .top = answer->any && answer->verdict != ANSWER_NO_DIGIT && digit == answer->order[0],
        };
        ui_value_bar(ui, name, ui_cut_top(&rect, row), &bar);
    }
}

void answer_card_show(const struct app *app, struct ui *ui, struct ui_rect rect,
                      struct actions *actions)
{
    const struct answer *answer = &app->canvas.answer;
    struct ui_rect inside = ui_card(ui, rect, NULL);
    float height = fminf(fmaxf(floorf(inside.h * 0.17f), FACE_HEIGHT_MIN), FACE_HEIGHT_MAX);
    struct ui_rect face = ui_cut_top(&inside, height);
    struct ui_rect digit = ui_cut_left(&face, floorf(height * 0.87f));
    bool sure = answer->verdict == ANSWER_SURE;
    char text[8] = "";
    if (answer->any && answer->verdict == ANSWER_NO_DIGIT) {
        show_no_digit(answer, ui, (struct ui_rect){digit.x, face.y, digit.w + face.w, face.h});
    } else if (answer->any) {
        snprintf(text, sizeof text, "%d", answer->order[0]);
        digit.y -= floorf(height / 8); /* the line of a figure is taller than the figure */
        digit.h += 2 * floorf(height / 8);
        ui_label(ui, digit, UI_HUGE | UI_BOLD | (sure ? UI_ACCENT : UI_QUIET), text);
        show_words(answer, find_learner(app), ui, face);
    } else {
        show_hint(app, ui, (struct ui_rect){digit.x, face.y, digit.w + face.w, face.h});
    }
    ui_cut_top(&inside, 16);
    struct ui_rect teach = ui_cut_bottom(&inside, TEACH_HEIGHT);
    show_bars(app, ui, inside);
    ui_separator(ui, ui_cut_top(&teach, TEACH_HEIGHT - 36));
    teach_row_of_drawing(app, ui, teach, actions);
}

/* SPDX-License-Identifier: MIT */
#include "app/inspect/compare_card.h"

#include <math.h>
#include <stdio.h>

#include "app/inspect/inspect_shown.h"
#include "app/widget/action_menu.h"
#include "base/files.h"
#include "base/language.h"
#include "model/builtin.h"
#include "model/model.h"
#include "ui/ui.h"

enum {
    NAME_ROW = 22,
    DIGIT_WIDTH = 24,
    VALUE_WIDTH = 62,
    BAR_HEIGHT = 6,
    KEY = 10, /* a side of the mark that tells whose bars they are */
};

/* ---- choosing -------------------------------------------------------------------------------- */

static void add_model(struct action_menu *menu, const char *name, const char *label,
                      const char *detail, const char *path)
{
    action_menu_add(menu, (struct ui_item){.name = name, .label = label, .detail = detail},
                    (struct action){.kind = ACT_COMPARE, .text = path});
}

static void show_menu(const struct inspect_shown *shown, struct ui *ui, struct ui_rect rect,
                      struct actions *actions)
{
    char names[MODEL_BUILTINS_MAX][48];
    struct action_menu menu = {.actions = actions};
    for (int i = 0; i < model_builtin_count(); i++) {
        snprintf(names[i], sizeof names[i], "compare-%s", model_builtin_name(i));
        add_model(&menu, names[i], model_builtin_name(i), _("built in"), model_builtin_path(i));
    }
    action_menu_line(&menu);
    for (int i = 0; i < shown->found_count; i++)
        add_model(&menu, NULL, files_name(shown->found[i]), "", shown->found[i]);
    action_menu_line(&menu);
    action_menu_add(&menu, (struct ui_item){.name = "compare-open"},
                    (struct action){.kind = ACT_COMPARE});
    action_menu_add(&menu, (struct ui_item){.name = "compare-none", .off = !shown->compared->model},
                    (struct action){.kind = ACT_COMPARE_NONE});
    const char *name = shown->compared->model ? model_name(shown->compared->model) : "\u2026";
    const struct ui_part parts[] = {{_("Compare with "), 0}, {name, UI_BOLD}};
    action_menu_show(&menu, ui, "compare-menu", rect, parts, 2);
    ui_tip(ui, _("Choose a second model; each stroke is then read by both"));
}

/* ---- what both say --------------------------------------------------------------------------- */

static void show_words(const char *name, const char *control, const struct answer *answer,
                       ui_color color, struct ui *ui, struct ui_rect row)
{
    const struct verdict_words words =
        verdict_words(answer->verdict, answer->guess, answer->order[0], answer->order[1]);
    struct ui_rect key = ui_middle(ui_cut_left(&row, KEY), KEY, KEY);
    struct ui_rect share = ui_cut_right(&row, VALUE_WIDTH);
    ui_push_box(ui_shapes(ui), key, 2, color, 0, 0);
    ui_cut_left(&row, UI_GAP);
    ui_label(ui, share, UI_FIGURES | UI_RIGHT | UI_LITTLE,
             verdict_percent((double)answer->probability[answer->order[0]]).text);
    ui_label(ui, ui_cut_right(&row, row.w / 2), UI_BOLD, words.text);
    ui_label_fitting(ui, row, UI_QUIET, (const char *[]){name, ""}, 2);
    ui_area(ui, control, row, UI_ROLE_VALUE, words.text);
}

static void show_bar(struct ui *ui, struct ui_rect rect, float part, ui_color color)
{
    ui_push_box(ui_shapes(ui), rect, BAR_HEIGHT / 2.0f, ui_theme(ui)->track, 0, 0);
    rect.w *= part;
    ui_push_box(ui_shapes(ui), rect, BAR_HEIGHT / 2.0f, color, 0, 0);
}

static void show_digit(const struct inspect_shown *shown, int digit, const ui_color colors[2],
                       struct ui *ui, struct ui_rect row)
{
    const struct answer *answers[] = {shown->answer, &shown->compared->answer};
    char name[24], text[12], tip[120];
    bool said = answers[0]->order[0] == digit || answers[1]->order[0] == digit;
    struct verdict_percent values[2];
    for (int i = 0; i < 2; i++)
        values[i] = verdict_percent((double)answers[i]->probability[digit]);
    snprintf(name, sizeof name, "compare-digit-%d", digit);
    snprintf(text, sizeof text, "%d", digit);
    snprintf(tip, sizeof tip, "%d: %s and %s", digit, values[0].text, values[1].text);
    ui_area(ui, name, row, UI_ROLE_VALUE, tip);
    ui_tip(ui, tip);
    ui_label(ui, ui_cut_left(&row, DIGIT_WIDTH), said ? UI_BOLD : UI_QUIET, text);
    for (int i = 1; i >= 0; i--)
        ui_label(ui, ui_cut_right(&row, VALUE_WIDTH),
                 UI_LITTLE | UI_FIGURES | UI_RIGHT |
                     (answers[i]->order[0] == digit ? UI_BOLD : UI_QUIET),
                 values[i].text);
    ui_cut_right(&row, UI_GAP);
    for (int i = 0; i < 2; i++) {
        float y = row.y + row.h / 2 + (i ? 1.0f : -BAR_HEIGHT - 1.0f);
        show_bar(ui, (struct ui_rect){row.x, y, row.w, BAR_HEIGHT}, answers[i]->probability[digit],
                 colors[i]);
    }
}

static void show_both(const struct inspect_shown *shown, struct ui *ui, struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    const ui_color colors[] = {theme->accent, theme->second};
    const struct answer *second = &shown->compared->answer;
    int here = shown->answer->order[0], there = second->order[0];
    char text[80];
    show_words(shown->newest || !shown->model ? _("the training") : shown->model, "compare-first",
               shown->answer, colors[0], ui, ui_cut_top(&rect, NAME_ROW));
    show_words(model_name(shown->compared->model), "compare-second", second, colors[1], ui,
               ui_cut_top(&rect, NAME_ROW));
    struct ui_rect outcome = ui_cut_bottom(&rect, NAME_ROW);
    ui_cut_top(&rect, UI_STEP);
    if (here != there)
        snprintf(text, sizeof text, _("They disagree: %d or %d."), here, there);
    else
        snprintf(text, sizeof text, "%s", _("Both read the same digit."));
    ui_label(ui, outcome, here != there ? UI_BOLD | UI_SECOND : UI_QUIET, text);
    ui_area(ui, "compare-outcome", outcome, UI_ROLE_VALUE, text);
    for (int digit = 0; digit < 10; digit++)
        show_digit(shown, digit, colors, ui, ui_row(rect, digit, 10, 0));
}

void compare_card_show(const struct inspect_shown *shown, struct ui *ui, struct ui_rect rect,
                       struct actions *actions)
{
    struct ui_rect inside = ui_card(ui, rect, _("Two models on one drawing"));
    show_menu(shown, ui, ui_cut_top(&inside, UI_ROW), actions);
    ui_cut_top(&inside, UI_GAP);
    if (shown->compared->model && shown->answer->any && shown->compared->answer.any)
        show_both(shown, ui, inside);
    else
        ui_wrapped(ui, inside, UI_QUIET,
                   _("Choose a second model: both read every stroke, and their shares of the ten "
                     "digits stand side by side."));
}

/* SPDX-License-Identifier: MIT */
#include "app/frame/left_row.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/act/action.h"
#include "app/state/runs.h"
#include "app/widget/action_menu.h"
#include "base/language.h"
#include "ui/ui.h"

enum {
    BUTTON_WIDTH = 78,
    MENU_SIDES = 44, /* of the menu's button beside its text */
    SHOWN = 16,      /* of the runs, in the menu */
};

/* "now", "5 min ago", "3 h ago", "2 days ago" */
static void write_age(uint64_t changed, char *text, size_t size)
{
    enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };
    double seconds = fmax(0, (double)time(NULL) - 1e-9 * (double)changed);
    if (seconds < MINUTE)
        snprintf(text, size, "now");
    else if (seconds < HOUR)
        snprintf(text, size, _("%.0f min ago"), floor(seconds / MINUTE));
    else if (seconds < DAY)
        snprintf(text, size, "%.0f h ago", floor(seconds / HOUR));
    else
        snprintf(text, size, P_("%.0f day ago", "%.0f days ago", floor(seconds / DAY)),
                 floor(seconds / DAY));
}

/* What the rows of the menu say. */
struct texts {
    char label[RECIPE_TITLE_MAX + 20], detail[80];
};

static void add_row(struct action_menu *menu, const struct runs_item *item, const char *verb,
                    enum action_kind kind, struct texts *texts)
{
    char title[RECIPE_TITLE_MAX], progress[RUNS_PROGRESS_MAX], age[32];
    write_age(item->changed, age, sizeof age);
    snprintf(texts->label, sizeof texts->label, "%s %s", verb,
             recipe_title(&item->recipe, title));
    snprintf(texts->detail, sizeof texts->detail, "%s \u00b7 %s", runs_progress(item, progress),
             age);
    action_menu_add(menu, (struct ui_item){.label = texts->label, .detail = texts->detail},
                    (struct action){.kind = kind, .text = item->path});
}

static void show_menu(const struct runs *left, struct ui *ui, struct ui_rect *rest,
                      struct actions *actions)
{
    struct action_menu menu = {.actions = actions};
    struct texts texts[2][SHOWN];
    char label[32];
    int count = left->count < SHOWN ? left->count : SHOWN;
    for (int i = 0; i < count; i++)
        add_row(&menu, &left->items[i], runs_is_result(&left->items[i]) ? _("Take") : _("Resume"),
                ACT_RESUME, &texts[0][i]);
    action_menu_line(&menu);
    for (int i = 0; i < count; i++)
        add_row(&menu, &left->items[i], _("Throw away"), ACT_RUN_DISCARD, &texts[1][i]);
    snprintf(label, sizeof label, P_("%d run", "%d runs", left->count), left->count);
    const struct ui_part part = {label, 0};
    float width = ceilf(ui_parts_width(ui, &part, 1)) + MENU_SIDES;
    struct ui_rect rect = ui_middle(ui_cut_right(rest, width), width, UI_ROW);
    action_menu_show(&menu, ui, "runs", rect, &part, 1);
    ui_tip(ui, _("The trainings that can go on, of any window: choose one, or throw one away"));
}

static void show_newest(const struct runs_item *item, struct ui *ui, struct ui_rect *rest,
                        struct actions *actions)
{
    bool result = runs_is_result(item);
    const char *label = result ? _("Take it") : _("Resume");
    char title[RECIPE_TITLE_MAX], progress[RUNS_PROGRESS_MAX], tip[200];
    recipe_title(&item->recipe, title);
    float width = fmaxf(BUTTON_WIDTH, ui_button_width(ui, label, 0));
    struct ui_rect rect = ui_middle(ui_cut_right(rest, width), width, UI_ROW);
    if (ui_button(ui, "resume", rect, label, 0))
        action_add_text(actions, ACT_RESUME, item->path);
    if (result)
        snprintf(tip, sizeof tip, _("Make %s the model in use"), title);
    else
        snprintf(tip, sizeof tip, _("Go on training %s where it was stopped: %s"), title,
                 runs_progress(item, progress));
    ui_tip(ui, tip);
}

void left_row_show(const struct runs *left, struct ui *ui, struct ui_rect *rest,
                   struct actions *actions)
{
    show_newest(&left->items[0], ui, rest, actions);
    ui_cut_right(rest, UI_GAP);
    struct ui_rect stop = ui_middle(ui_cut_right(rest, BUTTON_WIDTH), BUTTON_WIDTH, UI_ROW);
    ui_button(ui, "stop", stop, _("Stop"), UI_OFF); /* a second click meets nothing */
    ui_cut_right(rest, UI_GAP);
    show_menu(left, ui, rest, actions);
    ui_cut_right(rest, UI_BETWEEN);
}

/* What there is beside the newest: " So can 2 more. 1 more is done, not saved." */
static void write_more(const struct runs *left, char *text, size_t size)
{
    bool result = runs_is_result(&left->items[0]);
    int of[2] = {0}; /* that can go on; that are done */
    for (int i = 1; i < left->count; i++)
        of[runs_is_result(&left->items[i])]++;
    int alike = of[result], others = of[!result], len = 0;
    text[0] = 0;
    if (alike && result)
        len = snprintf(text, size, P_(" So was %d more.", " So were %d more.", alike), alike);
    else if (alike)
        len = snprintf(text, size, P_(" So can %d more.", " So can %d more.", alike), alike);
    if (others && result)
        snprintf(text + len, size - (size_t)len,
                 P_(" %d more can go on.", " %d more can go on.", others), others);
    else if (others)
        snprintf(text + len, size - (size_t)len,
                 P_(" %d more is done, not saved.", " %d more are done, not saved.", others),
                 others);
}

char *left_row_words(const struct runs *left, char *text, size_t size)
{
    const struct runs_item *item = &left->items[0];
    char title[RECIPE_TITLE_MAX], progress[RUNS_PROGRESS_MAX], more[80];
    recipe_title(&item->recipe, title);
    write_more(left, more, sizeof more);
    if (runs_is_result(item))
        snprintf(text, size, _("%s was trained to the end, but not saved.%s"), title, more);
    else
        snprintf(text, size, _("The training of %s was stopped at %s and can go on.%s"), title,
                 runs_progress(item, progress), more);
    return text;
}

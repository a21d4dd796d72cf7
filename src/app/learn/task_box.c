/* SPDX-License-Identifier: MIT */
#include "app/learn/task_box.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/act/action.h"
#include "app/state/lessons.h"
#include "app/widget/action_button.h"
#include "base/language.h"
#include "ui/ui.h"

enum { PAD = 12, BETWEEN = 8, TEXT_MAX = 1024, NAME_ROOM = 64, ANSWER_WIDTH = 110, LOW = 28 };

/* ---- lines of it, measured or drawn ------------------------------------------------------------
 *
 * A box is as high as its lines: they are gone through twice, first to measure. */

struct lines {
    struct ui *ui;
    struct ui_rect rest;
    bool draws;
};

static void add_text(struct lines *lines, unsigned flags, const char *text)
{
    float height = ui_wrapped_height(lines->ui, lines->rest.w, flags, text);
    struct ui_rect rect = ui_cut_top(&lines->rest, height);
    if (lines->draws)
        ui_wrapped(lines->ui, rect, flags, text);
}

/* With the figures in it filled in. */
static void add_filled(struct lines *lines, const struct lessons *lessons, unsigned flags,
                       const char *before, const char *text)
{
    char filled[TEXT_MAX], whole[TEXT_MAX + 40];
    lesson_fill(text, lessons_figure, lessons, filled, sizeof filled);
    snprintf(whole, sizeof whole, "%s%s", before, filled);
    add_text(lines, flags, whole);
}

static void add_gap(struct lines *lines)
{
    ui_cut_top(&lines->rest, BETWEEN);
}

/* ---- a question ------------------------------------------------------------------------------ */

static bool asks_number(const struct lesson_task *task)
{
    for (int i = 0; i < task->check.count; i++)
        if (strcmp(task->check.terms[i].left.name, "answer") == 0)
            return true;
    return false;
}

/* Another word than the right one was chosen, or another number entered. */
static bool is_wrong(const struct task_shown *shown)
{
    bool answered = !isnan(shown->lessons->answer);
    for (int i = 0; i < shown->task->choice_count; i++) {
        answered = shown->lessons->answer == shown->task->choices[i].value;
        if (answered)
            break;
    }
    return answered && asks_number(shown->task) &&
           !lessons_task_done(shown->lessons, shown->number);
}

static void show_choice(const struct task_shown *shown, int i, struct ui *ui, struct ui_rect rect,
                        struct actions *actions)
{
    /* What a choice stands for, as text that lives until the views run again. */
    static const char *const whole[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    const struct lesson_choice *choice = &shown->task->choices[i];
    char name[NAME_ROOM];
    int value = (int)choice->value;
    bool on = shown->lessons->answer == choice->value;
    snprintf(name, sizeof name, "choice-%s-%d", shown->task->name, i);
    if (ui_button(ui, name, rect, choice->text, UI_TOGGLE | (on ? UI_ON : 0)) && value >= 0 &&
        value <= 9)
        action_add_text(actions, ACT_ANSWER, whole[value]);
    ui_tip(ui, choice->text);
}

static void add_choices(const struct task_shown *shown, struct lines *lines,
                        struct actions *actions)
{
    struct ui_rect row = ui_cut_top(&lines->rest, UI_ROW);
    for (int i = 0; i < shown->task->choice_count; i++) {
        float width =
            fminf(ui_button_width(lines->ui, shown->task->choices[i].text, 0), lines->rest.w);
        if (width > row.w) {
            ui_cut_top(&lines->rest, UI_STEP);
            row = ui_cut_top(&lines->rest, UI_ROW);
        }
        struct ui_rect rect = ui_cut_left(&row, width);
        ui_cut_left(&row, UI_GAP);
        if (lines->draws)
            show_choice(shown, i, lines->ui, rect, actions);
    }
    add_gap(lines);
}

static void add_number(const struct task_shown *shown, char *answer, size_t room,
                       struct lines *lines, struct actions *actions)
{
    const struct ui_field field = {.label = _("Your answer"), .placeholder = _("your answer")};
    const struct action_button button = {"task-answer", {.kind = ACT_ANSWER, .text = answer}};
    char name[NAME_ROOM];
    struct ui_rect row = ui_cut_top(&lines->rest, UI_ROW);
    add_gap(lines);
    if (!lines->draws)
        return;
    snprintf(name, sizeof name, "answer-%s", shown->task->name);
    unsigned event =
        ui_field(lines->ui, name, ui_cut_left(&row, ANSWER_WIDTH), answer, room, &field, 0);
    ui_tip(lines->ui, _("A number, then Enter"));
    ui_cut_left(&row, UI_GAP);
    bool pressed = action_button_show(
        &button, lines->ui, ui_cut_left(&row, action_button_width(&button, lines->ui)), actions);
    if (event & UI_FIELD_ENTERED && answer[0] && !pressed)
        action_add_text(actions, ACT_ANSWER, answer);
}

static void add_question(const struct task_shown *shown, char *answer, size_t room,
                         struct lines *lines, struct actions *actions)
{
    if (shown->task->choice_count > 0)
        add_choices(shown, lines, actions);
    else if (asks_number(shown->task))
        add_number(shown, answer, room, lines, actions);
    if (is_wrong(shown)) {
        add_text(lines, UI_SECOND, _("Not yet."));
        add_gap(lines);
    }
}

/* ---- hints ----------------------------------------------------------------------------------- */

static void add_help(const struct task_shown *shown, struct lines *lines, struct actions *actions)
{
    const struct action_button buttons[] = {
        {"task-hint", {.kind = ACT_HINT}, .flags = UI_LITTLE},
        {"task-solution", {.kind = ACT_SOLUTION}, .flags = UI_LITTLE},
    };
    const struct lesson_task *task = shown->task;
    int hints = shown->lessons->hints[shown->number];
    for (int i = 0; i < hints; i++) {
        add_filled(lines, shown->lessons, UI_QUIET, "", task->hints[i]);
        add_gap(lines);
    }
    struct ui_rect row = ui_cut_top(&lines->rest, LOW);
    if (!lines->draws)
        return;
    if (hints < task->hint_count) {
        action_button_show(&buttons[0], lines->ui,
                           ui_cut_left(&row, action_button_width(&buttons[0], lines->ui)), actions);
        ui_cut_left(&row, UI_GAP);
    }
    action_button_show(&buttons[1], lines->ui,
                       ui_cut_left(&row, action_button_width(&buttons[1], lines->ui)), actions);
}

/* ---- the box --------------------------------------------------------------------------------- */

static void add_done(const struct task_shown *shown, struct lines *lines)
{
    add_filled(lines, shown->lessons, 0, "\u2713 ", shown->task->say);
    if (!shown->task->done)
        return;
    ui_cut_top(&lines->rest, UI_STEP);
    add_filled(lines, shown->lessons, UI_GOOD, "", shown->task->done);
}

static void add_lines(const struct task_shown *shown, char *answer, size_t room,
                      struct lines *lines, struct actions *actions)
{
    bool now = shown->lessons->task == shown->number;
    if (lessons_task_done(shown->lessons, shown->number)) {
        add_done(shown, lines);
        return;
    }
    add_filled(lines, shown->lessons, now ? 0 : UI_QUIET, now ? _("Now: ") : _("Then: "),
               shown->task->say);
    if (!now)
        return;
    add_gap(lines);
    add_question(shown, answer, room, lines, actions);
    add_help(shown, lines, actions);
}

/* A box that is not the one worked on becomes that by a click. */
static void show_frame(const struct task_shown *shown, struct ui *ui, struct ui_rect rect,
                       struct actions *actions)
{
    const struct ui_theme *theme = ui_theme(ui);
    bool now = shown->lessons->task == shown->number;
    bool done = lessons_task_done(shown->lessons, shown->number);
    char name[NAME_ROOM];
    snprintf(name, sizeof name, "task-%s", shown->task->name);
    if (now || done)
        ui_area(ui, name, rect, UI_ROLE_AREA, shown->task->say);
    else if (ui_button(ui, name, rect, "", UI_BARE))
        action_add_text(actions, ACT_TASK, shown->task->name);
    ui_push_box(ui_shapes(ui), rect, 8, now ? theme->field & ~0xffu : 0,
                now ? theme->accent : theme->card_edge, 1);
}

void task_box_cut(const struct task_shown *shown, char *answer, size_t room, struct ui *ui,
                  struct ui_rect *rest, struct actions *actions)
{
    struct ui_rect inside = ui_inset_xy(*rest, PAD, PAD);
    inside.h = 1e5f;
    struct lines lines = {ui, inside, false};
    add_lines(shown, answer, room, &lines, actions);
    struct ui_rect rect = ui_cut_top(rest, lines.rest.y - inside.y + 2 * PAD);
    show_frame(shown, ui, rect, actions);
    lines = (struct lines){ui, inside, true};
    add_lines(shown, answer, room, &lines, actions);
}

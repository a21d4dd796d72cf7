/* SPDX-License-Identifier: MIT */
#include "app/learn/page_side.h"

#include <math.h>
#include <stdio.h>

#include "app/act/action.h"
#include "app/learn/learn_shown.h"
#include "app/learn/page_view.h"
#include "app/learn/task_box.h"
#include "app/state/lessons.h"
#include "app/widget/action_button.h"
#include "base/language.h"
#include "ui/ui.h"

enum {
    PARAGRAPH = 10,
    CONTROL_ROW = 34,
    VALUE_WIDTH = 76,
    SLIDER_LEAST = 100,
    LABEL_LEAST = 76,
    FIGURE_ROW = 24,
    TEXT_MAX = 1024,
    NAME_ROOM = 32,
};

/* ---- words ----------------------------------------------------------------------------------- */

static void cut_wrapped(struct ui *ui, struct ui_rect *rest, unsigned flags, const char *text)
{
    float height = ui_wrapped_height(ui, rest->w, flags, text);
    ui_wrapped(ui, ui_cut_top(rest, height), flags, text);
    ui_cut_top(rest, PARAGRAPH);
}

void page_side_cut_text(const struct learn_shown *shown, struct ui *ui, struct ui_rect *rest)
{
    const struct lessons *lessons = shown->lessons;
    const struct lesson_page *page = lessons_open_page(lessons);
    char text[TEXT_MAX];
    cut_wrapped(ui, rest, UI_BIG | UI_BOLD, page->heading);
    for (int i = 0; i < page->text_count; i++)
        cut_wrapped(ui, rest, UI_QUIET,
                    lesson_fill(page->texts[i], lessons_figure, lessons, text, sizeof text));
}

/* ---- what can be set ------------------------------------------------------------------------- */

static const char *label_of(const struct lesson_page *page, const struct stage_control *control)
{
    const char *label = lesson_label(page, control->name);
    return label ? label : _(control->label);
}

static char *control_name(const struct stage_control *control, char name[NAME_ROOM])
{
    snprintf(name, NAME_ROOM, "set-%.*s", STAGE_NAME_MAX, control->name);
    return name;
}

static void show_tip(const struct stage_control *control, struct ui *ui, const char *label)
{
    ui_tip(ui, control->off ? control->off : label);
}

/* How wide the labels before sliders and choices are; 0: they stand over them, as one is long. */
static float label_width(const struct lesson_page *page, const struct stage_control *controls,
                         int count, struct ui *ui, float width)
{
    float widest = LABEL_LEAST;
    for (int i = 0; i < count; i++)
        if ((controls[i].kind == STAGE_SLIDER || controls[i].kind == STAGE_CHOICE) &&
            !lesson_hides(page, controls[i].name))
            widest = fmaxf(widest, ui_label_width(ui, 0, label_of(page, &controls[i])));
    return widest > width - VALUE_WIDTH - SLIDER_LEAST - 2 * UI_GAP ? 0 : widest + UI_GAP;
}

/* Cuts the label of a control off. Returns the row for the rest of it. */
static struct ui_rect cut_label(const char *label, float width, struct ui *ui,
                                struct ui_rect *rest)
{
    if (width == 0)
        ui_label(ui, ui_cut_top(rest, UI_LINE), 0, label);
    struct ui_rect row = ui_cut_top(rest, CONTROL_ROW);
    if (width > 0)
        ui_label(ui, ui_cut_left(&row, width), 0, label);
    return row;
}

static void show_slider(struct learn_asks *asks, const struct stage_control *control,
                        const char *label, struct ui *ui, struct ui_rect row)
{
    char name[NAME_ROOM], number_name[NAME_ROOM + 8];
    double value = control->value;
    unsigned flags = control->off ? UI_OFF : 0;
    const struct ui_range range = {control->min, control->max, control->step};
    const struct ui_number number = {label, control->min, control->max, control->step,
                                     control->digits, false};
    struct ui_rect field = ui_middle(ui_cut_right(&row, VALUE_WIDTH), VALUE_WIDTH, UI_ROW - 2);
    ui_cut_right(&row, UI_GAP);
    control_name(control, name);
    bool changed = ui_slider(ui, name, row, label, &value, range, flags);
    show_tip(control, ui, label);
    snprintf(number_name, sizeof number_name, "%s-number", name);
    changed |= ui_number(ui, number_name, field, &value, &number, flags);
    show_tip(control, ui, label);
    if (changed)
        learn_ask_number(asks, control->name, value);
}

static void cut_check(struct learn_asks *asks, const struct stage_control *control,
                      const char *label, struct ui *ui, struct ui_rect *rest)
{
    char name[NAME_ROOM];
    bool on = control->value != 0;
    if (ui_check(ui, control_name(control, name), ui_cut_top(rest, CONTROL_ROW), label, &on,
                 control->off ? UI_OFF : 0))
        learn_ask_number(asks, control->name, on);
    show_tip(control, ui, label);
}

static void show_choice(struct learn_asks *asks, const struct stage_control *control,
                        const char *label, struct ui *ui, struct ui_rect row)
{
    char name[NAME_ROOM];
    int chosen = (int)control->value;
    if (ui_select(ui, control_name(control, name), ui_middle(row, row.w, UI_ROW), label,
                  control->choices, control->count, &chosen, control->off ? UI_OFF : 0))
        learn_ask_number(asks, control->name, chosen);
    show_tip(control, ui, label);
}

/* Buttons stand side by side below the rest; the first is the main one. */
static void cut_buttons(struct learn_asks *asks, const struct lesson_page *page,
                        const struct stage_control *controls, int count, struct ui *ui,
                        struct ui_rect *rest, struct actions *actions)
{
    const struct action_button again = {"page-restart", {.kind = ACT_PAGE_RESTART}};
    struct ui_rect row = ui_cut_top(rest, UI_ROW);
    bool first = true;
    for (int i = 0; i < count; i++) {
        char name[NAME_ROOM];
        if (controls[i].kind != STAGE_BUTTON || lesson_hides(page, controls[i].name))
            continue;
        const char *label = label_of(page, &controls[i]);
        float width = ui_button_width(ui, label, 0);
        if (width > row.w) {
            ui_cut_top(rest, UI_GAP);
            row = ui_cut_top(rest, UI_ROW);
        }
        unsigned flags = (first ? UI_PRIMARY : 0) | (controls[i].off ? UI_OFF : 0);
        if (ui_button(ui, control_name(&controls[i], name), ui_cut_left(&row, width), label, flags))
            learn_ask(asks, controls[i].name, "1");
        show_tip(&controls[i], ui, label);
        ui_cut_left(&row, UI_GAP);
        first = false;
    }
    float width = action_button_width(&again, ui);
    if (width > row.w) {
        ui_cut_top(rest, UI_GAP);
        row = ui_cut_top(rest, UI_ROW);
    }
    action_button_show(&again, ui, ui_cut_left(&row, width), actions);
    ui_cut_top(rest, PARAGRAPH);
}

static void cut_control(struct learn_asks *asks, const struct lesson_page *page,
                        const struct stage_control *control, float label_width, struct ui *ui,
                        struct ui_rect *rest)
{
    const char *label = label_of(page, control);
    if (control->kind == STAGE_SLIDER)
        show_slider(asks, control, label, ui, cut_label(label, label_width, ui, rest));
    else if (control->kind == STAGE_CHOICE)
        show_choice(asks, control, label, ui, cut_label(label, label_width, ui, rest));
    else if (control->kind == STAGE_CHECK)
        cut_check(asks, control, label, ui, rest);
}

/* ---- figures --------------------------------------------------------------------------------- */

static void cut_figures(const struct lessons *lessons, const struct lesson_page *page,
                        struct ui *ui, struct ui_rect *rest)
{
    for (int i = 0; i < page->figure_count; i++) {
        const struct lesson_figure *figure = &page->figures[i];
        char slot[CHECK_NAME_MAX + 8], value[64], name[CHECK_NAME_MAX + 16];
        struct ui_rect row = ui_cut_top(rest, FIGURE_ROW);
        snprintf(slot, sizeof slot, "{%s.%d}", figure->name, figure->digits);
        snprintf(name, sizeof name, "figure-%s", figure->name);
        lesson_fill(slot, lessons_figure, lessons, value, sizeof value);
        ui_area(ui, name, row, UI_ROLE_VALUE, value);
        ui_label(ui, ui_cut_right(&row, ui_label_width(ui, UI_FIGURES, value)), UI_FIGURES, value);
        ui_cut_right(&row, UI_GAP);
        ui_label(ui, row, UI_QUIET, figure->text);
    }
    if (page->figure_count > 0)
        ui_cut_top(rest, PARAGRAPH);
}

void page_side_cut_controls(struct page_view *view, const struct learn_shown *shown, struct ui *ui,
                            struct ui_rect *rest)
{
    const struct lessons *lessons = shown->lessons;
    const struct lesson_page *page = lessons_open_page(lessons);
    struct stage_control controls[STAGE_CONTROLS_MAX];
    int count = lessons->stage ? stage_controls(lessons->stage, controls) : 0;
    float width = label_width(page, controls, count, ui, rest->w);
    for (int i = 0; i < count; i++)
        if (!lesson_hides(page, controls[i].name))
            cut_control(&view->asks, page, &controls[i], width, ui, rest);
    if (count > 0)
        ui_cut_top(rest, UI_STEP);
    cut_figures(lessons, page, ui, rest);
    if (lessons->stage)
        cut_buttons(&view->asks, page, controls, count, ui, rest, view->asks.actions);
}

/* ---- tasks ----------------------------------------------------------------------------------- */

void page_side_cut_tasks(struct page_view *view, const struct learn_shown *shown, struct ui *ui,
                         struct ui_rect *rest, struct actions *actions)
{
    const struct lesson_page *page = lessons_open_page(shown->lessons);
    for (int i = 0; i < page->task_count; i++) {
        const struct task_shown task = {shown->lessons, &page->tasks[i], i};
        task_box_cut(&task, view->answer, sizeof view->answer, ui, rest, actions);
        ui_cut_top(rest, PARAGRAPH);
    }
}

float page_side_show(struct page_view *view, const struct learn_shown *shown, struct ui *ui,
                     struct ui_rect rect, struct actions *actions)
{
    struct ui_rect rest = rect;
    rest.h = 1e5f; /* as much as it needs: how high that is, is what is asked */
    page_side_cut_text(shown, ui, &rest);
    page_side_cut_controls(view, shown, ui, &rest);
    page_side_cut_tasks(view, shown, ui, &rest, actions);
    return rest.y - rect.y;
}

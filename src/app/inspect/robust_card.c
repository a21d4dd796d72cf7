/* SPDX-License-Identifier: MIT */
#include "app/inspect/robust_card.h"

#include <math.h>
#include <stdio.h>

#include "app/inspect/inspect_shown.h"
#include "app/state/robustness.h"
#include "app/widget/action_button.h"
#include "base/err.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    CAPTION = 18,
    PLOT_WIDTH = 150,  /* at least, */
    PLOT_HEIGHT = 104, /* with its captions */
    KEY = 10,          /* a side of the mark that tells whose curve it is */
    DOT = 3,
    POINTS = DISTURB_STRENGTHS + 1, /* with the images as they are */
};

/* What is plotted: of one model. */
struct curve {
    const struct robust_figures *figures;
    int done; /* of its readings */
    ui_color color;
    bool hollow; /* its dots, so that two are told apart without colour */
};

/* ---- a plot ---------------------------------------------------------------------------------- */

/* How many points of a plot there are. */
static int count_points(const struct curve *curve, enum disturb_kind kind)
{
    int done = curve->done - (int)kind * DISTURB_STRENGTHS;
    return 1 + (done < 0 ? 0 : done > DISTURB_STRENGTHS ? DISTURB_STRENGTHS : done);
}

static double accuracy_at(const struct curve *curve, enum disturb_kind kind, int point)
{
    const struct robust_figures *figures = curve->figures;
    return point == 0 ? figures->plain : figures->result.figures[kind][point - 1].accuracy;
}

static void show_curve(const struct curve *curve, enum disturb_kind kind, struct ui *ui,
                       struct ui_rect plot)
{
    float points[2 * POINTS];
    int count = count_points(curve, kind);
    for (int i = 0; i < count; i++) {
        points[2 * i] = plot.x + plot.w * (float)i / (POINTS - 1);
        points[2 * i + 1] = plot.y + plot.h * (1 - (float)accuracy_at(curve, kind, i));
    }
    ui_push_line(ui_shapes(ui), points, (size_t)count, 2, curve->color);
    for (int i = 0; i < count; i++) {
        ui_push_dot(ui_shapes(ui), points[2 * i], points[2 * i + 1], DOT, curve->color);
        if (curve->hollow)
            ui_push_dot(ui_shapes(ui), points[2 * i], points[2 * i + 1], DOT - 1.5f,
                        ui_theme(ui)->well);
    }
}

/* "93.1 %" of the strongest that is there; "" before. */
static struct ui_number_text last_of(const struct curve *curve, enum disturb_kind kind)
{
    int last = count_points(curve, kind) - 1;
    return last > 0 ? ui_percent(accuracy_at(curve, kind, last), 1)
                    : (struct ui_number_text){.text = ""};
}

/* A line for each strength, with what each model reads of it. */
static void write_tip(const struct curve *curves, int count, enum disturb_kind kind, char *text,
                      size_t size)
{
    size_t at = 0;
    for (int i = 0; i < DISTURB_STRENGTHS && at < size; i++) {
        double amount = (double)disturb_amount(kind, i);
        at += (size_t)snprintf(text + at, size - at, _("%s%g %s:"), i > 0 ? "\n" : "", amount,
                               _(disturb_unit(kind)));
        for (int c = 0; c < count && at < size; c++)
            if (count_points(&curves[c], kind) > i + 1)
                at += (size_t)snprintf(text + at, size - at, " %s %s",
                                       ui_percent(accuracy_at(&curves[c], kind, i + 1), 2).text,
                                       curves[c].figures->model);
    }
}

/* Under its point each; the last one ends with the plot. */
static void show_amounts(enum disturb_kind kind, struct ui *ui, struct ui_rect plot,
                         struct ui_rect foot)
{
    char amount[24];
    float each = plot.w / (POINTS - 1);
    for (int i = 0; i < DISTURB_STRENGTHS; i++) {
        struct ui_rect place = {plot.x + each * ((float)i + 0.5f), foot.y, each, foot.h};
        bool last = i == DISTURB_STRENGTHS - 1;
        if (last)
            place.w = plot.x + plot.w - place.x;
        snprintf(amount, sizeof amount, "%g", (double)disturb_amount(kind, i));
        ui_label(ui, place, UI_LITTLE | UI_QUIET | (last ? UI_RIGHT : UI_CENTER), amount);
    }
}

static void show_plot(const struct curve *curves, int count, enum disturb_kind kind, struct ui *ui,
                      struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    char name[40], tip[600], whole[80], title[80];
    struct ui_rect head = ui_cut_top(&rect, CAPTION), foot = ui_cut_bottom(&rect, CAPTION);
    struct ui_number_text last = last_of(&curves[0], kind);
    float width = ui_label_width(ui, UI_LITTLE | UI_FIGURES, last.text);
    ui_label(ui, ui_cut_right(&head, width + UI_STEP), UI_LITTLE | UI_FIGURES | UI_RIGHT,
             last.text);
    snprintf(title, sizeof title, _("%s, %s"), _(disturb_name(kind)), _(disturb_unit(kind)));
    ui_label_fitting(ui, head, UI_LITTLE | UI_QUIET,
                     (const char *[]){title, _(disturb_name(kind)), ""}, 3);
    ui_push_box(ui_shapes(ui), rect, 0, theme->well, theme->grid, 1);
    struct ui_rect plot = ui_inset(rect, 6);
    for (int c = count - 1; c >= 0; c--)
        show_curve(&curves[c], kind, ui, plot);
    show_amounts(kind, ui, plot, foot);
    write_tip(curves, count, kind, tip, sizeof tip);
    snprintf(name, sizeof name, "robust-%d", (int)kind);
    snprintf(whole, sizeof whole, "%s: %s", _(disturb_name(kind)), last.text);
    ui_area(ui, name, rect, UI_ROLE_VALUE, whole);
    ui_tip(ui, tip);
}

/* ---- the card -------------------------------------------------------------------------------- */

static void show_plots(struct robust_view *view, const struct curve *curves, int count,
                       struct ui *ui, struct ui_rect rect)
{
    int columns = ui_columns_fit(rect, PLOT_WIDTH, UI_INSIDE);
    columns = columns > 4 ? 4 : columns;
    int rows = (DISTURB_KINDS + columns - 1) / columns;
    float least = (float)rows * (PLOT_HEIGHT + UI_GAP);
    struct ui_rect page =
        ui_scroll_begin(ui, "robust-page", rect, fmaxf(rect.h, least), &view->scroll);
    for (int kind = 0; kind < DISTURB_KINDS; kind++) {
        struct ui_rect cell = ui_row(page, kind / columns, rows, UI_GAP);
        cell = ui_column(cell, kind % columns, columns, UI_INSIDE);
        show_plot(curves, count, (enum disturb_kind)kind, ui, cell);
    }
    ui_scroll_end(ui);
}

/* Whose curve it is. */
static void show_key(const struct curve *curve, const char *name, struct ui *ui,
                     struct ui_rect *row)
{
    const char *model = curve->figures->model;
    struct ui_rect key = ui_middle(ui_cut_left(row, KEY), KEY, KEY);
    float x = key.x + key.w / 2, y = key.y + key.h / 2;
    ui_push_dot(ui_shapes(ui), x, y, DOT + 1, curve->color);
    if (curve->hollow)
        ui_push_dot(ui_shapes(ui), x, y, DOT - 1, ui_theme(ui)->card);
    ui_cut_left(row, UI_STEP);
    struct ui_rect rect = ui_cut_left(row, fminf(ui_label_width(ui, UI_QUIET, model), row->w));
    ui_label(ui, rect, UI_QUIET, model);
    ui_area(ui, name, rect, UI_ROLE_VALUE, model);
    ui_cut_left(row, UI_INSIDE);
}

static void show_tools(const struct curve *curves, int count, const struct inspect_shown *shown,
                       struct ui *ui, struct ui_rect row, struct actions *actions)
{
    static const char *const keys[] = {"robust-model", "robust-other"};
    const struct robustness *robustness = shown->robustness;
    bool busy = robustness_busy(robustness);
    const struct action_button start = {
        "robust-start", {.kind = ACT_ROBUST}, .flags = count > 0 ? 0 : UI_PRIMARY};
    const struct action_button stop = {"robust-stop", {.kind = ACT_ROBUST_STOP}};
    const struct action_button *button = busy ? &stop : &start;
    const struct action_button save = {"save-robust", {.kind = ACT_ROBUST_CSV}, .flags = UI_LITTLE};
    action_button_show(button, ui, ui_cut_left(&row, action_button_width(button, ui)), actions);
    ui_cut_left(&row, UI_INSIDE);
    if (busy) {
        ui_progress(ui, "robust-progress", ui_middle(ui_cut_left(&row, 120), 120, 14),
                    (float)robustness_progress(robustness));
        ui_cut_left(&row, UI_INSIDE);
    } else if (count > 0)
        action_button_show(&save, ui, ui_cut_right(&row, action_button_width(&save, ui)), actions);
    struct err why;
    if (!busy && !actions_can(actions, &start.action, &why) && count == 0)
        ui_label_fitting(ui, row, UI_QUIET, (const char *[]){why.text, ""}, 2);
    for (int c = 0; c < count; c++)
        show_key(&curves[c], keys[c], ui, &row);
}

/* "Accuracy on 10,000 images" */
static void write_heading(const struct robust_figures *figures, char *text, size_t size)
{
    if (figures)
        snprintf(text, size,
                 P_("How robust: accuracy on %s image", "How robust: accuracy on %s images",
                    figures->count),
                 ui_thousands(figures->count).text);
    else
        snprintf(text, size, "%s", _("How robust"));
}

void robust_card_show(struct robust_view *view, const struct inspect_shown *shown, struct ui *ui,
                      struct ui_rect rect, struct actions *actions)
{
    const struct ui_theme *theme = ui_theme(ui);
    char heading[100];
    int done, count = 0;
    const struct robust_figures *now = robustness_now(shown->robustness, &done);
    const struct robust_figures *other = robustness_other(shown->robustness);
    struct curve curves[2];
    if (now)
        curves[count++] = (struct curve){now, done, theme->accent, false};
    if (other)
        curves[count++] = (struct curve){other, ROBUST_READINGS, theme->second, true};
    write_heading(now, heading, sizeof heading);
    struct ui_rect inside = ui_card(ui, rect, heading);
    show_tools(curves, count, shown, ui, ui_cut_top(&inside, UI_ROW), actions);
    ui_cut_top(&inside, UI_GAP);
    if (count == 0) {
        ui_wrapped(ui, inside, UI_QUIET,
                   _("Reads the evaluated images once more in twelve ways that befall pictures, "
                     "each at three strengths: moved, turned, blurred, with a line through them. "
                     "Measure a second model, and both are compared."));
        return;
    }
    struct ui_rect legend = ui_cut_bottom(&inside, CAPTION);
    ui_label_fitting(
        ui, legend, UI_LITTLE | UI_QUIET,
        (const char *[]){_("From 0 to 100 % read right; at the left of each plot the images as "
                           "they are, at the right the strongest disturbance"),
                         _("From 0 to 100 % read right, by strength"), ""},
        3);
    ui_cut_bottom(&inside, UI_STEP);
    show_plots(view, curves, count, ui, inside);
}

/* SPDX-License-Identifier: MIT */
#include "app/inspect/curves_card.h"

#include <math.h>
#include <stdio.h>

#include "app/inspect/inspect_shown.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    CAPTION = 18,
    COLUMNS = 2,
    FLIPS_TOLD = 2,
};

static const struct {
    const char *name, *title, *unit;
    int digits; /* behind the point */
} sweeps[SWEEP_KINDS] = {
    [SWEEP_TURN] = {"curve-turn", "turned", "\u00b0", 0},
    [SWEEP_RIGHT] = {"curve-right", "right", "", 1},
    [SWEEP_DOWN] = {"curve-down", "down", "", 1},
    [SWEEP_RESIZE] = {"curve-resize", "resized", "\u00d7", 1},
    [SWEEP_SLANT] = {"curve-slant", "slanted", "", 2},
    [SWEEP_THICK] = {"curve-thick", "thicker", "", 1},
};

static bool wins_somewhere(const struct sweep *sweep, int digit)
{
    for (int i = 0; i < SWEEP_PLACES; i++)
        if (sweep->answer[i].best == digit)
            return true;
    return false;
}

static void show_curve(const struct sweep *sweep, int digit, struct ui *ui, struct ui_rect plot,
                       float width, ui_color color)
{
    float points[2 * SWEEP_PLACES];
    for (int i = 0; i < SWEEP_PLACES; i++) {
        points[2 * i] = plot.x + plot.w * (float)i / (SWEEP_PLACES - 1);
        points[2 * i + 1] = plot.y + plot.h * (1 - sweep->answer[i].of[digit]);
    }
    ui_push_line(ui_shapes(ui), points, SWEEP_PLACES, width, color);
}

static void show_upright(struct ui *ui, struct ui_rect plot, float x, float width, ui_color color)
{
    const float line[] = {x, plot.y, x, plot.y + plot.h};
    ui_push_line(ui_shapes(ui), line, 2, width, color);
}

/* How much it is changed, for people: powers of two become factors. */
static void write_value(enum sweep_kind kind, float value, char *text, size_t size)
{
    double told = kind == SWEEP_RESIZE ? exp2((double)value) : (double)value;
    snprintf(text, size, "%s%s", ui_fixed(told, sweeps[kind].digits).text, sweeps[kind].unit);
}

/* The flips that lie nearest to the picture as it is, one on each side at most. */
static int find_flips(const struct sweep *sweep, const struct sweep_flip *near[FLIPS_TOLD])
{
    int count = 0;
    for (int i = sweep->flip_count - 1; i >= 0 && count == 0; i--)
        if (sweep->flips[i].value <= 0)
            near[count++] = &sweep->flips[i];
    for (int i = 0; i < sweep->flip_count; i++)
        if (sweep->flips[i].value > 0) {
            near[count++] = &sweep->flips[i];
            break;
        }
    return count;
}

/* Which digit takes over where; `brief` has the nearest of two alone. */
static void write_flips(enum sweep_kind kind, const struct sweep *sweep, char *whole, char *brief,
                        size_t size)
{
    const struct sweep_flip *near[FLIPS_TOLD];
    char value[FLIPS_TOLD][64], each[FLIPS_TOLD][80];
    int count = find_flips(sweep, near);
    for (int i = 0; i < count; i++) {
        write_value(kind, near[i]->value, value[i], sizeof value[i]);
        snprintf(each[i], sizeof each[i], "%d at %s",
                 near[i]->value <= 0 ? near[i]->before : near[i]->after, value[i]);
    }
    bool second = count == 2 && fabsf(near[1]->value) < fabsf(near[0]->value);
    if (count == 0)
        snprintf(whole, size, "always %d", sweep->answer[SWEEP_PLACES / 2].best);
    else
        snprintf(whole, size, count == 2 ? "%s, %s" : "%s", each[0], each[1]);
    snprintf(brief, size, "%s", count < 2 ? whole : each[second]);
}

static void show_sweep(enum sweep_kind kind, const struct sweep *sweep, struct ui *ui,
                       struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    char flips[200], nearest[200], whole[240];
    struct ui_rect head = ui_cut_top(&rect, CAPTION), plot = rect;
    int answer = sweep->answer[SWEEP_PLACES / 2].best;
    write_flips(kind, sweep, flips, nearest, sizeof flips);
    float title = ui_label(ui, head, UI_LITTLE | UI_QUIET, sweeps[kind].title);
    ui_cut_left(&head, title + UI_GAP);
    ui_label_fitting(ui, head, UI_LITTLE | UI_FIGURES | UI_RIGHT,
                     (const char *[]){flips, nearest, ""}, 3);
    ui_push_box(ui_shapes(ui), plot, 0, theme->well, theme->grid, 1);
    plot = ui_inset(plot, 3);
    show_upright(ui, plot, plot.x + plot.w / 2, 1, theme->grid);
    for (int digit = 0; digit < VERDICT_CLASSES; digit++)
        if (digit != answer && !wins_somewhere(sweep, digit))
            show_curve(sweep, digit, ui, plot, 1, theme->before);
    for (int digit = 0; digit < VERDICT_CLASSES; digit++)
        if (digit != answer && wins_somewhere(sweep, digit))
            show_curve(sweep, digit, ui, plot, 2, theme->second);
    show_curve(sweep, answer, ui, plot, 2, theme->accent);
    for (int i = 0; i < sweep->flip_count; i++) {
        float part = (sweep->flips[i].value - sweep->least) / (sweep->most - sweep->least);
        show_upright(ui, plot, plot.x + plot.w * part, 1, theme->text);
    }
    snprintf(whole, sizeof whole, "%s: %s", sweeps[kind].title, flips);
    ui_area(ui, sweeps[kind].name, rect, UI_ROLE_VALUE, whole);
    ui_tip(ui,
           _("From one end to the other as the picture of 28 \u00d7 28 is changed; in the middle "
             "it is as it is. Blue: today's answer; orange: who takes over; upright lines: where"));
}

void curves_card_show(const struct inspect_shown *shown, struct ui *ui, struct ui_rect rect)
{
    char heading[64];
    const struct explained *explained = shown->explained;
    snprintf(heading, sizeof heading, _("What becomes of the %d"), shown->answer->order[0]);
    struct ui_rect inside = ui_card(ui, rect, heading);
    if (!explained) {
        ui_wrapped(ui, inside, UI_QUIET, _("The curves are being read\u2026"));
        return;
    }
    struct ui_rect legend = ui_cut_bottom(&inside, CAPTION);
    ui_label_fitting(
        ui, legend, UI_LITTLE | UI_QUIET,
        (const char *[]){_("Shares of the ten digits; right, down and thicker in pixels"),
                         _("Shares of the ten digits; in pixels"), ""},
        3);
    ui_cut_bottom(&inside, UI_STEP);
    int rows = SWEEP_KINDS / COLUMNS;
    for (int kind = 0; kind < SWEEP_KINDS; kind++) {
        struct ui_rect cell = ui_row(inside, kind / COLUMNS, rows, UI_GAP);
        cell = ui_column(cell, kind % COLUMNS, COLUMNS, UI_INSIDE);
        show_sweep((enum sweep_kind)kind, &explained->sweeps[kind], ui, cell);
    }
}

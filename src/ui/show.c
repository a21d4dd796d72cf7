/* SPDX-License-Identifier: MIT */
/* What only shows: cards, separators, progress and the bars of the answers. */
#include "ui/inside.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clamp.h"

enum { CARD_RADIUS = 12, BAR_RADIUS = 4, BAR_LABEL = 26, BAR_HEIGHT = 14,
       BAR_HEIGHT_MOST = 20 };

struct ui_rect ui_card(struct ui *ui, struct ui_rect rect, const char *heading)
{
    const struct ui_theme *theme = ui->theme;
    ui_push_box(ui_shapes(ui), rect, CARD_RADIUS, theme->card, theme->card_edge, 1);
    struct ui_rect inside = ui_inset(rect, UI_INSIDE);
    if (heading)
        ui_heading(ui, ui_cut_top(&inside, UI_HEADING), heading);
    return inside;
}

void ui_separator(struct ui *ui, struct ui_rect rect)
{
    struct ui_rect line = {rect.x, rect.y + floorf(rect.h / 2), rect.w, 1};
    ui_push_box(ui_shapes(ui), line, 0, ui->theme->grid, 0, 0);
}

/* A track with its filled part; what is more than nothing shows as at least 2 points. */
static void draw_track(struct ui *ui, struct ui_rect track, float fraction, ui_color fill)
{
    float radius = fminf(BAR_RADIUS, track.h / 2);
    ui_push_box(ui_shapes(ui), track, radius, ui->theme->track, 0, 0);
    if (!(fraction > 0) || track.w <= 0)
        return;
    struct ui_rect part = track;
    part.w = fminf(track.w, fmaxf(fminf(fraction, 1) * track.w, 2));
    ui_push_box(ui_shapes(ui), part, fminf(radius, part.w / 2), fill, 0, 0);
}

void ui_progress(struct ui *ui, const char *name, struct ui_rect rect, float fraction)
{
    char label[80];
    float part = clamp_float(fraction, 0, 1); /* 0 for what is no number */
    snprintf(label, sizeof label, "%.0f %%", (double)part * 100);
    ui_area(ui, name, rect, UI_ROLE_PROGRESS, label);
    draw_track(ui, ui_middle(rect, rect.w, fminf(rect.h, 8)), part, ui->theme->accent);
}

void ui_value_bar(struct ui *ui, const char *name, struct ui_rect rect, const struct ui_bar *bar)
{
    char label[80];
    snprintf(label, sizeof label, "%s: %s", bar->label, bar->value);
    ui_area(ui, name, rect, UI_ROLE_VALUE, label);
    unsigned color = bar->top ? UI_ACCENT : UI_QUIET;
    float figures = ceilf(ui_label_width(ui, UI_FIGURES, bar->widest));
    ui_label(ui, ui_cut_left(&rect, BAR_LABEL), UI_BOLD | color, bar->label);
    struct ui_rect value = ui_cut_right(&rect, figures);
    ui_cut_right(&rect, 12);
    float height = clamp_float(floorf(rect.h / 3), BAR_HEIGHT, BAR_HEIGHT_MOST);
    draw_track(ui, ui_middle(rect, rect.w, height), bar->fraction,
               bar->top ? ui->theme->accent : ui->theme->bar_quiet);
    ui_label(ui, value, UI_RIGHT | UI_FIGURES | (bar->top ? 0 : UI_QUIET), bar->value);
}

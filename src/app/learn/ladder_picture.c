/* SPDX-License-Identifier: MIT */
#include "app/learn/ladder_picture.h"

#include <math.h>
#include <stdio.h>

#include "app/stage/ladder_stage.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum { ROW = 64, BAR = 18, PROGRESS = 120 };

static void show_rung(const struct ladder_stage *stage, int rung, struct ui *ui,
                      struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    char text[160] = "\u2026", name[24];
    bool known = rung < stage->known;
    struct ui_rect line = ui_cut_top(&rect, UI_LINE + 2), bar = ui_cut_top(&rect, BAR);
    if (known)
        snprintf(text, sizeof text, _("%s \u00b1 %s"), ui_percent(stage->accuracy[rung], 1).text,
                 ui_fixed(100 * stage->error[rung], 1).text);
    snprintf(name, sizeof name, "rung-%d", rung + 1);
    ui_area(ui, name, bar, UI_ROLE_VALUE, text);
    ui_label(ui, ui_cut_right(&line, ui_label_width(ui, UI_FIGURES, text)), UI_FIGURES, text);
    ui_label(ui, line, known ? 0 : UI_QUIET, ladder_stage_name(rung));
    ui_push_box(ui_shapes(ui), bar, 4, theme->track, 0, 0);
    if (!known)
        return;
    bar.w = fmaxf(floorf(bar.w * (float)stage->accuracy[rung]), 4);
    ui_push_box(ui_shapes(ui), bar, 4, rung < 3 ? theme->bar_quiet : theme->accent, 0, 0);
}

void ladder_picture_show(const struct stage *base, struct learn_asks *asks, struct ui *ui,
                         struct ui_rect rect)
{
    const struct ladder_stage *stage = (const struct ladder_stage *)base;
    (void)asks;
    for (int rung = LADDER_RUNGS - 1; rung >= 0; rung--)
        show_rung(stage, rung, ui, ui_cut_top(&rect, ROW));
    struct ui_rect row = ui_cut_top(&rect, UI_ROW);
    if (stage->work)
        ui_progress(ui, "ladder-progress", ui_middle(ui_cut_left(&row, PROGRESS), PROGRESS, 14),
                    (float)stage->progress);
    else if (stage->trouble.text[0])
        ui_wrapped(ui, row, UI_SECOND, stage->trouble.text);
}

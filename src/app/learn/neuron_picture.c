/* SPDX-License-Identifier: MIT */
#include "app/learn/neuron_picture.h"

#include <math.h>
#include <stdio.h>

#include "app/learn/learn_asks.h"
#include "app/stage/flow_stage.h"
#include "app/widget/digit_picture.h"
#include "app/widget/value_picture.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    SIGN = 26, /* between two pictures */
    TITLE = 22,
    PICTURE_MOST = 170,
    CELL_MOST = 56,
    CELL_GAP = 6,
    BAR = 5, /* below each small picture */
};

void neuron_picture_input(const struct flow_stage *stage, struct ui *ui, struct ui_rect rect)
{
    uint8_t digit[FIT_LEN];
    uint32_t *pixels = ui_pixels(ui, FIT_LEN);
    for (int i = 0; i < FIT_LEN; i++)
        digit[i] = (uint8_t)lroundf(stage->forward.x[i] * 255);
    if (pixels)
        digit_picture_show(ui, rect, digit, pixels);
    ui_push_box(ui_shapes(ui), rect, 0, 0, ui_theme(ui)->card_edge, 1);
}

/* ---- the three pictures ---------------------------------------------------------------------- */

static struct ui_rect cut_picture(struct ui *ui, struct ui_rect *rest, float side,
                                  const char *title, const char *name)
{
    struct ui_rect rect = ui_cut_left(rest, side);
    ui_label(ui, ui_cut_top(&rect, TITLE), UI_CENTER | UI_LITTLE | UI_QUIET, title);
    rect.h = side;
    ui_area(ui, name, rect, UI_ROLE_VALUE, title);
    return rect;
}

static void cut_sign(struct ui *ui, struct ui_rect *rest, float side, const char *sign)
{
    struct ui_rect rect = ui_cut_left(rest, SIGN);
    ui_cut_top(&rect, TITLE);
    rect.h = side;
    ui_label(ui, rect, UI_CENTER | UI_BIG, sign);
}

static void frame_picture(struct ui *ui, struct ui_rect rect)
{
    ui_push_box(ui_shapes(ui), rect, 0, 0, ui_theme(ui)->card_edge, 1);
}

static void show_values(struct ui *ui, struct ui_rect rect, const float *values)
{
    uint32_t *pixels = ui_pixels(ui, FIT_LEN);
    if (pixels)
        value_picture_show(ui, rect, values, pixels);
    frame_picture(ui, rect);
}

static void show_product(const struct flow_stage *stage, float side, struct ui *ui,
                         struct ui_rect rect)
{
    struct ui_rect rest = ui_middle(rect, 3 * side + 2 * SIGN, rect.h);
    neuron_picture_input(stage, ui, cut_picture(ui, &rest, side, _("the picture"), "neuron-input"));
    cut_sign(ui, &rest, side, "\u00d7");
    struct ui_rect at = cut_picture(ui, &rest, side, _("its weights"), "neuron-weights");
    show_values(ui, at, stage->weights[stage->neuron]);
    cut_sign(ui, &rest, side, "=");
    at = cut_picture(ui, &rest, side, _("counts for and against"), "neuron-product");
    show_values(ui, at, stage->product);
}

/* "all of it +3.2   bias -1.1   z 2.1   out 0.89", side by side. */
static void show_sum(const struct flow_stage *stage, struct ui *ui, struct ui_rect rect)
{
    int neuron = stage->neuron;
    double z = (double)stage->forward.sum[neuron], bias = (double)stage->bias[neuron];
    const char *const names[] = {_("added up"), _("bias"), "z", _("activation \u03c3(z)")};
    const char *const signs[] = {"", "+", "=", "\u2192"};
    const double values[] = {z - bias, bias, z, (double)stage->forward.active[neuron]};
    for (int i = 0; i < 4; i++) {
        struct ui_rect cell = ui_column(rect, i, 4, 0);
        struct ui_rect top = ui_cut_top(&cell, 26);
        ui_label(ui, top, UI_CENTER | UI_BOLD | UI_FIGURES | (i == 3 ? UI_ACCENT : 0),
                 ui_fixed(values[i], 2).text);
        if (i > 0)
            ui_label(ui, (struct ui_rect){top.x - 10, top.y, 20, top.h}, UI_CENTER | UI_QUIET,
                     signs[i]);
        ui_label(ui, ui_cut_top(&cell, 18), UI_CENTER | UI_LITTLE | UI_QUIET, names[i]);
    }
}

/* ---- all hidden neurons ---------------------------------------------------------------------- */

static void show_cell(const struct flow_stage *stage, int i, struct learn_asks *asks, struct ui *ui,
                      struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    uint32_t *pixels = ui_pixels(ui, FIT_LEN);
    char name[24], tip[80];
    float active = stage->forward.active[i];
    struct ui_rect picture = {rect.x, rect.y, rect.w, rect.w};
    struct ui_rect bar = {rect.x, rect.y + rect.w + 2, rect.w, BAR};
    snprintf(name, sizeof name, "hidden-%d", i + 1);
    snprintf(tip, sizeof tip, _("Hidden neuron %d: activation %s"), i + 1,
             ui_fixed((double)active, 2).text);
    if (ui_button(ui, name, picture, "", UI_BARE))
        learn_ask_number(asks, "neuron", i + 1);
    ui_tip(ui, tip);
    if (pixels)
        value_picture_show(ui, picture, stage->weights[i], pixels);
    bool chosen = i == stage->neuron;
    ui_push_box(ui_shapes(ui), picture, 0, 0, chosen ? theme->text : theme->card_edge,
                chosen ? 2 : 1);
    ui_push_box(ui_shapes(ui), bar, 2, theme->track, 0, 0);
    bar.w *= active;
    ui_push_box(ui_shapes(ui), bar, 2, theme->accent, 0, 0);
}

/* How many stand side by side, so that they are as large as can be. */
static int choose_columns(int count, struct ui_rect rect, float *side)
{
    int best = 1;
    *side = 0;
    for (int columns = 1; columns <= count; columns++) {
        int rows = (count + columns - 1) / columns;
        float across = floorf((rect.w + CELL_GAP) / (float)columns) - CELL_GAP;
        float down = floorf(rect.h / (float)rows) - BAR - 2 - CELL_GAP;
        float fits = fminf(fminf(across, down), CELL_MOST);
        if (fits > *side) {
            *side = fits;
            best = columns;
        }
    }
    return best;
}

static void show_all(const struct flow_stage *stage, struct learn_asks *asks, struct ui *ui,
                     struct ui_rect rect)
{
    float side;
    ui_label(ui, ui_cut_top(&rect, TITLE), UI_LITTLE | UI_QUIET,
             _("all hidden neurons, and how active each is: click one"));
    int columns = choose_columns(stage->forward.hidden, rect, &side);
    ui_grid_begin(ui, "hidden-all");
    for (int i = 0; i < stage->forward.hidden; i++) {
        struct ui_rect cell = {rect.x + (float)(i % columns) * (side + CELL_GAP),
                               rect.y + (float)(i / columns) * (side + BAR + 2 + CELL_GAP), side,
                               side + BAR + 2};
        show_cell(stage, i, asks, ui, cell);
    }
    ui_group_end(ui);
}

void neuron_picture_show(const struct flow_stage *stage, struct learn_asks *asks, struct ui *ui,
                         struct ui_rect rect)
{
    float side = fminf(floorf((rect.w - 2 * SIGN) / 3), PICTURE_MOST);
    side = fminf(side, floorf(rect.h * 0.36f));
    show_product(stage, side, ui, ui_cut_top(&rect, TITLE + side));
    ui_cut_top(&rect, UI_GAP);
    show_sum(stage, ui, ui_cut_top(&rect, 44));
    ui_cut_top(&rect, UI_GAP);
    show_all(stage, asks, ui, rect);
}

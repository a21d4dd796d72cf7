/* SPDX-License-Identifier: MIT */
#include "app/learn/handset_picture.h"

#include <math.h>
#include <stdio.h>

#include "app/learn/learn_asks.h"
#include "app/stage/handset_stage.h"
#include "app/widget/digit_picture.h"
#include "app/widget/value_color.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    HEAD = 22,
    VALUE = 20, /* below a picture */
    GRID_MOST = 320,
    TILE_MOST = 84,
    GAP = 8,
    COLUMNS = 3,
    HIGH_MOST = 560,
};

/* ---- the weights ----------------------------------------------------------------------------- */

static struct ui_rect patch_at(struct ui_rect grid, int row, int col)
{
    float side = grid.w / HANDSET_SIDE;
    return (struct ui_rect){grid.x + (float)col * side, grid.y + (float)row * side, side, side};
}

/* Each patch that the pointer went over while it was held gets what the brush paints. */
static void paint(const struct handset_stage *stage, struct learn_asks *asks, struct ui *ui,
                  struct ui_rect grid)
{
    struct ui_pad pad =
        ui_pad(ui, "handset-weights", grid, _("The weights, in patches"), UI_CURSOR_CROSS);
    int last_row = -1, last_col = -1;
    ui_tip(ui, _("Paint here: drag the brush over the patches"));
    for (int i = 0; i < pad.count; i++) {
        int col = (int)floorf((pad.moves[i].x - grid.x) / grid.w * HANDSET_SIDE);
        int row = (int)floorf((pad.moves[i].y - grid.y) / grid.h * HANDSET_SIDE);
        bool inside = row >= 0 && row < HANDSET_SIDE && col >= 0 && col < HANDSET_SIDE;
        char name[8];
        if (!inside || (row == last_row && col == last_col))
            continue;
        snprintf(name, sizeof name, "p%d%d", row + 1, col + 1);
        learn_ask_number(asks, name, (double)handset_stage_brush(stage));
        last_row = row;
        last_col = col;
    }
}

/* Over them, faintly, the stroke that is to be found. */
static void show_ghost(const struct handset_stage *stage, struct ui *ui, struct ui_rect grid)
{
    const struct ui_theme *theme = ui_theme(ui);
    uint32_t *pixels = ui_pixels(ui, FIT_LEN);
    for (int i = 0; i < FIT_LEN && pixels; i++)
        pixels[i] = (theme->text & 0xffffff00u) | (uint32_t)(stage->strokes[0][i] * 90 / 255);
    if (pixels)
        ui_push_image(ui_shapes(ui), grid, (struct ui_image){FIT_SIZE, FIT_SIZE, pixels, true});
}

static void show_weights(const struct handset_stage *stage, struct learn_asks *asks, struct ui *ui,
                         struct ui_rect grid)
{
    const struct ui_theme *theme = ui_theme(ui);
    paint(stage, asks, ui, grid);
    for (int row = 0; row < HANDSET_SIDE; row++)
        for (int col = 0; col < HANDSET_SIDE; col++) {
            float weight = stage->handset.patch[row][col];
            struct ui_rect rect = patch_at(grid, row, col);
            ui_push_box(ui_shapes(ui), rect, 0, value_color(theme, theme->well, weight, 1.6f),
                        theme->grid, 0.5f);
            if (weight != 0)
                ui_label(ui, rect, UI_CENTER | UI_LITTLE, weight > 0 ? "+" : "\u2212");
        }
    show_ghost(stage, ui, grid);
    ui_push_box(ui_shapes(ui), grid, 0, 0, theme->card_edge, 1);
}

/* ---- what it says ---------------------------------------------------------------------------- */

/* A picture, and below it the output, bold where the neuron fires. */
static void show_tile(struct ui *ui, struct ui_rect rect, const char *name, const uint8_t *digit,
                      float out)
{
    uint32_t *pixels = ui_pixels(ui, FIT_LEN);
    const struct ui_theme *theme = ui_theme(ui);
    struct ui_rect picture = {rect.x, rect.y, rect.w, rect.w};
    struct ui_rect value = {rect.x, rect.y + rect.w, rect.w, VALUE};
    bool fires = out > 0.5f;
    if (pixels)
        digit_picture_show(ui, picture, digit, pixels);
    ui_push_box(ui_shapes(ui), picture, 0, 0, fires ? theme->accent : theme->card_edge,
                fires ? 3 : 1);
    ui_label(ui, value, UI_CENTER | UI_FIGURES | UI_LITTLE | (fires ? UI_BOLD | UI_ACCENT : 0),
             ui_fixed((double)out, 2).text);
    ui_area(ui, name, picture, UI_ROLE_VALUE, ui_fixed((double)out, 4).text);
}

static void show_stroke(const struct handset_stage *stage, int i, struct ui *ui,
                        struct ui_rect rect)
{
    bool right = i < HANDSET_WANTED ? stage->out[i] > 0.5f : stage->out[i] < 0.5f;
    char name[24];
    struct ui_rect mark = {rect.x + rect.w - 16, rect.y + rect.w, 16, VALUE};
    snprintf(name, sizeof name, "stroke-%d", i + 1);
    show_tile(ui, rect, name, stage->strokes[i], stage->out[i]);
    ui_tip(ui, handset_stroke_name(i));
    ui_label(ui, mark, UI_RIGHT | UI_LITTLE | UI_BOLD | (right ? UI_GOOD : UI_SECOND),
             right ? "\u2713" : "\u2717");
}

static void show_strokes(const struct handset_stage *stage, float side, struct ui *ui,
                         struct ui_rect rect)
{
    ui_label(ui, ui_cut_top(&rect, HEAD), UI_LITTLE | UI_QUIET, _("it shall find these"));
    for (int i = 0; i < HANDSET_STROKES; i++) {
        struct ui_rect cell = {rect.x + (float)(i % COLUMNS) * (side + GAP), rect.y, side,
                               side + VALUE};
        show_stroke(stage, i, ui, cell);
        if (i % COLUMNS == COLUMNS - 1)
            ui_cut_top(&rect, side + VALUE + 2);
        if (i == HANDSET_WANTED - 1)
            ui_label(ui, ui_cut_top(&rect, HEAD), UI_LITTLE | UI_QUIET, _("and none of these"));
    }
}

static void show_digits(const struct handset_stage *stage, struct ui *ui, struct ui_rect rect)
{
    ui_label(ui, ui_cut_top(&rect, HEAD), UI_LITTLE | UI_QUIET,
             _("what it says to real digits, which nobody asked for"));
    float side = fminf(floorf((rect.w - GAP * (HANDSET_DIGITS - 1)) / HANDSET_DIGITS),
                       fminf(rect.h - VALUE, TILE_MOST));
    for (int i = 0; i < HANDSET_DIGITS; i++) {
        char name[24];
        struct ui_rect cell = {rect.x + (float)i * (side + GAP), rect.y, side, side + VALUE};
        snprintf(name, sizeof name, "digit-%d", i + 1);
        show_tile(ui, cell, name, stage->digits[i], stage->digit_out[i]);
    }
}

void handset_picture_show(const struct stage *base, struct learn_asks *asks, struct ui *ui,
                          struct ui_rect rect)
{
    const struct handset_stage *stage = (const struct handset_stage *)base;
    rect.h = fminf(rect.h, HIGH_MOST);
    float digits = HEAD + VALUE + fminf(floorf(rect.w / HANDSET_DIGITS) - GAP, TILE_MOST);
    float side = floorf(((rect.w - UI_BETWEEN) * 0.45f - 2 * GAP) / COLUMNS);
    side = fminf(side, floorf((rect.h - digits - 2 * HEAD - UI_GAP) / 3 - VALUE - 2));
    side = fminf(side, TILE_MOST);
    float right = COLUMNS * side + 2 * GAP, high = 2 * HEAD + 3 * (side + VALUE + 2);
    float grid = fminf(fminf(rect.w - right - UI_BETWEEN, high - HEAD - VALUE), GRID_MOST);
    rect = ui_middle(rect, grid + UI_BETWEEN + right, rect.h);
    struct ui_rect top = ui_cut_top(&rect, high);
    ui_cut_top(&rect, UI_GAP);
    struct ui_rect left = ui_cut_left(&top, grid);
    ui_cut_left(&top, UI_BETWEEN);
    ui_label(ui, ui_cut_top(&left, HEAD), UI_LITTLE | UI_QUIET, _("its weights: paint here"));
    left.h = grid;
    show_weights(stage, asks, ui, left);
    show_strokes(stage, side, ui, top);
    show_digits(stage, ui, rect);
}

/* SPDX-License-Identifier: MIT */
#include "app/learn/perceptron_picture.h"

#include <math.h>
#include <stdio.h>

#include "app/learn/learn_asks.h"
#include "app/stage/perceptron_stage.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    NODE = 24,   /* the radius of an input, */
    NEURON = 36, /* and of the neuron */
    TAIL = 56,   /* from the neuron to its output */
    VALUE_WIDTH = 56,
    ROW = 30,
    TABLE_LEAST = 190,
    PLANE_PAD = 26, /* for the numbers beside the plane */
};

static const float edge = 0.5f; /* how far the plane goes beyond the corners 0 and 1 */

static const char *const inputs[] = {"x\u2081", "x\u2082", "x\u2083"};

/* What stands for 1, and for 0. */
static ui_color color_of(const struct ui_theme *theme, float output)
{
    return output > 0 ? theme->accent : theme->second;
}

/* ---- circles and lines ----------------------------------------------------------------------- */

static void push_line(struct ui *ui, float x0, float y0, float x1, float y1, float width,
                      ui_color color)
{
    const float points[] = {x0, y0, x1, y1};
    ui_push_line(ui_shapes(ui), points, 2, width, color);
}

static void show_circle(struct ui *ui, float x, float y, float radius, ui_color ring,
                        const char *text)
{
    const struct ui_theme *theme = ui_theme(ui);
    struct ui_rect rect = {x - radius, y - radius, 2 * radius, 2 * radius};
    ui_push_box(ui_shapes(ui), rect, radius, theme->field, ring, 2);
    ui_label(ui, rect, UI_CENTER | UI_FIGURES, text);
}

static void show_weight(struct ui *ui, float x, float y, float weight)
{
    struct ui_rect rect = {x - VALUE_WIDTH / 2.0f, y - 12, VALUE_WIDTH, 24};
    ui_push_box(ui_shapes(ui), ui_inset_xy(rect, 6, 1), 6, ui_theme(ui)->card, 0, 0);
    ui_label(ui, rect, UI_CENTER | UI_FIGURES, ui_fixed((double)weight, 1).text);
}

/* A click on an input turns it over. */
static void show_input(const struct perceptron_stage *stage, int i, float x, float y,
                       struct learn_asks *asks, struct ui *ui)
{
    const struct ui_theme *theme = ui_theme(ui);
    bool on = stage->x[i] > 0;
    char name[24], text[32], set[8];
    struct ui_rect rect = {x - NODE, y - NODE, 2 * NODE, 2 * NODE};
    snprintf(name, sizeof name, "input-%d", i + 1);
    snprintf(set, sizeof set, "x%d", i + 1);
    snprintf(text, sizeof text, "%s = %d", inputs[i], on);
    if (ui_button(ui, name, rect, "", UI_BARE))
        learn_ask(asks, set, on ? "0" : "1");
    ui_tip(ui, _("Turn this input over"));
    show_circle(ui, x, y, NODE, on ? theme->accent : theme->field_edge, text);
}

static void show_network(const struct perceptron_stage *stage, struct learn_asks *asks,
                         struct ui *ui, struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    float left = rect.x + NODE + 4, middle = rect.y + rect.h / 2;
    float x = rect.x + rect.w - TAIL - VALUE_WIDTH - NEURON, gap;
    char text[64];
    gap = fminf(110, (rect.h - 2 * NODE - 8) / (float)(stage->inputs - 1));
    for (int i = 0; i < stage->inputs; i++) {
        float y = middle + ((float)i - (float)(stage->inputs - 1) / 2) * gap;
        float w = stage->weights[i];
        ui_color color = w == 0 ? theme->grid : w > 0 ? theme->accent : theme->second;
        push_line(ui, left, y, x, middle, 1 + fminf(fabsf(w), 8) * 0.5f,
                  ui_color_mix(theme->card, color, stage->x[i] > 0 ? 1 : 0.55f));
        show_weight(ui, left + (x - left) * 0.5f, y + (middle - y) * 0.5f, w);
        show_input(stage, i, left, y, asks, ui);
    }
    ui_color out = color_of(theme, stage->out);
    push_line(ui, x, middle, x + NEURON + TAIL, middle, 3, out);
    snprintf(text, sizeof text, "b = %s", ui_fixed((double)stage->bias, 1).text);
    show_circle(ui, x, middle, NEURON, out, text);
    struct ui_rect answer = {x + NEURON + TAIL, middle - 16, VALUE_WIDTH, 32};
    snprintf(text, sizeof text, "%.0f", (double)stage->out);
    ui_label(ui, answer, UI_BIG | UI_BOLD | UI_CENTER | UI_FIGURES, text);
}

/* ---- the plane ------------------------------------------------------------------------------- */

static float to_x(struct ui_rect rect, float x)
{
    return rect.x + (x + edge) / (1 + 2 * edge) * rect.w;
}

static float to_y(struct ui_rect rect, float y)
{
    return rect.y + rect.h - (y + edge) / (1 + 2 * edge) * rect.h;
}

/* The part of the square where the sum is above zero: its corners, cut off by the line. */
static int cut_square(const struct perceptron_stage *stage, struct ui_rect rect, float *points,
                      float *crossing, int *crossings)
{
    static const float corners[][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    int count = 0;
    *crossings = 0;
    for (int i = 0; i < 4; i++) {
        float a[2], b[2];
        for (int k = 0; k < 2; k++) {
            a[k] = corners[i][k] * (1 + 2 * edge) - edge;
            b[k] = corners[(i + 1) % 4][k] * (1 + 2 * edge) - edge;
        }
        float za = stage->weights[0] * a[0] + stage->weights[1] * a[1] + stage->bias;
        float zb = stage->weights[0] * b[0] + stage->weights[1] * b[1] + stage->bias;
        if (za > 0) {
            points[2 * count] = to_x(rect, a[0]);
            points[2 * count++ + 1] = to_y(rect, a[1]);
        }
        if ((za > 0) == (zb > 0))
            continue;
        float t = za / (za - zb);
        points[2 * count] = to_x(rect, a[0] + t * (b[0] - a[0]));
        points[2 * count + 1] = to_y(rect, a[1] + t * (b[1] - a[1]));
        if (*crossings < 2) {
            crossing[2 * *crossings] = points[2 * count];
            crossing[2 * *crossings + 1] = points[2 * count + 1];
            ++*crossings;
        }
        count++;
    }
    return count;
}

/* A corner: what is wanted of it, or else what comes out; a cross where these are not the same. */
static void show_corner(const struct perceptron_stage *stage, int row, struct ui *ui,
                        struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    float x[2], out = stage->row_out[row];
    perceptron_stage_row(row, x);
    bool wanted = stage->gate != PERCEPTRON_NO_GATE;
    float value = wanted ? perceptron_stage_wanted(stage->gate, row) : out;
    float at_x = to_x(rect, x[0]), at_y = to_y(rect, x[1]);
    struct ui_rect disc = {at_x - 13, at_y - 13, 26, 26};
    char text[8];
    ui_push_box(ui_shapes(ui), disc, 13, theme->card, color_of(theme, value), 2.5f);
    snprintf(text, sizeof text, "%.0f", (double)value);
    ui_label(ui, disc, UI_BOLD | UI_CENTER | UI_FIGURES, text);
    if (value != out) {
        float x1 = at_x + 19, y1 = at_y - 15;
        push_line(ui, x1 - 5, y1 - 5, x1 + 5, y1 + 5, 2.5f, theme->text);
        push_line(ui, x1 - 5, y1 + 5, x1 + 5, y1 - 5, 2.5f, theme->text);
    }
}

static void show_axes(struct ui *ui, struct ui_rect rect)
{
    static const char *const ticks[] = {"0", "1"};
    for (int i = 0; i < 2; i++) {
        float x = to_x(rect, (float)i), y = to_y(rect, (float)i);
        ui_label(ui, (struct ui_rect){x - 20, rect.y + rect.h + 4, 40, 18},
                 UI_LITTLE | UI_QUIET | UI_CENTER, ticks[i]);
        ui_label(ui, (struct ui_rect){rect.x - PLANE_PAD, y - 9, PLANE_PAD - 6, 18},
                 UI_LITTLE | UI_QUIET | UI_RIGHT, ticks[i]);
    }
    ui_label(ui, (struct ui_rect){rect.x + rect.w - 24, rect.y + rect.h + 4, 24, 18},
             UI_LITTLE | UI_QUIET | UI_RIGHT, inputs[0]);
    ui_label(ui, (struct ui_rect){rect.x - PLANE_PAD, rect.y, PLANE_PAD - 6, 18},
             UI_LITTLE | UI_QUIET | UI_RIGHT, inputs[1]);
}

/* The bias with which the line goes through the pointer. */
static void drag_line(const struct perceptron_stage *stage, struct learn_asks *asks, struct ui *ui,
                      struct ui_rect rect)
{
    struct ui_pad pad = ui_pad(ui, "plane", rect, _("The plane of both inputs"), UI_CURSOR_HAND);
    ui_tip(ui, _("Drag the line where the sum is zero: that moves the bias"));
    if (!pad.held || pad.count == 0)
        return;
    float x = (pad.x - rect.x) / rect.w * (1 + 2 * edge) - edge;
    float y = (rect.y + rect.h - pad.y) / rect.h * (1 + 2 * edge) - edge;
    float bias = -(stage->weights[0] * x + stage->weights[1] * y);
    learn_ask_number(asks, "b", (double)roundf(fminf(fmaxf(bias, -10), 10) * 10) / 10);
}

static void show_plane(const struct perceptron_stage *stage, struct learn_asks *asks, struct ui *ui,
                       struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    float points[16], crossing[4];
    int crossings;
    drag_line(stage, asks, ui, rect);
    ui_push_box(ui_shapes(ui), rect, 0, theme->well, theme->card_edge, 1);
    int count = cut_square(stage, rect, points, crossing, &crossings);
    if (count >= 3)
        ui_push_polygon(ui_shapes(ui), points, (uint32_t)count,
                        ui_color_mix(theme->well, theme->accent, 0.28f));
    push_line(ui, to_x(rect, 0), rect.y, to_x(rect, 0), rect.y + rect.h, 1, theme->grid);
    push_line(ui, rect.x, to_y(rect, 0), rect.x + rect.w, to_y(rect, 0), 1, theme->grid);
    if (crossings == 2)
        push_line(ui, crossing[0], crossing[1], crossing[2], crossing[3], 2.5f, theme->accent);
    show_axes(ui, rect);
    for (int row = 0; row < PERCEPTRON_ROWS; row++)
        show_corner(stage, row, ui, rect);
}

/* ---- the truth table ------------------------------------------------------------------------- */

static void show_cells(struct ui *ui, struct ui_rect row, const char *const *cells, int count,
                       unsigned flags)
{
    for (int i = 0; i < count; i++)
        ui_label(ui, ui_column(row, i, count, 4), UI_CENTER | UI_FIGURES | flags, cells[i]);
}

static void show_row(const struct perceptron_stage *stage, int row, struct ui *ui,
                     struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    float x[2];
    char text[4][48];
    bool wanted = stage->gate != PERCEPTRON_NO_GATE;
    perceptron_stage_row(row, x);
    if (x[0] == stage->x[0] && x[1] == stage->x[1])
        ui_push_box(ui_shapes(ui), rect, 6, theme->selection, 0, 0);
    snprintf(text[0], sizeof text[0], "%.0f  %.0f", (double)x[0], (double)x[1]);
    snprintf(text[1], sizeof text[1], "%s", ui_fixed((double)stage->row_z[row], 1).text);
    snprintf(text[2], sizeof text[2], "%.0f", (double)stage->row_out[row]);
    if (wanted)
        snprintf(text[3], sizeof text[3], "%.0f",
                 (double)perceptron_stage_wanted(stage->gate, row));
    const char *const cells[] = {text[0], text[1], text[2], text[3]};
    show_cells(ui, rect, cells, wanted ? 4 : 3, 0);
}

static void show_table(const struct perceptron_stage *stage, struct ui *ui, struct ui_rect rect)
{
    bool wanted = stage->gate != PERCEPTRON_NO_GATE;
    const char *const heads[] = {"x\u2081 x\u2082", _("sum"), _("output"),
                                 wanted ? perceptron_stage_gate_name(stage->gate) : ""};
    show_cells(ui, ui_cut_top(&rect, ROW), heads, wanted ? 4 : 3, UI_LITTLE | UI_QUIET);
    for (int row = 0; row < PERCEPTRON_ROWS; row++)
        show_row(stage, row, ui, ui_cut_top(&rect, ROW));
}

/* ---- all of it ------------------------------------------------------------------------------- */

void perceptron_picture_show(const struct stage *base, struct learn_asks *asks, struct ui *ui,
                             struct ui_rect rect)
{
    const struct perceptron_stage *stage = (const struct perceptron_stage *)base;
    if (stage->inputs != 2) {
        show_network(stage, asks, ui, ui_middle(rect, fminf(rect.w, 560), fminf(rect.h, 400)));
        return;
    }
    struct ui_rect below = ui_cut_bottom(&rect, floorf(rect.h * 0.6f));
    show_network(stage, asks, ui, ui_middle(rect, fminf(rect.w, 480), fminf(rect.h, 240)));
    ui_cut_top(&below, UI_BETWEEN);
    ui_cut_bottom(&below, PLANE_PAD);
    ui_cut_left(&below, PLANE_PAD);
    float side = fminf(below.h, below.w - TABLE_LEAST - UI_BETWEEN);
    struct ui_rect plane = ui_cut_left(&below, side);
    plane.h = side;
    show_plane(stage, asks, ui, plane);
    ui_cut_left(&below, UI_BETWEEN);
    below.h = side;
    show_table(stage, ui, ui_middle(below, fminf(below.w, 260), 5 * ROW));
}

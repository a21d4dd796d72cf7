/* SPDX-License-Identifier: MIT */
#include "app/inspect/neuron_card.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/state/activations.h"
#include "app/widget/value_color.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    PICTURE = 112,
    CAPTION = 20,
    CURVE_WIDTH = 136,
    ROWS = NEURON_LARGEST + 4,
    ROW = 21,
    VALUE = 84,
    CURVE_POINTS = 49,
};

float neuron_card_height(void)
{
    return 2 * UI_INSIDE + UI_HEADING + PICTURE + CAPTION + UI_GAP + ROWS * ROW;
}

/* ---- pictures of the weights ----------------------------------------------------------------- */

/* A picture of what a neuron sees: places of the layer before, its channels added up. A plain row
 * of neurons is broken into lines. */
struct frame {
    int top, left, rows, cols, width, channels;
};

static struct frame find_frame(const struct activations *activations, const struct neuron_sum *sum)
{
    struct nn_shape in = nn_layer(activations->net, sum->layer)->in;
    if (in.rows * in.cols == 1) {
        int cols = (int)ceil(sqrt(in.channels));
        return (struct frame){0, 0, (in.channels + cols - 1) / cols, cols, cols, 1};
    }
    struct frame frame = {in.rows, in.cols, 0, 0, in.cols, in.channels};
    int bottom = 0, right = 0;
    for (int k = 0; k < sum->count; k++) {
        int at = sum->terms[k].from / in.channels, row = at / in.cols, col = at % in.cols;
        frame.top = row < frame.top ? row : frame.top;
        frame.left = col < frame.left ? col : frame.left;
        bottom = row > bottom ? row : bottom;
        right = col > right ? col : right;
    }
    frame.rows = bottom - frame.top + 1;
    frame.cols = right - frame.left + 1;
    return frame;
}

static void fill_picture(const struct frame *frame, const struct neuron_sum *sum, const float *x,
                         float *values)
{
    memset(values, 0, (size_t)frame->rows * (size_t)frame->cols * sizeof *values);
    for (int k = 0; k < sum->count; k++) {
        int at = sum->terms[k].from / frame->channels;
        int row = at / frame->width - frame->top, col = at % frame->width - frame->left;
        values[row * frame->cols + col] += sum->terms[k].weight * (x ? x[sum->terms[k].from] : 1);
    }
}

/* x: the weights times what they are given; NULL: as they are. */
static void show_weights(const struct frame *frame, const struct neuron_sum *sum, const float *x,
                         struct ui *ui, struct ui_rect rect, uint32_t *pixels)
{
    const struct ui_theme *theme = ui_theme(ui);
    float values[FIT_LEN], most = 0;
    int len = frame->rows * frame->cols;
    struct ui_rect picture = ui_cut_top(&rect, PICTURE);
    float longer = (float)(frame->rows > frame->cols ? frame->rows : frame->cols);
    fill_picture(frame, sum, x, values);
    for (int i = 0; i < len; i++)
        most = fmaxf(most, fabsf(values[i]));
    for (int i = 0; i < len; i++)
        pixels[i] = value_color(theme, theme->well, values[i], most);
    picture.w = PICTURE * (float)frame->cols / longer;
    picture.h = PICTURE * (float)frame->rows / longer;
    ui_push_image(ui_shapes(ui), picture,
                  (struct ui_image){frame->rows, frame->cols, pixels, false});
    ui_push_box(ui_shapes(ui), picture, 0, 0, theme->field_edge, 1);
    char name[24];
    snprintf(name, sizeof name, "neuron-%s", x ? "terms" : "weights");
    ui_area(ui, name, picture, UI_ROLE_VALUE, x ? "Weights times input" : "Weights");
    ui_tip(ui, x ? "What each input adds to the sum: blue raises it, orange lowers it"
                 : "The weights, each where its input is: blue is above 0, orange below");
    ui_label(ui, ui_cut_top(&rect, CAPTION), UI_LITTLE | UI_QUIET, x ? "times input" : "weights");
}

/* ---- the activation -------------------------------------------------------------------------- */

static double curve_at(const char *activation, double z)
{
    if (strcmp(activation, "sigmoid") == 0)
        return 1 / (1 + exp(-z));
    if (strcmp(activation, "tanh") == 0)
        return tanh(z);
    if (strcmp(activation, "step") == 0)
        return z > 0;
    if (strcmp(activation, "relu") == 0)
        return fmax(z, 0);
    return z;
}

static const char *formula_of(const char *activation)
{
    if (strcmp(activation, "sigmoid") == 0)
        return "a = \u03c3(z)";
    if (strcmp(activation, "tanh") == 0)
        return "a = tanh z";
    if (strcmp(activation, "step") == 0)
        return "a = 1 if z > 0";
    if (strcmp(activation, "relu") == 0)
        return "a = max(0, z)";
    if (strcmp(activation, "softmax") == 0)
        return "a = e^z / sum";
    return "a = z";
}

/* The curve around 0, with the point where this neuron stands. */
static void show_curve(const char *activation, const struct neuron_sum *sum, struct ui *ui,
                       struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    struct ui_rect plot = ui_inset(ui_cut_top(&rect, PICTURE), 6);
    float points[2 * CURVE_POINTS];
    bool bounded = strcmp(activation, "relu") != 0 && activation[0] != '\0';
    double reach = fmax(6, fabs(sum->z) * 1.1);
    double low = strcmp(activation, "tanh") == 0 ? -1 : bounded ? 0 : -reach;
    double high = bounded ? 1 : reach;
    if (strcmp(activation, "relu") == 0)
        low = 0;
    for (int i = 0; i < CURVE_POINTS; i++) {
        double z = reach * (2.0 * i / (CURVE_POINTS - 1) - 1);
        double part = (curve_at(activation, z) - low) / (high - low);
        points[2 * i] = plot.x + plot.w * (float)i / (CURVE_POINTS - 1);
        points[2 * i + 1] = plot.y + plot.h * (float)(1 - part);
    }
    const float axis[] = {plot.x + plot.w / 2, plot.y, plot.x + plot.w / 2, plot.y + plot.h};
    ui_push_line(ui_shapes(ui), axis, 2, 1, theme->grid);
    ui_push_line(ui_shapes(ui), points, CURVE_POINTS, 2, theme->accent);
    double part = (curve_at(activation, sum->z) - low) / (high - low);
    ui_push_dot(ui_shapes(ui), plot.x + plot.w * (float)(0.5 + 0.5 * sum->z / reach),
                plot.y + plot.h * (float)(1 - part), 4, theme->second);
    ui_area(ui, "neuron-curve", plot, UI_ROLE_VALUE, formula_of(activation));
    ui_label(ui, ui_cut_top(&rect, CAPTION), UI_LITTLE | UI_QUIET, formula_of(activation));
}

/* ---- the sum --------------------------------------------------------------------------------- */

static void show_row(struct ui *ui, struct ui_rect *rest, const char *name, const char *middle,
                     double value, unsigned flags)
{
    struct ui_rect row = ui_cut_top(rest, ROW);
    struct ui_rect right = ui_cut_right(&row, VALUE), left = ui_cut_left(&row, row.w * 0.44f);
    char text[48];
    snprintf(text, sizeof text, "%s%s", value > 0 ? "+" : "", ui_fixed(value, 2).text);
    ui_label_fitting(ui, left, flags | UI_LITTLE | (flags & UI_BOLD ? 0 : UI_QUIET),
                     (const char *[]){name, ""}, 2);
    ui_label_fitting(ui, row, UI_LITTLE | UI_FIGURES, (const char *[]){middle, ""}, 2);
    ui_label(ui, right, flags | UI_LITTLE | UI_FIGURES | UI_RIGHT, text);
}

/* What a place of the layer before is called; before the first one stands the picture. */
static void write_input(struct nn_shape in, int layer, int from, char *text, size_t size)
{
    int at = from / in.channels;
    if (layer == 0)
        snprintf(text, size, "pixel %d, %d", from / FIT_SIZE, from % FIT_SIZE);
    else if (in.rows * in.cols == 1)
        snprintf(text, size, "neuron %d", from);
    else
        snprintf(text, size, "map %d at %d, %d", from % in.channels, at / in.cols, at % in.cols);
}

static void show_sum(const struct activations *activations, const struct neuron_sum *sum,
                     struct ui *ui, struct ui_rect rect)
{
    struct nn_shape in = nn_layer(activations->net, sum->layer)->in;
    const float *x = activations_of(activations, sum->layer - 1);
    const char *activation = nn_activation(activations->net, sum->layer);
    char name[64], middle[100];
    for (int k = 0; k < sum->largest_count; k++) {
        const struct nn_term *term = &sum->terms[sum->largest[k]];
        double value = (double)term->weight * (double)x[term->from];
        write_input(in, sum->layer, term->from, name, sizeof name);
        snprintf(middle, sizeof middle, "%s \u00d7 %s", ui_fixed((double)x[term->from], 2).text,
                 ui_fixed((double)term->weight, 2).text);
        show_row(ui, &rect, name, middle, value, 0);
    }
    int others = sum->count - sum->largest_count;
    snprintf(name, sizeof name, "and %s others", ui_thousands(others).text);
    if (others > 0)
        show_row(ui, &rect, name, "", sum->others, 0);
    show_row(ui, &rect, "bias", "", (double)sum->bias, 0);
    show_row(ui, &rect, "z", "", sum->z, UI_BOLD);
    struct ui_rect row = ui_cut_top(&rect, ROW), right = ui_cut_right(&row, VALUE);
    ui_label(ui, right, UI_BOLD | UI_LITTLE | UI_FIGURES | UI_RIGHT,
             ui_fixed((double)sum->a, 3).text);
    ui_label(ui, row, UI_BOLD | UI_LITTLE, formula_of(activation));
}

/* ---- the card -------------------------------------------------------------------------------- */

static void write_heading(const struct activations *activations, const struct neuron_sum *sum,
                          char *text, size_t size)
{
    struct nn_shape out = nn_layer(activations->net, sum->layer)->out;
    int at = sum->place / out.channels;
    if (out.rows * out.cols > 1)
        snprintf(text, size, "Layer %d, map %d at %d, %d", sum->layer + 1,
                 sum->place % out.channels, at / out.cols, at % out.cols);
    else if (sum->layer == activations->layers - 1)
        snprintf(text, size, "Output neuron %d", sum->place);
    else
        snprintf(text, size, "Neuron %d of layer %d", sum->place, sum->layer + 1);
}

void neuron_card_show(struct pixels *pixels, const struct activations *activations,
                      const struct neuron_sum *sum, struct ui *ui, struct ui_rect rect)
{
    char heading[80];
    write_heading(activations, sum, heading, sizeof heading);
    struct ui_rect inside = ui_card(ui, rect, heading);
    if (sum->count == 0) {
        char text[160];
        snprintf(text, sizeof text,
                 "It has no weights: it takes the largest of what it sees, here "
                 "%s.",
                 ui_fixed((double)sum->a, 3).text);
        ui_wrapped(ui, inside, UI_QUIET, text);
        return;
    }
    const char *activation = nn_activation(activations->net, sum->layer);
    struct frame frame = find_frame(activations, sum);
    struct ui_rect pictures = ui_cut_top(&inside, PICTURE + CAPTION);
    uint32_t *room = pixels_take(pixels, 2 * FIT_LEN);
    ui_cut_top(&inside, UI_GAP);
    if (room && frame.rows * frame.cols <= FIT_LEN) {
        show_weights(&frame, sum, NULL, ui, ui_cut_left(&pictures, PICTURE), room);
        ui_cut_left(&pictures, UI_GAP + UI_STEP);
        show_weights(&frame, sum, activations_of(activations, sum->layer - 1), ui,
                     ui_cut_left(&pictures, PICTURE), room + FIT_LEN);
        ui_cut_left(&pictures, UI_GAP + UI_STEP);
    }
    if (strcmp(activation, "softmax") != 0)
        show_curve(activation, sum, ui, ui_cut_left(&pictures, CURVE_WIDTH));
    show_sum(activations, sum, ui, inside);
    ui_area(ui, "neuron", inside, UI_ROLE_VALUE, heading);
}

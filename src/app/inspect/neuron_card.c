/* SPDX-License-Identifier: MIT */
#include "app/inspect/neuron_card.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/inspect/inspect_shown.h"
#include "app/state/activations.h"
#include "app/state/weight_edits.h"
#include "app/widget/action_button.h"
#include "app/widget/value_color.h"
#include "base/clamp.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    PICTURE = 88,
    CAPTION = 18,
    CURVE_WIDTH = 136,
    ROWS = NEURON_LARGEST + 4,
    ROW = 18, /* at least, where a window is low, and at most: */
    ROW_MOST = 22,
    VALUE = 84,
    CURVE_POINTS = 49,
    EDITS_ROW = 28,
};

float neuron_card_height(void)
{
    return 2 * UI_INSIDE + UI_HEADING + PICTURE + CAPTION + UI_GAP + ROWS * ROW + UI_GAP + UI_ROW;
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
static struct ui_rect show_weights(const struct frame *frame, const struct neuron_sum *sum,
                                   const float *x, struct ui *ui, struct ui_rect rect,
                                   uint32_t *pixels)
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
    ui_label(ui, ui_cut_top(&rect, CAPTION), UI_LITTLE | UI_QUIET,
             x ? _("times input") : _("weights"));
    return picture;
}

/* The weight at that place of the picture; where channels are added up, the largest of them. -1:
 * there is none. */
static int find_weight(const struct frame *frame, const struct neuron_sum *sum, float x, float y)
{
    int row = frame->top + (int)(y * (float)frame->rows);
    int at = row * frame->width + frame->left + (int)(x * (float)frame->cols), best = -1;
    for (int k = 0; k < sum->count; k++)
        if (sum->terms[k].from / frame->channels == at &&
            (best < 0 || fabsf(sum->terms[k].weight) > fabsf(sum->terms[best].weight)))
            best = k;
    return best < 0 ? -1 : sum->terms[best].from;
}

/* A press in the picture chooses the weight that is there. */
static void choose_in_picture(struct weight_choice *choice, const struct frame *frame,
                              const struct neuron_sum *sum, struct ui *ui, struct ui_rect picture)
{
    struct ui_pad pad = ui_pad(ui, "neuron-weights", picture, _("Weights"), UI_CURSOR_CROSS);
    ui_tip(ui,
           _("The weights, each where its input is: blue is above 0, orange below. Click one to "
             "change it below"));
    for (int i = 0; i < pad.count; i++) {
        float x = (pad.moves[i].x - picture.x) / picture.w;
        float y = (pad.moves[i].y - picture.y) / picture.h;
        int from = x >= 0 && x < 1 && y >= 0 && y < 1 ? find_weight(frame, sum, x, y) : -1;
        if (pad.moves[i].kind != UI_PRESS || from < 0)
            continue;
        weight_choose(choice, sum, from);
        ui_again(ui);
    }
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

static void show_pictures(struct neuron_view *view, const struct activations *activations,
                          const struct neuron_sum *sum, struct ui *ui, struct ui_rect rect)
{
    struct frame frame = find_frame(activations, sum);
    const char *activation = nn_activation(activations->net, sum->layer);
    uint32_t *room = pixels_take(&view->pixels, 2 * FIT_LEN);
    if (room && frame.rows * frame.cols <= FIT_LEN) {
        struct ui_rect weights =
            show_weights(&frame, sum, NULL, ui, ui_cut_left(&rect, PICTURE), room);
        choose_in_picture(&view->weight, &frame, sum, ui, weights);
        ui_cut_left(&rect, UI_GAP + UI_STEP);
        struct ui_rect terms =
            show_weights(&frame, sum, activations_of(activations, sum->layer - 1), ui,
                         ui_cut_left(&rect, PICTURE), room + FIT_LEN);
        ui_area(ui, "neuron-terms", terms, UI_ROLE_VALUE, _("Weights times input"));
        ui_tip(ui, _("What each input adds to the sum: blue raises it, orange lowers it"));
        ui_cut_left(&rect, UI_GAP + UI_STEP);
    }
    if (strcmp(activation, "softmax") != 0)
        show_curve(activation, sum, ui, ui_cut_left(&rect, CURVE_WIDTH));
}

/* ---- the sum --------------------------------------------------------------------------------- */

struct row {
    const char *name, *middle;
    double value;
    unsigned flags;
};

static void show_row(const struct row *row, struct ui *ui, struct ui_rect rect)
{
    struct ui_rect right = ui_cut_right(&rect, VALUE), left = ui_cut_left(&rect, rect.w * 0.44f);
    char text[48];
    snprintf(text, sizeof text, "%s%s", row->value > 0 ? "+" : "", ui_fixed(row->value, 2).text);
    ui_label_fitting(ui, left, row->flags | UI_LITTLE | (row->flags & UI_BOLD ? 0 : UI_QUIET),
                     (const char *[]){row->name, ""}, 2);
    ui_label_fitting(ui, rect, UI_LITTLE | UI_FIGURES, (const char *[]){row->middle, ""}, 2);
    ui_label(ui, right, row->flags | UI_LITTLE | UI_FIGURES | UI_RIGHT, text);
}

/* One of a weight that can be chosen. */
static void show_choice(struct weight_choice *choice, const struct neuron_sum *sum, int from,
                        const char *name, const struct row *row, struct ui *ui, struct ui_rect rect)
{
    bool chosen = choice->from == from;
    struct ui_rect button = ui_inset_xy(rect, -UI_STEP, 0);
    if (ui_button(ui, name, button, "", UI_BARE | UI_TOGGLE | (chosen ? UI_ON : 0))) {
        weight_choose(choice, sum, from);
        ui_again(ui);
    }
    ui_tip(ui, _("Click to change this one below"));
    show_row(row, ui, rect);
}

static void show_terms(struct weight_choice *choice, const struct activations *activations,
                       const struct neuron_sum *sum, struct ui *ui, struct ui_rect *rest,
                       float height)
{
    const float *x = activations_of(activations, sum->layer - 1);
    char control[16], name[64], middle[100];
    for (int k = 0; k < sum->largest_count; k++) {
        const struct nn_term *term = &sum->terms[sum->largest[k]];
        double value = (double)term->weight * (double)x[term->from];
        snprintf(control, sizeof control, "term-%d", k);
        weight_write_input(activations, sum->layer, term->from, name, sizeof name);
        snprintf(middle, sizeof middle, "%s \u00d7 %s", ui_fixed((double)x[term->from], 2).text,
                 ui_fixed((double)term->weight, 2).text);
        show_choice(choice, sum, term->from, control, &(struct row){name, middle, value, 0}, ui,
                    ui_cut_top(rest, height));
    }
}

static void show_sum(struct weight_choice *choice, const struct activations *activations,
                     const struct neuron_sum *sum, struct ui *ui, struct ui_rect rect)
{
    char name[64];
    float height = rect.h / ROWS;
    int others = sum->count - sum->largest_count;
    show_terms(choice, activations, sum, ui, &rect, height);
    snprintf(name, sizeof name, "and %s others", ui_thousands(others).text);
    if (others > 0)
        show_row(&(struct row){name, "", sum->others, 0}, ui, ui_cut_top(&rect, height));
    show_choice(choice, sum, WEIGHT_BIAS, "term-bias",
                &(struct row){"bias", "", (double)sum->bias, 0}, ui, ui_cut_top(&rect, height));
    show_row(&(struct row){"z", "", sum->z, UI_BOLD}, ui, ui_cut_top(&rect, height));
    struct ui_rect row = ui_cut_top(&rect, height), right = ui_cut_right(&row, VALUE);
    ui_label(ui, right, UI_BOLD | UI_LITTLE | UI_FIGURES | UI_RIGHT,
             ui_fixed((double)sum->a, 3).text);
    ui_label(ui, row, UI_BOLD | UI_LITTLE, formula_of(nn_activation(activations->net, sum->layer)));
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
        snprintf(text, size, _("Output neuron %d"), sum->place);
    else
        snprintf(text, size, _("Neuron %d of layer %d"), sum->place, sum->layer + 1);
}

/* In the line of the heading: what was changed by hand, and what may become of it. */
static void show_edits(const struct weight_edits *edits, struct ui *ui, struct ui_rect card,
                       struct actions *actions)
{
    const struct action_button buttons[] = {
        {"keep-weights", {.kind = ACT_WEIGHTS_KEEP}, .label = _("Keep"), .flags = UI_LITTLE},
        {"weights-back", {.kind = ACT_WEIGHTS_BACK}, .flags = UI_LITTLE},
        {"weight-undo", {.kind = ACT_WEIGHT_UNDO}, .flags = UI_LITTLE},
    };
    struct ui_rect row = {card.x + UI_INSIDE, card.y + UI_GAP, card.w - 2 * UI_INSIDE, EDITS_ROW};
    if (!edits->net)
        return;
    ui_group_begin(ui, "weight-edits");
    for (int i = 0; i < 3; i++) {
        struct ui_rect at = ui_cut_right(&row, action_button_width(&buttons[i], ui));
        action_button_show(&buttons[i], ui, at, actions);
        ui_cut_right(&row, UI_STEP);
    }
    ui_group_end(ui);
}

void neuron_view_clear(struct neuron_view *view)
{
    pixels_clear(&view->pixels);
}

bool neuron_card_show(struct neuron_view *view, const struct inspect_shown *shown, struct ui *ui,
                      struct ui_rect rect, struct actions *actions)
{
    const struct activations *activations = shown->activations;
    const struct neuron_sum *sum = &shown->sum;
    char heading[80], text[160];
    write_heading(activations, sum, heading, sizeof heading);
    struct ui_rect inside = ui_card(ui, rect, heading);
    struct ui_rect line = {inside.x, inside.y - UI_HEADING, inside.w, UI_HEADING};
    ui_area(ui, "neuron", shown->edits->net ? ui_cut_left(&line, line.w / 2) : line, UI_ROLE_VALUE,
            heading);
    show_edits(shown->edits, ui, rect, actions);
    if (sum->count == 0) {
        snprintf(text, sizeof text,
                 _("It has no weights: it takes the largest of what it sees, here %s."),
                 ui_fixed((double)sum->a, 3).text);
        ui_wrapped(ui, inside, UI_QUIET, text);
        return false;
    }
    weight_choice_settle(&view->weight, sum);
    show_pictures(view, activations, sum, ui, ui_cut_top(&inside, PICTURE + CAPTION));
    ui_cut_top(&inside, UI_GAP);
    float row = clamp_float((inside.h - UI_GAP - UI_ROW) / ROWS, ROW, ROW_MOST);
    show_sum(&view->weight, activations, sum, ui, ui_cut_top(&inside, ROWS * row));
    ui_cut_top(&inside, UI_GAP);
    if (shown->newest)
        return false;
    return weight_row_show(&view->weight, activations, sum, ui, ui_cut_top(&inside, UI_ROW),
                           actions);
}

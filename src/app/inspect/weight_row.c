/* SPDX-License-Identifier: MIT */
#include "app/inspect/weight_row.h"

#include <math.h>
#include <stdio.h>

#include "app/act/action.h"
#include "app/state/activations.h"
#include "app/state/weight_edits.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    NAME_WIDTH = 124,
    VALUE_WIDTH = 56,
    LEAST_RANGE = 1,
};

void weight_choose(struct weight_choice *choice, const struct neuron_sum *sum, int from)
{
    double most = fabs((double)sum->bias);
    for (int k = 0; k < sum->count; k++)
        most = fmax(most, fabs((double)sum->terms[k].weight));
    choice->any = true;
    choice->layer = sum->layer;
    choice->place = sum->place;
    choice->from = from;
    choice->range = fmax(LEAST_RANGE, 2 * most);
}

void weight_choice_settle(struct weight_choice *choice, const struct neuron_sum *sum)
{
    bool same = choice->any && choice->layer == sum->layer && choice->place == sum->place;
    if (!same && sum->largest_count > 0)
        weight_choose(choice, sum, sum->terms[sum->largest[0]].from);
}

void weight_write_input(const struct activations *activations, int layer, int from, char *text,
                        size_t size)
{
    struct nn_shape in = nn_layer(activations->net, layer)->in;
    int at = from / in.channels;
    if (layer == 0)
        snprintf(text, size, "pixel %d, %d", from / FIT_SIZE, from % FIT_SIZE);
    else if (in.rows * in.cols == 1)
        snprintf(text, size, "neuron %d", from);
    else
        snprintf(text, size, "map %d at %d, %d", from % in.channels, at / in.cols, at % in.cols);
}

bool weight_row_show(struct weight_choice *choice, const struct activations *activations,
                     const struct neuron_sum *sum, struct ui *ui, struct ui_rect rect,
                     struct actions *actions)
{
    char input[64], whole[96];
    bool bias = choice->from == WEIGHT_BIAS;
    float before = sum->bias;
    if (!bias)
        nn_weight(activations->net, sum->layer, sum->place, choice->from, &before);
    double value = (double)before;
    if (bias)
        snprintf(input, sizeof input, "bias");
    else
        weight_write_input(activations, sum->layer, choice->from, input, sizeof input);
    snprintf(whole, sizeof whole, bias ? "The %s" : _("The weight on %s"), input);
    ui_label_fitting(ui, ui_cut_left(&rect, NAME_WIDTH), UI_LITTLE | UI_ACCENT,
                     (const char *[]){input, ""}, 2);
    struct ui_rect figure = ui_cut_right(&rect, VALUE_WIDTH);
    bool moved = ui_slider(ui, "weight", rect, whole, &value,
                           (struct ui_range){-choice->range, choice->range, 0}, 0);
    ui_tip(ui,
           _("Drag, and see the answer change. Nothing is kept unless you ask for it; the neurons "
             "of a map share their weights"));
    ui_label(ui, figure, UI_LITTLE | UI_FIGURES | UI_RIGHT, ui_fixed(value, 2).text);
    if (!moved || (float)value == before) /* it is held where it is */
        return moved;
    if (bias)
        snprintf(input, sizeof input, "bias");
    else
        snprintf(input, sizeof input, "%d", choice->from);
    snprintf(choice->text, sizeof choice->text, "%d %d %.16s %.9g", sum->layer + 1, sum->place,
             input, value);
    action_add_text(actions, ACT_WEIGHT, choice->text);
    return true;
}

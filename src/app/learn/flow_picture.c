/* SPDX-License-Identifier: MIT */
#include "app/learn/flow_picture.h"

#include <math.h>
#include <stdio.h>

#include "app/learn/learn_asks.h"
#include "app/learn/neuron_picture.h"
#include "app/stage/flow_stage.h"
#include "app/widget/value_color.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    HEAD = 24,
    DISC_MOST = 8, /* the radius of a hidden neuron, */
    OUTPUT = 13,   /* and of an output */
    VALUE = 42,
    PICTURE_MOST = 150,
    HIGH_MOST = 560,
    WIDE_MOST = 700,
};

struct place {
    float x, y;
};

/* Where things stand. */
struct layout {
    struct ui_rect picture, hidden, outputs;
    float disc;
};

static struct layout lay_out(const struct flow_stage *stage, struct ui_rect rect)
{
    struct layout layout;
    float side = fminf(fminf(floorf(rect.w * 0.3f), rect.h - HEAD), PICTURE_MOST);
    float pitch = (rect.h - HEAD) / (float)stage->forward.hidden;
    ui_cut_top(&rect, HEAD);
    layout.picture = ui_middle(ui_cut_left(&rect, side), side, side);
    layout.outputs = ui_cut_right(&rect, 2 * OUTPUT + VALUE);
    layout.disc = fminf(floorf(pitch / 2 - 0.5f), DISC_MOST);
    layout.hidden = (struct ui_rect){floorf(rect.x + rect.w * 0.45f - layout.disc), rect.y,
                                     2 * layout.disc, rect.h};
    return layout;
}

static struct place hidden_at(const struct flow_stage *stage, const struct layout *layout, int i)
{
    float pitch = layout->hidden.h / (float)stage->forward.hidden;
    return (struct place){layout->hidden.x + layout->disc,
                          layout->hidden.y + ((float)i + 0.5f) * pitch};
}

static struct place output_at(const struct layout *layout, int k)
{
    float pitch = layout->outputs.h / FORWARD_OUTPUTS;
    return (struct place){layout->outputs.x + OUTPUT,
                          layout->outputs.y + ((float)k + 0.5f) * pitch};
}

/* ---- lines ----------------------------------------------------------------------------------- */

static void push_line(struct ui *ui, struct place from, struct place to, float width,
                      ui_color color)
{
    const float points[] = {from.x, from.y, to.x, to.y};
    ui_push_line(ui_shapes(ui), points, 2, width, color);
}

/* 784 lines to each neuron would be a grey wall: a fan stands for them. */
static void show_fan(const struct flow_stage *stage, const struct layout *layout, struct ui *ui)
{
    const struct ui_theme *theme = ui_theme(ui);
    const struct ui_rect *from = &layout->picture;
    for (int i = 0; i < stage->forward.hidden; i++) {
        struct place to = hidden_at(stage, layout, i);
        const float fan[] = {from->x + from->w, from->y,          to.x, to.y,
                             from->x + from->w, from->y + from->h};
        ui_push_polygon(ui_shapes(ui), fan, 3,
                        ui_color_mix(theme->card, theme->grid, i == stage->neuron ? 0.9f : 0.25f));
    }
}

static float largest_push(const struct flow_stage *stage, int output)
{
    float most = 0;
    for (int i = 0; i < stage->forward.hidden; i++)
        most = fmaxf(most, fabsf(stage->forward.push[output][i]));
    return most;
}

/* All quiet ones first, and over them those of the output that stands out, as wide as they push. */
static void show_lines(const struct flow_stage *stage, const struct layout *layout, struct ui *ui)
{
    const struct ui_theme *theme = ui_theme(ui);
    int output = flow_stage_output(stage);
    float most = largest_push(stage, output);
    ui_color quiet = ui_color_mix(theme->card, theme->quiet, 0.22f);
    for (int k = 0; k < FORWARD_OUTPUTS; k++)
        for (int i = 0; i < stage->forward.hidden && k != output; i++)
            push_line(ui, hidden_at(stage, layout, i), output_at(layout, k), 0.6f, quiet);
    for (int i = 0; i < stage->forward.hidden; i++) {
        float push = stage->forward.push[output][i], part = most > 0 ? fabsf(push) / most : 0;
        ui_color color = push > 0 ? theme->accent : theme->second;
        push_line(ui, hidden_at(stage, layout, i), output_at(layout, output), 0.6f + 4 * part,
                  ui_color_mix(theme->card, color, 0.35f + 0.65f * part));
    }
}

/* ---- neurons --------------------------------------------------------------------------------- */

static void show_hidden(const struct flow_stage *stage, const struct layout *layout, int i,
                        struct learn_asks *asks, struct ui *ui)
{
    const struct ui_theme *theme = ui_theme(ui);
    struct place at = hidden_at(stage, layout, i);
    float r = layout->disc, active = stage->forward.active[i];
    struct ui_rect rect = {at.x - r, at.y - r, 2 * r, 2 * r};
    char name[24], tip[160];
    int output = flow_stage_output(stage);
    snprintf(name, sizeof name, "hidden-%d", i + 1);
    snprintf(tip, sizeof tip, _("Hidden neuron %d: activation %s, pushes the output for %d by %s"),
             i + 1, ui_fixed((double)active, 2).text, output,
             ui_fixed((double)stage->forward.push[output][i], 2).text);
    if (ui_button(ui, name, rect, "", UI_BARE))
        learn_ask_number(asks, "neuron", i + 1);
    ui_tip(ui, tip);
    bool chosen = i == stage->neuron;
    ui_push_box(ui_shapes(ui), rect, r, value_color(theme, theme->well, active, 1),
                chosen ? theme->text : theme->field_edge, chosen ? 2 : 1);
}

static void show_output(const struct flow_stage *stage, const struct layout *layout, int k,
                        struct learn_asks *asks, struct ui *ui)
{
    const struct ui_theme *theme = ui_theme(ui);
    struct place at = output_at(layout, k);
    struct ui_rect rect = {at.x - OUTPUT, at.y - OUTPUT, 2 * OUTPUT, 2 * OUTPUT};
    struct ui_rect value = {at.x + OUTPUT, at.y - 11, VALUE, 22};
    bool answer = k == stage->forward.answer, chosen = k == flow_stage_output(stage);
    char name[24], text[8], tip[80];
    snprintf(name, sizeof name, "output-%d", k);
    snprintf(text, sizeof text, "%d", k);
    snprintf(tip, sizeof tip, _("Show what pushes the output for %d"), k);
    if (ui_button(ui, name, rect, "", UI_BARE))
        learn_ask_number(asks, "output", k);
    ui_tip(ui, tip);
    ui_push_box(ui_shapes(ui), rect, OUTPUT, theme->field,
                chosen ? theme->accent : theme->field_edge, chosen ? 2.5f : 1);
    ui_label(ui, rect, UI_CENTER | (answer ? UI_BOLD | UI_ACCENT : 0), text);
    ui_label(ui, value, UI_RIGHT | UI_FIGURES | (answer ? UI_BOLD | UI_ACCENT : UI_QUIET),
             ui_fixed((double)stage->forward.out[k], 2).text);
}

static void show_heads(const struct flow_stage *stage, const struct layout *layout, struct ui *ui,
                       struct ui_rect rect)
{
    char text[48];
    float middle = layout->hidden.x + layout->disc;
    struct ui_rect head = ui_cut_top(&rect, HEAD);
    snprintf(text, sizeof text, _("%d hidden"), stage->forward.hidden);
    ui_label(ui, (struct ui_rect){middle - 60, head.y, 120, HEAD - 4},
             UI_CENTER | UI_LITTLE | UI_QUIET, text);
    ui_label(ui, ui_cut_right(&head, 90), UI_RIGHT | UI_LITTLE | UI_QUIET | UI_TOP,
             _("10 outputs"));
    struct ui_rect above = {layout->picture.x, layout->picture.y - HEAD, layout->picture.w, HEAD};
    ui_label(ui, above, UI_CENTER | UI_LITTLE | UI_QUIET, _("784 inputs"));
    struct ui_rect below = {layout->picture.x, layout->picture.y + layout->picture.h + 4,
                            layout->picture.w, UI_LINE};
    snprintf(text, sizeof text, _("read as %d"), stage->forward.answer);
    ui_label(ui, below, UI_CENTER | UI_BOLD, text);
}

static void show_whole(const struct flow_stage *stage, struct learn_asks *asks, struct ui *ui,
                       struct ui_rect rect)
{
    const struct layout layout = lay_out(stage, rect);
    show_fan(stage, &layout, ui);
    show_lines(stage, &layout, ui);
    neuron_picture_input(stage, ui, layout.picture);
    ui_area(ui, "flow-picture", layout.picture, UI_ROLE_VALUE,
            _("The picture that the network is given"));
    ui_grid_begin(ui, "hidden-all");
    for (int i = 0; i < stage->forward.hidden; i++)
        show_hidden(stage, &layout, i, asks, ui);
    ui_group_end(ui);
    ui_group_begin(ui, "outputs-all");
    for (int k = 0; k < FORWARD_OUTPUTS; k++)
        show_output(stage, &layout, k, asks, ui);
    ui_group_end(ui);
    show_heads(stage, &layout, ui, rect);
}

void flow_picture_show(const struct stage *base, struct learn_asks *asks, struct ui *ui,
                       struct ui_rect rect)
{
    const struct flow_stage *stage = (const struct flow_stage *)base;
    rect.h = fminf(rect.h, HIGH_MOST);
    rect = ui_middle(rect, fminf(rect.w, WIDE_MOST), rect.h);
    if (stage->show == FLOW_NEURON)
        neuron_picture_show(stage, asks, ui, rect);
    else
        show_whole(stage, asks, ui, rect);
}

/* SPDX-License-Identifier: MIT */
#include "app/inspect/network_card.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/inspect/inspect_shown.h"
#include "app/state/activations.h"
#include "app/widget/canvas_pad.h"
#include "app/widget/value_picture.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    PICTURE_MOST = 196,
    PICTURE_LEAST = 56,
    HEAD = 20,
    OUTPUT_WIDTH = 230,
    LINES_WIDTH = 128,
    LEAST = 460,
};

static const int line_counts[] = {60, 300, ACTIVATIONS_LINES_MAX};
static const char *const line_labels[] = {"60 lines", "300 lines", "1,000 lines"};

void network_view_clear(struct network_view *view)
{
    pixels_clear(&view->pixels);
    *view = (struct network_view){0};
}

float network_card_height(void)
{
    return LEAST;
}

/* ---- what is chosen -------------------------------------------------------------------------- */

static int find_best(const struct activations *activations)
{
    const float *out = activations_of(activations, activations->layers - 1);
    int best = 0;
    for (int i = 1; i < nn_out_len(activations->net); i++)
        if (out[i] > out[best])
            best = i;
    return best;
}

void network_view_settle(struct network_view *view, const struct activations *activations)
{
    if (!activations->net)
        return;
    if (strcmp(view->words, activations->words) != 0) {
        view->choice.by_hand = false;
        memset(view->first, 0, sizeof view->first);
        strcpy(view->words, activations->words);
    }
    if (view->choice.by_hand)
        return;
    view->choice.layer = activations->layers - 1;
    view->choice.place = find_best(activations);
}

/* ---- lines ----------------------------------------------------------------------------------- */

static void push_line(struct ui *ui, struct point from, struct point to, float width,
                      ui_color color)
{
    const float points[] = {from.x, from.y, to.x, to.y};
    ui_push_line(ui_shapes(ui), points, 2, width, color);
}

/* The weakest first, so that the strongest lie over them. */
static void show_lines(const struct network_view *view, const struct activations *activations,
                       struct ui *ui, const struct layer_place *before,
                       const struct layer_place *after)
{
    const struct ui_theme *theme = ui_theme(ui);
    const struct activations_line *lines = activations->lines[after->layer];
    int count = activations->line_count[after->layer];
    count = count < line_counts[view->lines] ? count : line_counts[view->lines];
    for (int i = count - 1; i >= 0; i--) {
        struct point from, to;
        if (!layer_point(before, lines[i].from, &from) || !layer_point(after, lines[i].to, &to))
            continue; /* it is on another page */
        float part = fabsf(lines[i].weight) / fmaxf(fabsf(lines[0].weight), 1e-9f);
        bool own = (view->choice.layer == after->layer && view->choice.place == lines[i].to) ||
                   (view->choice.layer == before->layer && view->choice.place == lines[i].from);
        ui_color color = lines[i].weight > 0 ? theme->accent : theme->second;
        push_line(ui, (struct point){from.x + before->radius, from.y},
                  (struct point){to.x - after->radius, to.y}, 0.6f + 2.4f * part * part,
                  ui_color_mix(theme->card, color, own ? 1 : 0.2f + 0.4f * part));
    }
}

/* From the picture to each neuron of the first layer: all of its weights as one line. */
static void show_fan(const struct network_view *view, struct ui *ui, struct ui_rect picture,
                     const struct layer_place *after)
{
    const struct ui_theme *theme = ui_theme(ui);
    struct point from = {picture.x + picture.w, picture.y + picture.h / 2};
    for (int i = 0; i < after->shown; i++) {
        struct point to;
        bool own = view->choice.layer == after->layer && view->choice.place == after->first + i;
        if (layer_point(after, after->first + i, &to))
            push_line(ui, from, (struct point){to.x - after->radius, to.y}, own ? 2 : 0.6f,
                      own ? theme->accent : theme->grid);
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* "784-30-10 · 60 lines of 300", counted from the layers that have lines. */
static void write_heading(const struct network_view *view, const struct activations *activations,
                          char *text, size_t size)
{
    int64_t all = 0, drawn = 0;
    for (int i = 0; i < activations->layers; i++) {
        if (!activations_has_lines(activations, i))
            continue;
        const struct nn_layer *layer = nn_layer(activations->net, i);
        int kept = activations->line_count[i], most = line_counts[view->lines];
        all += (int64_t)layer->in.channels * layer->out.channels;
        drawn += kept < most ? kept : most;
    }
    if (all > drawn)
        snprintf(text, size, _("The %s strongest of %s lines; blue speaks for, orange against"),
                 ui_thousands(drawn).text, ui_thousands(all).text);
    else if (all > 0)
        snprintf(text, size, _("All %s lines; blue speaks for, orange against"),
                 ui_thousands(all).text);
    else
        snprintf(text, size,
                 _("Every layer but dropout, which does nothing while a network reads"));
}

static void show_tools(struct network_view *view, const struct activations *activations,
                       struct ui *ui, struct ui_rect rect)
{
    bool any = false;
    char text[200];
    for (int i = 0; i < activations->layers; i++)
        any |= activations_has_lines(activations, i);
    write_heading(view, activations, text, sizeof text);
    if (any) {
        ui_select(ui, "network-lines", ui_cut_left(&rect, LINES_WIDTH), _("Lines between layers"),
                  line_labels, 3, &view->lines, 0);
        ui_tip(ui, _("How many weights are drawn between two layers, the strongest first: blue "
                     "speaks for a neuron, orange against it"));
        ui_cut_left(&rect, UI_GAP);
    }
    ui_label_fitting(ui, rect, UI_QUIET | UI_LITTLE, (const char *[]){text, ""}, 2);
}

static void show_picture(const struct activations *activations, struct ui *ui, struct ui_rect rect,
                         uint32_t *pixels)
{
    struct ui_rect label = {rect.x, rect.y + rect.h, rect.w, HEAD};
    digit_picture_show(ui, rect, activations->pixels, pixels);
    ui_area(ui, "network-picture", rect, UI_ROLE_VALUE, _("The picture that the network is given"));
    ui_tip(ui, _("The picture that the network is given: 28 rows of 28 pixels, from 0 to 1"));
    ui_label_fitting(ui, label, UI_LITTLE | UI_QUIET, (const char *[]){"784 inputs", "784", ""}, 3);
}

/* Which ink spoke for and against the chosen output, or the answer. */
static void show_ink(const struct network_view *view, const struct activations *activations,
                     struct ui *ui, struct ui_rect rect, uint32_t *pixels)
{
    bool output = view->choice.layer == activations->layers - 1;
    int digit = output ? view->choice.place : find_best(activations);
    struct ui_rect label = {rect.x, rect.y + rect.h, rect.w, HEAD};
    char whole[40], brief[24];
    value_picture_show(ui, rect, activations->ink.of[digit], pixels);
    snprintf(whole, sizeof whole, _("ink for and against %d"), digit);
    snprintf(brief, sizeof brief, "for %d", digit);
    ui_area(ui, "network-ink", rect, UI_ROLE_VALUE, whole);
    ui_tip(ui, _("Gradient times input: by how much the sum of that output would fall if the pixel "
                 "faded. Blue ink spoke for it, orange against. Of empty paper it can say nothing, "
                 "nor of a whole stroke taken away"));
    ui_label_fitting(ui, label, UI_LITTLE | UI_QUIET, (const char *[]){whole, brief, ""}, 3);
}

/* While it reads, dropout passes on what it is given: there is nothing to see. */
static bool is_dropout(const struct activations *activations, int layer)
{
    return strncmp(nn_layer(activations->net, layer)->words, "dropout", 7) == 0;
}

static int list_drawn(const struct activations *activations, int *drawn)
{
    int count = 0;
    for (int i = 0; i < activations->layers; i++)
        if (!is_dropout(activations, i))
            drawn[count++] = i;
    return count;
}

/* Of the canvas and of each picture: three stand one below the other. */
static float find_side(struct ui_rect inside)
{
    float side = fminf(PICTURE_MOST, fminf((inside.h - 2 * UI_GAP) / 3 - HEAD, inside.w * 0.2f));
    return floorf(fmaxf(PICTURE_LEAST, side));
}

/* The pictures at the left, the outputs at the right, and the layers between them. */
static void show_network(struct network_view *view, const struct activations *activations,
                         struct ui *ui, struct ui_rect left, struct ui_rect rect)
{
    int drawn[NN_LAYERS_MAX], count = list_drawn(activations, drawn), hidden = count - 1;
    uint32_t *pixels = pixels_take(&view->pixels, 2 * FIT_LEN + layer_pixels(activations));
    if (!pixels)
        return;
    struct ui_rect last = ui_cut_right(&rect, fminf(OUTPUT_WIDTH, rect.w * 0.4f));
    struct layer_place places[NN_LAYERS_MAX];
    struct ui_rect picture = ui_cut_top(&left, left.w);
    ui_cut_top(&left, HEAD + UI_GAP);
    show_picture(activations, ui, picture, pixels);
    show_ink(view, activations, ui, ui_cut_top(&left, left.w), pixels + FIT_LEN);
    pixels += 2 * FIT_LEN;
    for (int i = 0; i < count; i++) {
        struct ui_rect column = i < hidden ? ui_column(rect, i, hidden, 0) : last;
        places[i] = layer_lay(activations, drawn[i], i == hidden, column, &view->first[drawn[i]]);
    }
    if (places[0].neurons)
        show_fan(view, ui, picture, &places[0]);
    for (int i = 1; i < count; i++)
        if (activations_has_lines(activations, drawn[i]))
            show_lines(view, activations, ui, &places[i - 1], &places[i]);
    for (int i = 0; i < count; i++)
        pixels = layer_show(&view->choice, activations, &places[i], ui, pixels);
}

void network_card_show(struct network_view *view, struct canvas_pad *canvas,
                       const struct inspect_shown *shown, struct ui *ui, struct ui_rect rect,
                       struct actions *actions)
{
    const struct activations *activations = shown->activations;
    struct ui_rect inside = ui_card(ui, rect, _("This drawing"));
    struct ui_rect tools = ui_cut_bottom(&inside, UI_ROW);
    ui_cut_bottom(&inside, UI_GAP);
    float side = find_side(inside);
    struct ui_rect left = ui_cut_left(&inside, side);
    left = ui_middle(left, side, 3 * (side + HEAD) + 2 * UI_GAP);
    canvas_pad_show(canvas, &shown->drawn, ui, ui_cut_top(&left, side), actions);
    canvas_pad_show_pen(canvas, &shown->drawn, ui);
    ui_label_fitting(ui, ui_cut_top(&left, HEAD), UI_LITTLE | UI_QUIET,
                     (const char *[]){_("draw here"), ""}, 2);
    ui_cut_top(&left, UI_GAP);
    if (activations->net) {
        show_network(view, activations, ui, left, inside);
        show_tools(view, activations, ui, tools);
    } else
        ui_wrapped(ui, ui_inset_xy(inside, UI_BETWEEN, 0), UI_QUIET,
                   _("No model is in use: there is no network to look into."));
}

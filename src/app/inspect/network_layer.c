/* SPDX-License-Identifier: MIT */
#include "app/inspect/network_layer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/state/activations.h"
#include "app/widget/value_color.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/ui.h"

enum {
    HEAD = 20,
    FOOT = 28,
    BEFORE = 14, /* the room that lines cross, at the least */
    RADIUS_MOST = 12,
    STEP_LEAST = 11,
    MAP_MOST = 72,
    MAP_LEAST = 8,
    MAP_GAP = 3,
    PAGER = 24,
    VALUE_WIDTH = 52,
    BAR_HEIGHT = 6,
    BAR_LEAST = 24,      /* narrower, it says nothing */
    CONTROLS_MOST = 160, /* of one layer at a time: more go in pages */
};

/* ---- where it lies --------------------------------------------------------------------------- */

/* In as few columns as hold them all at a distance that a pointer can tell. */
static void lay_neurons(struct layer_place *place)
{
    int rows_most = (int)(place->body.h / STEP_LEAST);
    int columns_most = (int)(place->body.w / (STEP_LEAST + 2));
    rows_most = rows_most > 1 ? rows_most : 1;
    columns_most = columns_most > 1 ? columns_most : 1;
    int fits = rows_most * columns_most;
    fits = fits < CONTROLS_MOST ? fits : CONTROLS_MOST;
    place->shown = place->total < fits ? place->total : fits;
    place->columns = (place->shown + rows_most - 1) / rows_most;
    int rows = (place->shown + place->columns - 1) / place->columns;
    place->step = place->body.h / (float)rows;
    place->radius = fminf(RADIUS_MOST, place->step * 0.42f);
    if (place->columns > 1)
        place->radius = fminf(place->radius, place->body.w / (float)place->columns * 0.4f);
}

static void lay_maps(struct layer_place *place)
{
    float side = MAP_MOST;
    for (; side >= MAP_LEAST; side -= 2) {
        place->columns = ui_columns_fit(place->body, side, MAP_GAP);
        int rows = (int)((place->body.h + MAP_GAP) / (side + MAP_GAP));
        place->shown = place->columns * rows;
        if (place->shown >= place->total)
            break;
    }
    place->side = fmaxf(side, MAP_LEAST);
    place->step = place->side + MAP_GAP;
    place->shown = place->shown < CONTROLS_MOST ? place->shown : CONTROLS_MOST;
    place->shown = place->shown > 1 ? place->shown : 1;
    place->shown = place->shown < place->total ? place->shown : place->total;
}

struct layer_place layer_lay(const struct activations *activations, int layer, bool output,
                             struct ui_rect rect, int *page)
{
    struct nn_shape out = nn_layer(activations->net, layer)->out;
    struct layer_place place = {
        .layer = layer,
        .neurons = out.rows == 1 && out.cols == 1,
        .output = output,
        .total = out.channels,
        .page = page,
    };
    ui_cut_left(&rect, fminf(rect.w * 0.3f, output          ? 4 * BEFORE
                                            : place.neurons ? 5 * BEFORE
                                                            : BEFORE));
    place.head = ui_cut_top(&rect, HEAD);
    ui_cut_top(&rect, UI_STEP);
    place.foot = ui_cut_bottom(&rect, FOOT);
    place.body = rect;
    if (place.neurons)
        lay_neurons(&place);
    else
        lay_maps(&place);
    *page = *page < place.total ? *page / place.shown * place.shown : 0;
    place.first = *page;
    place.most = place.shown;
    if (place.first + place.shown > place.total)
        place.shown = place.total - place.first;
    return place;
}

bool layer_point(const struct layer_place *place, int neuron, struct point *point)
{
    int i = neuron - place->first;
    if (i < 0 || i >= place->shown)
        return false;
    float across = place->columns > 1 ? place->body.w / (float)place->columns : 0;
    point->x = place->body.x + RADIUS_MOST + (float)(i % place->columns) * across;
    point->y = place->body.y + ((float)(i / place->columns) + 0.5f) * place->step;
    return true;
}

size_t layer_pixels(const struct activations *activations)
{
    size_t len = 0;
    for (int i = 0; i < activations->layers; i++)
        len += (size_t)nn_shape_len(nn_layer(activations->net, i)->out);
    return len;
}

/* ---- what is shown --------------------------------------------------------------------------- */

static float find_most(const struct activations *activations, int layer)
{
    int len = nn_shape_len(nn_layer(activations->net, layer)->out);
    const float *a = activations_of(activations, layer);
    float most = 0;
    for (int i = 0; i < len; i++)
        most = fmaxf(most, fabsf(a[i]));
    return most;
}

static bool is_chosen(const struct neuron_choice *choice, const struct layer_place *place, int item)
{
    if (choice->layer != place->layer)
        return false;
    return choice->place % place->total == item;
}

static void choose(struct neuron_choice *choice, const struct layer_place *place, int at)
{
    choice->layer = place->layer;
    choice->place = at;
    choice->by_hand = true;
}

static void show_neuron(struct neuron_choice *choice, const struct layer_place *place,
                        struct ui *ui, int neuron, float a, float most)
{
    const struct ui_theme *theme = ui_theme(ui);
    struct point middle;
    char name[32], tip[120];
    layer_point(place, neuron, &middle);
    float r = place->radius;
    struct ui_rect box = {middle.x - r, middle.y - r, 2 * r, 2 * r};
    snprintf(name, sizeof name, "neuron-%d-%d", place->layer + 1, neuron);
    snprintf(tip, sizeof tip, _("Neuron %d of layer %d: %s"), neuron, place->layer + 1,
             ui_fixed((double)a, 3).text);
    if (ui_button(ui, name, box, "", UI_BARE)) {
        choose(choice, place, neuron);
        ui_again(ui);
    }
    ui_tip(ui, tip);
    bool chosen = is_chosen(choice, place, neuron);
    ui_color fill = value_color(theme, theme->well, a, most);
    ui_push_box(ui_shapes(ui), box, r, fill, chosen ? theme->text : theme->field_edge,
                chosen ? 2 : 1);
}

/* The digit in its circle; beside it what comes out, as it is. */
static void show_output(const struct layer_place *place, struct ui *ui, int digit, float a,
                        float most)
{
    const struct ui_theme *theme = ui_theme(ui);
    struct point middle;
    char text[8];
    layer_point(place, digit, &middle);
    float right = place->body.x + place->body.w, left = middle.x + RADIUS_MOST;
    struct ui_rect circle = {middle.x - 10, middle.y - 10, 20, 20};
    snprintf(text, sizeof text, "%d", digit);
    ui_color fill = value_color(theme, theme->well, a, most);
    bool dark = ui_contrast(fill, theme->text) < ui_contrast(fill, theme->ground);
    const struct ui_metrics *metrics = ui_metrics(ui);
    float width = metrics->width(metrics->user, UI_FONT_BOLD, 13, text, strlen(text));
    float height = metrics->height(metrics->user, UI_FONT_BOLD, 13);
    ui_push_text(ui_shapes(ui), ui_middle(circle, width, height), UI_FONT_BOLD, 13,
                 dark ? theme->ground : theme->text, text, strlen(text));
    struct ui_rect bar = {left + UI_GAP, middle.y - BAR_HEIGHT / 2.0f,
                          right - left - VALUE_WIDTH - 2 * UI_GAP, BAR_HEIGHT};
    if (bar.w >= BAR_LEAST) {
        ui_push_box(ui_shapes(ui), bar, BAR_HEIGHT / 2.0f, theme->track, 0, 0);
        bar.w *= most > 0 ? fminf(fabsf(a) / fmaxf(most, 1), 1) : 0;
        ui_push_box(ui_shapes(ui), bar, BAR_HEIGHT / 2.0f, a < 0 ? theme->second : theme->accent, 0,
                    0);
    }
    struct ui_rect value = {right - VALUE_WIDTH, middle.y - UI_LINE / 2.0f, VALUE_WIDTH, UI_LINE};
    ui_label(ui, value, UI_LITTLE | UI_FIGURES | UI_RIGHT, ui_fixed((double)a, 3).text);
}

static void show_neurons(struct neuron_choice *choice, const struct activations *activations,
                         const struct layer_place *place, struct ui *ui)
{
    const float *a = activations_of(activations, place->layer);
    float most = find_most(activations, place->layer);
    for (int i = place->first; i < place->first + place->shown; i++) {
        show_neuron(choice, place, ui, i, a[i], most);
        if (place->output)
            show_output(place, ui, i, a[i], most);
    }
}

/* Its liveliest place stands for a map. */
static int find_strongest(const float *a, struct nn_shape out, int map)
{
    int best = map;
    for (int i = 0; i < out.rows * out.cols; i++)
        if (fabsf(a[i * out.channels + map]) > fabsf(a[best]))
            best = i * out.channels + map;
    return best;
}

static void show_map(struct neuron_choice *choice, const struct activations *activations,
                     const struct layer_place *place, struct ui *ui, int map, float most,
                     uint32_t *pixels)
{
    struct nn_shape out = nn_layer(activations->net, place->layer)->out;
    const struct ui_theme *theme = ui_theme(ui);
    const float *a = activations_of(activations, place->layer);
    struct ui_rect cell =
        ui_cell(place->body, map - place->first, place->columns, place->side, place->side, MAP_GAP);
    char name[32], tip[160];
    int strongest = find_strongest(a, out, map);
    snprintf(name, sizeof name, "map-%d-%d", place->layer + 1, map);
    snprintf(tip, sizeof tip,
             _("Map %d of layer %d, %d x %d: strongest %s. Click to see the sum there."), map,
             place->layer + 1, out.rows, out.cols, ui_fixed((double)a[strongest], 3).text);
    if (ui_button(ui, name, cell, "", UI_BARE)) {
        choose(choice, place, strongest);
        ui_again(ui);
    }
    ui_tip(ui, tip);
    for (int i = 0; i < out.rows * out.cols; i++)
        pixels[i] = value_color(theme, theme->well, a[i * out.channels + map], most);
    ui_push_image(
        ui_shapes(ui), cell,
        (struct ui_image){out.rows, out.cols, pixels, .smooth = place->side < (float)out.cols});
    if (is_chosen(choice, place, map))
        ui_push_box(ui_shapes(ui), cell, 2, 0, theme->text, 2);
}

static uint32_t *show_maps(struct neuron_choice *choice, const struct activations *activations,
                           const struct layer_place *place, struct ui *ui, uint32_t *pixels)
{
    struct nn_shape out = nn_layer(activations->net, place->layer)->out;
    float most = find_most(activations, place->layer);
    for (int i = place->first; i < place->first + place->shown; i++) {
        show_map(choice, activations, place, ui, i, most, pixels);
        pixels += (size_t)out.rows * (size_t)out.cols;
    }
    return pixels;
}

/* ---- words ----------------------------------------------------------------------------------- */

static void show_head(const struct activations *activations, const struct layer_place *place,
                      struct ui *ui)
{
    const char *words = nn_layer(activations->net, place->layer)->words;
    const char *activation = nn_activation(activations->net, place->layer);
    char brief[32], kind[16] = "";
    sscanf(words, "%15s", kind);
    snprintf(brief, sizeof brief, "%s %d", kind, place->total);
    char whole[120];
    if (place->output && strcmp(activation, "sigmoid") == 0)
        snprintf(whole, sizeof whole, _("%s; need not add up to 1"), words);
    else
        snprintf(whole, sizeof whole, "%s", words);
    char name[24];
    snprintf(name, sizeof name, "layer-%d", place->layer + 1);
    ui_label_fitting(ui, place->head, UI_LITTLE | UI_QUIET,
                     (const char *[]){whole, words, brief, kind, ""}, 5);
    ui_area(ui, name, place->head, UI_ROLE_VALUE, words);
    ui_tip(ui, whole);
}

static bool show_pager_button(struct ui *ui, struct ui_rect rect, const char *way, int layer,
                              bool possible)
{
    char name[32];
    bool back = strcmp(way, "back") == 0;
    snprintf(name, sizeof name, "layer-%d-%s", layer + 1, way);
    bool pressed =
        ui_button(ui, name, rect, back ? "\u2039" : "\u203a", UI_LITTLE | (possible ? 0 : UI_OFF));
    ui_tip(ui, back ? _("Those before") : _("The next"));
    return pressed;
}

/* The scale of a layer's maps, or which of them are on show. */
static void show_foot(const struct activations *activations, const struct layer_place *place,
                      struct ui *ui)
{
    struct ui_rect foot = place->foot;
    char whole[80], brief[40];
    int last = place->first + place->shown;
    double most = (double)find_most(activations, place->layer);
    ui_cut_top(&foot, UI_STEP);
    if (place->shown == place->total) {
        snprintf(whole, sizeof whole, _("largest %s"), ui_fixed(most, 2).text);
        snprintf(brief, sizeof brief, "%s", ui_fixed(most, 1).text);
        if (!place->output)
            ui_label_fitting(ui, foot, UI_LITTLE | UI_QUIET | UI_FIGURES,
                             (const char *[]){whole, brief, ""}, 3);
        return;
    }
    if (show_pager_button(ui, ui_cut_left(&foot, PAGER), "back", place->layer, place->first > 0)) {
        *place->page = place->first - place->most;
        ui_again(ui);
    }
    if (show_pager_button(ui, ui_cut_left(&foot, PAGER), "next", place->layer,
                          last < place->total)) {
        *place->page = last;
        ui_again(ui);
    }
    ui_cut_left(&foot, UI_STEP);
    const struct ui_number_text total = ui_thousands(place->total);
    snprintf(whole, sizeof whole, "%d\u2013%d of %s", place->first + 1, last, total.text);
    snprintf(brief, sizeof brief, "of %.24s", total.text);
    ui_label_fitting(ui, foot, UI_LITTLE | UI_QUIET | UI_FIGURES,
                     (const char *[]){whole, brief, ""}, 3);
}

uint32_t *layer_show(struct neuron_choice *choice, const struct activations *activations,
                     const struct layer_place *place, struct ui *ui, uint32_t *pixels)
{
    char name[24];
    snprintf(name, sizeof name, "layer-%d-all", place->layer + 1);
    show_head(activations, place, ui);
    ui_group_begin(ui, name);
    if (place->neurons)
        show_neurons(choice, activations, place, ui);
    else
        pixels = show_maps(choice, activations, place, ui, pixels);
    ui_group_end(ui);
    show_foot(activations, place, ui);
    return pixels;
}

/* SPDX-License-Identifier: MIT */
#include "app/draw/layer_card.h"

#include <math.h>
#include <stdio.h>

#include "app/draw/draw_shown.h"
#include "app/widget/part.h"
#include "app/widget/value_color.h"
#include "base/language.h"
#include "nn/nn.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    TILE_MAX = 80,
    TILE_MIN = 16,    /* of a filter's map, where that shows them all */
    NEURON_MIN = 20,  /* of a neuron's: below that a stroke's pixels are lost */
    TILE_PAGED = 28,  /* where they do not all fit anyway */
    FOOT = 24, PAGER_BUTTON = 30,
};

void layer_view_clear(struct layer_view *view)
{
    pixels_clear(&view->pixels);
    *view = (struct layer_view){0};
}

/* ---- how many, how large --------------------------------------------------------------------- */

/* Tiles of a size, side by side, as many of `count` as fit. */
struct tiles {
    float size, gap;
    int columns, shown;
};

/* Places that stay empty in the last of the rows. */
static int count_empty(int count, int columns)
{
    return (columns - count % columns) % columns;
}

static struct tiles lay_tiles(struct ui_rect rect, float size, float gap, int count)
{
    int most = ui_columns_fit(rect, size, gap);
    int rows = (int)fmaxf((rect.h + gap) / (size + gap), 0); /* a flat window has no room */
    int room = rows * most, columns = most;
    for (int few = most - 1; count <= room && few > 0 && few * rows >= count; few--)
        if (count_empty(count, few) <= count_empty(count, columns)) /* as even as it can be */
            columns = few;
    return (struct tiles){size, gap, columns, count < room ? count : room};
}

/* The largest with which all can be told apart, else pages of a good size. */
static struct tiles choose_tiles(struct ui_rect rect, int count, float least)
{
    struct tiles tiles = {0};
    for (float size = TILE_MAX; size >= least; size -= 2) {
        tiles = lay_tiles(rect, size, size >= 34 ? UI_GAP : size >= 24 ? UI_STEP : 2, count);
        if (tiles.shown == count)
            return tiles;
    }
    tiles = lay_tiles(rect, TILE_PAGED, UI_STEP, count);
    return tiles.shown > 0 ? tiles : lay_tiles(rect, least, 2, count);
}

/* ---- what is shown --------------------------------------------------------------------------- */

static void show_tiles(struct layer_view *view, const struct draw_shown *shown, struct ui *ui,
                       struct ui_rect rect, const struct reader_maps *maps,
                       const struct tiles *tiles)
{
    size_t len = (size_t)maps->rows * (size_t)maps->cols;
    const struct ui_theme *theme = ui_theme(ui);
    uint32_t *pixels = pixels_take(&view->pixels, (size_t)tiles->shown * len);
    for (int i = 0; pixels && i < tiles->shown && view->first + i < maps->count; i++) {
        struct ui_rect cell = ui_cell(rect, i, tiles->columns, tiles->size, tiles->size,
                                      tiles->gap);
        const float *values = maps->values + (size_t)(view->first + i) * len;
        uint32_t *own = pixels + (size_t)i * len;
        for (size_t j = 0; j < len; j++)
            own[j] = value_color(theme, theme->well, shown->canvas->fit.any ? values[j] : 0, 1);
        struct ui_image image = {maps->rows, maps->cols, own,
                                 .smooth = tiles->size < (float)maps->cols};
        ui_push_image(ui_shapes(ui), cell, image);
    }
}

/* "1-48 of 100" between two buttons. */
static void show_pager(struct layer_view *view, struct ui *ui, struct ui_rect rect, int count,
                       int total, int step)
{
    char text[100];
    int last = view->first + step < count ? view->first + step : count;
    snprintf(text, sizeof text, "%d\u2013%d of %s", view->first + 1, last,
             ui_thousands(total).text);
    struct ui_rect back = ui_cut_left(&rect, PAGER_BUTTON);
    float width = fminf(rect.w - PAGER_BUTTON, ceilf(ui_label_width(ui, UI_LITTLE | UI_FIGURES,
                                                                    text)) + 2 * UI_GAP);
    struct ui_rect words = ui_cut_left(&rect, width), next = ui_cut_left(&rect, PAGER_BUTTON);
    if (ui_button(ui, "layer-back", back, "\u2039", UI_LITTLE | (view->first > 0 ? 0 : UI_OFF))) {
        view->first = view->first > step ? view->first - step : 0;
        ui_again(ui);
    }
    ui_tip(ui, _("Those before"));
    ui_label(ui, words, UI_LITTLE | UI_QUIET | UI_FIGURES | UI_CENTER, text);
    ui_area(ui, "layer-count", words, UI_ROLE_VALUE, text);
    if (ui_button(ui, "layer-next", next, "\u203a", UI_LITTLE | (last < count ? 0 : UI_OFF))) {
        view->first += step;
        ui_again(ui);
    }
    ui_tip(ui, _("The next"));
}

/* "30 neurons", and the layer's words where there is room for both. */
static void show_count(const struct draw_shown *shown, struct ui *ui, struct ui_rect rect,
                       const struct reader_maps *maps)
{
    char count[80], both[NN_WORDS_MAX + 100];
    const struct nn *net = shown->net;
    snprintf(count, sizeof count,
             maps->neurons ? P_("%s neuron", "%s neurons", maps->total)
                           : P_("%s filter", "%s filters", maps->total),
             ui_thousands(maps->total).text);
    snprintf(both, sizeof both, "%s \u00b7 %s", count, net ? nn_layer(net, 0)->words : "");
    bool fits = net && ui_label_width(ui, UI_LITTLE, both) <= rect.w;
    ui_label(ui, rect, UI_LITTLE | UI_QUIET, fits ? both : count);
    ui_area(ui, "layer-count", rect, UI_ROLE_VALUE, count);
}

void layer_card_show(struct layer_view *view, const struct draw_shown *shown, struct ui *ui,
                     struct ui_rect rect, bool folded)
{
    struct reader_maps maps = shown->first_layer;
    struct ui_rect inside = part_begin(ui, rect, folded, _("First layer"), _("First layer, live"));
    struct ui_rect foot = ui_cut_bottom(&inside, FOOT);
    ui_cut_bottom(&inside, UI_STEP);
    ui_area(ui, "first-layer", inside, UI_ROLE_VALUE, _("First layer"));
    ui_tip(ui, maps.neurons
                   ? _("What each pixel tells a neuron of the first layer: blue speaks for "
                       "it, orange against it")
                   : _("What each filter of the first layer finds in your drawing"));
    if (maps.count == 0)
        return;
    struct tiles tiles = choose_tiles(inside, maps.count, maps.neurons ? NEURON_MIN : TILE_MIN);
    bool all = tiles.shown >= maps.total;
    if (all || tiles.shown == 0)
        view->first = 0;
    while (view->first >= maps.count) /* another model has fewer */
        view->first -= tiles.shown;
    view->first = view->first < 0 ? 0 : view->first;
    show_tiles(view, shown, ui, inside, &maps, &tiles);
    if (all || tiles.shown == 0)
        show_count(shown, ui, foot, &maps);
    else
        show_pager(view, ui, foot, maps.count, maps.total, tiles.shown);
}

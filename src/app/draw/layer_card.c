/* SPDX-License-Identifier: MIT */
#include "app/draw/layer_card.h"

#include <math.h>

#include "app/app.h"
#include "app/draw/part.h"

enum { TILE_MIN = 20, TILE_MAX = 80 };

/* Most values are far from the greatest one: below 1 this lifts them out of the ground. */
#define TILE_GAMMA 0.5f

/* Accent for what speaks for a feature, the second colour for what speaks against it. */
static ui_color color_value(const struct ui_theme *theme, float value)
{
    ui_color ground = theme->well;
    if (!(fabsf(value) <= 1))
        return ground;
    float strength = powf(fabsf(value), TILE_GAMMA);
    return ui_color_mix(ground, value > 0 ? theme->accent : theme->second, strength);
}

/* Tiles of a size, side by side, as many of `count` as fit. */
struct tiles {
    float size, gap;
    int columns, shown;
};

static struct tiles lay_tiles(struct ui_rect rect, float size, float gap, int count)
{
    int columns = ui_columns_fit(rect, size, gap), rows = (int)((rect.h + gap) / (size + gap));
    int room = rows * columns;
    if (count <= room && rows > 0)
        columns = (count + rows - 1) / rows; /* as even as the height allows */
    return (struct tiles){size, gap, columns, count < room ? count : room};
}

/* The largest that all fit, else the smallest, `least`. */
static struct tiles choose_tiles(struct ui_rect rect, int count, float least)
{
    struct tiles tiles = {0};
    for (float size = TILE_MAX; size >= least; size -= 2) {
        tiles = lay_tiles(rect, size, size >= 34 ? UI_GAP : UI_STEP, count);
        if (tiles.shown == count)
            break;
    }
    return tiles;
}

/* Fills pixels[count of all maps' values]. */
static void show_tiles(const struct app *app, struct ui *ui, struct ui_rect rect,
                       const struct reader_maps *maps, uint32_t *pixels)
{
    float least = maps->neurons ? FIT_SIZE : TILE_MIN; /* a stroke's pixels are not to be lost */
    struct tiles tiles = choose_tiles(rect, maps->count, least);
    size_t len = (size_t)maps->rows * (size_t)maps->cols;
    for (int i = 0; i < tiles.shown; i++) {
        struct ui_rect cell = ui_cell(rect, i, tiles.columns, tiles.size, tiles.size, tiles.gap);
        uint32_t *own = pixels + (size_t)i * len;
        for (size_t j = 0; j < len; j++)
            own[j] = color_value(app->theme, app->canvas.fit.any
                                                 ? maps->values[(size_t)i * len + j] : 0);
        struct ui_image image = {maps->rows, maps->cols, own, .smooth = false};
        ui_push_image(ui_shapes(ui), cell, image);
    }
}

void layer_card_show(const struct app *app, struct ui *ui, struct ui_rect rect, bool folded,
                     uint32_t *pixels)
{
    struct reader_maps maps = reader_first_layer(app->reader);
    const struct nn *net = app_net(app);
    struct ui_rect inside = part_begin(ui, rect, folded, "First layer", "First layer, live");
    ui_area(ui, "first-layer", inside, UI_ROLE_VALUE, "First layer");
    ui_tip(ui, maps.neurons ? "What each pixel tells a neuron of the first layer: blue speaks for "
                              "it, orange against it"
                            : "What each filter of the first layer finds in your drawing");
    if (!folded && net && inside.h > 2 * UI_LINE + TILE_MIN) {
        ui_label(ui, ui_cut_bottom(&inside, UI_LINE), UI_QUIET, nn_layer(net, 0)->words);
        ui_cut_bottom(&inside, UI_GAP);
    }
    if (pixels && maps.count > 0)
        show_tiles(app, ui, inside, &maps, pixels);
}

/* SPDX-License-Identifier: MIT */
#include "app/inspect/map_picture.h"

#include <math.h>

#include "app/state/digit_map.h"
#include "data/dataset.h"
#include "ink/fit.h"
#include "ui/ui.h"

enum {
    HALF = FIT_SIZE / 2, /* an image has so many points across and down: */
    MARGIN = HALF,       /* two of its pixels for each */
    NEAR = 14,           /* points from the pointer */
};

void map_picture_clear(struct map_picture *picture)
{
    pixels_clear(&picture->pixels);
    *picture = (struct map_picture){.cols = 0};
}

/* ---- the plane ------------------------------------------------------------------------------- */

/* All of the images, in the middle of what there is room for. */
static void choose_plane(struct map_picture *picture, const struct digit_map *map, float w, float h)
{
    const float *xy = digit_map_places(map);
    uint32_t count = map->made->set->count;
    float least[2] = {INFINITY, INFINITY}, most[2] = {-INFINITY, -INFINITY};
    for (uint32_t i = 0; i < 2 * count; i++) {
        least[i % 2] = fminf(least[i % 2], xy[i]);
        most[i % 2] = fmaxf(most[i % 2], xy[i]);
    }
    float across = fmaxf(most[0] - least[0], 1e-6f), down = fmaxf(most[1] - least[1], 1e-6f);
    picture->scale[0] = (w - 2 * MARGIN) / across;
    picture->scale[1] = (h - 2 * MARGIN) / down;
    if (map->layout == DIGIT_MAP_COMPONENTS)
        picture->scale[0] = picture->scale[1] = fminf(picture->scale[0], picture->scale[1]);
    picture->x = least[0] - (w / picture->scale[0] - across) / 2;
    picture->y = least[1] - (h / picture->scale[1] - down) / 2;
}

void map_picture_point(const struct map_picture *picture, struct ui_rect rect, const float xy[2],
                       float point[2])
{
    point[0] = rect.x + (xy[0] - picture->x) * picture->scale[0];
    point[1] = rect.y + (xy[1] - picture->y) * picture->scale[1];
}

int map_picture_find(const struct map_picture *picture, const struct digit_map *map,
                     struct ui_rect rect, float x, float y)
{
    const float *xy = digit_map_places(map);
    float best = NEAR * NEAR;
    int found = -1;
    for (uint32_t i = 0; i < map->made->set->count; i++) {
        float point[2];
        map_picture_point(picture, rect, xy + 2 * (size_t)i, point);
        float dx = point[0] - x, dy = point[1] - y;
        if (dx * dx + dy * dy < best) {
            best = dx * dx + dy * dy;
            found = (int)i;
        }
    }
    return found;
}

/* ---- painting -------------------------------------------------------------------------------- */

/* Ink of an image over what is there, from 0 to 1: `side` pixels across and down. */
static float ink_at(const uint8_t *digit, int x, int y, int side)
{
    if (side == FIT_SIZE)
        return (float)digit[y * FIT_SIZE + x] / 255;
    int sum = 0, each = FIT_SIZE / side;
    for (int i = 0; i < each; i++)
        for (int j = 0; j < each; j++)
            sum += digit[(y * each + i) * FIT_SIZE + x * each + j];
    return fminf((float)sum / (float)(255 * each * each) * 1.4f, 1);
}

static void paint_digit(struct map_picture *picture, const uint8_t *digit, float x, float y,
                        int side, ui_color color)
{
    int left = (int)lrintf(x) - side / 2, top = (int)lrintf(y) - side / 2;
    for (int i = 0; i < side; i++)
        for (int j = 0; j < side; j++) {
            int col = left + j, row = top + i;
            float ink = ink_at(digit, j, i, side);
            if (ink <= 0.05f || col < 0 || row < 0 || col >= picture->cols || row >= picture->rows)
                continue;
            uint32_t *pixel =
                &picture->pixels.items[(size_t)row * (size_t)picture->cols + (size_t)col];
            *pixel = ui_color_mix(*pixel, color, ink);
        }
}

static void paint(struct map_picture *picture, const struct digit_map *map,
                  const struct ui_theme *theme, float scale)
{
    const struct dataset *set = map->made->set;
    const float *xy = digit_map_places(map);
    size_t len = (size_t)picture->cols * (size_t)picture->rows;
    int side = scale >= 1.5f ? FIT_SIZE : HALF;
    for (size_t i = 0; i < len; i++)
        picture->pixels.items[i] = theme->well;
    for (uint32_t i = 0; i < set->count; i++) {
        float point[2];
        map_picture_point(picture, (struct ui_rect){.x = 0}, xy + 2 * (size_t)i, point);
        paint_digit(picture, set->pixels + (size_t)i * FIT_LEN, point[0] * scale, point[1] * scale,
                    side, theme->digits[set->labels[i]]);
    }
}

void map_picture_show(struct map_picture *picture, const struct digit_map *map, struct ui *ui,
                      struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    float scale = ui_input(ui)->scale;
    int cols = (int)ceilf(rect.w * scale), rows = (int)ceilf(rect.h * scale);
    bool same = picture->cols == cols && picture->rows == rows && picture->dark == theme->dark &&
                picture->changes == map->changes;
    if (cols <= 0 || rows <= 0)
        return;
    if (!same) {
        if (!pixels_take(&picture->pixels, (size_t)cols * (size_t)rows))
            return;
        picture->cols = cols;
        picture->rows = rows;
        picture->dark = theme->dark;
        picture->changes = map->changes;
        choose_plane(picture, map, rect.w, rect.h);
        paint(picture, map, theme, scale);
    }
    ui_push_image(ui_shapes(ui), rect,
                  (struct ui_image){rows, cols, picture->pixels.items, .smooth = false});
}

/* SPDX-License-Identifier: MIT */
#include "sys/icon.h"

#include <SDL.h>

#include "sys/paint.h"

enum { ICON_SIZE = 64 };

static struct ui_shape icon_line(uint32_t at, uint32_t count)
{
    return (struct ui_shape){.kind = UI_SHAPE_LINE, .fill = 0x56b4e9ff, .at = at, .count = count,
                             .width = 8};
}

void icon_set(SDL_Window *window, struct painter *painter)
{
    static uint32_t pixels[ICON_SIZE * ICON_SIZE];
    float seven[] = {18, 17, 46, 17, 28, 49};
    struct ui_shape items[] = {
        {.kind = UI_SHAPE_BOX, .rect = {0, 0, ICON_SIZE, ICON_SIZE}, .fill = 0x151a21ff,
         .edge = 0x303a46ff, .width = 2, .radius = 12},
        icon_line(0, 3),
    };
    struct ui_shapes shapes = {.items = items, .count = 2, .points = seven, .point_len = 6};
    struct paint_target target = {pixels, ICON_SIZE, ICON_SIZE, ICON_SIZE};
    paint_all(painter, &target, &shapes, 1, 0x0e1116ff);
    SDL_Surface *icon = SDL_CreateRGBSurfaceWithFormatFrom(
        pixels, ICON_SIZE, ICON_SIZE, 32, ICON_SIZE * 4, SDL_PIXELFORMAT_ARGB8888);
    if (icon)
        SDL_SetWindowIcon(window, icon);
    SDL_FreeSurface(icon);
}

/* SPDX-License-Identifier: MIT */
/* pixels.c -- pixels of pictures, which live until the frame is painted. */
#include <stdlib.h>

#include "ui/inside.h"

uint32_t *ui_pixels(struct ui *ui, size_t count)
{
    if (ui->pixel_count == UI_PIXELS_MAX)
        return NULL;
    struct ui_pixels *block = &ui->pixels[ui->pixel_count];
    if (block->room < count) {
        uint32_t *grown = realloc(block->items, count * sizeof *grown);
        if (!grown)
            return NULL;
        block->items = grown;
        block->room = count;
    }
    ui->pixel_count++;
    return block->items;
}

void ui_free_pixels(struct ui *ui)
{
    for (int i = 0; i < UI_PIXELS_MAX; i++)
        free(ui->pixels[i].items);
}

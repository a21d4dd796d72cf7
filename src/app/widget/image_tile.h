/* image_tile.h -- an image of a set as a button: the picture, and below it what it is labelled and
 * what it is read as. */
#ifndef APP_WIDGET_IMAGE_TILE_H
#define APP_WIDGET_IMAGE_TILE_H

#include <stdbool.h>
#include <stdint.h>

#include "ink/fit.h"
#include "ui/layout.h"

struct ui;

enum {
    TILE_PICTURE = 3 * FIT_SIZE,
    TILE_MARGIN = 6,
    TILE_WIDTH = TILE_PICTURE + 2 * TILE_MARGIN,
    TILE_HEIGHT = TILE_WIDTH + 20,
    TILE_GAP = 10,
};

struct image_tile {
    const char *name, *tip;
    const uint8_t *digit; /* [FIT_LEN] */
    int label, answer;
    bool chosen;
    const char *note; /* in place of the two; or NULL */
};

/* True where it was pressed. Fills pixels[FIT_LEN]. */
bool image_tile_show(const struct image_tile *tile, struct ui *ui, struct ui_rect rect,
                     uint32_t *pixels);

/* So many tiles in rows, of which those in sight, and a row beside them, so that the focus finds
 * the way on, are shown by `show`, each with pixels[FIT_LEN] of its own. */
struct pixels;
struct tile_wall {
    const char *page, *grid; /* their names */
    uint32_t count;
    void (*show)(void *user, uint32_t at, struct ui *ui, struct ui_rect rect, uint32_t *pixels);
    void *user;
};
void tile_wall_show(const struct tile_wall *wall, struct ui *ui, struct ui_rect rect, float *scroll,
                    struct pixels *pixels);

#endif

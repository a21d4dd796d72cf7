/* map_picture.h -- the images of a map painted where they lie, each in the colour of its label. It
 * is kept, and painted anew only where the map, its size or the theme is another.
 */
#ifndef APP_INSPECT_MAP_PICTURE_H
#define APP_INSPECT_MAP_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/widget/digit_picture.h"
#include "ui/layout.h"

struct digit_map;
struct ui;

/* From zeros. */
struct map_picture {
    struct pixels pixels;
    /* of which it was painted */
    uint64_t changes;
    int cols, rows;
    bool dark;
    /* the part of the plane that it shows: its upper left corner, and points for each unit, the
     * same in both directions where distances mean something */
    float x, y, scale[2];
};

void map_picture_clear(struct map_picture *picture); /* frees what it holds */

/* Paints it where it must be, and pushes it. */
void map_picture_show(struct map_picture *picture, const struct digit_map *map, struct ui *ui,
                      struct ui_rect rect);

/* From a place of the plane to one in the rectangle, for a picture that was shown there. */
void map_picture_point(const struct map_picture *picture, struct ui_rect rect, const float xy[2],
                       float point[2]);

/* The image that lies nearest to that point of the rectangle, or -1 where none is near. */
int map_picture_find(const struct map_picture *picture, const struct digit_map *map,
                     struct ui_rect rect, float x, float y);

#endif

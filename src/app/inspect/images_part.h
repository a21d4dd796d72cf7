/* images_part.h -- a model read over all the images of a set: whom it takes for whom, and beside
 * that the images themselves, how it fares with disturbed ones, how honest its confidence is, or
 * training images whose label is probably wrong.
 */
#ifndef APP_INSPECT_IMAGES_PART_H
#define APP_INSPECT_IMAGES_PART_H

#include "app/inspect/matrix_card.h"
#include "app/inspect/robust_card.h"
#include "app/inspect/suspects_card.h"
#include "app/inspect/wall_card.h"
#include "ui/layout.h"

struct actions;
struct inspect_shown;
struct ui;

enum images_beside { IMAGES_WALL, IMAGES_ROBUST, IMAGES_RELIABILITY, IMAGES_SUSPECTS };

/* From zeros. */
struct images_part {
    struct matrix_view matrix;
    enum images_beside beside; /* the matrix */
    struct wall_view wall;
    struct robust_view robust;
    struct suspects_view suspects;
    float scroll;
};

void images_part_clear(struct images_part *part); /* frees what it holds */

/* above: the row over it, in which what stands beside the matrix is chosen. */
void images_part_show(struct images_part *part, const struct inspect_shown *shown, struct ui *ui,
                      struct ui_rect rect, struct ui_rect above, struct actions *actions);

#endif

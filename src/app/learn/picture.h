/* picture.h -- what a stage looks like, as a function of it. */
#ifndef APP_LEARN_PICTURE_H
#define APP_LEARN_PICTURE_H

#include "ui/layout.h"

struct learn_asks;
struct stage;
struct ui;

/* Draws the stage in the rectangle; a drag or a click in it asks. What is remembered beyond the
 * frame is in the stage. */
typedef void picture_show(const struct stage *stage, struct learn_asks *asks, struct ui *ui,
                          struct ui_rect rect);

/* How high it is where it stands between the words, and is so wide, in points. */
typedef float picture_height(const struct stage *stage, float width);

#endif

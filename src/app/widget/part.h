/* part.h -- what the parts beside the canvas share: a heading with a little button, and how far a
 * fit moved the ink. */
#ifndef APP_WIDGET_PART_H
#define APP_WIDGET_PART_H

#include <stdbool.h>

#include "ui/layout.h"

struct ink_box;
struct ink_fit;
struct ui;

/* A card with a heading or, where `folded`, a part of another card with a shorter one. Returns what
 * is left below the heading. */
struct ui_rect part_begin(struct ui *ui, struct ui_rect rect, bool folded,
                          const char *short_heading, const char *heading);

/* A button at the right of the heading of such a part. `inside` as part_begin returned it. */
bool part_button(struct ui *ui, struct ui_rect inside, const char *name, const char *label,
                 unsigned flags);

/* "+1.4, −0.6": pixels from the middle of a frame, in the units of the ink, to where its mass put
 * it. */
struct part_text {
    char text[96];
};
struct part_text part_shift(const struct ink_fit *fit, const struct ink_box *frame);

#endif

/* places.h -- what is wrong with where things lie in the last frame of the app (app_world.h). */
#ifndef TESTS_PLACES_H
#define TESTS_PLACES_H

#include <stdbool.h>

#include "ui/shape.h"

/* By more than rounding. */
bool places_overlap(struct ui_rect a, struct ui_rect b);

/* A sentence, or NULL where all is well: a control that leaves the window or lies over another
 * (unless it is one that lies over the rest: a notice, a dialog, a list). */
const char *places_find_control(void);

/* A text that is cut, leaves the window, runs into another that is to be seen, or lies across the
 * edge of a button or field. */
const char *places_find_text(void);

/* Fail the test where one of the two is found; `where` begins the message. */
void places_check_controls(const char *where);
void places_check_texts(const char *where);

/* Both, of a view that scrolls: at the top and at the end, at nine sizes and scales, in both
 * themes.
 */
void places_check_sizes(const char *where);

/* Widths and heights of windows, from the smallest on. */
enum { PLACES_SIZES = 5 };
extern const float places_sizes[PLACES_SIZES][2];

#endif

/* layout.h -- a screen is made by cutting rectangles.
 *
 * ui_cut_*(&rest, size) takes a strip from one side of `rest` and returns it, which leaves the
 * smaller rest for what comes next. No strip is larger than what there is; nothing is negative.
 */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include "ui/shape.h"

/* Distances, in points; all are steps of 4 but the inside of a card, which is 18. */
enum {
    UI_STEP = 4,
    UI_GAP = 8,        /* between buttons */
    UI_BETWEEN = 20,   /* between cards, and from the window's edge */
    UI_INSIDE = 18,    /* from a card's edge to what is in it */
    UI_ROW = 32,       /* the height of a button or a field */
    UI_LINE = 22,      /* from line to line of 14 point text */
    UI_HEADING = 28,   /* the height of a heading with the space below it */
};

struct ui_rect ui_cut_left(struct ui_rect *rest, float width);
struct ui_rect ui_cut_right(struct ui_rect *rest, float width);
struct ui_rect ui_cut_top(struct ui_rect *rest, float height);
struct ui_rect ui_cut_bottom(struct ui_rect *rest, float height);

struct ui_rect ui_inset(struct ui_rect rect, float distance); /* on all four sides */
struct ui_rect ui_inset_xy(struct ui_rect rect, float dx, float dy);

/* Column i of `count` equal ones with `gap` between them; the same for rows. Edges fall on whole
 * points and the last column ends where rect ends. */
struct ui_rect ui_column(struct ui_rect rect, int i, int count, float gap);
struct ui_rect ui_row(struct ui_rect rect, int i, int count, float gap);

/* Cell i of a grid `columns` wide, cells of w x h with `gap` between them, row by row from the top
 * left. Cells may reach below rect. */
struct ui_rect ui_cell(struct ui_rect rect, int i, int columns, float w, float h, float gap);
/* How many cells of width w fit side by side; at least 1. */
int ui_columns_fit(struct ui_rect rect, float w, float gap);

/* A rectangle of w x h in the middle of `rect`; made smaller, each side by itself, to fit. */
struct ui_rect ui_middle(struct ui_rect rect, float w, float h);
/* rect moved, as little as possible, into `outer` (its left and top win where it is too large). */
struct ui_rect ui_inside(struct ui_rect rect, struct ui_rect outer);

#endif

/* matrix_card.h -- the confusion matrix, and the figures of an evaluation. */
#ifndef APP_INSPECT_MATRIX_CARD_H
#define APP_INSPECT_MATRIX_CARD_H

#include <stdbool.h>

#include "ui/layout.h"

struct actions;
struct inspect_shown;
struct ui;

enum { MATRIX_WIDTH = 476 };

/* How high the card is, for a width. */
float matrix_card_height(void);

/* From zeros. */
struct matrix_view {
    int set;     /* that is chosen to be evaluated: enum evaluating_set */
    bool by_row; /* cells are told in parts of their row */
};

void matrix_card_show(struct matrix_view *view, const struct inspect_shown *shown, struct ui *ui,
                      struct ui_rect rect, struct actions *actions);

#endif

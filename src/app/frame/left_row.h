/* left_row.h -- what the dock offers of the runs that were left: the newest by a button, and all of
 * them in a menu beside it, to go on with or to be thrown away. */
#ifndef APP_FRAME_LEFT_ROW_H
#define APP_FRAME_LEFT_ROW_H

#include <stddef.h>

#include "ui/layout.h"

struct actions;
struct runs;
struct ui;

/* Takes its place from the right of `rest`. There must be one at least. */
void left_row_show(const struct runs *left, struct ui *ui, struct ui_rect *rest,
                   struct actions *actions);

/* "The training of swift was stopped at 2 of 5 epochs and can go on." Returns text. */
char *left_row_words(const struct runs *left, char *text, size_t size);

#endif

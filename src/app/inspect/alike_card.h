/* alike_card.h -- the training images that the network takes to be most like the drawing. */
#ifndef APP_INSPECT_ALIKE_CARD_H
#define APP_INSPECT_ALIKE_CARD_H

#include "app/widget/digit_picture.h"
#include "ui/layout.h"

struct actions;
struct inspect_shown;
struct ui;

/* `pixels` holds its pictures until they are painted. */
void alike_card_show(struct pixels *pixels, const struct inspect_shown *shown, struct ui *ui,
                     struct ui_rect rect, struct actions *actions);

#endif

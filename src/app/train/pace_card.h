/* pace_card.h -- how fast it trains, and the mini-batch that was trained last.
 *
 * At the pace of a mini-batch a click a class sees it happen: ten images, what each was answered
 * before the network learnt from it, the cost, and how far that moved the weights.
 */
#ifndef APP_TRAIN_PACE_CARD_H
#define APP_TRAIN_PACE_CARD_H

#include <stdint.h>

#include "app/act/action.h"
#include "train/trainer.h"
#include "ui/layout.h"

struct ui;

enum { PACE_ROW = 28 };

/* Three buttons and the one for the next mini-batch, in a row of PACE_ROW. */
void pace_row_show(enum trainer_pace pace, struct ui *ui, struct ui_rect rect,
                   struct actions *actions);

/* How high the card is at that width. */
float batch_card_height(const struct watch *watch, struct ui *ui, float width);

/* Fills pixels, which must live until the frame is painted. */
void batch_card_show(const struct watch *watch, struct ui *ui, struct ui_rect rect,
                     uint32_t pixels[WATCH_IMAGES_MAX][FIT_LEN]);

#endif

/* runs_card.h -- the table of earlier runs: the dashes of its curves and its name, which shows and
 * hides them, how well it did, its recipe, and what can be done with it.
 */
#ifndef APP_TRAIN_RUNS_CARD_H
#define APP_TRAIN_RUNS_CARD_H

#include "app/state/past_runs.h"
#include "app/state/runs.h"
#include "ui/layout.h"

struct actions;
struct ui;

struct runs_card {
    const struct past_runs *past;
    const struct runs *left; /* that can go on */
};

/* For a card so wide; there must be a run. */
float runs_card_height(const struct runs_card *card, struct ui *ui, float width);

void runs_card_show(const struct runs_card *card, struct ui *ui, struct ui_rect rect,
                    struct actions *actions);

#endif

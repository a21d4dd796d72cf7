/* train_page.h -- what the Train view shows: the form at the left, both curves at the right.
 *
 * It knows the form, two histories and a few facts, not the app; train_view.h gives it those.
 */
#ifndef APP_TRAIN_TRAIN_PAGE_H
#define APP_TRAIN_TRAIN_PAGE_H

#include "app/train/train_card.h"
#include "app/train/train_curves.h"

struct actions;
struct history;
struct ui;

struct train_page {
    struct train_card card;
    struct train_curves curves;
    float scroll;   /* of the curves, where the window is too low for both */
    bool following; /* the form has taken over the recipe of the run under way */
};

/* What it shows of the rest of the program. */
struct train_shown {
    struct train_card_facts facts;
    uint32_t images;              /* of the training set; 0: not known yet */
    const struct recipe *recipe;  /* of the run under way or ended; NULL: none yet */
    const struct history *run;    /* its curves, or NULL */
    const struct history *before; /* those of the run before it, or NULL */
    const struct recipe *before_recipe; /* of that */
    const char *trouble;          /* what went wrong with the run and what to change; "" or NULL */
};

/* From zeros: the form begins with the first built-in recipe. */
void train_page_begin(struct train_page *page);

void train_page_show(struct train_page *page, const struct train_shown *shown, struct ui *ui,
                     struct ui_rect rect, struct actions *actions);

#endif

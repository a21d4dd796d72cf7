/* train_view.h -- the Train view: the form of the next training, and both curves beside it.
 *
 * Start asks for ACT_START with the recipe of the form; its control is "start". Pausing and
 * stopping are the dock's ("pause", "stop": no two controls of a frame share a name), and so are
 * progress, speed and the trainer's troubles.
 */
#ifndef APP_TRAIN_TRAIN_VIEW_H
#define APP_TRAIN_TRAIN_VIEW_H

#include "app/train/pace_card.h"
#include "app/train/runs_card.h"
#include "app/train/train_card.h"
#include "app/train/train_curves.h"

struct actions;
struct history;
struct ui;

/* From zeros. */
struct train_view {
    struct train_settings settings;
    struct train_curves curves;
    uint32_t pixels[WATCH_IMAGES_MAX][FIT_LEN]; /* of the mini-batch */
    float scroll; /* of the curves, where the window is too low for both */
};

/* What it shows of the rest of the program. */
struct train_shown {
    const struct train_form *form;
    struct train_facts facts;
    const struct recipe *recipe;        /* of the run under way or ended; NULL: none yet */
    const struct history *run;          /* its curves, or NULL */
    const struct past_runs *past;       /* those before it, or NULL */
    const struct runs *left;            /* that can go on */
    const struct run_marks *marks;      /* on its curves, or NULL */
    enum trainer_pace pace;
    const struct watch *batch; /* the mini-batch to show, or NULL */
    const char *trouble; /* what went wrong with the run and what to change; "" or NULL */
};

/* `rect` is all between the top bar and the dock. */
void train_view_show(struct train_view *view, const struct train_shown *shown, struct ui *ui,
                     struct ui_rect rect, struct actions *actions);

#endif

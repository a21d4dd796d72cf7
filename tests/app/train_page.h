/* train_page.h -- the Train view without a window and without the app. */
#ifndef TESTS_TRAIN_PAGE_H
#define TESTS_TRAIN_PAGE_H

#include "app/train/train_view.h"
#include "robot.h"

/* Images of the data; heights of what the app shows above and below the view. */
enum { MNIST = 60000, BAR = 52, DOCK = 72 };

extern struct robot robot;
extern struct train_view *view;
extern struct train_shown shown;
extern struct actions asked;    /* by all frames since the last look, but for changes of the form */
extern struct train_form *kept; /* as the app would keep it */
extern uint32_t images;         /* of the data */
extern struct history *run;     /* of the run under way */
extern struct history *before;  /* of the one before it, which is in `past`, */
extern struct past_runs *past;  /* that is shown where a test says so */

/* Fixtures: the view at its usual size, or at another. */
void set_up(void);
void tear_down(void);
void begin_size(float width, float height);

struct train_form *form(void);

/* The only action since the last look; its kind is ACT_NONE if there was none. */
struct action take_action(void);

/* A run of `epochs` that has come to `now`: an accuracy that rises to 98 %, a cost that falls. */
void grow(struct history *history, float now, int epochs);

/* A frame in which the recipe of the form is under way and has come to `now`. */
void go_live(float now);

#endif

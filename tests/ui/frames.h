/* frames.h -- frames of the ui without a window: input goes in, shapes come out. */
#ifndef TESTS_FRAMES_H
#define TESTS_FRAMES_H

#include "ui/plot.h"
#include "ui/ui.h"

/* A font in which every character is half as wide as it is high, but for a narrow 1. */
extern const struct ui_metrics metrics;

extern struct ui *ui;
extern struct ui_input input;         /* of the next frame */
extern const struct ui_shapes *shown; /* by the last one */

/* Fixtures: a window of 640x480. */
void set_up(void);
void tear_down(void);

void begin(void);
void end(void); /* of the frame; the next one begins 10 ms later with no input */

void sample(enum ui_move_kind kind, enum ui_button button, float x, float y, int clicks);
void move_to(float x, float y);
void press(float x, float y);
void release(float x, float y);
void click(float x, float y);
void key(int which, unsigned mods);
void type(const char *text); /* ASCII: keys and characters, as a window brings them */

bool text_is_shown(const char *text);

/* What several tests show. */
extern const struct ui_rect here;
extern const char *const colours[3];
struct ui_row row_of(void *user, int i); /* of a list: "a-file 0", "b-file 1" ... */
struct ui_plot small_plot(void);

#endif

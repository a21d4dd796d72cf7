/* app_world.h -- the whole program but its window, in a folder of its own: frames of input go in,
 * shapes and log lines come out. One app at a time. */
#ifndef TESTS_APP_WORLD_H
#define TESTS_APP_WORLD_H

#include <check.h>
#include <jansson.h>

#include "app/app.h"
#include "app/shell/does.h"
#include "app/shell/flow.h"
#include "app/shell/state.h"

enum { EVENTS_MAX = 20000 };

extern char folder[64], model_path[300], data_path[300];
extern json_t *events[EVENTS_MAX]; /* of the log, as many as */
extern int event_count;
extern struct app *app;
extern struct ui_metrics world_metrics; /* of the fonts; all zero: robot_metrics */
extern struct ui_input *input;     /* of the next frame */
extern struct app_frame shown;     /* the last one */

/* Set by tests whose looks are kept (looks.h): plain C computes, so that figures are those of any
 * computer. */
extern bool world_is_looked_at;

/* Fixtures: the folder with a model and data; and an app of 1280x800 in it. */
void make_world(void);
void remove_world(void);
void set_up(void);
void tear_down(void);

struct app_setup usual_setup(void);
void open_app(float width, float height);
void close_app(void);
void write_file(const char *path, const void *data, size_t size);
void write_model(const char *path, const char *words, const char *name);

/* The newest event of that kind after the first `from` ones, or NULL. */
const json_t *find_event(const char *kind, int from);

/* ---- what a person does; each is a frame ----------------------------------------------------- */

void frame(void);
struct ui_rect rect_of(const char *name); /* the control must be there */
void sample(enum ui_move_kind kind, enum ui_button button, float x, float y); /* no frame yet */
void click(const char *name);
void key(int which, unsigned mods);
void drop(char *path); /* no frame yet */
void stroke(enum ui_button button, float x0, float y0, float x1, float y1); /* parts of the side */

/* Asks for an action, with a number or a path, whatever control there is for it; no frame yet. */
void ask(enum action_kind kind, double number);
void ask_for(enum action_kind kind, const char *path);

/* Frames until it holds; the test fails where that takes so long that it never will. */
#define wait_until(condition)                                                                      \
    do {                                                                                           \
        for (double end = wait_end(); !(condition) && wait_a_frame(end);)                          \
            ;                                                                                      \
        ck_assert_msg((condition), "waited in vain for: %s", #condition);                          \
    } while (0)
double wait_end(void);         /* on the clock of clock_seconds() */
bool wait_a_frame(double end); /* false: it is over */

bool text_is_shown(const char *text);
uint32_t stroke_count(void);

#endif

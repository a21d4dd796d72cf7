/* robot.h -- a person without a window: sees what a view shows and works it with mouse and keys.
 *
 * The view is a function that is called for each frame. Every deed is a frame of its own, followed
 * by as many as the ui asks for, as the window would give them.
 */
#ifndef TESTS_ROBOT_H
#define TESTS_ROBOT_H

#include "ui/ui.h"

struct robot {
    struct ui *ui;
    struct ui_input input;
    const struct ui_shapes *shapes; /* of the last frame */
    void (*show)(void *user, struct ui *ui);
    void *user;
};

/* A font in which every character is half as wide as it is high. */
extern const struct ui_metrics robot_metrics;

void robot_begin(struct robot *hands, float width, float height,
                 void (*show)(void *user, struct ui *ui), void *user);
void robot_end(struct robot *hands);

void robot_frame(struct robot *hands); /* one frame with what is in `input` */
void robot_click(struct robot *hands, const char *name);
void robot_double_click(struct robot *hands, float x, float y);
void robot_move(struct robot *hands, float x, float y);
void robot_wait(struct robot *hands, uint64_t microseconds); /* with the pointer where it is */
void robot_key(struct robot *hands, int key, unsigned mods);
void robot_type(struct robot *hands, const char *text); /* ASCII */
void robot_random(struct robot *hands, uint64_t *seed); /* a frame of any input */

/* Goes to a field, selects all that is in it and types over it. */
void robot_write(struct robot *hands, const char *name, const char *text);

/* Opens a drop-down list and chooses row i. */
void robot_choose(struct robot *hands, const char *name, int i);

bool robot_has(const struct robot *hands, const char *name); /* the control, on or off */
bool robot_off(const struct robot *hands, const char *name);

/* Whether the text stands on screen; spaces and line ends do not matter. */
bool robot_see(const struct robot *hands, const char *text);

/* The first pair of controls that lie over one another, or one that leaves the window, as a
 * sentence; NULL if there is none. Looks at those from control `first` on. */
const char *robot_find_overlap(const struct robot *hands, int first);

#endif

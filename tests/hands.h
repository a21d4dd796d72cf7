/* hands.h -- a person without a window: sees what a view shows and works it with mouse and keys.
 *
 * The view is a function that is called for each frame. Every deed is a frame of its own, followed
 * by as many as the ui asks for, as the window would give them.
 */
#ifndef TESTS_HANDS_H
#define TESTS_HANDS_H

#include "ui/ui.h"

struct hands {
    struct ui *ui;
    struct ui_input input;
    const struct ui_shapes *shapes; /* of the last frame */
    void (*show)(void *user, struct ui *ui);
    void *user;
};

/* A font in which every character is half as wide as it is high. */
extern const struct ui_metrics hands_metrics;

void hands_begin(struct hands *hands, float width, float height,
                 void (*show)(void *user, struct ui *ui), void *user);
void hands_end(struct hands *hands);

void hands_frame(struct hands *hands);          /* one frame with what is in `input` */
void hands_click(struct hands *hands, const char *name);
void hands_double_click(struct hands *hands, float x, float y);
void hands_move(struct hands *hands, float x, float y);
void hands_wait(struct hands *hands, uint64_t microseconds); /* with the pointer where it is */
void hands_key(struct hands *hands, int key, unsigned mods);
void hands_type(struct hands *hands, const char *text);      /* ASCII */
void hands_random(struct hands *hands, uint64_t *seed);      /* a frame of any input */

/* Goes to a field, selects all that is in it and types over it. */
void hands_write(struct hands *hands, const char *name, const char *text);

/* Opens a drop-down list and chooses row i. */
void hands_choose(struct hands *hands, const char *name, int i);

bool hands_has(const struct hands *hands, const char *name); /* the control, on or off */
bool hands_off(const struct hands *hands, const char *name);

/* Whether the text stands on screen; spaces and line ends do not matter. */
bool hands_see(const struct hands *hands, const char *text);

/* The first pair of controls that lie over one another, or one that leaves the window, as a
 * sentence; NULL if there is none. Looks at those from control `first` on. */
const char *hands_find_overlap(const struct hands *hands, int first);

#endif

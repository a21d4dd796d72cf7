/* window.h -- the window: shapes go in, what the person did comes out.
 *
 *     while (running) {
 *         window_wait(window, input, timeout);
 *         ... update and lay out by `input`, leaving shapes ...
 *         window_paint(window, shapes, ground);
 *     }
 *
 * All of it belongs to the thread that opened the window, save window_wake and window_end. Nothing
 * is painted and no processor is used while nothing happens.
 *
 * Lengths are in points. How many pixels a point is the system says (scale.h); $INKLING_SCALE=2
 * overrules it.
 */
#ifndef SYS_WINDOW_H
#define SYS_WINDOW_H

#include <stdbool.h>

#include "ui/ui.h"

struct fonts;
struct window;

enum { WINDOW_WIDTH_MIN = 640, WINDOW_HEIGHT_MIN = 480 };

struct window_setup {
    const char *title;
    float width, height; /* in points */
    float scale;         /* pixels per point, whatever the system says; 0: as it says */
    float zoom;          /* by how much all is larger than that: see window_set_zoom; 0: 1 */
    float zoom_least, zoom_most; /* its limits; 0: 1 */
};

/* Opens a window of that size, or as large as the screen allows. `fonts` must outlive it. NULL with
 * a sentence where there is no display. One window at a time. */
struct window *window_open(const struct window_setup *setup, struct fonts *fonts, struct err *err);
void window_close(struct window *window); /* NULL is fine */

/* Waits until something happens, somebody calls window_wake, or `milliseconds` are over (negative:
 * no limit), then folds all that happened into `input`, whose former content is overwritten. What
 * does not fit is left for the next call, which then does not wait. The drops in `input` last until
 * then too. False: only the time was over. */
bool window_wait(struct window *window, struct ui_input *input, int milliseconds);

/* Ends a wait, now or the next one. Any thread may call it at any rate. */
void window_wake(struct window *window);

/* The next window_wait tells ui_input.quit and .ended: a signal asked for it. Any thread. */
void window_end(struct window *window);

/* Shows the shapes, painting only what is new. The first call shows the window. */
void window_paint(struct window *window, const struct ui_shapes *shapes, ui_color ground);

void window_toggle_full_screen(struct window *window);

/* Makes all so much larger than the system says, from the next window_wait on, but never so large
 * that the smallest window would not fit the screen. The window stays as large as it is. */
void window_set_zoom(struct window *window, float zoom);

void window_set_cursor(struct window *window, enum ui_cursor cursor);

/* The system's clipboard as the ui wants it; for as long as the window is open. */
struct ui_clipboard window_clipboard(struct window *window);

#endif

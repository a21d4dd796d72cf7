/* script.h -- a list of actions, one a line, carried out one a frame.
 *
 *     # blank lines, and those that begin with #, are passed over
 *     draw strokes.unp 3
 *     wait idle
 *     screenshot seven.png
 *
 * The actions are those of act/actions.def that have a name, and `wait idle`, `wait SECONDS`,
 * `wait epoch N`. One that is unknown, not possible now, or leads to a trouble ends the script; so
 * does a trouble that comes while it waits, but for what is said of a model that reads badly.
 *
 * It begins when the window has loaded what it opens with: so a digit can be filed at once.
 */
#ifndef APP_SHELL_SCRIPT_H
#define APP_SHELL_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

struct app;
struct err;
struct ui_input;
struct ui_shapes;

/* The text is copied; `name` is what sentences call it. `picture`: what the window shows at the end
 * is saved there, or NULL. False: no memory. */
bool script_begin(struct app *app, const char *text, const char *name, const char *picture,
                  struct err *err);
void script_end(struct app *app); /* frees it */

/* Carries out the next action, unless it waits. In each frame before the views run. */
void script_step(struct app *app, uint64_t now);

/* Saves what the frame shows, where that was asked for. */
void script_paint(struct app *app, const struct ui_shapes *shapes, const struct ui_input *input);

/* When the next step is due, or UI_NEVER. */
uint64_t script_wake(const struct app *app, uint64_t now);

/* All is carried out, or it broke off: script_trouble is "" or says why. */
bool script_is_over(const struct app *app);
const char *script_trouble(const struct app *app);

#endif

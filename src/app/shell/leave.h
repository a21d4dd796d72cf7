/* leave.h -- closing the window: what is not saved yet is saved first, and where that fails, or a
 * model is in no file, the person is asked before it is lost.
 */
#ifndef APP_SHELL_LEAVE_H
#define APP_SHELL_LEAVE_H

#include <stdbool.h>
#include <stdint.h>

struct actions;
struct app;
struct ui;

/* `wanted`: the window was told to close in this frame. True when it may. Told again, a while after
 * the dialog came up, it closes whatever is lost: so it always can be. What hides the dialog is
 * closed first. */
bool leave_update(struct app *app, bool wanted, uint64_t now);

/* When leave_update has to be called again, or UI_NEVER. */
uint64_t leave_wake(const struct app *app);

bool leave_is_shown(const struct app *app);
void leave_show(const struct app *app, struct ui *ui, struct actions *actions);

/* What the dialog's buttons lead to. */
void leave_try_again(struct app *app);
void leave_stay(struct app *app);
void leave_anyway(struct app *app);

#endif

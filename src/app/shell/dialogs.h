/* dialogs.h -- the dialog that asks for the path of an action which was asked for without one. */
#ifndef APP_SHELL_DIALOGS_H
#define APP_SHELL_DIALOGS_H

#include "app/act/action.h"

struct app;

/* Opens it; what it gives is that very action with a path. An action that needs none is left alone.
 */
void dialogs_ask(struct app *app, enum action_kind kind);

/* Shows the one that is open. */
void dialogs_show(struct app *app, struct actions *actions);

/* Closes it, if there is one. */
void dialogs_close(struct app *app);

#endif

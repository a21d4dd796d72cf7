/* does.h -- carries an action out; keys and dialogs as actions. */
#ifndef APP_SHELL_DOES_H
#define APP_SHELL_DOES_H

#include "app/act/action.h"

struct app;

/* Applies one action, and carries on what it means to other parts. Nothing else changes the state
 * in answer to the person. */
void app_act(struct app *app, const struct action *action);

/* Goes to that view, which is remembered, and begins to load what it will want. */
void act_show_view(struct app *app, enum app_view view);

/* Closes the dialog that asks for a path, if there is one. */
void act_close_dialog(struct app *app);

/* The keys that no control used. */
void act_keys(const struct app *app, struct actions *actions);

#endif

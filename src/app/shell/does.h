/* does.h -- what was asked for becomes a change of state: can it be done, and do it. */
#ifndef APP_SHELL_DOES_H
#define APP_SHELL_DOES_H

#include "app/act/action.h"

struct app;

/* Whether the action is possible now; if not, `why` is the sentence that a button which is off and
 * a key that asks all the same have in common. */
bool app_can(const struct app *app, const struct action *action, struct err *why);

/* Applies one action, and carries on what it means to other parts; or says why that cannot be, and
 * returns false. One whose path is missing asks for it. Nothing else changes the state in answer to
 * the person. */
bool app_act(struct app *app, const struct action *action);

#endif

/* do.h -- does.h by parts of the window: each does an action that is its own, or returns false.
 */
#ifndef APP_SHELL_DO_H
#define APP_SHELL_DO_H

#include <stdbool.h>

struct action;
struct app;

bool do_in_window(struct app *app, const struct action *action);
bool do_on_canvas(struct app *app, const struct action *action);
bool do_to_my_digits(struct app *app, const struct action *action);
bool do_with_hand(struct app *app, const struct action *action);
bool do_in_inspect(struct app *app, const struct action *action);
bool do_with_evaluation(struct app *app, const struct action *action);
bool do_with_suspects(struct app *app, const struct action *action);
bool do_with_lessons(struct app *app, const struct action *action);
bool do_with_training(struct app *app, const struct action *action);

/* The model in use, where it came from; asks where it has no file yet. */
void do_save_model(struct app *app);

#endif

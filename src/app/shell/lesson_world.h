/* lesson_world.h -- what a lesson's page may look at of the rest of the program. */
#ifndef APP_SHELL_LESSON_WORLD_H
#define APP_SHELL_LESSON_WORLD_H

#include "app/stage/stage.h"

struct app;

/* Lent: the network, the data and the drawing as they are now. `now` is 0. */
struct stage_world lesson_world(struct app *app);

#endif

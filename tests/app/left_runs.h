/* left_runs.h -- runs as other windows leave them, in the world of app_world.h. */
#ifndef TESTS_LEFT_RUNS_H
#define TESTS_LEFT_RUNS_H

#include "app/state/runs.h"

const struct runs *left(void); /* those that the window knows of */
void look_back(void);
void load_data(void);
char *path_of(const char *name); /* in their folder; until the next call */

/* Writes a checkpoint as another window would have left it: by that network, after so many of 1000
 * epochs at least (0: after one of one), so many minutes ago. */
void leave_run(const char *path, const char *net, int epochs, int minutes);

#endif

/* events.h -- what the log is told of a whole frame. */
#ifndef APP_SHELL_EVENTS_H
#define APP_SHELL_EVENTS_H

#include <stdint.h>

struct action;
struct app;

/* One with a name, and its argument. */
void events_action(const struct app *app, const struct action *action);

void events_layout(const struct app *app, float width, float height, float scale);

/* latency: microseconds from the pointer's move to the screen; 0: nothing moved. */
void events_prediction(const struct app *app, uint64_t latency);

#endif

/* headless.h -- the app without a window: frames of any size that nobody sees, for scripts. */
#ifndef CLI_HEADLESS_H
#define CLI_HEADLESS_H

#include <stdbool.h>

struct app_setup;
struct host;
struct err;

/* In points, and pixels for each. */
struct headless_size {
    float width, height, scale;
};

/* Begins the app in host->app and runs it until it quits, or Ctrl-C ends it in order. False with a
 * sentence: it could not be begun, or was interrupted. */
bool headless_run(struct host *host, struct app_setup *setup, const struct headless_size *size,
                  struct err *err);

#endif
